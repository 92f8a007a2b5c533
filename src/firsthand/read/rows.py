"""JSON lines and JSON arrays: one document a row, its text exactly as the row has it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from firsthand.core.records import DateCandidate, Finding
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
                f"{path}!/{number}", f"is one line of more than {size}; split it, or raise --max-source-bytes"
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
    for name, role in _DATES:
        value = row.get(name)
        if isinstance(value, str) and (date := date_text_to_iso(value)):
            draft.dates.append(DateCandidate(value=date, found=f"row {name}", role=role))
    return draft


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
