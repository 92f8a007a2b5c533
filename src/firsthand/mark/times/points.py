"""Points of the calendar known to some precision: TIMEX3 and EDTF values, and arithmetic that keeps the precision."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from firsthand.core.dates import shift

SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which a season begins (northern hemisphere)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is known of a date: a day, a week, a month, a season, a year, a decade, a century.

    Attributes:
        year: Negative for BC (-480 is 480 BC), None if not known.
        month: 1–12.
        day: 1–31, valid in its month.
        weekday: ISO weekday, only where the date itself is not known.
        week: ISO week of `year`.
        weekend: True with `week`.
        season: SP SU FA WI.
        quarter: 1–4.
        half: 1–2.
        decade: Leading digits (198), negative BC.
        century: Leading digits (18), negative BC.
        part: TIMEX3 part of the day.
        clock: HH:MM.
        zone: `Z`, `-05` or empty.
        winter_ends: The winter is named by the year in which it ends, not by the one in which it begins.
        blank: Units below the known ones that are meant but not known: `month`, `day`, `week`, `hour` or None.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    weekend: bool = False
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    part: str | None = None
    clock: str | None = None
    zone: str = ""
    blank: str | None = None
    winter_ends: bool = False

    @property
    def is_day(self) -> bool:
        """Whether year, month and day are known."""
        return self.year is not None and self.month is not None and self.day is not None

    def as_date(self) -> date | None:
        """The day, if known and within the years 1–9999."""
        if self.year is None or self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month, self.day)


def valid(point: Point) -> bool:
    """Whether the calendar has such a day; without a year the longest month counts."""
    if point.month is None or point.day is None:
        return True
    year = point.year if point.year is not None and 1 <= point.year <= 9999 else 2000
    return 1 <= point.month <= 12 and 1 <= point.day <= monthrange(year, point.month)[1]


def day_to_point(day: date) -> Point:
    """A day as a point."""
    return Point(year=day.year, month=day.month, day=day.day)


def week_to_point(day: date, *, weekend: bool = False) -> Point:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return Point(year=year, week=week, weekend=weekend)


def _year_text(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def point_to_timex(point: Point) -> str:
    """The TIMEX3 value.

    >>> point_to_timex(Point(year=1954, month=11, day=1, part="MO")), point_to_timex(Point(month=12, day=13))
    ('1954-11-01TMO', 'XXXX-12-13')
    >>> point_to_timex(Point(year=-480, season="SP")), point_to_timex(Point(decade=198))
    ('BC0480-SP', '198')
    """
    if point.century is not None:
        return f"BC{-point.century:02d}" if point.century < 0 else f"{point.century:02d}"
    if point.decade is not None:
        return f"BC{-point.decade:03d}" if point.decade < 0 else f"{point.decade:03d}"
    year = _year_text(point.year)
    if point.season is not None:
        return f"{year}-{point.season}"
    if point.quarter is not None:
        return f"{year}-Q{point.quarter}"
    if point.half is not None:
        return f"{year}-H{point.half}"
    if point.week is not None or point.blank == "week":
        week = f"{year}-W{point.week:02d}" if point.week is not None else f"{year}-WXX"
        return f"{week}-WE" if point.weekend else week
    if point.weekday is not None and point.day is None:
        value = f"{year}-WXX-{point.weekday}"
    elif point.day is not None:
        value = f"{year}-{point.month:02d}-{point.day:02d}" if point.month else f"{year}-XX-{point.day:02d}"
    elif point.month is not None:
        value = f"{year}-{point.month:02d}" + (
            "-XX" if point.blank in ("day", "hour") or point.part or point.clock else ""
        )
    elif point.blank in ("day", "hour") or point.part or point.clock:
        value = f"{year}-XX-XX"
    elif point.blank == "month":
        value = f"{year}-XX"
    else:
        value = year
    if point.clock is not None:
        return f"{value}T{point.clock}{point.zone}"
    if point.part is not None:
        return f"{value}T{point.part}"
    return f"{value}TXX" if point.blank == "hour" else value


def point_to_edtf(point: Point, *, stage: str | None = None, approximate: bool = False) -> str | None:
    """The EDTF value, or None if no year is known and no month either.

    Args:
        point: What is known.
        stage: START, MID or END of a year or month: becomes an interval of a third of it, marked approximate.
        approximate: The writer said "about".

    >>> point_to_edtf(Point(year=1989), stage="END"), point_to_edtf(Point(month=12, day=13))
    ('1989-09~/1989-12~', 'XXXX-12-13')
    >>> point_to_edtf(Point(year=-480, month=6)), point_to_edtf(Point(year=1989, week=46))
    ('-0479-06', '1989-11-13/1989-11-19')
    """
    about = "~" if approximate else ""
    if point.century is not None:
        return f"{point.century:02d}XX{about}" if point.century >= 0 else None
    if point.decade is not None:
        return f"{point.decade:03d}X{about}" if point.decade >= 100 else None
    if point.year is None:
        if point.month is None:
            return None
        return f"XXXX-{point.month:02d}" + (f"-{point.day:02d}" if point.day else "")
    year = f"-{-point.year - 1:04d}" if point.year < 0 else f"{point.year:04d}"
    code = SEASON_CODES.get(point.season or "") or (32 + point.quarter if point.quarter else None)
    code = code or (39 + point.half if point.half else None)
    if point.winter_ends and point.year > 1:
        return f"{point.year - 1:04d}-12/{year}-02"
    if code is not None:
        return f"{year}-{code}{about}"
    if point.week is not None:
        return _week_to_edtf(point)
    if point.day is not None and point.month is not None:
        clock = f"T{point.clock}{point.zone}" if point.clock and point.clock < "24" else ""
        return f"{year}-{point.month:02d}-{point.day:02d}{clock}{about}"
    if point.weekday is not None:
        return None
    if point.month is not None:
        month = f"{year}-{point.month:02d}"
        if stage is not None and point.year > 0:
            last = monthrange(point.year, point.month)[1]
            first, final = {"START": (1, 10), "MID": (11, 20), "END": (21, last)}[stage]
            return f"{month}-{first:02d}~/{month}-{final:02d}~"
        return month + about
    if stage is not None and point.year > 0:
        opening, closing = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}[stage]
        return f"{year}-{opening:02d}~/{year}-{closing:02d}~"
    return year + about


def _week_to_edtf(point: Point) -> str | None:
    if point.year is None or point.week is None or not 1 <= point.year <= 9998:
        return None
    try:
        first = date.fromisocalendar(point.year, point.week, 6 if point.weekend else 1)
        last = date.fromisocalendar(point.year, point.week, 7)
    except ValueError:
        return None
    return f"{first.isoformat()}/{last.isoformat()}"


def add_years(year: int, count: int) -> int:
    """A year moved; there is no year 0 between 1 BC and AD 1."""
    astronomical = (year + 1 if year < 0 else year) + count
    return astronomical - 1 if astronomical <= 0 else astronomical


def move(point: Point, count: float, unit: str) -> Point:
    """Move a point by a number of units; what the point does not know stays unknown.

    Args:
        point: From where.
        count: How many, negative for back; fractions of years and months are rounded to months and days.
        unit: D W M Y DE CE H MI S, or WE Q and 2W.
    Returns:
        A point as precise as the unit allows: years move years, days need a day to start from.
    """
    if unit == "2W":
        count, unit = count * 2, "W"
    if unit == "DE":
        count, unit = count * 10, "Y"
    if unit == "CE":
        count, unit = count * 100, "Y"
    if abs(count) > 10_000_000:
        return Point()
    if unit == "Y" and count != int(count):
        count, unit = round(count * 12), "M"
    if unit == "Q":
        count, unit = count * 3, "M"
    whole = round(count)
    year = _known_year(point)
    if unit == "Y":
        return Point(year=add_years(year, whole)) if year is not None else Point()
    if unit == "M":
        if year is None or point.month is None:
            return Point(year=year if abs(whole) < 1 else None, blank="month")
        years, month = divmod(point.month - 1 + whole, 12)
        return Point(year=add_years(year, years), month=month + 1)
    day = point.as_date()
    if unit in ("W", "WE"):
        if day is None:
            return Point(year=year, blank="week")
        moved = shift(day, days=7 * whole)
        return week_to_point(moved, weekend=unit == "WE") if moved is not None else Point()
    if unit in ("D", "N"):
        if day is None:
            return Point(year=year, month=point.month, blank="day") if year is not None else Point(blank="day")
        moved = shift(day, days=whole)
        return day_to_point(moved) if moved is not None else Point()
    if day is None or unit not in ("H", "MI"):
        return Point(year=year, month=point.month, day=point.day, blank="hour")
    if point.clock is None:
        return replace(day_to_point(day), blank="hour")
    hour, minute = (int(piece) for piece in point.clock.split(":"))
    minutes = hour * 60 + minute + whole * (60 if unit == "H" else 1)
    moved = shift(day, days=minutes // 1440)
    if moved is None:
        return Point()
    return replace(day_to_point(moved), clock=f"{minutes % 1440 // 60:02d}:{minutes % 60:02d}", zone=point.zone)


def _known_year(point: Point) -> int | None:
    if point.year is not None:
        return point.year
    if point.decade is not None:
        return point.decade * 10
    return None


def months_from(point: Point) -> int | None:
    """Months since year 0 at which the point begins, for comparing points of different precision; None if no year."""
    if point.year is None:
        return None
    month = point.month or SEASON_MONTHS.get(point.season or "") or (3 * point.quarter - 2 if point.quarter else 1)
    return point.year * 12 + month - 1


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (from 1; -1 the last) weekday of a month."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    Source:
        Anonymous Gregorian algorithm (Nature, 20 April 1876).
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
