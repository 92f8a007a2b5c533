"""Users' own sites: a CSV file, checked row by row before anything is marked with it."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

from firsthand.core.errors import BadGazetteerError
from firsthand.core.places import Place, Precision
from firsthand.core.text import fold

REQUIRED = ("name", "lat", "lon")
MOST_PROBLEMS = 20
"""Problems listed before "and N more": a file with the wrong separator has one in every row."""


class SiteGazetteer:
    """Sites held in memory; a few thousand rows, not a country."""

    def __init__(self, name: str, places: Sequence[Place]) -> None:
        """Index the places by their names.

        Args:
            name: For `identity`; the file's stem.
            places: In the file's order.
        """
        self._by_key: dict[str, list[Place]] = {}
        self._prefixes: set[str] = set()
        digest = hashlib.sha256()
        for place in places:
            digest.update(repr(place).encode("utf-8", "surrogatepass"))
            for key in dict.fromkeys(map(fold, (place.name, *place.names))):
                if key:
                    self._by_key.setdefault(key, []).append(place)
                    words = key.split(" ")
                    self._prefixes.update(" ".join(words[:count]) for count in range(1, len(words)))
        self._identity = f"{name}:{digest.hexdigest()[:16]}"

    @property
    def identity(self) -> str:
        """Name and checksum of the content."""
        return self._identity

    def candidates(self, name: str) -> Sequence[Place]:
        """All sites of that name, in the file's order."""
        return tuple(self._by_key.get(fold(name), ()))

    def longest(self, words: Sequence[str]) -> int:
        """How many of the leading words form the longest name; 0 if none does."""
        best, prefix = 0, ""
        for count, word in enumerate(words, 1):
            folded = fold(word)
            if not folded:
                break
            prefix = f"{prefix} {folded}" if prefix else folded
            if prefix in self._by_key:
                best = count
            if prefix not in self._prefixes:
                break
        return best


def read_sites(path: Path) -> list[Place]:
    """Read a CSV file of sites.

    Args:
        path: UTF-8, with a header row. `name`, `lat` and `lon` are needed; `id`, `alternate_names` (| between them),
            `country` (two letters), `path` (containing areas, country first, | between them), `precision`, `extent_km`,
            `feature` and `population` may be given; further columns are ignored.
    Returns:
        The sites in the file's order.
    Raises:
        BadGazetteerError: Any row that cannot be used: file:line, what is wrong, what to do.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadGazetteerError(f"{path}: cannot be read as UTF-8 text ({error}). Save it as CSV in UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [(field or "").strip().lower() for field in reader.fieldnames or ()]
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise BadGazetteerError(
            f"{path}:1: no column {', '.join(missing)}; the header reads: {', '.join(header) or 'nothing'}. "
            "Name the columns name, lat, lon; put commas between them."
        )
    reader.fieldnames = header
    places: list[Place] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    try:
        for number, row in enumerate(reader, 1):
            values = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) and key}
            place, wrong = _row_to_place(values, gazetteer=path.stem, number=number)
            if place is not None and place.id in seen:
                wrong = f"id {values['id']!r} stands in line {seen[place.id]} already; give each row its own"
            if wrong:
                problems.append(f"{path}:{reader.line_num}: {wrong}.")
            elif place is not None:
                seen[place.id] = reader.line_num
                places.append(place)
    except csv.Error as error:
        problems.append(f"{path}:{reader.line_num}: not CSV ({error}); check the quotation marks.")
    if problems:
        more = len(problems) - MOST_PROBLEMS
        listed = problems[:MOST_PROBLEMS] + ([f"… and {more} more."] if more > 0 else [])
        raise BadGazetteerError("\n".join(listed))
    return places


def _row_to_place(values: dict[str, str], *, gazetteer: str, number: int) -> tuple[Place | None, str]:
    name = values.get("name", "")
    if not fold(name):
        return None, "no name; fill the column name or delete the row"
    lat, wrong_lat = _number(values.get("lat", ""), column="lat", low=-90.0, high=90.0)
    lon, wrong_lon = _number(values.get("lon", ""), column="lon", low=-180.0, high=180.0)
    extent_km, wrong_extent = _number(values.get("extent_km") or "0", column="extent_km", low=0.0, high=20_100.0)
    population, wrong_population = _number(values.get("population") or "0", column="population", low=0.0, high=1e11)
    precision = values.get("precision", "").lower() or "site"
    country = values.get("country", "").upper() or None
    wrong = wrong_lat or wrong_lon or wrong_extent or wrong_population
    if not wrong and precision not in get_args(Precision):
        wrong = f"precision {precision!r}; write one of {', '.join(get_args(Precision))}"
    if not wrong and country is not None and not (len(country) == 2 and country.isalpha()):
        wrong = f"country {country!r}; write the two letters of ISO 3166-1, such as IQ"
    if wrong:
        return None, wrong
    path = tuple(part.strip() for part in values.get("path", "").split("|") if part.strip())
    return Place(
        id=f"user:{gazetteer}:{values.get('id') or number}",
        name=name,
        lat=lat,
        lon=lon,
        precision=cast(Precision, precision),
        feature=values.get("feature", ""),
        country=country,
        path=path if path and fold(path[-1]) == fold(name) else (*path, name),
        population=int(population),
        extent_km=extent_km,
        names=tuple(part.strip() for part in values.get("alternate_names", "").split("|") if part.strip()),
    ), ""


def _number(text: str, *, column: str, low: float, high: float) -> tuple[float, str]:
    try:
        value = float(text)
    except ValueError:
        hint = "; write 35.47, with a point" if "," in text else ""
        return 0.0, f"{column} {text!r} is not a number{hint}" if text else f"no {column}; fill it or delete the row"
    if not math.isfinite(value) or not low <= value <= high:
        return 0.0, f"{column} {text} lies outside {low:g} … {high:g}; are lat and lon swapped?"
    return value, ""
