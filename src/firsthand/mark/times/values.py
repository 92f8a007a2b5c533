"""Phrases → dates: each is resolved against the document's date or the story's running date, and says which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from firsthand.core.dates import shift
from firsthand.mark.times.amounts import length_to_timex
from firsthand.mark.times.contexts import (
    SHIFTS,
    Context,
    Resolution,
    base_day,
    base_point,
    moved_day,
    no_year_zero,
    printed_point,
    story_day,
)
from firsthand.mark.times.phrases import Phrase
from firsthand.mark.times.points import Point, add_years, day_to_point, move, point_to_edtf, point_to_timex, valid
from firsthand.mark.times.years import calendar_point, holiday_near, season_year


def phrase_to_resolution(phrase: Phrase, context: Context) -> Resolution:
    """Resolve one phrase.

    Args:
        phrase: From grammar.
        context: What is known at that place of the text.
    """
    if phrase.kind == "duration" or (phrase.kind == "shift" and _counts_to_an_event(phrase, context)):
        return Resolution(timex_type="DURATION", timex_value=length_to_timex(phrase.count, phrase.unit or "D"))
    if phrase.kind == "set":
        return Resolution(timex_type="SET", timex_value=phrase.value)
    if phrase.kind == "reference":
        return Resolution(timex_type="DATE", timex_value=phrase.value, reason=None if phrase.value else "names no date")
    if phrase.kind == "shift":
        point, anchor = _shifted(phrase, context)
        if phrase.count is None:
            value = "PAST_REF" if phrase.which in ("ago", "earlier", "before") else "FUTURE_REF"
            return Resolution(timex_type="DATE", timex_value=value, reason="no number is printed")
        inferred = None
    elif phrase.kind == "relative":
        point, anchor = _relative(phrase, context)
        inferred = None
    else:
        point, anchor, inferred = calendar_point(phrase.fields, context)
    return _finish(phrase, context, point, anchor, inferred)


def _counts_to_an_event(phrase: Phrase, context: Context) -> bool:
    """Whether "two days after" is a length up to an event (TimeML's reading) rather than a date of its own."""
    return phrase.which in ("before", "after")


def _finish(phrase: Phrase, context: Context, point: Point, anchor: str | None, inferred: str | None) -> Resolution:
    fields = phrase.fields
    if fields.part is not None and point.part is None:
        point = replace(point, part=fields.part)
    kind = "TIME" if point.part or point.clock or point.blank == "hour" else "DATE"
    if not valid(point):
        return Resolution(timex_type=kind, timex_value=None, reason="the calendar has no such day")
    if context.mode == "narrative" and phrase.value in ("today",) and phrase.kind == "shift":
        return Resolution(timex_type="DATE", timex_value="PRESENT_REF", reason="the day of reading")
    coarse = phrase.kind == "shift" and phrase.unit in ("W", "2W") and point.week is not None
    edtf = point_to_edtf(point, stage=fields.stage, approximate=fields.approximate)
    if coarse:
        base = context.speech if phrase.which in ("ago", "from now") and context.mode == "news" else story_day(context)
        edtf = _weeks_away(base, phrase) or edtf
    if context.mode == "news" and point.zone != "Z":  # TempEval's newswire leaves "EST" out of the value; EDTF has it
        value = point_to_timex(replace(point, zone=""))
    else:
        value = point_to_timex(point)
    return Resolution(timex_type=kind, timex_value=value, edtf=edtf, point=point, anchor=anchor,
                      inferred=inferred)  # fmt: skip


def _weeks_away(base: date | None, phrase: Phrase) -> str | None:
    """The day meant by "two weeks later", for which TIMEX3 has but the week: that many days on, about."""
    if base is None or phrase.count is None:
        return None
    sign = -1 if phrase.which in ("ago", "earlier", "before") else 1
    day = shift(base, days=round(sign * phrase.count * (14 if phrase.unit == "2W" else 7)))
    return f"{day.isoformat()}~" if day is not None else None


def _shifted(phrase: Phrase, context: Context) -> tuple[Point, str | None]:
    unit = phrase.unit or "D"
    from_story = phrase.which not in ("ago", "from now")
    if from_story and context.mode == "news":
        if phrase.which == "later" and context.story is None and not context.future:
            return move(Point(), 1, unit), None  # later than what is not said
        base, name = base_day(context) if unit in DAY_UNITS else base_point(context, story=True)
    else:
        base, name = base_point(context, story=from_story)
    if unit == "Q":
        return _year_ago_quarter(base), name
    if base is None:
        base = Point()
    if phrase.value in ("today", "tonight") and phrase.count == 0:
        return base, name
    sign = -1 if phrase.which in ("ago", "earlier", "before") else 1
    if unit not in ("H", "MI", "S") and base.clock is not None:
        base = replace(base, clock=None, zone="", part=None)
    moved = move(base, sign * (phrase.count or 0), unit)
    if unit == "DE" and moved.year is not None and moved.year > 0:
        moved = Point(decade=moved.year // 10)
    return moved, name if moved != Point() else None


DAY_UNITS = frozenset({"D", "N", "W", "2W", "WE", "H", "MI", "S"})
"""Units that are counted from a day."""


def _year_ago_quarter(base: Point | None) -> Point:
    """`the year-earlier quarter`: the same quarter of the year before."""
    if base is None or base.year is None:
        return Point()
    quarter = base.quarter or ((base.month - 1) // 3 + 1 if base.month else None)
    return Point(year=add_years(base.year, -1), quarter=quarter)


def _relative(phrase: Phrase, context: Context) -> tuple[Point, str | None]:
    which, fields = phrase.which or "this", phrase.fields
    step = SHIFTS[which]
    from_story = which in ("previous", "following", "that")
    if context.mode == "news" and fields.stage is not None and phrase.unit in ("Y", "M", "W", "Q", "DE", "CE"):
        from_story = from_story and context.same_sentence  # "by the end of the year": the year of writing
    daily = phrase.unit in DAY_UNITS or fields.weekday is not None
    if from_story and daily and context.mode == "news":
        base, name = base_day(context)
        if which == "that" and phrase.value != "vague" and name == context.speech_name:
            base, name = base_point(context, story=True)  # "the same night": of the month told of, not of writing
        if which == "following" and context.story is None and not context.future and fields.weekday is None:
            base, name = None, None  # what it follows is not said
    else:
        base, name = base_point(context, story=from_story)
    if phrase.value == "vague" and context.mode == "narrative":
        return Point(blank="day"), None
    if base is None:
        base, name = Point(), None
    unit = phrase.unit
    if unit is not None:
        return _relative_unit(base, step, phrase, context), name
    day = base.as_date()
    if fields.weekday is not None:
        if day is None:
            return Point(weekday=fields.weekday, part=fields.part), None
        return replace(day_to_point(_weekday_near(day, fields.weekday, which, context)), part=fields.part), name
    if base.year is None:
        return printed_point(fields), None
    if fields.month is not None:
        month = base.month or 1
        year = base.year
        if step < 0:
            year -= fields.month >= month
        elif step > 0:
            year += fields.month <= month
        elif which == "this" and context.past and fields.month > month and context.mode == "news":
            year = year if fields.month - month < 6 else year - 1
        return Point(year=no_year_zero(year), month=fields.month, day=fields.day, part=fields.part), name
    if fields.season is not None:
        return Point(year=season_year(base, fields.season, step), season=fields.season), name
    if fields.holiday is not None:
        return holiday_near(fields, base, step), name
    if fields.quarter is not None or fields.half is not None:
        year = base.year + step if step else base.year
        return Point(year=no_year_zero(year), quarter=fields.quarter, half=fields.half), name
    return printed_point(fields), None


def _relative_unit(base: Point, step: int, phrase: Phrase, context: Context) -> Point:
    unit, fields = phrase.unit or "D", phrase.fields
    if unit in ("D", "N"):
        part = fields.part or ("NI" if unit == "N" else None)
        if phrase.which == "last" and part == "NI" and context.mode == "news":
            step = -1
        elif phrase.which == "last" and part is not None and unit == "D" and context.mode == "narrative":
            step = 0
        return replace(move(replace(base, clock=None, part=None), step, "D"), part=part)
    if unit == "Y" and base.year is None and base.decade is None:
        return Point()
    if unit == "DE":
        decade = base.decade if base.decade is not None else _digits(base.year, 10)
        return Point(decade=decade + step) if decade is not None else Point()
    if unit == "CE":
        century = base.century if base.century is not None else _digits(base.year, 100)
        return Point(century=century + step) if century is not None else Point()
    if unit == "Q":
        if base.year is None or base.month is None:
            return Point()
        years, quarter = divmod((base.month - 1) // 3 + step, 4)
        return Point(year=add_years(base.year, years), quarter=quarter + 1)
    day = base.as_date()
    if unit == "W" and fields.weekday is not None:  # "Tuesday of last week"
        monday = moved_day(day, 7 * step + 1 - day.isoweekday()) if day is not None else None
        return day_to_point(moved_day(monday, fields.weekday - 1)) if monday is not None else Point()
    if unit == "W" and step == 0 and base.week is not None:
        return base
    if unit == "M" and base.month is None and base.year is not None:
        return Point(year=base.year, blank="month")
    return move(base, step, unit)


def _digits(year: int | None, size: int) -> int | None:
    if year is None:
        return None
    return year // size if year > 0 else -(-year // size)


def _weekday_near(day: date, weekday: int, which: str, context: Context) -> date:
    ahead = (weekday - day.isoweekday()) % 7
    if which in ("next", "following"):
        return moved_day(day, ahead or 7)
    if which in ("last", "previous"):
        return moved_day(day, ahead - 7)
    if which == "this":
        return moved_day(day, weekday - day.isoweekday()) if not context.future else moved_day(day, ahead)
    return moved_day(day, ahead if ahead <= 3 else ahead - 7)
