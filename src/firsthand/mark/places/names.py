"""The words of a text, what a gazetteer knows of them, and a name found among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.places import Gazetteer, Place
from firsthand.core.text import fold
from firsthand.mark.places.words import (
    FACILITIES,
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
        signs: Names of the features that hold, for the weights.
        inside: What the text says contains it ("Paris, Texas" → ("Texas",)), nearest first.
        kind_word: A word for its kind beside it ("province", "county", "airport"), or "".
        after: Number of the word that follows.
        base: Shorter name to resolve by if the gazetteer lacks the whole: "Kirkuk" of "Kirkuk Creek".
        score: Log-odds that it names a place.
        sure_area: It is of nothing but a sea, river, range or world region, and told like one.
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
    sure_area: bool = False


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
        return not first.islower() and not first.isdecimal()

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
            if not (self.capitalised(k) or self.folded[k] in SMALL_WORDS or self.texts[k].isdecimal()):
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


@dataclass(slots=True)
class Found:
    """A stretch of words that the gazetteer knows as a name: words [first, after), and what it is read as."""

    first: int
    after: int
    name: str
    country: str | None = None
    base: str | None = None
    sign: str = ""
    stop: int = 0
