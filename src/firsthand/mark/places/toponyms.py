"""Where a document names places: every name that the gazetteer knows, weighed by what stands around it.

A name is a place's name if the words about it say so ("in Paris", "Paris, Texas", "Paris, the capital of") rather than
somebody's ("Paris Hilton", "Mr. Lebanon") or an ordinary word ("Reading the report"). Each sign is one feature with one
weight; the weights are fitted (weights.py says on what and how) and summed to the log-odds that it is a place.
"""

from __future__ import annotations

from collections import defaultdict

from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.places.names import SMALL_WORDS, UPPER_NEVER_FIRST, Found, Lookups, Toponym, Words
from firsthand.mark.places.signs import may_contain, signs_after, signs_before, signs_of_document, signs_of_name
from firsthand.mark.places.words import (
    ABBREVIATIONS,
    ARTICLES,
    COMPASS,
    FEATURES,
    FIRST_NAMES,
    NATURE,
    ORDINARY,
    SAYING,
    TITLES,
)


def find_toponyms(words: Words, *, lookups: Lookups) -> list[Toponym]:
    """All names of the gazetteer in a text, with the signs for and against each.

    Args:
        words: Of the text.
        lookups: What the gazetteer knows.
    Returns:
        In text order, not overlapping; scores not yet set.
    """
    spans = _spans(words, lookups=lookups)
    lower = {w for w, t in zip(words.folded, words.texts, strict=True) if t[0].islower()}
    followers = {span.first: span for span in spans}
    toponyms: list[Toponym] = []
    for span in spans:
        i, j = span.first, span.after
        toponym = Toponym(
            words.starts[i], words.ends[j - 1] + span.stop, span.name, span.country, after=j, base=span.base
        )
        signs_of_name(words, span, toponym=toponym, lower=lower, places=lookups.candidates(span.name))
        signs_before(words, i, toponym)
        signs_after(words, j, toponym)
        follower = followers.get(j)
        beside = follower is not None and words.gaps[j].strip() in (",", "(", ", (")
        if beside and follower is not None and may_contain(lookups, follower.name, follower.country):
            toponym.inside = (follower.name,)
            toponym.signs.append("container follows")
        if toponyms and toponyms[-1].inside and toponyms[-1].inside[0] == span.name and toponyms[-1].after == i:
            toponym.signs.append("contains the name before")
        toponyms.append(toponym)
    signs_of_document(toponyms)
    return toponyms


def find_nationalities(words: Words) -> dict[str, int]:
    """How often each country's people or things are named.

    Returns:
        ISO 3166-1 alpha-2 → times.
    """
    counts: dict[str, int] = defaultdict(int)
    for i, word in enumerate(words.folded):
        if word in COUNTRY_OF and words.capitalised(i):
            counts[COUNTRY_OF[word]] += 1
    return dict(counts)


def _spans(words: Words, *, lookups: Lookups) -> list[Found]:
    spans: list[Found] = []
    i, n = 0, len(words.texts)
    while i < n:
        span = _span_at(words, i, lookups=lookups)
        if span is not None:
            spans.append(span)
        i = span.after if span is not None else i + 1
    return spans


def _span_at(words: Words, i: int, *, lookups: Lookups) -> Found | None:
    text, folded = words.texts[i], words.folded[i]
    if not words.capitalised(i):
        if folded not in ARTICLES or not words.joined(i + 1) or not words.capitalised(i + 1):
            return None
        run = words.run(i)
        length = lookups.longest(run)
        return Found(i, i + length, " ".join(run[:length])) if length > 1 else None
    if folded in COUNTRY_OF:
        return None
    abbreviation = _abbreviation_at(words, i)
    if abbreviation is not None:
        return abbreviation
    run = words.run(i)
    length = lookups.longest(run)
    if words.upper and (folded in SAYING or folded in UPPER_NEVER_FIRST or (folded in ORDINARY and length < 2)):
        return None
    while length > 1 and words.folded[i + length - 1] in SMALL_WORDS:  # "Basra and" is no longer name than "Basra"
        length = lookups.longest(run[: length - 1])
    if folded == "the" and length and lookups.longest(run[1:]) >= length:
        return None  # "The Gulf of Mexico" is more than "The Gulf"
    if length == 1 and (len(text) < 3 or folded in NEVER_ALONE):
        length = 0
    if words.upper and length == 2 and folded in COMPASS and words.folded[i + 1] in FEATURES | {"area", "zone"}:
        length = 0  # "IN THE WESTERN AREA"
    longer = _unknown_at(words, i, run=run, known=length, lookups=lookups)
    if longer is not None:
        return longer
    return Found(i, i + length, " ".join(run[:length])) if length else None


NEVER_ALONE = SMALL_WORDS | FEATURES | COMPASS | {"san", "santa", "santo", "sao", "saint", "new"}


def _abbreviation_at(words: Words, i: int) -> Found | None:
    text = words.texts[i]
    following = words.gaps[i + 1] if i + 1 < len(words.gaps) else ""
    dotted = text if text.endswith(".") else f"{text}." if following.startswith(".") else text
    after_comma = i > 0 and words.gaps[i].strip() in (",", "-", "–")
    known = dotted in ABBREVIATIONS and ("." in dotted[:-1] or (dotted.endswith(".") and after_comma))
    if not known and text in ABBREVIATIONS:
        dotted = text
        known = len(text) > 2 or text == "UK" or (not words.upper and (text == "US" or after_comma))
    if not known:
        return None
    name, country = ABBREVIATIONS[dotted]
    stop = 1 if dotted.endswith(".") and not text.endswith(".") else 0
    return Found(i, i + 1, name, country or None, sign="abbreviation", stop=stop)


def _unknown_at(words: Words, i: int, *, run: list[str], known: int, lookups: Lookups) -> Found | None:
    """A name that the gazetteer lacks but that the words beside it say is a place's."""
    if words.upper or words.folded[i] in FIRST_NAMES or words.folded[i] in TITLES or words.folded[i] in FEATURES:
        return None
    after = i + 1
    while after - i < 4 and words.joined(after) and words.capitalised(after):
        after += 1
    if after - i <= known:
        return None
    last = words.folded[after - 1]
    name = " ".join(words.texts[i:after])
    base = " ".join(run[:known]) if known else None
    if after - i > 1 and last in NATURE:
        return Found(i, after, name, base=base, sign="kind in the name")
    if known or words.folded[i] in ORDINARY or after - i > 3:
        return None
    of_kind = i > 1 and words.folded[i - 1] == "of" and words.folded[i - 2] in FEATURES and words.gaps[i] == " "
    contained = after < len(words.texts) and words.gaps[after] == ", " and _contains(words, after, lookups=lookups)
    if of_kind or contained:
        return Found(i, after, name, sign="contained, not known" if contained else "of its kind, not known")
    return None


def _contains(words: Words, i: int, *, lookups: Lookups) -> bool:
    if not words.capitalised(i):
        return False
    if _abbreviation_at(words, i) is not None:
        return True
    run = words.run(i)
    length = lookups.longest(run)
    return length > 0 and may_contain(lookups, " ".join(run[:length]), None)
