"""The document's own date: from its metadata, its dateline, or what its text shows; always with where it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from firsthand.core.dates import day_of, edtf_to_interval, shift
from firsthand.core.records import Document, Mention, Span
from firsthand.mark.times.grammar import text_to_phrases, tokens_to_phrases
from firsthand.mark.times.phrases import Fields, Phrase
from firsthand.mark.times.points import Point, point_to_edtf, valid
from firsthand.mark.times.tenses import phrase_tense
from firsthand.mark.times.tokens import Token, text_to_tokens

BY = "mark.datings@3"
"""Bump when output changes."""

SILENT_PARTS = ("boilerplate", "wrapper", "bio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a document was written, as far as can be told.

    Attributes:
        published: EDTF date or interval, or None.
        found: `metadata`, `dateline`, `inferred: …` with the working, or `not found: …` with what is missing.
        evidence: The words, empty if metadata gave it.
    """

    published: str | None
    found: str
    evidence: tuple[Span, ...] = ()


def document_to_dating(document: Document, credits: Sequence[Mention] = ()) -> Dating:
    """Date a document: its metadata, else its dateline, else an interval from the dates that its text names.

    Args:
        document: `published` is trusted if it is a date.
        credits: Its credits, for the dateline.
    Returns:
        A Dating; `published` keeps the time of day of the metadata out.
    """
    if document.published is not None and edtf_to_interval(document.published[:10]) is not None:
        return Dating(published=document.published[:10], found="metadata")
    for credit in credits:
        line = credit.detail.get("date") if credit.detail.get("kind") == "dateline" else None
        if day_of(line) is not None:
            return Dating(published=line, found="dateline", evidence=(credit.span,))
    return _headed(document) or _inferred(document)


HEAD_LINES = 6
HEAD_LENGTH = 90
"""A date on one of so many first lines, itself no longer than that and no sentence, is the document's own: letterheads,
press releases and broadcasts print theirs there. A choice, read off a dozen pages, not measured."""


def _headed(document: Document) -> Dating | None:
    """The full date that a letterhead prints."""
    head = [line for line in re.finditer(r"[^\n]+", document.text[: HEAD_LINES * 400]) if line.group().strip()]
    for line in head[:HEAD_LINES]:
        words = line.group().strip()
        if len(words) > HEAD_LENGTH or words.endswith((".", "?", "!", "”", '"', ",")):
            continue
        tokens = text_to_tokens(line.group())
        for phrase in tokens_to_phrases(tokens):
            point = Point(year=phrase.fields.year, month=phrase.fields.month, day=phrase.fields.day)
            if phrase.kind != "calendar" or not (point.year and point.month and point.day and valid(point)):
                continue
            start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
            span = Span(document.id, line.start() + start, line.start() + end)
            return Dating(published=point_to_edtf(point), found="head: printed in the first lines", evidence=(span,))
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    """A date that the text names, in the past of its telling."""

    first: date
    last: date
    span: Span
    printed: bool


def _inferred(document: Document) -> Dating:
    """Not before the latest date that it tells of, nor a year after any date that it leaves without one.

    How soon after one such date news is written is not assumed: in a sample of MUC-4 and PolNeAR it was anything from
    the same day to a year (docs/times.md). Two and more days without year close together are another thing.
    """
    named = text_to_named_dates(document)
    years = [n for n in named if n.printed]
    if not years:
        return Dating(published=None, found="not found: no metadata, no dateline, and no year in the text")
    latest = max(named, key=lambda n: (n.first, n.last))
    because = f"“{_words(document, latest)}” ({latest.first.isoformat()}) is the latest date that it tells of"
    evidence = [latest.span]
    if not latest.printed:
        source = max((n for n in years if n.first <= latest.first), key=lambda n: (n.first, n.last))
        because += f", its year taken from “{_words(document, source)}”"
        evidence.append(source.span)
    bare = [n for n in named if not n.printed and shift(n.first, months=12) is not None]
    first = min(bare, key=lambda n: n.first, default=None)
    end = shift(first.first, months=12, days=-1) if first is not None else None
    close = _close_days(named, latest)
    if close:
        return _recent(document, latest, close, because=because, evidence=evidence)
    if first is None or end is None or end < latest.first:
        found = f"inferred: not before {latest.first.isoformat()}, because {because}"
        return Dating(published=f"{latest.first.isoformat()}/..", found=found, evidence=tuple(evidence))
    evidence.append(first.span)
    return Dating(
        published=f"{latest.first.isoformat()}/{end.isoformat()}",
        found=f"inferred: between {latest.first.isoformat()} and {end.isoformat()}, because {because}, and "
        f"“{_words(document, first)}” without a year is of the last twelve months",
        evidence=tuple(dict.fromkeys(evidence)),
    )


CLOSE_DAYS = 31
RECENT_DAYS = 60
"""Of the 70 texts of PolNeAR (train, dev) and a third of MUC-4 train that name, besides the latest, another past day
without year at most CLOSE_DAYS before it, 68 were written within RECENT_DAYS of the latest, 65 within 45 and 61 within
31. Of the 25 that also tell of past weekdays, 24 mean days not before the latest date. Counted with dates hidden;
docs/times.md says how."""


def _close_days(named: Sequence[_Named], latest: _Named) -> list[_Named]:
    """The other past days without year shortly before the latest date, if that is such a day itself."""
    if latest.printed or latest.first != latest.last:
        return []
    others = (n for n in named if not n.printed and n.first == n.last and n.first != latest.first)
    return [n for n in others if 0 < (latest.first - n.first).days <= CLOSE_DAYS]


def _recent(
    document: Document, latest: _Named, close: Sequence[_Named], *, because: str, evidence: Sequence[Span]
) -> Dating:
    """The weeks after the latest day, and not before the weekdays that it tells of have come."""
    first, last = latest.first, shift(latest.first, days=RECENT_DAYS) or latest.first
    spans = [*evidence, close[-1].span]
    told = ""
    for weekday, span in _past_weekdays(document):
        came = shift(latest.first, days=(weekday - latest.first.isoweekday()) % 7) or latest.first
        if came > first:
            first, told = came, f"; “{document.text[span.start : span.end]}” has come since"
            spans.append(span)
    found = (
        f"inferred: between {first.isoformat()} and {last.isoformat()}, because {because}{told}; and it names other "
        f"days without a year just before (“{_words(document, close[-1])}”), as is done within {RECENT_DAYS} days"
    )
    return Dating(
        published=f"{first.isoformat()}/{last.isoformat()}", found=found, evidence=tuple(dict.fromkeys(spans))
    )


def _past_weekdays(document: Document) -> list[tuple[int, Span]]:
    """The weekdays that a text tells of as past without a date, and where."""
    tokens, phrases = text_to_phrases(document.text)
    silent = [(p.start, p.end) for p in document.parts if p.kind in SILENT_PARTS]
    found = []
    for phrase in phrases:
        fields, start = phrase.fields, tokens[phrase.start].start
        bare = phrase.kind == "calendar" and fields.month is None and fields.day is None and fields.year is None
        if not bare or fields.weekday is None or any(a <= start < b for a, b in silent):
            continue
        if _tense(phrase, tokens)[1]:
            found.append((fields.weekday, Span(document.id, start, tokens[phrase.end - 1].end)))
    return found


def _words(document: Document, named: _Named) -> str:
    return document.text[named.span.start : named.span.end]


def text_to_named_dates(document: Document) -> list[_Named]:
    """The dates that a text names as past, in text order; a month without year follows the latest printed year.

    Writers leave the year out of dates of the last twelve months, so "December 13" after "May 2019" is that of 2019.
    Beside the same month with another year printed ("August 1964 … Aug. 4") it is that year's.
    """
    tokens, phrases = text_to_phrases(document.text)
    silent = [(p.start, p.end) for p in document.parts if p.kind in SILENT_PARTS]
    named: list[_Named] = []
    latest: Point | None = None
    before = Fields()
    for phrase in phrases:
        fields, start = phrase.fields, tokens[phrase.start].start
        if phrase.kind != "calendar" or any(a <= start < b for a, b in silent):
            continue
        if fields.year is None and (fields.month is None or latest is None):
            continue
        future, past = _tense(phrase, tokens)
        if future or (fields.month is None and not (past and _stands_alone(phrase, tokens))):
            continue
        printed = fields.year is not None
        if fields.year is None:
            fields = replace(fields, year=_year_after(fields, latest, before))
        point = Point(year=fields.year, month=fields.month, day=fields.day)
        interval = edtf_to_interval(point_to_edtf(point) or "") if valid(point) else None
        before = fields
        if interval is None:
            continue
        carried = not printed and fields.year != _year_after(fields, latest, Fields())
        span = Span(document.id, start, tokens[phrase.end - 1].end)
        named.append(_Named(interval.first, interval.last, span, printed or carried))
        if (
            printed
            and point.month is not None
            and (latest is None or (point.year or 0, point.month or 0) > (latest.year or 0, latest.month or 0))
        ):
            latest = point
    return named


def _stands_alone(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether a bare year is a time of its own ("in 2019, …"), not an attribute of what may come ("the 2020 race")."""
    before = tokens[phrase.start - 1].key if phrase.start else ""
    after = tokens[phrase.end] if phrase.end < len(tokens) else None
    return before in ("in", "since", "during", "and") and (
        after is None or after.kind == "mark" or after.key in CLOSING
    )


CLOSING = frozenset("and but when after for to by with as than he she it they the".split())


def _tense(phrase: Phrase, tokens: Sequence[Token]) -> tuple[bool, bool]:
    return phrase_tense(
        tokens, phrase, max(0, phrase.start - TENSE_WINDOW), min(len(tokens), phrase.end + TENSE_WINDOW)
    )


TENSE_WINDOW = 12
"""Tokens to each side in which a verb in the future is looked for."""


def _year_after(fields: Fields, latest: Point | None, before: Fields) -> int:
    if before.year is not None and before.month == fields.month:
        return before.year
    year, month = (latest.year or 1, latest.month or 1) if latest is not None else (1, 1)
    return year if (fields.month or 1) >= month else year + 1
