"""Sources → Documents: each format's draft, finished the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from firsthand.core.ids import make_id
from firsthand.core.records import DateCandidate, Document, Finding, Part, Span
from firsthand.core.text import storable
from firsthand.read.dates import choose_dates, date_text_to_iso
from firsthand.read.drafts import BY, Draft, Known, Source, UnreadableError, unexpected, unreadable
from firsthand.read.feeds import entry_to_draft
from firsthand.read.languages import text_to_language
from firsthand.read.options import DEFAULTS, ReadOptions
from firsthand.read.pages import html_to_draft
from firsthand.read.pdfs import pdf_to_draft
from firsthand.read.rows import parse_row, row_to_draft
from firsthand.read.texts import text_to_draft
from firsthand.read.wrappers import Wrapping, text_to_wrapping

_UPDATED = re.compile(r"updated|modified|edited", re.I)


def source_to_documents(source: Source, *, options: ReadOptions = DEFAULTS) -> Iterator[Document | Finding]:
    """Parse one source.

    Args:
        source: As `sources` gave it.
        options: Bounds.
    Returns:
        One Document, after it a Finding of level note if bytes had to be guessed or replaced; or one Finding of level
        unreadable.
    """
    try:
        draft = _draft(source, options)
        if not draft.text.strip():
            raise UnreadableError("has no text, only white space; nothing to read")
        if len(draft.text) > options.max_document_chars:
            raise UnreadableError(
                f"has {len(draft.text):,} characters, more than {options.max_document_chars:,}; split it, or raise "
                "read.max_document_chars"
            )
        document = _finish(draft, identifier=source.id, path=source.path, sha256=source.sha256, known=source.known)
    except UnreadableError as error:
        yield unreadable(source.path, str(error))
        return
    except Exception as error:  # a bug of ours or of a library that reads the format: no file may end a run
        yield unreadable(source.path, unexpected(error))
        return
    yield document
    for note in draft.notes:
        yield _note(document, note)


def row_to_document(row: Mapping[str, Any], *, line: int = 1) -> Document:
    """Read one JSON-lines row as the stage commands take it.

    Args:
        row: At least `id` and `text`.
        line: Its number, which stands in for a missing id.
    Returns:
        The Document: `id` is the row's own as a string, `text` the row's own exactly, but for NUL and lone surrogates.
    Raises:
        ValueError: The row has no text, or parts that do not fit it.

    >>> row_to_document({"id": 7, "text": "Two guards died."}).id
    '7'
    """
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise ValueError(f'line {line}: no JSON object with a "text"')
    try:
        draft = row_to_draft(row if row["text"].strip() else {**row, "text": "-", "parts": []})
    except UnreadableError as error:
        raise ValueError(f"line {line}: {error}") from error
    draft.text = storable(row["text"])
    identifier = row.get("id")
    own = str(identifier) if isinstance(identifier, str | int) else make_id("document", line, draft.text)
    path, sha256 = (row[name] if isinstance(row.get(name), str) else None for name in ("path", "sha256"))
    retrieved = row["retrieved"] if isinstance(row.get("retrieved"), str) else None
    return _finish(draft, identifier=own, path=path, sha256=sha256, known=Known(retrieved=retrieved))


def _draft(source: Source, options: ReadOptions) -> Draft:
    match source.kind:
        case "html":
            return html_to_draft(source, options=options)
        case "pdf":
            return pdf_to_draft(source, options=options)
        case "row":
            return row_to_draft(parse_row(source.data))
        case "entry":
            return entry_to_draft(source.data)
        case "text":
            return text_to_draft(source)


def _finish(draft: Draft, *, identifier: str, path: str | None, sha256: str | None, known: Known) -> Document:
    wrapping = Wrapping(parts=tuple(draft.parts)) if draft.settled else _wrapping(draft, known)
    dates = list(draft.dates)
    for line in wrapping.date_lines:
        role: Literal["published", "modified"] = "modified" if _UPDATED.search(line) else "published"
        dates.append(DateCandidate(value=date_text_to_iso(line) or "", found="text line", role=role))
    if known.retrieved and (fetched := date_text_to_iso(known.retrieved)):
        dates.append(DateCandidate(value=fetched, found="WARC-Date", role="retrieved"))
    ordered, published, modified = choose_dates(dates)
    publisher = draft.publisher or known.publisher or wrapping.publisher or draft.guessed_publisher
    fields: dict[str, Any] = {
        "id": identifier,
        "by": BY,
        "text": draft.text,
        "headline": _tidy(draft.headline or wrapping.headline),
        "byline": _tidy(draft.byline or wrapping.byline),
        "publisher": _tidy(publisher),
        "url": _tidy(draft.url or known.url),
        "published": published.value if published else None,
        "published_from": published.found if published else None,
        "modified": modified.value if modified else None,
        "retrieved": next((d.value for d in ordered if d.role == "retrieved" and not d.found.startswith("pdf")), None),
        "language": text_to_language(_prose(draft.text, wrapping.parts), declared=draft.language),
        "media_type": (
            known.media_type if known.media_type and draft.media_type.startswith("text/") else draft.media_type
        ),
        "path": path,
        "sha256": sha256,
        "extractor": draft.extractor,
    }
    return Document(
        **{name: storable(value) if isinstance(value, str) else value for name, value in fields.items()},
        dates=tuple(replace(d, value=storable(d.value), found=storable(d.found)) for d in ordered),
        parts=wrapping.parts,
    )


def _wrapping(draft: Draft, known: Known) -> Wrapping:
    in_header = any(part.kind == "headline" for part in draft.parts)
    return text_to_wrapping(
        draft.text,
        headline=None if in_header else draft.headline,
        byline=draft.byline,
        publisher=draft.publisher or known.publisher,
        given=draft.parts,
    )


def _prose(text: str, parts: tuple[Part, ...]) -> str:
    """The first stretch of the text without what is set apart, for language identification."""
    pieces, at, length = [], 0, 0
    for part in parts:
        pieces.append(text[at : part.start][:4_000])
        length += len(pieces[-1])
        at = part.end
        if length >= 4_000:
            break
    pieces.append(text[at : at + 4_000])
    prose = "".join(pieces)
    return prose if len(prose.strip()) >= 60 else text


def _tidy(value: str | None) -> str | None:
    return storable(" ".join(value[:2000].split())) or None if value else None


def _note(document: Document, message: str) -> Finding:
    text = f"{document.path}: {message}"
    start = next((i for i, c in enumerate(document.text) if ord(c) > 127), 0)
    end = min(len(document.text), start + 1)
    return Finding(
        id=make_id("finding", "read", document.id, message),
        by=BY,
        check="read",
        level="note",
        message=text,
        spans=(Span(document.id, start, end),),
        about=(document.id,),
    )
