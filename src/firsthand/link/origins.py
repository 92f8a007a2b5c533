"""Where chains end, and how many independent origins a claim has: fewest and most.

Two origins are independent if both are named and differ and neither belongs to the other; all other pairs of different
origins are not established: an unnamed official may be the named one, a paper's own words may rest on either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.core.ids import make_id
from firsthand.core.records import Judgement, Origin, Statement
from firsthand.core.text import fold
from firsthand.link.chains import Chain
from firsthand.link.clusters import make_judgement

BY = "link.origins@1"
SHOWN_PAIRS = 6
"""Named origins of one claim up to which every independent pair is written down; beyond, a pair without a judgement is
independent, which is how `weigh` reads it."""
MAX_NAME_WORDS = 24
"""Words of a source that are looked at for a party's name: descriptions of sources are shorter."""
_IDENTIFIED = frozenset({"named"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Origins by id and by statement.

    Attributes:
        origins: By id.
        by_statement: Statement id → origin id.
        keys: Origin id → key of its chains.
    """

    origins: Mapping[str, Origin]
    by_statement: Mapping[str, str]
    keys: Mapping[str, tuple[str, str, str]]


def chains_to_origins(chains: Mapping[str, Chain], *, parties: Mapping[str, frozenset[str]]) -> Ends:
    """Gather chains that end at one origin.

    Args:
        chains: By statement id.
        parties: Statement id → folded names of the accused and the victims of its incident.

    Returns:
        The origins; `interested` if the origin's name is, or ends in, that of a party to an incident it speaks about.
    """
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for statement, chain in chains.items():
        grouped.setdefault(chain.key, []).append(statement)
    origins: dict[str, Origin] = {}
    keys: dict[str, tuple[str, str, str]] = {}
    by_statement: dict[str, str] = {}
    for key, statements in grouped.items():
        first = chains[min(statements)]
        origin_id = make_id("origin", *key)
        interested = any(is_party(first.name, names) for names in {parties.get(s, frozenset()) for s in statements})
        origins[origin_id] = Origin(
            id=origin_id,
            by=BY,
            name=first.name,
            kind=first.kind,
            statements=tuple(sorted(statements)),
            interested=interested,
        )
        keys[origin_id] = key
        by_statement.update(dict.fromkeys(statements, origin_id))
    return Ends(origins=origins, by_statement=by_statement, keys=keys)


def is_party(speaker: str, parties: Collection[str]) -> bool:
    """Whether a speaker is, or speaks for, a party: a party's folded name stands in the speaker's as whole words.

    >>> is_party("a spokesman of the Northern Front", {"northern front"}), is_party("Ana Ruiz", {"northern front"})
    (True, False)
    """
    words = fold(speaker).split()[:MAX_NAME_WORDS]
    return any(
        len(part) > 2 and part in parties
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
        for part in [" ".join(words[first:last])]
    )


def compare_origins(origins: Iterable[str], *, ends: Ends) -> tuple[int, int, list[Judgement]]:
    """Count the origins of one claim.

    Args:
        origins: Ids of the claim's origins.
        ends: All origins.

    Returns:
        (fewest, most, judgements): fewest joins what is not established, most does not. What is not established is tied
        to one other origin only, so that two named origins are never joined through a third that may be either.
    """
    chosen = sorted(set(origins))
    named = [o for o in chosen if ends.keys[o][0] in _IDENTIFIED]
    rest = [o for o in chosen if ends.keys[o][0] not in _IDENTIFIED]
    judgements: list[Judgement] = []
    related = _related(named, ends)
    joined = {right for _, right in related}
    for left, right in related:
        reason = f"{ends.origins[left].name} may speak for {ends.origins[right].name}, or the other way round"
        judgements.append(make_judgement("origin", (left, right), verdict="unsure", score=0.5, reason=reason))
    anchor = named[0] if named else rest[0] if rest else None
    for origin in rest:
        if anchor is not None and origin != anchor:
            judgements.append(
                make_judgement(
                    "origin", (origin, anchor), verdict="unsure", score=0.5, reason=_why(origin, anchor, ends)
                )
            )
    if len(named) <= SHOWN_PAIRS:
        tied = {frozenset(pair) for pair in related}
        for i, left in enumerate(named):
            for right in named[i + 1 :]:
                if frozenset((left, right)) not in tied:
                    reason = f"{ends.origins[left].name} and {ends.origins[right].name} are named and differ"
                    judgements.append(
                        make_judgement("origin", (left, right), verdict="different", score=0.8, reason=reason)
                    )
    low = max(len(named) - len(joined), 1 if chosen else 0)
    return low, len(chosen), judgements


def _related(named: Sequence[str], ends: Ends) -> list[tuple[str, str]]:
    """Each named origin whose name holds another's whole, with the first such."""
    pairs = []
    by_name = {ends.keys[o][1]: o for o in named}
    for origin in named:
        words = ends.keys[origin][1].split()[:MAX_NAME_WORDS]
        found = [
            by_name[part]
            for size in range(1, len(words))
            for k in range(len(words) - size + 1)
            if (part := " ".join(words[k : k + size])) in by_name
        ]
        if found:
            pairs.append((min(found), origin))
    return pairs


def _why(left: str, right: str, ends: Ends) -> str:
    kinds = {ends.keys[left][0], ends.keys[right][0]}
    if "own voice" in kinds:
        return "a publisher's own words do not say whom they rest on"
    if kinds == {"unnamed"}:
        return "two unnamed sources may be one"
    return "one of the two is not named and may be the other, or have it from the other"


def parties_of(statements: Iterable[Statement], incident_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Statement id → folded names of the accused and victims of the incident entity that it is about."""
    by_incident: dict[str, set[str]] = {}
    rows = [(s, incident_of.get(s.incident or "")) for s in statements]
    for statement, incident in rows:
        if incident and statement.property in ("perpetrator_person", "perpetrator_group", "victim"):
            by_incident.setdefault(incident, set()).add(fold(statement.value))
    frozen = {incident: frozenset(names) for incident, names in by_incident.items()}
    return {s.id: frozen[incident] for s, incident in rows if incident in frozen}
