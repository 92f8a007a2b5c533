"""Records ⇄ the JSON rows that the stage commands speak (docs/stages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from firsthand.core.records import Attribution, Document, Markup, Mention, Span

Row = dict[str, Any]


def document_to_row(document: Document) -> Row:
    """One line of `firsthand read`: what is known of a document; unknown fields are left out."""
    row: Row = {"id": document.id, "text": document.text}
    for name in ("headline", "byline", "publisher", "url", "published", "published_from", "modified", "retrieved"):
        row[name] = getattr(document, name)
    for name in ("language", "media_type", "path", "sha256", "extractor"):
        row[name] = getattr(document, name)
    row["dates"] = [{"value": d.value, "found": d.found, "role": d.role} for d in document.dates]
    row["parts"] = [{"kind": p.kind, "start": p.start, "end": p.end} for p in document.parts]
    return {name: value for name, value in row.items() if value not in (None, [])}


def markup_to_row(document: Document, markup: Markup, *, incidents: Sequence[Row]) -> Row:
    """One line of `firsthand mark`.

    Args:
        document: The document that was marked.
        markup: Its markup.
        incidents: Its incidents as rows, made by the verb that knows their slots.
    """
    published = next((s.value for s in markup.statements if s.property == "published"), None)
    inferred = next((f.message for f in markup.findings if f.check == "dating"), None)
    order = {attribution.id: index for index, attribution in enumerate(markup.attributions)}
    unread = [("unread", f.message) for f in markup.findings if f.check == "unread"]
    by_kind = _by_kind(markup.mentions)
    return {
        "id": document.id,
        "published": document.published or published,
        "published_from": document.published_from or inferred,
        "credits": [
            {**_offsets(m.span), "kind": m.detail.get("kind"), "name": m.value} for m in by_kind.get("credit", [])
        ],
        "entities": [
            {**_offsets(m.span), "kind": m.kind}
            for m in markup.mentions
            if m.by.startswith("encoder:") or m.by.startswith("mark.entities")
        ],
        "attributions": [_attribution(a, order) for a in markup.attributions],
        "times": [
            {
                **_offsets(m.span),
                "type": m.detail.get("timex_type"),
                "value": m.detail.get("timex_value"),
                "edtf": m.value,
            }
            for kind in ("date", "time", "duration", "set")
            for m in by_kind.get(kind, [])
        ],
        "places": [
            {
                **_offsets(m.span),
                "name": m.detail.get("name"),
                "lat": m.lat,
                "lon": m.lon,
                "geonameid": m.detail.get("geonameid"),
                "country": m.detail.get("country"),
                "precision": m.detail.get("precision"),
            }
            for m in markup.mentions
            if m.by.startswith("mark.places")
        ],
        "incidents": list(incidents),
        **dict(unread),
    }


def _by_kind(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.kind, []).append(mention)
    return grouped


def _offsets(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _attribution(attribution: Attribution, order: dict[str, int]) -> Row:
    return {
        "source": [[s.start, s.end] for s in attribution.source],
        "cue": [[s.start, s.end] for s in attribution.cue],
        "content": [[s.start, s.end] for s in attribution.content],
        "form": attribution.form,
        "within": order.get(attribution.within) if attribution.within else None,
        "factuality": attribution.factuality,
        "source_kind": attribution.source_kind,
    }
