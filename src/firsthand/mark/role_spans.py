"""Who did what to whom, as the net tags it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from firsthand.core.encodings import CONFIDENCES, INCIDENT_KINDS, ROLES, STAGES, Encoding
from firsthand.core.records import Document
from firsthand.core.spans import Range
from firsthand.mark.passages import Sentence
from firsthand.mark.role_phrases import Filler

ROLE_FLOOR = 0.2
"""Least probability of being inside some filler. Low, because role_filters.py weighs each name afterwards."""


def encoding_to_fillers(document: Document, *, encoding: Encoding, sentences: Sequence[Sentence]) -> list[Filler]:
    """Decode the role tags into fillers of whole words.

    Args:
        document: The text.
        encoding: What the net says about it.
        sentences: Of the document, in order; what lies in none of them is dropped.

    Returns:
        Fillers in order of the text, none overlapping, scored by the net's probability of their role.
    """
    if not len(encoding.offsets):
        return []
    tags = np.exp(encoding.roles)
    outside = tags[:, 0]
    starts = tags[:, 1::2]
    found: list[Filler] = []
    ends = np.array([s.span[1] for s in sentences])
    for first, last in _runs(outside, starts):
        by_role = (tags[first:last, 1::2] + tags[first:last, 2::2]).mean(0)
        role = int(by_role.argmax())
        start, end = _whole_words(document.text, int(encoding.offsets[first, 0]), int(encoding.offsets[last - 1, 1]))
        number = int(np.searchsorted(ends, end))
        if number >= len(sentences) or start < sentences[number].span[0]:
            continue
        found.append(
            Filler(
                role=ROLES[role],
                span=(start, end),
                sentence=number,
                score=float(by_role[role]),
                kinds=_shares(INCIDENT_KINDS, encoding.incident_kinds[first:last]),
                confidences=_shares(CONFIDENCES, encoding.confidences[first:last]),
                stages=_shares(STAGES, encoding.stages[first:last]),
                tagged=True,
            )
        )
    return found


def _runs(outside: npt.NDArray[np.float32], starts: npt.NDArray[np.float32]) -> list[Range]:
    """Runs of pieces that are more likely inside a filler than ROLE_FLOOR, cut where a new filler begins."""
    runs: list[Range] = []
    inside = outside < 1 - ROLE_FLOOR
    begin = starts.sum(1) > 0.5
    first: int | None = None
    for at in range(len(inside)):
        if first is not None and (not inside[at] or begin[at]):
            runs.append((first, at))
            first = None
        if inside[at] and first is None:
            first = at
    if first is not None:
        runs.append((first, len(inside)))
    return runs


def _shares(names: Sequence[str], scores: npt.NDArray[np.float32]) -> dict[str, float]:
    mean = np.exp(scores).mean(0)
    return {name: round(float(x), 4) for name, x in zip(names, mean, strict=True)}


def _whole_words(text: str, start: int, end: int) -> Range:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def sentence_relevance(encoding: Encoding | None, sentences: Sequence[Sentence]) -> list[float]:
    """Probability by the net that each sentence tells of an incident; 1.0 for all if no net has read them.

    Args:
        encoding: What the net says, or None.
        sentences: Of the document, in order.

    Returns:
        One number a sentence: the highest among the net's sentences that it overlaps.
    """
    if encoding is None:
        return [1.0] * len(sentences)
    probability = np.exp(encoding.relevant)
    out: list[float] = []
    for sentence in sentences:
        start, end = sentence.span
        hit = (encoding.sentences[:, 0] < end) & (encoding.sentences[:, 1] > start)
        out.append(float(probability[hit].max()) if hit.any() else 0.0)
    return out
