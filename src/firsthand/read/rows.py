"""JSON lines and JSON arrays: one document a row, its text exactly as the row has it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from firsthand.core.records import DateCandidate, Finding, Part
from firsthand.core.text import storable
from firsthand.read.dates import date_text_to_iso
from firsthand.read.drafts import Draft, UnreadableError, unreadable
from firsthand.read.options import ReadOptions
from firsthand.read.publishers import url_to_domain
from firsthand.read.streams import read_whole

VERSION = "rows@1"
_FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "maintext", "articleBody"),
    "headline": ("headline", "title"),
    "byline": ("byline", "author", "authors"),
    "publisher": ("publisher", "outlet", "site_name", "sitename", "source_name", "publication"),
    "url": ("url", "link", "source_url"),
    "language": ("language", "lang"),
}
_DATES: tuple[tuple[str, Literal["published", "modified", "retrieved"]], ...] = (
    ("published", "published"), ("date_published", "published"), ("datePublished", "published"), ("date", "published"),
    ("date_publish", "published"), ("pubdate", "published"), ("modified", "modified"), ("date_modified", "modified"),
    ("dateModified", "modified"), ("retrieved", "retrieved"), ("date_download", "retrieved"),
)  # fmt: skip
_ROLES = ("published", "modified", "retrieved")
_PARTS = ("boilerplate", "wrapper", "credit", "bio", "headline", "byline")
_LONGEST_ID = 200


def stream_to_rows(
    stream: io.BufferedIOBase, path: str, *, options: ReadOptions
) -> Iterator[tuple[str, bytes] | Finding]:
    """Split JSON lines, never holding more than one line and never more of a line than the limit.

    Args:
        stream: Of bytes.
        path: How it is called in Findings.
        options: Bounds.
    Returns:
        Line number (from 1) and bytes without the line end, or a Finding for a line too long. Empty lines are
        passed over.
    """
    number = 0
    limit = options.max_source_bytes
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > limit and not line.endswith(b"\n"):
            line = b""
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            size = f"{limit / (1 << 20):.0f} MiB"
            yield unreadable(
                f"{path}!/row {number}", f"is one line of more than {size}; split it, or raise read.max_source_bytes"
            )
        elif line.strip():
            yield str(number), line.strip()


def stream_to_array(stream: io.BufferedIOBase, *, options: ReadOptions) -> Iterator[tuple[str, bytes]]:
    """Split a .json file: an array of rows, one row, or JSON lines under the wrong name.

    Returns:
        Position (from 1) and the row as canonical JSON.
    Raises:
        UnreadableError: It is no JSON, or JSON that holds no rows.
    """
    data = read_whole(stream, limit=options.max_source_bytes)
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith(b"{"):
            raise UnreadableError(f"is no JSON that can be parsed ({error}); write one object a line") from error
        yield from ((str(number), line.strip()) for number, line in enumerate(lines, 1))
        return
    if isinstance(parsed, dict):
        inner = next((v for v in parsed.values() if isinstance(v, list) and v and isinstance(v[0], dict)), None)
        parsed = [parsed] if inner is None or _text_of(parsed) is not None else inner
    if not isinstance(parsed, list):
        raise UnreadableError("is JSON, but neither an object nor a list of objects; write one object a line")
    for number, row in enumerate(parsed, 1):
        yield str(number), json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def parse_row(data: bytes) -> Mapping[str, Any]:
    """Parse one line.

    Raises:
        UnreadableError: It is no JSON object with text.
    """
    try:
        row = json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = str(error).split(":")[0]
        raise UnreadableError(f"is no JSON that can be parsed ({reason}); write one object a line, in UTF-8") from error
    if not isinstance(row, dict):
        raise UnreadableError('is no JSON object; each line needs at least {"id": …, "text": …}')
    return row


def row_id(data: bytes) -> str | None:
    """The row's own id, if it has one that can stand in a path."""
    try:
        identifier = parse_row(data).get("id")
    except UnreadableError:
        return None
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        return None
    shown = str(identifier)
    return shown if 0 < len(shown) <= _LONGEST_ID and shown.isprintable() else None


def row_to_draft(row: Mapping[str, Any]) -> Draft:
    """Read a row's fields.

    Raises:
        UnreadableError: It has no text.
    """
    text = _text_of(row)
    if text is None:
        raise UnreadableError('has no text; each row needs a field "text"')
    draft = Draft(text=storable(text), extractor=VERSION, media_type="application/json")
    draft.headline, draft.byline = _string(row, "headline"), _string(row, "byline")
    draft.publisher, draft.url, draft.language = (
        _string(row, "publisher"),
        _string(row, "url"),
        _string(row, "language"),
    )
    domain = row.get("domain") if isinstance(row.get("domain"), str) else None
    draft.guessed_publisher = url_to_domain(draft.url) or domain
    draft.dates = [d for entry in _list(row, "dates") if (d := _date(entry)) is not None]
    if isinstance(row.get("parts"), list) or draft.dates:
        draft.parts, draft.settled = _parts(row, len(draft.text)), True
        draft.extractor = row["extractor"] if isinstance(row.get("extractor"), str) else draft.extractor
        draft.media_type = row["media_type"] if isinstance(row.get("media_type"), str) else draft.media_type
    for name, role in _DATES if not draft.dates else ():
        value = row.get(name)
        if isinstance(value, str) and (date := date_text_to_iso(value)):
            draft.dates.append(DateCandidate(value=date, found=f"row {name}", role=role))
    return draft


def _list(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = row.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _date(entry: Mapping[str, Any]) -> DateCandidate | None:
    value, found, role = entry.get("value"), entry.get("found"), entry.get("role", "published")
    if not isinstance(value, str) or not isinstance(found, str) or date_text_to_iso(value) != value:
        return None
    return DateCandidate(value=value, found=found, role=role) if role in _ROLES else None


def _parts(row: Mapping[str, Any], length: int) -> list[Part]:
    """The row's parts, if they are what Document promises: inside the text, in order, not overlapping."""
    parts, at = [], 0
    for entry in _list(row, "parts"):
        kind, start, end = entry.get("kind"), entry.get("start"), entry.get("end")
        if not (kind in _PARTS and isinstance(start, int) and isinstance(end, int) and at <= start < end <= length):
            raise UnreadableError(f'has "parts" that do not fit its text, at {start}; leave them out, or read it again')
        parts.append(Part(kind=kind, start=start, end=end))
        at = end
    return parts


def _text_of(row: Mapping[str, Any]) -> str | None:
    texts = (row.get(name) for name in _FIELDS["text"])
    return next((t for t in texts if isinstance(t, str) and t.strip()), None)


def _string(row: Mapping[str, Any], kind: str) -> str | None:
    for name in _FIELDS[kind]:
        value = row.get(name)
        if isinstance(value, list):
            value = ", ".join(v for v in value if isinstance(v, str))
        if isinstance(value, str) and value.strip():
            return storable(" ".join(value.split()))
    return None
