"""Indexed gazetteer files: the one that ships and imported GeoNames dumps.

A file is opened read-only and answers from its index; nothing is loaded into memory and nothing is remembered between
calls, so that answers do not depend on what was asked before. `mark` keeps what it has looked up for as long as it
reads one document.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from firsthand.core.errors import BadGazetteerError
from firsthand.core.places import Place, Precision
from firsthand.core.text import fold

FORMAT = "1"
"""Of the SQLite files: the shipped one (gazetteer/make_gazetteer.py) and those that `import_geonames` writes."""
LONGEST_NAME = 8
"""Words in the longest name that is looked for: "Democratic People's Republic of Korea" has six with its article."""
KEPT_BEGINNINGS = 16_384
"""Answers kept on how names begin, some 3 MB: the same capitalised words are asked for in document after document."""

MOST_ENTRIES = 400
"""Of one name; files keep them in order of weight, so the rest are hamlets, streams and schools. All of GeoNames has
thousands of places called San Antonio, and each costs some ten microseconds to fetch."""

_SELECT = """
SELECT p.id, p.ref, p.name, p.lat, p.lon, p.feature, p.country, p.population, p.extent,
       a.name, a.feature, b.name, b.feature, c.name, c.feature, d.name
FROM place p LEFT JOIN place a ON a.id = p.parent LEFT JOIN place b ON b.id = a.parent
LEFT JOIN place c ON c.id = b.parent LEFT JOIN place d ON d.id = c.parent
WHERE p.id IN ({})
"""
_AREA_CODES = (
    "CONT RGN RGNE RGNH RGNL AREA OCN SEA GULF BAY STRT CHN SD BGHT CHNM STM STMH STMI RVN LK LKS RSV CNL SWMP DLTA "
    "MTS MT MTN HLLS RDGE PLAT PLN VAL VALS DSRT ISL ISLS ISLET ISLM ARCH CAPE PEN COAST CST FRST PRK RES RESN RESW "
    "RESF OAS PASS CNYN UPLD ZN ZNB TRB LAND LCTY VALX ESTY FJD FJDS LGN COVE HBR HBRX RF RFC BCH BCHS SALT"
)
_AREAS = frozenset(_AREA_CODES.split())
"""Feature codes of things that have an extent but no boundary in administration."""


def precision_of(feature: str) -> Precision:
    """What sort of place a GeoNames feature code stands for.

    >>> precision_of("PCLI"), precision_of("ADM1"), precision_of("ADM3"), precision_of("PPLA"), precision_of("AIRP")
    ('country', 'region', 'district', 'town', 'site')
    """
    if feature.startswith(("PCL", "TERR")):
        return "country"
    if feature.startswith("ADM1") or feature in _AREAS:
        return "region"
    if feature.startswith("ADM") or feature == "PRSH":
        return "district"
    if feature.startswith("P") and (feature == "P" or feature.startswith(("PPL", "STLMT"))):
        return "town"
    return "site"


def town_extent_km(population: int) -> float:
    """Radius within which a town of that many people lies: a rule of thumb, since GeoNames gives points only.

    Built-up areas hold some 5,000 people per km²: Baghdad (7.7 million) gives 22 km, a town of 20,000 one. At least
    half a kilometre.

    >>> round(town_extent_km(7_682_000)), town_extent_km(0)
    (22, 0.5)
    """
    return max(0.5, math.sqrt(population / (5_000 * math.pi)))


class IndexedGazetteer:
    """A gazetteer file: the one that ships, or a GeoNames dump that was imported."""

    def __init__(self, path: Path) -> None:
        """Open the file read-only.

        Raises:
            BadGazetteerError: It is no gazetteer, an import that was not finished, or of another version.
        """
        self._path = path
        try:
            self._database = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            about = dict(self._database.execute("SELECT what, value FROM about"))
        except sqlite3.Error as error:
            raise BadGazetteerError(
                f"{path}: not a gazetteer ({error}). Give a CSV of sites, or a file made by `firsthand gazetteer`."
            ) from error
        if about.get("stage", "finished") != "finished":
            raise BadGazetteerError(f"{path}: its import was not finished; run `firsthand gazetteer` again to go on.")
        if about.get("format") != FORMAT:
            raise BadGazetteerError(f"{path}: a gazetteer of format {about.get('format')}, needed is {FORMAT}.")
        self._identity = f"{about['name']}:{about['digest']}"
        self._begins = lru_cache(KEPT_BEGINNINGS)(self._begins_anew)

    @property
    def identity(self) -> str:
        """Name and checksum of the content."""
        return self._identity

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def candidates(self, name: str) -> Sequence[Place]:
        """Entries of that name, countries and regions first, then by population, then by id; at most MOST_ENTRIES."""
        row = self._database.execute("SELECT places FROM name WHERE key = ?", (fold(name),)).fetchone()
        if row is None:
            return ()
        ids = [int(part) for part in str(row[0]).split(" ", MOST_ENTRIES)[:MOST_ENTRIES]]
        found = map(_place, self._database.execute(_SELECT.format(",".join("?" * len(ids))), ids))
        return sorted(found, key=_weight)

    def longest(self, words: Sequence[str]) -> int:
        """How many of the leading words form the longest name; 0 if none does."""
        best, prefix = 0, ""
        for count, word in enumerate(words[:LONGEST_NAME], 1):
            folded = fold(word)
            if not folded:
                break
            prefix = f"{prefix} {folded}" if prefix else folded
            is_name, goes_on = self._begins(prefix)
            if is_name:
                best = count
            if not goes_on:
                break
        return best

    def _begins_anew(self, prefix: str) -> tuple[bool, bool]:
        """Whether some folded words are a name, and whether they begin a longer one."""
        # keys in order: the prefix itself if it is a name, then the names that go on after a space
        following = [row[0] for row in self._database.execute("SELECT key FROM name WHERE key >= ? LIMIT 2", (prefix,))]
        return prefix in following, any(key.startswith(f"{prefix} ") for key in following)


def _weight(place: Place) -> tuple[int, int, str]:
    return _ORDER[place.precision], -place.population, place.id


_ORDER = {"country": 0, "region": 1, "district": 2, "town": 2, "site": 3, "near": 3}


def _place(row: tuple[Any, ...]) -> Place:
    (_, ref, name, lat, lon, feature, country, population, extent, *containing) = row
    parents = [n for n in (containing[0], containing[2], containing[4], containing[6]) if n is not None]
    precision = precision_of(feature)
    return Place(
        id=f"geonames:{ref}" if isinstance(ref, int) else str(ref),
        name=name,
        lat=lat / 1e4,
        lon=lon / 1e4,
        precision=precision,
        feature=feature,
        country=country,
        path=(*reversed(parents), name),
        population=population,
        extent_km=extent / 10 if extent is not None else town_extent_km(population) if precision == "town" else 0.0,
    )
