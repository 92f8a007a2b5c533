"""Clusters → Entities: labels, values, and what reports of an incident agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.core.dates import edtf_to_words
from firsthand.core.records import Entity, Json, Mention, Statement
from firsthand.core.text import fold
from firsthand.link.clusters import entity_id

FINER = 0.25
"""Reports that name a town, as a share of those that name the country alone, from which the town is the place."""
BY = "link.entities@2"


def clusters_to_actors(clusters: Sequence[tuple[str, ...]], *, statements: Mapping[str, Statement]) -> list[Entity]:
    """Actors, labelled by the name used most, the longest of equals."""
    found = []
    for cluster in clusters:
        names = Counter(" ".join(statements[s].value.split()) for s in cluster)
        label = max(names, key=lambda n: (names[n], len(n), n))
        found.append(Entity(id=entity_id("actor", cluster), by=BY, kind="actor", label=label, members=cluster))
    return found


def clusters_to_places(clusters: Sequence[tuple[str, ...]], *, mentions: Mapping[str, Mention]) -> list[Entity]:
    """Places with the gazetteer's id and coordinates."""
    found = []
    for cluster in clusters:
        best = next((mentions[m] for m in cluster if mentions[m].value), mentions[cluster[0]])
        label = str(best.detail.get("name") or best.value or "place not in the gazetteer")
        found.append(
            Entity(
                id=entity_id("place", cluster),
                by=BY,
                kind="place",
                label=label,
                members=cluster,
                value=best.value,
                lat=best.lat,
                lon=best.lon,
            )
        )
    return found


def clusters_to_incidents(
    clusters: Sequence[tuple[str, ...]], *, mentions: Mapping[str, Mention], statements: Sequence[Statement]
) -> list[Entity]:
    """Incidents with the date and place that most reports give, and the main one marked.

    Args:
        clusters: Of incident mention ids.
        mentions: By id.
        statements: Of the incidents; victims and targets name it, and all count for which is the main one.

    Returns:
        Entities; `detail.main` is true for the one that most documents tell; of equals, that of most reports, not told
        as background, of which most is said, the last by id.
    """
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.incident and statement.property in ("victim", "target"):
            said.setdefault(statement.incident, []).append(statement)
    found = [_incident(cluster, mentions, said) for cluster in clusters]
    if not found:
        return []
    told = Counter(s.incident for s in statements)
    main = max(
        found,
        key=lambda e: (
            int(e.detail["documents"]), len(e.members), not e.detail["background"],
            sum(told[m] for m in e.members), e.id,
        ),
    )  # fmt: skip
    return [replace(e, detail={**e.detail, "main": e.id == main.id}) for e in found]


def _incident(cluster: tuple[str, ...], mentions: Mapping[str, Mention], said: Mapping[str, list[Statement]]) -> Entity:
    reports = [mentions[m] for m in cluster]
    kinds = Counter(str(m.value) for m in reports)
    kind = max(sorted(kinds), key=lambda k: kinds[k])
    dates = Counter(str(d) for m in reports if (d := m.detail.get("date")) and not str(d).startswith(("../", "/")))
    days = {d: n for d, n in dates.items() if len(d) >= 10 and "/" not in d} or dates
    date = max(sorted(days), key=lambda d: days[d]) if days else None
    places = Counter(
        (*map(str, m.detail.get("place") or ()),) for m in reports if m.detail.get("place_from") != "dateline"
    )
    places.pop((), None)
    fallback = Counter((*map(str, m.detail.get("place") or ()),) for m in reports)
    fallback.pop((), None)
    told = places or fallback
    path = max(sorted(told), key=lambda p: (told[p], len(p))) if told else ()
    finer = [p for p in sorted(told) if len(p) > len(path) > 0 and p[: len(path)] == path]
    path = max((p for p in finer if told[p] >= FINER * told[path]), key=lambda p: told[p], default=path)
    located = next(
        (m for m in reports if m.lat is not None and (*map(str, m.detail.get("place") or ()),) == path), None
    )
    victims = Counter(fold(s.value) for m in cluster for s in said.get(m, ()))
    whom = max(sorted(victims), key=lambda v: victims[v]) if victims else ""
    place = path[-1] if path else ""
    what = " ".join(x for x in (kind, f"on {whom}" if whom else "", f"in {place}" if place else "") if x)
    detail: dict[str, Json] = {
        "place": place, "path": list(path), "documents": len({m.span.doc for m in reports}), "main": False,
        "background": all(bool(m.detail.get("background")) for m in reports),
    }  # fmt: skip
    return Entity(
        id=entity_id("incident", cluster),
        by=BY,
        kind="incident",
        label=f"{what}, {edtf_to_words(date)}" if date else what,
        members=cluster,
        value=kind,
        date=date,
        lat=located.lat if located else None,
        lon=located.lon if located else None,
        detail=detail,
    )
