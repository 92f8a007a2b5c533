from itertools import pairwise

from firsthand.core.records import Document
from firsthand.trace.candidates import Candidates, prints_to_candidates
from firsthand.trace.shingles import documents_to_sketches
from stories import document, story


def candidates(documents: list[Document], *, crowd: int = 100) -> Candidates:
    sketches = documents_to_sketches(documents, shingle=5, window=4)
    return prints_to_candidates(sketches.prints, sketches.first, crowd=crowd)


def test_a_family_greater_than_the_crowd_is_seen_and_bounded() -> None:
    family = story(1, paragraphs=8)
    documents = [document("origin", family)]
    documents += [document(f"c{k}", [*family[: 3 + k % 5], *story(100 + k, paragraphs=1)]) for k in range(150)]
    found = candidates(documents)
    assert set(found.late[found.early == 0].tolist()) == set(range(1, 151))
    assert len(found.late) < 12 * len(documents)
    assert not len(found.common)


def test_boilerplate_of_many_pages_pairs_nobody() -> None:
    footer = story(7, paragraphs=1)[0]
    documents = [document(str(k), [*story(1000 + k), footer]) for k in range(150)]
    found = candidates(documents)
    assert len(found.common) > 5
    assert found.shared.max(initial=0) <= 1  # five words in a row by chance, here and there


def test_pairs_are_sorted_and_counted_once() -> None:
    found = candidates([document(str(k), story(k % 3)) for k in range(9)])
    pairs = list(zip(found.late.tolist(), found.early.tolist(), strict=True))
    assert len(pairs) == 9
    assert all(a < b for a, b in pairwise(pairs))
    assert all(late % 3 == early % 3 and early < late for late, early in pairs)


def test_nothing_in_nothing_out() -> None:
    assert not len(candidates([]).late)
    assert not len(candidates([document("a", ["one two"])]).late)
