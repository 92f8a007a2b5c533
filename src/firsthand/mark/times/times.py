"""Times: find every expression that tells when, how long or how often, and say which dates it means and why.

Text → tokens → phrases (grammar, calendars) → points (values) → Mentions. News is
told from the day of writing ("Tuesday", "last year"); a history is told from its own running date ("two days later",
"in April"). Which of the two a text is, is read off the text itself; every mention records what it was resolved
against.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from firsthand.core.dates import day_of, edtf_to_interval, shift
from firsthand.core.ids import make_id
from firsthand.core.records import Document, Json, Mention, MentionKind, Span
from firsthand.mark.times.contexts import Context, Mode, Resolution
from firsthand.mark.times.datings import Dating
from firsthand.mark.times.grammar import text_to_phrases
from firsthand.mark.times.phrases import Phrase
from firsthand.mark.times.points import Point, day_to_point, point_to_edtf, point_to_timex, valid
from firsthand.mark.times.tenses import phrase_tense
from firsthand.mark.times.tokens import Token
from firsthand.mark.times.values import phrase_to_resolution
from firsthand.mark.times.words import MONTHS

BY = "mark.times@2"
"""Bump when output changes."""

SILENT_PARTS = ("boilerplate", "wrapper", "bio")
KINDS: dict[str, MentionKind] = {"DATE": "date", "TIME": "time", "DURATION": "duration", "SET": "set"}

NARRATIVE_YEARS = 5
NARRATIVE_RATIO = 3
WEEKDAY_RATIO = 20
"""A text with at least so many printed years, so many times more of them than of words like "last year", and so many
times more than of weekdays without a date, is a history. Only two of WikiWars' 22 histories have such weekdays at all
(1 beside 73 years, 2 beside 118); five years and three times more are a choice, not measured."""


def document_to_times(document: Document, *, dating: Dating, credits: Sequence[Mention] = ()) -> list[Mention]:
    """Find and resolve the time expressions of a document.

    Args:
        document: Its boilerplate, wrapper and bio parts are left alone.
        dating: When it was written.
        credits: Its credits; a dateline's date is nearer to "today" than the page's.
    Returns:
        Mentions of kind date, time, duration and set in text order, not overlapping; see records.Mention for `detail`.
        Here `detail` also has `mode` (news or narrative), `reason` if there is no value, and `range` (an EDTF interval)
        on both ends of "16-17 November".
    """
    tokens, every = text_to_phrases(document.text)
    silent = [(part.start, part.end) for part in document.parts if part.kind in SILENT_PARTS]
    phrases = [p for p in every if not _within(tokens[p.start].start, silent)]
    phrases = join_ranges(phrases, tokens, document.text)
    speech, speech_name = _speech(dating, credits)
    mode = phrases_to_mode(phrases, speech[0] if speech else None)
    resolved = _resolve(phrases, tokens, document.text, mode=mode, speech=(speech, speech_name))
    ranges = _ranges(resolved, tokens)
    return [
        _mention(document, tokens, found, mode=mode, span_of_days=ranges.get(k)) for k, found in enumerate(resolved)
    ]


def _within(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in ranges)


def _speech(dating: Dating, credits: Sequence[Mention]) -> tuple[tuple[date, ...], str]:
    """The day of writing, or its first and last possible day; and how to call it."""
    interval = edtf_to_interval(dating.published) if dating.published else None
    for credit in credits:
        if credit.detail.get("kind") != "dateline":
            continue
        line = day_of(credit.detail.get("date"))
        if line is not None and (interval is None or abs((line - interval.first).days) <= DATELINE_DAYS):
            return (line,), f"dateline {line.isoformat()}"
    if interval is None or interval.open_start or interval.open_end or interval.days > MAX_SPEECH_DAYS:
        return (), ""
    name = f"document date {dating.published}"
    return ((interval.first,) if interval.days == 1 else (interval.first, interval.last)), name


DATELINE_DAYS = 7
"""A dateline further from the page's date than this is another story's (an archive page, a quoted dispatch)."""
MAX_SPEECH_DAYS = 366
"""A document known only to lie within more days than this gives nothing to count from."""
MAX_ANSWER_DAYS = 62
"""If the ends of the document's interval give dates further apart than this, "Tuesday" gets no date at all: wide enough
for what datings.RECENT_DAYS gives, and still two months at most."""


def phrases_to_mode(phrases: Sequence[Phrase], speech: date | None) -> Mode:
    """Whether a text is a history or news, from what its time expressions are.

    Args:
        phrases: All of the text's.
        speech: The day of writing; a text whose printed years are mostly that one is news.
    """
    years = [p.fields.year for p in phrases if p.kind == "calendar" and p.fields.year is not None]
    spoken = sum(
        (p.kind == "shift" and p.which in ("ago", "from now"))
        or (p.kind == "calendar" and p.fields.weekday is not None and p.fields.day is None)
        or (p.kind == "relative" and p.which in ("last", "next", "this"))
        for p in phrases
    )
    weekdays = sum(
        p.kind == "calendar" and p.fields.weekday is not None and p.fields.day is None and p.fields.year is None
        for p in phrases
    )
    enough = max(NARRATIVE_YEARS, NARRATIVE_RATIO * spoken, WEEKDAY_RATIO * weekdays)
    if len(years) < enough:
        return "news"
    recent = sum(speech is not None and abs(year - speech.year) <= 1 for year in years)
    return "news" if 2 * recent > len(years) else "narrative"


RANGE_WORDS = frozenset({"-", "–", "—", "to", "and", "or", "through", "until", "till", "/"})


def join_ranges(phrases: Sequence[Phrase], tokens: Sequence[Token], text: str) -> list[Phrase]:
    """Give the left end of "August and September 1914" or "May-June 1950" the year that the right end prints."""
    joined = list(phrases)
    for k in range(len(joined) - 2, -1, -1):
        left, right = joined[k], joined[k + 1]
        if left.kind != "calendar" or right.kind != "calendar" or right.start - left.end > 2:
            continue
        between = [tokens[j].key for j in range(left.end, right.start)]
        if (
            not between
            or between[0] not in RANGE_WORDS
            or "\n" in text[tokens[left.end - 1].end : tokens[right.start].start]
        ):
            continue
        a, b = left.fields, right.fields
        if (
            a.year is None
            and b.year is not None
            and (a.month is not None or a.season is not None)
            and a.of_year is None
        ):
            earlier = a.month is not None and b.month is not None and a.month > b.month and between[0] != "and"
            joined[k] = replace(left, fields=replace(a, year=b.year - earlier if b.year > 0 else b.year))
    return joined


def _resolve(
    phrases: Sequence[Phrase],
    tokens: Sequence[Token],
    text: str,
    *,
    mode: Mode,
    speech: tuple[tuple[date, ...], str],
) -> list[tuple[Phrase, Resolution]]:
    days, speech_name = speech
    sentences = _sentence_starts(tokens, text)
    story: Point | None = None
    words, story_sentence = "", -1
    day: Point | None = None
    day_words = ""
    resolved: list[tuple[Phrase, Resolution]] = []
    for k, phrase in enumerate(phrases):
        if phrase.which in ("narrative", "news") and phrase.which != mode:
            continue
        sentence = bisect_right(sentences, phrase.start) - 1
        begin = sentences[sentence]
        end = sentences[sentence + 1] if sentence + 1 < len(sentences) else len(tokens)
        future, past = phrase_tense(
            tokens, phrase, max(begin, phrase.start - TENSE_WINDOW), min(end, phrase.end + TENSE_WINDOW)
        )
        context = Context(
            mode=mode, speech=days[0] if days else None, speech_name=speech_name, story=story, story_words=words,
            story_day=day, story_day_words=day_words, future=future,
            past=past, exact=len(days) == 1, sentences_back=sentence - story_sentence,
        )  # fmt: skip
        following = phrases[k + 1] if k + 1 < len(phrases) else None
        told = following if following is not None and _apposed(phrase, following, tokens) else phrase
        resolution = phrase_to_resolution(told, context)
        if len(days) == 2:
            resolution = _both(resolution, phrase_to_resolution(told, replace(context, speech=days[1])))
        if resolved and mode == "news" and _through(resolved[-1][0], phrase, tokens):
            resolution = _not_before(resolved[-1][1], resolution, phrase)
        resolved.append((phrase, resolution))
        moved = _next_story(story, phrase, resolution, mode=mode, future=future)
        if moved is not story:
            story, story_sentence = moved, sentence
            words = text[tokens[phrase.start].start : tokens[phrase.end - 1].end]
            if story is not None and story.is_day:
                day, day_words = story, words
    return resolved


TENSE_WINDOW = 25
"""Tokens to each side in which a verb is looked for."""


def _both(first: Resolution, last: Resolution) -> Resolution:
    """What holds whichever day of an interval the document was written on."""
    if first.timex_value == last.timex_value:
        return first
    a, b = edtf_to_interval(first.edtf or ""), edtf_to_interval(last.edtf or "")
    edtf = None
    if a is not None and b is not None and a.first <= b.last and (b.last - a.first).days < MAX_ANSWER_DAYS:
        edtf = f"{a.first.isoformat()}/{b.last.isoformat()}"
    reason = "the document's own date is known only as an interval"
    return replace(first, timex_value=None, edtf=edtf, point=None, inferred=None, reason=reason)


def _apposed(phrase: Phrase, following: Phrase | None, tokens: Sequence[Token]) -> bool:
    """Whether a date is told twice: "two weeks later, on December 27"."""
    if following is None or phrase.kind not in ("shift", "relative") or following.kind != "calendar":
        return False
    between = [tokens[k].key for k in range(phrase.end, min(following.start, phrase.end + 3))]
    return following.fields.day is not None and between in ([","], [",", "on"], ["on"], ["("], ["-"])


def _next_story(
    story: Point | None, phrase: Phrase, resolution: Resolution, *, mode: Mode, future: bool
) -> Point | None:
    """The running date after a mention; the old one itself if the mention is only looked at in passing."""
    point, fields = resolution.point, phrase.fields
    if point is None or (point.year is None and point.decade is None):
        return story
    if mode == "news":
        return story if phrase.kind == "shift" and phrase.which in ("earlier", "later") else point
    if future and story is not None and phrase.kind != "shift":
        return story
    if phrase.which in ("ago", "earlier", "last", "previous") and point.day is None:
        return story
    if fields.year is None and (fields.season is not None or (phrase.which in ("that", "this") and point.day is None)):
        return story
    if point.month is None and point.season is None and point.year is not None and fields.stage is not None:
        point = replace(point, month=STAGE_MONTHS[fields.stage])
    if story is not None and story.year is not None and point.year is not None:
        if point.year == story.year and point.month is None and point.season is None and point.week is None:
            return story
        bare = point.month is None and point.season is None
        if bare and abs(point.year - story.year) > FLASHBACK_YEARS:
            return story
    return point


STAGE_MONTHS = {"START": 1, "MID": 6, "END": 10}
"""The month from which a story goes on after "early", "mid" or "late" of a year."""
FLASHBACK_YEARS = 10
"""In a history a bare year so far from the running date is looked back or ahead at; the story does not move there."""


def _through(left: Phrase, right: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether both are days or months without year at the ends of one stretch: "from May to July"."""
    ends = all(
        p.kind == "calendar" and p.fields.year is None and (p.fields.month is not None or p.fields.weekday is not None)
        for p in (left, right)
    )
    between = [tokens[j].key for j in range(left.end, min(right.start, left.end + 3))]
    return ends and len(between) == 1 and between[0] in THROUGH


def _not_before(first: Resolution, last: Resolution, phrase: Phrase) -> Resolution:
    """The end of a stretch put into the first such date after its beginning."""
    a, b = first.point, last.point
    if a is None or b is None or a.year is None or b.year is None or a.month is None or b.month is None:
        return last
    one, two = a.as_date(), b.as_date()
    if phrase.fields.month is None and one is not None and two is not None and two < one:  # "Thursday to Sunday"
        two = shift(two, days=7)
        return last if two is None else replace(last, point=day_to_point(two), timex_value=two.isoformat(),
                                                edtf=two.isoformat())  # fmt: skip
    if phrase.fields.month is None:
        return last
    year = a.year + ((b.month, b.day or 31) < (a.month, a.day or 1))
    point = replace(b, year=year)
    if year == b.year or not valid(point):
        return last
    return replace(last, point=point, timex_value=point_to_timex(point),
                   edtf=point_to_edtf(point, stage=phrase.fields.stage))  # fmt: skip


THROUGH = frozenset({"-", "–", "—", "to", "through", "until", "till"})
"""Between two dates they make one stretch of time; "and" does not."""


def _ranges(resolved: Sequence[tuple[Phrase, Resolution]], tokens: Sequence[Token]) -> dict[int, str]:
    """EDTF intervals of "16-17 November" and "from May to June 1950", by the index of both their ends."""
    ranges: dict[int, str] = {}
    for k, ((left, first), (right, last)) in enumerate(pairwise(resolved)):
        between = [tokens[j].key for j in range(left.end, min(right.start, left.end + 3))]
        joined = len(between) in (1, 2) and between[0] in THROUGH and between[1:] in ([], ["the"])
        if not joined or first.edtf is None or last.edtf is None or "/" in first.edtf + last.edtf:
            continue
        edtf = f"{first.edtf}/{last.edtf}"
        if edtf_to_interval(edtf) is not None:
            ranges[k] = ranges[k + 1] = edtf
    return ranges


def _sentence_starts(tokens: Sequence[Token], text: str) -> list[int]:
    """Indices of the tokens that begin a sentence or a line after a blank one; the first is 0."""
    starts = [0]
    for k in range(1, len(tokens)):
        before, token = tokens[k - 1], tokens[k]
        if token.start == before.end:
            continue
        stop = before.key in (".", "!", "?") or (before.kind in ("am", "bc") and before.text.endswith("."))
        if (
            stop and not (k > 1 and tokens[k - 2].key in MONTHS) and (token.text[:1].isupper() or token.kind != "word")
        ) or "\n\n" in text[before.end : token.start]:
            starts.append(k)
    return starts


def _mention(
    document: Document,
    tokens: Sequence[Token],
    found: tuple[Phrase, Resolution],
    *,
    mode: Mode,
    span_of_days: str | None,
) -> Mention:
    phrase, resolution = found
    start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
    kind = KINDS[resolution.timex_type]
    detail: dict[str, Json] = {"timex_type": resolution.timex_type, "timex_value": resolution.timex_value, "mode": mode}
    for name in ("anchor", "inferred", "reason"):
        value = getattr(resolution, name)
        if value is not None:
            detail[name] = value
    if span_of_days is not None:
        detail["range"] = span_of_days
    return Mention(id=make_id("mention", document.id, start, end, kind), by=BY, span=Span(document.id, start, end),
                   kind=kind, value=resolution.edtf, detail=detail)  # fmt: skip
