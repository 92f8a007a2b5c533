"""The case file: all records in one SQLite file. Opens, saves, loads, migrates and dumps it; all SQL stands here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from firsthand.casefile.columns import (
    COLUMNS,
    SPAN_COLUMNS,
    TABLES,
    kind_to_columns,
    record_to_values,
    to_json,
    values_to_record,
)
from firsthand.casefile.faults import UNREADABLE, case_to_fault, error_to_fault, file_to_fault, schema_to_fault
from firsthand.core import records
from firsthand.core.errors import FirsthandError, NotACaseError
from firsthand.core.own import APPLICATION_ID
from firsthand.core.records import RECORDS, Document, Record

__all__ = [
    "APPLICATION_ID",
    "TABLES",
    "USER_VERSION",
    "CaseFile",
    "kind_to_columns",
    "open_case",
    "record_to_values",
    "values_to_record",
]

USER_VERSION = 2
MIGRATIONS = {
    1: "CREATE TABLE removals (id TEXT PRIMARY KEY, by TEXT NOT NULL, doc TEXT NOT NULL, path TEXT, sha256 TEXT, "
    "reason TEXT NOT NULL, made TEXT NOT NULL, withdrawn TEXT) STRICT;",
}
"""SQL that takes a case from version n to n + 1."""

R = TypeVar("R", bound=Record)
_ORDER: dict[type, str] = {Document: "number", records.Finding: '"check", id'}


def open_case(path: Path, *, create: bool = False, readonly: bool = False) -> CaseFile:
    """Open a case file, migrating it if an older release made it.

    Args:
        path: The file.
        create: Make it if it does not exist.
        readonly: Refuse every write; nothing is migrated.
    Returns:
        The open case; use as a context manager.
    Raises:
        NotACaseError: No such file, no case file, or one made by a newer release.
    """
    try:
        exists, regular = path.exists(), path.is_file()
    except OSError as error:
        raise NotACaseError(f"{path}: {error.strerror or error}; name another file.") from error
    if not exists and not create:
        raise NotACaseError(f"{path}: no such file. `firsthand build COVERAGE -o {path}` makes a case.")
    if exists and not regular:
        what = "a folder" if path.is_dir() else "no regular file"
        raise NotACaseError(f"{path} is {what}; a case is one file, such as my.case.")
    new = not exists or path.stat().st_size == 0
    if new and readonly:
        raise NotACaseError(f"{path} is empty, so it is no case file.")
    if not new and (cut := file_to_fault(path)):
        raise cut
    connection = None
    try:
        # Also for reading: after a kill the file is only whole again when its journal has been played back.
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rwc", uri=True, isolation_level=None)
        _check_or_make(connection, path, readonly=readonly)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, UNREADABLE):
            raise error_to_fault(path, error) from error
        raise
    return CaseFile(path, connection)


def _check_or_make(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not readonly and tables == 0 and application in (0, APPLICATION_ID):
        _create(connection)
    elif application != APPLICATION_ID:
        raise NotACaseError(f"{path} is an SQLite file but no case file of Firsthand; name another file with -o.")
    elif version != USER_VERSION:
        _migrate(connection, path, version, readonly=readonly)
    if fault := schema_to_fault(connection, path):
        raise fault
    connection.execute(f"PRAGMA query_only = {int(readonly)}")


def _create(connection: sqlite3.Connection) -> None:
    schema = resources.files("firsthand").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA application_id = {APPLICATION_ID};"
        f"\nPRAGMA user_version = {USER_VERSION};\nCOMMIT;"
    )


def _migrate(connection: sqlite3.Connection, path: Path, version: int, *, readonly: bool) -> None:
    if version > USER_VERSION or any(step not in MIGRATIONS for step in range(version, USER_VERSION)):
        raise NotACaseError(
            f"{path} is a case of version {version}; this release reads version {USER_VERSION}. "
            "Open it with the release that made it, or build it again."
        )
    if readonly:
        raise NotACaseError(
            f"{path} is a case of version {version}; run `firsthand build -o {path}` once to migrate it."
        )
    for step in range(version, USER_VERSION):
        connection.executescript(f"BEGIN IMMEDIATE;\n{MIGRATIONS[step]}\nPRAGMA user_version = {step + 1};\nCOMMIT;")


class CaseFile:
    """An open case. Reads and writes records; knows nothing of how they are made."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close. An error that no code foresaw is looked into first: if the case is damaged, that is what is said.

        Raises:
            DamagedCaseError: In place of the error.
        """
        fault = None
        if isinstance(error, Exception) and not isinstance(error, (FirsthandError, OSError)):
            fault = case_to_fault(self._connection, self.path)
        with suppress(sqlite3.Error):
            self._connection.close()
        if fault is not None:
            raise fault from error

    def _run(self, sql: str, values: Iterable[Any] = ()) -> None:
        try:
            self._connection.execute(sql, tuple(values))
        except UNREADABLE as error:
            raise error_to_fault(self.path, error) from error

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, tuple(values))
        except UNREADABLE as error:
            raise error_to_fault(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing is."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has rolled it back already
                self._connection.execute("ROLLBACK")
            raise

    def save(self, records: Iterable[Record]) -> None:
        """Write records of any kinds; a record whose id is there already takes the old one's place.

        Raises:
            FirsthandError: The disk is full or the file cannot be written.
        """
        batches: dict[type, list[tuple[Any, ...]]] = {}
        for record in records:
            kind = type(record)
            batches.setdefault(kind, []).append(COLUMNS[kind].to_row(record))
        try:
            for kind, rows in batches.items():
                self._connection.executemany(COLUMNS[kind].insert, rows)
        except UNREADABLE as error:
            raise error_to_fault(self.path, error) from error

    def load(
        self, kind: type[R], *, where: str = "", values: tuple[Any, ...] = (), most: int | None = None
    ) -> Iterator[R]:
        """All records of a kind, sorted by id (documents: in the order met; findings: by check, then id).

        Args:
            kind: A record class.
            where: SQL condition over the table's columns.
            values: For its question marks.
            most: How many at most; all by default.
        """
        columns = COLUMNS[kind]
        sql = f"SELECT {columns.names} FROM {TABLES[kind]}{f' WHERE {where}' if where else ''}"
        sql += f" ORDER BY {_ORDER.get(kind, 'id')}{'' if most is None else f' LIMIT {most}'}"
        for row in self._rows(sql, values):
            yield columns.read(row, self.path)

    def count(self, kind: type[Record], *, where: str = "", values: tuple[Any, ...] = ()) -> int:
        """How many records of a kind there are."""
        sql = f"SELECT count(*) FROM {TABLES[kind]}" + (f" WHERE {where}" if where else "")
        return int(next(self._rows(sql, values))[0])

    def document_ids(self) -> list[str]:
        """Ids of all documents, in the order met."""
        return [row[0] for row in self._rows("SELECT id FROM documents ORDER BY number")]

    def places(self) -> list[tuple[str, str | None, str | None]]:
        """What each document was read from: id, path and hash of the bytes, in the order met."""
        return [
            (row[0], row[1], row[2]) for row in self._rows("SELECT id, path, sha256 FROM documents ORDER BY number")
        ]

    def move(self, doc: str, path: str) -> None:
        """Note that a document's file stands somewhere else now."""
        self._run("UPDATE documents SET path = ? WHERE id = ?", (path, doc))

    def drop_documents(self, docs: Sequence[str]) -> None:
        """Delete documents and all that was read in each of them, within a transaction; nothing across documents."""
        for doc in docs:
            self.drop_derived((records.Mention, records.Attribution, records.Statement, records.Copy), doc=doc)
            self._run("DELETE FROM findings WHERE about = ? AND by NOT LIKE 'person:%'", (to_json([doc]),))
            self._run("DELETE FROM steps_done WHERE doc = ?", (doc,))
            self._run("DELETE FROM documents WHERE id = ?", (doc,))

    def forget(self) -> None:
        """Rewrite the file, so that no page keeps words of what was deleted."""
        self._run("INSERT INTO documents_fts (documents_fts) VALUES ('rebuild')")
        self._run("VACUUM")

    def drop(self, record: Record) -> None:
        """Delete one record."""
        self._run(f"DELETE FROM {TABLES[type(record)]} WHERE id = ?", (record.id,))

    def search(self, words: str, *, limit: int = 50) -> list[tuple[str, str]]:
        """Documents that hold all words, best first.

        Returns:
            Pairs (document id, excerpt with [matches] in brackets).
        """
        phrase = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not phrase:
            return []
        sql = (
            "SELECT d.id, snippet(documents_fts, 1, '[', ']', ' … ', 12) FROM documents_fts "
            "JOIN documents d ON d.number = documents_fts.rowid WHERE documents_fts MATCH ? ORDER BY rank LIMIT ?"
        )
        return [(row[0], row[1]) for row in self._rows(sql, (phrase, limit))]

    def drop_derived(self, kinds: Iterable[type], *, doc: str | None = None, by: str = "") -> None:
        """Delete what machines made, never what people did.

        Args:
            kinds: Record classes.
            doc: Only rows anchored in this document.
            by: Only rows whose `by` begins so (`mark.`).
        """
        for kind in kinds:
            sql, values = (
                f"DELETE FROM {TABLES[kind]} WHERE by NOT LIKE 'person:%' AND substr(by, 1, ?) = ?",
                [len(by), by],
            )
            if doc is not None:
                sql, values = f"{sql} AND doc = ?", [*values, doc]
            self._run(sql, values)

    def drop_findings(self, *, doc: str, by: str) -> None:
        """Delete a verb's findings about one document alone (findings have no doc column: spans may be in several)."""
        sql = "DELETE FROM findings WHERE about = ? AND substr(by, 1, ?) = ?"
        self._run(sql, (to_json([doc]), len(by), by))

    def signatures(self, step: str) -> dict[str, str]:
        """What has been done: document id (or '' for the whole case) to signature."""
        return dict(self._rows("SELECT doc, signature FROM steps_done WHERE step = ?", (step,)))

    def mark_done(self, step: str, signatures: Iterable[tuple[str, str]]) -> None:
        """Note in the current transaction that a step has been done for these documents."""
        for doc, signature in signatures:
            self._run("INSERT OR REPLACE INTO steps_done VALUES (?, ?, ?)", (step, doc, signature))

    def tables(self, *, words: bool = False) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
        """Every table as it stands.

        Args:
            words: Add a column `words` to tables with a span: the text that it covers.
        Returns:
            Triples (table, columns, rows sorted by id).
        """
        for kind in RECORDS:
            columns, table = COLUMNS[kind], TABLES[kind]
            names, source = list(columns.list), f"{table} t"
            select = ", ".join(f't."{name}"' for name in names)
            if words and set(SPAN_COLUMNS) <= set(names):
                names.append("words")
                select += ', substr(d.text, t.start + 1, t."end" - t.start)'
                source += " LEFT JOIN documents d ON d.id = t.doc"
            yield table, names, self._rows(f"SELECT {select} FROM {source} ORDER BY t.id")

    def dump(self) -> Iterator[str]:
        """Sorted text of every table: the diff, the snapshot, the answer to "what changed between runs?".

        Returns:
            Lines without line ends: pragmas first, then `table {json}` by table in records' order, rows by id.
        """
        yield f"application_id {APPLICATION_ID:#x}"
        yield f"user_version {next(self._rows('PRAGMA user_version'))[0]}"
        for kind in RECORDS:
            columns = COLUMNS[kind]
            sql = f"SELECT {columns.names} FROM {TABLES[kind]} ORDER BY id"
            for row in self._rows(sql):
                values = {
                    name: _rounded(value) for name, value in zip(columns.list, row, strict=True) if value is not None
                }
                yield f"{TABLES[kind]} {json.dumps(values, ensure_ascii=False)}"


def _rounded(value: Any) -> Any:
    """Floats to six digits: what the last bits of a net's output say differs between processors."""
    return round(value, 6) if isinstance(value, float) else value
