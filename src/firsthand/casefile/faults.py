"""The one door for a damaged case: what SQLite raises, or what no build would have written, in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firsthand.casefile.columns import COLUMNS, TABLES
from firsthand.core import records
from firsthand.core.errors import CaseLockedError, DamagedCaseError, FirsthandError, NotACaseError, damaged
from firsthand.core.records import Record, Span

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; its names of tables and columns may be damaged too."""
_MAGIC = b"SQLite format 3\x00"
REFERENCES: dict[type, dict[str, type]] = {
    records.Copy: {"doc": records.Document, "of": records.Document},
    records.Attribution: {"doc": records.Document, "within": records.Attribution},
    records.Statement: {"incident": records.Mention, "attribution": records.Attribution},
    records.Hop: {"statement": records.Statement},
    records.Origin: {"statements": records.Statement},
    records.Claim: {
        "incident": records.Entity,
        "statements": records.Statement,
        "first": records.Statement,
        "origins": records.Origin,
        "actor": records.Entity,
    },
    records.Hypothesis: {"incident": records.Entity, "actor": records.Entity},
    records.Standing: {"hypothesis": records.Hypothesis, "evidence": records.Claim},
}
"""Fields that name records of this case, whatever the people who work on it did."""


def error_to_fault(path: Path, error: Exception) -> FirsthandError:
    """What SQLite raised, as one sentence that says what to do.

    Args:
        path: The case file.
        error: As raised.
    """
    said = str(error)
    match (
        getattr(error, "sqlite_errorcode", 0) & 0xFF
    ):  # sqlite3.h: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, NOTADB
        case 5 | 6:
            return CaseLockedError(f"{path} is in use by another program ({said}); close it there and try again.")
        case 13:
            return FirsthandError(f"{path}: the disk is full, and nothing was changed. Free some space and try again.")
        case 8:
            return FirsthandError(f"{path} cannot be written ({said}); change its permissions, or copy it elsewhere.")
        case 10:
            return FirsthandError(f"{path}: the disk failed ({said}); try again, and look at the disk.")
        case 14:
            return FirsthandError(f"{path} cannot be opened ({said}); look at its folder and its permissions.")
        case 26:
            return NotACaseError(f"{path} is no case file ({said}); name another file.")
    return damaged(path, "the file", said)


def file_to_fault(path: Path) -> FirsthandError | None:
    """Whether the file is shorter than its own first page says: a copy made while it was written, or a full disk."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        return FirsthandError(f"{path} cannot be opened ({error.strerror or error}); change its permissions.")
    if not head.startswith(_MAGIC):
        return NotACaseError(f"{path} is no case file (it is not an SQLite file); name another file.")
    size = int.from_bytes(head[16:18]) or 0
    pages, known = int.from_bytes(head[28:32]), head[24:28] == head[92:96]
    if known and pages * (65536 if size == 1 else size) > path.stat().st_size:
        return damaged(path, "the file", "it is shorter than it says: copied while it was being written, or cut off")
    return None


def schema_to_fault(connection: sqlite3.Connection, path: Path) -> DamagedCaseError | None:
    """Whether a table or column is missing."""
    for kind, table in TABLES.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if not there:
            return damaged(path, f"table {table}", "it is missing")
        if missing := set(COLUMNS[kind].list) - there:
            return damaged(path, f"table {table}", f"the column {min(missing)} is missing")
    for table in ("steps_done", "documents_fts"):
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            return damaged(path, f"table {table}", "it is missing")
    return None


def case_to_fault(connection: sqlite3.Connection, path: Path) -> FirsthandError | None:
    """Look through a whole case for the first thing that no build would have written; None if there is none."""
    try:
        if fault := schema_to_fault(connection, path):
            return fault
        if (said := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            return damaged(path, "the file", " ".join(said.split()))
        lengths = dict(connection.execute("SELECT id, length(text) FROM documents"))
        everything = {
            kind: [columns.read(row, path) for row in connection.execute(f"SELECT {columns.names} FROM {TABLES[kind]}")]
            for kind, columns in COLUMNS.items()
        }
    except DamagedCaseError as error:
        return error
    except UNREADABLE as error:
        return error_to_fault(path, error)
    ids = {kind: {record.id for record in found} for kind, found in everything.items()}
    for kind, found in everything.items():
        for record in found:
            if (why := _misfit(record, lengths, ids)) and not record.by.startswith("person:"):
                return damaged(path, f"table {TABLES[kind]}, row {record.id}", why)
    return None


def _misfit(record: Record, lengths: dict[str, int], ids: dict[type, set[str]]) -> str | None:
    for span in _spans(record):
        if span.doc not in lengths:
            return f"it points into document {span.doc}, which is not in the case"
        if not 0 <= span.start <= span.end <= lengths[span.doc]:
            return (
                f"it points to {span.start}-{span.end} of document {span.doc}, which has {lengths[span.doc]} characters"
            )
    for name, kind in REFERENCES.get(type(record), {}).items():
        value = getattr(record, name)
        for one in (value,) if isinstance(value, str) else value or ():
            if one and one not in ids[kind]:
                return f"its {name} names {one}, which is not in {TABLES[kind]}"
    return None


def _spans(value: Any) -> Iterator[Span]:
    """All spans in the fields of a record."""
    for name in value.__dataclass_fields__:
        waiting = [getattr(value, name)]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Span):
                yield one
            elif isinstance(one, tuple):
                waiting += one
