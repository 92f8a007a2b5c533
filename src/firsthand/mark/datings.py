"""The document's own date: from its metadata, its dateline, or what its text shows; always with where it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.dates import edtf_to_interval
from firsthand.core.records import Document, Mention, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a document was written, as far as can be told.

    Attributes:
        published: EDTF date or interval, or None.
        found: `metadata: …`, `dateline`, `inferred: …` with the working, or `not found: …` with what was looked for.
        evidence: The words, empty if metadata gave it.
    """

    published: str | None
    found: str
    evidence: tuple[Span, ...] = ()


def document_to_dating(document: Document, credits: Sequence[Mention] = ()) -> Dating:
    """Date a document."""
    if document.published is not None and edtf_to_interval(document.published[:10]) is not None:
        return Dating(published=document.published[:10], found=f"metadata: {document.published_from or 'published'}")
    return Dating(published=None, found="not found: no metadata")
