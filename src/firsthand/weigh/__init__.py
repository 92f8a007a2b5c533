"""Hypotheses × evidence → Standings: competing accounts side by side, each origin counted once (ACH, Heuer 1999)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.core.ids import make_id
from firsthand.core.records import Claim, Entity, Hypothesis, Judgement, Rating, RatingValue, Standing
from firsthand.core.unions import origins_range

BY = "weigh.standings@1"
ACCUSING = ("reported as fact", "accused", "accused by authorities", "claimed", "possible")
_FOR, _AGAINST = ("C", "CC"), ("I", "II")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What `weigh` makes: hypotheses and ratings suggested by the machine, and how all hypotheses stand."""

    hypotheses: tuple[Hypothesis, ...]
    ratings: tuple[Rating, ...]
    standings: tuple[Standing, ...]


def weigh(
    claims: Sequence[Claim],
    *,
    entities: Sequence[Entity] = (),
    judgements: Iterable[Judgement] = (),
    hypotheses: Sequence[Hypothesis] = (),
    ratings: Sequence[Rating] = (),
) -> Weighed:
    """Lay the accounts of each incident side by side.

    One hypothesis is suggested per accused actor of an incident. A claim that accuses the actor is suggested as
    consistent (C), one that denies it or accuses another actor alone as inconsistent (I). A person's rating of the same
    pair takes the suggestion's place; a person's hypotheses are weighed with the rest.

    Args:
        claims: All claims of the case.
        entities: For the actors' and incidents' labels.
        judgements: Of kind `origin`: which origins are the same, independent or not established.
        hypotheses: People's.
        ratings: People's.
    Returns:
        Suggestions and standings, each sorted by id. No probability, no ranking, no verdict.
    Source:
        Heuer, Psychology of Intelligence Analysis (1999), chapter 8. Counting origins instead of items is ours.
    """
    suggested = _hypotheses(claims, {entity.id: entity for entity in entities})
    everyone = {h.id: h for h in [*suggested, *(h for h in hypotheses if not h.withdrawn)]}
    by_incident: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.incident and claim.property.startswith("perpetrator"):
            by_incident.setdefault(claim.incident, []).append(claim)
    proposals = [
        _rating(hypothesis, claim)
        for hypothesis in everyone.values()
        for claim in by_incident.get(hypothesis.incident, [])
        if hypothesis.actor
    ]
    people = {(r.hypothesis, r.evidence): r for r in ratings if not r.withdrawn and r.by.startswith("person:")}
    effective = {(r.hypothesis, r.evidence): r for r in proposals} | people
    ties = [j for j in judgements if j.kind == "origin" and not j.withdrawn]
    known = {claim.id: claim for claim in claims}
    standings = [
        _standing(h, [r for r in effective.values() if r.hypothesis == h.id and r.evidence in known], known, ties)
        for h in everyone.values()
    ]
    return Weighed(
        hypotheses=tuple(sorted(suggested, key=lambda h: h.id)),
        ratings=tuple(sorted(proposals, key=lambda r: r.id)),
        standings=tuple(sorted(standings, key=lambda s: s.id)),
    )


def _hypotheses(claims: Sequence[Claim], entities: dict[str, Entity]) -> list[Hypothesis]:
    found: dict[str, Hypothesis] = {}
    for claim in claims:
        if not claim.incident or not claim.actor or not claim.property.startswith("perpetrator"):
            continue
        label = entities[claim.actor].label if claim.actor in entities else claim.value
        hypothesis = Hypothesis(
            id=make_id("hypothesis", claim.incident, claim.actor),
            by=BY,
            incident=claim.incident,
            text=f"{label} did it",
            actor=claim.actor,
        )
        found[hypothesis.id] = hypothesis
    return list(found.values())


def _rating(hypothesis: Hypothesis, claim: Claim) -> Rating:
    accuses = any(c in ACCUSING for c in (claim.confidence or "reported as fact").split("; "))
    value: RatingValue
    if claim.actor == hypothesis.actor:
        value, reason = (
            ("C", f"says that {claim.value} did it") if accuses else ("I", f"denies that {claim.value} did it")
        )
    elif accuses:
        value, reason = "I", "says that another,"
    else:
        value, reason = "N", "denies that another,"
    return Rating(
        id=make_id("rating", BY, hypothesis.id, claim.id),
        by=BY,
        hypothesis=hypothesis.id,
        evidence=claim.id,
        value=value,
        reason=f"{reason} {claim.value}{',' if reason.endswith(',') else ''} did it",
    )


def _standing(
    hypothesis: Hypothesis, ratings: Sequence[Rating], claims: dict[str, Claim], ties: Sequence[Judgement]
) -> Standing:
    def origins(values: Sequence[str]) -> set[str]:
        return {origin for r in ratings if r.value in values for origin in claims[r.evidence].origins}

    low, high = origins_range(origins(_FOR + _AGAINST), ties)
    return Standing(
        id=make_id("standing", hypothesis.id),
        by=BY,
        hypothesis=hypothesis.id,
        inconsistent=origins_range(origins(_AGAINST), ties)[0],
        consistent=origins_range(origins(_FOR), ties)[0],
        origins_low=low,
        origins_high=high,
        evidence=tuple(sorted(r.evidence for r in ratings if r.value in _FOR + _AGAINST)),
    )
