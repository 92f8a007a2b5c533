"""The signs for and against a name's being a place's: what it is, and what stands before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from firsthand.core.places import Place
from firsthand.core.text import fold
from firsthand.mark.places.names import Found, Lookups, Toponym, Words
from firsthand.mark.places.words import (
    BEFORE,
    COURTESIES,
    FEATURES,
    FIRST_NAMES,
    NEWSPAPERS,
    ORDINARY,
    ORGANISATION,
    PARTICLES,
    PLACES_AND_PEOPLE,
    SAYING,
    STREETS,
    TITLES,
)


def signs_of_name(words: Words, span: Found, *, toponym: Toponym, lower: set[str], places: tuple[Place, ...]) -> None:
    """Note what the name itself says: its size, spelling and commonness."""
    signs, i, j = toponym.signs, span.first, span.after
    if span.sign:
        signs.append(span.sign)
    if j - i > 1:
        signs.append("several words")
    elif words.folded[i] in ORDINARY:
        signs.append("ordinary word")
    if j - i == 1 and words.folded[i] in FIRST_NAMES:
        signs.append("first name")
    if j - i == 1 and words.folded[i] in lower:
        signs.append("lower case elsewhere")
    if not words.upper and words.texts[i].isupper() and len(words.texts[i]) > 2:
        signs.append("capitals")
    if places:
        signs.append(f"is {size_of(places)}" + (", one word" if j - i == 1 else ""))
        the = i > 0 and words.folded[i - 1] == "the"
        area = all(place.precision == "region" and place.feature != "ADM1" for place in places)
        toponym.sure_area = area and (the or j - i > 1) and not span.sign


def size_of(places: Sequence[Place]) -> str:
    """How large the largest place of a name is, in words."""
    precisions = {place.precision for place in places}
    largest = max((place.population for place in places if place.precision == "town"), default=0)
    if "country" in precisions:
        return "country"
    if any(p.precision == "region" and p.feature != "ADM1" for p in places):
        return "area"
    if any(p.feature == "ADM1" for p in places) and any(
        p.feature == "ADM1" and fold(p.name) == fold(places[0].name) and p.population > 300_000 for p in places
    ):
        return "large region"
    if largest >= 1_000_000:
        return "city"
    if largest >= 100_000:
        return "large town"
    if "region" in precisions:
        return "region"
    if largest >= 15_000:
        return "town"
    return "district" if "district" in precisions else "site" if precisions <= {"site"} else "village"


def signs_before(words: Words, i: int, toponym: Toponym) -> None:
    """Note what stands before it."""
    signs = toponym.signs
    gap = words.gaps[i]
    if words.sentence_start(i):
        signs.append("line start" if i == 0 or "\n" in gap else "sentence start")
    if i == 0:
        return
    before = words.folded[i - 1]
    near = gap.strip(" \n") == ""
    if near and before in ("in", "near", "at", "from", "outside", "throughout", "around"):
        signs.append(f"after {before}" if before in ("in", "at", "from") else "after near")
    elif near and before in BEFORE:
        organisation = before == "of" and i > 1 and words.folded[i - 2] in ORGANISATION
        signs.append(
            "organisation of"
            if organisation
            else "after of"
            if before == "of"
            else "after to"
            if before == "to"
            else "after preposition"
        )
    elif near and before == "the":
        signs.append("after The" if words.capitalised(i - 1) and not words.upper else "after the")
    elif near and before in ("and", "or"):
        signs.append("after and")
    elif (near or gap.startswith(".")) and before in TITLES:
        signs.append("after Mr" if before in COURTESIES else "after title")
    elif near and before in FIRST_NAMES and words.capitalised(i - 1):
        signs.append("after first name")
    elif near and before in PARTICLES:
        signs.append("after particle")
    elif near and words.capitalised(i - 1) and not words.upper:
        initial = len(before) == 1
        signs.append(
            "after initial" if initial else "after capital at start" if words.sentence_start(i - 1) else "after capital"
        )
    elif gap == ". " and len(before) == 1 and words.capitalised(i - 1):
        signs.append("after initial")
    elif gap == ", ":
        signs.append("after comma")
    elif gap in ("-", "–", "/"):
        signs.append("after hyphen")
    if near and before == "of" and i > 1 and words.folded[i - 2] in FEATURES:
        toponym.kind_word = words.folded[i - 2]
        signs.append("kind before")
    elif near and before in FEATURES and words.capitalised(i - 1):
        toponym.kind_word = before


def signs_after(words: Words, j: int, toponym: Toponym) -> None:
    """Note what stands after it."""
    signs = toponym.signs
    if j >= len(words.texts):
        signs.append("last")
        return
    gap, after = words.gaps[j], words.folded[j]
    possessive = gap[:2] in ("'s", "’s", "'S", "’S")
    if possessive:
        signs.append("possessive")
        gap = gap[2:]
    near = gap.strip(" \n") == ""
    if near and after in STREETS and words.capitalised(j):
        signs.append("before street")
    elif near and after in FEATURES:
        toponym.kind_word = toponym.kind_word or after
        signs.append("kind after" if words.capitalised(j) else "kind after, lower case")
    elif near and after in NEWSPAPERS and words.capitalised(j):
        signs.append("before newspaper")
    elif near and after in ORGANISATION:
        signs.append("before organisation" if words.capitalised(j) else "before organisation, lower case")
    elif near and after in SAYING:
        signs.append("before said")
    elif near and words.capitalised(j) and not words.upper:
        signs.append("before surname" if _is_given_name(toponym) else "before capital")
    elif near:
        signs.append("before word")
    elif gap[:1] == ",":
        signs.append("before comma")
    elif gap in ("-", "–"):
        signs.append("before hyphen")
    elif gap[:1] in ".!?;":
        signs.append("before stop")
    elif gap.strip()[:1] in ("—", "–", "-", "(", "_"):
        signs.append("before dash")


def _is_given_name(toponym: Toponym) -> bool:
    return toponym.name.lower() in PLACES_AND_PEOPLE


def may_contain(lookups: Lookups, name: str, country: str | None) -> bool:
    """Whether a name can be of an area that holds the one before it."""
    return country is not None or any(p.precision in ("country", "region") for p in lookups.candidates(name)[:6])


def signs_of_document(toponyms: list[Toponym]) -> None:
    """What other mentions of the same name say: one sense per document."""
    by_name: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        by_name[fold(toponym.name)].append(toponym)
    for same in by_name.values():
        place = sum(bool({"after in", "after near", "container follows", "kind before"} & set(t.signs)) for t in same)
        person = sum(bool({"after first name", "after title", "after initial"} & set(t.signs)) for t in same)
        if person and person >= place:
            sign = "person elsewhere"
        elif place:
            sign = "place elsewhere" if len(same) > 1 else ""
        else:
            sign = "repeated" if len(same) > 1 else ""
        if sign:
            for toponym in same:
                toponym.signs.append(sign)
