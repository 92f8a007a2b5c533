"""A document's markup → the `incidents` column of the row that `firsthand mark` writes."""

from __future__ import annotations

from firsthand.core.records import Document, Json, Markup, Mention, Statement
from firsthand.core.values import COUNTS
from firsthand.mark.incidents.confidences import STRENGTH

_ROLES = ("perpetrator_person", "perpetrator_group", "target", "victim", "weapon")


def markup_to_incident_rows(document: Document, markup: Markup, *, muc4: bool = False) -> list[dict[str, Json]]:
    """Write incidents as DESIGN's `mark` contract has them.

    Args:
        document: The text.
        markup: What `mark` found in it.
        muc4: Only what a coder of MUC-4 would write down: no act told as background or outside that scheme, no
            role that word order alone proposes, groups with one confidence over the whole report.

    Returns:
        One object per incident, in order of the text: all that a case keeps, with what its statements say, unless
        `muc4`. `muc4` in a row says whether that scheme would code the act. A date that is only known to be no later
        than the report is the report's with EDTF's "?", and `date_from` says so.
    """
    by_incident: dict[str, list[Statement]] = {}
    for statement in markup.statements:
        if statement.incident:
            by_incident.setdefault(statement.incident, []).append(statement)
    return [
        _row(document, mention, by_incident.get(mention.id, []), muc4=muc4)
        for mention in markup.mentions
        if mention.kind == "incident" and (_is_coded(mention) or not muc4)
    ]


def _is_coded(mention: Mention) -> bool:
    return bool(mention.detail.get("coded")) and not mention.detail.get("background")


def _row(document: Document, mention: Mention, statements: list[Statement], *, muc4: bool) -> dict[str, Json]:
    detail, by_net = mention.detail, mention.by.endswith("+encoder")
    roles: dict[str, dict[str, dict[str, Json]]] = {role: {} for role in _ROLES}
    counts: dict[str, str] = {}
    for s in statements:
        if s.property in COUNTS:
            counts.setdefault(s.property, s.value)
        if s.property not in roles or (muc4 and by_net and not s.by.endswith("+encoder")):
            continue
        spans = [[one.start, one.end] for one in (s.span, *s.mentions)]
        held = roles[s.property].get(s.value)
        if held is None:
            roles[s.property][s.value] = held = _entity(document, s.value, spans[:1] if muc4 else spans)
        if s.confidence and (
            "confidence" not in held or STRENGTH.index(s.confidence) < STRENGTH.index(held["confidence"])
        ):
            held["confidence"] = s.confidence
    if muc4 and by_net:
        roles["perpetrator_group"] = {str(e["text"]): e for e in _groups(document, mention)}
    place: dict[str, Json] = {"path": list(detail.get("place") or ()), "lat": mention.lat, "lon": mention.lon}
    return {
        "kind": mention.value,
        "span": [mention.span.start, mention.span.end],
        "status": "background" if detail.get("background") else "told",
        "stage": detail.get("stage"),
        "muc4": _is_coded(mention),
        "probability": detail.get("relevance"),
        "date": _row_date(detail.get("date")),
        "date_from": detail.get("date_from"),
        "place": place,
        "roles": {role: list(held.values()) for role, held in roles.items() if held},
        "counts": counts,
    }


def _entity(document: Document, name: str, spans: list[list[int]]) -> dict[str, Json]:
    words = [" ".join(document.text[slice(*span)].split()) for span in spans]
    return {"text": name, "mentions": [*spans], "mentions_text": [*words]}


def _groups(document: Document, mention: Mention) -> list[dict[str, Json]]:
    """The accused groups over the whole report (accused.py): statements are what single voices say."""
    accused = mention.detail.get("accused")
    return [
        {**_entity(document, one["name"], one["mentions"]), "confidence": one["confidence"]}
        for one in (accused if isinstance(accused, list) else [])
    ]


def _row_date(edtf: Json) -> str | None:
    if not isinstance(edtf, str):
        return None
    left, slash, right = edtf.partition("/")
    return f"{right}?" if slash and left in ("", "..") else edtf
