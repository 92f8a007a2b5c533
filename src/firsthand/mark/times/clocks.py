"""Dates in figures, times of day and holidays: "1989-11-16", "5:30 p.m. EST", "0430 GMT", "Christmas Eve"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.mark.times.numbers import read_year_after, two_digit_year
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.tokens import Token
from firsthand.mark.times.words import (
    CARDINALS,
    EASTER_HOLIDAYS,
    FIXED_HOLIDAYS,
    NTH_WEEKDAY_HOLIDAYS,
    PARTS,
    UNRESOLVED_HOLIDAYS,
    ZONES,
)

Tokens = Sequence[Token]


Read = tuple[int, Fields] | None


HOLIDAYS = frozenset((*FIXED_HOLIDAYS, *NTH_WEEKDAY_HOLIDAYS, *EASTER_HOLIDAYS, *UNRESOLVED_HOLIDAYS))


HOLIDAY_STARTS = frozenset(words[0] for words in HOLIDAYS)


LONGEST_HOLIDAY = max(map(len, HOLIDAYS))


def read_written_date(tokens: Tokens, i: int) -> Read:
    """`1989-11-16`, `1989-11-16T02:30Z`, `16.11.1989`, `3/14/89`."""
    token = tokens[i]
    if token.kind == "iso":
        day, clock = token.text[:10], token.text[11:16]
        year, month, number = (int(piece) for piece in day.split("-"))
        zone = "Z" if token.text.endswith("Z") else ""
        return i + 1, Fields(year=year, month=month, day=number, clock=clock or None, zone=zone)
    if token.key == "9" and tokens[i + 1].key == "/" and tokens[i + 2].key == "11" and tokens[i + 3].key != "/":
        return i + 3, Fields(month=9, day=11, of_year="2001")
    if token.kind != "slashed":
        return None
    first, second, year = (int(piece) for piece in token.text.replace("/", ".").split("."))
    year = two_digit_year(year) if year < 100 else year
    # Month first with strokes (American), day first with dots (European), unless a number above 12 says otherwise.
    month_first = ("/" in token.text and first <= 12) or second > 12
    month, number = (first, second) if month_first else (second, first)
    return (i + 1, Fields(year=year, month=month, day=number)) if 1 <= month <= 12 and 1 <= number <= 31 else None


CLOCK_PREPOSITIONS = frozenset({"at", "by", "until", "around", "about"})


def read_clock(tokens: Tokens, i: int) -> Read:
    """`5:30 p.m. EST`, `11 a.m.`, `0430 GMT`, `2200 hours`, `10 o'clock`, `19:00`."""
    token = tokens[i]
    hour, minute = -1, 0
    j = i + 1
    military = False
    if token.kind == "clock":
        pieces = token.text.split(":")
        hour, minute = int(pieces[0]), int(pieces[1])
    elif token.kind == "number" and token.value is not None and "," not in token.text:
        if len(token.text) == 4 and token.value % 100 < 60 and token.value < 2400:
            hour, minute, military = token.value // 100, token.value % 100, True
        elif len(token.text) <= 2:
            hour = token.value
    elif token.key in CARDINALS:
        hour = CARDINALS[token.key]
    if not 0 <= hour <= 24:
        return None
    after = tokens[j]
    sure = token.kind == "clock"
    if after.kind == "am" and hour <= 12 and not military and not (after.text in ("am", "AM") and token.kind == "word"):
        hour = hour % 12 + (12 if after.key.startswith("p") else 0)
        j, sure = j + 1, True
    elif after.key in ("hours", "hrs", "h", "hr") and (military or token.kind == "clock"):
        j, sure = j + 1, True
    elif after.key == "o'clock":
        j, sure = j + 1, True
        k = j + (tokens[j].key == "in") + (tokens[j + 1].key == "the")
        part = PARTS.get(tokens[k].key)
        if part:
            hour, j = hour % 12 + (12 if part in ("AF", "EV", "NI") and hour < 12 else 0), k + 1
    zone = ZONES.get(tokens[j].key) if tokens[j].text.isupper() or tokens[j].key == "gmt" else None
    if zone is not None and (sure or military):
        j, sure = j + 1, True
    elif tokens[j].key == "local" and tokens[j + 1].key == "time" and (sure or military):
        j, sure = j + 2, True
    if not sure and military:
        before, follows = tokens[i - 1].key if i else "", tokens[i + 1].key
        told = follows in ("today", "yesterday", "(", "on")
        yearlike = 1900 <= (token.value or 0) <= 2059
        sure = (before == "at" and told) or (
            before in CLOCK_PREPOSITIONS and not yearlike and (told or token.text[0] == "0")
        )
    if not sure or hour > 24:
        return None
    return j, Fields(clock=f"{hour:02d}:{minute:02d}", zone=zone or "")


def read_holiday(tokens: Tokens, i: int) -> Read:
    """`Christmas Eve`, `Labor Day 1990`, `Good Friday`."""
    if tokens[i].key not in HOLIDAY_STARTS or tokens[i].text[0].islower():
        return None
    words: list[str] = []
    j = i
    while len(words) < LONGEST_HOLIDAY and j < len(tokens):
        if tokens[j].kind == "word":
            words.append(tokens[j].key)
        elif tokens[j].key not in (".", "'", "’", "-"):
            break
        j += 1
    for length in range(len(words), 0, -1):
        name = tuple(words[:length])
        if name in HOLIDAYS:
            end, left = i, length
            while left:
                left -= tokens[end].kind == "word"
                end += 1
            part = PARTS.get(tokens[end].key)
            if part:
                return end + 1, Fields(holiday=name, part=part)
            after, rest = read_year_after(tokens, end)
            return after, replace(rest, holiday=name)
    return None
