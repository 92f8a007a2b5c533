"""Weekdays and intervals in print against the calendar.

Weekday: "Tuesday, 14 March 2017" was a Tuesday. A year that was not printed is said to be inferred, and from what.
Interval: "two weeks later, on December 27" agrees with a date named before it. The dates of the last three
paragraphs are tried, nearest first; an interval conflicts only if none of them fits.
Tolerance: none for weekdays; a tenth of the interval, at least one day, for intervals.
False alarms: an interval counted from an event whose date the text does not print.
"""

from __future__ import annotations

import re
from datetime import date

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.dates import edtf_to_interval
from firsthand.core.records import Finding, Mention

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ]
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30}
_INTERVAL = re.compile(
    r"\b(\d{1,3}|[a-z]+)[\s-]+(day|week|month|year)s?\s+(later|earlier|after|before)\b", re.IGNORECASE
)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_PARAGRAPHS = 3


def view_to_date_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """Findings of checks `weekday` and `interval`."""
    found: list[Finding] = []
    for doc in view.mentions:
        days = [(m, day) for m in view.mentions[doc] if m.kind in ("date", "time") and (day := _day(m))]
        found += filter(None, (_weekday(view, mention, day) for mention, day in days))
        found += _intervals(view, doc, days, options)
    return found


def _day(mention: Mention) -> date | None:
    """The one day that a mention means, if it means one."""
    interval = edtf_to_interval(mention.value) if mention.value else None
    if interval is None or interval.first is None or interval.first != interval.last:
        return None
    return interval.first


def _weekday(view: View, mention: Mention, day: date) -> Finding | None:
    words = view.words(mention.span)
    named = _WEEKDAY.search(words)
    if not named or not re.search(r"\d", words):
        return None  # "on Tuesday" alone was resolved by its weekday: nothing to compare
    expected, measured = WEEKDAYS.index(named.group().lower()), day.weekday()
    source = mention.detail.get("inferred")
    year = f" (year {day.year} inferred from {source})" if source else ""
    agrees = expected == measured
    return make_finding(
        "weekday",
        "note" if agrees else "conflict",
        f"“{words}”: {day.isoformat()}{year} {'was' if agrees else 'was not'} a {named.group().capitalize()}"
        f"{'' if agrees else f' but a {WEEKDAYS[measured].capitalize()}'}.",
        spans=[mention.span],
        about=[mention.span.doc],
        measured=float(measured + 1),
        expected=float(expected + 1),
        tolerance=0.0,
        unit="days",
    )


def _intervals(view: View, doc: str, days: list[tuple[Mention, date]], options: CheckOptions) -> list[Finding]:
    text = view.documents[doc].text
    found = []
    for phrase in _INTERVAL.finditer(text):
        count = phrase.group(1).lower()
        number = int(count) if count.isdecimal() else _NUMBERS.get(count)
        then = next((m for m in days if 0 <= m[0].span.start - phrase.end() <= 8), None)
        if not number or not then or not re.fullmatch(r"[\s,]*(?:on\s+)?", text[phrase.end() : then[0].span.start]):
            continue
        expected = (
            number * _DAYS[phrase.group(2).lower()] * (1 if phrase.group(3).lower() in ("later", "after") else -1)
        )
        floor = _paragraphs_back(text, phrase.start())
        before = [m for m in days if floor <= m[0].span.start and m[0].span.end <= phrase.start()]
        before = [m for m in before if re.search(r"\d", view.words(m[0].span))][::-1]  # printed dates, nearest first
        if not before:
            continue
        tolerance = max(1.0, abs(expected) * options.interval_share)
        fits = [m for m in before if abs((then[1] - m[1]).days - expected) <= tolerance]
        anchor = (fits or before)[0]
        gap = (then[1] - anchor[1]).days
        phrased = " ".join(phrase.group().split())
        verb = "agrees with" if fits else "does not agree with"
        found.append(
            make_finding(
                "interval",
                "note" if fits else "conflict",
                f"“{phrased}, {view.words(then[0].span)}” {verb} “{view.words(anchor[0].span)}”: "
                f"from {anchor[1].isoformat()} to {then[1].isoformat()} are {gap} days.",
                spans=[then[0].span, anchor[0].span],
                about=[doc],
                measured=float(gap),
                expected=round(expected, 1),
                tolerance=round(tolerance, 1),
                unit="days",
            )
        )
    return found


def _paragraphs_back(text: str, start: int) -> int:
    """Where the third paragraph before `start` begins."""
    at = start
    for _ in range(_PARAGRAPHS):
        at = text.rfind("\n", 0, at)
        if at < 0:
            return 0
    return at
