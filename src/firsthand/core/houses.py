"""Who ran a document, as far as the document says."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.core.records import Document, Mention, Span


def document_to_house(document: Document, credits: Iterable[Mention]) -> tuple[str | None, Span | None]:
    """The outlet: from metadata, else the agency or station in the dateline of a dispatch.

    Args:
        document: The document.
        credits: Its mentions of kind credit, in order of the text.
    Returns:
        The name and the words that give it; no words if metadata does, and no name if nothing does.
    """
    if document.publisher:
        return document.publisher, None
    for credit in credits:
        agency = credit.detail.get("agency")
        if credit.detail.get("kind") == "dateline" and isinstance(agency, str) and agency:
            return agency, credit.span
    return None, None


def label(document: Document, credits: Iterable[Mention]) -> str:
    """What to call a document in a sentence: its outlet, else headline, else file."""
    name, _ = document_to_house(document, credits)
    return name or document.headline or document.path or document.id
