import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.core.records import Copy, Document, Mention, Part, Span
from firsthand.trace import trace
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
    assert {c.of for c in added} == {pile[which].id}
    assert len(added) == number


def test_hostile_texts_take_no_longer_than_others() -> None:
    hostile = ["(" * 300_000, "7" * 300_000, "spam " * 60_000, "a b " * 80_000, '"' * 300_000, ""]
    assert trace([document(str(k), [t]) for k, t in enumerate(hostile)]) == []
    twice = trace([document(name, ["spam " * 60_000]) for name in ("x", "y")])
    assert [(c.doc, c.of, c.kind) for c in twice] == [("y", "x", "duplicate")]
