"""Dates told by their neighbours: "last year", "that night", "today", "the end of the month", "now"."""

from __future__ import annotations

from dataclasses import replace

from firsthand.mark.times.amounts import STORY_UNITS, Found
from firsthand.mark.times.calendars import read_calendar, read_core
from firsthand.mark.times.clocks import Tokens
from firsthand.mark.times.numbers import DASHES
from firsthand.mark.times.phrases import Fields, Phrase
from firsthand.mark.times.words import (
    CARDINALS,
    DATE_PREPOSITIONS,
    FOLLOWING,
    ONLY_IN_NEWS,
    PARTS,
    PAST_IN_NARRATIVE,
    PLURAL_UNITS,
    PREVIOUS,
    REFERENCES,
    SAME,
    SEASONS,
    STAGES,
    STORY_TIMES,
    TURNS_OF_DAY,
    UNITS,
    WEEKDAYS,
)

DEICTIC_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def read_reference(tokens: Tokens, i: int) -> Found:
    """`now`, `at present`, `recently`, `the future`."""
    words: list[str] = []
    best: Found = None
    for j in range(i, i + 5):
        words.append(tokens[j].key)
        key = tuple(words)
        if key == ("the", "past") and (tokens[j + 1].kind == "number" or tokens[j + 1].key in CARDINALS):
            continue  # "in the past nine elections"
        if key in REFERENCES:
            best = Phrase(start=i, end=j + 1, kind="reference", value=REFERENCES[key])
        elif key in ONLY_IN_NEWS and not (i and tokens[i - 1].key == "as"):
            best = Phrase(start=i, end=j + 1, kind="reference", value=ONLY_IN_NEWS[key], which="news")
        elif key in PAST_IN_NARRATIVE:
            best = Phrase(start=i, end=j + 1, kind="reference", value="PAST_REF", which="narrative")
        elif " ".join(key) in STORY_TIMES and (
            key != ("this", "time") or (i and tokens[i - 1].key in DATE_PREPOSITIONS)
        ):
            best = Phrase(start=i, end=j + 1, kind="reference", which="narrative")
    if best is not None and words[0] == "at":  # "at present": the preposition is part of the idiom, not of the span
        best = replace(best, start=i + 1)
    return best


def read_deictic(tokens: Tokens, i: int) -> Found:
    """`today`, `yesterday afternoon`, `tonight`, `the day before yesterday`."""
    key = tokens[i].key
    if key == "the" and tokens[i + 1].key == "day":
        days = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}.get((tokens[i + 2].key, tokens[i + 3].key))
        if days is not None:
            return Phrase(start=i, end=i + 4, kind="shift", count=abs(days), unit="D",
                          which="ago" if days < 0 else "from now")  # fmt: skip
    if key not in DEICTIC_DAYS:
        return None
    j = i + 1
    part = "NI" if key == "tonight" else None
    if part is None:
        k = j + (tokens[j].key in ("early", "late"))
        if tokens[k].key in PARTS:
            part, j = PARTS[tokens[k].key], k + 1
    days = DEICTIC_DAYS[key]
    return Phrase(start=i, end=j, kind="shift", count=abs(days), unit="D", which="ago" if days <= 0 else "from now",
                  fields=Fields(part=part), value=key)  # fmt: skip


def read_relative(tokens: Tokens, i: int) -> Found:
    """`last year`, `the following spring`, `that night`, `next Friday`, `the same day`, `earlier this month`."""
    j = i + (tokens[i].key == "the")
    the = j > i
    word = tokens[j].key
    if word in ("very", "immediately"):
        j += 1
        word = tokens[j].key
    if word == "that" and tokens[j + 1].key == "same":
        j += 1
        word = "same"
    if word in PREVIOUS:
        which = "previous" if the or word in ("previous", "preceding", "prior") else "last"
        if the and word in ("last", "past"):
            which = "last"
    elif word in FOLLOWING:
        which = "following" if the or word in ("following", "subsequent", "ensuing") else "next"
        if word in ("coming", "upcoming", "forthcoming"):
            which = "next"
    elif word in SAME:
        which = "that" if word in ("that", "same", "those") else "this"
    else:
        return None
    k = j + 1
    if tokens[k].key == "same":
        which, k = "that", k + 1
    stage = None
    if tokens[k].key in ("early", "late", "mid"):
        stage, k = STAGES[tokens[k].key], k + 1 + (tokens[k + 1].key in DASHES)
    head = tokens[k].key
    phrase = Phrase(start=i, end=k + 1, kind="relative", which=which, fields=Fields(stage=stage))
    if head in ("fiscal", "calendar", "academic", "school") and tokens[k + 1].key in ("year", "quarter"):
        k += 1
        head = tokens[k].key
        phrase = replace(phrase, end=k + 1)
    if head in ("week", "month", "year", "weekend", "quarter", "decade", "century", "day", "hour", "minute"):
        if head == "week" and which in ("last", "next", "this") and tokens[k + 1].key in WEEKDAYS:
            return None
        if word == "past" or (which == "last" and the):
            return _as_duration(phrase, tokens, k)
        if head == "day" and word in ("present", "these"):
            return None
        inner = read_core(tokens, k + 1) if head == "year" and tokens[k].possessive else None
        if (
            inner is not None and which in ("last", "this", "next") and _needs_year(inner[1])
        ):  # "last year's first quarter"
            return Phrase(start=i, end=inner[0], kind="calendar", fields=replace(inner[1], of_year=which))
        end = k + 1
        if tokens[end].key in PARTS and head == "day":
            return replace(phrase, unit="D", end=end + 1, fields=Fields(part=PARTS[tokens[end].key]))
        return replace(phrase, unit=STORY_UNITS[head])
    if head in PARTS and head not in ("nights", "mornings", "evenings", "afternoons"):
        return replace(phrase, unit="D", fields=Fields(part=PARTS[head]))
    if head in PLURAL_UNITS and word not in ("past", "last") and (word, head) != ("these", "days"):
        return Phrase(start=i, end=k + 1, kind="duration", unit=UNITS[head])
    core = read_core(tokens, k)
    if core is None:
        return None
    end, fields = core
    if fields.year is not None or fields.clock is not None or fields.decade is not None or fields.century is not None:
        return None
    if word in ("same", "that", "this", "these", "those") and fields.weekday is None and fields.month is None and \
            fields.season is None and fields.holiday is None and fields.quarter is None:  # fmt: skip
        return None
    return replace(phrase, end=end, fields=replace(fields, stage=stage or fields.stage))


def _needs_year(fields: Fields) -> bool:
    """Whether it is a quarter, season or month that prints no year."""
    return fields.year is None and any((fields.quarter, fields.half, fields.season, fields.month))


def _as_duration(phrase: Phrase, tokens: Tokens, k: int) -> Phrase:
    return Phrase(start=phrase.start, end=k + 1, kind="duration", count=1, unit=UNITS[tokens[k].key], which="past")


def read_staged(tokens: Tokens, i: int) -> Found:
    """A stretch: `late 1989`, `the end of the year`, `early next week`, `mid-November`, `later that month`."""
    j = i + (tokens[i].key == "the")
    key = tokens[j].key
    k = j + 1
    if key in ("early", "late", "mid", "middle", "later", "earlier"):
        k += tokens[k].key in DASHES
        k += tokens[k].key == "to" and tokens[k + 1].key == "mid"
        if tokens[k].key in ("part", "days", "hours", "months", "years", "stages") and tokens[k + 1].key in (
            "of",
            "in",
        ):
            k += 1
        if tokens[k].key in ("of", "in", "on"):
            k += 1
        elif key == "middle":
            return None
        stage = {"later": "END", "earlier": "START"}.get(key) or STAGES[key]
    elif key in ("latter", "first", "last", "closing", "opening") and tokens[k].key in (
        "part",
        "days",
        "weeks",
        "months",
    ):
        if tokens[k].key != "part" or tokens[k + 1].key != "of":
            return None
        stage, k = ("START" if key in ("first", "opening") else "END"), k + 2
    elif key in STAGES and tokens[k].key == "of":
        stage, k = STAGES[key], k + 1
    elif key in ("month", "year", "week", "day") and (tokens[j].possessive or tokens[k].key in DASHES):
        k += tokens[k].key in DASHES
        if tokens[k].key != "end" or (tokens[k + 1].key in DASHES and tokens[k + 1].key):
            return None
        return Phrase(start=i, end=k + 1, kind="relative", which="that", unit=UNITS[key], fields=Fields(stage="END"))
    else:
        return None
    inner = read_story_unit(tokens, k) or read_deictic(tokens, k) or read_relative(tokens, k)
    if inner is not None and inner.kind != "duration":
        return replace(inner, start=i, fields=replace(inner.fields, stage=stage))
    if key in ("later", "earlier") and tokens[k - 1].key not in ("in", "on"):
        return None
    dated = read_calendar(tokens, k)
    if dated is None:
        return None
    fields = replace(dated[1], stage=stage)
    if key in ("early", "late") and fields.month and fields.day:
        return None  # "late December 7" is not a stretch of a day
    return Phrase(start=i, end=dated[0], kind="calendar", fields=fields)


def read_story_unit(tokens: Tokens, k: int) -> Found:
    """`the year`, `the month`, only after a stage ("the end of the month")."""
    if tokens[k].key == "the" and tokens[k + 1].key in ("year", "month", "day", "decade", "century", "week", "night"):
        if tokens[k + 2].key in ("before", "after"):
            return None
        return Phrase(start=k, end=k + 2, kind="relative", which="that", unit=STORY_UNITS[tokens[k + 1].key])
    part = PARTS.get(tokens[k + 1].key) if tokens[k].key == "the" else None
    if part and tokens[k + 2].key != "of":
        return Phrase(start=k, end=k + 2, kind="relative", which="that", unit="D", fields=Fields(part=part))
    return None


AROUND = frozenset("until till before after since around about past from toward towards to through".split())
"""Stand before a turn of the day, besides "at" and "by"."""


def read_night(tokens: Tokens, i: int) -> Found:
    """`at night`, `overnight`, `one night`, `that` excluded: a part of a day that is not said."""
    key = tokens[i].key
    if key == "overnight":
        return Phrase(start=i, end=i + 1, kind="relative", which="last", unit="D", fields=Fields(part="NI"))
    before = tokens[i - 1].key if i else ""
    if key in TURNS_OF_DAY and before in AROUND:
        return Phrase(start=i, end=i + 1, kind="relative", which="that", unit="D", fields=Fields(part=PARTS[key]),
                      value="vague")  # fmt: skip
    if key in PARTS and before in ("at", "by", "in", "during") and key not in ("morning", "evening", "afternoon"):
        if tokens[i + 1].key in ("of", "on"):
            return None
        return Phrase(start=i, end=i + 1, kind="relative", which="that", unit="D", fields=Fields(part=PARTS[key]),
                      value="vague")  # fmt: skip
    if key == "the" and tokens[i + 1].key in ("morning", "afternoon", "evening") and before in ("in", "during"):
        return Phrase(start=i, end=i + 2, kind="relative", which="that", unit="D",
                      fields=Fields(part=PARTS[tokens[i + 1].key]))  # fmt: skip
    if key == "the" and tokens[i + 1].key == "weekend" and tokens[i + 2].key not in ("of", "before", "after"):
        return Phrase(start=i, end=i + 2, kind="relative", which="last", unit="WE")
    if (
        key == "the"
        and tokens[i + 1].key in ("winter", "summer", "spring", "autumn")
        and before in ("in", "during", "of")
    ):
        return Phrase(start=i, end=i + 2, kind="calendar", fields=Fields(season=SEASONS[tokens[i + 1].key]))
    return None
