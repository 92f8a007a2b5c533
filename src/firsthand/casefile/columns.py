"""How each record class maps to its table, one column a field."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from firsthand.core import records
from firsthand.core.errors import damaged
from firsthand.core.records import DateCandidate, Document, Part, Record, Span

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
    records.Removal: "removals",
}
SPAN_COLUMNS = ("doc", "start", "end")
R = TypeVar("R", bound=Record)


class Columns:
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
                self.plan.append((field.name, "json", to_json, _decoder(hint)))
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
        """A record as the values of its columns."""
        row: list[Any] = []
        for name, how, encode, _ in self.plan:
            value = getattr(record, name)
            if how == "span":
                row += (None, None, None) if value is None else (value.doc, value.start, value.end)
            else:
                row.append(None if value is None else encode(value))
        return tuple(row)

    def read(self, row: tuple[Any, ...], path: Path) -> Any:
        """A row as a record.

        Raises:
            DamagedCaseError: It is none.
        """
        try:
            return self.from_row(row)
        except Exception as error:
            name = TABLES[self.kind]
            raise damaged(path, f"table {name}, row {row[self.list.index('id')]}", str(error)) from error

    def from_row(self, row: tuple[Any, ...]) -> Any:
        """The record that such values are; raises whatever they do not fit."""
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


def to_json(value: Any) -> str:
    """A field's value as its column holds it."""
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
    """How the JSON of one column becomes the field's value again; raises what fits it badly."""
    hint = _bare(hint)
    if hint is Span:
        return lambda text: _span(json.loads(text))
    if get_origin(hint) is not tuple:
        return lambda text: {} if text == "{}" else _of(dict, json.loads(text))
    decode = _item_decoder(get_args(hint)[0])
    return lambda text: () if text == "[]" else decode(text)  # most are empty, and need no parser


def _item_decoder(item: Any) -> Callable[[str], tuple[Any, ...]]:
    if item is Span:
        return lambda text: tuple(map(_span, _of(list, json.loads(text))))
    if item in (DateCandidate, Part):
        return lambda text: tuple(item(**row) for row in _of(list, json.loads(text)))
    if get_origin(item) is tuple:
        return lambda text: tuple((_span(left), _span(right)) for left, right in _of(list, json.loads(text)))
    return lambda text: tuple(_of(str, value) for value in _of(list, json.loads(text)))


def _of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{value!r:.60} is no {kind.__name__}")
    return value


def _span(value: Any) -> Span:
    doc, start, end = value
    return Span(_of(str, doc), _of(int, start), _of(int, end))


COLUMNS = {kind: Columns(kind) for kind in TABLES}


def kind_to_columns(kind: type[Record]) -> dict[str, type]:
    """The columns of a record's table and what each holds: str, int or float. JSON is str."""
    hints = get_type_hints(kind)
    stored = {int: int, bool: int, float: float}
    spans = {"doc": str, "start": int, "end": int}
    return {name: spans.get(name) or stored.get(_bare(hints[name]), str) for name in COLUMNS[kind].list}


def record_to_values(record: Record) -> tuple[Any, ...]:
    """A record as the values of its columns, in order."""
    return COLUMNS[type(record)].to_row(record)


def values_to_record(kind: type[R], values: tuple[Any, ...]) -> R:
    """The record that such values are."""
    return cast(R, COLUMNS[kind].from_row(values))
