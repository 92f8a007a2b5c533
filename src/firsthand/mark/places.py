"""One Document → its places: names found, resolved together, each with what decided it or why it is not resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from firsthand.core.ids import make_id
from firsthand.core.places import Gazetteer, Place
from firsthand.core.records import Document, Mention, Span
from firsthand.core.spans import overlaps
from firsthand.core.text import fold
from firsthand.mark.place_weights import RESOLUTION_WEIGHTS, TOPONYM_WEIGHTS
from firsthand.mark.resolutions import MOST_CANDIDATES, Name, resolve
from firsthand.mark.toponyms import Lookups, Toponym, find_nationalities, find_toponyms, text_to_words

if TYPE_CHECKING:
    from firsthand.core.encodings import Encoding

BY = "mark.places@1"
THRESHOLD = 0.0
"""Log-odds from which a name is taken for a place's. Measured on even ids by `python eval/fit_places.py`."""
NEWS_WORDS = re.compile(
    r"news|times|daily|weekly|online|herald|post|gazette|star|telegram|sun|journal|register|tribune|independent|local|today|"
    r"press|chronicle|reporter|observer|record|dispatch|courier|www|\.com|\.org|\.net|\.co|\.[a-z]{2}\b|the(?![a-z]{1,3}\b)"
)


def document_to_places(
    document: Document, *, encoding: Encoding | None, gazetteer: Gazetteer, credits: Sequence[Mention] = ()
) -> list[Mention]:
    """Find the names of places in a document and resolve them.

    Args:
        document: Its text is read, never changed.
        encoding: What the encoder says of this text, or None to do without.
        gazetteer: Where names are looked up.
        credits: Datelines among them are certain to begin with a place.
    Returns:
        Mentions of kind place, and facility for sites, in text order. Without coordinates where not resolved;
        `detail["reason"]` says what decided or why not.
    """
    aside = [(p.start, p.end) for p in document.parts if p.kind in ("boilerplate", "wrapper", "bio")]
    words = text_to_words(document.text)
    lookups = Lookups(gazetteer)
    toponyms = []
    for toponym in find_toponyms(words, lookups=lookups):
        toponym.score = TOPONYM_WEIGHTS["bias"] + sum(TOPONYM_WEIGHTS.get(sign, 0.0) for sign in toponym.signs)
        if toponym.score >= THRESHOLD and not any(overlaps((toponym.start, toponym.end), part) for part in aside):
            toponyms.append(toponym)
    names = _names(toponyms, lookups=lookups)
    hints = [Name(hint, lookups.candidates(hint)[:MOST_CANDIDATES], 0) for hint in _hints(document, lookups)]
    resolve(
        [*names.values(), *(h for h in hints if fold(h.name) not in names)],
        lookups=lookups,
        nationalities=find_nationalities(words),
        weights=RESOLUTION_WEIGHTS,
    )
    return [_mention(document, toponym, names[fold(toponym.name)]) for toponym in toponyms]


def _names(toponyms: Sequence[Toponym], *, lookups: Lookups) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for toponym in toponyms:
        key = fold(toponym.name)
        if key not in names:
            names[key] = Name(toponym.name, lookups.candidates(toponym.name)[:MOST_CANDIDATES], 0)
        name = names[key]
        name.mentions += 1
        name.country = name.country or toponym.country
        name.inside += [inner for inner in toponym.inside if inner not in name.inside]
        if toponym.kind_word and toponym.kind_word not in name.kind_words:
            name.kind_words.append(toponym.kind_word)
    return names


def _hints(document: Document, lookups: Lookups) -> list[str]:
    """Names of places in the publisher's name or host: they tell where a local paper is at home."""
    found = []
    host = re.sub(r"^https?://|/.*$", "", document.url or "")
    for text in filter(None, (document.publisher, host)):
        for part in re.split(r"[\W_]+", NEWS_WORDS.sub(" ", text.lower())):
            if len(part) > 3 and lookups.candidates(part):
                found.append(part)
    return list(dict.fromkeys(found))[:4]


def _mention(document: Document, toponym: Toponym, name: Name) -> Mention:
    span = Span(document.id, toponym.start, toponym.end)
    if not name.candidates:
        return Mention(
            id=make_id("mention", document.id, "place", span.start, span.end),
            by=BY,
            span=span,
            kind="place",
            detail={"name": toponym.name, "precision": None, "reason": "not in the gazetteer"},
        )
    best = max(range(len(name.candidates)), key=lambda index: (name.beliefs[index], -index))
    place = name.candidates[best]
    ref = place.id.partition(":")[2]
    kind: Literal["facility", "place"] = "facility" if place.precision == "site" else "place"
    return Mention(
        id=make_id("mention", document.id, kind, span.start, span.end),
        by=BY,
        span=span,
        kind=kind,
        value=place.id,
        lat=place.lat,
        lon=place.lon,
        detail={
            "name": place.name,
            "geonameid": int(ref) if place.id.startswith("geonames:") else None,
            "country": place.country,
            "path": list(place.path),
            "precision": place.precision,
            "extent_km": round(place.extent_km, 1),
            "reason": _reason(name, best, place),
        },
    )


def _reason(name: Name, best: int, place: Place) -> str:
    return (
        "the only entry of that name" if len(name.candidates) == 1 else f"{round(100 * name.beliefs[best])} % of belief"
    )
