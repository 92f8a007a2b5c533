"""Lines, and brackets at the beginning of a report, that hold names of houses and nothing else but dates and places.

"REUTERS | 28.12.2019", "(Reuters, AFP)", "London (CNN)A …", "Agence France-Presse, Baghdad", "– with files from AP".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.core.houses import is_publisher
from firsthand.core.spans import Range, trim
from firsthand.mark.agencies import is_agency_by_form, name_to_agency, name_to_carried

MAX_LINES = 14
"""Lines from either end of a text that are looked at."""
LONGEST_LINE = 100
"""Code points; what is longer is prose."""
PROSE_LINES = 2
"""Lines of prose behind which, or before which, no credit line stands."""
MAX_BRACKETS = 3
_BETWEEN = re.compile(
    r"[|/,;:()\[\]•·–—\n]|-{2,}|\s-(?=\s|$)|(?:^|(?<=\s))(?:with|With|WITH|and|And|AND|&|via|Via|VIA|from|From|FROM|by|By|BY|at|in|of)(?=\s)"
)  # fmt: skip
_WORDS_OF_LINES = re.compile(
    r"(?:our|own|staff|sources?|agenc(?:y|ies)|wires?|news|desk|newsdesk|reports?|reporters?|correspondents?|writers?"
    r"|files?|additional|reporting|inputs?|material|updated?|published|posted|edited|service|courtesy|text|credit)+"
)
_DATE = re.compile(
    r"(?:(?:\d[\d.:]*+(?:st|nd|rd|th)?|[ap]\.?m\.?+|gmt|utc|[ceip][sd]?t|h|hrs|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*+"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]?\s*)+"
)  # fmt: skip
"""Its parts give nothing back (`*+`): a line of 60 digits could else be cut in 2⁶⁰ ways."""
_NAME = re.compile(r"[A-Z][\w.'’\-]*(?:\s+[A-Z][\w.'’\-]*){0,2}")
_INITIALS = re.compile(r"[a-z]{2,4}")
"""Editors sign with them at the foot: "mm/rt (AFP, dpa)"."""
_PICTURE = re.compile(r"photo|image|picture|video|file|getty|illustration|map", re.IGNORECASE)
_OPENING = re.compile(
    r"(?m)^[ \t]*(?:(?P<place>[A-Z][\w.'’/\-]*(?:,?[ \t]+[A-Z][\w.'’/\-]*){0,4}),?[ \t]*)?\((?P<houses>[^()\n]{2,60})\)"
    r"[ \t]*(?:[-–—:]{1,3}[ \t]*)?(?=[A-Z“\"'‘])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house that a line names.

    Attributes:
        name: In full.
        span: Where it stands.
        printed: As it stands there.
        agency: Whether it is a news agency; else a publisher whose report is carried.
        place: The place before the bracket at a report's beginning, or None.
    """

    name: str
    span: Range
    printed: str
    agency: bool
    place: Range | None = None


def text_to_houses(text: str, *, publisher: str | None = None, headline: str | None = None) -> Iterator[House]:
    """Find the houses that credit lines name, in no order.

    Args:
        text: The document's.
        publisher: Its own house, which it does not credit.
        headline: Its headline, which is no credit line.

    Yields:
        Agencies on any such line; publishers where more than their name says that they are credited: brackets, a word
        such as "Source", a byline above, another house beside. A name alone on a line may be the page's own masthead.
    """
    for house in (*_lines(text, headline), *_openings(text)):
        if not any(is_publisher(name, publisher) for name in (house.name, house.printed)):
            yield house


def _lines(text: str, headline: str | None) -> Iterator[House]:
    ends = [*_some_lines(text, 1), *_some_lines(text, -1)]
    before = ""
    for start, end in sorted(set(ends)):
        line = text[start:end]
        if line.strip() and line.strip() != (headline or "").strip() and not _PICTURE.search(line):
            houses = _pieces(text, start, end)
            byline = before.lstrip().lower().startswith("by ")
            if byline or len(houses) > 1 or any(house.agency for house in houses) or re.search(r"[(:]", line):
                yield from houses
        before = line


def _some_lines(text: str, step: int) -> Iterator[Range]:
    """Short lines from the beginning (1) or the end (-1) of a text, as far as the prose."""
    at, prose = (0 if step > 0 else len(text)), 0
    for _ in range(MAX_LINES):
        if step > 0:
            start, end = at, text.find("\n", at, at + 4 * LONGEST_LINE)
            end = end if end >= 0 else min(len(text), at + 4 * LONGEST_LINE)
            at = end + 1
        else:
            end, start = at, text.rfind("\n", max(0, at - 4 * LONGEST_LINE), at) + 1
            start = max(start, at - 4 * LONGEST_LINE)
            at = start - 1
        if end - start > LONGEST_LINE:
            prose += 1
        elif start < end:
            yield start, end
        if prose >= PROSE_LINES or at >= len(text) or at < 0:
            return


def _pieces(text: str, start: int, end: int) -> list[House]:
    """The houses of a line; none if it says anything but houses, dates, one place or person, and words of credits."""
    houses: list[House] = []
    others = 0
    for a, b in _cut(text, start, end):
        words = text[a:b]
        house = _house(text, a, b)
        if house is not None:
            houses.append(house)
        elif _DATE.fullmatch(words.lower()) or all(_WORDS_OF_LINES.fullmatch(word) for word in words.lower().split()):
            continue
        elif _NAME.fullmatch(words) and others == 0:
            others += 1
        elif not _INITIALS.fullmatch(words):
            return []
    return houses


def _cut(text: str, start: int, end: int) -> Iterator[Range]:
    last = start
    for found in (*_BETWEEN.finditer(text, start, end), None):
        a, b = last, found.start() if found else end
        while a < b and (text[a].isspace() or text[a] in ".-*_"):
            a += 1
        a, b = trim(text, (a, b))
        if a < b:
            yield a, b
        last = found.end() if found else end


def _house(text: str, a: int, b: int, place: Range | None = None) -> House | None:
    words = text[a:b]
    agency = name_to_agency(words) or (words if is_agency_by_form(words) else None)
    name = agency or name_to_carried(words)
    if name is None:
        return None
    return House(name=name, span=(a, b), printed=words, agency=agency is not None, place=place)


def _openings(text: str) -> Iterator[House]:
    """Houses in a bracket that a report begins with, or begins with behind a place."""
    head = text[: MAX_LINES * LONGEST_LINE]
    for found, _ in zip(_OPENING.finditer(head), range(MAX_BRACKETS), strict=False):
        place = found.span("place") if found["place"] else None
        houses = [_house(text, a, b, place) for a, b in _cut(text, *found.span("houses"))]
        if all(houses):
            yield from filter(None, houses)


def byline_to_house(words: str) -> House | None:
    """The house that closes a byline without a sign between: "A. J. Rubin New York Times".

    Args:
        words: The byline.

    Returns:
        The house, its span within the words, or None.
    """
    parts = list(re.finditer(r"\S+", words))
    for k in range(max(1, len(parts) - 5), len(parts)):
        house = _house(words, parts[k].start(), parts[-1].end())
        if house is not None:
            return house
    return None
