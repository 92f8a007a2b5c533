import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.core.records import Copy, Document, Mention, Part, Span
from firsthand.trace import copies_to_origins, trace
from stories import document, sentence, story

DAY = "2021-05-{:02d}"


def credit(doc: str, kind: str, name: str) -> dict[str, list[Mention]]:
    mention = Mention(id="m", by="test", span=Span(doc, 0, 1), kind="credit", value=name, detail={"kind": kind})
    return {doc: [mention]}


def only(copies: list[Copy]) -> Copy:
    assert len(copies) == 1, copies
    return copies[0]


def test_a_wire_cut_from_the_bottom() -> None:
    text = story(1, paragraphs=8)
    wire = document("wire", text, DAY.format(1))
    paper = document("paper", ["(AP) — " + text[0], *text[1:3]], DAY.format(2))
    copy = only(trace([paper, wire]))
    assert (copy.doc, copy.of, copy.kind, copy.direction, copy.evidence) == (
        "paper",
        "wire",
        "wire",
        "published",
        "text",
    )
    ((left, right),) = copy.spans
    assert paper.text[left.start : left.end] == wire.text[right.start : right.end] == "\n\n".join(text[:3])[:-1]


def test_two_papers_that_cut_a_wire_at_the_same_line_have_it_from_the_wire() -> None:
    text = story(90, paragraphs=8)
    quoted = text[1][:-1]
    wire = document("wire", [text[0], f"“{quoted},” Marlow said.", *text[2:]], DAY.format(1))
    papers = [document("one", wire.text.split("\n\n")[:3], DAY.format(2))]
    # Another typographer: the words are the same, their places are not.
    plain = [p.replace("“", "''").replace("”", "''") for p in wire.text.split("\n\n")[:3]]
    papers.append(document("two", plain, DAY.format(3)))
    copies = {c.doc: c for c in trace([wire, *papers])}
    assert {doc: copy.of for doc, copy in copies.items()} == {"one": "wire", "two": "wire"}
    for left, right in copies["two"].spans:
        words = [re.findall(r"\w+", d.text[s.start : s.end]) for d, s in ((papers[1], left), (wire, right))]
        assert words[0] == words[1]


def test_a_repeat_of_an_edited_copy_inherits_its_edits() -> None:
    text = story(91, paragraphs=6)
    edited = [" ".join("indeed" if k % 14 == 5 else w for k, w in enumerate(p.split())) for p in text]
    pile = [document("a", text, DAY.format(1)), document("b", edited, DAY.format(2))]
    pile.append(document("c", [p.upper() for p in edited], DAY.format(3)))
    assert {c.doc: c.of for c in trace(pile)} == {"b": "a", "c": "b"}


def test_a_page_with_nothing_but_a_piece_from_the_middle_is_no_copy_of_the_whole() -> None:
    text = story(92, paragraphs=12)
    source = document("source", text, DAY.format(1))
    piece = only(trace([source, document("page", [*text[6:9], "They said no more."], DAY.format(2))]))
    assert (piece.kind, piece.of) == ("excerpt", "source")
    assert piece.similarity > 0.9
    # The beginning, as far as the space goes, is what newsrooms print of a wire; the greater part is a copy anyhow.
    for paragraphs in (text[:3], text[4:]):
        assert only(trace([source, document("page", paragraphs, DAY.format(2))])).kind != "excerpt"


def test_a_page_around_an_excerpt_is_no_copy_however_small() -> None:
    text = story(93, paragraphs=6)
    own = sentence(random.Random(193), 18)
    page = document("page", [own, *text[:2]], DAY.format(2))
    copy = only(trace([document("source", text, DAY.format(1)), page]))
    assert (copy.kind, round(copy.similarity, 1)) == ("excerpt", 0.8)


def test_a_quotation_set_as_the_same_paragraph_with_two_words_of_its_own_was_copied() -> None:
    speech = " ".join(story(94, paragraphs=1))[:-1]
    paragraph = f"“{speech},” she added."

    def page(name: str, seed: int, middle: str) -> Document:
        return document(name, [*story(seed, paragraphs=2), middle, *story(seed + 50, paragraphs=2)])

    assert only(trace([page("a", 200, paragraph), page("b", 201, paragraph)])).kind == "excerpt"
    # Within other paragraphs it may be the same speech heard twice.
    inside = [
        page(name, seed, f"{sentence(random.Random(seed))} {paragraph}") for name, seed in (("a", 200), ("b", 201))
    ]
    assert trace(inside) == []
    # What no word outside quotation marks says may be anybody's.
    assert trace([page("a", 200, f"“{speech}.”"), page("b", 201, f"“{speech}.”")]) == []


def test_a_later_host_that_quotes_more_of_a_story_has_the_rest_from_the_story() -> None:
    text, own = story(98, paragraphs=6), story(99, paragraphs=3)
    pile = [
        document("story", text, DAY.format(1)),
        document("host", [*own, text[3]], DAY.format(2)),
        document("later", [*own, text[2], text[3]], DAY.format(3)),
    ]
    spans = {(c.doc, c.of): c.spans for c in trace(pile)}
    assert {("host", "story"), ("later", "host"), ("later", "story")} == set(spans)
    ((left, right),) = spans["later", "story"]
    assert text[2] in pile[2].text[left.start : left.end + 1]
    assert text[2] in pile[0].text[right.start : right.end + 1]


def test_crumbs_that_a_copy_leaves_in_a_host_are_no_excerpts_of_their_own() -> None:
    text, line = story(95, paragraphs=5), sentence(random.Random(95), 7)
    pile = [
        document("a", text, DAY.format(1)),
        document("b", [*text, line], DAY.format(2)),
        document("host", [*story(96, paragraphs=3), *text[2:], *story(97, paragraphs=1), line], DAY.format(3)),
    ]
    assert {c.doc: c.of for c in trace(pile)} == {"b": "a", "host": "a"}


def test_an_edited_copy_with_a_moved_paragraph() -> None:
    text = story(2, paragraphs=6)
    changed = [re.sub(r"^(\S+ \S+ )\S+", r"\1indeed", p) for p in text]
    changed[2], changed[4] = changed[4], changed[2]
    copy = only(trace([document("a", text, DAY.format(1)), document("b", changed, DAY.format(2))]))
    assert (copy.doc, copy.kind) == ("b", "edited")
    assert copy.similarity > 0.9
    assert len(copy.spans) > 1


def test_a_misread_scan() -> None:
    r = random.Random(5)
    flip = {"e": "c", "l": "1", "o": "0", "n": "u", "h": "b", "s": "5", "t": "f"}
    text = story(3, paragraphs=6)
    noisy = ["".join(flip.get(c, c) if r.random() < 0.06 else c for c in p) for p in text]
    assert only(trace([document("a", text, DAY.format(1)), document("scan", noisy, DAY.format(2))])).similarity > 0.9


def test_an_excerpt_does_not_make_the_host_a_copy() -> None:
    text, own = story(4), story(5)
    host = document("host", [*own[:2], text[2], *own[2:]], DAY.format(2))
    copy = only(trace([document("a", text, DAY.format(1)), host]))
    ((left, _),) = copy.spans
    assert copy.kind == "excerpt"
    assert copy.similarity < 0.3
    assert host.text[left.start : left.end] == text[2][:-1]


def test_the_same_speech_in_two_reports_is_no_copy() -> None:
    speech = " ".join(story(6, paragraphs=2))
    reports = [
        document("a", [*story(7, paragraphs=2), f"“{speech}” Marlow said.", *story(8, paragraphs=1)]),
        document("b", [*story(9, paragraphs=2), f'"{speech}" said Marlow in Quay.', *story(10, paragraphs=1)]),
    ]
    assert trace(reports) == []
    # A quotation with its introduction, both word for word, was not heard but copied.
    cited = f"“{speech}” said Marlow in a hall above the quay."
    pair = [document(k, [*story(n), cited, *story(n + 1)]) for k, n in (("c", 80), ("d", 82))]
    assert only(trace(pair)).kind == "excerpt"
    # And who runs another's own prose as a quotation does reuse it.
    assert only(trace([document("a", [speech, *story(7)]), reports[1]])).kind == "excerpt"


def test_what_is_set_apart_is_no_prose() -> None:
    banner = story(11, paragraphs=2)
    pages = [document(str(k), [*story(12 + k, paragraphs=2), *banner, *story(14 + k)]) for k in range(2)]
    assert only(trace(pages)).kind == "excerpt"
    cut = []
    for page in pages:
        start = page.text.index(banner[0])
        part = Part(kind="boilerplate", start=start, end=start + len("\n\n".join(banner)))
        cut.append(Document(id=page.id, by="", text=page.text, parts=(part,)))
    assert trace(cut) == []


def test_a_copy_of_a_copy_is_known_by_the_edits_it_inherits() -> None:
    text = story(20, paragraphs=8)
    edited = [p.replace(p.split()[3], "harbourward", 1).replace(p.split()[9], "moreover", 1) for p in text]
    chain = [
        document("a", text, DAY.format(1)),
        document("b", edited, DAY.format(2)),
        document("c", edited[:5], DAY.format(3)),
        document("d", text[:5], DAY.format(4)),
    ]
    assert {c.doc: c.of for c in trace(chain)} == {"b": "a", "c": "b", "d": "a"}


@pytest.mark.parametrize(
    ("dates", "direction"),
    [
        ((DAY.format(1), DAY.format(2)), "published"),
        (("2021-05-01T23:00:00+00:00", "2021-05-02"), "not established"),
        (("2021-05-01T08:00:00Z", "2021-05-01T10:00:00+01:00"), "published"),
        ((None, DAY.format(1)), "not established"),
        ((DAY.format(1), DAY.format(1)), "not established"),
    ],
)
def test_dates_settle_direction_only_where_they_do(dates: tuple[str | None, str], direction: str) -> None:
    text = story(30)
    swapped = [text[1], text[0], *text[2:]]
    assert only(trace([document("a", text, dates[0]), document("b", swapped, dates[1])])).direction == direction


def test_credits_settle_direction_and_kind() -> None:
    text = story(31)
    pages = [
        document("a", [text[1], text[0], *text[2:]], publisher="The Quay Post"),
        document("z", text, publisher="Valley Wire"),
    ]
    copy = only(trace(pages, credits=credit("a", "republished", "Valley Wire")))
    assert (copy.doc, copy.of, copy.kind) == ("a", "z", "republished")
    assert (copy.direction, copy.evidence) == ("credit", "both")


def test_nesting_settles_direction_of_undated_cuts() -> None:
    text = story(32, paragraphs=8)
    copy = only(trace([document("a", text[:4]), document("b", text)]))
    assert (copy.doc, copy.of, copy.direction) == ("a", "b", "nesting")


def test_states_of_one_page_are_revisions() -> None:
    text = story(33)
    url = "https://quay.example/ferry"
    pages = [
        document("a", text, DAY.format(1), url=url),
        document("b", [*story(34, paragraphs=4), *text[:2]], DAY.format(2), url=url + "?ref=1"),
    ]
    assert only(trace(pages)).kind == "revision"


def test_standing_notes_belong_to_nobody() -> None:
    r = random.Random(1)
    note = sentence(r, 25)
    pages = [
        document(str(k), [*story(40 + k), note, *story(60 + k, paragraphs=2)], DAY.format(k + 1)) for k in range(6)
    ]
    assert trace(pages) == []
    assert only(trace(pages[:2])).kind == "excerpt"


def test_a_story_that_ran_in_hundreds_of_places() -> None:
    text = story(50, paragraphs=6)
    run = [
        document(f"{k:03}", [*text[: 3 + k % 4], sentence(random.Random(k))], f"2021-05-02T{k % 24:02}:00")
        for k in range(300)
    ]
    copies = trace([*run, document("first", text, DAY.format(1))])
    assert {c.doc for c in copies} == {d.id for d in run}
    assert {c.of for c in copies if c.kind != "excerpt"} <= {"first"} | {d.id for d in run}


def family(seed: int) -> list[Document]:
    """A pile with originals, cuts, edits and an excerpt."""
    r = random.Random(seed)
    pile = []
    for k in range(4):
        text = story(seed * 100 + k, paragraphs=5, sentences=2)
        pile.append(document(f"{k}", text, DAY.format(1 + r.randrange(5))))
        pile.append(document(f"{k}cut", text[: r.randint(2, 4)], r.choice([None, DAY.format(7)])))
        pile.append(document(f"{k}edit", [p.replace(p.split()[2], "indeed", 1) for p in text], DAY.format(8)))
        pile.append(document(f"{k}host", [*story(seed * 100 + 50 + k, paragraphs=3), text[-1]], DAY.format(9)))
    return pile


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(seed: int, r: random.Random) -> None:
    pile = family(seed)
    expected = trace(pile)
    assert trace(pile) == expected
    shuffled = list(pile)
    r.shuffle(shuffled)
    assert trace(shuffled) == expected


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 15), st.integers(1, 4))
def test_adding_exact_copies_changes_no_other_pair(seed: int, which: int, number: int) -> None:
    pile = family(seed)
    text, published = pile[which].text.upper(), pile[which].published and "2021-06-01"
    again = [Document(id=f"zz{k}", by="", text=text, published=published) for k in range(number)]
    grown = trace([*pile, *again])
    added = [c for c in grown if c.doc.startswith("zz")]
    assert [c for c in grown if c not in added] == trace(pile)
    # A repeat of a cut may be a cut of its own: it goes back to what the text as a whole goes back to, or to the text.
    beyond = {c.of for c in grown if c.doc == pile[which].id and c.kind != "excerpt"}
    assert {c.of for c in added} <= {pile[which].id} | beyond
    assert len(added) == number
    origins = copies_to_origins([*pile, *again], grown)
    assert {origins[d.id] for d in again} == {origins[pile[which].id]}


def test_hostile_texts_take_no_longer_than_others() -> None:
    hostile = ["(" * 300_000, "7" * 300_000, "spam " * 60_000, "a b " * 80_000, '"' * 300_000, ""]
    assert trace([document(str(k), [t]) for k, t in enumerate(hostile)]) == []
    twice = trace([document(name, ["spam " * 60_000]) for name in ("x", "y")])
    assert [(c.doc, c.of, c.kind) for c in twice] == [("y", "x", "duplicate")]
