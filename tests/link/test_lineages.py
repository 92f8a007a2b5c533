from firsthand.core.records import Copy, Document, Span
from firsthand.link.lineages import Lineages


def document(name: str) -> Document:
    return Document(id=name, by="test", text="x" * 500)


def copy(doc: str, of: str, *spans: tuple[int, int, int], kind: str = "wire", similarity: float = 1.0) -> Copy:
    """Spans as start, end, start in the other."""
    aligned = tuple((Span(doc, a, b), Span(of, c, c + b - a)) for a, b, c in spans)
    return Copy(id=f"{doc}{of}", by="test", doc=doc, of=of, kind=kind, similarity=similarity, spans=aligned,
                evidence="text", direction="published")  # type: ignore[arg-type]  # fmt: skip


DOCUMENTS = [document(name) for name in "abcd"]


def test_words_go_back_through_all_copies_and_keep_their_place() -> None:
    lineages = Lineages(DOCUMENTS, [copy("c", "b", (10, 100, 20)), copy("b", "a", (0, 200, 50))])
    assert lineages.origin(Span("c", 15, 30)) == Span("a", 75, 90)
    assert lineages.path(Span("c", 15, 30)) == ["c", "b", "a"]
    assert lineages.origin(Span("a", 75, 90)) == Span("a", 75, 90)


def test_a_hosts_own_words_are_its_own() -> None:
    lineages = Lineages(DOCUMENTS, [copy("b", "a", (100, 200, 0), kind="excerpt", similarity=0.2)])
    assert lineages.origin(Span("b", 120, 140)) == Span("a", 20, 40)
    assert lineages.origin(Span("b", 10, 30)) == Span("b", 10, 30)
    # Words that run out of the excerpt are not the other's.
    assert lineages.origin(Span("b", 190, 230)).doc == "b"
    assert lineages.copy_of("b") is None


def test_what_a_copy_adds_is_its_own() -> None:
    lineages = Lineages(DOCUMENTS, [copy("b", "a", (0, 100, 0))])
    assert lineages.copy_of("b") is not None
    assert lineages.origin(Span("b", 300, 320)) == Span("b", 300, 320)


def test_a_ring_ends_where_it_began_and_unknown_documents_are_passed_over() -> None:
    ring = [copy("a", "b", (0, 100, 0)), copy("b", "a", (0, 100, 0)), copy("c", "gone", (0, 100, 0))]
    lineages = Lineages(DOCUMENTS, ring)
    assert lineages.path(Span("a", 0, 10)) == ["a", "b"]
    assert lineages.origin(Span("c", 0, 10)) == Span("c", 0, 10)
    assert lineages.copy_of("c") is None
