"""Scores over word pieces → the best legal tagging of whole words.

Word pieces are joined into words first, so that no span can begin or end inside a word; then the sequence of tags with
the highest sum of log-probabilities is taken among those in which every I- follows a B- or I- of its kind (Viterbi
1967). Time and memory are linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from firsthand.core.encodings import Encoding
    from firsthand.core.records import Document

UNMARKED_PARTS = ("boilerplate", "wrapper", "bio")
"""Parts of a document in which verbs mark up nothing (core/records.py, Part)."""
SURE = -0.01
"""Log-probability of O from which a word is not looked at further. With no such limit PolNeAR dev comes out the same
(two tags of 84 documents differ) and decoding takes three times as long."""
_TOGETHER = 2048
"""Stretches solved at once; bounds the memory of a step to one megabyte."""
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
        first = bisect_left(word_starts, start)
        if first < len(breaks):
            breaks[first] = True
    for part in document.parts:
        if part.kind in UNMARKED_PARTS:
            first, last = (bisect_left(word_starts, at) for at in (part.start, part.end))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What the words on either side of a gap say about the tags on either side.

    Attributes:
        ties: float64 [u, t, t], by the tag before and the tag after; added to their scores.
        numbers: int64 [m], which of the ties holds before each word.
    """

    ties: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.int64]


def viterbi(
    scores: npt.NDArray[np.float64],
    *,
    breaks: npt.NDArray[np.bool_],
    begin_cost: float = 0.0,
    habits: Habits | None = None,
    sure: float = SURE,
) -> list[int]:
    """The legal tagging with the highest score.

    Words whose O scores more than `sure` are taken as read, and each stretch between them is solved by itself; many
    stretches at once, step by step.

    Args:
        scores: [m, 2k + 1] over O, B-1, I-1, …
        breaks: bool [m], words at which no I- may stand.
        begin_cost: subtracted from each B-.
        habits: of the words; none by default.
        sure: score of O from which a word is not looked at further.

    Returns:
        m tags; every I- follows a B- or I- of its kind.
    """
    tags = np.zeros(len(scores), np.int64)
    open_words = np.flatnonzero(scores[:, 0] < sure)
    if not len(open_words):
        return [0] * len(scores)
    legal = _legal(scores.shape[1])
    ties = habits.ties + legal if habits is not None else legal[None]
    numbers = habits.numbers if habits is not None else np.zeros(len(scores), np.int64)
    rows = scores.copy()
    rows[breaks, 2::2] = -np.inf
    cost = np.zeros(scores.shape[1])
    cost[1::2] = begin_cost
    gaps = np.flatnonzero(np.diff(open_words) > 1)
    firsts = open_words[np.concatenate(([0], gaps + 1))]
    lasts = open_words[np.concatenate((gaps, [len(open_words) - 1]))] + 1
    order = np.argsort(firsts - lasts, kind="stable")  # the longest first
    for at in range(0, len(order), _TOGETHER):
        part = order[at : at + _TOGETHER]
        _solve(tags, firsts[part], lasts[part] - firsts[part], rows, cost, ties, numbers)
    found: list[int] = tags.tolist()
    return found


@cache
def _legal(count: int) -> npt.NDArray[np.float64]:
    """0 where one tag may follow another, else minus infinity: an I- only follows its own B- and I-."""
    legal = np.zeros((count, count))
    for inside in range(2, count, 2):
        legal[:, inside] = -np.inf
        legal[inside - 1 : inside + 1, inside] = 0.0
    return legal


def _solve(
    tags: npt.NDArray[np.int64],
    firsts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    rows: npt.NDArray[np.float64],
    cost: npt.NDArray[np.float64],
    ties: npt.NDArray[np.float64],
    numbers: npt.NDArray[np.int64],
) -> None:
    """Tag some stretches, the longest first, so that those still open after n steps are the first so many.

    Each begins after an O, and the word after it is an O.
    """
    open_at = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
    best = np.full((len(firsts), rows.shape[1]), -np.inf)
    best[:, 0] = 0.0
    back: list[npt.NDArray[np.int8]] = []
    for step, count in enumerate(open_at):
        words = firsts[:count] + step
        values = best[:count, :, None] + ties[numbers[words]]
        back.append(values.argmax(1).astype(np.int8))
        best[:count] = values.max(1) + rows[words] - cost
    after = firsts + lengths
    inside = after < len(rows)
    best[inside] += ties[numbers[after[inside]], :, 0]
    now = best.argmax(1)
    for step in range(len(open_at) - 1, -1, -1):
        count = open_at[step]
        tags[firsts[:count] + step] = now[:count]
        now[:count] = back[step][np.arange(count), now[:count]]


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
        if not tag:
            continue
        if tag % 2:
            spans.append((i, i + 1, tag // 2))
        else:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans
