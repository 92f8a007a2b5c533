"""Headline and byline as they stand at the top of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from firsthand.core.text import fold
from firsthand.read.boilerplate import is_boilerplate
from firsthand.read.credits import line_to_credit
from firsthand.read.dates import is_only_date
from firsthand.read.lines import Line

_BYLINE = re.compile(
    r"^(?:(?:written|reported|story|text|words|analysis|opinion|commentary|photographs)\s+)?by[:\s]\s*(?P<names>\S.{1,110})$",
    re.I,
)
_NAMES = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]*(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*|de|da|del|der|van|von|al|bin|ibn|la|el|y|e|and|&|in|for|of|the|with)|\s*[,/|&]\s*(?=\w))*"
)
_DATELINE = re.compile(r"^[^a-z]{3,60}\s*(?:\([^)]{2,40}\))?\s*(?:--|[—–])")
_SECTIONS = 3
"""Lines above the headline that may be its section, date or a tag line."""
_HEADLINE_LINES = 4
_LONGEST_HEADLINE = 160
_SHORTEST_LEAD = 60


@dataclass(slots=True)
class Headings:
    """Which lines are headings.

    Attributes:
        kinds: Line index to kind.
        headline: As printed.
        byline: As printed, without "By".
        date_lines: The lines that only give a date, as printed.
    """

    kinds: dict[int, Literal["headline", "byline", "boilerplate"]] = field(default_factory=dict)
    headline: str | None = None
    byline: str | None = None
    date_lines: list[str] = field(default_factory=list)


def find_headings(lines: Sequence[Line], *, headline: str | None, byline: str | None) -> Headings:
    """Find headline and byline.

    A first line counts as headline if it is the headline known from elsewhere, if a byline follows it, or if it stands
    alone above an empty line, is short, and does not end as sentences do. Otherwise there is none.

    Args:
        lines: Of the text.
        headline: As known from elsewhere, or None.
        byline: Likewise.
    Returns:
        Kinds of the lines that are headings, at most one headline.
    """
    found = Headings()
    top = lines[: _SECTIONS + _HEADLINE_LINES]
    at = _known_headline(top, headline)
    by = _byline_index(top, byline)
    if at is None and by is not None:
        above = [i for i in range(by) if not is_only_date(top[i].words) and not is_boilerplate(top[i].words)]
        at = above[0] if above and len(above) <= 2 and can_head(top[above[0]].words, strict=False) else None
    if at is None and headline is None and len(lines) > 1 and _stands_alone(lines[0], lines[1]):
        at = 0
    if at is not None:
        found.kinds[at] = "headline"
        found.headline = " ".join(top[at].words.split())
    if by is not None:
        found.kinds[by] = "byline"
        match = _BYLINE.match(top[by].words)
        found.byline = " ".join((match["names"] if match else top[by].words).split()).rstrip(" .,|")
    for index, line in enumerate(top):
        if len(line) > _LONGEST_HEADLINE and index not in found.kinds:
            break  # the report has begun: a date on a line of its own is in it
        if index not in found.kinds and is_only_date(line.words):
            found.kinds[index] = "boilerplate"
            found.date_lines.append(line.words)
    return found


def _known_headline(top: Sequence[Line], headline: str | None) -> int | None:
    wanted = fold(headline or "")
    if not wanted:
        return None
    return next(
        (i for i, line in enumerate(top) if len(line) <= 2 * len(wanted) + 40 and fold(line.words) == wanted), None
    )


def _byline_index(top: Sequence[Line], byline: str | None) -> int | None:
    wanted = fold(byline or "")
    for index, line in enumerate(top):
        if len(line) > 140 or is_only_date(line.words):
            continue
        match = _BYLINE.match(line.words)
        if wanted and fold(match["names"] if match else line.words) == wanted:
            return index
        if match and "via " not in line.words and _NAMES.fullmatch(match["names"].rstrip(" .,|")):
            return index
    return None


def can_head(words: str, *, strict: bool) -> bool:
    """Whether a line looks like a headline: short, no dateline; if strict, of three words or more and no sentence."""
    if not 8 <= len(words) <= _LONGEST_HEADLINE or _DATELINE.match(words) or is_boilerplate(words):
        return False
    if (
        words.endswith((":", ",", ";", "…"))
        or not any(c.isalpha() for c in words)
        or line_to_credit(words, trailing=False)
    ):
        return False
    if strict and (
        words.endswith((".", "”", '"')) or len(words.split()) < 3 or words.startswith(("(", "[", "-", "•", "*"))
    ):
        return False
    return not (strict and ". " in words)


def _stands_alone(first: Line, second: Line) -> bool:
    return second.after_gap and len(second) >= _SHORTEST_LEAD and can_head(first.words, strict=True)
