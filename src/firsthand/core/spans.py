"""Arithmetic of spans: pairs of half-open code point offsets, with or without their document."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from firsthand.core.records import Span

Range = tuple[int, int]
"""Half-open [start, end)."""


def overlaps(left: Range, right: Range) -> bool:
    """Whether two ranges share a code point.

    >>> overlaps((0, 3), (2, 5)), overlaps((0, 3), (3, 5))
    (True, False)
    """
    return left[0] < right[1] and right[0] < left[1]


def contains(outer: Range, inner: Range) -> bool:
    """Whether `inner` lies within `outer`, ends included.

    >>> contains((0, 5), (0, 5)), contains((0, 5), (4, 6))
    (True, False)
    """
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def merge(ranges: Iterable[Range], *, gap: int = 0) -> list[Range]:
    """Join ranges that overlap, touch, or lie at most `gap` code points apart.

    >>> merge([(5, 7), (0, 2), (2, 3)])
    [(0, 3), (5, 7)]
    """
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Taken:
    """Ranges that are taken; asking costs the logarithm of how many there are.

    >>> taken = Taken([(0, 3), (2, 5)])
    >>> taken.meets((4, 6)), taken.meets((5, 6))
    (True, False)
    """

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges = merge(ranges)

    def meets(self, span: Range) -> bool:
        """Whether a range shares a code point with one that is taken."""
        at = bisect_left(self._ranges, (span[1],)) - 1
        return at >= 0 and span[0] < self._ranges[at][1]

    def add(self, span: Range) -> None:
        """Take a range that meets none."""
        insort(self._ranges, span)


def trim(text: str, span: Range) -> Range:
    """Shrink a range so that it neither begins nor ends with white space.

    >>> trim(" ab ", (0, 4))
    (1, 3)
    """
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def as_range(span: Span) -> Range:
    """The offsets of a span."""
    return span.start, span.end
