"""All of `mark` in the order in which its parts need each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.core.encodings import Encoding
from firsthand.core.houses import label
from firsthand.core.ids import make_id
from firsthand.core.places import Gazetteer
from firsthand.core.records import Document, Finding, Markup, Mention, Span, Statement
from firsthand.core.spans import overlaps
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.credits import document_to_credits
from firsthand.mark.entities import encoding_to_entities
from firsthand.mark.incidents.accusations import mentions_to_accusations
from firsthand.mark.incidents.incidents import document_to_incidents
from firsthand.mark.places.places import document_to_places
from firsthand.mark.quantities import document_to_quantities
from firsthand.mark.statements import attributions_to_statements
from firsthand.mark.times.datings import Dating, document_to_dating
from firsthand.mark.times.times import document_to_times

DATING = "mark.datings@1"
UNREAD = "mark.markups@1"
_SHOWN = 200
"""Code points of what was not read that a finding leads to: enough to find the place."""


def mark(document: Document, *, encoding: Encoding, gazetteer: Gazetteer) -> Markup:
    """Mark up one document.

    Args:
        document: Its text is read, never changed.
        encoding: What the encoder says of exactly this text.
        gazetteer: Where names of places are looked up.
    Returns:
        Everything found; mentions in order of the text, what stands in boilerplate, wrapper and bio left out.
    """
    credits = document_to_credits(document)
    dating = document_to_dating(document, credits)
    times = document_to_times(document, dating=dating, credits=credits)
    quantities = document_to_quantities(document)
    entities = encoding_to_entities(document, encoding=encoding)
    places = document_to_places(document, encoding=encoding, gazetteer=gazetteer, credits=credits)
    attributions = encoding_to_attributions(document, encoding=encoding, entities=entities)
    known = [*credits, *times, *quantities, *entities, *places]
    incidents, slots = document_to_incidents(
        document, encoding=encoding, mentions=known, attributions=attributions, dating=dating.published
    )
    accusations = mentions_to_accusations(
        document, mentions=[*entities, *incidents], attributions=attributions, statements=slots
    )
    said = attributions_to_statements(document, attributions=attributions)
    aside = [(p.start, p.end) for p in document.parts if p.kind in ("boilerplate", "wrapper", "bio")]
    return Markup(
        doc=document.id,
        mentions=tuple(sorted(_outside([*known, *incidents], aside), key=lambda m: (m.span, m.kind, m.id))),
        attributions=tuple(attributions),
        statements=(*slots, *accusations, *said, *_published(document, dating)),
        findings=(*_dating_finding(document, dating, credits), *_unread_finding(document, encoding, credits)),
    )


def _outside(mentions: Sequence[Mention], aside: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    for mention in mentions:
        span = (mention.span.start, mention.span.end)
        if mention.kind == "credit" or not any(overlaps(span, part) for part in aside):
            yield mention


def _published(document: Document, dating: Dating) -> list[Statement]:
    """The date that a document without metadata gives away, anchored in the words that do."""
    if document.published or not dating.published or not dating.evidence:
        return []
    span = dating.evidence[0]
    return [
        Statement(
            id=make_id("statement", document.id, None, "published", dating.published),
            by=DATING,
            incident=None,
            property="published",
            value=dating.published,
            span=span,
            mentions=dating.evidence[1:],
        )
    ]


def _dating_finding(document: Document, dating: Dating, credits: Sequence[Mention]) -> list[Finding]:
    if document.published:
        return []
    message = f"{label(document, credits)} has no date in its metadata; {dating.found}."
    return [
        Finding(
            id=make_id("finding", "dating", document.id),
            by=DATING,
            check="dating",
            level="note",
            message=message,
            spans=dating.evidence,
            about=(document.id,),
        )
    ]


def _unread_finding(document: Document, encoding: Encoding, credits: Sequence[Mention]) -> list[Finding]:
    """What the net had no room for, in a document longer than it reads."""
    read = int(encoding.sentences[-1, 1]) if len(encoding.sentences) else 0
    start = next((at for at in range(read, len(document.text)) if document.text[at].isalnum()), None)
    if start is None:
        return []
    message = (
        f"{label(document, credits)} is longer than the net reads: sources, people, bodies, places and incidents were "
        f"looked for in its first {read:,} of {len(document.text):,} characters."
    )
    return [
        Finding(
            id=make_id("finding", "unread", document.id),
            by=UNREAD,
            check="unread",
            level="note",
            message=message,
            spans=(Span(document.id, start, min(start + _SHOWN, len(document.text))),),
            about=(document.id,),
            measured=float(read),
            expected=float(len(document.text)),
            unit="characters",
        )
    ]
