"""Who did what to whom, as the net tags it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from firsthand.core.encodings import CONFIDENCES, INCIDENT_KINDS, ROLES, STAGES, Encoding
from firsthand.core.records import Document
from firsthand.core.spans import Range, overlaps
from firsthand.mark.incidents.passages import Passages, Sentence
from firsthand.mark.incidents.role_bounds import fillers_to_tidy
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.ontology import default_ontology

ROLE_FLOOR = 0.1
"""Least probability of being inside some filler. Low, because role_filters.py weighs each name afterwards."""


SECOND_FLOOR = 0.1
"""Least probability at which words are proposed for their second role too: "guerrillas" are persons and a group."""


def encoding_to_fillers(document: Document, *, encoding: Encoding, sentences: Sequence[Sentence]) -> list[Filler]:
    """Decode the role tags into fillers of whole words.

    Args:
        document: The text.
        encoding: What the net says about it.
        sentences: Of the document, in order; what lies in none of them is dropped.

    Returns:
        Fillers in order of the text, scored by the net's probability of their role; two of one span if two roles are
        likely.
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
        order = by_role.argsort()[::-1]
        start, end = _whole_words(document.text, int(encoding.offsets[first, 0]), int(encoding.offsets[last - 1, 1]))
        number = int(np.searchsorted(ends, end))
        if number >= len(sentences) or start < sentences[number].span[0]:
            continue
        filler = Filler(
            role=ROLES[order[0]],
            span=(start, end),
            sentence=number,
            score=float(by_role[order[0]]),
            kinds=_shares(INCIDENT_KINDS, encoding.incident_kinds[first:last]),
            confidences=_shares(CONFIDENCES, encoding.confidences[first:last]),
            stages=_shares(STAGES, encoding.stages[first:last]),
            tagged=True,
        )
        found.append(filler)
        if by_role[order[1]] >= SECOND_FLOOR:
            found.append(replace(filler, role=ROLES[order[1]], score=float(by_role[order[1]])))
    return found


def encoding_to_proposals(passages: Passages, by_order: Sequence[Filler], *, encoding: Encoding) -> list[Filler]:
    """What the net and word order propose together.

    Args:
        passages: The document.
        by_order: Fillers by word order, tidy.
        encoding: What the net says about it.

    Returns:
        The net's fillers, with the accusation pattern and the approval of word order where it gives overlapping words
        the same role; and word order's own where the net has nothing, with its scores. In order of the text.
    """
    ontology = default_ontology()
    tagged = encoding_to_fillers(passages.document, encoding=encoding, sentences=passages.sentences)
    tagged = fillers_to_tidy(passages.text, tagged, ontology=ontology)
    near: dict[int, list[Filler]] = {}
    for filler in by_order:
        near.setdefault(filler.sentence, []).append(filler)
    out: list[Filler] = []
    met: set[int] = set()
    for filler in tagged:
        same = [o for o in near.get(filler.sentence, ()) if overlaps(o.span, filler.span)]
        met.update(id(o) for o in same if o.role == filler.role)
        cue = next((o.cue for o in same if o.cue), "")
        out.append(replace(filler, cue=cue, ordered=any(o.role == filler.role for o in same)))
    out.extend(rescore([o for o in by_order if id(o) not in met], encoding=encoding))
    return sorted(out, key=lambda f: (f.span, f.role))


def rescore(fillers: Sequence[Filler], *, encoding: Encoding) -> list[Filler]:
    """Give fillers found by word order what the net says of their words.

    Args:
        fillers: By word order.
        encoding: What the net says about the document.

    Returns:
        The same fillers with the net's scores and shares; one that lies outside all word pieces scores 0.
    """
    out = []
    for filler in fillers:
        first, last = np.searchsorted(encoding.offsets[:, 0], filler.span).tolist()
        if first == last:
            out.append(replace(filler, score=0.0, ordered=True))
            continue
        role = ROLES.index(filler.role)
        tags = np.exp(encoding.roles[first:last, 1 + 2 * role : 3 + 2 * role])
        out.append(
            replace(
                filler,
                score=float(tags.sum(1).mean()),
                kinds=_shares(INCIDENT_KINDS, encoding.incident_kinds[first:last]),
                confidences=_shares(CONFIDENCES, encoding.confidences[first:last]),
                stages=_shares(STAGES, encoding.stages[first:last]),
                ordered=True,
            )
        )
    return out


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
        # The net's sentences are in order and do not overlap.
        first = int(np.searchsorted(encoding.sentences[:, 1], sentence.span[0], side="right"))
        last = int(np.searchsorted(encoding.sentences[:, 0], sentence.span[1]))
        out.append(float(probability[first:last].max()) if first < last else 0.0)
    return out
