"""What of a page's text is not its reporting: found by rules on lines, the same for HTML pages and plain text.

A page that runs another outlet's piece has the republisher's words above it, a line that credits the original, the
piece, a paragraph about its author, and a footer. Rules for the single lines stand in credits, boilerplate and bios;
here is where they may apply. Only the first and the last lines of a text are looked at for credits, notes and bios.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from firsthand.core.records import Part
from firsthand.core.spans import overlaps
from firsthand.read.bios import goes_on_about, is_bio, is_bio_heading
from firsthand.read.boilerplate import is_boilerplate, is_heading
from firsthand.read.credits import Credit, asides, line_to_credit
from firsthand.read.headings import can_head, find_headings
from firsthand.read.lines import Line, text_to_lines
from firsthand.read.publishers import same_name

PartKind = Literal["boilerplate", "wrapper", "credit", "bio", "headline", "byline"]

LEADING_LINES = 12
TRAILING_LINES = 12
"""Lines from either end within which credits, notes and bios are looked for. Of the pages read while this was written
none had more than 9 lines above a credit or 7 below the piece."""
_LARGEST_INTRODUCTION = 0.35
"""Share of a text that may stand above the credit that introduces another's piece. Above it, the line credits a part of
the page (a quoted excerpt), and the words before it are the page's own."""
_SIGNATURE_LINES = 3
_NOTE = re.compile(
    r"^[(\[*]*\s*(?:(?:publisher|moderator|editor|ed)s?[’'.]?s?[’']?\s+(?:note|comment|preface)"
    r"|note\s+(?:from|by)\s+the\s+(?:editor|publisher)s?|introduction\s+by)\b",
    re.I,
)
_HANDS_OVER = re.compile(
    r"\b(?:video|podcast|discuss(?:es|ing)?|watch|below|the\s+following|what\s+follows|re-?(?:publish|print|post)(?:e[sd]|s|ed|ing)?"
    r"|permission|our\s+readers|we\s+(?:bring|present|share|carry|run|publish))\b",
    re.I,
)


@dataclass(slots=True)
class Wrapping:
    """What was found around and in a text.

    Attributes:
        parts: In order, not overlapping.
        headline: Of the page, if its text gives it.
        byline: Likewise, without "By"; of the original piece if the page runs another's.
        publisher: The outlet that a feed's footer names, or None.
        date_lines: Lines near the top that give the page's own date, as printed.
    """

    parts: tuple[Part, ...] = ()
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date_lines: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """The lines of one text, and what each was found to be."""

    text: str
    lines: list[Line]
    kinds: list[PartKind | None]
    credits: dict[int, Credit] = field(default_factory=dict)
    asking: set[int] = field(default_factory=set)
    publisher: str | None = None

    def open_lines(self) -> list[int]:
        return [i for i, kind in enumerate(self.kinds) if kind is None]


def text_to_wrapping(
    text: str,
    *,
    headline: str | None = None,
    byline: str | None = None,
    publisher: str | None = None,
    given: Sequence[Part] = (),
) -> Wrapping:
    r"""Set apart what is not reporting.

    Args:
        text: The document's text.
        headline: As known from elsewhere (metadata, a row's field).
        byline: Likewise.
        publisher: Likewise; a footer that names another is a credit, not the page's own.
        given: Parts that are set already; nothing is looked for inside them.
    Returns:
        Parts of all kinds, those given among them, and what they say of headline, byline and publisher.

    >>> page = "“Two die,” authored by Ana Lindqvist, via The Tide…\nTwo guards died.\nFollow us on Telegram."
    >>> [(part.kind, page[part.start : part.end][:9]) for part in text_to_wrapping(page).parts]
    [('credit', '“Two die,'), ('boilerplate', 'Follow us')]
    """
    taken = [(part.start, part.end) for part in given]
    lines = [n for n in text_to_lines(text, joined=True) if not any(overlaps((n.start, n.end), t) for t in taken)]
    page = _Page(text, lines, [None] * len(lines), publisher=publisher)
    headings = find_headings(lines, headline=headline, byline=byline)
    for index, kind in headings.kinds.items():
        page.kinds[index] = kind
    first_on = _mark_lines(page)
    _mark_introduction(page)
    introduced = next((c.author for c in page.credits.values() if c.author), None)
    _mark_bios(page, ", ".join(filter(None, (byline, headings.byline, introduced))))
    at = page.kinds.index("headline") if "headline" in page.kinds else None
    printed = " ".join(lines[at].words.split()) if at is not None else None
    return Wrapping(
        parts=_parts(page, given),
        headline=printed or (first_on.headline if first_on else None),
        byline=headings.byline or introduced,
        publisher=first_on.publisher if first_on else None,
        date_lines=tuple(headings.date_lines),
    )


def _mark_lines(page: _Page) -> Credit | None:
    """Mark credits and notes near both ends, boilerplate anywhere; return the feed's footer that names this page."""
    last = len(page.lines) - 1
    own: Credit | None = None
    for index in page.open_lines():
        words = page.lines[index].words
        near_top, near_end = index < LEADING_LINES, index > last - TRAILING_LINES
        credit = None
        if near_top or near_end:
            credit = line_to_credit(words, trailing=index > last - _SIGNATURE_LINES and index > 0)
        if credit is not None and _names_this_page(credit, page.publisher):
            page.kinds[index] = "boilerplate"
            own = credit if credit.form == "first on" else own
        elif credit is not None:
            page.kinds[index] = "credit"
            page.credits[index] = credit
        elif (near_top or near_end) and len(words) < 1500 and _NOTE.match(words):
            page.kinds[index] = "wrapper"
        elif is_boilerplate(words):
            page.kinds[index] = "boilerplate"
            page.asking.add(index)
    _mark_boilerplate_headings(page)
    return own


def _names_this_page(credit: Credit, publisher: str | None) -> bool:
    if credit.form == "first on":
        return publisher is None or same_name(publisher, credit.publisher or "")
    return credit.form == "copyright" and (
        credit.publisher is None or (publisher is not None and same_name(publisher, credit.publisher))
    )


def _mark_boilerplate_headings(page: _Page) -> None:
    for index in reversed(page.open_lines()):
        if (
            index + 1 < len(page.lines)
            and page.kinds[index + 1] == "boilerplate"
            and is_heading(page.lines[index].words)
        ):
            page.kinds[index] = "boilerplate"
            page.asking.add(index)


def _mark_introduction(page: _Page) -> None:
    """What stands above a credit that introduces another's piece is the republisher's own."""
    for index, credit in sorted(page.credits.items()):
        above = [i for i in range(index) if page.kinds[i] is None]
        if index >= LEADING_LINES or credit.form not in ("introduced", "republished") or not above:
            continue
        if "headline" not in page.kinds[:index] and can_head(page.lines[above[0]].words, strict=True):
            page.kinds[above.pop(0)] = "headline"
        size = sum(len(page.lines[i]) for i in above)
        if size > _LARGEST_INTRODUCTION * len(page.text):
            return
        hands_over = any(_HANDS_OVER.search(page.lines[i].words) for i in above)
        if credit.form == "introduced" or hands_over:
            for i in above:
                page.kinds[i] = "wrapper"
        return


def _mark_bios(page: _Page, authors: str) -> None:
    """Bios stand at the end; up to the heading that announces them, or back from the last line that is nothing else."""
    first = max(1, len(page.lines) - TRAILING_LINES)
    for index in range(first, len(page.lines)):
        if page.kinds[index] is None and is_bio_heading(page.lines[index].words):
            for i in range(index, len(page.lines)):
                page.kinds[i] = page.kinds[i] or "bio"
            return
    trailing = [i for i in page.open_lines() if i >= first][-4:]
    for at in reversed(range(len(trailing))):
        index = trailing[at]
        words = page.lines[index].words
        before = "\n".join(page.lines[i].words for i in page.open_lines() if i < index)
        if is_bio(words, authors=authors, before=before):
            for i in trailing[at:]:
                if (
                    i == index
                    or goes_on_about(page.lines[i].words)
                    or is_bio(page.lines[i].words, authors=authors, before=before)
                ):
                    page.kinds[i] = "bio"


def _parts(page: _Page, given: Sequence[Part]) -> tuple[Part, ...]:
    parts = list(given)
    for line, kind in zip(page.lines, page.kinds, strict=True):
        if kind is not None:
            parts.append(Part(kind=kind, start=line.start, end=line.end))
        else:
            found = asides(page.text[line.start : line.end])
            parts.extend(Part(kind="credit", start=line.start + s, end=line.start + e) for s, e in found)
    return tuple(_joined(sorted(parts, key=lambda part: part.start), page.text))


def _joined(parts: list[Part], text: str) -> list[Part]:
    """Neighbouring lines of one kind become one part, save credits, headlines and bylines: each names one thing."""
    joined: list[Part] = []
    for part in parts:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and previous.kind == part.kind
            and part.kind in ("boilerplate", "wrapper", "bio")
            and not text[previous.end : part.start].strip()
        ):
            joined[-1] = Part(kind=part.kind, start=previous.start, end=part.end)
        else:
            joined.append(part)
    return joined
