"""Datelines: "SAN SALVADOR, 16 NOV 89 (ACAN-EFE) -- [TEXT]", "KIRKUK, Iraq, Dec 27 (AP) —", "LIMA (Reuters) -".

A dateline is a head (place, date, agency) closed by a dash at the beginning of a paragraph; monitoring services put the
genre and the speaker in brackets behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from firsthand.core.spans import Range, trim
from firsthand.mark.agencies import is_agency_by_form, name_to_agency, name_to_carried
from firsthand.mark.times.calendars import read_day_date, read_month_date
from firsthand.mark.times.grammar import LOOKAHEAD
from firsthand.mark.times.numbers import two_digit_year
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.tokens import PADDING, Token, text_to_tokens

LONGEST_HEAD = 180
"""Code points from the first letter to the dash; the longest of 1,500 FBIS datelines takes 121."""
SEARCHED = 3000
"""A dateline stands within so many code points of the beginning, behind headline and byline."""
MAX_PARAGRAPHS = 12
MAX_BRACKETS = 8
_LEFT_OUT = ("OMITTED", "INDISTINCT")
_IN_PROGRESS = re.compile(r",?\s+IN\s+PROGRESS\s*$")

_DASH = re.compile(r"\s*(?:--+|[—–―])|\s+-(?:\s|$)|-\s|(?<=/)\.|(?<=\))\s*:")
_AGENCY = re.compile(r"[(\[/]\s*([^()\[\]/]{1,80}(?:/[^()\[\]/]{1,40}|\[[^()\[\]/]{1,20}\])?)\s*[)\]/]\s*$")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PLACE_WORD = re.compile(r"[^\W\d_][\w.'’\-]*")
_BRACKET = re.compile(r"\s*\[([^\[\]]{1,400})\]")
_SPEAKER = re.compile(
    r"(?:INTERVIEW|NEWS CONFERENCE|PRESS CONFERENCE|CONVERSATION|DISCUSSION|DIALOGUE)\s+(?:WITH|OF)\s+(.+?)"
    r"(?:\s+(?:BY|WITH|CONDUCTED)\s.*)?$|"
    r"(?:SPEECH|STATEMENT|REPORT|ADDRESS|REMARKS|MESSAGE|COMMENTARY|LETTER|COMMUNIQUE|ARTICLE|EDITORIAL)\s+(?:BY|FROM)\s+(.+)$",
    re.DOTALL,
)
_GENRE = re.compile(
    r"(?:\w+\s+){0,3}(?:TEXT|EXCERPTS?|REPORTS?|COMMUNIQUES?|SPEECH|COMMENTARY|CONTINUED|INTERVIEW|STATEMENT|EDITORIAL|ARTICLE|LETTER|"
    r"CONFERENCE|ANNOUNCEMENT|SUMMARY|PASSAGE|DISPATCH|NEWSCAST|PROGRAM|FEATURE|COLUMN|BULLETIN|PROCLAMATION|ADDRESS|"
    r"INTERPOLATION|RECORDING|ADVERTISEMENT|DECLARATION|MESSAGE|PRESS RELEASE|ROUNDUP|REVIEW|DISCUSSION|DEBATE|"
    r"CORRECTION)"
    r"(?:\s+(?:REPORT|COMMENTARY|EXCERPTS?|TEXT))?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """What stands at the head of a dispatch.

    Attributes:
        span: The head with its agency, without the dash.
        place: As printed, or None ("NO CITY").
        place_span: Where.
        date: The fields printed (the year may be missing), or None ("NO DATE").
        agency: As printed, or None.
        agency_span: Where.
        speaker: From the brackets behind the dash, or None.
        genres: The other brackets, in order.
        speaker_span: Where the speaker stands, or None.
        genre_span: Of the last genre before the speaker, or of the words that announce the speaker in one bracket with
            the name; None without a speaker.
    """

    span: Range
    place: str | None
    place_span: Range | None
    date: Fields | None
    agency: str | None
    agency_span: Range | None
    speaker: str | None
    genres: tuple[str, ...]
    speaker_span: Range | None = None
    genre_span: Range | None = None


def text_to_dateline(text: str) -> Dateline | None:
    """The first dateline at the head of a text.

    >>> line = text_to_dateline("LIMA, 5 MAR 90 (EFE) -- [REPORT] [ANA RUIZ] [TEXT] POLICE SAID")
    >>> line.place, line.date.day, line.agency, line.speaker
    ('LIMA', 5, 'EFE', 'ANA RUIZ')
    """
    start = 0
    for _ in range(MAX_PARAGRAPHS):
        while start < len(text) and text[start].isspace():
            start += 1
        if start >= min(len(text), SEARCHED):
            return None
        found = _head(text, start)
        if found is not None:
            return found
        end = text.find("\n", start)
        if end < 0:
            return None
        start = end + 1
    return None


def _head(text: str, start: int) -> Dateline | None:
    window = _BLANK_LINE.split(text[start : start + LONGEST_HEAD], maxsplit=1)[0]
    if not (window[0].isalpha() or window[0] in "(["):
        return None
    for dash in _DASH.finditer(window):
        found = _parse(window[: dash.start()], start)
        if found is not None:
            behind = _brackets(text, start + dash.end())
            dotted = found.agency is None and found.date is None
            if dotted and not re.match(r"\s", text[start + dash.end() : start + dash.end() + 1] or "x"):
                return None
            return replace(
                found,
                speaker=behind.speaker and " ".join(text[slice(*behind.speaker)].split()),
                genres=behind.genres,
                speaker_span=behind.speaker,
                genre_span=behind.announced,
            )
    return None


def _parse(head: str, offset: int) -> Dateline | None:
    """Take a head apart from its end: agency, then date; what is left must look like a place."""
    head = head.rstrip()
    agency, agency_span, rest = None, None, head
    match = _AGENCY.search(head) if head.endswith((")", "]", "/")) else None
    if match is not None:
        agency = " ".join(match.group(1).split())
        agency_span = (offset + match.start(1), offset + match.end(1))
        rest = head[: match.start()].rstrip(" ,.\n")
    date, rest, dated = _take_date(rest)
    if match is None and dated and rest.endswith(")"):
        # Some put the agency before the date; what else stands there in brackets is a country.
        match = _AGENCY.search(rest)
        name = " ".join(match.group(1).split()) if match else ""
        if match is not None and (name_to_agency(name) or is_agency_by_form(name)):
            agency, agency_span = name, (offset + match.start(1), offset + match.end(1))
            rest = rest[: match.start()].rstrip(" ,.\n")
        else:
            match = None
    known = agency is not None and (name_to_agency(agency) or name_to_carried(agency)) is not None
    place = rest.strip(" ,.\n")
    if not place:
        return _made(head, offset, None, date, (agency, agency_span)) if known else None
    if place == "NO CITY" or place.startswith("NO CITY ("):
        return _made(head, offset, None, date, (agency, agency_span)) if dated else None
    if not _names_a_place(place):
        return None
    lead = re.split(r"[,(]", place, maxsplit=1)[0]
    capitals = lead.isupper() and len(lead.strip()) >= 3
    if match is not None and not dated and not known and (head.isupper() or not capitals):
        return None
    if not capitals and not (
        (known or (dated and match is not None))
        and all(word[0].isupper() for word in lead.split())
        and len(lead.split()) <= 4
    ):
        return None
    if match is None and not dated and (text_is_shouting(head) or len(lead.split()) > 4):
        return None
    return _made(head, offset, place, date, (agency, agency_span))


def _names_a_place(place: str) -> bool:
    """Whether a head's rest is words, commas and one bracketed country, and short."""
    if len(place) > LONGEST_PLACE or place.count("(") > 1 or (("(" in place) != place.endswith(")")):
        return False
    words = re.split(r"[\s,()/]+", place)
    return len(words) <= MAX_PLACE_WORDS and all(_PLACE_WORD.fullmatch(word) for word in words if word)


LONGEST_PLACE = 70
MAX_PLACE_WORDS = 9


def text_is_shouting(head: str) -> bool:
    """Whether a head of capitals without date and agency is likelier a shout ("ATTENTION --") than a place."""
    return head.split()[0].rstrip(",") in SHOUTS


SHOUTS = frozenset(
    "UPDATE UPDATED BREAKING WARNING ATTENTION NOTE EDITOR'S CORRECTION EXCLUSIVE WATCH VIDEO LIVE PHOTOS PHOTO "
    "ANALYSIS OPINION READ MORE ALSO NEW FLASHBACK NO YES AND BUT THE I A POLL FACT MYTH CLAIM Q".split()
)
"""Words in capitals before a dash that are no place."""


def _made(
    head: str, offset: int, place: str | None, date: Fields | None, agency: tuple[str | None, Range | None]
) -> Dateline:
    span = (offset, offset + len(head))
    at = head.find(place) if place else -1
    return Dateline(span=span, place=" ".join(place.split()) if place else None,
                    place_span=(offset + at, offset + at + len(place)) if place else None, date=date, agency=agency[0],
                    agency_span=agency[1], speaker=None, genres=())  # fmt: skip


def _take_date(rest: str) -> tuple[Fields | None, str, bool]:
    """Cut a date off the end of a head: (fields, what is left, whether there was one or a NO DATE)."""
    if rest.endswith("NO DATE"):
        return None, rest[: -len("NO DATE")].rstrip(" ,"), True
    tokens = text_to_tokens(rest)
    padded = [*tokens, *[PADDING] * LOOKAHEAD]
    for i in range(max(0, len(tokens) - 6), len(tokens)):
        short = _two_digit_date(padded, i)
        if short is not None and short[0] >= len(tokens):
            return short[1], rest[: tokens[i].start].rstrip(" ,.\n"), True
        for reader in (read_day_date, read_month_date):
            found = reader(padded, i)
            if found is not None and found[1].day is not None and found[0] >= len(tokens):
                return found[1], rest[: tokens[i].start].rstrip(" ,.\n"), True
    return None, rest, False


def _two_digit_date(tokens: list[Token], i: int) -> tuple[int, Fields] | None:
    """`16 NOV 89`, `JUNE 11 89`, `3 JAN 12`: in a dateline a closing pair of digits is the year."""
    found = read_day_date(tokens, i) or read_month_date(tokens, i)
    if found is None or found[1].day is None or found[1].year is not None:
        return None
    year = tokens[found[0]]
    if year.kind != "number" or len(year.text) != 2 or year.value is None:
        return None
    return found[0] + 1, replace(found[1], year=two_digit_year(year.value))


@dataclass(slots=True)
class _Brackets:
    genres: tuple[str, ...] = ()
    speaker: Range | None = None
    announced: Range | None = None


def _brackets(text: str, start: int) -> _Brackets:
    found = _Brackets()
    genre: Range | None = None
    for _ in range(MAX_BRACKETS):
        match = _BRACKET.match(text, start)
        if match is None:
            break
        words = " ".join(match.group(1).split())
        named = _SPEAKER.match(match.group(1))
        if named is not None and found.speaker is None:
            group = 1 if named.group(1) else 2
            found.speaker = _person(text, match.start(1) + named.start(group), match.start(1) + named.end(group))
            found.announced = (match.start(1), match.start(1) + len(match.group(1)[: named.start(group)].rstrip()))
            found.genres = (*found.genres, words)
        elif _GENRE.fullmatch(words):
            found.genres = (*found.genres, words)
            if words == "TEXT":
                start = match.end()
                continue
            genre = match.span(1)
        elif words.endswith(_LEFT_OUT):
            found.genres = (*found.genres, words)
        elif found.speaker is None and found.genres and found.genres[-1] != "TEXT":
            found.speaker, found.announced = _person(text, *match.span(1)), genre
        elif found.genres and found.genres[-1] in ("TEXT", "CONTINUED"):
            break  # "[TEXT] [RODRIGUEZ] …" is the first turn of a conversation, not the dispatch's speaker
        else:
            found.genres = (*found.genres, words)
        start = match.end()
    return found


def _person(text: str, start: int, end: int) -> Range:
    """The words that name a speaker, without what only says that the speech had begun before the dispatch does."""
    left = _IN_PROGRESS.search(text, start, end)
    return trim(text, (start, left.start() if left else end))
