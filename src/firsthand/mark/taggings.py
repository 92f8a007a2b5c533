"""Scores over word pieces → the best legal tagging of whole words.

Word pieces are joined into words first, so that no span can begin or end inside a word; then the sequence of tags with
the highest sum of log-probabilities is taken among those in which every I- follows a B- or I- of its kind (Viterbi
1967). Time and memory are linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from firsthand.core.encodings import Encoding
    from firsthand.core.records import Document

UNMARKED_PARTS = ("boilerplate", "wrapper", "bio")
"""Parts of a document in which verbs mark up nothing (core/records.py, Part)."""
SURE = -0.01
"""Log-probability of O from which a word is not looked at further. With no such limit PolNeAR dev comes out the same
(two tags of 84 documents differ) and decoding takes three times as long."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE_END = re.compile(r"\n")
_HARD_WRAPPED = 90
"""A document whose usual line is shorter than this is wrapped by hand: its single line ends do not end a paragraph.
FBIS dispatches wrap at 78; the shortest usual line of a PolNeAR article is 132."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a document, in order.

    Attributes:
        starts: int64 [m], code points.
        ends: int64 [m], code points, past the last.
        pieces: int64 [m + 1]; word w is made of pieces[w] up to pieces[w + 1].
        breaks: bool [m], whether no span may run on into this word: it begins a paragraph, or lies in or just after a
            part that is not marked up.
        unmarked: bool [m], whether it lies in such a part.
    """

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    pieces: npt.NDArray[np.int64]
    breaks: npt.NDArray[np.bool_]
    unmarked: npt.NDArray[np.bool_]


def document_to_paragraphs(document: Document) -> list[tuple[int, int]]:
    """Stretches between blank lines; also between line ends, unless the text is wrapped by hand.

    Args:
        document: any document.

    Returns:
        Half-open code points, back to back, covering the text.
    """
    text = document.text
    lines = sorted(len(line) for line in text.split("\n") if line.strip())
    wrapped = len(lines) > 3 and lines[len(lines) // 2] < _HARD_WRAPPED and _BLANK_LINE.search(text) is not None
    ends = [found.end() for found in (_BLANK_LINE if wrapped else _LINE_END).finditer(text)]
    return [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]


def encoding_to_words(document: Document, *, encoding: Encoding, paragraphs: Iterable[tuple[int, int]]) -> Words:
    """Join word pieces into words: runs of letters and digits; every other sign is a word of its own.

    Args:
        document: whose text was encoded.
        encoding: of that text.
        paragraphs: from `document_to_paragraphs`.

    Returns:
        The words.
    """
    text = document.text
    starts, ends = encoding.offsets[:, 0].tolist(), encoding.offsets[:, 1].tolist()
    firsts = [
        i
        for i in range(len(starts))
        if i == 0 or starts[i] != ends[i - 1] or not (text[starts[i]].isalnum() and text[ends[i - 1] - 1].isalnum())
    ]
    pieces = np.array([*firsts, len(starts)], np.int64)
    word_starts = np.array([starts[i] for i in firsts], np.int64)
    word_ends = np.array([ends[i - 1] for i in [*firsts[1:], len(starts)]] if firsts else [], np.int64)
    breaks = np.zeros(len(firsts), np.bool_)
    unmarked = np.zeros(len(firsts), np.bool_)
    for start, _ in paragraphs:
        first = int(np.searchsorted(word_starts, start))
        if first < len(breaks):
            breaks[first] = True
    for part in document.parts:
        if part.kind in UNMARKED_PARTS:
            first, last = np.searchsorted(word_starts, (part.start, part.end)).tolist()
            unmarked[first:last] = breaks[first : last + 1] = True
    return Words(starts=word_starts, ends=word_ends, pieces=pieces, breaks=breaks, unmarked=unmarked)


def word_scores(scores: npt.NDArray[np.float32], words: Words) -> npt.NDArray[np.float64]:
    """Score each word for each tag, as if its pieces were independent given the tag.

    Args:
        scores: [n, 2k + 1], log-probabilities over O, B-1, I-1, B-2, I-2, … of each word piece.
        words: of the same text.

    Returns:
        float64 [m, 2k + 1]: of B-, the first piece begins and the others go on. Words in parts that are not marked up
        can only be O.
    """
    if not len(words.starts):
        return np.zeros((0, scores.shape[1]))
    wide = scores.astype(np.float64)
    sums = np.add.reduceat(wide, words.pieces[:-1], axis=0)
    first = wide[words.pieces[:-1]]
    sums[:, 1::2] = sums[:, 2::2] - first[:, 2::2] + first[:, 1::2]
    sums[words.unmarked, 1:] = -np.inf
    return sums


def viterbi(
    scores: npt.NDArray[np.float64],
    *,
    breaks: npt.NDArray[np.bool_],
    begin_cost: Sequence[float] = (),
    habits: Sequence[list[list[float]] | None] = (),
    sure: float = SURE,
) -> list[int]:
    """The legal tagging with the highest score.

    Words whose O scores more than `sure` are taken as read, and each stretch between them is solved by itself.

    Args:
        scores: [m, 2k + 1] over O, B-1, I-1, …
        breaks: bool [m], words at which no I- may stand.
        begin_cost: per kind, subtracted from each B-; none by default.
        habits: per word what to add for each tag before and its own; none by default.
        sure: score of O from which a word is not looked at further.

    Returns:
        m tags; every I- follows a B- or I- of its kind.
    """
    tags = [0] * len(scores)
    open_words = np.flatnonzero(scores[:, 0] < sure)
    if not len(open_words):
        return tags
    kinds = scores.shape[1] // 2
    costs = list(begin_cost) or [0.0] * kinds
    for stretch in np.split(open_words, np.flatnonzero(np.diff(open_words) > 1) + 1):
        first, last = int(stretch[0]), int(stretch[-1]) + 1
        rows, cuts = scores[first:last].tolist(), breaks[first:last].tolist()
        if habits:
            tags[first:last] = _solve_with(rows, cuts, costs, habits[first : last + 1])
        else:
            tags[first:last] = _solve(rows, cuts, costs)
    return tags


def _solve(rows: list[list[float]], cuts: list[bool], costs: list[float]) -> list[int]:
    """Only legality ties tags: the best tag before is the same for O and every B-."""
    never = float("-inf")
    best = [0.0] + [never] * (2 * len(costs))
    back: list[list[int]] = []
    for row, cut in zip(rows, cuts, strict=True):
        value = max(best)
        top = best.index(value)
        now, pointers = [value + row[0]], [top]
        for kind, cost in enumerate(costs):
            begin, inside = 2 * kind + 1, 2 * kind + 2
            before = begin if best[begin] >= best[inside] else inside
            now += (value + row[begin] - cost, never if cut else best[before] + row[inside])
            pointers += (top, before)
        best = now
        back.append(pointers)
    return _trace(best, back)


def _solve_with(
    rows: list[list[float]], cuts: list[bool], costs: list[float], habits: Sequence[list[list[float]] | None]
) -> list[int]:
    """Habits tie each tag to the one before; the last habit is that of the O after the stretch."""
    never = float("-inf")
    count = 2 * len(costs) + 1
    flat = [[0.0] * count for _ in range(count)]
    best = [0.0] + [never] * (count - 1)
    back: list[list[int]] = []
    for row, cut, habit in zip(rows, cuts, habits, strict=False):
        ties = flat if habit is None else habit
        now, pointers = [], []
        for tag in range(count):
            if tag and not tag % 2:  # I- only follows its own B- and I-
                begin, inside = best[tag - 1] + ties[tag - 1][tag], best[tag] + ties[tag][tag]
                value, at = (begin, tag - 1) if begin >= inside else (inside, tag)
                value = never if cut else value
            else:
                values = [was + tie[tag] for was, tie in zip(best, ties, strict=True)]
                value = max(values)
                at = values.index(value)
                value -= costs[tag // 2] if tag else 0.0
            now.append(value + row[tag])
            pointers.append(at)
        best = now
        back.append(pointers)
    after = habits[len(rows)] if len(habits) > len(rows) else None
    if after is not None:
        best = [was + tie[0] for was, tie in zip(best, after, strict=True)]
    return _trace(best, back)


def _trace(best: list[float], back: list[list[int]]) -> list[int]:
    tags = [0] * len(back)
    at = best.index(max(best))
    for i in range(len(back) - 1, -1, -1):
        tags[i] = at
        at = back[i][at]
    return tags


def tags_to_spans(tags: Iterable[int]) -> list[tuple[int, int, int]]:
    """Spans of a legal tagging.

    Args:
        tags: over O, B-1, I-1, …

    Returns:
        (first word, past the last word, kind from 0), in order.

    >>> tags_to_spans([0, 1, 2, 1, 3, 4])
    [(1, 3, 0), (3, 4, 0), (4, 6, 1)]
    """
    spans: list[tuple[int, int, int]] = []
    for i, tag in enumerate(tags):
        if tag % 2:
            spans.append((i, i + 1, tag // 2))
        elif tag:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans
