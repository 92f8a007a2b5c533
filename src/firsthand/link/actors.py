"""Who the accused, the victims and the things attacked are, across documents.

An actor's members are Statement ids. Equal names are one actor (names.py); further ties say from which words they
follow: an acronym and a long form that a text of the case prints side by side, a shorter name and the only longer one
that it can stand for (aliases.py), members and the whole, a country's forces, irregulars and the only group that the
texts call so. Ties of a score under SAME_NAME join actors, never claims: "soldiers" and "the army" stay two claims
about one actor. What names nobody ("men", "those"), and an accused whom more reports name as a victim of the same
incident, is no actor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from firsthand.core.records import Document, Judgement, Statement
from firsthand.core.text import fold
from firsthand.link.aliases import Alias, names_to_aliases
from firsthand.link.clusters import make_judgement
from firsthand.link.names import (
    canonical,
    has_determiner,
    is_force,
    is_foreign_force,
    is_irregular,
    names_nobody,
    whole_of,
)  # fmt: skip

ROLES = ("perpetrator_person", "perpetrator_group", "victim", "target")
ACCUSED = ("perpetrator_person", "perpetrator_group")
SAME_NAME = 0.85
"""Score from which a tie says that two names are one, not only that their bearers belong together."""
FOREIGN_SHARE = 0.2
"""If statements about other countries' forces are this many of those about the country's own, "soldiers" may be
either's and is only offered. Set by hand."""
GROUP_DOCUMENTS, GROUP_SHARE = 3, 0.9
"""Documents that must call a group guerrillas, and its share of all that call one so, for "the guerrillas" to be it."""
_IRREGULARS = re.compile(r"\b(?:guerrilla|guerrillas|rebel|rebels|insurgents)\b(?: (?:of|from) (?:the )?)?")
_AT = re.compile(r" (?:at|in|from|near) ")
_NEAR = 80
"""Code points on either side of the word in which the group's name is looked for, and _WORDS words at most."""
_WORDS = 6

Keyed = Mapping[tuple[str, str], Sequence[str]]
"""(name, country) → ids of the statements that print it; the country only where the name alone does not tell whose."""


def statements_to_actors(
    statements: Sequence[Statement], *, documents: Mapping[str, Document], paths: Mapping[str, Sequence[str]]
) -> list[Judgement]:
    """Judge which statements name the same actor.

    Args:
        statements: Of any property; those of roles are used.
        documents: By id, read for acronyms and for what groups are called. Leave copies out.
        paths: Statement id → containing areas of its incident, folded, country first, where known.

    Returns:
        One judgement between each statement and the next of the same name, and one between names that may be one actor.
    """
    home = _home(paths.values())
    named: dict[tuple[str, str], list[str]] = {}
    docs: dict[str, set[str]] = {}
    people: set[str] = set()
    common: set[str] = set()
    for statement in sorted(statements, key=lambda s: s.id):
        if statement.property not in ROLES:
            continue
        country = paths[statement.id][0] if statement.id in paths else home
        key = canonical(statement.value, country=country)
        if names_nobody(key):
            continue
        whole = whole_of(key) or key
        generic = any(is_force(k) or is_irregular(k) for k in (key, whole))
        named.setdefault((key, country if generic else ""), []).append(statement.id)
        docs.setdefault(key, set()).add(statement.span.doc)
        if statement.property.endswith("_person") or statement.property == "victim":
            people.add(key)
        if statement.span.doc in documents and has_determiner(documents[statement.span.doc].text, statement.span.start):
            common.add(key)
    judgements = [
        make_judgement("actor", pair, verdict="same", score=0.95, reason=f"same name: {key}")
        for (key, _), ids in named.items()
        for pair in pairwise(ids)
    ]
    plain = {key: ids for (key, country), ids in named.items() if not country}
    aliases = names_to_aliases({key: docs[key] for key in plain}, people=people - common, documents=documents)
    judgements.extend(_tie(plain[a.short][0], plain[a.long][0], a) for a in aliases)
    judgements.extend(_members(named))
    judgements.extend(_forces(named))
    groups = _groups_called_irregular(named, documents, {a.short: a.long for a in aliases if a.score >= SAME_NAME})
    judgements.extend(_irregulars(named, groups, home=home))
    return judgements


def find_nobodies(
    statements: Iterable[Statement], *, incident_of: Mapping[str, str], paths: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Statements of roles whose value is no actor.

    Args:
        statements: Of any property; those of roles are used.
        incident_of: Incident mention id → incident entity id.
        paths: Statement id → containing areas of its incident, folded, where known.

    Returns:
        Statement id → why: the words name nobody; an accused is the place of the incident; more reports of the incident
        name the accused as a victim (a suicide, or a role read the wrong way round; a person can tell).
    """
    keyed: list[tuple[Statement, str, str]] = []
    suffered: Counter[tuple[str, str]] = Counter()
    accused: Counter[tuple[str, str]] = Counter()
    found: dict[str, str] = {}
    for statement in statements:
        if statement.property not in ROLES:
            continue
        path = paths.get(statement.id, ())
        key = canonical(statement.value, country=path[0] if path else None)
        incident = incident_of.get(statement.incident or "", "")
        if names_nobody(key):
            found[statement.id] = f'"{key}" names nobody'
        elif statement.property in ACCUSED and key in path:
            found[statement.id] = f"{key} is where it happened"
        elif statement.property in ACCUSED:
            accused[incident, key] += 1
            keyed.append((statement, incident, key))
        elif statement.property == "victim":
            words = key.split()
            for first in range(len(words)):  # "priests" are whom reports call "Jesuit priests"
                suffered[incident, " ".join(words[first:])] += 1
    victims: dict[str, set[str]] = {}
    for incident, key in suffered:
        victims.setdefault(incident, set()).add(key)
    for statement, incident, key in keyed:
        n = max((suffered[incident, v] for v in _victims_in(key, victims.get(incident, set()))), default=0)
        if statement.confidence != "claimed" and n > accused[incident, key]:
            found[statement.id] = f"{n} reports of the incident name {key} as a victim"
    return found


def _victims_in(key: str, victims: set[str]) -> Iterable[str]:
    """Names of victims that are this name, or begin it: "jesuit priests", "jesuit priests at the university"."""
    return (part for part in {key, *_AT.split(key)[:1]} if part in victims)


def _home(paths: Iterable[Sequence[str]]) -> str:
    """The country that four in five of the placed statements are about, or none: what an unplaced "army" is of."""
    counts = Counter(path[0] for path in paths if path)
    best = max(sorted(counts), key=lambda c: counts[c], default="")
    return best if best and counts[best] >= 0.8 * counts.total() else ""


def _tie(left: str, right: str, alias: Alias) -> Judgement:
    verdict = "same" if alias.score >= SAME_NAME else "unsure"
    return make_judgement("actor", (left, right), verdict=verdict, score=alias.score, reason=alias.reason)


def _members(named: Keyed) -> list[Judgement]:
    """A part and its whole, if the whole is named too."""
    found = []
    by_key: dict[str, list[tuple[str, str]]] = {}
    for name in named:
        by_key.setdefault(name[0], []).append(name)
    for key, country in named:
        whole = whole_of(key)
        if whole is None or is_force(key) or is_force(whole) or names_nobody(whole):
            continue
        options = [n for n in by_key.get(whole, []) if n[1] in ("", country) or not country]
        if len(options) == 1:
            pair = (named[key, country][0], named[options[0]][0])
            found.append(make_judgement("actor", pair, verdict="same", score=0.8, reason=f"{key}: of the {whole}"))
    return found


def _forces(named: Keyed) -> list[Judgement]:
    """Words for the armed forces of one country, tied to the word used most."""
    by_country: dict[str, list[tuple[str, str]]] = {}
    for name in named:
        if is_force(name[0]) or is_force(whole_of(name[0]) or ""):
            by_country.setdefault(name[1], []).append(name)
    foreign = sum(len(ids) for (key, _), ids in named.items() if is_foreign_force(key))
    found = []
    for country, names in sorted(by_country.items()):
        hub = max(sorted(names), key=lambda n: len(named[n]))
        own = sum(len(named[n]) for n in names)
        sure = bool(country) and foreign < FOREIGN_SHARE * own
        whose = f"the armed forces of {country}, where the incident is" if country else "one country's armed forces"
        for name in sorted(names):
            if name != hub:
                found.append(
                    make_judgement(
                        "actor", (named[name][0], named[hub][0]),
                        verdict="same" if sure else "unsure", score=0.75 if sure else 0.5,
                        reason=f'"{name[0]}" and "{hub[0]}" are words for {whose}',
                    )
                )  # fmt: skip
    return found


def _irregulars(named: Keyed, groups: Counter[str], *, home: str) -> list[Judgement]:
    """Guerrillas, rebels, and the one group that the texts call so; without one, tied to one another as unsure."""
    words = sorted(name for name in named if is_irregular(name[0]))
    if not words:
        return []
    best = max(sorted(groups), key=lambda g: groups[g], default="")
    sole = best and groups[best] >= GROUP_DOCUMENTS and groups[best] >= GROUP_SHARE * groups.total()
    found = []
    if sole:
        reason = f"{groups[best]} documents call {best} guerrillas or rebels, and hardly any another group"
        for name in words:
            sure = bool(home) and name[1] == home
            pair = (named[name][0], named[best, ""][0])
            found.append(
                make_judgement(
                    "actor", pair, verdict="same" if sure else "unsure", score=0.7 if sure else 0.4, reason=reason
                )
            )
        return found
    for left, right in pairwise(words):
        pair = (named[left][0], named[right][0])
        reason = f'"{left[0]}" and "{right[0]}" are not named'
        found.append(make_judgement("actor", pair, verdict="unsure", score=0.4, reason=reason))
    return found


def _groups_called_irregular(named: Keyed, documents: Mapping[str, Document], long: Mapping[str, str]) -> Counter[str]:
    """Group → documents that print "GROUP guerrillas" or "guerrillas of the GROUP"."""
    counts: Counter[str] = Counter()
    for document in documents.values():
        told = set()
        text = fold(document.text)
        for match in _IRREGULARS.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()].split()[-_WORDS:]
            parts = [" ".join(before[k:]) for k in range(len(before))]
            if match.group().endswith(" "):
                after = text[match.end() : match.end() + _NEAR].split()[:_WORDS]
                parts += [" ".join(after[:k]) for k in range(len(after), 0, -1)]
            group = next((p for p in parts if (p, "") in named and not is_irregular(p)), "")
            told.add(long.get(group, group))
        counts.update(told - {""})
    return counts
