"""What the encoder says of names of places, put together with what the words around them say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from firsthand.core.encodings import ENTITY_KINDS
from firsthand.core.records import Document
from firsthand.mark import taggings
from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.places.names import SMALL_WORDS, Lookups, Toponym
from firsthand.mark.places.words import COMPASS, FEATURES, ORDINARY
from firsthand.mark.taggings import document_to_paragraphs, encoding_to_words, tags_to_spans, viterbi, word_scores

if TYPE_CHECKING:
    import numpy.typing as npt

    from firsthand.core.encodings import Encoding

SHARE = 0.5
"""Weight of the encoder's log-odds; the rest is the words'. Not fitted: the encoder was trained on the documents with
even ids, so only the odd ones could tell, and those are for reporting."""
MOST = 6.0
"""Log-odds beyond which the encoder is not believed more: it is sure of nearly everything, rightly or not."""
SEEN = 2.0
"""Log-odds from which the encoder's other head, that of entities, takes a name for a place and for nothing else; it is
then heard as well as the head of toponyms, which knows the two corpora that taught it too well."""
PLACE_SIGNS = frozenset({"abbreviation", "is country, one word", "after in", "after near", "after from", "after of"})
"""Of a name within a person's ("U.S. Ambassador Doe", "the bishop of Basra"), not of a surname."""
ALONE = 1.0
"""Log-odds from which the encoder is believed about a name that the gazetteer lacks."""


def weigh_by_encoding(toponyms: Sequence[Toponym], *, encoding: Encoding, upper: bool) -> None:
    """Mix the encoder's log-odds into the scores.

    Args:
        toponyms: In text order; their scores change.
        encoding: Of the same text.
        upper: The text is in capitals: there a surname looks like a town, and what the head of entities takes for a
            person's name is one. (In ordinary text it takes metonyms for people, "Paris said".)
    """
    odds = _log_odds(encoding.toponyms)
    place = _log_odds(encoding.entities[:, PLACE])
    person = _log_odds(encoding.entities[:, PERSON])
    rival = np.maximum(_log_odds(encoding.entities[:, ORGANISATION]), person)
    odds = np.where((place > SEEN) & (rival < -SEEN), np.maximum(odds, (odds + place) / 2), odds)
    starts, ends = encoding.offsets[:, 0], encoding.offsets[:, 1]
    for toponym in toponyms:
        first = bisect_right(ends, toponym.start)
        after = bisect_left(starts, toponym.end)
        if toponym.sure_area:  # the corpora that the encoder learned from leave most rivers and ranges unmarked
            continue
        if first < after:
            heard = float(odds[first:after].mean())
            named = float(person[first:after].mean())
            alone = " " not in toponym.name and not PLACE_SIGNS & set(toponym.signs)
            if upper and alone and named > SEEN and float(place[first:after].mean()) < 0:
                heard = min(heard, -named)
            toponym.score = (1 - SHARE) * toponym.score + SHARE * heard


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
    mentions: dict[str, list[int]] | None = None
    for first, after, _ in tags_to_spans(viterbi(scores, breaks=words.breaks)):
        start, end = int(words.starts[first]), int(words.ends[after - 1])
        text = document.text[start:end]
        odds = float(np.clip(-np.expm1(scores[first:after, 0]), 1e-9, 1.0).mean())
        score = float(np.log(odds / max(1e-9, 1.0 - odds)))
        if score < ALONE or taken[start:end].any() or not _may_be_a_name(text):
            continue
        if not lookups.candidates(text):
            if text.split()[0].lower() in COUNTRY_OF:  # "Iraqi Security"
                continue
            if mentions is None:
                mentions = _mentions(document.text, words)
            starts = [
                at
                for at in mentions[document.text[start : int(words.ends[first])]]
                if document.text.startswith(text, at)
            ]
            if _is_another_kind(text, start, starts=starts, encoding=encoding):
                continue
        found.append(Toponym(start, end, text, score=min(score, MOST)))
    return found


def _may_be_a_name(text: str) -> bool:
    """Not a demonym, and something besides articles, compass points, words for kinds and ordinary words."""
    words = text.lower().split()
    said = {*SMALL_WORDS, *COMPASS, *FEATURES, *ORDINARY, "capital", "area"}
    telling = any(c.isalpha() for c in text) and any(word not in said and len(word) > 1 for word in words)
    return telling and words[-1] not in COUNTRY_OF


def _mentions(text: str, words: taggings.Words) -> dict[str, list[int]]:
    """Where each word of a text begins, at most MOST_MENTIONS times."""
    mentions: dict[str, list[int]] = defaultdict(list)
    for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True):
        if len(mentions[text[start:end]]) < MOST_MENTIONS:
            mentions[text[start:end]].append(start)
    return mentions


def _is_another_kind(name: str, start: int, *, starts: Sequence[int], encoding: Encoding) -> bool:
    """Whether the encoder takes the name for an organisation's or people's rather, or elsewhere for a person's."""
    kinds = _kinds_at(encoding, start, start + len(name))
    if max(kinds[ORGANISATION], kinds[NATIONALITY]) > kinds[PLACE]:
        return True
    persons = sum(bool(_kinds_at(encoding, at, at + len(name))[PERSON] > 0.5) for at in starts)
    return persons > 0 and 2 * persons >= len(starts)


PERSON, ORGANISATION, NATIONALITY, PLACE = (
    ENTITY_KINDS.index(kind) for kind in ("person", "organisation", "nationality", "place")
)
MOST_MENTIONS = 20
"""Of a name that are looked at: the cost stays in proportion to the text."""


def _kinds_at(encoding: Encoding, start: int, end: int) -> npt.NDArray[np.float64]:
    """Probability of each kind of entity over a stretch of text, 0–1; zeros where there is no word piece."""
    first = bisect_right(encoding.offsets[:, 1], start)  # numpy would copy the column at each call
    after = bisect_left(encoding.offsets[:, 0], end)
    if first >= after:
        return np.zeros(len(ENTITY_KINDS))
    return np.asarray(-np.expm1(encoding.entities[first:after, :, 0].astype(np.float64)).mean(axis=0))


def _log_odds(tags: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Of being inside against outside, [n] from log-probabilities over (O, B, I)."""
    outside = tags[:, 0].astype(np.float64)
    inside = np.log(np.clip(-np.expm1(outside), 1e-9, 1.0))
    return np.asarray(np.clip(inside - outside, -MOST, MOST), dtype=np.float64)
