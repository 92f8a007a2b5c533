"""Records ⇄ Arrow tables with the columns of the case file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from firsthand.casefile import kind_to_columns, record_to_values, values_to_record
from firsthand.core.records import Record
from firsthand.trace.directions import Standpoint
from firsthand.trace.matches import Match, Passage

R = TypeVar("R", bound=Record)
_STORED = {str: pa.string(), int: pa.int64(), float: pa.float64()}


def kind_to_schema(kind: type[Any]) -> pa.Schema:
    """The columns of a record's table."""
    return pa.schema([(name, _STORED[stored]) for name, stored in kind_to_columns(kind).items()])


def records_to_table(kind: type[Record], records: Iterable[Record]) -> pa.Table:
    """Records of one kind as a table, in order."""
    return columns_to_table(kind_to_schema(kind), [record_to_values(record) for record in records])


def columns_to_table(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows of values as a table."""
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)], schema=schema)


def table_to_records(kind: type[R], table: pa.Table) -> Iterator[R]:
    """The records that the rows of a table are, in order."""
    names = kind_to_schema(kind).names
    for batch in table.select(names).to_batches(max_chunksize=1024):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield values_to_record(kind, values)


def view_to_json(view: Standpoint) -> str:
    """What a document says about where it stands, as text that json_to_view turns back."""
    values = {field.name: getattr(view, field.name) for field in fields(Standpoint)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_tagged)


def json_to_view(text: str) -> Standpoint:
    """The opposite of view_to_json."""
    return Standpoint(**{name: _untagged(value) for name, value in json.loads(text).items()})


def match_to_json(match: Match) -> str:
    """A match but for the two indexes, as text that json_to_match turns back exactly."""
    return json.dumps(match[2:], separators=(",", ":"))


def json_to_match(text: str, *, doc: int, of: int) -> Match:
    """The opposite of match_to_json, for these indexes."""
    passages, *shares = json.loads(text)
    return Match(doc, of, tuple(Passage(*passage) for passage in passages), *shares)


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    raise TypeError(f"{value!r} cannot be kept between stages")


def _untagged(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["time"]) if "time" in value else frozenset(value["set"])
