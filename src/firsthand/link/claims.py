"""Statements with one value for one property of one incident → claims, with their origins counted low to high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from firsthand.core.ids import make_id
from firsthand.core.records import Claim, Document, Judgement, Statement
from firsthand.core.text import fold
from firsthand.core.values import COUNTS
from firsthand.link.clusters import judgements_to_clusters, make_judgement
from firsthand.link.origins import Ends, compare_origins

BY = "link.claims@3"
_ORDER = ("claimed", "reported as fact", "accused by authorities", "accused", "possible", "denied")


def statements_to_claims(
    statements: Sequence[Statement],
    *,
    placed: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]],
    ends: Ends,
    documents: Mapping[str, Document],
    judgements: Sequence[Judgement],
) -> tuple[list[Claim], list[Judgement]]:
    """Gather statements into claims.

    Args:
        statements: All of the case; `says` without an incident make no claim.
        placed: (incident mention id → incident entity id, statement id → actor entity id, statement id → what stands
            for its wording: two words for one actor make two claims).
        ends: Origins of the statements.
        documents: By id, for the dates of publication.
        judgements: People's, of kind claim.

    Returns:
        (claims by id, judgements between statements of one claim and between origins).
    """
    incident_of, actor_of, wording_of = placed
    keyed: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in statements:
        incident = incident_of.get(statement.incident or "")
        if incident is None:
            continue
        denied = "denied" if statement.confidence == "denied" else ""
        # "at least four" (4..) is not "four" (4): folding would take the dots away
        plain = statement.value if statement.property in COUNTS else fold(statement.value)
        value = wording_of.get(statement.id, plain) + denied
        # whether "guerrillas" are persons or a group is the reader's slot, not another claim
        prop = "perpetrator" if statement.property.startswith("perpetrator") else statement.property
        keyed.setdefault((incident, prop, value), []).append(statement)
    made: list[Judgement] = []
    for (_, prop, _), group in keyed.items():
        ids = sorted(s.id for s in group)
        made.extend(
            make_judgement("claim", pair, verdict="same", score=0.95, reason=f"same incident, {prop} and value")
            for pair in pairwise(ids)
        )
    by_id = {s.id: s for group in keyed.values() for s in group}
    clusters = judgements_to_clusters("claim", sorted(by_id), [*made, *judgements])
    claims: list[Claim] = []
    origin_judgements: dict[str, Judgement] = {}
    for cluster in clusters:
        group = sorted((by_id[s] for s in cluster), key=lambda s: (_published(s, documents) or "9999", s.id))
        claim, pairs = _claim(group, incident_of[group[0].incident or ""], actor_of, ends, documents)
        claims.append(claim)
        origin_judgements.update((j.id, j) for j in pairs)
    return sorted(claims, key=lambda c: c.id), [*made, *ends.judgements, *origin_judgements.values()]


def _claim(
    group: Sequence[Statement],
    incident: str,
    actor_of: Mapping[str, str],
    ends: Ends,
    documents: Mapping[str, Document],
) -> tuple[Claim, list[Judgement]]:
    origins = sorted({ends.by_statement[s.id] for s in group})
    low, high, judgements = compare_origins(origins, ends=ends)
    values = [s.value for s in group]
    properties = [s.property for s in group]
    label = max(sorted(set(values)), key=values.count)
    confidences = sorted({s.confidence for s in group if s.confidence}, key=_ORDER.index)
    dated = _published(group[0], documents)
    claim = Claim(
        id=make_id("claim", min(s.id for s in group)), by=BY, incident=incident,
        property=max(sorted(set(properties)), key=properties.count), value=label,
        statements=tuple(s.id for s in group), first=group[0].id if dated else None, origins=tuple(origins),
        origins_low=low, origins_high=high, confidence="; ".join(confidences) or None,
        actor=next((actor_of[s.id] for s in group if s.id in actor_of), None),
    )  # fmt: skip
    return claim, judgements


def _published(statement: Statement, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(statement.span.doc)
    return document.published if document else None
