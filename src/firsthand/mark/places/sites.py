"""Sites that no gazetteer has, placed by the town named with them: "Basra airport", "K1 base near Kirkuk"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.places import Place
from firsthand.mark.places.names import Toponym, Words
from firsthand.mark.places.resolutions import Name
from firsthand.mark.places.words import FACILITIES, PARTS_OF_TOWNS

NEARBY = frozenset("near outside at in by".split())
WITHIN_WORDS = 3
"""Words at most between the site and the preposition before its town: "the K1 Iraqi base, located near Kirkuk"."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site with the town it goes by: `how` says in words what ties the two."""

    start: int
    end: int
    town: Place
    how: str


def toponyms_to_sites(words: Words, *, toponyms: Sequence[tuple[Toponym, Place]]) -> list[Site]:
    """Find names of sites beside names of towns.

    Args:
        words: Of the text.
        toponyms: Found and resolved, in text order.
    Returns:
        Sites in text order, none of which the gazetteer has.
    """
    by_start = {toponym.start: (toponym, place) for toponym, place in toponyms}
    taken = {index for toponym, _ in toponyms for index in range(toponym.after - 1, toponym.after)}
    sites = []
    for k, word in enumerate(words.folded):
        if word not in FACILITIES or k in taken:
            continue
        first = k
        while first > 0 and k - first < 4 and words.gaps[first] in (" ", "-", "\n") and _names(words, first - 1):
            first -= 1
        tied = _tied(words, first, k, by_start=by_start)
        if tied is not None:
            start, town, how = tied
            sites.append(Site(start, words.ends[k], town, how))
    return sites


def _names(words: Words, i: int) -> bool:
    return any(c.isdecimal() for c in words.texts[i]) or (words.capitalised(i) and not words.upper)


def _tied(
    words: Words, first: int, k: int, *, by_start: dict[int, tuple[Toponym, Place]]
) -> tuple[int, Place, str] | None:
    within = by_start.get(words.starts[first])
    if within is None and words.upper and k > 0 and words.gaps[k] == " ":
        within = next((by_start[s] for s in words.starts[max(0, k - 3) : k] if s in by_start), None)
    if within is not None and within[0].after == k and within[1].precision in ("town", "district"):
        return within[0].start, within[1], "after which it is named"
    if first == k:  # "the base near Kirkuk" has no name of its own
        return None
    for j in range(k + 1, min(k + 2 + WITHIN_WORDS, len(words.texts))):
        if any(c in words.gaps[j] for c in ".;!?\n") or words.folded[j] in ("and", "or", "but"):
            return None  # "the embassy and a consulate in Basra": only the consulate is there
        if words.folded[j] in NEARBY and j + 1 < len(words.texts):
            beside = by_start.get(words.starts[j + 1])
            if beside is not None and beside[1].precision in ("town", "district", "region"):
                return words.starts[first], beside[1], f"{words.folded[j]} which the text puts it"
            return None
    return None


Resolved = tuple[Toponym, Place | None, str]


def parts_of_towns(
    resolved: Sequence[Resolved], *, words: Words, names: Sequence[Name], home: str | None
) -> list[Resolved]:
    """Put neighbourhoods that the gazetteer lacks in the town that the text tells of, never abroad.

    Args:
        resolved: Toponyms in text order, each with its place, or None, and the reason.
        words: Of the text.
        names: Of the toponyms, for the lists that they stand in: one word serves a whole list ("the Zacamil and San
            Jacinto neighborhoods").
        home: ISO 3166-1 code of the country that the document plays in; its towns alone are asked.
    Returns:
        The same in the same order; a neighbourhood has the town named last before it, else the first after it.
    """
    parts: set[int] = set()
    beside: Counter[int] = Counter()
    for (toponym, _, _), name in zip(resolved, names, strict=True):
        if _beside_part_word(words, toponym):
            listed = [id(n) for n in (name, *_listed_with(name))]
            beside.update(listed)
            parts.update(listed)
    told = Counter(map(id, names))
    mostly = {number for number, count in beside.items() if 2 * count >= told[number]}
    named = [
        (k, place)
        for k, (_, place, _) in enumerate(resolved)
        if place is not None and _is_town(place) and place.country == home
    ]
    towns = [(k, place) for k, place in named if id(names[k]) not in parts]
    towns = towns or [(k, place) for k, place in named if place.population >= SURE_TOWN]
    moved: list[Resolved] = []
    at = -1
    for k, (toponym, place, why) in enumerate(resolved):
        while at + 1 < len(towns) and towns[at + 1][0] < k:
            at += 1
        town = towns[max(at, 0)][1] if towns else None
        # "a San Salvador neighborhood" of a San Salvador that is told of besides
        stays = place is not None and (
            place.country == home or place.feature == "PPLC" or not (id(names[k]) in mostly or _is_lesser(place))
        )
        if id(names[k]) not in parts or town is None or stays:
            moved.append((toponym, place, why))
            continue
        why = f"not in the gazetteer; placed by {town.name}, the town that the text tells of"
        moved.append((toponym, town, why))
    return moved


MOST_IN_LIST = 20


def _listed_with(name: Name) -> list[Name]:
    """All names of the list that a name stands in."""
    found = [name]
    for other in found:
        found.extend(n for n in other.listed if all(n is not known for known in found))
        if len(found) > MOST_IN_LIST:
            break
    return found[1:]


def _beside_part_word(words: Words, toponym: Toponym) -> bool:
    after = toponym.after
    if after and after < len(words.folded) and words.folded[after] in PARTS_OF_TOWNS and words.gaps[after].isspace():
        return True
    first = max(0, bisect_right(words.starts, toponym.start) - 1)  # a name may begin inside a word
    if first and words.gaps[first].isspace() and words.folded[first - 1] in PARTS_OF_TOWNS:
        return True
    inner = words.folded[first : max(first, after)]
    return bool(PARTS_OF_TOWNS & {*inner[:1], *inner[-1:]})


def _is_lesser(place: Place) -> bool:
    return place.precision in ("town", "district", "site") and place.population < SURE_TOWN and place.feature != "PPLC"


def _is_town(place: Place) -> bool:
    return place.precision == "town" and place.population >= LEAST_TOWN


LEAST_TOWN = 20_000
"""People of a town that has neighbourhoods of its own to be named."""
SURE_TOWN = 100_000
"""People of a town that is one even in a list of neighbourhoods."""
