"""Which place a name means, by what the document is about.

All names of a document are resolved together. Each candidate of each name is first weighed alone (size, spelling, kind,
what the text says contains it); the beliefs so gained tell which countries, regions and neighbourhoods the document is
about; with these every candidate is weighed again, itself left out, until three rounds are done. One name means one
place in a document. The weights are fitted (weights.py); no place is preferred for being that place.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.core.places import Place
from firsthand.core.text import fold
from firsthand.mark.places.names import Lookups

ROUNDS = 3
"""The first alone, then twice with the document's context; a fourth changed nothing on LGL or TR-News (even ids)."""
MOST_CANDIDATES = 80
"""Of one name, in the gazetteer's order (large first): "San Antonio" has over 200, the rest are hamlets."""
CELL_DEGREES = 1.0
"""Neighbourhoods are counted on a grid of degrees, three by three cells: linear however many names there are."""
MOST_LISTED = 8
LITTLE = 1.5
"""Names' worth of doubt in every share: one other name in England does not make a document English."""
NATIONALITY_MASS = 0.5
"""What "Iraqi" adds to the belief that the document is about Iraq, against 1 for a name in Iraq."""

REGION_WORDS = frozenset(
    "province department governorate region state territory prefecture canton oblast emirate".split()
)
DISTRICT_WORDS = frozenset("county parish district municipality borough counties".split())
TOWN_WORDS = frozenset("city town village township suburb hamlet neighborhood neighbourhood".split())
AREA_WORDS = frozenset(
    "river lake creek bay gulf sea ocean strait island islands isle mountain mountains mount valley desert peninsula "
    "cape forest canyon delta basin canal reservoir".split()
)


@dataclass(slots=True)
class Name:
    """One name of a document, all its mentions together.

    Attributes:
        name: As looked up.
        candidates: What the gazetteer has, at most MOST_CANDIDATES.
        mentions: How often it stands in the document; 0 for hints from outside the text (the publisher's name).
        country: ISO code if the spelling settles it.
        inside: Names of what the text says contains it.
        kind_words: Words for its kind beside it.
        listed: The names told in one list with it ("the Zacamil and San Jacinto neighborhoods"), at most MOST_LISTED.
            That names of one list lie in one country was tried as a feature: on LGL and TR-News its weight came out
            below nought.
        beliefs: Of each candidate, 0–1, summing to 1.
        features: Of each candidate, in the last round.
    """

    name: str
    candidates: tuple[Place, ...]
    mentions: int = 1
    country: str | None = None
    inside: list[str] = field(default_factory=list)
    kind_words: list[str] = field(default_factory=list)
    listed: list[Name] = field(default_factory=list)
    beliefs: list[float] = field(default_factory=list)
    features: list[dict[str, float]] = field(default_factory=list)

    def best(self) -> int | None:
        """Which candidate is believed most, the gazetteer's first among equals; None if there is none."""
        if not self.candidates:
            return None
        return max(range(len(self.candidates)), key=lambda index: (self.beliefs[index], -index))


@dataclass(slots=True)
class Context:
    """What a document is about: belief summed by country, by first-order region and by grid cell."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[tuple[str, ...], float] = field(default_factory=lambda: defaultdict(float))
    inner: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cells: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    named: dict[tuple[str, ...], float] = field(default_factory=lambda: defaultdict(float))
    nationalities: Mapping[str, float] = field(default_factory=dict)


def resolve(
    names: Sequence[Name], *, lookups: Lookups, nationalities: Mapping[str, int], weights: Mapping[str, float]
) -> Context:
    """Set the beliefs of all names of one document.

    Args:
        names: All, hints included; their `beliefs` are replaced.
        lookups: To look up what is said to contain them.
        nationalities: Country → how often its people are named.
        weights: Of the features, see place_weights.
    Returns:
        What the document is about, by the beliefs reached.
    """
    fixed = [fixed_features(name, lookups=lookups) for name in names]
    context: Context | None = None
    for _ in range(ROUNDS):
        for name, features in zip(names, fixed, strict=True):
            name.features = [
                row if context is None else {**row, **context_features(name, index, context)}
                for index, row in enumerate(features)
            ]
            name.beliefs = _softmax([sum(weights.get(f, 0.0) * v for f, v in row.items()) for row in name.features])
        context = names_to_context(names, nationalities=nationalities)
    return context or Context()


ABROAD_POPULATION = 150_000
HOME_MASS = 1.5
HOME_SHARE = 0.6
MANY_MASS, LITTLE_POPULATION = 5.0, 50_000
FEW_MENTIONS = 3
ABROAD_MASS = 0.3
"""A document plays in a country from so much belief in places there (a name of one place is 1, said often 2), being
such a share of all or all being so much; and a lesser town abroad has company there from ABROAD_MASS. Of the names so
set aside in LGL and TR-News (all ids), see docs/places.md for how many would have been resolved rightly."""


def stranded(names: Sequence[Name], context: Context) -> dict[int, str]:
    """Names that would be lost on a lesser town abroad, with the country that the document plays in.

    "San Jacinto" in a list of suburbs of San Salvador is a suburb that the gazetteer lacks, not the town in California.
    Capitals, large towns, regions, what the text says lies abroad, and towns with company there are left alone.

    Args:
        names: Resolved.
        context: As `resolve` gave it.
    Returns:
        Index of the name → ISO 3166-1 code.
    """
    lesser = {i: place for i, name in enumerate(names) if (place := _lesser_town(name)) is not None}
    inner = dict(context.inner)
    for i in lesser:  # strays are no company for each other
        for belief, other in zip(names[i].beliefs, names[i].candidates, strict=True):
            if other.country in inner and len(other.path) > 1:
                inner[other.country] -= _mass(names[i]) * belief
    lost: dict[int, str] = {}
    for i, place in lesser.items():
        country = place.country or ""
        homes = [c for c in context.inner if c != country]
        home = max(homes, key=lambda c: (context.inner[c], c), default="")
        mass = context.inner[home] if home else 0.0
        total = sum(context.inner.values())
        many = total >= MANY_MASS and place.population < LITTLE_POPULATION
        if mass < HOME_MASS or (mass < HOME_SHARE * total and not many):
            continue
        people = context.nationalities.get(country, 0.0)
        if inner[country] + (people if people > NATIONALITY_MASS else 0.0) < ABROAD_MASS:
            lost[i] = home
    return lost


def _lesser_town(name: Name) -> Place | None:
    """The place a name is believed to mean, if it is a town of no size whose country the text does not say."""
    best = name.best()
    if best is None or name.inside or name.country is not None or name.mentions > FEW_MENTIONS:
        return None
    place = name.candidates[best]
    lesser = place.precision in ("town", "district", "site") and place.population < ABROAD_POPULATION
    said = place.feature == "PPLC" or place.country is None or place.id.startswith("user:")
    return place if lesser and not said else None


def names_to_context(names: Sequence[Name], *, nationalities: Mapping[str, int]) -> Context:
    """Sum the beliefs of all names."""
    context = Context(nationalities={c: NATIONALITY_MASS * math.sqrt(n) for c, n in nationalities.items()})
    for name in names:
        for index in range(len(name.candidates)):
            _add(context, name, index, sign=1.0)
    return context


def fixed_features(name: Name, *, lookups: Lookups) -> list[dict[str, float]]:
    """Features of each candidate that do not depend on the other names."""
    folded = fold(name.name)
    containers = [place.path for inner in name.inside for place in lookups.candidates(inner)[:12]
                  if place.precision in ("country", "region", "district")]  # fmt: skip
    # "Cairo, Illinois" is a town in a state; "Delaware, Ohio" may be too, or two states of a list
    about = {path[0] for path in containers}
    regional = any(p.path[0] in about for p in name.candidates if p.precision == "country" or p.feature == "ADM1")
    towns: dict[tuple[str, ...], int] = {}
    for place in name.candidates:
        if place.precision == "town":
            towns[place.path[:2]] = max(place.population, towns.get(place.path[:2], 0))
    # a province that bears its capital's name is no closer to it than a capital under an older spelling ("Basrah")
    bearing = {p.path[:2] for p in name.candidates if fold(p.name) == folded and p.precision == "region"}
    rows = []
    for place in name.candidates:
        size = math.log10(place.population + 1)
        row = {f"is {place.precision}": 1.0, f"size of {place.precision}": size}
        if place.precision == "region" and place.feature != "ADM1":
            row = {"is area": 1.0, "size of area": math.log10(place.extent_km + 1)}
        if len(place.path) > 1 and fold(place.path[0]) == folded:
            row["inside the country of the name"] = 1.0  # "Guatemala" is not Guatemala City
        if place.feature == "PPLC":
            row["capital"] = 1.0
        if place.feature == "ADM1":
            row["first-order"] = 1.0
            if towns.get(place.path, 0) > 0.1 * place.population:
                row["has a large town of the name"] = 1.0
        if fold(place.name) == folded or (place.precision == "town" and place.path[:2] in bearing):
            row["its own name"] = 1.0
        elif fold(place.name).startswith(folded) or folded.startswith(fold(place.name)):
            row["its own name, nearly"] = 1.0
        if name.country is not None:
            row["country as spelt" if place.country == name.country else "other country than spelt"] = 1.0
        if containers:
            said = any(len(place.path) > len(path) and place.path[: len(path)] == path for path in containers)
            row[("inside as said" if said else "not inside as said") + (", a region's name" if regional else "")] = 1.0
        for word in name.kind_words[:3]:
            row[_kind_fit(word, place)] = 1.0
        row.pop("", None)
        if place.id.startswith("user:"):
            row["user's own"] = 1.0
        rows.append(row)
    return rows


def _kind_fit(word: str, place: Place) -> str:
    wanted = {
        "region": word in REGION_WORDS,
        "district": word in DISTRICT_WORDS,
        "town": word in TOWN_WORDS,
        "area": word in AREA_WORDS,
    }
    kinds = [kind for kind, holds in wanted.items() if holds]
    if not kinds:
        return ""
    kind = place.precision if place.precision != "region" or place.feature == "ADM1" else "area"
    return f"kind as said, {kinds[0]}" if kind == kinds[0] else f"kind not as said, {kinds[0]}"


def context_features(name: Name, index: int, context: Context) -> dict[str, float]:
    """Features of one candidate that the other names give."""
    place = name.candidates[index]
    own = _own(name, place)
    total = sum(context.countries.values()) - own.total
    nations = sum(context.nationalities.values())
    row: dict[str, float] = {}
    if total + nations > 1e-9 and place.country is not None:
        here = context.countries.get(place.country, 0.0) - own.country
        row["share of its country"] = (here + context.nationalities.get(place.country, 0.0)) / (
            total + nations + LITTLE
        )
        row["country seen"] = math.log1p(max(0.0, here))
    region = place.path[:2]
    if len(place.path) > 1 and total > 1e-9:
        here = context.regions.get(region, 0.0) - own.region
        row["share of its region"] = here / (total + LITTLE)
        row["region seen"] = math.log1p(max(0.0, here))
        if len(place.path) > 2:
            row["region named"] = min(1.0, context.named.get(region, 0.0))
            row["country named"] = min(1.0, context.named.get(place.path[:1], 0.0))
    near = sum(
        context.cells.get((y + dy, x + dx), 0.0) for y, x in [_cell(place)] for dy in (-1, 0, 1) for dx in (-1, 0, 1)
    )
    row["near others"] = (
        math.log1p(max(0.0, near - own.near)) if place.precision in ("town", "district", "site") else 0.0
    )
    return row


@dataclass(slots=True)
class _Own:
    total: float = 0.0
    country: float = 0.0
    region: float = 0.0
    near: float = 0.0


def _own(name: Name, place: Place) -> _Own:
    """What the name itself gave to the sums that one of its candidates is weighed by."""
    own = _Own()
    mass = _mass(name)
    y, x = _cell(place)
    for belief, other in zip(name.beliefs, name.candidates, strict=True):
        part = mass * belief
        if other.country is not None:
            own.total += part
            own.country += part if other.country == place.country else 0.0
        if len(other.path) > 1 and other.path[:2] == place.path[:2]:
            own.region += part
        b, a = _cell(other)
        if other.precision in ("town", "district", "site") and abs(b - y) <= 1 and abs(a - x) <= 1:
            own.near += part
    return own


def _add(context: Context, name: Name, index: int, *, sign: float) -> None:
    place, part = name.candidates[index], sign * _mass(name) * name.beliefs[index]
    if part < 1e-6:
        return
    if place.country is not None:
        context.countries[place.country] += part
    if len(place.path) > 1:
        context.regions[place.path[:2]] += part
        if place.country is not None:
            context.inner[place.country] += part
    if place.precision in ("town", "district", "site"):
        context.cells[_cell(place)] += part
    elif len(place.path) <= 2:
        context.named[place.path] += part


def _mass(name: Name) -> float:
    return 1.0 + math.log(name.mentions) if name.mentions else 1.0


def _cell(place: Place) -> tuple[int, int]:
    return math.floor(place.lat / CELL_DEGREES), math.floor(place.lon / CELL_DEGREES)


_WORDS_FOR = {
    "share of its country": "most of what the document names lies in {country}",
    "country seen": "the document names other places in {country}",
    "country named": "the document names {country}",
    "share of its region": "most of what the document names lies in {region}",
    "region seen": "the document names other places in {region}",
    "region named": "the document names {region}",
    "near others": "close to other places of the document",
    "inside as said": "the text says that it lies there",
    "country as spelt": "so spelt for {country} only",
    "its own name": "spelt just so",
    "size of town": "the largest town so called",
    "size of region": "the largest region so called",
    "size of district": "the largest district so called",
    "size of country": "a country",
    "is country": "a country",
    "capital": "a capital",
    "user's own": "in the user's own gazetteer",
}


def reason(name: Name, weights: Mapping[str, float]) -> str:
    """What decided for the best candidate: the features by which it leads the runner-up, strongest first.

    Args:
        name: Resolved.
        weights: As given to `resolve`.
    Returns:
        Words for a reader, with the share of belief.
    """
    best = name.best()
    if best is None:
        return "not in the gazetteer"
    place = name.candidates[best]
    if len(name.candidates) == 1:
        return "the only entry of that name"
    second = max((i for i in range(len(name.candidates)) if i != best), key=lambda i: (name.beliefs[i], -i))
    mine, other = name.features[best], name.features[second]
    lead = {f: weights.get(f, 0.0) * (mine.get(f, 0.0) - other.get(f, 0.0)) for f in _WORDS_FOR}
    strongest = sorted((f for f in lead if lead[f] > 0.1), key=lambda f: (-lead[f], f))
    said = dict.fromkeys(_words(f, place) for f in strongest)
    why = "; ".join(list(said)[:2]) or "slightly likelier than its namesakes"
    return f"one of {len(name.candidates)} so called: {why} ({round(100 * name.beliefs[best])} % of belief)"


def _words(feature: str, place: Place) -> str:
    region = ", ".join(reversed(place.path[:2]))
    return _WORDS_FOR[feature].format(country=place.path[0] if place.path else place.country, region=region)


def _softmax(scores: list[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]
