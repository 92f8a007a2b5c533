"""The full GeoNames dump, some twelve million rows, into an indexed file: streamed, bounded in memory, resumable."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from firsthand.core.errors import BadGazetteerError
from firsthand.core.text import fold
from firsthand.gazetteers.indexed import precision_of

COLUMNS = 19
BATCH = 50_000
"""Rows between two commits: what an interrupted import does over again at most, about two seconds' work."""
CACHE_MB = 256
"""SQLite's page cache while importing, for each of the two files and for the sort of the names."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
  id INTEGER PRIMARY KEY, ref ANY NOT NULL, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  feature TEXT NOT NULL, country TEXT, parent INTEGER, population INTEGER NOT NULL, extent INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS name (key TEXT PRIMARY KEY, places ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (what TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS work.row (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  feature TEXT NOT NULL, country TEXT, population INTEGER NOT NULL, code TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS work.area (code TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work.spelling (key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL) STRICT;
"""
_CUT = "rtrim(rtrim({0}, replace({0}, '.', '')), '.')"
"""SQL: an area's code without its last part, `IQ.07.12` → `IQ.07`."""


def import_geonames(source: Path, out: Path, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Turn a GeoNames dump into a gazetteer file that `open_gazetteer` reads.

    An interrupted import goes on where it stopped when it is called again with the same files. What it needs on the
    way lies beside the output, in a file of the same name that ends in `.importing`, and is deleted at the end.

    Args:
        source: allCountries.zip, the zip of one country, or the text file in it.
        out: Where to write.
        progress: Called with (bytes read, bytes in all) some times a second, then once with both equal.
    Returns:
        Places in the file.
    Raises:
        BadGazetteerError: `source` is no GeoNames dump, or `out` is something else or of another dump.
    """
    digest = _digest(source)
    database = sqlite3.connect(out)
    work = out.with_name(f"{out.name}.importing")
    try:
        places = _import(database, source, files=(out, work), digest=digest, progress=progress or (lambda *_: None))
    except sqlite3.DatabaseError as error:
        raise BadGazetteerError(f"{out}: cannot be written as a gazetteer ({error}). Name another file.") from error
    finally:
        database.close()
    work.unlink(missing_ok=True)
    return places


def _import(
    database: sqlite3.Connection,
    source: Path,
    *,
    files: tuple[Path, Path],
    digest: str,
    progress: Callable[[int, int], None],
) -> int:
    out, work = files
    about = _about(database)
    if about.setdefault("digest", digest) != digest:
        raise BadGazetteerError(f"{out}: was made from another dump than {source}. Delete it or name another file.")
    if about.get("stage") != "finished":
        if about and not work.exists():  # nothing of an import that lost its working file can be gone on with
            about.pop("lines", None)
            about.pop("stage", None)
        database.execute("ATTACH ? AS work", (str(work),))
        for schema in ("main", "work"):
            database.execute(f"PRAGMA {schema}.cache_size = -{CACHE_MB * 1024}")
            database.execute(f"PRAGMA {schema}.synchronous = NORMAL")
        database.execute("PRAGMA temp_store = FILE")
        database.executescript(_SCHEMA)
        start = {"name": source.stem, "format": "1", "digest": digest, "stage": "rows", "lines": "0", **about}
        database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", start.items())
        database.commit()
        if start["stage"] == "rows":
            _read_rows(database, source, skip=int(start["lines"]), progress=progress)
            _set(database, "stage", "index")
            database.commit()
        _index(database)
    return int(database.execute("SELECT count(*) FROM place").fetchone()[0])


def _about(database: sqlite3.Connection) -> dict[str, str]:
    """What an earlier import has noted in the file; empty for a new one."""
    known = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()[0]
    return dict(database.execute("SELECT what, value FROM about")) if known else {}


def _read_rows(database: sqlite3.Connection, source: Path, *, skip: int, progress: Callable[[int, int], None]) -> None:
    lines = skip
    with _open(source) as (file, total):
        done = sum(len(line) for _, line in zip(range(skip), file, strict=False))
        for batch in _batches(file):
            places, areas = [], []
            spellings: list[tuple[str, int, int]] = []
            for number, line in enumerate(batch, lines + 1):
                done += len(line)
                fields = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
                if len(fields) != COLUMNS:
                    if number == 1 or fields != [""]:
                        raise BadGazetteerError(
                            f"{source}:{number}: {len(fields)} columns, a GeoNames dump has {COLUMNS}. "
                            "Give allCountries.zip or the zip of a country, not the alternate names or postal codes."
                        )
                    continue
                try:
                    place = _fields_to_row(fields)
                except ValueError as error:
                    raise BadGazetteerError(f"{source}:{number}: {error}. Fetch the dump again.") from error
                area, within = _codes(fields)
                places.append((*place, within))
                if area:
                    areas.append((area, place[0]))
                rank = _RANK.get(precision_of(place[4]), 0) - place[6]
                keys = dict.fromkeys(map(fold, (fields[1], fields[2], *fields[3].split(","))))
                spellings.extend((key, rank, place[0]) for key in keys if key)
            lines += len(batch)
            database.executemany("INSERT OR REPLACE INTO work.row VALUES (?,?,?,?,?,?,?,?)", places)
            database.executemany("INSERT OR REPLACE INTO work.area VALUES (?, ?)", areas)
            database.executemany("INSERT INTO work.spelling VALUES (?, ?, ?)", spellings)
            _set(database, "lines", str(lines))
            database.commit()
            progress(min(done, total), total)
        progress(total, total)


_RANK = {"country": -200_000_000_000, "region": -100_000_000_000}
"""Of a name's entries: countries and regions come first, whatever their population, then the larger."""
_LEVELS = {"PCLI": 1, "PCLD": 1, "PCLS": 1, "PCLIX": 1, "PCLF": 1, "TERR": 1, "ADM1": 2, "ADM2": 3}


def _codes(fields: list[str]) -> tuple[str, str]:
    """The code of the area that a row is, or nothing, and of the one that it lies in: `IQ.07`, `IQ`."""
    codes = [fields[8], fields[10], fields[11]] if fields[10] not in ("", "00") else [fields[8]]
    depth = _LEVELS.get(fields[7], 0)
    area = ".".join(codes[:depth]) if depth and len(codes) >= depth and all(codes[:depth]) else ""
    return area, ".".join(filter(None, codes[: depth - 1] if depth else codes))


def _fields_to_row(fields: list[str]) -> tuple[int, str, int, int, str, str | None, int]:
    lat, lon = float(fields[4]), float(fields[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"({lat}, {lon}) is no place on Earth")
    return (
        int(fields[0]),
        fields[1],
        round(lat * 1e4),
        round(lon * 1e4),
        fields[7] or fields[6],
        fields[8] or None,
        int(fields[14] or 0),
    )


def _index(database: sqlite3.Connection) -> None:
    """Tie places to the areas they lie in and gather the spellings; done over from its start if interrupted."""
    database.execute("DELETE FROM place")
    database.execute("DELETE FROM name")
    codes = ["r.code", _CUT.format("r.code"), _CUT.format(_CUT.format("r.code"))]
    finest = ", ".join(f"(SELECT a.place FROM work.area a WHERE a.code = {c} AND a.place <> r.id)" for c in codes)
    database.execute(
        "INSERT INTO place SELECT r.id, r.id, r.name, r.lat, r.lon, r.feature, r.country, "
        f"coalesce({finest}), r.population, NULL FROM work.row r ORDER BY r.id"
    )
    reader = database.cursor()
    reader.execute("SELECT DISTINCT key, rank, place FROM work.spelling ORDER BY key, rank, place")
    database.executemany("INSERT INTO name VALUES (?, ?)", _gathered(reader))
    _set(database, "stage", "finished")
    database.commit()


def _gathered(spellings: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int | str]]:
    key, places = "", list[int]()
    for following, _, place in spellings:
        if following != key:
            if places:
                yield key, places[0] if len(places) == 1 else " ".join(map(str, places))
            key, places = following, []
        places.append(place)
    if places:
        yield key, places[0] if len(places) == 1 else " ".join(map(str, places))


def _batches(file: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in file:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _set(database: sqlite3.Connection, what: str, value: str) -> None:
    database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (what, value))


def _digest(source: Path) -> str:
    """Of the size and the first and last megabyte: the whole of a 400 MB file is read once only."""
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            digest = hashlib.sha256(str(size).encode())
            digest.update(file.read(1 << 20))
            file.seek(max(0, size - (1 << 20)))
            digest.update(file.read())
    except OSError as error:
        raise BadGazetteerError(f"{source}: cannot be read ({error.strerror}).") from error
    return digest.hexdigest()[:16]


@contextmanager
def _open(source: Path) -> Iterator[tuple[IO[bytes], int]]:
    if not zipfile.is_zipfile(source):
        with source.open("rb") as file:
            yield file, source.stat().st_size
        return
    with zipfile.ZipFile(source) as archive:
        dumps = [i for i in archive.infolist() if i.filename.endswith(".txt") and i.filename != "readme.txt"]
        if len(dumps) != 1:
            names = ", ".join(i.filename for i in archive.infolist()) or "nothing"
            raise BadGazetteerError(f"{source}: holds {names}; a GeoNames dump holds one .txt beside its readme.")
        with archive.open(dumps[0]) as member:
            yield member, dumps[0].file_size
