"""Where chains end, and how many independent origins a claim has: fewest and most.

Chains that end at one name, or at a shorter form of it (aliases.py), end at one origin. Two origins are independent if
both are named and differ and neither belongs to the other; all other pairs of different origins are not established: an
unnamed official may be the named one, a paper's own words may rest on either. What a person judged of two holds.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from firsthand.core.ids import make_id
from firsthand.core.records import Document, Judgement, Origin, Statement
from firsthand.core.text import fold
from firsthand.core.unions import origins_range
from firsthand.link.aliases import names_to_aliases
from firsthand.link.chains import Chain
from firsthand.link.clusters import judgements_to_clusters, make_judgement
from firsthand.link.names import canonical

BY = "link.origins@2"
SHOWN_PAIRS = 6
"""Named origins of one claim up to which every independent pair is written down; beyond, a pair without a judgement is
independent, which is how `weigh` reads it."""
MAX_NAME_WORDS = 24
"""Words of a source that are looked at for a party's name: descriptions of sources are shorter."""
_IDENTIFIED = frozenset({"named"})


SAME_NAME = 0.85
"""Score from which a shorter name is the longer one's: one document prints both, or an acronym beside its long form."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Origins by id and by statement.

    Attributes:
        origins: By id.
        by_statement: Statement id → origin id.
        keys: Origin id → key of its chains.
        judgements: The machine's: which names of speakers are one.
        people: (origin id, origin id), smaller first → a person's verdict.
    """

    origins: Mapping[str, Origin]
    by_statement: Mapping[str, str]
    keys: Mapping[str, Key]
    judgements: tuple[Judgement, ...]
    people: Mapping[tuple[str, str], str]


def chains_to_origins(
    chains: Mapping[str, Chain],
    *,
    parties: Mapping[str, Parties],
    documents: Mapping[str, Document],
    docs: Mapping[str, str],
    judgements: Iterable[Judgement] = (),
) -> Ends:
    """Gather chains that end at one origin.

    Args:
        chains: By statement id.
        parties: Statement id → who is a party to its incident.
        documents: By id, read for acronyms and full names. Leave copies out.
        docs: Statement id → id of its document.
        judgements: People's, of kind origin.

    Returns:
        The origins, named by the longest of their names; `interested` if one of the names is, or holds, that of a party
        to an incident it speaks about.
    """
    grouped: dict[Key, list[str]] = {}
    for statement, chain in chains.items():
        grouped.setdefault(_plain(chain.key), []).append(statement)
    ids = {make_id("origin", *key): key for key in sorted(grouped)}
    made = _one_speaker(ids, grouped, docs=docs, documents=documents, chains=chains)
    people = [j for j in judgements if j.by.startswith("person:") and not j.withdrawn]
    origins: dict[str, Origin] = {}
    keys: dict[str, Key] = {}
    by_statement: dict[str, str] = {}
    lead: dict[str, str] = {}
    for cluster in judgements_to_clusters("origin", sorted(ids), [*made, *people]):
        statements = sorted(s for origin in cluster for s in grouped[ids[origin]])
        best = max(cluster, key=lambda o: (len(ids[o][1]), len(grouped[ids[o]]), o))
        first = chains[min(grouped[ids[best]])]
        origin_id = cluster[0]
        names = {chains[s].name for s in statements}
        against = {parties[s] for s in statements if s in parties}
        origins[origin_id] = Origin(
            id=origin_id, by=BY, name=first.name, kind=first.kind, statements=tuple(statements),
            interested=any(is_party(name, told) for name in sorted(names) for told in against),
        )  # fmt: skip
        keys[origin_id] = ids[best]
        by_statement.update(dict.fromkeys(statements, origin_id))
        lead.update(dict.fromkeys(cluster, origin_id))
    decided: dict[tuple[str, str], str] = {}
    for j in sorted(people, key=lambda j: (j.made or "", j.id)):
        left, right = sorted((lead.get(j.left, j.left), lead.get(j.right, j.right)))
        decided[left, right] = str(j.verdict)
    return Ends(
        origins=origins, by_statement=by_statement, keys=keys, judgements=_undecided(made, people), people=decided
    )


def _undecided(made: Sequence[Judgement], people: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The machine's judgements of pairs that no person has judged."""
    judged = {(j.left, j.right) for j in people}
    return tuple(j for j in made if (j.left, j.right) not in judged)


def _plain(key: Key) -> Key:
    """A named origin's key without the title or article that one text prints and another does not."""
    kind, name, scope = key
    return (kind, canonical(name) or name, scope) if kind in _IDENTIFIED else key


def _one_speaker(
    ids: Mapping[str, Key],
    grouped: Mapping[Key, Sequence[str]],
    *,
    docs: Mapping[str, str],
    documents: Mapping[str, Document],
    chains: Mapping[str, Chain],
) -> list[Judgement]:
    """Named speakers that are one: acronyms spelt out, and shorter names printed beside the only longer one."""
    named = {key[1]: origin for origin, key in ids.items() if key[0] in _IDENTIFIED}
    told = {name: {docs[s] for s in grouped[ids[origin]] if s in docs} for name, origin in named.items()}
    people = {n for n, o in named.items() if any(chains[s].kind == "named person" for s in grouped[ids[o]])}
    return [
        make_judgement(
            "origin", (named[a.short], named[a.long]), score=a.score, reason=a.reason,
            verdict="same" if a.score >= SAME_NAME else "unsure",
        )
        for a in names_to_aliases(told, people=people, documents=documents)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who is a party to an incident.

    Attributes:
        names: Folded names of the accused and the victims.
        owners: Every two words or more of what was attacked: "fuel depot of Sellen Fuels" names its owner.
    """

    names: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()


def is_party(speaker: str, parties: Parties) -> bool:
    """Whether a speaker is, or speaks for, a party.

    Args:
        speaker: A source's name.
        parties: Of the incident.

    Returns:
        True if a party's name stands in the speaker's as whole words, or the speaker's whole in a target's.

    >>> front = Parties(names=frozenset({"northern front"}), owners=frozenset({"aldine mills"}))
    >>> [is_party(name, front) for name in ("a spokesman of the Northern Front", "Aldine Mills", "Aldine Mills Post")]
    [True, True, False]
    """
    words = fold(speaker).split()[:MAX_NAME_WORDS]
    if canonical(speaker) in parties.owners:
        return True
    return any(len(part) > 2 and part in parties.names for part in _runs(words, least=1))


def _runs(words: Sequence[str], *, least: int) -> Iterator[str]:
    """All runs of words, `least` long or more."""
    for first in range(len(words)):
        for last in range(first + least, len(words) + 1):
            yield " ".join(words[first:last])


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

    def judge(left: str, right: str, verdict: str, score: float, reason: str) -> None:
        if (min(left, right), max(left, right)) not in ends.people:
            judgements.append(make_judgement("origin", (left, right), verdict=verdict, score=score, reason=reason))

    related = _related(named, ends)
    for left, right in related:
        names = ends.origins[left].name, ends.origins[right].name
        judge(left, right, "unsure", 0.5, f"{names[0]} may speak for {names[1]}, or the other way round")
    for k, origin in enumerate(rest):
        anchor = _anchor(origin, itertools.chain(named, itertools.islice(rest, k)), ends)
        if anchor is not None:
            judge(origin, anchor, "unsure", 0.5, _why(origin, anchor, ends))
    if len(named) <= SHOWN_PAIRS:
        tied = {frozenset(pair) for pair in related}
        for i, left in enumerate(named):
            for right in named[i + 1 :]:
                if frozenset((left, right)) not in tied:
                    names = ends.origins[left].name, ends.origins[right].name
                    judge(left, right, "different", 0.8, f"{names[0]} and {names[1]} are named and differ")
    mine = {*chosen}
    said = [
        make_judgement("origin", pair, verdict=verdict, score=1.0, reason="a person's")
        for pair, verdict in ends.people.items()
        if mine >= {*pair}
    ]
    ties = [j for j in ends.judgements if {j.left, j.right} <= mine and (j.left, j.right) not in ends.people]
    return *origins_range(chosen, [*judgements, *said, *ties]), judgements


def _anchor(origin: str, others: Iterable[str], ends: Ends) -> str | None:
    """The first other origin that this one may be, for all that people have judged."""
    pairs = ((other, (min(origin, other), max(origin, other))) for other in others)
    return next((other for other, pair in pairs if ends.people.get(pair) != "different"), None)


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


def parties_of(
    statements: Iterable[Statement], incident_of: Mapping[str, str], *, main: str = ""
) -> dict[str, Parties]:
    """Statement id → the parties to its incident: the accused, the victims, whoever owns what was attacked.

    What a source says of no incident in particular is said of the one that its document tells most of, else of `main`,
    the one that most of the case is about.
    """
    names: dict[str, set[str]] = {}
    owners: dict[str, set[str]] = {}
    rows = [(s, incident_of.get(s.incident or "")) for s in statements]
    for statement, incident in rows:
        if incident and statement.property in ("perpetrator_person", "perpetrator_group", "victim"):
            names.setdefault(incident, set()).add(fold(statement.value))
        elif incident and statement.property == "target":
            words = fold(statement.value).split()[:MAX_NAME_WORDS]
            owners.setdefault(incident, set()).update(_runs(words, least=2))
    known = {
        incident: Parties(names=frozenset(names.get(incident, ())), owners=frozenset(owners.get(incident, ())))
        for incident in {*names, *owners}
    }
    told: dict[str, Counter[str]] = {}
    for statement, incident in rows:
        if incident in known:
            told.setdefault(statement.span.doc, Counter())[incident] += 1
    most = {doc: max(sorted(counts), key=lambda i: counts[i]) for doc, counts in told.items()}
    about = {s.id: incident or most.get(s.span.doc, main) for s, incident in rows}
    return {statement: known[incident] for statement, incident in about.items() if incident in known}
