"""Which act a toll is of: the one its own words tell, else the one told in its sentence, else the one before it."""

from __future__ import annotations

from collections.abc import Sequence

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
    for toll in tolls:
        own = [k for k, act in enumerate(acts) if any(t.span[0] <= toll.cue[0] < t.span[1] for t in act.triggers)]
        here = [k for k in violent if toll.sentence in acts[k].sentences]
        if own or here:
            given[min(own or here, key=lambda k: _distance(acts[k], toll))].append(toll)
        elif (near := _nearest(acts, violent, toll, passages)) is not None:
            given[near].append(toll)
    return given


def _distance(act: Act, toll: Toll) -> int:
    """Code points between a toll and the act's words in its sentence."""
    spans = [t.span for t in act.triggers if t.sentence == toll.sentence]
    spans += [f.span for f in act.fillers if f.sentence == toll.sentence]
    gaps = [max(a - toll.cue[1], toll.cue[0] - b, 0) for a, b in spans]
    return min(gaps, default=10**9)


def _nearest(acts: Sequence[Act], violent: Sequence[int], toll: Toll, passages: Passages) -> int | None:
    """The act told last before a toll's sentence, or if none is, first after it; none if that names another cause."""
    if not _OTHER_CAUSES.isdisjoint(passages.sentences[toll.sentence].lower):
        return None
    lone = Act(places=passages.mentions(toll.sentence, "place"))
    ranked = []
    for k in violent:
        before = [n for n in acts[k].sentences if n <= toll.sentence]
        gap = toll.sentence - max(before) if before else min(acts[k].sentences) - toll.sentence
        if (gap <= REACH or len(acts) == 1) and not places_clash(acts[k], lone):
            ranked.append((not before, gap, k))
    return min(ranked)[2] if ranked else None
