"""Which act a toll is of: the one its own words tell, else the one told in its sentence, else the one before it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from firsthand.core.spans import Range
from firsthand.mark.incidents.acts import Act, places_clash
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.tolls import Toll
from firsthand.mark.ontology import Ontology

REACH = 12
"""Sentences between an act and a toll without one ("Seven people had died by Friday morning"); the only act of a
document may be told any number of them away."""
_OTHER_CAUSES = frozenset(
    "fighting offensive war combat battle battles battlefield operation operations earthquake quake crash crashed "
    "accident flood floods hurricane avalanche landslide epidemic".split()
)
"""A sentence with one of these and no act of its own tells what its dead died of."""
_HARMLESS = frozenset("arrest robbery stoppage".split())
"""Families of acts in which people are killed or hurt only if their own words say so."""


def tolls_to_acts(
    tolls: Sequence[Toll], *, acts: Sequence[Act], passages: Passages, ontology: Ontology
) -> list[list[Toll]]:
    """Give each toll to one act at most.

    Args:
        tolls: Of the document, in order.
        acts: Likewise.
        passages: The document.
        ontology: Families of kinds.

    Returns:
        The tolls of each act, in order. A toll whose sentence names a place that an act elsewhere cannot have been in
        is not that act's.
    """
    given: list[list[Toll]] = [[] for _ in acts]
    violent = [k for k, act in enumerate(acts) if ontology.kind(act.kind()).family not in _HARMLESS]
    telling = {k: sorted(acts[k].sentences) for k in violent}
    triggers, words, told = _by_sentence(acts)
    for toll in tolls:
        own = [k for k, span in triggers[toll.sentence] if span[0] <= toll.cue[0] < span[1]]
        here = [k for k in told[toll.sentence] if k in telling]
        if own or here:
            given[min(own or here, key=lambda k: _distance(words[k, toll.sentence], toll))].append(toll)
        elif (near := _nearest(acts, telling, toll, passages)) is not None:
            given[near].append(toll)
    return given


def _by_sentence(
    acts: Sequence[Act],
) -> tuple[dict[int, list[tuple[int, Range]]], dict[tuple[int, int], list[Range]], dict[int, list[int]]]:
    """Triggers by sentence, an act's words by act and sentence, acts by sentence; acts by number, in order."""
    triggers: dict[int, list[tuple[int, Range]]] = defaultdict(list)
    words: dict[tuple[int, int], list[Range]] = defaultdict(list)
    told: dict[int, list[int]] = defaultdict(list)
    for k, act in enumerate(acts):
        for trigger in act.triggers:
            triggers[trigger.sentence].append((k, trigger.span))
            words[k, trigger.sentence].append(trigger.span)
        for filler in act.fillers:
            words[k, filler.sentence].append(filler.span)
        for sentence in act.sentences:
            told[sentence].append(k)
    return triggers, words, told


def _distance(words: Sequence[Range], toll: Toll) -> int:
    """Code points between a toll and an act's words in its sentence."""
    return min((max(a - toll.cue[1], toll.cue[0] - b, 0) for a, b in words), default=10**9)


def _nearest(acts: Sequence[Act], telling: Mapping[int, Sequence[int]], toll: Toll, passages: Passages) -> int | None:
    """The act told last before a toll's sentence, or if none is, first after it; none if that names another cause."""
    if not _OTHER_CAUSES.isdisjoint(passages.sentences[toll.sentence].lower):
        return None
    lone = Act(places=passages.mentions(toll.sentence, "place"))
    ranked = []
    for k, sentences in telling.items():
        before = bisect_right(sentences, toll.sentence)
        gap = toll.sentence - sentences[before - 1] if before else sentences[0] - toll.sentence
        if (gap <= REACH or len(acts) == 1) and not places_clash(acts[k], lone):
            ranked.append((not before, gap, k))
    return min(ranked)[2] if ranked else None
