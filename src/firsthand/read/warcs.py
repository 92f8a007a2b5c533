"""WARC → the pages it holds: response records of HTML, text and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from firsthand.core.records import Finding
from firsthand.core.text import storable
from firsthand.read.drafts import Known, UnreadableError, unreadable
from firsthand.read.options import ReadOptions

_WANTED = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|pdf|rss\+xml|atom\+xml|xml)", re.IGNORECASE)


def stream_to_records(
    stream: BinaryIO, path: str, *, options: ReadOptions
) -> Iterator[tuple[str, bytes, Known] | Finding]:
    """Read the records whose payload can be a document.

    Args:
        stream: Of an unpacked WARC.
        path: How it is called in Findings.
        options: Bounds.
    Returns:
        Record number (from 1, all records counted), payload, and what the headers say, or a Finding. Records of other
        types, redirects and errors, pictures, scripts and style sheets are passed over: they are no coverage.
    Raises:
        UnreadableError: The file ends early or is damaged; what came before has been given.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = given = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
            number += 1
            if record.record_type != WarcRecordType.response:
                continue
            if number > options.max_members:
                raise UnreadableError(f"has more than {options.max_members} records; split it")
            try:
                found = _record(record, options)
            except (UnreadableError, ValueError, OSError) as error:
                yield unreadable(f"{path}!/{number}", str(error))
                continue
            if found is not None:
                given += 1
                yield str(number), *found
    except (OSError, EOFError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"is damaged after record {number} ({error}); the records before it were read") from error
    if number == 0:
        raise UnreadableError("holds no WARC record; fetch it again")


def _record(record: Any, options: ReadOptions) -> tuple[bytes, Known] | None:
    length = record.content_length
    record.parse_http(auto_decode="all")
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        raise UnreadableError("holds no HTTP response that can be parsed; fetch it again")
    if not 200 <= headers.status_code < 300:
        return None
    media_type = (headers.get("Content-Type") or "").strip()
    if not _WANTED.match(media_type):
        return None
    payload = record.reader.read(options.max_source_bytes + 1)
    if len(payload) > options.max_source_bytes:
        raise UnreadableError(f"is larger than {options.max_source_bytes >> 20} MiB; raise read.max_source_bytes")
    if not payload:
        raise UnreadableError(f"is empty although its header announces {length} bytes; fetch it again")
    coded = headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
    if not coded and len(payload) < record.content_length:
        raise UnreadableError(
            f"has {len(payload)} of the {record.content_length} bytes that its header announces; fetch it again"
        )
    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", media_type, re.I)
    when = record.headers.get("WARC-Date")
    return payload, Known(
        url=storable(record.headers.get("WARC-Target-URI") or "") or None,
        retrieved=storable(when) if when else None,
        charset=charset[1] if charset else None,
        media_type=media_type.split(";")[0].strip().lower(),
    )
