"""Plain text → drafts: the text whole and exact, with header lines read where it opens with them."""

from __future__ import annotations

import re

from firsthand.core.records import DateCandidate, Part
from firsthand.read.charsets import bytes_to_text
from firsthand.read.dates import date_text_to_iso
from firsthand.read.drafts import Draft, Source
from firsthand.read.lines import Line, text_to_lines
from firsthand.read.publishers import url_to_domain

VERSION = "texts@1"
_HEADER = re.compile(r"(?P<key>[A-Za-z][A-Za-z -]{1,24})[ \t]*:[ \t]*(?P<value>\S.{0,499})")
_KEYS = {
    "title": "headline", "headline": "headline", "publisher": "publisher", "outlet": "publisher", "source": "publisher",
    "publication": "publisher", "newspaper": "publisher", "byline": "byline", "by": "byline", "author": "byline",
    "authors": "byline", "date": "published", "published": "published", "publication date": "published",
    "date published": "published", "updated": "modified", "modified": "modified", "last updated": "modified",
    "retrieved": "retrieved", "accessed": "retrieved", "url": "url", "link": "url", "language": "language",
    "section": "", "from": "", "to": "", "subject": "headline", "keywords": "", "id": "", "dateline": "", "place": "",
}  # fmt: skip
_MOST_LINES = 15


def text_to_draft(source: Source) -> Draft:
    """Read one plain text.

    Args:
        source: Of kind text.
    Returns:
        The draft. Its text is all that was decoded; header lines (`Title: …`, `Publisher: …`) at its beginning, at
        least two and up to an empty line, become metadata and are set apart as parts.
    """
    text, note = bytes_to_text(source.data, declared=source.known.charset)
    draft = Draft(text=text, extractor=VERSION, media_type="text/plain", notes=[note] if note else [])
    _read_headers(draft)
    return draft


def _read_headers(draft: Draft) -> None:
    headers: list[tuple[Line, re.Match[str]]] = []
    for line in text_to_lines(draft.text[:20_000])[:_MOST_LINES]:
        match = _HEADER.fullmatch(line.words)
        if match is None or match["key"].lower() not in _KEYS or (headers and line.after_gap):
            break
        headers.append((line, match))
    keys = {match["key"].lower() for _, match in headers}
    if len(headers) < 2 or not any(_KEYS[k] for k in keys) or len(keys) < len(headers):
        return
    for line, match in headers:
        kind, value, start = _KEYS[match["key"].lower()], match["value"].strip(), line.start + match.start("value")
        if kind in ("headline", "byline"):
            draft.parts.append(Part(kind="boilerplate", start=line.start, end=line.start + match.start("value")))
            draft.parts.append(Part(kind=kind, start=start, end=start + len(value)))  # type: ignore[arg-type]
        else:
            draft.parts.append(Part(kind="boilerplate", start=line.start, end=line.end))
        _set(draft, kind, value, match["key"])


def _set(draft: Draft, kind: str, value: str, key: str) -> None:
    if kind in ("published", "modified", "retrieved"):
        if date := date_text_to_iso(value):
            draft.dates.append(DateCandidate(value=date, found=f"header line {key}", role=kind))  # type: ignore[arg-type]
            if kind == "retrieved":
                draft.retrieved = date
    elif kind == "url":
        draft.url = value if url_to_domain(value) else None
    elif kind == "language":
        draft.language = value[:2].lower() if value[:2].isalpha() else None
    elif kind and getattr(draft, kind) is None:
        setattr(draft, kind, value.removeprefix("By ") if kind == "byline" else value)
