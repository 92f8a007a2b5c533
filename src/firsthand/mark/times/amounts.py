"""Lengths of time, dates counted from another ("two weeks later"), and what recurs ("every Monday")."""

from __future__ import annotations

from dataclasses import replace

from firsthand.mark.times.calendars import read_calendar, read_core
from firsthand.mark.times.clocks import Tokens
from firsthand.mark.times.numbers import DASHES, adjacent, read_count
from firsthand.mark.times.phrases import Fields, Phrase
from firsthand.mark.times.tokens import PADDING
from firsthand.mark.times.words import (
    ABOUT,
    ADVERB_SETS,
    AFTER,
    BEFORE,
    CARDINALS,
    FOLLOWING,
    PARTS,
    PLURAL_UNITS,
    PLURAL_WEEKDAYS,
    PREMODIFIERS,
    PREVIOUS,
    TENS,
    TWO_WORD_PREMODIFIERS,
    UNITS,
)

Found = Phrase | None


LENGTH_ADJECTIVES = frozenset(
    "full long consecutive straight whole more additional solid calendar trading business bloody brutal short extra "
    "further complete tense working entire other successive chaotic difficult hard great good very bitter".split()
)


STORY_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE",
               "quarter": "Q", "night": "N", "hour": "H", "minute": "MI"}  # fmt: skip


def read_neighbour_day(tokens: Tokens, i: int) -> Found:
    """`the day before`, `the year after`, `the day following`, `the night before`."""
    if tokens[i].key != "the" or tokens[i + 1].key not in STORY_UNITS:
        return None
    side = tokens[i + 2].key
    which = {"before": "earlier", "previous": "earlier", "earlier": "earlier", "after": "later", "following": "later",
             "later": "later", "prior": "earlier"}.get(side)  # fmt: skip
    if which is None:
        return None
    unit = STORY_UNITS[tokens[i + 1].key]
    part = "NI" if unit == "N" else None
    after = tokens[i + 3]
    if side in ("before", "after") and (after.key in EVENT_STARTS or after.text[:1].isupper()):
        return Phrase(start=i, end=i + 3, kind="shift", count=1, unit="D" if unit == "N" else unit, which=side)
    return Phrase(start=i, end=i + 3, kind="shift", count=1, unit="D" if unit == "N" else unit, which=which,
                  fields=Fields(part=part))  # fmt: skip


LENGTH_STARTS = frozenset(
    "for in within over after during of by until since took take takes last lasts lasted spent spend the many most "
    "past recent and or about before between through throughout into from to are were be been that than some all as at "
    "with while when if only just even but long those these years months weeks days hours".split()
)
"""Before a bare "years" or "hours" that is a length; "game days" are none."""
EVENT_STARTS = frozenset("the a an his her its their our my he she they we it this that these those".split())
"""After "the day after": an event that it is counted from, and that is not resolved here."""


def read_premodifier(tokens: Tokens, i: int) -> tuple[int, str | None]:
    """`about`, `more than`, `at least`: next index and the TIMEX3-like modifier."""
    pair = (tokens[i].key, tokens[i + 1].key)
    if pair in TWO_WORD_PREMODIFIERS:
        return i + 2, {"more": "more", "least": "more"}.get(pair[0] if pair[0] != "at" else pair[1], "less")
    key = tokens[i].key
    if key in PREMODIFIERS:
        j = i + 1 + (key in ("ca", "c") and tokens[i + 1].key == ".")
        return j, "about" if key in ABOUT else {"over": "more", "under": "less"}.get(key)
    return i, None


def read_amount(tokens: Tokens, i: int) -> Found:
    """A length of time, and what it is counted from if anything: `ten days`, `two years ago`, `several weeks later`."""
    ago = _read_year_ago(tokens, i)
    if ago is not None:
        return ago
    j, modifier = read_premodifier(tokens, i)
    if j > i and tokens[i].key in ("over", "under") and tokens[j].key == "the":
        return None  # "over the past two years": a preposition, not "more than"
    counted_from = None
    if tokens[j].key == "the":
        j += 1
    word = tokens[j].key
    if word in PREVIOUS or word in FOLLOWING or word in EDGES:
        counted_from = "edge"
        j += 1
    started = j
    if word == "another" or (counted_from and tokens[j].key in UNITS):
        count: float | None = 1 if tokens[j].key not in PLURAL_UNITS else None
        number = read_count(tokens, j)
        if number is not None:
            j, count = number
        elif word not in ("past", "entire", "whole", "full", "another") and tokens[j].key not in PLURAL_UNITS:
            return _edge_unit(tokens, i, j, word)
    else:
        number = read_count(tokens, j)
        if number is None:
            if tokens[j].key in PLURAL_UNITS:
                count = None
            else:
                return _bare_long(tokens, j)
        else:
            j, count = number
            if count == 1 and tokens[started].key in ("a", "an") and tokens[j].key in PLURAL_UNITS:
                return None  # "a centuries-old custom"
    if tokens[j].key == "weekends" and j == i:
        return None  # they recur
    j += tokens[j].key in DASHES
    if counted_from is None and tokens[j].key in ("past", "last", "next", "previous", "following", "first"):
        j += 1
    skipped = 0
    while tokens[j].key in LENGTH_ADJECTIVES and skipped < 2:
        j, skipped = j + 1, skipped + 1
        j += tokens[j].key in DASHES
    unit_word = tokens[j].key
    if unit_word not in UNITS or (unit_word == "second" and tokens[started].kind != "number"):
        return None
    unit = UNITS[unit_word]
    if unit == "Q" or (unit_word in ("min", "hr", "yr") and tokens[started].kind != "number"):
        return None
    if unit_word in ("century",) and tokens[started].key in ("a", "an") and tokens[j + 1].key == "old":
        return None
    j += 1
    if tokens[j].key == "and" and tokens[j + 1].key == "a" and tokens[j + 2].key == "half" and count is not None:
        count, j = count + 0.5, j + 3
    elif (
        tokens[j].key in DASHES
        and [t.key for t in tokens[j + 1 : j + 5 : 2]] == ["and", "a"]
        and tokens[j + 5].key == "half"
    ):
        count, j = (count or 1) + 0.5, j + 6
    hyphens = any(t.key in DASHES for t in tokens[started:j])
    if tokens[i].key == "the" and (hyphens or tokens[j].key in DASHES) and started == i + 1:
        i += 1  # "the six-month strike": the article is the strike's
    phrase = Phrase(start=i, end=j, kind="duration", count=count, unit=unit, modifier=modifier,
                    which="past" if counted_from else None)  # fmt: skip
    before = tokens[i - 1] if i else PADDING
    bare = count is None and started == i and before.kind == "word" and before.key not in LENGTH_STARTS
    if bare and _direction(tokens, j) is None and tokens[j].key not in DASHES:
        phrase = replace(phrase, which="narrative")  # no length in news: "game days", "the Obama years"
    if counted_from is None or word in ("full", "another"):
        direction = _direction(tokens, j)
        if direction is not None:
            return replace(phrase, end=direction[0], kind="shift", which=direction[1])
    k = j + (tokens[j].key in DASHES)
    if tokens[k].key in ("long", "old"):
        k += 1
        return replace(phrase, end=k)
    if tokens[j].key == "of" and tokens[j + 1].key == "age":
        return replace(phrase, end=j + 2)
    if (tokens[started].key in ("a", "an") and unit_word in ("day", "week", "month", "year", "hour")) and i == started:
        return _rate(tokens, i, phrase)
    return phrase


def _read_year_ago(tokens: Tokens, i: int) -> Found:
    """`the year-earlier quarter`, `year-ago`, `the year-ago period`."""
    j = i + (tokens[i].key in ("the", "a"))
    if tokens[j].key != "year" or tokens[j + 1].key not in DASHES or tokens[j + 2].key not in ("ago", "earlier"):
        return None
    quarter = tokens[j + 3].key == "quarter"
    end = j + 3 + (quarter or tokens[j + 3].key in ("period", "month", "week"))
    if quarter:
        return Phrase(start=i, end=end, kind="shift", count=4, unit="Q", which="earlier")
    return Phrase(start=i, end=end, kind="shift", count=1, unit="Y", which="ago")


RATED = frozenset("once twice times percent % cents dollars half million billion thousand hundred".split())
"""Before "a day": so much each day, not a length of one day."""
EDGES = frozenset(
    "first final last entire whole another other same full these those intervening opening closing".split()
)
"""Before a count: a length that is laid to an edge, not a shift ("the first ten months")."""


def _rate(tokens: Tokens, i: int, phrase: Phrase) -> Found:
    """`$5 a day`, `twice a week`, `40 times a year`: a set, not a length."""
    before = tokens[i - 1] if i else PADDING
    rated = before.kind == "number" or before.key in RATED or before.key in CARDINALS or before.key in TENS
    return replace(phrase, kind="set", value=f"P1{phrase.unit}" if phrase.unit != "H" else "PT1H") if rated else phrase


def _edge_unit(tokens: Tokens, i: int, j: int, word: str) -> Found:
    """`the last week of August`, `the first day`: one unit at the edge of something."""
    unit = UNITS[tokens[j].key]
    if unit not in ("D", "W", "M", "Y", "DE", "H") or word not in ("first", "last", "final", "opening"):
        return None
    if tokens[j + 1].key != "of":
        return None
    if unit == "D":
        return Phrase(start=i, end=j + 1, kind="reference", value="XXXX-XX-XX", which="narrative")
    end = j + 1
    dated = read_calendar(tokens, j + 2)
    if dated is not None and unit == "W":
        end = dated[0]
    return Phrase(start=i, end=end, kind="duration", count=1, unit=unit, which="past")


def _direction(tokens: Tokens, j: int) -> tuple[int, str] | None:
    """What stands after a length: `ago`, `later`, `from now`, `before`; (next index, which)."""
    key = tokens[j].key
    if key in DASHES and tokens[j + 1].key in ("ago", "later", "earlier"):
        j, key = j + 1, tokens[j + 1].key
    if key == "ago":
        return j + 1, "ago"
    if key == "from" and tokens[j + 1].key in ("now", "today"):
        return j + 2, "from now"
    if key in ("into", "in") and tokens[j + 1].key == "the" and tokens[j + 2].key == "future":
        return j + 3, "from now"
    if key == "before" or key == "after":
        after = tokens[j + 1]
        if after.key in ("that", "this") and (tokens[j + 2].kind == "mark" or tokens[j + 2].key in ("the", "and")):
            return j + 2, "earlier" if key == "before" else "later"
        if after.kind == "mark" and after.key not in ("'", '"', "“", "‘"):
            return j + 1, "earlier" if key == "before" else "later"
        return j + 1, key
    if key in BEFORE - {"prior", "back"}:
        return j + 1, "earlier"
    if key == "prior":
        return j + 1 + (tokens[j + 1].key == "to"), "before" if tokens[j + 1].key == "to" else "earlier"
    if key in AFTER - {"on", "hence"}:
        return j + 1, "later"
    if key == "hence":
        return j + 1, "from now"
    return None


def _bare_long(tokens: Tokens, j: int) -> Found:
    """`month-long`, `year-long`, `decades-old`, `day-long`."""
    unit = UNITS.get(tokens[j].key)
    dashed = tokens[j + 1].key in DASHES and adjacent(tokens, j + 1) and adjacent(tokens, j + 2)
    if unit is None or not dashed or tokens[j + 2].key not in ("long", "old"):
        return None
    count = None if tokens[j].key in PLURAL_UNITS else 1
    return Phrase(start=j, end=j + 3, kind="duration", count=count, unit=unit)


def read_set(tokens: Tokens, i: int) -> Found:
    """`every Monday`, `each year`, `weekly`, `per day`, `Mondays`."""
    key = tokens[i].key
    if key in ADVERB_SETS:
        return Phrase(start=i, end=i + 1, kind="set", value=ADVERB_SETS[key])
    if key in PLURAL_WEEKDAYS and tokens[i].text[0].isupper():
        return Phrase(start=i, end=i + 1, kind="set", value=f"XXXX-WXX-{PLURAL_WEEKDAYS[key]}")
    if key == "weekends":
        return Phrase(start=i, end=i + 1, kind="set", value="XXXX-WXX-WE")
    if key not in ("every", "each", "per") or (key == "per" and i and tokens[i - 1].key in LENGTHS):
        return None
    j = i + 1
    if key == "every" and tokens[j].key == "other":
        count: float | None = 2
        j += 1
    else:
        count = 1
        number = read_count(tokens, j)
        if key == "every" and number is not None and tokens[number[0]].key in PLURAL_UNITS:
            j, count = number
        elif tokens[j].key in ("single", "passing", "and"):
            j += 1
    head = tokens[j].key
    if head in PARTS and key != "per":
        return Phrase(start=i, end=j + 1, kind="set", value=f"XXXX-XX-XXT{PARTS[head]}")
    if head in UNITS and (count != 1 or head not in PLURAL_UNITS):
        unit = UNITS[head]
        if unit == "Q":
            unit, count = "M", None if count is None else 3 * count
        if unit == "WE":
            return Phrase(start=i, end=j + 1, kind="set", value="XXXX-WXX-WE")
        return Phrase(start=i, end=j + 1, kind="set", value=length_to_timex(count, unit))
    if key == "per":
        return None
    core = read_core(tokens, j)
    if core is None or core[1].year is not None:
        return None
    fields = core[1]
    if fields.weekday:
        tail = f"T{fields.part}" if fields.part else ""
        return Phrase(start=i, end=core[0], kind="set", value=f"XXXX-WXX-{fields.weekday}{tail}")
    if fields.month:
        value = f"XXXX-{fields.month:02d}" + (f"-{fields.day:02d}" if fields.day else "")
        return Phrase(start=i, end=core[0], kind="set", value=value)
    if fields.season:
        return Phrase(start=i, end=core[0], kind="set", value=f"XXXX-{fields.season}")
    return None


LENGTHS = frozenset("miles mile kilometers kilometres kilometer kilometre km kms meters metres feet knots".split())
"""Before "per hour" they make a speed, which TIMEX3 leaves alone."""


def length_to_timex(count: float | None, unit: str) -> str:
    """A TIMEX3 duration.

    >>> length_to_timex(3, "Y"), length_to_timex(None, "H"), length_to_timex(2.5, "Y"), length_to_timex(1, "2W")
    ('P3Y', 'PTXH', 'P2.5Y', 'P2W')
    """
    if unit[0].isdecimal():
        count, unit = (None if count is None else count * int(unit[0])), unit[1:]
    if count is not None and count != int(count):  # a half-century is fifty years; half an hour is thirty minutes
        count, unit = {"DE": (10 * count, "Y"), "CE": (100 * count, "Y")}.get(unit, (count, unit))
        count, unit = (30, "MI") if (count, unit) == (0.5, "H") else (count, unit)
    number = "X" if count is None else f"{count:g}"
    if unit in ("H", "MI", "S"):
        return f"PT{number}{unit[0]}"
    return f"P{number}{unit}"
