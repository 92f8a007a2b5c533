"""One Document → its places: names found, resolved together, each with what decided it or why it is not resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from firsthand.core.ids import make_id
from firsthand.core.places import Gazetteer, Place
from firsthand.core.records import Document, Mention, Span
from firsthand.core.spans import overlaps
from firsthand.core.text import fold
from firsthand.mark.places.names import Lookups, Toponym, Words, text_to_words
from firsthand.mark.places.resolutions import MOST_CANDIDATES, MOST_LISTED, Name, reason, resolve, stranded
from firsthand.mark.places.scores import encoding_to_toponyms, weigh_by_encoding
from firsthand.mark.places.sites import Site, parts_of_towns, toponyms_to_sites
from firsthand.mark.places.toponyms import find_nationalities, find_toponyms
from firsthand.mark.places.weights import RESOLUTION_WEIGHTS, TOPONYM_WEIGHTS, UPPER_CASE_WEIGHTS

if TYPE_CHECKING:
    from firsthand.core.encodings import Encoding

BY = "mark.places@2"
BY_SITES = "mark.sites@2"
"""Sites that the gazetteer lacks, placed by the town that the text names with them."""
THRESHOLD = 0.0
"""Log-odds from which a name is taken for a place's; -0.5 and 0.5 are worse (even ids, `python eval/fit_places.py`)."""
DATELINE = 4.0
"""Added to the log-odds of what a dateline names as its place."""
SURE_AREA = 0.5
"""Log-odds added to the words' own, the encoder unheard, where a name is of nothing but a sea, river, range or world
region and has an article or several words ("the Nile", "Gulf of Tonkin"; not "Amazon")."""
VETOES = frozenset({"after Mr", "before newspaper"})
"""Signs that the encoder cannot outweigh: "Mr. London" is a person, "The Boston Globe" an outlet."""
DISTANT = re.compile(r"[^.;\n]{0,60}?\b[\d,.]+\s*(?:kilomet|km\b|miles?\b)[^.;\n]{0,20}?\b(?:from|of)\b", re.IGNORECASE)
REACH = 100
"""What follows a name, in so many code points, that lies so many kilometres from somewhere: only places do."""
NOT_PLACES = ("wire", "byline", "hat tip", "republished")
"""Credits in whose names places are not looked for ("The Boston Globe")."""
_OUTLET_WORDS = re.compile(
    r"news|times|daily|weekly|online|herald|post|gazette|star|telegram|sun|journal|register|tribune|independent|local|"
    r"today|press|chronicle|reporter|observer|record|dispatch|courier|www|\.com|\.org|\.net|\.co|\.[a-z]{2}\b|"
    r"^the(?=[a-z]{4})"
)

Key = tuple[str, str, str]


def document_to_places(
    document: Document, *, encoding: Encoding | None, gazetteer: Gazetteer, credits: Sequence[Mention] = ()
) -> list[Mention]:
    """Find the names of places in a document and resolve them together.

    Args:
        document: Its text is read, never changed.
        encoding: What the encoder says of this text, or None to do without.
        gazetteer: Where names are looked up.
        credits: Of the document: a dateline's place is certain, an agency's name is none.
    Returns:
        Mentions of kind place, and facility for sites, in text order; nationalities and people are not among them.
        Without coordinates where not resolved; `detail["reason"]` says what decided, or why not.
    """
    words = text_to_words(document.text)
    lookups = Lookups(gazetteer)
    found = find_toponyms(words, lookups=lookups)
    weights = UPPER_CASE_WEIGHTS if words.upper else TOPONYM_WEIGHTS
    for toponym in found:
        toponym.score = weights["bias"] + sum(weights.get(sign, 0.0) for sign in toponym.signs)
        toponym.score += SURE_AREA if toponym.sure_area else 0.0
    toponyms, vetoed = _accepted(document, found, encoding=encoding, credits=credits, upper=words.upper)
    if encoding is not None:
        toponyms = sorted(
            [
                *toponyms,
                *encoding_to_toponyms(document, encoding=encoding, known=[*toponyms, *vetoed], lookups=lookups),
            ],
            key=lambda t: t.start,
        )
        for toponym in toponyms:
            if not toponym.after:  # seen by the encoder alone
                toponym.after = bisect_left(words.starts, toponym.end)
        toponyms = [t for t in toponyms if not _set_aside(document, t, credits)]
    names, keys = _names(toponyms, lookups=lookups), _keys(toponyms, lookups=lookups)
    _tie_lists(words, toponyms, keys=keys, names=names)
    hints = [Name(hint, lookups.candidates(hint)[:MOST_CANDIDATES], 0) for hint in _hints(document, lookups)]
    context = resolve(
        [*names.values(), *hints],
        lookups=lookups,
        nationalities=find_nationalities(words),
        weights=RESOLUTION_WEIGHTS,
    )
    why = {key: reason(name, RESOLUTION_WEIGHTS) for key, name in names.items()}
    strays = stranded(list(names.values()), context)
    lost = {key: _lost(name, strays[i], names=names) for i, (key, name) in enumerate(names.items()) if i in strays}
    resolved = [
        (t, *((None, lost[key]) if key in lost else _resolution(t, key, names=names, why=why)))
        for t, key in zip(toponyms, keys, strict=True)
    ]
    home = max(context.inner, key=lambda country: (context.inner[country], country), default=None)
    resolved = parts_of_towns(resolved, words=words, names=[names[key] for key in keys], home=home)
    mentions = [_mention(document, toponym, place=place, why=because) for toponym, place, because in resolved]
    sites = toponyms_to_sites(words, toponyms=[(t, place) for t, place, _ in resolved if place is not None])
    mentions.extend(_site_mention(document, site) for site in sites)
    return sorted(mentions, key=lambda m: (m.span, m.kind))


def _accepted(
    document: Document,
    toponyms: Sequence[Toponym],
    *,
    encoding: Encoding | None,
    credits: Sequence[Mention],
    upper: bool,
) -> tuple[list[Toponym], list[Toponym]]:
    """The names taken for places', and those that are somebody else's for certain."""
    datelines = [tuple(c.detail["place_span"]) for c in credits if c.detail.get("place_span")]
    if encoding is not None:
        weigh_by_encoding(toponyms, encoding=encoding, upper=upper)
    for toponym in toponyms:
        named_in_dateline = any(overlaps((toponym.start, toponym.end), span) for span in datelines)
        if named_in_dateline or DISTANT.match(document.text, toponym.end, toponym.end + REACH):
            toponym.score += DATELINE
    vetoed = [t for t in toponyms if VETOES & set(t.signs)]
    taken = [t for t in toponyms if t.score >= THRESHOLD and not VETOES & set(t.signs)]
    return [t for t in taken if not _set_aside(document, t, credits)], vetoed


def _set_aside(document: Document, toponym: Toponym, credits: Sequence[Mention]) -> bool:
    """Whether it stands where nothing is marked up, or in the name of an outlet, here or credited elsewhere."""
    span = (toponym.start, toponym.end)
    if any(p.kind in ("boilerplate", "wrapper", "bio") and overlaps(span, (p.start, p.end)) for p in document.parts):
        return True
    named = [c for c in credits if c.detail.get("kind") in NOT_PLACES]
    if any(overlaps(span, (c.span.start, c.span.end)) for c in named):
        return True
    outlets = {fold(name) for name in [document.publisher, *(c.value for c in named)] if name}
    before = document.text[max(0, toponym.start - 4) : toponym.start]
    return before == "The " and f"the {fold(toponym.name)}" in outlets


def _keys(toponyms: Sequence[Toponym], *, lookups: Lookups) -> list[Key]:
    """What makes two mentions the same name: the name, its spelling's country, and what the text says contains it.

    A mention of which the text says nothing goes with the first of which it does: "Paris, Texas … Paris".
    """
    containers: dict[tuple[str, str], str] = {}
    bare = []
    for toponym in toponyms:
        name = toponym.base if toponym.base and not lookups.candidates(toponym.name) else toponym.name
        bare.append((fold(name), toponym.country or ""))
        if toponym.inside:
            containers.setdefault(bare[-1], fold(toponym.inside[0]))
    return [
        (*key, fold(toponym.inside[0]) if toponym.inside else containers.get(key, ""))
        for key, toponym in zip(bare, toponyms, strict=True)
    ]


def _names(toponyms: Sequence[Toponym], *, lookups: Lookups) -> dict[Key, Name]:
    names: dict[Key, Name] = {}
    for toponym, key in zip(toponyms, _keys(toponyms, lookups=lookups), strict=True):
        if key not in names:
            whole = lookups.candidates(toponym.name)
            name = toponym.base if toponym.base and not whole else toponym.name
            names[key] = Name(name, lookups.candidates(name)[:MOST_CANDIDATES], 0, country=toponym.country)
        name_ = names[key]
        name_.mentions += 1
        name_.inside += [inner for inner in toponym.inside if inner not in name_.inside]
        if toponym.kind_word and toponym.kind_word not in name_.kind_words:
            name_.kind_words.append(toponym.kind_word)
    return names


def _lost(name: Name, home: str, *, names: Mapping[Key, Name]) -> str:
    """Why a name is not resolved to a lesser town abroad."""
    bests = [n.candidates[best] for n in names.values() if (best := n.best()) is not None]
    country = next((place.path[0] for place in bests if place.country == home and place.path), home)
    count = len(name.candidates)
    others = "the only entry of that name lies" if count == 1 else f"the likeliest of {count} so called lies"
    return f"not in the gazetteer: {others} outside {country}, where the text plays"


LIST_GAPS = frozenset((",", "and", ", and", "or", ", or", "&", "/"))
"""What stands between the names of one list; "Paris, Texas" is none."""


def _tie_lists(words: Words, toponyms: Sequence[Toponym], *, keys: Sequence[Key], names: Mapping[Key, Name]) -> None:
    """Note which names stand in one list."""
    for (left, a), (right, b) in pairwise(zip(toponyms, keys, strict=True)):
        if a == b or right.name in left.inside or not left.after or left.after >= len(words.gaps):
            continue
        one, other = names[a], names[b]
        if _between(words, left, right) in LIST_GAPS:
            for name, beside in ((one, other), (other, one)):
                if len(name.listed) < MOST_LISTED and all(beside is not known for known in name.listed):
                    name.listed.append(beside)


def _between(words: Words, left: Toponym, right: Toponym) -> str:
    """What stands between two names: gap and at most one word."""
    gap = " ".join(words.gaps[left.after].split())
    if words.starts[left.after] == right.start:
        return gap
    follows = left.after + 1
    if follows < len(words.starts) and words.starts[follows] == right.start and not words.gaps[follows].strip():
        return f"{gap} {words.folded[left.after]}".strip()
    return "."


def _hints(document: Document, lookups: Lookups) -> Iterable[str]:
    """Names of places in the publisher's name or host: they tell where a local paper is at home."""
    host = re.sub(r"^https?://|/.*$", "", document.url or "")
    parts = [p for text in (document.publisher, host) if text for p in _OUTLET_WORDS.sub(" ", text.lower()).split()]
    words = [word for part in parts for word in re.split(r"[\W_]+", part) if len(word) > 3]
    return list(dict.fromkeys(word for word in words if lookups.candidates(word)))[:4]


def _resolution(toponym: Toponym, key: Key, *, names: dict[Key, Name], why: dict[Key, str]) -> tuple[Place | None, str]:
    name = names[key]
    best = name.best()
    if best is not None:
        if fold(name.name) != fold(toponym.name) and toponym.base:
            return name.candidates[best], f"not in the gazetteer; placed by {name.name}, {why[key]}"
        return name.candidates[best], why[key]
    for inner in toponym.inside:
        container = next((n for key, n in names.items() if key[0] == fold(inner)), None)
        place = container.best() if container is not None else None
        if container is not None and place is not None:
            return container.candidates[place], f"not in the gazetteer; placed by {inner}, which the text names with it"
    return None, "not in the gazetteer"


def _mention(document: Document, toponym: Toponym, *, place: Place | None, why: str) -> Mention:
    span = Span(document.id, toponym.start, toponym.end)
    kind: Literal["facility", "place"] = "facility" if place is not None and place.precision == "site" else "place"
    near = why.startswith("not in the gazetteer; placed")
    return Mention(
        id=make_id("mention", document.id, span.start, span.end, kind),
        by=BY,
        span=span,
        kind=kind,
        value=place.id if place is not None else None,
        lat=place.lat if place is not None else None,
        lon=place.lon if place is not None else None,
        detail=_detail(toponym.name, place, why=why, near=near),
    )


def _site_mention(document: Document, site: Site) -> Mention:
    return Mention(
        id=make_id("mention", document.id, site.start, site.end, "facility"),
        by=BY_SITES,
        span=Span(document.id, site.start, site.end),
        kind="facility",
        value=site.town.id,
        lat=site.town.lat,
        lon=site.town.lon,
        detail=_detail(
            document.text[site.start : site.end],
            site.town,
            why=f"not in the gazetteer; placed by {site.town.name}, {site.how}",
            near=True,
        ),
    )


def _detail(printed: str, place: Place | None, *, why: str, near: bool) -> dict[str, object]:
    if place is None:
        return {"name": printed, "precision": None, "reason": why}
    source, _, ref = place.id.partition(":")
    return {
        "name": printed if near else place.name,
        "geonameid": int(ref) if source == "geonames" else None,
        "country": place.country,
        "path": list(place.path),
        "precision": "near" if near else place.precision,
        "extent_km": round(place.extent_km, 1),
        "reason": why,
    }
