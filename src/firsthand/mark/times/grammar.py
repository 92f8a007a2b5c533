"""Tokens → time phrases. One reader per way of telling time; at each token the longest reading wins.

The order of telling is English's: [about] [the] [end of] [last] CORE, or [about] COUNT UNIT [ago | later]. What is
printed is kept as it is; nothing is resolved here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from firsthand.mark.times.amounts import Found, read_amount, read_neighbour_day, read_premodifier, read_set
from firsthand.mark.times.calendars import read_calendar, read_core, read_day_date, read_month, read_small_number
from firsthand.mark.times.clocks import HOLIDAY_STARTS, Tokens
from firsthand.mark.times.numbers import DASHES, adjacent, read_ordinal
from firsthand.mark.times.phrases import Fields, Phrase
from firsthand.mark.times.relatives import (
    DEICTIC_DAYS,
    read_deictic,
    read_night,
    read_reference,
    read_relative,
    read_staged,
)
from firsthand.mark.times.tokens import PADDING, Token, text_to_tokens
from firsthand.mark.times.words import (
    ABOUT,
    ADVERB_SETS,
    CARDINALS,
    DECADE_WORDS,
    FOLLOWING,
    MONTHS,
    ONLY_IN_NEWS,
    ORDINALS,
    PARTS,
    PAST_IN_NARRATIVE,
    PLURAL_WEEKDAYS,
    PREMODIFIERS,
    PREVIOUS,
    REFERENCES,
    SAME,
    SEASONS,
    STAGES,
    TENS,
    TWO_WORD_PREMODIFIERS,
    UNITS,
    VAGUE_COUNTS,
    WEEKDAYS,
)

LOOKAHEAD = 24
"""No reader looks further ahead than this; the token list is padded with as many empty tokens."""


def read_date(tokens: Tokens, i: int) -> Found:
    """A calendar expression, with "about" and the article that belong to it."""
    j, modifier = read_premodifier(tokens, i)
    the = tokens[j].key == "the"
    week = _read_day_of_week(tokens, j)
    if week is not None:
        return week
    found = read_calendar(tokens, j)
    if found is None:
        if the:
            number = read_ordinal(tokens, j + 1) if tokens[j + 1].kind == "number" else None
            before = tokens[i - 1].key if i else ""
            if number is not None and number[1] <= 31 and before in ("on", "by", "until", "from", "to", "and", "till"):
                follows = tokens[number[0]]
                if follows.kind != "word" or follows.key in ("and", "to", "when", "but", "in", "after", "the"):
                    return Phrase(start=i, end=number[0], kind="calendar", fields=Fields(day=number[1]))
        return None
    end, fields = found
    if the and fields.clock is not None and fields.day is None:
        return None
    if j > i and modifier is None:
        return None
    if modifier is not None and tokens[i].key not in ABOUT:
        return None
    bare_year = fields.year is not None and fields.year > 0 and fields == Fields(year=fields.year)
    if the and (fields.holiday or bare_year) and tokens[j + 1].key not in ("year", "years"):
        return None
    fields = replace(fields, approximate=modifier == "about")
    if the and j == i and tokens[i + 1].key in MONTHS:
        i += 1  # "the Feb. 20 meeting": the article is the meeting's
    return Phrase(start=i, end=end, kind="calendar", fields=fields)


def _read_day_of_week(tokens: Tokens, i: int) -> Found:
    """`Tuesday of last week`, `Monday night of next week`."""
    if tokens[i].key not in WEEKDAYS:
        return None
    core = read_core(tokens, i)
    if core is None or core[1].day is not None or tokens[core[0]].key != "of":
        return None
    which = tokens[core[0] + 1].key
    if which not in ("last", "this", "next") or tokens[core[0] + 2].key != "week":
        return None
    return Phrase(start=i, end=core[0] + 3, kind="relative", which=which, unit="W", fields=core[1])


def read_the_year(tokens: Tokens, i: int) -> Found:
    """`the year 1950`, `the years 1955`."""
    j = i + (tokens[i].key == "the")
    if tokens[j].key not in ("year", "years"):
        return None
    found = read_core(tokens, j + 1)
    if found is None or found[1].year is None or found[1].month is not None:
        return None
    return Phrase(start=i, end=found[0], kind="calendar", fields=found[1])


PHRASE_READERS: tuple[Callable[[Tokens, int], Found], ...] = (
    read_reference, read_date, read_staged, read_relative, read_neighbour_day, read_amount, read_set, read_deictic,
    read_the_year, read_night,
)  # fmt: skip


FIGURE_READERS = (read_date, read_amount)
"""What can begin with a number or a mark."""

STARTERS = frozenset(
    (*MONTHS, *WEEKDAYS, *PLURAL_WEEKDAYS, *SEASONS, *PARTS, *UNITS, *CARDINALS, *TENS, *ORDINALS, *DECADE_WORDS,
     *VAGUE_COUNTS, *STAGES, *PREVIOUS, *FOLLOWING, *SAME, *PREMODIFIERS, *ADVERB_SETS, *HOLIDAY_STARTS, *DEICTIC_DAYS,
     *(words[0] for words in (*REFERENCES, *ONLY_IN_NEWS, *PAST_IN_NARRATIVE)),
     *(pair[0] for pair in TWO_WORD_PREMODIFIERS),
     "the", "a", "an", "half", "every", "each", "per", "fiscal", "later", "earlier", "latter", "final", "another",
     "last",      "entire", "whole", "full", "intervening", "hundred", "opening", "closing", "'", "’", "‘")
)  # fmt: skip
"""A phrase begins with one of these, or with a number. Everything else is passed over at once."""


CONNECTORS = frozenset({"-", "–", "—", "to", "and", "or", ",", "through", "until", "till", "/", "&"})


@lru_cache(maxsize=1)
def text_to_phrases(text: str) -> tuple[Sequence[Token], Sequence[Phrase]]:
    """The words of a text and its time phrases.

    Those of the last text asked for are kept, since dating a document and finding its times both read them.

    Args:
        text: Any.

    Returns:
        Tokens and phrases, to be read only.
    """
    tokens = text_to_tokens(text)
    return tokens, tokens_to_phrases(tokens)


def tokens_to_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """Find the time phrases of a text.

    Args:
        tokens: All of them, as text_to_tokens gives them.
    Returns:
        Phrases in order, not overlapping; `start` and `end` are indices into `tokens`.
    """
    padded = [*tokens, *[PADDING] * LOOKAHEAD]
    phrases: list[Phrase] = []
    i, size = 0, len(tokens)
    while i < size:
        token = padded[i]
        if (token.kind == "word" or token.kind == "mark") and token.key not in STARTERS:
            i += 1
            continue
        listed = _listed_days(padded, i) if token.kind == "number" else None
        if listed is not None:
            phrases.extend(listed)
            i = listed[-1].end
            continue
        best: Found = None
        for reader in PHRASE_READERS if token.kind == "word" else FIGURE_READERS:
            found = reader(padded, i)
            if found is not None and (best is None or found.end > best.end):
                best = found
        if best is None or best.end > size:
            i += 1
            continue
        phrases.append(best)
        i = max(best.end, i + 1)
        tail = _trailing_days(padded, best) if best.kind == "calendar" else None
        if tail is not None:
            phrases.append(tail)
            i = tail.end
    return phrases


def _listed_days(tokens: Tokens, i: int) -> list[Phrase] | None:
    """`6-7 January 1916`, `28 and 29 August`: the first numbers are days of the month named last."""
    first = read_small_number(tokens, i)
    if first is None:
        return None
    days = [(i, first[0], first[1])]
    j = first[0]
    while tokens[j].key in CONNECTORS and len(days) < 5:
        k = j + 1
        k += tokens[k].key == "the"
        k += tokens[j].key == "," and tokens[k].key in ("and", "or")
        dated = read_day_date(tokens, k)
        if dated is not None:
            year, month = dated[1].year, dated[1].month
            listed = [
                Phrase(start=a, end=b, kind="calendar", fields=Fields(year=year, month=month, day=day))
                for a, b, day in days
            ]
            return [*listed, Phrase(start=k, end=dated[0], kind="calendar", fields=dated[1])]
        number = read_small_number(tokens, k)
        if number is None:
            return None
        days.append((k, number[0], number[1]))
        j = number[0]
    return None


def _trailing_days(tokens: Tokens, phrase: Phrase) -> Found:
    """`May 4 and 5`, `April 6-7`, `March 5-9, 1918`, `1915-17`: what the number after a date leaves out."""
    j = phrase.end
    connector = tokens[j].key
    if connector not in ("-", "–", "—", "and", "to", "or", "/", "through"):
        return None
    fields, k = phrase.fields, j + 1
    if fields.month is not None and fields.day is not None and tokens[phrase.end - 1].kind == "number":
        number = read_small_number(tokens, k)
        if number is None or read_month(tokens, number[0]) is not None:
            return None
        dated = (
            tokens[number[0]].key == ","
            and tokens[number[0] + 1].kind == "number"
            and len(tokens[number[0] + 1].text) == 4
        )
        if dated and fields.year is None:
            year = tokens[number[0] + 1].value
            return Phrase(
                start=k, end=number[0] + 2, kind="calendar", fields=Fields(year=year, month=fields.month, day=number[1])
            )
        follows = tokens[number[0]]
        if (
            follows.kind == "word"
            and connector in ("and", "or", "to")
            and follows.key not in ("in", "at", "the", "by", "when")
        ):
            return None
        if follows.kind in ("am",) or follows.key in ("%", ":") or fields.year is not None:
            return None
        return Phrase(start=k, end=number[0], kind="calendar", fields=Fields(month=fields.month, day=number[1]))
    last, number_token = tokens[j - 1], tokens[k]
    if (
        (
            fields.year is not None
            and fields.day is None
            and last.kind == "number"
            and len(last.text) == 4
            and fields.year > 0
        )
        and (
            connector in DASHES | {"/"}
            and adjacent(tokens, j)
            and adjacent(tokens, k)
            and number_token.kind == "number"
        )
        and len(number_token.text) == 2
        and number_token.value is not None
        and tokens[k + 1].key not in DASHES
    ):
        year = fields.year // 100 * 100 + number_token.value
        if year > fields.year:
            return Phrase(start=k, end=k + 1, kind="calendar", fields=Fields(year=year))
    return None
