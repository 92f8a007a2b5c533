"""Marked documents → Judgements → Entities, Claims; and for every statement its Hops and Origin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.core.records import (
    Attribution,
    Claim,
    Copy,
    Document,
    Entity,
    Hop,
    Judgement,
    Mention,
    Origin,
    Statement,
)
from firsthand.core.text import fold
from firsthand.link.actors import ROLES, SAME_NAME, find_nobodies, statements_to_actors
from firsthand.link.chains import Pages, find_originals, statement_to_chain
from firsthand.link.claims import statements_to_claims
from firsthand.link.clusters import judgements_to_clusters
from firsthand.link.entities import clusters_to_actors, clusters_to_incidents, clusters_to_places
from firsthand.link.incidents import mentions_to_incidents
from firsthand.link.lineages import Lineages, documents_by_id
from firsthand.link.options import LinkOptions
from firsthand.link.origins import chains_to_origins, parties_of
from firsthand.link.places import mentions_to_places

__all__ = ["LinkOptions", "Linked", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What `link` makes. Judgements are the machine's only; tuples are sorted by id, hops by statement and position."""

    judgements: tuple[Judgement, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    hops: tuple[Hop, ...]
    origins: tuple[Origin, ...]


def link(
    documents: Sequence[Document],
    *,
    copies: Sequence[Copy] = (),
    marked: tuple[Sequence[Mention], Sequence[Attribution], Sequence[Statement]] = ((), (), ()),
    judgements: Iterable[Judgement] = (),
    options: LinkOptions | None = None,
) -> Linked:
    """Join what documents say across the case.

    Args:
        documents: All of the case.
        copies: Who reused whose words.
        marked: All mentions, attributions and statements.
        judgements: People's; they outrank the machine's.
        options: Thresholds.

    Returns:
        The machine's judgements, and the entities, claims, hops and origins that follow from them and the people's.
        The order of the arguments' items changes nothing.
    """
    options = options or LinkOptions()
    mentions, attributions, statements = marked
    statements = sorted(statements, key=lambda s: s.id)
    by_id = documents_by_id(documents)
    lineages = Lineages(documents, copies)
    people = [j for j in judgements if j.by.startswith("person:") and not j.withdrawn]

    made = mentions_to_incidents(mentions, statements=statements, documents=by_id, lineages=lineages, options=options)
    incident_mentions = {m.id: m for m in mentions if m.kind == "incident"}
    incidents = clusters_to_incidents(
        judgements_to_clusters("incident", sorted(incident_mentions), _of("incident", made, people)),
        mentions=incident_mentions, statements=statements,
    )  # fmt: skip
    incident_of = {member: entity.id for entity in incidents for member in entity.members}

    place_mentions = {
        m.id: m for m in mentions if m.kind in ("place", "facility") and (m.value or m.detail.get("name"))
    }
    made += mentions_to_places(list(place_mentions.values()))
    places = clusters_to_places(
        judgements_to_clusters("place", sorted(place_mentions), _of("place", made, people)), mentions=place_mentions
    )

    main = next((entity.id for entity in incidents if entity.detail["main"]), "")
    areas = {
        entity.id: tuple(fold(str(name)) for name in entity.detail["path"])
        for entity in incidents
        if entity.detail["path"]
    }
    paths = {s.id: areas[incident] for s in statements if (incident := incident_of.get(s.incident or "")) in areas}
    originals = {d.id: d for d in documents if lineages.copy_of(d.id) is None}
    ties = statements_to_actors(statements, documents=originals, paths=paths)
    made += ties
    nobodies = find_nobodies(statements, incident_of=incident_of, paths=paths)
    roles = {s.id: s for s in statements if s.property in ROLES and s.id not in nobodies}
    said = _of("actor", [], people)
    actors = clusters_to_actors(judgements_to_clusters("actor", sorted(roles), [*ties, *said]), statements=roles)
    actor_of = {member: entity.id for entity in actors for member in entity.members}
    wordings = judgements_to_clusters(
        "actor", sorted(roles), [*(j for j in ties if (j.score or 0) >= SAME_NAME), *said]
    )
    wording_of = {member: wording[0] for wording in wordings for member in wording}

    pages = Pages(by_id, mentions=mentions, attributions=attributions, lineages=lineages)
    first = find_originals(statements, lineages=lineages)
    chains = {
        s.id: statement_to_chain(s, pages=pages, original=first.get(s.id)) for s in statements if s.span.doc in by_id
    }
    ends = chains_to_origins(
        chains, parties=parties_of(statements, incident_of, main=main), documents=originals,
        docs={s.id: s.span.doc for s in statements}, judgements=_of("origin", [], people),
    )  # fmt: skip
    claims, more = statements_to_claims(
        [s for s in statements if s.id in chains], placed=(incident_of, actor_of, wording_of), ends=ends,
        documents=by_id, judgements=_of("claim", [], people),
    )  # fmt: skip
    return Linked(
        judgements=tuple(sorted({j.id: j for j in [*made, *more]}.values(), key=lambda j: j.id)),
        entities=tuple(sorted([*actors, *places, *incidents], key=lambda e: e.id)),
        claims=tuple(claims),
        hops=tuple(hop for s in sorted(chains) for hop in chains[s].hops),
        origins=tuple(sorted(ends.origins.values(), key=lambda o: o.id)),
    )


def _of(kind: str, machine: Iterable[Judgement], people: Iterable[Judgement]) -> list[Judgement]:
    return [j for j in (*machine, *people) if j.kind == kind]
