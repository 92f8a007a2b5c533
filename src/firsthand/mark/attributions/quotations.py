"""Quotation marks → quotations, also those that run over paragraphs, and the recordings of wire dispatches.

English opens each paragraph of a long quotation anew and closes only the last one. Straight marks (and the two
apostrophes that some archives print for one) open or close by what stands beside them. One pass, linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firsthand.core.spans import Range, trim

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile("''|``|[\"“”„«»]")
_OPENING = ("“", "„", "«", "``")
_CLOSING = ("”", "»")
_BEFORE_OPENING = " \t\n\r\xa0([{—–-/‘'"
_RECORDING = re.compile(r"\[(BEGIN|END)(?: [A-Z]+){0,2} RECORDING\]", re.IGNORECASE)
_VOICE = re.compile(r"\[([^\[\]\n]{2,80})\]")
_ASIDE = re.compile(r"(?i)words? |sentence|indistinct|passage|laugh|applause|sic\b|as (heard|received)|text\b|voice of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words in quotation marks within one paragraph.

    Attributes:
        start: Code point of the opening mark.
        end: Past the closing mark, or where the paragraph's words end if it is not closed there.
        closed: Whether it has a closing mark.
        continues: Whether it goes on with the quotation before it, which was left open at the paragraph's end.
    """

    start: int
    end: int
    closed: bool
    continues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A stretch of recorded speech in a dispatch: `[BEGIN RECORDING] [NAME] … [END RECORDING]`.

    Attributes:
        cue: Of the words that announce it, without brackets.
        voice: Of the name in brackets, or None.
        content: Of each paragraph of the speech.
    """

    cue: Range
    voice: Range | None
    content: tuple[Range, ...]


def text_to_quotations(text: str, *, paragraphs: Iterable[Range]) -> list[Quotation]:
    """Pair quotation marks.

    Args:
        text: any text.
        paragraphs: half-open code points, in order.

    Returns:
        In order, not overlapping; marks inside a quotation are part of it. Marks that pair with nothing are left out.

    >>> text_to_quotations('He said "no".', paragraphs=[(0, 13)])
    [Quotation(start=8, end=12, closed=True, continues=False)]
    """
    quotations: list[Quotation] = []
    left_open = False
    for start, end in paragraphs:
        opened: int | None = None
        first = start
        while first < end and text[first].isspace():
            first += 1
        if first == end:
            continue
        goes_on = False
        for found in _MARK.finditer(text, start, end):
            at, mark = found.start(), found.group()
            before = text[at - 1] if at > start else " "
            after = text[found.end()] if found.end() < end else " "
            if mark in _OPENING:
                opening = True
            elif mark in _CLOSING:
                opening = False
            else:
                opening = opened is None and before in _BEFORE_OPENING and not after.isspace()
            if opening and opened is None:
                opened = at
                goes_on = left_open and at == first
            elif not opening and opened is not None:
                quotations.append(Quotation(start=opened, end=found.end(), closed=True, continues=goes_on))
                opened = None
        left_open = opened is not None
        if opened is not None:
            stop = end
            while stop > opened and text[stop - 1].isspace():
                stop -= 1
            quotations.append(Quotation(start=opened, end=stop, closed=False, continues=goes_on))
    runs_on = [*(q.continues for q in quotations[1:]), False]
    return [q for q, on in zip(quotations, runs_on, strict=False) if q.closed or on]


def text_to_recordings(text: str, *, paragraphs: Iterable[Range]) -> list[Recording]:
    """Find recorded speech in dispatches of monitoring services.

    Args:
        text: any text.
        paragraphs: half-open code points, in order.

    Returns:
        One for each voice, in order; a recording that is never ended runs to the next one or to the end of the text:
        long dispatches are sent in parts.
    """
    cuts = list(paragraphs)
    starts = [start for start, _ in cuts]
    bounds = [(found.start(), found.end(), found.group(1).lower() == "begin") for found in _RECORDING.finditer(text)]
    recordings: list[Recording] = []
    for k, (start, end, begins) in enumerate(bounds):
        if not begins:
            continue
        stop = bounds[k + 1][0] if k + 1 < len(bounds) else cuts[-1][1]
        voices: list[tuple[Range | None, int, int]] = []
        at, voice = end, None
        for found in _VOICE.finditer(text, end, stop):
            before = text[max(end - 1, found.start() - 9) : found.start()].rstrip()[-1:]
            # In mid-sentence, brackets hold an editor's insertion.
            if (not before or before in ']).?!”"') and not _ASIDE.match(text, found.start(1)):
                voices.append((voice, at, found.start()))
                at, voice = found.end(), found.span(1)
        voices.append((voice, at, stop))
        for name, a, b in voices:
            paragraph = range(bisect_right(starts, a) - 1, bisect_left(starts, b))
            pieces = (trim(text, (max(a, cuts[i][0]), min(b, cuts[i][1]))) for i in paragraph)
            if content := tuple(piece for piece in pieces if piece[0] < piece[1]):
                recordings.append(Recording(cue=(start + 1, bounds[k][1] - 1), voice=name, content=content))
    return recordings
