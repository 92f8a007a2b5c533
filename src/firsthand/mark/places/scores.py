"""What the encoder says of names of places, put together with what the words around them say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from firsthand.core.records import Document
from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.places.names import Lookups, Toponym
from firsthand.mark.taggings import document_to_paragraphs, encoding_to_words, tags_to_spans, viterbi, word_scores

if TYPE_CHECKING:
    import numpy.typing as npt

    from firsthand.core.encodings import Encoding

SHARE = 0.5
"""Weight of the encoder's log-odds; the rest is the words'. Not fitted: the encoder was trained on the documents with
even ids, so only the odd ones could tell, and those are for reporting."""
MOST = 6.0
"""Log-odds beyond which the encoder is not believed more: it is sure of nearly everything, rightly or not."""
ALONE = 1.0
"""Log-odds from which the encoder is believed about a name that the gazetteer lacks."""


def weigh_by_encoding(toponyms: Sequence[Toponym], *, encoding: Encoding) -> None:
    """Mix the encoder's log-odds into the scores.

    Args:
        toponyms: In text order; their scores change.
        encoding: Of the same text.
    """
    odds = _log_odds(encoding)
    starts, ends = encoding.offsets[:, 0], encoding.offsets[:, 1]
    for toponym in toponyms:
        first = int(np.searchsorted(ends, toponym.start, side="right"))
        after = int(np.searchsorted(starts, toponym.end, side="left"))
        if first < after:
            toponym.score = (1 - SHARE) * toponym.score + SHARE * float(odds[first:after].mean())


def encoding_to_toponyms(
    document: Document, *, encoding: Encoding, known: Sequence[Toponym], lookups: Lookups
) -> list[Toponym]:
    """Names of places that only the encoder sees: not in the gazetteer, or with no sign of a place about them.

    Args:
        document: The document.
        encoding: Of its text.
        known: Found already; nothing that touches one of them is returned.
        lookups: To tell whether the gazetteer has them.
    Returns:
        In text order, without demonyms.
    """
    words = encoding_to_words(document, encoding=encoding, paragraphs=document_to_paragraphs(document))
    scores = word_scores(encoding.toponyms, words)
    taken = np.zeros(len(document.text) + 1, dtype=bool)
    for toponym in known:
        taken[toponym.start : toponym.end] = True
    found = []
    for first, after, _ in tags_to_spans(viterbi(scores, breaks=words.breaks)):
        start, end = int(words.starts[first]), int(words.ends[after - 1])
        text = document.text[start:end]
        odds = float(np.clip(-np.expm1(scores[first:after, 0]), 1e-9, 1.0).mean())
        score = float(np.log(odds / max(1e-9, 1.0 - odds)))
        demonym = text.lower() in COUNTRY_OF or text.split()[-1].lower() in COUNTRY_OF
        if score >= ALONE and not demonym and not taken[start:end].any() and any(c.isalpha() for c in text):
            found.append(Toponym(start, end, text, score=min(score, MOST)))
    return found


def _log_odds(encoding: Encoding) -> npt.NDArray[np.float64]:
    outside = encoding.toponyms[:, 0].astype(np.float64)
    inside = np.log(np.clip(-np.expm1(outside), 1e-9, 1.0))
    return np.asarray(np.clip(inside - outside, -MOST, MOST), dtype=np.float64)
