"""Lines that name whose text it was first: republication notices, wire signatures, reporting credits, hat tips.

Each rule looks at one line that stands near the beginning or the end of a text. Nothing here knows any outlet's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from firsthand.read.phrases import any_of


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_QUOTED = r"[“\"‘'«„][^”\"»“]{3,250}[”\"’'»]\s*[,:;]?\s+"
_NO_OUTLET = any_of(
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?", "(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    "an?", "its", "his", "her", "their",
)  # fmt: skip
_OUTLET = rf"(?!{_NO_OUTLET}\b|\d)"
"""What follows "published in" is an outlet unless it is a date or a thing without a name."""
_AUTHOR = r"(?P<author>[^,;|(]{2,80}?)\s*,?"
_RUN = any_of(
    "published",
    "posted",
    "appeared",
    "printed",
    "run",
    "ran",
    "aired",
    "carried",
    "released",
    "issued",
    "reported",
    "written",
    "produced",
    "featured",
)
_AGAIN = any_of(
    "re-?published",
    "re-?printed",
    "re-?posted",
    "reproduced",
    "cross-?posted",
    "syndicated",
    "excerpted",
    "adapted",
    "translated",
)
_FIRST = any_of("originally", "first", "previously", "initially", "also", "already")
_WORK = any_of(
    "article",
    "story",
    "piece",
    "post",
    "report",
    "essay",
    "column",
    "op-?ed",
    "commentary",
    "analysis",
    "dispatch",
    "interview",
    "item",
    "text",
    "investigation",
    "feature",
    "content",
    "video",
    "page",
    "material",
    "work",
    "excerpt",
)
_BY_AT = r"(?:by|in|on|at|via|from|with)\s+"

_INTRODUCED = (
    *_rules(
        rf"^(?:{_QUOTED})?(?:(?:op-?ed|article|commentary)\s+)?(?:authored|written|submitted|penned|posted)\s+by\s+{_AUTHOR}"
        r"\s+(?:via|of|for|at|from|in)\s+\S",
        rf"^by\s+{_AUTHOR}\s+(?:(?:originally|first)\s+(?:published|posted|appeared)\s+(?:by|in|on|at)|via)\s+\S",
    ),
    re.compile(rf"^(?:{_QUOTED})(?:[Bb]y\s+{_AUTHOR}\s+)?(?:via|from|in)\s+(?:[Tt]he\s+)?[A-Z]"),
    re.compile(r"^(?:[Vv]ia|VIA)[:\s]\s*(?:[Tt]he\s+)?[A-Z][^.!?;,]{1,60}[.:…]{0,3}$"),
)
"""Introduce the piece that follows: what stands above them is the republisher's."""

_REPUBLISHED = _rules(
    rf"\bthis\s+(?:\w+\s+)?{_WORK}(?:\s+by\s+[^,.;]{{2,60}})?,?\s+(?:(?:was|is|has\s+been|had\s+been)\s+)?(?:{_FIRST}\s+)?{_RUN}"
    rf"\s+(?:(?:here|online)\s+)?{_BY_AT}{_OUTLET}",
    rf"\bthis\s+(?:\w+\s+)?{_WORK},?\s+(?:was|is|has\s+been)\s+(?:being\s+)?(?:{_AGAIN}|distributed|provided|supplied)\b",
    rf"\b(?:the|an?)\s+(?:\w+\s+)?{_WORK}(?:\s+\w+){{0,2}}\s+{_FIRST}\s+{_RUN}\s+(?:by|in|on|at)\s+{_OUTLET}.{{0,80}}"
    rf"(?:\b{_AGAIN}\b|\bpermission\b|\blicen[cs]e)",
    rf"\bversion\s+of\s+this\s+{_WORK}\s+(?:was\s+)?(?:{_FIRST}\s+)?{_RUN}\s+(?:by|in|on|at)\s+{_OUTLET}",
    rf"^(?:{_QUOTED})(?:was\s+)?{_FIRST}\s+{_RUN}\s+(?:by|in|on|at)\s+{_OUTLET}",
    rf"^{_AGAIN}(?:\s+here)?(?:\s+with\s+(?:the\s+)?(?:kind\s+)?permission)?(?:\s+(?:from|of|by|at|courtesy)\b|\s*:)",
    rf"^{_FIRST}\s+{_RUN}(?:\s+(?:here|online))?\s+(?:by|in|on|at|via)\s+{_OUTLET}",
    rf"^(?:see|read|view|find)\s+the\s+original(?:\s+{_WORK})?\b(?!\s*$)",
    rf"^(?:the\s+)?original(?:\s+{_WORK})?\s*(?::|(?:is|was|can\s+be\s+\w+)\s+(?:at|by|on|in)\b)\s*\S",
    r"^(?:original\s+source|source|credits?|courtesy(?:\s+of)?)\s*[:–—]\s*(?!photo|image|picture)\S",
    r"^from\s+[^.,;:!?]{2,80}(?:\s+(?:at|in|of)\s+[^.,;:!?]{2,60})?:$",
    r"^(?:h/t|hat[- ]tip)\b\s*(?:to\b)?\s*[:/–—]*\s*\S",
    rf"\bthis\s+{_WORK}\s+(?:comes|is\s+brought)\s+(?:to\s+\w+\s+)?(?:from|courtesy|by|via)\b",
)
"""Name the outlet that had the text first, wherever the text stands."""

_REPORTING = (
    *_rules(
        r"^[(\[—–-]*\s*(?:(?:additional|further)\s+)?(?:reporting|writing|editing|compiled|translation|translated)"
        r"(?:(?:\s+and|,|/)\s*(?:additional\s+)?(?:writing|editing|reporting)){0,3}\s+(?:by|from)\s*:?\s+\S",
        r"^[(\[—–-]*\s*with\s+(?:additional\s+)?(?:reporting|files|material|information|inputs?|contributions)\s+(?:by|from)\s+\S",
    ),
    re.compile(
        rf"(?<!\bhave\s)\bcontributed\s+(?:reporting\s+)?(?:to\s+this\s+{_WORK}\b|from\s+[A-Z])[^.]{{0,60}}[.)]*$"
    ),
    re.compile(
        r"^(?:\((?=.*\)$)|[—–-]\s*)(?P<name>[A-Z][\w.&’'/-]*(?:\s+(?:[A-Z][\w.&’'/-]*|of|and|de|the)){0,4})\s*\)?$"
    ),
)
"""Reporters' and agencies' signatures: (Reporting by …), — Agency."""
_NO_SIGNATURE = frozenset(
    [
        "more",
        "end",
        "ends",
        "continued",
        "video",
        "photo",
        "photos",
        "update",
        "updated",
        "sic",
        "opinion",
        "analysis",
        "file",
        "laughs",
    ]
)
_COPYRIGHT = re.compile(
    r"^(?:(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s+)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?|copyright\s+\d{4}(?:\s*[-–]\s*\d{4})?)[\s,]*(?:by\s+)?(?P<name>[A-Z][^.,|\d©]{1,60})?",
    re.IGNORECASE,
)
_FIRST_ON = re.compile(
    r"^the\s+(?:post|article|story|piece)\s+(?P<headline>.{1,300})\s+(?:appeared|was)\s+first\s+(?:published\s+)?(?:on|at|in)\s+"
    r"(?P<publisher>[^.]{2,80}?(?:\.[a-z]{2,6})?)\s*\.?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:h/t|hat[- ]tip)\b[:\s][^()\n]{2,80}\)", re.IGNORECASE)
_BY_IN_NOTICE = re.compile(
    rf"\bthis\s+(?:\w+\s+)?{_WORK}\s+by\s+(?P<author>[^,.;]{{2,60}}?),?\s+(?:was|is|has|first|originally)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\s+(?:all rights reserved|and\s+(?:licensors|others))\b.*$", re.IGNORECASE)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line credits.

    Attributes:
        form: `introduced` (stands right before another's piece), `republished`, `reporting` (who reported, wire
            signature), `copyright`, `first on` (a feed's footer, which names the page it came from).
        author: The original's author, if the line names one.
        headline: Of the post, `first on` only.
        publisher: `first on` and copyright only.
    """

    form: Literal["introduced", "republished", "reporting", "copyright", "first on"]
    author: str | None = None
    headline: str | None = None
    publisher: str | None = None


def line_to_credit(words: str, *, trailing: bool) -> Credit | None:
    """Recognise a credit line.

    Args:
        words: One line, without the white space around it.
        trailing: Whether it stands at the end of the text, where signatures stand that would be headings elsewhere.
    Returns:
        The credit, or None if the line is none.

    >>> line_to_credit("Authored by Ana Lindqvist via The Harbor Ledger,", trailing=False).author
    'Ana Lindqvist'
    >>> line_to_credit("The post Two die appeared first on The Tide.", trailing=True).publisher
    'The Tide'
    >>> line_to_credit("The report was first published in 1998, the ministry said.", trailing=True)
    """
    if len(words) > _LONGEST:
        return None
    bare = words.strip("*_[]()|—–- ").strip()
    if match := _FIRST_ON.search(bare):
        return Credit("first on", headline=match["headline"].strip(" “”\"'"), publisher=match["publisher"].strip())
    for pattern in _INTRODUCED:
        if (match := pattern.search(bare)) and not _is_sentence(bare):
            author = match.groupdict().get("author")
            if author is None or _clean_name(author):
                return Credit("introduced", author=_clean_name(author))
    for pattern in _REPUBLISHED:
        if pattern.search(bare):
            by = _BY_IN_NOTICE.search(bare)
            return Credit("republished", author=_clean_name(by["author"]) if by else None)
    if any(pattern.search(words) for pattern in _REPORTING[:-1]) or (trailing and _is_signature(words)):
        return Credit("reporting")
    if trailing and (match := _COPYRIGHT.search(words)):
        return Credit("copyright", publisher=_clean_name(match["name"]))
    return None


def asides(text: str) -> list[tuple[int, int]]:
    """Where hat tips stand in parentheses inside a paragraph.

    >>> asides("Two died (h/t Ana Lindqvist).")
    [(9, 28)]
    """
    return [match.span() for match in _ASIDE.finditer(text)] if "(h" in text.lower() else []


def _is_signature(words: str) -> bool:
    match = _REPORTING[-1].match(words) if len(words) <= 60 else None
    return match is not None and match["name"].lower() not in _NO_SIGNATURE


def _is_sentence(words: str) -> bool:
    """A line of running text that only begins like a credit: "By land, via the coast road, they came. Nobody …"."""
    return len(words) > 300 or words.count(". ") > 1


def _clean_name(name: str | None) -> str | None:
    if not name:
        return None
    name = " ".join(name.split()).strip(" ,.;:")
    name = _RIGHTS.sub("", name)
    return name if name and (name[0].isupper() or not name[0].isalpha()) else None
