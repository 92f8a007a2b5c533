"""The year of a date that prints none: from a history's running date; in news from the day of writing and verbs."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from firsthand.mark.times.contexts import Context, base_point, moved_day, no_year_zero, printed_point, story_day
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.points import SEASON_MONTHS, Point, add_years, day_to_point, easter, months_from, nth_weekday
from firsthand.mark.times.words import EASTER_HOLIDAYS, FIXED_HOLIDAYS, NTH_WEEKDAY_HOLIDAYS


def calendar_point(fields: Fields, context: Context) -> tuple[Point, str | None, str | None]:
    """Resolve printed fields; (point, anchor, what the year was inferred from)."""
    point = printed_point(fields)
    if fields.holiday is not None:
        return _holiday(fields, context)
    if fields.year is not None or fields.decade is not None or fields.century is not None:
        return point, None, None
    if fields.of_year == "2001" and (context.speech is None or context.speech.year >= 2001):
        return replace(point, year=2001), None, "year of the attacks of 2001"
    if fields.of_year is not None and fields.of_year != "2001":
        story = fields.of_year.startswith("story") or fields.of_year == "that"
        base, name = base_point(context, story=story)
        if base is None or base.year is None:
            return point, None, None
        step = {"last": -1, "next": 1}.get(fields.of_year.removeprefix("story "), 0)
        return replace(point, year=add_years(base.year, step)), name, None
    if fields.month is not None:
        return _yearless_month(point, context)
    if fields.weekday is not None:
        return _bare_weekday(point, fields.weekday, context)
    if fields.season is not None:
        return _yearless_season(point, fields.season, context)
    if fields.quarter is not None or fields.half is not None:
        return _yearless_quarter(point, context)
    if fields.day is not None:
        base, name = base_point(context, story=True)
        if base is not None and base.month is not None:
            return replace(point, year=base.year, month=base.month), name, None
        return Point(day=fields.day), None, None
    if fields.clock is not None:
        use_story = context.mode == "narrative" or context.same_sentence
        base, name = base_point(context, story=use_story)
        if base is not None and base.is_day:
            return replace(point, year=base.year, month=base.month, day=base.day), name, None
    return point, None, None


def _yearless_month(point: Point, context: Context) -> tuple[Point, str | None, str | None]:
    month, story = point.month or 1, context.story
    story_months = months_from(story) if story is not None else None
    if story is not None and story.year is not None and story_months is not None and _story_carries(context, month):
        year = story.year
        begun = story.month or SEASON_MONTHS.get(story.season or "")
        if begun is not None and context.mode == "narrative" and begun - month >= YEAR_TURNS_AFTER:
            year = add_years(year, 1)
        return replace(point, year=year), context.story_name, f"year of “{context.story_words}”"
    if context.speech is None:
        return point, None, None
    speech = context.speech
    if context.mode == "news":
        year = _year_by_tense(speech, month, point.day, context)
        return replace(point, year=year), context.speech_name, f"year from {context.speech_name}"
    return point, None, None


YEAR_TURNS_AFTER = 9
"""In a history, a month printed without a year that is so many months before the running month belongs to the next year
("November … January"). From a small sweep on WikiWars train, where 7 to 9
differ by less than half a point of value F1."""


def _story_carries(context: Context, month: int) -> bool:
    """Whether a month without year takes the running date's year rather than the document's."""
    if context.mode == "narrative":
        return True
    if context.story is None or context.story.year is None:
        return False
    if context.speech is None:
        return True
    past = context.story.year < context.speech.year - 1
    same_month = context.story.month == month and context.sentences_back <= MONTH_CARRIES
    return past and (context.same_sentence or same_month)


MONTH_CARRIES = 2
"""In news, "Aug. 4" so many sentences after "August 1964" is of 1964 too."""


def _year_by_tense(speech: date, month: int, day: int | None, context: Context) -> int:
    """News: the latest such date that is not after the day of writing; the earliest not before it if yet to come."""
    key = (month, day or 0) if day else (month, 0)
    today = (speech.month, speech.day) if day else (speech.month, 0)
    if key == today:
        return speech.year
    story = context.story
    looking_back = story is not None and (story.year or speech.year) < speech.year
    coming = _coming_year(speech, month, day)
    if coming is not None and not (looking_back and context.sentences_back <= MONTH_CARRIES):
        return coming
    if context.future:
        just_past = 0 <= speech.month - month <= JUST_PAST_MONTHS  # "was due to open on January 5", told in February
        return speech.year if key > today or just_past else speech.year + 1
    if key <= today:
        return speech.year
    # Not yet come this year: unless a past verb stands by, a date in the next weeks is likelier than one last year.
    ahead = (month - speech.month) + (1 if day and day > speech.day and month == speech.month else 0)
    return speech.year if context.exact and not context.past and ahead <= AHEAD_MONTHS else speech.year - 1


def _coming_year(speech: date, month: int, day: int | None) -> int | None:
    """The year of a day that comes within AHEAD_DAYS, whatever the verbs about it say."""
    for year in (speech.year, speech.year + 1):
        known = day and year <= 9999 and day <= monthrange(year, month)[1]
        if known and 0 < (date(year, month, day or 1) - speech).days <= AHEAD_DAYS:
            return year
    return None


AHEAD_DAYS = 75
"""A day without year that comes within so many days is that one even beside a verb in the past ("the state saw
rallies before the Feb. 9 primary"): all 30 such days in half of PolNeAR train were, read one by one; of months most."""
JUST_PAST_MONTHS = 2
"""A month without year so far back is this year's even beside a verb in the future: next year's would be said to be."""
AHEAD_MONTHS = 4
"""How many months ahead a month without year and without verb may lie before it is taken for last year's."""


def _bare_weekday(point: Point, weekday: int, context: Context) -> tuple[Point, str | None, str | None]:
    part = point.part
    if context.mode == "narrative":
        day = story_day(context)
        if day is None:
            return Point(weekday=weekday, part=part), None, None
        return (
            replace(day_to_point(moved_day(day, (weekday - day.isoweekday()) % 7)), part=part),
            context.story_name,
            None,
        )
    if context.speech is None:
        return Point(weekday=weekday, part=part), None, None
    ahead = (weekday - context.speech.isoweekday()) % 7
    day = moved_day(context.speech, ahead if context.future or ahead == 0 else ahead - 7)
    return replace(day_to_point(day), part=part, clock=point.clock, zone=point.zone), context.speech_name, None


def _yearless_season(point: Point, season: str, context: Context) -> tuple[Point, str | None, str | None]:
    base, name = base_point(context, story=context.mode == "narrative" or context.same_sentence)
    if base is None or base.year is None:
        return point, None, None
    year = base.year
    if context.mode == "narrative":
        begun = base.month or SEASON_MONTHS.get(base.season or "")
        turned = begun is not None and season != "WI" and begun - SEASON_MONTHS[season] >= SEASON_TURNS_AFTER
        ahead = begun is not None and season == "WI" and begun >= SUMMER
        if turned or ahead:
            year = add_years(year, 1)
        return replace(point, year=year, winter_ends=ahead), name, name
    elif context.future:
        year = season_year(base, season, 0 if (base.month or 1) < SEASON_MONTHS[season] else 1)
    else:
        year = year if (base.month or 1) >= SEASON_MONTHS[season] else year - 1
    return replace(point, year=year), name, name


SUMMER = 6
"""A history that has got to this month and says "the winter" means the one that comes; WikiWars gives it the year in
which it ends (its EDTF says December to February)."""
SEASON_TURNS_AFTER = 6
"""As YEAR_TURNS_AFTER, for seasons."""


def season_year(base: Point, season: str, step: int) -> int:
    """The year of the last, this or next season. Winter bears the year in which it begins, as TIMEX3 does."""
    year, month = base.year or 1, base.month or 6
    begins = SEASON_MONTHS[season]
    if step < 0:
        return year if month >= begins + 3 else year - 1
    if step > 0:
        return year if month < begins else year + 1
    if season == "WI" and month <= 2:
        return year - 1
    return year


def _yearless_quarter(point: Point, context: Context) -> tuple[Point, str | None, str | None]:
    base, name = base_point(context, story=context.mode == "narrative")
    if base is None or base.year is None:
        return point, None, None
    begins = 3 * point.quarter - 2 if point.quarter else 6 * (point.half or 1) - 5
    ends = begins + (2 if point.quarter else 5)
    year, month = base.year, base.month or 12
    if context.mode == "news":
        if context.future and ends < month:
            year += 1
        elif not context.future and begins > month:
            year -= 1
    return replace(point, year=no_year_zero(year)), name, name


def _holiday(fields: Fields, context: Context) -> tuple[Point, str | None, str | None]:
    if fields.year is not None:
        return _holiday_point(fields, fields.year), None, None
    month_day = FIXED_HOLIDAYS.get(fields.holiday or ())
    base, name = base_point(context, story=context.mode == "narrative")
    if base is None or base.year is None:
        return Point(month=month_day[0], day=month_day[1]) if month_day else Point(blank="day"), None, None
    if fields.of_year is not None:
        step = {"last": -1, "next": 1}.get(fields.of_year.removeprefix("story "), 0)
        return _holiday_point(fields, base.year + step), name, None
    if context.mode == "narrative":
        return _holiday_point(fields, base.year), name, name
    return holiday_near(fields, base, 1 if context.future else 0), name, name


def holiday_near(fields: Fields, base: Point, step: int) -> Point:
    """The last (-1), nearest (0) or next (+1) such holiday."""
    year, today = base.year or 1, base.as_date()
    options = [_holiday_point(fields, y) for y in (year - 1, year, year + 1) if 1 <= y <= 9999]
    days = [(point, day) for point in options if (day := point.as_date()) is not None]
    if today is None or not days:
        return _holiday_point(fields, add_years(year, step)) if year > 0 else Point(year=year, blank="day")
    if step > 0:
        return next((point for point, day in days if day >= today), days[-1][0])
    if step < 0:
        return next((point for point, day in reversed(days) if day <= today), days[0][0])
    return min(days, key=lambda pair: abs((pair[1] - today).days))[0]


def _holiday_point(fields: Fields, year: int) -> Point:
    name = fields.holiday or ()
    if name in FIXED_HOLIDAYS:
        month, day = FIXED_HOLIDAYS[name]
        return Point(year=year, month=month, day=day, part=fields.part)
    if not 1 <= year <= 9998:
        return Point(year=year, blank="day")
    if name in EASTER_HOLIDAYS and year >= 1583:
        return day_to_point(easter(year) + timedelta(days=EASTER_HOLIDAYS[name]))
    month, weekday, nth = NTH_WEEKDAY_HOLIDAYS.get(name, (0, 0, 0))
    if month:
        return replace(day_to_point(nth_weekday(year, month, weekday, nth)), part=fields.part)
    return Point(year=year, blank="day")
