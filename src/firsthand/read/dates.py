"""Dates that a document gives for itself: read from how sites write them, kept all, one preferred by a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from firsthand.core.dates import MONTHS
from firsthand.core.records import DateCandidate

PREFERENCE = (
    "json-ld", "meta article", "microdata", "meta", "time", "row", "feed", "header line", "visible line", "text line",
    "url", "pdf", "htmldate",
)  # fmt: skip
"""First words of DateCandidate.found, most trusted first. What the publisher's system states for machines comes before
what is printed, that before what an address hints at; a library's search over the whole page comes last."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?",
    re.I,
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:[T]?(\d{2})(\d{2})(\d{2})(Z|[+-]\d{2}'?:?\d{2}'?)?)?(?!\d)")
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in MONTHS) + r"|Sept)\.?"
_CLOCK = re.compile(
    r"\b(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(a\.?m\b\.?|p\.?m\b\.?)?\s*\(?(UTC|GMT|Z\b|[A-Z]{2,4}T\b|[+-]\d{2}:?\d{2})?|"
    r"\b(\d{1,2})\s*(a\.?m\b\.?|p\.?m\b\.?)",
    re.I,
)
_WRITTEN = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b(?P<year>\d{{4}})\s+{_MONTH}\s+(?P<day>\d{{1,2}})\b", re.I),
    re.compile(r"\b(?P<day>\d{1,2})(?P<sep>[./-])(?P<number>\d{1,2})(?P=sep)(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<year>\d{4})(?P<sep>[./])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2})\b"),
)
_RFC822 = re.compile(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d{1,2}:\d{2}")
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2,
          "EET": 2, "EEST": 3, "BST": 1}  # fmt: skip
"""RFC 822's zones and the European ones. Others (IST, AST …) name several zones: the time is then kept without one."""
_URL_DATES = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<name>[a-z]{3,9})/(?P<day>\d{1,2})(?=/|$)", re.I),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/_.-]|$)"),
    re.compile(r"[_-](?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=[/_.-]|$)"),
)
_DATE_WORD = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:jan|febr?)(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|(?:octo?|nov|dec)(?:em)?(?:ber)?|st|nd|rd|th|of|at|on|am|pm|a|p|m|t|z|h|utc|gmt|[a-z]{2,4}t"
    r"|(?:first|last)|(?:publish|post|updat|modifi|creat|issu|edit)ed|date|time|local|updated?",
    re.I,
)
_LONGEST = 120


def date_text_to_iso(text: str) -> str | None:
    """Read one date, with its time and zone if given.

    Day and month as numbers are read only where a number over 12 settles which is which: 03/04/2021 is no date.

    Args:
        text: A date as sites print or encode it; longer texts than 120 characters are no date.
    Returns:
        `2021-03-04`, `2021-03-04T08:15:00` or `2021-03-04T08:15:00+03:00`; None if it is none.

    >>> date_text_to_iso("Thursday, March 4, 2021 at 8:15 p.m. EST"), date_text_to_iso("20210304T081500Z")
    ('2021-03-04T20:15:00-05:00', '2021-03-04T08:15:00Z')
    >>> date_text_to_iso("03/04/2021"), date_text_to_iso("31/04/2021"), date_text_to_iso("25.03.2021")
    (None, None, '2021-03-25')
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= _LONGEST:
        return None
    if match := _ISO.search(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso(year, month, day, (hour, minute, second or "0") if hour else None, zone)
    if _RFC822.match(text):
        try:
            return _show(parsedate_to_datetime(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if match := _COMPACT.search(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso(year, month, day, (hour, minute, second) if hour else None, zone and zone.replace("'", ""))
    return _written(text)


def is_only_date(text: str) -> bool:
    """Whether a line is a date, with nothing but weekday, time, zone and words like "Published" beside it.

    >>> is_only_date("Updated: Thursday, 4 March 2021, 08:15 GMT"), is_only_date("Four died on 4 March 2021")
    (True, False)
    """
    if not 6 <= len(text) <= _LONGEST or date_text_to_iso(text) is None:
        return False
    return all(_DATE_WORD.fullmatch(word) for word in re.findall(r"[^\W\d_]+", text))


def _written(text: str) -> str | None:
    for pattern in _WRITTEN:
        if match := pattern.search(text):
            groups = match.groupdict()
            day, month = int(groups["day"]), groups.get("month")
            number = _month_number(month) if month else int(groups["number"])
            if month is None and groups["year"] != text[match.start() : match.start() + 4]:
                if day <= 12 and number <= 12 and day != number:
                    return None
                if number > 12:
                    day, number = number, day
            rest = text[: match.start()] + " | " + text[match.end() :]
            return _iso(groups["year"], number, day, *_clock(rest))
    return None


def _clock(text: str) -> tuple[tuple[int, int, int] | None, str | None]:
    match = _CLOCK.search(text)
    if match is None:
        return None, None
    hour, minute = int(match[1] or match[5]), int(match[2] or 0)
    half = (match[3] or match[6] or "").replace(".", "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None, None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (hour, minute, 0), match[4]


def _month_number(name: str) -> int:
    return next((i for i, m in enumerate(MONTHS, 1) if m[:3].lower() == name[:3].lower()), 0)


def _iso(
    year: str | int, month: str | int, day: str | int, clock: tuple[str | int, ...] | None, zone: str | None
) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
        if not 1600 <= found.year <= 2100:
            return None
        if clock is None:
            return found.isoformat()
        hour, minute, second = (int(c) for c in clock)
        return _show(datetime(found.year, found.month, found.day, hour, minute, second, tzinfo=_zone(zone)))
    except ValueError:
        return None


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    name = name.upper()
    if name in ("Z", "UTC", "GMT"):
        return timezone.utc  # noqa: UP017 (printed as Z below)
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    if name[0] in "+-":
        digits = name[1:].replace(":", "").ljust(4, "0")
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    return None


def _show(moment: datetime) -> str:
    text = moment.replace(microsecond=0).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def url_to_date(url: str) -> str | None:
    """The date in an address, if it names year, month and day.

    >>> url_to_date("https://ledger.example/2021/03/04/rockets"), url_to_date("https://ledger.example/2021/03/rockets")
    ('2021-03-04', None)
    """
    for pattern in _URL_DATES:
        if match := pattern.search(url[:2000]):
            groups = match.groupdict()
            month = groups.get("month") or _month_number(groups["name"])
            if found := _iso(groups["year"], month, groups["day"], None, None):
                return found
    return None


def choose_dates(
    candidates: Iterable[DateCandidate],
) -> tuple[tuple[DateCandidate, ...], DateCandidate | None, DateCandidate | None]:
    """Put candidates in order of preference and take the first of each role.

    Args:
        candidates: In the order found; doubles are dropped.
    Returns:
        All of them, most trusted first; the published one; the modified one, None if it has the same value.
    """

    def rank(candidate: DateCandidate) -> int:
        return next((i for i, start in enumerate(PREFERENCE) if candidate.found.startswith(start)), len(PREFERENCE))

    ordered = sorted(dict.fromkeys(candidates), key=rank)
    published = next((c for c in ordered if c.role == "published"), None)
    modified = next((c for c in ordered if c.role == "modified"), None)
    if published and modified and modified.value == published.value:
        modified = None
    return tuple(ordered), published, modified
