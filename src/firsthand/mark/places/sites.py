"""Sites that no gazetteer has, placed by the town named with them: "Basra airport", "K1 base near Kirkuk"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.places import Place
from firsthand.mark.places.names import Toponym, Words
from firsthand.mark.places.words import FACILITIES

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
    return any(c.isdigit() for c in words.texts[i]) or (words.capitalised(i) and not words.upper)


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
        if any(c in words.gaps[j] for c in ".;!?\n"):
            return None
        if words.folded[j] in NEARBY and j + 1 < len(words.texts):
            beside = by_start.get(words.starts[j + 1])
            if beside is not None and beside[1].precision in ("town", "district", "region"):
                return words.starts[first], beside[1], f"{words.folded[j]} which the text puts it"
            return None
    return None
