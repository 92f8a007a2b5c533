"""One attribution → what its source says, as a statement of its own."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Document, Statement

BY = "mark.statements@1"
MAX_WORDS = 60
"""Words of a content kept as a value: enough to read and to search; the spans lead to the rest."""


def attributions_to_statements(document: Document, *, attributions: Sequence[Attribution]) -> list[Statement]:
    """State what each attribution attributes.

    Args:
        document: The text.
        attributions: Found in it.

    Returns:
        One statement of property `says` per attribution with content, in their order; value is the content's words,
        white space squeezed, the pieces of a broken content joined by " … ".
    """
    found: list[Statement] = []
    for attribution in attributions:
        if not attribution.content:
            continue
        words = " … ".join(" ".join(document.text[s.start : s.end].split()) for s in attribution.content)
        kept = words.split(" ", MAX_WORDS)
        value = " ".join(kept[:MAX_WORDS]) + (" …" if len(kept) > MAX_WORDS else "")
        span = attribution.content[0]
        found.append(
            Statement(
                id=make_id("statement", document.id, None, "says", attribution.id, span.start, span.end),
                by=BY,
                incident=None,
                property="says",
                value=value,
                span=span,
                mentions=attribution.content[1:],
                attribution=attribution.id,
                factuality=attribution.factuality,
            )
        )
    return found
