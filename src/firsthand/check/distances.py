"""Distances in print against the great circle between the places named.

Compares "al Qaim … 400 kilometers away from Kirkuk" with the geodesic distance of the two places as the gazetteer has
them. Two places of the same sentence are compared: the one after "from", "of" or "to", and the nearest before the
number (or both after "between").
Tolerance: 10 % or 5 km, whichever is larger. Areas keep their extent, so a distance to a region is an interval.
False alarms: distances by road, "as near as", and a place that the gazetteer takes for its namesake; both places
and their coordinates are in the message so that a reader can tell.
"""

from __future__ import annotations

import re

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.places import point_distance_km
from firsthand.core.records import Document, Finding, Mention

_TO = re.compile(r"\b(?:from|of|to|outside)\b", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:within|less than|under|more than|over|at least|up to|beyond)\b", re.IGNORECASE)


def view_to_distance_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """Findings `conflict` where print and map differ by more than the tolerance, `note` where they agree."""
    found = []
    for doc, mentions in view.mentions.items():
        for quantity in mentions:
            if quantity.kind == "quantity" and quantity.detail.get("unit") == "km" and quantity.value:
                pair = _ends(view, quantity)
                if pair:
                    found.append(_compare(view.documents[doc], (quantity, *pair), view, options))
    return [finding for finding in found if finding]


def _ends(view: View, quantity: Mention) -> tuple[Mention, Mention] | None:
    """The two places that a distance lies between, or None if the sentence does not say."""
    text = view.documents[quantity.span.doc].text
    start, end = view.sentence(quantity.span)
    places = [m for m in view.within(quantity.span.doc, (start, end), ("place", "facility")) if m.lat is not None]
    after = [m for m in places if m.span.start >= quantity.span.end]
    before = [m for m in places if m.span.end <= quantity.span.start]
    if not after:
        return None
    link = text[quantity.span.end : after[0].span.start]
    # a place some words on is still meant ("400 kilometers away from"), one past a comma or a verb is not
    if not _TO.search(link) or len(link.split()) > 6 or "," in link:
        return None
    if not before or before[-1].value == after[0].value:
        return None
    return before[-1], after[0]


def _compare(
    document: Document, about: tuple[Mention, Mention, Mention], view: View, options: CheckOptions
) -> Finding | None:
    quantity, here, there = about
    low, _, high = (quantity.value or "").partition("..")
    lead = document.text[max(0, quantity.span.start - 24) : quantity.span.start]
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None or _BOUND.search(lead):
        return None  # "within 10 km of" is a bound, not a distance
    try:
        printed = (float(low) + float(high or low)) / 2
    except ValueError:
        return None
    measured = point_distance_km((here.lat, here.lon), (there.lat, there.lon))
    tolerance = max(options.distance_km, options.distance_share * printed)
    extent = sum(float(m.detail.get("extent_km", 0) or 0) for m in (here, there))
    gap = max(0.0, abs(measured - printed) - extent)
    names = [m.detail.get("name") or view.words(m.span) for m in (here, there)]
    agrees = gap <= tolerance
    working = (
        f"{view.words(quantity.span)} printed between {names[0]} and {names[1]}; the great-circle distance from "
        f"{_point(here)} to {_point(there)} is {measured:.0f} km"
    )
    return make_finding(
        "distance",
        "note" if agrees else "conflict",
        f"{working}{', within' if agrees else '; more than'} the tolerance of {tolerance:.0f} km"
        f"{f' and the extent of {extent:.0f} km' if extent else ''}.",
        spans=[quantity.span, here.span, there.span],
        about=[document.id],
        measured=round(measured, 1),
        expected=printed,
        tolerance=round(tolerance, 1),
        unit="km",
    )


def _point(place: Mention) -> str:
    return f"{place.lat:.2f}, {place.lon:.2f}"
