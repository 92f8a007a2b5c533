"""The case file: all records in one SQLite file. Opens, saves, loads, migrates and dumps it; all SQL stands here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from importlib import resources
from pathlib import Path
from types import NoneType, TracebackType
from typing import Any, Self, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from firsthand.core import records
from firsthand.core.errors import FirsthandError, NotACaseError
from firsthand.core.records import RECORDS, DateCandidate, Document, Part, Record, Span

APPLICATION_ID = 0x46484E44
"""`FHND`: what `file` and SQLite show for a case file."""
USER_VERSION = 1
MIGRATIONS: dict[int, str] = {}
"""SQL that takes a case from version n to n + 1."""

TABLES: dict[type, str] = {
    records.Document: "documents",
    records.Copy: "copies",
    records.Mention: "mentions",
    records.Attribution: "attributions",
    records.Statement: "statements",
    records.Hop: "hops",
    records.Origin: "origins",
    records.Judgement: "judgements",
    records.Entity: "entities",
    records.Claim: "claims",
    records.Finding: "findings",
    records.Hypothesis: "hypotheses",
    records.Rating: "ratings",
    records.Standing: "standings",
}
SPAN_COLUMNS = ("doc", "start", "end")
R = TypeVar("R", bound=Record)


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
    if not path.exists() and not create:
        raise NotACaseError(f"{path}: no such file. `firsthand build COVERAGE -o {path}` makes a case.")
    if path.exists() and not path.is_file():
        raise NotACaseError(f"{path} is a folder; a case is one file, such as my.case.")
    new = not path.exists() or path.stat().st_size == 0
    if new and readonly:
        raise NotACaseError(f"{path} is empty, so it is no case file.")
    mode = "ro" if readonly else "rwc"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = OFF")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise NotACaseError(f"{path} is no case file ({error}).") from error
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not readonly and tables == 0 and application in (0, APPLICATION_ID):
        _create(connection)
    elif application != APPLICATION_ID:
        connection.close()
        raise NotACaseError(f"{path} is an SQLite file but no case file of Firsthand; name another file with -o.")
    elif version != USER_VERSION:
        _migrate(connection, path, version, readonly=readonly)
    return CaseFile(path, connection)


def _create(connection: sqlite3.Connection) -> None:
    schema = resources.files("firsthand").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA application_id = {APPLICATION_ID};"
        f"\nPRAGMA user_version = {USER_VERSION};\nCOMMIT;"
    )


def _migrate(connection: sqlite3.Connection, path: Path, version: int, *, readonly: bool) -> None:
    if version > USER_VERSION or any(step not in MIGRATIONS for step in range(version, USER_VERSION)):
        connection.close()
        raise NotACaseError(
            f"{path} is a case of version {version}; this release reads version {USER_VERSION}. "
            "Open it with the release that made it, or build it again."
        )
    if readonly:
        connection.close()
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
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing is."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def save(self, records: Iterable[Record]) -> None:
        """Write records of any kinds; a record whose id is there already takes the old one's place.

        Raises:
            FirsthandError: The disk is full or the file cannot be written.
        """
        batches: dict[type, list[tuple[Any, ...]]] = {}
        for record in records:
            kind = type(record)
            batches.setdefault(kind, []).append(_COLUMNS[kind].to_row(record))
        try:
            for kind, rows in batches.items():
                self._connection.executemany(_COLUMNS[kind].insert, rows)
        except sqlite3.OperationalError as error:
            raise FirsthandError(f"{self.path}: cannot be written ({error}).") from error

    def load(
        self, kind: type[R], *, doc: str | None = None, where: str = "", values: tuple[Any, ...] = ()
    ) -> Iterator[R]:
        """All records of a kind, sorted by id (documents: in the order met).

        Args:
            kind: A record class.
            doc: Only those anchored in this document.
            where: Further SQL condition over the table's columns.
            values: For its question marks.
        """
        conditions = [c for c in ("doc = ?" if doc is not None else "", where) if c]
        order = "number" if kind is Document else "id"
        columns = _COLUMNS[kind]
        sql = f"SELECT {columns.names} FROM {TABLES[kind]}" + (
            f" WHERE {' AND '.join(conditions)}" if conditions else ""
        )
        for row in self._connection.execute(f"{sql} ORDER BY {order}", ((doc,) if doc is not None else ()) + values):
            yield columns.from_row(row)

    def count(self, kind: type[Record], *, where: str = "", values: tuple[Any, ...] = ()) -> int:
        """How many records of a kind there are."""
        sql = f"SELECT count(*) FROM {TABLES[kind]}" + (f" WHERE {where}" if where else "")
        return int(self._connection.execute(sql, values).fetchone()[0])

    def document_ids(self) -> list[str]:
        """Ids of all documents, in the order met."""
        return [row[0] for row in self._connection.execute("SELECT id FROM documents ORDER BY number")]

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
        return [(row[0], row[1]) for row in self._connection.execute(sql, (phrase, limit))]

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
            self._connection.execute(sql, values)

    def drop_findings(self, *, doc: str, by: str) -> None:
        """Delete a verb's findings about one document alone (findings have no doc column: spans may be in several)."""
        sql = "DELETE FROM findings WHERE about = ? AND substr(by, 1, ?) = ?"
        self._connection.execute(sql, (_dumps([doc]), len(by), by))

    def signatures(self, step: str) -> dict[str, str]:
        """What has been done: document id (or '' for the whole case) to signature."""
        return dict(self._connection.execute("SELECT doc, signature FROM steps_done WHERE step = ?", (step,)))

    def mark_done(self, step: str, signatures: Iterable[tuple[str, str]]) -> None:
        """Note in the current transaction that a step has been done for these documents."""
        rows = [(step, doc, signature) for doc, signature in signatures]
        self._connection.executemany("INSERT OR REPLACE INTO steps_done VALUES (?, ?, ?)", rows)

    def tables(self, *, words: bool = False) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
        """Every table as it stands.

        Args:
            words: Add a column `words` to tables with a span: the text that it covers.
        Returns:
            Triples (table, columns, rows sorted by id).
        """
        for kind in RECORDS:
            columns, table = _COLUMNS[kind], TABLES[kind]
            names, source = list(columns.list), f"{table} t"
            select = ", ".join(f't."{name}"' for name in names)
            if words and set(SPAN_COLUMNS) <= set(names):
                names.append("words")
                select += ', substr(d.text, t.start + 1, t."end" - t.start)'
                source += " LEFT JOIN documents d ON d.id = t.doc"
            yield table, names, self._connection.execute(f"SELECT {select} FROM {source} ORDER BY t.id")

    def dump(self) -> Iterator[str]:
        """Sorted text of every table: the diff, the snapshot, the answer to "what changed between runs?".

        Returns:
            Lines without line ends: pragmas first, then `table {json}` by table in records' order, rows by id.
        """
        yield f"application_id {APPLICATION_ID:#x}"
        yield f"user_version {self._connection.execute('PRAGMA user_version').fetchone()[0]}"
        for kind in RECORDS:
            columns = _COLUMNS[kind]
            sql = f"SELECT {columns.names} FROM {TABLES[kind]} ORDER BY id"
            for row in self._connection.execute(sql):
                values = {
                    name: _rounded(value) for name, value in zip(columns.list, row, strict=True) if value is not None
                }
                yield f"{TABLES[kind]} {json.dumps(values, ensure_ascii=False)}"


def _rounded(value: Any) -> Any:
    """Floats to six digits: what the last bits of a net's output say differs between processors."""
    return round(value, 6) if isinstance(value, float) else value


class _Columns:
    """How one record class maps to its table."""

    def __init__(self, kind: type) -> None:
        self.kind = kind
        hints = get_type_hints(kind)
        self.plan: list[tuple[str, str, Callable[[Any], Any], Callable[[Any], Any]]] = []
        for field in fields(kind):
            hint = hints[field.name]
            if field.name == "span":
                self.plan.append(("span", "span", _same, _same))
            elif _is_json(hint):
                self.plan.append((field.name, "json", _dumps, _decoder(hint)))
            elif hint is bool:
                self.plan.append((field.name, "plain", int, bool))
            else:
                self.plan.append((field.name, "plain", _same, _same))
        self.list = [n for name, how, *_ in self.plan for n in (SPAN_COLUMNS if how == "span" else (name,))]
        self.names = ", ".join(f'"{name}"' for name in self.list)
        marks = ", ".join("?" * len(self.list))
        table = TABLES[kind]
        clash = "REPLACE INTO" if kind is not Document else "INSERT OR IGNORE INTO"
        self.insert = f"{clash} {table} ({self.names}) VALUES ({marks})"

    def to_row(self, record: Any) -> tuple[Any, ...]:
        row: list[Any] = []
        for name, how, encode, _ in self.plan:
            value = getattr(record, name)
            if how == "span":
                row += (None, None, None) if value is None else (value.doc, value.start, value.end)
            else:
                row.append(None if value is None else encode(value))
        return tuple(row)

    def from_row(self, row: tuple[Any, ...]) -> Any:
        values: dict[str, Any] = {}
        position = 0
        for name, how, _, decode in self.plan:
            if how == "span":
                doc, start, end = row[position : position + 3]
                values[name] = None if doc is None else Span(doc, start, end)
                position += 3
            else:
                value = row[position]
                values[name] = None if value is None else decode(value)
                position += 1
        return self.kind(**values)


def _same(value: Any) -> Any:
    return value


def _bare(hint: Any) -> Any:
    """The hint without `| None`."""
    options = [o for o in get_args(hint) if o is not NoneType]
    is_union = get_origin(hint) is Union or type(hint).__name__ == "UnionType"
    return options[0] if is_union and len(options) == 1 else hint


def _is_json(hint: Any) -> bool:
    origin = get_origin(_bare(hint))
    return (
        _bare(hint) is Span or origin is tuple or (origin is not None and getattr(origin, "__name__", "") == "Mapping")
    )


def _dumps(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), default=_plain, sort_keys=isinstance(value, dict)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (DateCandidate, Part)):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Span):
        return [value.doc, value.start, value.end]
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{value!r} has no place in a case file")


def _decoder(hint: Any) -> Callable[[str], Any]:
    """How the JSON of one column becomes the field's value again."""
    hint = _bare(hint)
    if hint is Span:
        return lambda text: Span(*json.loads(text))
    if get_origin(hint) is not tuple:
        return json.loads
    item = get_args(hint)[0]
    if item is Span:
        return lambda text: tuple(Span(*span) for span in json.loads(text))
    if item in (DateCandidate, Part):
        return lambda text: tuple(item(**row) for row in json.loads(text))
    if get_origin(item) is tuple:
        return lambda text: tuple((Span(*left), Span(*right)) for left, right in json.loads(text))
    return lambda text: tuple(json.loads(text))


_COLUMNS = {kind: _Columns(kind) for kind in TABLES}


def kind_to_columns(kind: type[Record]) -> dict[str, type]:
    """The columns of a record's table and what each holds: str, int or float. JSON is str."""
    hints = get_type_hints(kind)
    stored = {int: int, bool: int, float: float}
    spans = {"doc": str, "start": int, "end": int}
    return {name: spans.get(name) or stored.get(_bare(hints[name]), str) for name in _COLUMNS[kind].list}


def record_to_values(record: Record) -> tuple[Any, ...]:
    """A record as the values of its columns, in order."""
    return _COLUMNS[type(record)].to_row(record)


def values_to_record(kind: type[R], values: tuple[Any, ...]) -> R:
    """The record that such values are."""
    return cast(R, _COLUMNS[kind].from_row(values))
