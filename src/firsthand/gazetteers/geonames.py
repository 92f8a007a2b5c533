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

COLUMNS = 19
BATCH = 50_000
"""Rows between two commits: what an interrupted import does over again at most, about two seconds' work."""
CACHE_MB = 400
"""SQLite's page cache while importing. The sort of the names spills to the disk beside the output file."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
  id INTEGER PRIMARY KEY, ref ANY NOT NULL, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  feature TEXT NOT NULL, country TEXT, parent INTEGER, population INTEGER NOT NULL, extent INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS area (code TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS within (place INTEGER PRIMARY KEY, code TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS spelling (key TEXT NOT NULL, place INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS name (key TEXT PRIMARY KEY, places ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS about (what TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


def import_geonames(source: Path, out: Path, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Turn a GeoNames dump into a gazetteer file that `open_gazetteer` reads.

    An interrupted import goes on where it stopped when it is called again with the same files.

    Args:
        source: allCountries.zip, the zip of one country, or the text file in it.
        out: Where to write; the finished file has no more than names and places in it.
        progress: Called with (bytes read, bytes in all) some times a second, then once with both equal.
    Returns:
        Places in the file.
    Raises:
        BadGazetteerError: `source` is no GeoNames dump, or `out` is something else or of another dump.
    """
    digest = _digest(source)
    database = sqlite3.connect(out)
    try:
        return _import(database, source, out=out, digest=digest, progress=progress or (lambda done, total: None))
    except sqlite3.DatabaseError as error:
        raise BadGazetteerError(f"{out}: cannot be written as a gazetteer ({error}). Name another file.") from error
    finally:
        database.close()


def _import(
    database: sqlite3.Connection, source: Path, *, out: Path, digest: str, progress: Callable[[int, int], None]
) -> int:
    database.execute(f"PRAGMA cache_size = -{CACHE_MB * 1024}")
    database.execute("PRAGMA temp_store = FILE")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(_SCHEMA)
    about = dict(database.execute("SELECT what, value FROM about"))
    if about.setdefault("digest", digest) != digest:
        raise BadGazetteerError(f"{out}: was made from another dump than {source}. Delete it or name another file.")
    start = {"name": source.stem, "format": "1", "digest": digest, "stage": "rows", "lines": "0", **about}
    database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", start.items())
    database.commit()
    if start["stage"] == "rows":
        _read_rows(database, source, skip=int(start["lines"]), progress=progress)
        _set(database, "stage", "index")
        database.commit()
    if start["stage"] in ("rows", "index"):
        _index(database)
    return int(database.execute("SELECT count(*) FROM place").fetchone()[0])


def _read_rows(database: sqlite3.Connection, source: Path, *, skip: int, progress: Callable[[int, int], None]) -> None:
    lines = skip
    with _open(source) as (file, total):
        done = sum(len(line) for _, line in zip(range(skip), file, strict=False))
        for batch in _batches(file):
            places, areas, within = [], [], []
            spellings: list[tuple[str, int]] = []
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
                places.append(place)
                codes = [fields[8], fields[10], fields[11]] if fields[10] not in ("", "00") else [fields[8]]
                level = {"PCLI": 1, "PCLD": 1, "PCLS": 1, "PCLIX": 1, "PCLF": 1, "TERR": 1, "ADM1": 2, "ADM2": 3}
                depth = level.get(fields[7], 0)
                if depth and len(codes) >= depth and all(codes[:depth]):
                    areas.append((".".join(codes[:depth]), place[0]))
                within.append((place[0], ".".join(filter(None, codes if not depth else codes[: depth - 1]))))
                keys = dict.fromkeys(map(fold, (fields[1], fields[2], *fields[3].split(","))))
                spellings.extend((key, place[0]) for key in keys if key)
            lines += len(batch)
            database.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,NULL,?,NULL)", places)
            database.executemany("INSERT OR REPLACE INTO area VALUES (?, ?)", areas)
            database.executemany("INSERT OR REPLACE INTO within VALUES (?, ?)", within)
            database.executemany("INSERT INTO spelling VALUES (?, ?)", spellings)
            _set(database, "lines", str(lines))
            database.commit()
            progress(min(done, total), total)
        progress(total, total)


def _fields_to_row(fields: list[str]) -> tuple[int, int, str, int, int, str, str | None, int]:
    lat, lon = float(fields[4]), float(fields[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"({lat}, {lon}) is no place on Earth")
    ref = int(fields[0])
    return (
        ref,
        ref,
        fields[1],
        round(lat * 1e4),
        round(lon * 1e4),
        fields[7] or fields[6],
        fields[8] or None,
        int(fields[14] or 0),
    )


def _index(database: sqlite3.Connection) -> None:
    """Tie places to the areas they lie in and gather the spellings; done over from its start if interrupted."""
    database.execute("DELETE FROM name")
    for cut in range(3):  # the finest area that has an entry of its own
        code = "w.code" if cut == 0 else f"rtrim(rtrim({'w.code'}, replace(w.code, '.', '')), '.')"
        if cut:
            database.execute(f"UPDATE within AS w SET code = {code} WHERE place IN "
                             "(SELECT id FROM place WHERE parent IS NULL)")  # fmt: skip
        database.execute(
            "UPDATE place SET parent = (SELECT a.place FROM within w JOIN area a ON a.code = w.code "
            "WHERE w.place = place.id AND a.place <> place.id) WHERE parent IS NULL"
        )
    reader = database.cursor()
    reader.execute("SELECT DISTINCT key, place FROM spelling ORDER BY key, place")
    database.executemany("INSERT INTO name VALUES (?, ?)", _gathered(reader))
    for table in ("spelling", "within", "area"):
        database.execute(f"DROP TABLE {table}")
    _set(database, "stage", "finished")
    database.commit()


def _gathered(spellings: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int | str]]:
    key, places = "", list[int]()
    for following, place in spellings:
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
