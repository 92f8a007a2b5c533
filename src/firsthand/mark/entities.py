"""An Encoding → the persons, organisations, nationalities, places, facilities, weapons and vehicles it shows.

Each kind is tagged by itself, so a nationality may stand inside an organisation, and each has a second layer for
spans inside a span of their own kind ("Security Council" in "UN Security Council").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from firsthand.core.encodings import ENTITY_KINDS
from firsthand.core.ids import make_id
from firsthand.core.records import Mention, Span
from firsthand.mark.taggings import (
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
BEGIN_COST = dict.fromkeys(ENTITY_KINDS, 0.0)
"""Log-odds by which a span of this kind must win over none."""
INNER_COST = 0.0
FACILITIES = frozenset(
    "airport airfield airstrip bank barracks base bridge building camp cathedral chapel checkpoint church clinic "
    "compound consulate dam depot embassy factory facility garrison headquarters hospital hotel jail market mine "
    "mosque office offices palace pipeline plant port post prison refinery residence restaurant school stadium "
    "station supermarket temple terminal tower university warehouse".split()
)
"""Head nouns that make a place a facility too. No corpus at hand marks facilities as a kind of their own: re3d has them
among its locations, so both mentions are given."""


def encoding_to_entities(document: Document, *, encoding: Encoding, by: str = BY) -> list[Mention]:
    """Find what the encoder takes for names and descriptions of things.

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
        for k, kind in enumerate(ENTITY_KINDS):
            cost = BEGIN_COST[kind] + layer * INNER_COST
            tags = viterbi(word_scores(scores[:, k], words), breaks=words.breaks, begin_cost=(cost,))
            for first, last, _ in tags_to_spans(tags):
                found.add((int(words.starts[first]), int(words.ends[last - 1]), kind))
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
