"""PDF → drafts: the text layer, lines joined to paragraphs."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from firsthand.core.records import DateCandidate
from firsthand.core.text import storable
from firsthand.read.dates import date_text_to_iso
from firsthand.read.drafts import Draft, Source, UnreadableError, library
from firsthand.read.options import ReadOptions

VERSION = "pdfs@1"
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0xAD: "",
}
_FULL_LINE = 0.75
"""Share of the page's longest usual line from which a line without a full stop goes on in the next."""
_FEWEST_CHARS = 40
"""Fewer letters in the whole file mean that its text is in pictures, with at most a stamp or page numbers as text."""
_RAISED = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError, MemoryError, OSError,
    NotImplementedError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What pypdf lets through on damaged files, besides its own errors."""
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|rtf|odt|html?|qxd)\b|^microsoft word|^untitled|^https?:", re.I)


def pdf_to_draft(source: Source, *, options: ReadOptions) -> Draft:
    """Read one PDF.

    Args:
        source: Of kind pdf.
        options: Bounds.
    Returns:
        The draft: pages below each other, an empty line between paragraphs.
    Raises:
        UnreadableError: It is encrypted, damaged, too long, or has no text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(source.data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("is encrypted; save a copy without the password and give that")
        pages = _pages(reader, options)
        information: Any = reader.metadata or {}
    except UnreadableError:
        raise
    except (PyPdfError, *_RAISED) as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        raise UnreadableError(
            f"is a PDF that cannot be read ({reason}); print it to a new PDF and give that"
        ) from error
    text = "\n\n".join(lines_to_paragraphs(page) for page in pages if page.strip())
    if sum(c.isalnum() for c in text[:5000]) < _FEWEST_CHARS:
        raise UnreadableError(
            f"has no text on its {len(pages)} pages (scanned?); run text recognition (OCR) on it first"
        )
    draft = Draft(text=storable(text), extractor=f"{VERSION} {library('pypdf')}", media_type="application/pdf")
    _read_information(draft, information)
    return draft


def _pages(reader: Any, options: ReadOptions) -> list[str]:
    count = len(reader.pages)
    if count > options.max_pages:
        raise UnreadableError(f"has {count} pages, more than {options.max_pages}; split it")
    pages, length = [], 0
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        length += len(pages[-1])
        if length > options.max_document_chars:
            raise UnreadableError(f"has more than {options.max_document_chars:,} characters; split it")
    return pages


def lines_to_paragraphs(page: str) -> str:
    r"""Join the lines of a page that one sentence runs over.

    A word broken at the line's end is joined again, without the hyphen unless the page has it with one elsewhere.

    >>> lines_to_paragraphs("Officials of the min-\nistry said that two guards\nhad died.\nPolice came.")
    'Officials of the ministry said that two guards had died.\nPolice came.'
    """
    page = page.translate(_LIGATURES)
    lines = [" ".join(line.split()) for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and last and line and _goes_on(last, line, usual):
            if joined[-1].endswith("-") and line[0].islower():
                kept = f"{joined[-1].rsplit(None, 1)[-1]}{line.split()[0]}" in page
                joined[-1] = (joined[-1] if kept else joined[-1][:-1]) + line
            else:
                joined[-1] += " " + line
        else:
            joined.append(line)
        last = line
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip()


def _goes_on(last: str, line: str, usual: int) -> bool:
    if line[0].islower() or (last.endswith("-") and line[0].isalpha()):
        return True
    ended = last.endswith((".", "!", "?", "”", '"', ":", ")"))
    return (
        len(last) >= _FULL_LINE * usual
        and not (ended and len(last) < 0.9 * usual)
        and not line.startswith(("•", "-", "–"))
    )


def _read_information(draft: Draft, information: Any) -> None:
    def text(key: str) -> str:
        value = information.get(key)
        return storable(" ".join(str(value).split()))[:500] if value else ""

    title = text("/Title")
    if title and not _FILE_NAME.search(title):
        draft.headline = title
    # A PDF is often a page printed years later: when it was made is no date of publication.
    for key, role in (("/CreationDate", "retrieved"), ("/ModDate", "modified")):
        if date := date_text_to_iso(text(key).removeprefix("D:")):
            draft.dates.append(DateCandidate(value=date, found=f"pdf {key[1:]}", role=role))  # type: ignore[arg-type]
