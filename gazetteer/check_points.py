"""Are the points of countries and regions plausible? Held against the towns that places.sqlite puts in them.

    python gazetteer/check_points.py

Prints each country and first-order area whose point lies farther from its nearest town than half the area's reach, or
nearer to a town of another country or area than to any of its own by more than 30 km. Points of countries stand in
country_points.csv, made by hand; those of areas come from the package iso3166-2 and region_points.csv.
"""

from __future__ import annotations

import math
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

DATABASE = Path(__file__).parent.parent / "src" / "firsthand" / "data" / "places.sqlite"
REACH_CELLS = 4
"""Degrees about a point in which towns are looked for."""
SLACK_KM = 30.0
Town = tuple[float, float, str, int | None]


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def main() -> None:
    database = sqlite3.connect(DATABASE)
    parents = dict(database.execute("SELECT id, parent FROM place"))
    regions = {i for (i,) in database.execute("SELECT id FROM place WHERE feature = 'ADM1'")}
    cells: dict[tuple[int, int], list[Town]] = defaultdict(list)
    own: dict[object, list[tuple[float, float]]] = defaultdict(list)
    for number, lat, lon, country in database.execute(
        "SELECT id, lat / 1e4, lon / 1e4, country FROM place WHERE feature LIKE 'P%' AND feature NOT LIKE 'PCL%'"
    ):
        area = number
        while area is not None and area not in regions:
            area = parents.get(area)
        cells[int(lat), int(lon)].append((lat, lon, country, area))
        own[country].append((lat, lon))
        own[area].append((lat, lon))
    odd = seen = 0
    for number, name, lat, lon, country, feature in database.execute(
        "SELECT id, name, lat / 1e4, lon / 1e4, country, feature FROM place "
        "WHERE feature = 'ADM1' OR feature LIKE 'PCL%' ORDER BY id"
    ):
        key = number if feature == "ADM1" else country
        towns = own.get(key, [])
        if len(towns) < 3:
            continue
        seen += 1
        nearest = min(distance_km((lat, lon), town) for town in towns)
        reach = max(distance_km((lat, lon), town) for town in towns)
        others = [
            (distance_km((lat, lon), town[:2]), town[2])
            for y in range(int(lat) - REACH_CELLS, int(lat) + REACH_CELLS + 1)
            for x in range(int(lon) - REACH_CELLS, int(lon) + REACH_CELLS + 1)
            for town in cells.get((y, x), ())
            if (town[3] if feature == "ADM1" else town[2]) != key
        ]
        foreign = min(others, default=(math.inf, ""))
        if nearest > reach / 2 or foreign[0] + SLACK_KM < nearest:
            odd += 1
            sys.stdout.write(
                f"{feature} {country} {name} ({lat:.2f}, {lon:.2f}): nearest town of its own {nearest:.0f} km, "
                f"of another {foreign[0]:.0f} km ({foreign[1]}), farthest of its own {reach:.0f} km\n"
            )
    sys.stdout.write(f"{odd} of {seen} points are odd\n")


if __name__ == "__main__":
    main()
