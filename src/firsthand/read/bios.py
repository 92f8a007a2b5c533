"""Who the author is: the paragraphs about a page's writer that stand at its end."""

from __future__ import annotations

import re

from firsthand.core.text import fold
from firsthand.read.phrases import any_of

_NAME = r"(?P<name>[A-ZÀ-Þ][\w’'.-]*(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*|de|da|del|der|van|von|al|bin|ibn|la|el|y|e)){1,4})"
_TRADE = any_of(
    *"journalist reporter writer author correspondent editor columnist contributor blogger".split(),
    *"broadcaster photojournalist photographer historian analyst researcher professor lecturer".split(),
    *"scholar fellow academic novelist essayist publisher producer commentator director lawyer".split(),
    *"attorney activist economist diplomat officer veteran specialist expert student teacher".split(),
    *"consultant co-?founder founder presenter filmmaker freelancer? staffer intern translator".split(),
    *"poet advis[eo]r".split(),
)
_WORKS = any_of(
    "covers",
    "writes (?:about|for|on|from)",
    "reports (?:on|from|for)",
    "teaches",
    "blogs",
    "edits",
    "is based",
    "can be (?:reached|found|followed)",
    "tweets",
    "is (?:the )?author",
)
_DOES = any_of(
    "is",
    "was",
    "has",
    "writes",
    "covers",
    "reports",
    "teaches",
    "lives",
    "works",
    "worked",
    "served",
    "spent",
    "holds",
    "edits",
    "blogs",
    "tweets",
    "can be",
)
_ABOUT_WORK = any_of(
    "books?",
    "author",
    "writes?",
    "wrote",
    "written",
    "work",
    "articles?",
    "covers?",
    "reports?",
    "teaches",
    "edits",
    "lives",
    "based",
    "degree",
    "award",
    "prize",
    "twitter",
    "follow",
    "e-?mail",
    "website",
    "blog",
)
_STARTS = (
    re.compile(
        rf"^{_NAME}\s*(?:\([^)]{{1,60}}\)\s*)?,?\s+(?:is|was|has\s+been)\s+(?:currently\s+|now\s+)?"
        rf"(?:[^.\s]+\s+){{0,10}}?{_TRADE}s?\b"
    ),
    re.compile(rf"^{_NAME},?\s+an?\s+(?:[^.\s,]+\s+){{0,6}}?{_TRADE}\b[^.]{{0,80}}?,\s+{_DOES}\b"),
    re.compile(rf"^{_NAME}\s+{_WORKS}\b"),
)
_OF_KNOWN = re.compile(rf"^\s*(?:\([^)]{{1,60}}\)\s*)?,?\s+{_DOES}\b", re.IGNORECASE)
_GOES_ON = re.compile(
    rf"^(?:(?:he|she|they|his|her|their)\b.{{0,200}}\b(?:{_ABOUT_WORK}|{_TRADE})\b"
    r"|(?:follow|contact|e-?mail|reach|write\s+to|read\s+more\s+(?:by|from)|more\s+by)\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:about\s+(?:the\s+)?(?:authors?|writers?|contributors?)|author\s+bio(?:graphy)?|(?:the\s+)?authors?)\s*:?$",
    re.IGNORECASE,
)
_LONGEST = 900


def is_bio_heading(words: str) -> bool:
    """Whether a line announces words about the author."""
    return len(words) < 60 and bool(_HEADING.match(words))


def is_bio(words: str, *, authors: str, before: str) -> bool:
    """Whether a paragraph at the end of a text is about its writer.

    A paragraph about somebody who is no known author counts only if it names a trade and that name has not been
    mentioned before: whom a report is about is named above its last lines, who wrote it is not.

    Args:
        words: The paragraph.
        authors: All that is known of who wrote the text (byline, credits), in one string.
        before: The text above it, byline and credit lines left out.

    >>> is_bio("Ana Lindqvist is a freelance reporter in Varda.", authors="", before="Three rockets hit a depot.")
    True
    >>> is_bio("Ana Lindqvist is a freelance reporter in Varda.", authors="", before="Police held Ana Lindqvist.")
    False
    """
    if len(words) > _LONGEST:
        return False
    for name in re.split(r",|;|\band\b|&|/", authors):
        name = " ".join(name.split())
        if (
            len(name) >= 5
            and " " in name
            and words.lower().startswith(name.lower())
            and _OF_KNOWN.match(words[len(name) :])
        ):
            return True
    for pattern in _STARTS:
        if match := pattern.match(words):
            surname = match["name"].split()[-1]
            return surname not in before and not _reports(words)
    return False


def goes_on_about(words: str) -> bool:
    """Whether a paragraph goes on about the writer whom the one above it introduced."""
    return len(words) <= _LONGEST and bool(_GOES_ON.match(words))


def _reports(words: str) -> bool:
    """Whether a paragraph reports something: quotation, or somebody said."""
    folded = f" {fold(words)} "
    return "“" in words or any(f" {cue} " in folded for cue in ("said", "told", "killed", "arrested", "police"))
