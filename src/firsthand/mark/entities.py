"""An Encoding → the persons, organisations, nationalities, places, facilities, weapons and vehicles it shows.

Each kind is tagged by itself, so a nationality may stand inside an organisation, and each has a second layer for
spans inside a span of their own kind ("Security Council" in "UN Security Council").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from firsthand.core.encodings import ENTITY_KINDS
from firsthand.core.ids import make_id
from firsthand.core.records import Mention, Span
from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.taggings import (
    Words,
    document_to_paragraphs,
    encoding_to_words,
    tags_to_spans,
    viterbi,
    word_scores,
)

if TYPE_CHECKING:
    from firsthand.core.encodings import Encoding
    from firsthand.core.records import Document, MentionKind

BY = "mark.entities@1"
FAVOUR = (1.5, 2.0)
"""Log-odds given to every kind against none, for spans and for spans inside a span of their own kind: 67 documents
teach the encoder to be too sure that there is nothing. Measured on re3d dev; see docs/attributions.md."""
BEGIN_COST = 1.0
"""Log-odds that the beginning of a span must win by, which keeps spans from falling into pieces."""
SURE = -0.02
_SURE_O = np.array([[0.0, -np.inf, -np.inf]])
_LISTED = ("nationality", "weapon", "vehicle")
_EDGES = ',.;:!?()[]“”"-–—'
_LITTLE = frozenset("in of and the a an to for with on at by from who which that".split())
_PEOPLES = frozenset(
    "arab arabic kurdish yazidi turkmen assyrian shia shiite sunni alawite druze pashtun hazara tamil rohingya uighur "
    "chechen catalan basque tutsi hutu zulu berber".split()
)
_WEAPONS = frozenset(
    "weapon weapons munition munitions rocket rockets missile missiles mortar mortars grenade grenades bomb bombs "
    "explosives explosive dynamite rifle rifles pistol pistols revolver shotgun machinegun machineguns artillery ied "
    "ieds vbied vbieds ammunition landmine landmines warhead warheads howitzer howitzers bazooka".split()
)
_VEHICLES = frozenset(
    "tank tanks vehicle vehicles aircraft helicopter helicopters jet jets airplane airplanes drone drones truck trucks "
    "warship warships frigate frigates destroyer destroyers submarine submarines uav uavs jeep jeeps".split()
)
_MODIFIERS = frozenset(
    "chemical nuclear heavy light small automatic semiautomatic improvised homemade barrel car truck suicide anti tank "
    "ballistic guided hand propelled rocket armored armoured military combat fighter attack tactical technical oil "
    "remotely piloted high explosive".split()
)
FACILITIES = frozenset(
    "airport airfield airstrip bank barracks base bridge building camp cathedral chapel checkpoint church clinic "
    "compound consulate dam depot embassy factory facility garrison headquarters hospital hotel jail market mine "
    "mosque office offices palace pipeline plant port post prison refinery residence restaurant school stadium "
    "station supermarket temple terminal tower university warehouse".split()
)
"""Head nouns that make a place a facility too. No corpus at hand marks facilities as a kind of their own: re3d has them
among its locations, so both mentions are given."""


def encoding_to_entities(document: Document, *, encoding: Encoding, by: str = BY) -> list[Mention]:
    """Find what the encoder takes for names and descriptions of things, and what word lists know for certain.

    Args:
        document: the document.
        encoding: of its text.
        by: what produced them.

    Returns:
        Mentions in order of the text, longer ones first; none in boilerplate, wrapper and bio. `value` is None: names
        are put together across mentions by `firsthand.mark.speakers`.
    """
    words = encoding_to_words(document, encoding=encoding, paragraphs=document_to_paragraphs(document))
    found: set[tuple[int, int, str]] = set()
    for layer, scores in enumerate((encoding.entities, encoding.entities_inner)):
        # one kind after the other with a sure O before each: many stretches solved at once take a third of the time
        parts = ((_SURE_O, word_scores(scores[:, k], words)) for k in range(len(ENTITY_KINDS)))
        favoured = np.concatenate([rows for part in parts for rows in part])
        favoured[:, 0] -= FAVOUR[layer]
        breaks = np.tile(np.concatenate(([True], words.breaks)), len(ENTITY_KINDS))
        tags = viterbi(favoured, breaks=breaks, begin_cost=BEGIN_COST, sure=SURE - FAVOUR[layer])
        size = len(words.starts) + 1
        for first, last, _ in tags_to_spans(tags):
            number, at = divmod(first, size)
            span = _trimmed(document.text, words, at - 1, at - 1 + last - first)
            if span is not None:
                found.add((*span, ENTITY_KINDS[number]))
    found |= _listed(document.text, words, found)
    for start, end, kind in sorted(found):
        if kind == "place" and document.text[start:end].split()[-1].lower() in FACILITIES:
            found.add((start, end, "facility"))
    return [
        Mention(
            id=make_id("mention", document.id, kind, start, end),
            by=by,
            span=Span(document.id, start, end),
            kind=cast("MentionKind", kind),
        )
        for start, end, kind in sorted(found, key=lambda x: (x[0], -x[1], x[2]))
    ]


def _trimmed(text: str, words: Words, first: int, last: int) -> tuple[int, int] | None:
    """Cut signs and little words off the ends; None if nothing else is left."""
    while first < last and text[words.ends[last - 1] - 1] in _EDGES:
        last -= 1
    while first < last and text[words.starts[last - 1] : words.ends[last - 1]].lower() in _LITTLE:
        last -= 1
    while first < last and text[words.starts[first]] in _EDGES:
        first += 1
    if first == last:
        return None
    return int(words.starts[first]), int(words.ends[last - 1])


def _listed(text: str, words: Words, found: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """Demonyms, weapons and vehicles of the word lists where the encoder found none of the kind."""
    listed: set[tuple[int, int, str]] = set()
    covered = {(at, kind) for start, end, kind in found if kind in _LISTED for at in range(start, end)}
    pairs = list(zip(words.starts.tolist(), words.ends.tolist(), words.unmarked.tolist(), strict=True))
    for k, (start, end, unmarked) in enumerate(pairs):
        word = text[start:end]
        kind = _kind_of(word)
        if unmarked or kind is None or (start, kind) in covered:
            continue
        first = k
        while kind != "nationality" and first and text[slice(*pairs[first - 1][:2])].lower() in _MODIFIERS:
            first -= 1
        listed.add((pairs[first][0], end, kind))
    return listed


def _kind_of(word: str) -> str | None:
    lower = word.lower()
    if word[0].isupper() and (lower in _PEOPLES or (lower in COUNTRY_OF and not lower.endswith("s"))):
        return "nationality"
    return "weapon" if lower in _WEAPONS else "vehicle" if lower in _VEHICLES else None
