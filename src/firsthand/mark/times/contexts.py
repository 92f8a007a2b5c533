"""What a phrase is resolved against, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from firsthand.core.dates import shift
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.points import Point, day_to_point, point_to_timex

Mode = Literal["news", "narrative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a phrase is resolved against.

    Attributes:
        mode: `news` is told from the day of writing, `narrative` from the story's running date.
        speech: The day of writing, or None.
        speech_name: How to call it: `document date 1989-11-17`, `dateline 1989-11-16`.
        story: The running date.
        story_words: The words that set it.
        story_day: The last running date that was a day: "the next day" follows it, not the year told since.
        story_day_words: The words that set that one.
        future: The phrase stands by a verb in the future.
        past: The phrase stands by a verb in the past.
        exact: The day of writing is known to the day, so that a date may lie just ahead of it.
        sentences_back: How many sentences ago the running date was set.
    """

    mode: Mode
    speech: date | None
    speech_name: str
    story: Point | None = None
    story_words: str = ""
    story_day: Point | None = None
    story_day_words: str = ""
    future: bool = False
    past: bool = False
    exact: bool = True
    sentences_back: int = 0

    @property
    def same_sentence(self) -> bool:
        """Whether the running date was set in the same sentence."""
        return self.story is not None and self.sentences_back == 0

    @property
    def story_name(self) -> str:
        """How to call the running date."""
        return f"running date: {point_to_timex(self.story)} (“{self.story_words}”)" if self.story is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a phrase means.

    Attributes:
        timex_type: DATE, TIME, DURATION or SET.
        timex_value: As in TIMEX3; None if it cannot be said.
        edtf: None for durations, sets, references, and what has neither year nor month.
        point: None for these too.
        anchor: What it was resolved against, None if all is printed.
        inferred: From what a year was taken that is not printed.
        reason: Why there is no value.
    """

    timex_type: str
    timex_value: str | None
    edtf: str | None = None
    point: Point | None = None
    anchor: str | None = None
    inferred: str | None = None
    reason: str | None = None


def base_point(context: Context, *, story: bool) -> tuple[Point | None, str | None]:
    """The point to count from, and its name."""
    if context.mode == "narrative" or story:
        if context.story is not None:
            return context.story, context.story_name
        if context.mode == "narrative":
            return None, None
    return (day_to_point(context.speech), context.speech_name) if context.speech is not None else (None, None)


def base_day(context: Context) -> tuple[Point | None, str | None]:
    """The point that news counts days from: the running date if it is a day, the last that was one, or "today"."""
    if context.story is not None and (context.story.is_day or context.same_sentence):
        return context.story, context.story_name
    if context.story_day is not None:
        words = f"running date: {point_to_timex(context.story_day)} (“{context.story_day_words}”)"
        return context.story_day, words
    return base_point(replace(context, story=None), story=False)


def story_day(context: Context) -> date | None:
    """The running date, if it is a day."""
    return context.story.as_date() if context.story is not None else None


SHIFTS = {"last": -1, "previous": -1, "this": 0, "that": 0, "next": 1, "following": 1}


def no_year_zero(year: int) -> int:
    """1 BC is followed by AD 1."""
    return year if year != 0 else -1


def printed_point(fields: Fields) -> Point:
    """What is printed, and no more."""
    return Point(
        year=fields.year, month=fields.month, day=fields.day, weekday=None if fields.day else fields.weekday,
        season=fields.season, quarter=fields.quarter, half=fields.half, decade=fields.decade, century=fields.century,
        part=fields.part, clock=fields.clock, zone=fields.zone,
    )  # fmt: skip


def moved_day(day: date, days: int) -> date:
    """A day moved; the same day if that leaves the calendar."""
    return shift(day, days=days) or day
