"""Dates as they are known: an EDTF value ⇄ the interval of days in which it must lie.

EDTF (ISO 8601-2:2019, level 1) writes down what is known and no more: `1989-11-16`, `1989-11`, `198X`, `1989-21`
(spring), `1989-11/1989-12`, `../1989`, `1989-11-16~`. Of level 2 we read quarters (`-33` … `-36`), halves (`-40`,
`-41`) and `X` in any place, because news writes them. What names no year (`XXXX-12-13`) or a year outside 1–9999 has
no interval: None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

PERIODS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),  # seasons; winter runs into the next year
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),  # quarters
    40: (1, 6), 41: (7, 12),  # halves
}  # fmt: skip
"""First and last month by EDTF sub-year code. Seasons are the northern hemisphere's (codes 21–24 do not say which)."""

MAX_EDTF_LENGTH = 80
"""Longer strings are no date; two date-times with seconds, zones and qualifiers take 54."""

_SINGLE = re.compile(
    r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})(?:T\d{2}(?::\d{2}){0,2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?([?~%]?)"
)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days, both ends included; the thing happened on one of them or took all of them: EDTF does not tell which.

    Attributes:
        first: Earliest day; date.min if open.
        last: Latest day, never before `first`; date.max if open.
        approximate: The writer said "about".
        uncertain: The writer was not sure.
    """

    first: date
    last: date
    approximate: bool = False
    uncertain: bool = False

    @property
    def days(self) -> int:
        """How many days it spans, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def open_start(self) -> bool:
        """Whether it has no known beginning."""
        return self.first == date.min

    @property
    def open_end(self) -> bool:
        """Whether it has no known end."""
        return self.last == date.max


def edtf_to_interval(edtf: str) -> Interval | None:
    """The days that an EDTF value allows.

    Args:
        edtf: An EDTF level-1 date, date-time or interval; see the module for what of level 2 is read.
    Returns:
        The interval, or None if the string is not EDTF, is no day of the calendar (31 February), names no year, or lies
        outside the years 1–9999.
    Source:
        ISO 8601-2:2019; https://www.loc.gov/standards/datetime/

    >>> edtf_to_interval("1989-11")
    Interval(first=datetime.date(1989, 11, 1), last=datetime.date(1989, 11, 30), approximate=False, uncertain=False)
    >>> edtf_to_interval("198X").days, edtf_to_interval("2019-02-31"), edtf_to_interval("XXXX-12-13")
    (3653, None, None)
    """
    if len(edtf) > MAX_EDTF_LENGTH:
        return None
    if "/" not in edtf:
        return _single_to_interval(edtf)
    left, _, right = edtf.partition("/")
    open_left, open_right = left in ("", ".."), right in ("", "..")
    start = Interval(date.min, date.min) if open_left else _single_to_interval(left)
    end = Interval(date.max, date.max) if open_right else _single_to_interval(right)
    if start is None or end is None or (open_left and open_right) or start.first > end.last:
        return None
    return Interval(
        start.first,
        end.last,
        start.approximate or end.approximate,
        start.uncertain or end.uncertain or "" in (left, right),
    )


def _single_to_interval(edtf: str) -> Interval | None:
    match = _SINGLE.fullmatch(edtf)
    if match is None:
        return None
    year, month, day, qualifier = match.groups()
    bounds = _bounds(year, month, day)
    if bounds is None or bounds[0] > bounds[1]:
        return None
    return Interval(*bounds, approximate=qualifier in ("~", "%"), uncertain=qualifier in ("?", "%"))


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date] | None:
    """First and last day; X is taken at its lowest and its highest that the calendar allows."""
    if year.startswith("-") or year == "XXXX" or year.startswith("X"):
        return None
    low_year, high_year = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    if high_year < 1:
        return None
    if month is not None and "X" not in month and int(month) in PERIODS:
        if day is not None:
            return None
        first, last = PERIODS[int(month)]
        high_year += last > 12
        if high_year > 9999:
            return None
        return date(low_year, first, 1), _month_end(high_year, (last - 1) % 12 + 1)
    months = _fits(month, 1, 12)
    if months is None:
        return None
    if day is None or day == "XX":
        return date(low_year, months[0], 1), _month_end(high_year, months[1])
    longest = 29 if months == (2, 2) and low_year != high_year else monthrange(low_year, months[0])[1]
    days = _fits(day, 1, max(longest, monthrange(high_year, months[1])[1]))
    if days is None:
        return None
    low, high = monthrange(low_year, months[0])[1], monthrange(high_year, months[1])[1]
    return date(low_year, months[0], min(days[0], low)), date(high_year, months[1], min(days[1], high))


def _fits(digits: str | None, low: int, high: int) -> tuple[int, int] | None:
    """Lowest and highest number in [low, high] that two digits, some of them X, can stand for."""
    if digits is None:
        return low, high
    if "X" not in digits:
        return (int(digits), int(digits)) if low <= int(digits) <= high else None
    fitting = [n for n in range(low, high + 1) if all(d in ("X", c) for d, c in zip(digits, f"{n:02d}", strict=True))]
    return (fitting[0], fitting[-1]) if fitting else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def interval_to_edtf(interval: Interval) -> str:
    """The shortest EDTF value for exactly these days.

    >>> interval_to_edtf(Interval(date(1989, 11, 1), date(1989, 11, 30)))
    '1989-11'
    >>> interval_to_edtf(Interval(date(1989, 11, 1), date(1989, 12, 31), approximate=True))
    '1989-11~/1989-12~'
    """
    first, last = interval.first, interval.last
    mark = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}
    sign = mark[interval.approximate, interval.uncertain]
    if interval.open_start and interval.open_end:
        return ""
    whole = _whole(first, last)
    if whole is not None:
        return whole + sign
    starts_month, ends_month = first.day == 1, last == _month_end(last.year, last.month)
    if starts_month and first.month == 1 and ends_month and last.month == 12:
        left, right = f"{first.year:04d}", f"{last.year:04d}"
    elif starts_month and ends_month:
        left, right = first.isoformat()[:7], last.isoformat()[:7]
    else:
        left, right = first.isoformat(), last.isoformat()
    if interval.open_start:
        return f"../{right}{sign}"
    if interval.open_end:
        return f"{left}{sign}/.."
    return f"{left}{sign}/{right}{sign}"


def _whole(first: date, last: date) -> str | None:
    """EDTF of exactly one day, month, year, decade or century."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last == _month_end(*_ym(last)):
        return first.isoformat()[:7]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if first.year == last.year:
            return f"{first.year:04d}"
        for size, marks in ((10, "X"), (100, "XX")):
            if first.year % size == 0 and last.year == first.year + size - 1:
                return f"{first.year // size:0{4 - len(marks)}d}{marks}"
    return None


def _ym(day: date) -> tuple[int, int]:
    return day.year, day.month


def gap_days(left: str, right: str) -> tuple[int, int] | None:
    """How many days lie from `left` to `right`, as the smallest and largest number that both values allow.

    Returns:
        (low, high) in days, low ≤ high, negative if `right` can be the earlier; None if either has no interval or an
        open end.

    >>> gap_days("2019-12-13", "2019-12-27"), gap_days("2019-12", "2020-01-02"), gap_days("../2019", "2020")
    ((14, 14), (2, 32), None)
    """
    a, b = edtf_to_interval(left), edtf_to_interval(right)
    if a is None or b is None or a.open_start or a.open_end or b.open_start or b.open_end:
        return None
    return (b.first - a.last).days, (b.last - a.first).days


def contains(outer: str, inner: str) -> bool:
    """Whether every day that `inner` allows is allowed by `outer`; False if either has no interval.

    >>> contains("1989-11", "1989-11-16"), contains("1989-11-16", "1989-11")
    (True, False)
    """
    a, b = edtf_to_interval(outer), edtf_to_interval(inner)
    return a is not None and b is not None and a.first <= b.first and b.last <= a.last


def overlaps(left: str, right: str) -> bool:
    """Whether some day is allowed by both; False if either has no interval.

    >>> overlaps("1989-11/1989-12", "1989-12-31"), overlaps("1989", "199X")
    (True, False)
    """
    a, b = edtf_to_interval(left), edtf_to_interval(right)
    return a is not None and b is not None and a.first <= b.last and b.first <= a.last


def weekday(day: date) -> str:
    """English name of the day of the week.

    >>> weekday(date(2020, 1, 7))
    'Tuesday'
    """
    return WEEKDAYS[day.weekday()]


def day_of(edtf: str | None) -> date | None:
    """The one day that a value stands for, or None if it allows more than one or has no interval.

    >>> day_of("1989-11-16T02:30"), day_of("1989-11"), day_of(None)
    (datetime.date(1989, 11, 16), None, None)
    """
    interval = edtf_to_interval(edtf) if edtf else None
    return interval.first if interval is not None and interval.first == interval.last else None


def shift(day: date, *, days: int = 0, months: int = 0) -> date | None:
    """A day moved by whole months (kept within the month's length), then by days; None outside the years 1–9999.

    >>> shift(date(2020, 1, 31), months=1), shift(date(2020, 1, 1), days=-1)
    (datetime.date(2020, 2, 29), datetime.date(2019, 12, 31))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=days)
    except OverflowError:
        return None


def edtf_to_words(edtf: str) -> str:
    """An EDTF value for people to read; what cannot be put in words comes back as it is.

    >>> edtf_to_words("1989-11-16"), edtf_to_words("1989-11~"), edtf_to_words("198X"), edtf_to_words("XXXX-12-13")
    ('16 November 1989', 'about November 1989', 'the 1980s', '13 December (year not known)')
    >>> edtf_to_words("../1989"), edtf_to_words("2020-01-08/2020-01-12")
    ('until 1989', '8 January 2020 to 12 January 2020')
    """
    if "/" in edtf:
        left, _, right = edtf.partition("/")
        if left in ("", ".."):
            return f"until {edtf_to_words(right)}"
        return (
            f"from {edtf_to_words(left)}" if right in ("", "..") else f"{edtf_to_words(left)} to {edtf_to_words(right)}"
        )
    match = _SINGLE.fullmatch(edtf)
    if match is None:
        return edtf
    year, month, day, qualifier = match.groups()
    words = _fields_to_words(year, month, day)
    if words is None:
        return edtf
    clock = f", {edtf.partition('T')[2].rstrip('?~%')}" if "T" in edtf else ""
    return (
        {"~": "about ", "%": "about ", "?": ""}.get(qualifier, "")
        + words
        + clock
        + ("?" if qualifier and qualifier in "?%" else "")
    )


def _fields_to_words(year: str, month: str | None, day: str | None) -> str | None:
    if year != "XXXX" and not year.rstrip("X").lstrip("-").isdecimal():
        return None
    if year == "XXXX":
        year_words = "(year not known)"
    elif year.startswith("-"):
        year_words = f"{int(year[1:]) + 1} BC" if "X" not in year else year
    elif "X" in year[:2]:
        return None
    elif year.endswith("XX"):
        year_words = f"the {int(year[:2])}00s"
    else:
        year_words = f"the {int(year[:3])}0s" if year.endswith("X") else str(int(year))
    if month is None or month == "XX":
        return year_words if year != "XXXX" else None
    if "X" in month:
        return None
    code = int(month)
    if code in PERIODS:
        name = SEASONS.get(code) or (f"quarter {code - 32} of" if code < 40 else f"half {code - 39} of")
        return f"{name} {year_words}"
    if not 1 <= code <= 12:
        return None
    words = f"{MONTHS[code - 1]} {year_words}"
    return words if day is None or "X" in day else f"{int(day)} {words}"


_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|by|until|till|up\s+to)\s+(?:late\s+|early\s+)?$", re.IGNORECASE)
_AS_OF_LENGTH = 20


def is_as_of(text: str, start: int) -> bool:
    """Whether a date that begins at an offset says until when something was counted, not when it happened.

    >>> is_as_of("Seven had died by Friday.", 18), is_as_of("Seven died on Friday.", 14)
    (True, False)
    """
    return bool(_AS_OF.search(text[max(0, start - _AS_OF_LENGTH) : start]))
