"""Where a document names places: every name that the gazetteer knows, weighed by what stands around it.

A name is a place's name if the words about it say so ("in Paris", "Paris, Texas", "Paris, the capital of") rather than
somebody's ("Paris Hilton", "Mr. Lebanon") or an ordinary word ("Reading the report"). Each sign is one feature with one
weight; the weights are fitted (place_weights.py says on what and how) and summed to the log-odds that it is a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.places import Gazetteer, Place
from firsthand.core.text import fold
from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.toponym_words import (
    ABBREVIATIONS,
    ARTICLES,
    BEFORE,
    COURTESIES,
    FACILITIES,
    FEATURES,
    FIRST_NAMES,
    NATURE,
    NEWSPAPERS,
    ORDINARY,
    ORGANISATION,
    PARTICLES,
    PLACES_AND_PEOPLE,
    SAYING,
    STREETS,
    TITLES,
)

WORD = re.compile(r"(?:[A-Z]\.){2,}|W\.Va\.|[^\W_]+(?:[’'ʼ‘][^\W\d_]+)*")
JOINTS = frozenset(("", "-", "‑", ". "))
"""What may stand between two words of one name besides white space; the full stop after St., Mt., Ft. only."""
SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "n": "north", "s": "south", "pt": "point"}
SMALL_WORDS = frozenset(
    "de del la las los le les el al of the upon on and y e du des da do dos di am an der ez ed".split()
)
UPPER_NEVER_FIRST = SMALL_WORDS - {"el", "la", "las", "los", "al"}
LONGEST = 7
"""Words in the longest name looked for; three names of the gazetteer's 420,000 that are used in English have more."""


@dataclass(slots=True)
class Toponym:
    """A stretch of text that may name a place.

    Attributes:
        start: Code point offset.
        end: Past the last.
        name: To look up.
        country: ISO code if the spelling settles it ("Calif."), else None.
        signs: Names of the features that hold, for place_weights.
        inside: What the text says contains it ("Paris, Texas" → ("Texas",)), nearest first.
        kind_word: A word for its kind beside it ("province", "county", "airport"), or "".
        after: Number of the word that follows.
        base: Shorter name to resolve by if the gazetteer lacks the whole: "Kirkuk" of "Kirkuk Creek".
        score: Log-odds that it names a place.
    """

    start: int
    end: int
    name: str
    country: str | None = None
    signs: list[str] = field(default_factory=list)
    inside: tuple[str, ...] = ()
    kind_word: str = ""
    after: int = 0
    base: str | None = None
    score: float = 0.0


class Lookups:
    """A gazetteer's answers, kept for one document."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Remember nothing yet."""
        self._gazetteer = gazetteer
        self._candidates: dict[str, tuple[Place, ...]] = {}
        self._longest: dict[tuple[str, ...], int] = {}

    def candidates(self, name: str) -> tuple[Place, ...]:
        """All entries of a name in the gazetteer's order; for "St. Louis" those of "Saint Louis" too."""
        if name not in self._candidates:
            found = {place.id: place for place in self._gazetteer.candidates(name)}
            first, _, rest = fold(name).partition(" ")
            if rest and first in SHORTENED:
                found |= {place.id: place for place in self._gazetteer.candidates(f"{SHORTENED[first]} {rest}")}
            self._candidates[name] = tuple(found.values())
        return self._candidates[name]

    def longest(self, words: Sequence[str]) -> int:
        """How many of the leading words form a name."""
        key = tuple(words)
        if key not in self._longest:
            best = self._gazetteer.longest(words)
            first = fold(words[0])
            if len(words) > 1 and first in SHORTENED:
                best = max(best, self._gazetteer.longest([SHORTENED[first], *words[1:]]))
            self._longest[key] = best
        return self._longest[key]


@dataclass(slots=True)
class Words:
    """A document's words, side by side: offsets, text, folded text, and what stands before each."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    folded: list[str]
    gaps: list[str]
    upper: bool

    def capitalised(self, i: int) -> bool:
        """Whether word i begins with anything but a lower-case letter or a digit."""
        first = self.texts[i][0]
        return not first.islower() and not first.isdigit()

    def joined(self, i: int) -> bool:
        """Whether word i may belong to the same name as the word before it."""
        if i >= len(self.texts):
            return False
        gap = self.gaps[i]
        if gap.isspace():
            return gap.count("\n") < 2  # wrapped lines are indented in some wire copy
        return gap in JOINTS and (gap != ". " or self.folded[i - 1] in SHORTENED)

    def run(self, i: int) -> list[str]:
        """Word i and those after it that may belong to the same name; a word for a facility may end it."""
        run = [self.texts[i]]
        for k in range(i + 1, min(i + LONGEST, len(self.texts))):
            if not self.joined(k):
                break
            if self.folded[k] in FACILITIES:
                run.append(self.texts[k])
                continue
            if not (self.capitalised(k) or self.folded[k] in SMALL_WORDS or self.texts[k].isdigit()):
                break
            run.append(self.texts[k])
        return run

    def sentence_start(self, i: int) -> bool:
        """Whether word i follows nothing, a line break or the end of a sentence."""
        gap = self.gaps[i]
        return i == 0 or "\n" in gap or any(c in gap for c in '.!?:“"')


def text_to_words(text: str) -> Words:
    """Split a text into words.

    Args:
        text: Any.
    Returns:
        Words in text order; `upper` if hardly any letter is lower-case, as in wire copy.
    """
    starts, ends, texts, folded, gaps = [], [], [], [], []
    last = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if word[-2:] in ("'s", "’s", "'S", "’S") and len(word) > 2:
            word, end = word[:-2], end - 2
        starts.append(start)
        ends.append(end)
        texts.append(word)
        folded.append(word.lower())
        gaps.append(text[last:start][:40])
        last = end
    # words, not letters: a wire's "[Text]" and its lower-case credits do not make upper-case copy ordinary text
    upper = sum(map(str.isupper, texts))
    lower = sum(map(str.islower, texts))
    return Words(starts, ends, texts, folded, gaps, upper=lower < 0.1 * upper)


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
        _signs_of_name(words, span, toponym=toponym, lower=lower, places=lookups.candidates(span.name))
        _signs_before(words, i, toponym)
        _signs_after(words, j, toponym)
        follower = followers.get(j)
        beside = follower is not None and words.gaps[j].strip() in (",", "(", ", (")
        if beside and follower is not None and _may_contain(lookups, follower.name, follower.country):
            toponym.inside = (follower.name,)
            toponym.signs.append("container follows")
        if toponyms and toponyms[-1].inside and toponyms[-1].inside[0] == span.name and toponyms[-1].after == i:
            toponym.signs.append("contains the name before")
        toponyms.append(toponym)
    _signs_of_document(toponyms)
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


@dataclass(slots=True)
class _Found:
    first: int
    after: int
    name: str
    country: str | None = None
    base: str | None = None
    sign: str = ""
    stop: int = 0


def _spans(words: Words, *, lookups: Lookups) -> list[_Found]:
    spans: list[_Found] = []
    i, n = 0, len(words.texts)
    while i < n:
        span = _span_at(words, i, lookups=lookups)
        if span is not None:
            spans.append(span)
        i = span.after if span is not None else i + 1
    return spans


def _span_at(words: Words, i: int, *, lookups: Lookups) -> _Found | None:
    text, folded = words.texts[i], words.folded[i]
    if not words.capitalised(i):
        if folded not in ARTICLES or not words.joined(i + 1) or not words.capitalised(i + 1):
            return None
        run = words.run(i)
        length = lookups.longest(run)
        return _Found(i, i + length, " ".join(run[:length])) if length > 1 else None
    if folded in COUNTRY_OF:
        return None
    abbreviation = _abbreviation_at(words, i)
    if abbreviation is not None:
        return abbreviation
    if words.upper and (folded in ORDINARY or folded in SAYING or folded in UPPER_NEVER_FIRST):
        return None
    run = words.run(i)
    length = lookups.longest(run)
    while length > 1 and words.folded[i + length - 1] in SMALL_WORDS:  # "Basra and" is no longer name than "Basra"
        length = lookups.longest(run[: length - 1])
    if length == 1 and (len(text) < 3 or folded in SMALL_WORDS or folded in FEATURES):
        length = 0
    longer = _unknown_at(words, i, run=run, known=length, lookups=lookups)
    if longer is not None:
        return longer
    return _Found(i, i + length, " ".join(run[:length])) if length else None


def _abbreviation_at(words: Words, i: int) -> _Found | None:
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
    return _Found(i, i + 1, name, country or None, sign="abbreviation", stop=stop)


def _unknown_at(words: Words, i: int, *, run: list[str], known: int, lookups: Lookups) -> _Found | None:
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
        return _Found(i, after, name, base=base, sign="kind in the name")
    if known or words.folded[i] in ORDINARY or after - i > 3:
        return None
    of_kind = i > 1 and words.folded[i - 1] == "of" and words.folded[i - 2] in FEATURES and words.gaps[i] == " "
    contained = after < len(words.texts) and words.gaps[after] == ", " and _contains(words, after, lookups=lookups)
    if of_kind or contained:
        return _Found(i, after, name, sign="contained, not known" if contained else "of its kind, not known")
    return None


def _contains(words: Words, i: int, *, lookups: Lookups) -> bool:
    if not words.capitalised(i):
        return False
    if _abbreviation_at(words, i) is not None:
        return True
    run = words.run(i)
    length = lookups.longest(run)
    return length > 0 and _may_contain(lookups, " ".join(run[:length]), None)


def _signs_of_name(words: Words, span: _Found, *, toponym: Toponym, lower: set[str], places: tuple[Place, ...]) -> None:
    signs, i, j = toponym.signs, span.first, span.after
    if span.sign:
        signs.append(span.sign)
    if j - i > 1:
        signs.append("several words")
    elif words.folded[i] in ORDINARY:
        signs.append("ordinary word")
    if j - i == 1 and words.folded[i] in FIRST_NAMES:
        signs.append("first name")
    if j - i == 1 and words.folded[i] in lower:
        signs.append("lower case elsewhere")
    if not words.upper and words.texts[i].isupper() and len(words.texts[i]) > 2:
        signs.append("capitals")
    if places:
        signs.append(f"is {size_of(places)}" + (", one word" if j - i == 1 else ""))


def size_of(places: Sequence[Place]) -> str:
    """How large the largest place of a name is, in words."""
    precisions = {place.precision for place in places}
    largest = max((place.population for place in places if place.precision == "town"), default=0)
    if "country" in precisions:
        return "country"
    if any(p.precision == "region" and p.feature != "ADM1" for p in places):
        return "area"
    if any(p.feature == "ADM1" for p in places) and any(
        p.feature == "ADM1" and fold(p.name) == fold(places[0].name) and p.population > 300_000 for p in places
    ):
        return "large region"
    if largest >= 1_000_000:
        return "city"
    if largest >= 100_000:
        return "large town"
    if "region" in precisions:
        return "region"
    if largest >= 15_000:
        return "town"
    return "district" if "district" in precisions else "site" if precisions <= {"site"} else "village"


def _signs_before(words: Words, i: int, toponym: Toponym) -> None:
    signs = toponym.signs
    gap = words.gaps[i]
    if words.sentence_start(i):
        signs.append("line start" if i == 0 or "\n" in gap else "sentence start")
    if i == 0:
        return
    before = words.folded[i - 1]
    near = gap.strip(" \n") == ""
    if near and before in ("in", "near", "at", "from", "outside", "throughout", "around"):
        signs.append(f"after {before}" if before in ("in", "at", "from") else "after near")
    elif near and before in BEFORE:
        organisation = before == "of" and i > 1 and words.folded[i - 2] in ORGANISATION
        signs.append(
            "organisation of"
            if organisation
            else "after of"
            if before == "of"
            else "after to"
            if before == "to"
            else "after preposition"
        )
    elif near and before == "the":
        signs.append("after The" if words.capitalised(i - 1) and not words.upper else "after the")
    elif near and before in ("and", "or"):
        signs.append("after and")
    elif (near or gap.startswith(".")) and before in TITLES:
        signs.append("after Mr" if before in COURTESIES else "after title")
    elif near and before in FIRST_NAMES and words.capitalised(i - 1):
        signs.append("after first name")
    elif near and before in PARTICLES:
        signs.append("after particle")
    elif near and words.capitalised(i - 1) and not words.upper:
        initial = len(before) == 1
        signs.append(
            "after initial" if initial else "after capital at start" if words.sentence_start(i - 1) else "after capital"
        )
    elif gap == ". " and len(before) == 1 and words.capitalised(i - 1):
        signs.append("after initial")
    elif gap == ", ":
        signs.append("after comma")
    elif gap in ("-", "–", "/"):
        signs.append("after hyphen")
    if near and before == "of" and i > 1 and words.folded[i - 2] in FEATURES:
        toponym.kind_word = words.folded[i - 2]
        signs.append("kind before")
    elif near and before in FEATURES and words.capitalised(i - 1):
        toponym.kind_word = before


def _signs_after(words: Words, j: int, toponym: Toponym) -> None:
    signs = toponym.signs
    if j >= len(words.texts):
        signs.append("last")
        return
    gap, after = words.gaps[j], words.folded[j]
    possessive = gap[:2] in ("'s", "’s", "'S", "’S")
    if possessive:
        signs.append("possessive")
        gap = gap[2:]
    near = gap.strip(" \n") == ""
    if near and after in STREETS and words.capitalised(j):
        signs.append("before street")
    elif near and after in FEATURES:
        toponym.kind_word = toponym.kind_word or after
        signs.append("kind after" if words.capitalised(j) else "kind after, lower case")
    elif near and after in NEWSPAPERS and words.capitalised(j):
        signs.append("before newspaper")
    elif near and after in ORGANISATION:
        signs.append("before organisation" if words.capitalised(j) else "before organisation, lower case")
    elif near and after in SAYING:
        signs.append("before said")
    elif near and words.capitalised(j) and not words.upper:
        signs.append("before surname" if _is_given_name(toponym) else "before capital")
    elif near:
        signs.append("before word")
    elif gap[:1] == ",":
        signs.append("before comma")
    elif gap in ("-", "–"):
        signs.append("before hyphen")
    elif gap[:1] in ".!?;":
        signs.append("before stop")
    elif gap.strip()[:1] in ("—", "–", "-", "(", "_"):
        signs.append("before dash")


def _is_given_name(toponym: Toponym) -> bool:
    return toponym.name.lower() in PLACES_AND_PEOPLE


def _may_contain(lookups: Lookups, name: str, country: str | None) -> bool:
    return country is not None or any(p.precision in ("country", "region") for p in lookups.candidates(name)[:6])


def _signs_of_document(toponyms: list[Toponym]) -> None:
    """What other mentions of the same name say: one sense per document."""
    by_name: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        by_name[fold(toponym.name)].append(toponym)
    for same in by_name.values():
        place = sum(bool({"after in", "after near", "container follows", "kind before"} & set(t.signs)) for t in same)
        person = sum(bool({"after first name", "after title", "after initial"} & set(t.signs)) for t in same)
        if person and person >= place:
            sign = "person elsewhere"
        elif place:
            sign = "place elsewhere" if len(same) > 1 else ""
        else:
            sign = "repeated" if len(same) > 1 else ""
        if sign:
            for toponym in same:
                toponym.signs.append(sign)
