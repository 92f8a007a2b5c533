"""Calendar dates: "Saturday, 24 June 1950", "Dec. 7", "the 1990s", "third quarter of 1989", "480 BC".

Each reader takes the tokens and an index and gives (next index, Fields) or None. `read_calendar` tries them and takes
the longest. Nothing here knows when the document was written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from firsthand.mark.times.clocks import HOLIDAY_STARTS, Read, Tokens, read_clock, read_holiday, read_written_date
from firsthand.mark.times.numbers import (
    DASHES,
    MONEY,
    NOT_YEARS,
    adjacent,
    read_day,
    read_integer,
    read_ordinal,
    read_year,
    read_year_after,
    two_digit_year,
)
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.tokens import Token
from firsthand.mark.times.words import (
    CARDINALS,
    DATE_PREPOSITIONS,
    DECADE_WORDS,
    MONTH_OR_WORD,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    SHORT_MONTHS,
    TENS,
    WEEKDAYS,
    ZONES,
)


def read_month(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """`December`, `Dec`, `Dec.` → 12."""
    token = tokens[i]
    month = MONTHS.get(token.key)
    if month is None or token.text[0].islower() or (token.key == "mar" and tokens[i + 1].key in DASHES):
        return None
    dotted = tokens[i + 1].key == "." and adjacent(tokens, i + 1) and token.key in SHORT_MONTHS
    return i + 1 + dotted, month


def read_month_date(tokens: Tokens, i: int) -> Read:
    """`December 13`, `Dec. 7, 2019`, `May 2018`, `August of that year`, `May`."""
    found = read_month(tokens, i)
    if found is None:
        return None
    j, month = found
    if (
        tokens[j].key in NAMED_AFTER_DATES
        and tokens[j].text[0].isupper()
        and tokens[i - 1 if i else 0].kind == "number"
    ):
        return None
    day = read_day(tokens, j)
    if day is not None and not (tokens[day[0]].key == "%" or tokens[day[0]].key == ":"):
        end, rest = read_year_after(tokens, day[0])
        if (month, day[1]) == (9, 11) and rest == Fields() and tokens[end].key in ("attacks", "terrorist", "terror"):
            return end, Fields(month=9, day=11, of_year="2001")
        return end, replace(rest, month=month, day=day[1])
    end, rest = read_year_after(tokens, j)
    if end == j and _is_short_year(tokens[j]):
        return j + 1, Fields(year=two_digit_year(tokens[j].value or 0), month=month)
    if end == j and not _month_stands_alone(tokens, i):
        return None
    return end if end > j else i + 1 + (j > i + 1 and not _ends_sentence(tokens, i + 1)), replace(rest, month=month)


def _is_short_year(token: Token) -> bool:
    """Whether a token is the 89 of "16 NOV 89": two digits that can be no day."""
    return token.kind == "number" and len(token.text) == 2 and (token.value or 0) >= 32


def _ends_sentence(tokens: Tokens, dot: int) -> bool:
    return tokens[dot + 1].key == "" or tokens[dot + 1].text[:1].isupper()


def _month_stands_alone(tokens: Tokens, i: int) -> bool:
    """Whether a bare "May" is a month: not the verb, not a person, not "March" to somewhere."""
    token, before, after = tokens[i], tokens[i - 1] if i else tokens[-1], tokens[i + 1]
    title = tokens[i - 2].key if i > 1 and before.key == "." else before.key
    named = after.kind == "word" and after.text[0].isupper() and after.text[1:].islower() and token.text[1:].islower()
    if title in ("mr", "ms", "mrs", "dr") or (named and before.key in ("and", "or")):
        return False
    if token.key in MONTH_OR_WORD:
        if before.key in ("the", "a"):  # "the March operation", never "the March to the Sea"
            return after.kind == "word" and after.key not in (
                "to",
                "on",
                "against",
                "through",
                "of",
                "across",
                "by",
                "in",
            )
        return before.key in DATE_PREPOSITIONS or before.key in DASHES or before.key in ("of", "(")
    if before.key in DATE_PREPOSITIONS or before.key == "the":
        return True
    # "April Glaspie", "August Schmidt": a name unless the word before asks for a date.
    return not named


def read_day_date(tokens: Tokens, i: int) -> Read:
    """`16 November 1989`, `the 24th of June`, `16-November`, `16 NOV 89`."""
    day = read_day(tokens, i)
    if day is None:
        return None
    j = day[0]
    j += tokens[j].key == "of"
    j += tokens[j].key in DASHES and adjacent(tokens, j) and tokens[j + 1].key in MONTHS
    month = read_month(tokens, j)
    if month is None:
        return None
    end, rest = read_year_after(tokens, month[0])
    if end == month[0]:
        if tokens[end].key in NAMED_AFTER_DATES and tokens[end].text[0].isupper():
            return None
        if _is_short_year(tokens[end]):
            end, rest = end + 1, Fields(year=two_digit_year(tokens[end].value or 0))
        elif end > j + 1 and _ends_sentence(tokens, j + 1):
            end = j + 1
    return end, replace(rest, month=month[1], day=day[1])


NAMED_AFTER_DATES = frozenset(
    "movement dam avenue neighborhood street stadium bridge brigade battalion front airport barracks square park plaza "
    "school hospital district colony".split()
)
"""Things in Latin America that bear a date as their name: "the 19 April Movement", "the 5 November dam"."""


def read_weekday(tokens: Tokens, i: int) -> Read:
    """`Tuesday`, `Tuesday night`, `Saturday, June 24, 1950`, `Tues.`."""
    token = tokens[i]
    number = WEEKDAYS.get(token.key)
    if number is None or token.text[0].islower():
        return None
    long_name = token.key.endswith("day")
    j = i + 1
    if not long_name:
        if tokens[j].key != "." and token.key in ("sun", "sat", "mon", "wed", "fri", "thu", "tue"):
            return None
        j += tokens[j].key == "."
    part = None
    k = j + (tokens[j].key in ("early", "late"))
    if tokens[k].key in PARTS:
        part, j = PARTS[tokens[k].key], k + 1
    k = j + (tokens[j].key == ",")
    k += tokens[k].key == "the"
    dated = read_day_date(tokens, k) or read_month_date(tokens, k)
    if dated is not None and dated[1].day is not None:
        return dated[0], replace(dated[1], weekday=number, part=part)
    return j, Fields(weekday=number, part=part)


SEASON_NOUNS = frozenset(
    "offensive offensives campaign campaigns fighting break semester term election elections".split()
)
"""After "fall" or "spring" they make it the season: "the spring offensive"."""


def read_season(tokens: Tokens, i: int) -> Read:
    """`spring of 1989`, `winter 1990-91`, `Summer`; a bare "fall" or "spring" only where it cannot be a verb."""
    season = SEASONS.get(tokens[i].key)
    if season is None or tokens[i + 1].key in ("olympics", "games", "paralympics"):
        return None
    end, rest = read_year_after(tokens, i + 1)
    if end > i + 1:
        slash = tokens[end]
        if (
            slash.key in DASHES | {"/"}
            and adjacent(tokens, end)
            and len(tokens[end + 1].text) == 2
            and tokens[end + 1].value
        ):
            end += 2
        return end, replace(rest, season=season)
    before = tokens[i - 1].key if i else ""
    if tokens[i].key in ("fall", "spring") and tokens[i + 1].key not in SEASON_NOUNS:
        asked = before in DATE_PREPOSITIONS - {"to", "on", "at", "and"} or before in ("the", "coming", "that")
        joined = before in ("and", "or") and i > 1 and tokens[i - 2].key in SEASONS
        if not (asked or joined) or (before in ("the", "of") and tokens[i + 1].key in ("of", "from")):
            return None
    return i + 1, Fields(season=season)


def read_bare_year(tokens: Tokens, i: int) -> Read:
    """A year that stands alone: "in 1989", "(1914-1918)", "the 1941 campaign", "480 BC"."""
    found = read_year(tokens, i)
    if found is None:
        return None
    end, year = found
    if tokens[end - 1].kind == "bc" or year < 0 or tokens[i].kind in ("bc", "mark"):
        return end, Fields(year=year)
    before, after = tokens[i - 1] if i else tokens[-1], tokens[end]
    if before.key in MONEY or before.text in ("No", "no") or after.key in ("%", "/"):
        return None
    if after.key == ":" and before.key not in ("", ".", ")"):
        return None
    if before.key in (".", "/") and adjacent(tokens, i):
        return None
    if after.key in NOT_YEARS or (after.key in DASHES and tokens[end + 1].key in NOT_YEARS and adjacent(tokens, end)):
        return None
    asked = (
        before.key in DATE_PREPOSITIONS or before.key in ("of", "year", "years", "(", "[", "as") or before.key in DASHES
    )
    if not asked and not 1750 <= year <= 2050:
        return None
    if before.key in CARDINALS or before.key in TENS:
        return None
    owned = 2 * (after.key in ("'", "’") and adjacent(tokens, end) and tokens[end + 1].key == "s")
    quarter = read_quarter(tokens, end + owned)
    if quarter is not None and quarter[1].year is None and quarter[1].of_year is None:  # "2012's final quarter"
        return quarter[0], replace(quarter[1], year=year)
    season = SEASONS.get(after.key)
    if season is not None and after.key not in ("fall", "spring"):
        return end + 1, Fields(year=year, season=season)
    return end, Fields(year=year)


def read_decade(tokens: Tokens, i: int) -> Read:
    """`1990s`, `1990's`, `'90s`, `the eighties`, `470s BC`."""
    token = tokens[i]
    j = i + 1 if token.key in ("'", "’", "‘") else i
    token, after = tokens[j], tokens[j + 1]
    if token.kind == "number" and token.value is not None and token.value % 10 == 0:
        tail = after.key == "s" and adjacent(tokens, j + 1)
        tick = (
            after.key in ("'", "’") and adjacent(tokens, j + 1) and tokens[j + 2].key == "s" and adjacent(tokens, j + 2)
        )
        if not tail and not tick:
            return None
        end = j + 2 if tail else j + 3
        if tokens[end].kind == "bc":
            return end + 1, Fields(decade=-(token.value // 10))
        if len(token.text) == 4:
            return (end, Fields(century=token.value // 100)) if token.value % 100 == 0 and token.value < 1900 else (
                end, Fields(decade=token.value // 10))  # fmt: skip
        if len(token.text) == 2 and (j > i or (i and tokens[i - 1].key in ("the", "early", "late", "mid"))):
            return end, Fields(decade=two_digit_year(token.value) // 10)
        return None
    if token.key in DECADE_WORDS and i and tokens[i - 1].key in ("the", "early", "late", "mid", "-"):
        return j + 1, Fields(decade=190 + DECADE_WORDS[token.key])
    return None


def read_century(tokens: Tokens, i: int) -> Read:
    """`19th century`, `nineteenth-century`, `4th century BC`."""
    found = read_ordinal(tokens, i)
    if found is None or not 1 <= found[1] <= 21:
        return None
    j = found[0] + (tokens[found[0]].key in DASHES)
    if tokens[j].key not in ("century", "centuries"):
        return None
    bc = tokens[j + 1].kind == "bc"
    if bc and found[1] == 1:
        return None  # EDTF has no century of its own for the years 100 to 1 before Christ
    return j + 1 + bc, Fields(century=-(found[1] - 1) if bc else found[1] - 1)


def read_quarter(tokens: Tokens, i: int) -> Read:
    """`third quarter`, `first-quarter`, `second half of 1990`, `fiscal 1989`, `latter half of 2008`."""
    token = tokens[i]
    if token.key == "fiscal":
        j = i + 1 + (tokens[i + 1].key == "year")
        year = read_year(tokens, j)
        return (year[0], Fields(year=year[1])) if year is not None else None
    if token.key in ("latter", "former", "final"):
        j, number = i + 1, {"former": 1}.get(token.key, 2)
    else:
        found = read_ordinal(tokens, i)
        if found is None or found[1] > 4:
            return None
        j, number = found
    j += tokens[j].key in DASHES
    j += tokens[j].key == "fiscal"
    unit = tokens[j].key
    if unit == "quarter" and token.key not in ("latter", "former"):
        if token.key == "final":
            number = 4
        if tokens[j + 1].key in ("century", "of") and tokens[j + 2].key in ("a", "century", "an"):
            return None
    elif unit != "half" or number > 2:
        return None
    end = j + 1
    fiscal = end + (tokens[end].key == "of")
    if tokens[fiscal].key == "fiscal" and tokens[fiscal + 1].key != "year":
        end = fiscal if tokens[fiscal + 1].kind == "number" else end
    end += tokens[end].key == "fiscal"
    end, rest = read_year_after(tokens, end)
    if unit == "half":
        if end == j + 1 and not (
            tokens[end].key == "of" and tokens[end + 1].key in ("this", "the", "that", "last", "next")
        ):
            return None
        if end == j + 1:
            month = read_month(tokens, end + 1) or read_month(tokens, end + 2)
            if month is not None or tokens[end + 2].key not in ("year", "decade"):
                return None
            end += 3 * (tokens[end + 1].key == "the" and tokens[end + 2].key == "year")
            return end, Fields(half=number)
    return end, replace(rest, quarter=number if unit == "quarter" else None, half=number if unit == "half" else None)


CORE_READERS: tuple[Callable[[Tokens, int], Read], ...] = (
    read_written_date, read_weekday, read_day_date, read_month_date, read_season, read_quarter, read_century,
    read_decade, read_holiday, read_clock, read_bare_year,
)  # fmt: skip


CORE_WORDS = frozenset(
    (*MONTHS, *WEEKDAYS, *SEASONS, *ORDINALS, *TENS, *CARDINALS, *DECADE_WORDS, *HOLIDAY_STARTS, "fiscal", "latter",
     "former", "final", "the")
)  # fmt: skip
"""A calendar expression that begins with a word begins with one of these."""


def read_core(tokens: Tokens, i: int) -> Read:
    """The longest calendar expression that begins at a token."""
    if tokens[i].kind == "word" and tokens[i].key not in CORE_WORDS:
        return None
    best: Read = None
    for reader in CORE_READERS:
        found = reader(tokens, i)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best


def read_calendar(tokens: Tokens, i: int) -> Read:
    """A calendar expression, with a part of day or a clock time that belongs to it.

    "the night of 10 August 1792", "5:30 p.m. Tuesday", "early in the morning of 29 April".
    """
    j = i + (tokens[i].key == "the")
    part = PARTS.get(tokens[j].key)
    if part is not None:
        k = j + 1
        k += tokens[k].key == "hours"
        if tokens[k].key in ("of", "on", ",") or tokens[k].key in WEEKDAYS:
            k += tokens[k].key not in WEEKDAYS
            dated = read_core(tokens, k + (tokens[k].key == "the"))
            if dated is not None and (dated[1].day is not None or dated[1].weekday is not None or dated[1].holiday):
                return dated[0], replace(dated[1], part=part)
        return None
    found = read_core(tokens, j)
    if found is None:
        return None
    end, fields = found
    if fields.clock is not None and fields.year is None:
        k = end + (tokens[end].key == ",")
        dated = read_core(tokens, k)
        if dated is not None and dated[1].clock is None and (dated[1].day is not None or dated[1].weekday is not None):
            zone = ZONES.get(tokens[dated[0]].key) if tokens[dated[0]].text.isupper() else None
            return dated[0] + (zone is not None), replace(dated[1], clock=fields.clock, zone=zone or fields.zone)
    if fields.day is not None and fields.clock is None and tokens[end].kind in ("clock", "number"):
        clock = read_clock(tokens, end)
        if clock is not None and tokens[clock[0] - 1].kind == "am":
            return clock[0], replace(fields, clock=clock[1].clock, zone=clock[1].zone)
    if fields.day is not None and fields.part is None and tokens[end].key in PARTS and tokens[end].key != "overnight":
        return end + 1, replace(fields, part=PARTS[tokens[end].key])
    return end, fields


def read_small_number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number that can be the day of a date whose month stands elsewhere: the 6 of "6-7 January", "May 4 and 5"."""
    found = read_integer(tokens, i) if tokens[i].kind == "number" else None
    if found is None or len(tokens[i].text) > 2 or not 1 <= found[1] <= 31:
        return None
    j = found[0]
    return (j + 1, found[1]) if tokens[j].key in ("st", "nd", "rd", "th") and adjacent(tokens, j) else found
