"""Who came first: what dates, credits and the shape of the overlap say, and nothing where they say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from firsthand.core.houses import is_same_house, name_to_house
from firsthand.core.records import Document, Mention
from firsthand.trace.matches import VERBATIM, Match

_ZONES = timedelta(hours=14)
"""The widest offset from UTC in use: a clock time without a zone may be off by as much."""
CUT = 0.9
"""A text whose every word is the beginning of another, of which it has less than this share, was cut from it."""
_NO: frozenset[str] = frozenset()
_FROM = ("wire", "republished", "hat tip", "byline")


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a document itself says about where it stands among others.

    Attributes:
        doc: Its id.
        size: Code points of its text.
        since: Earliest time it can have been published, UTC, or None if it gives none.
        until: Latest such time.
        zoned: Whether a clock time came with its zone; times of two sorts are compared with a margin.
        publisher: Folded name, or empty.
        credited: Folded names that its credits name.
        agencies: Those of them that are credited as a wire or in a dateline.
        republished: Those credited as where the piece first appeared.
        url: Without scheme, `www.`, query, fragment and closing slash; empty if none.
    """

    doc: str
    size: int
    since: datetime | None
    until: datetime | None
    zoned: bool
    publisher: str
    credited: frozenset[str]
    agencies: frozenset[str]
    republished: frozenset[str]
    url: str


def document_to_standpoint(document: Document, credits: Sequence[Mention] = ()) -> Standpoint:
    """Gather what settles direction for one document."""
    since, until, zoned = _bounds(document.published)
    url = _page(document.url) if document.url else ""
    publisher = name_to_house(document.publisher or "")
    if not credits:
        return Standpoint(document.id, len(document.text), since, until, zoned, publisher, _NO, _NO, _NO, url)
    named: dict[str, set[str]] = {kind: set() for kind in (*_FROM, "dateline")}
    for mention in credits:
        kind = str(mention.detail.get("kind", ""))
        name = mention.detail.get("agency") if kind == "dateline" else mention.value
        if kind in named and name:
            named[kind].add(name_to_house(str(name)))
    return Standpoint(
        document.id,
        len(document.text),
        since,
        until,
        zoned,
        publisher,
        frozenset().union(*named.values()),
        frozenset(named["wire"] | named["dateline"]),
        frozenset(named["republished"]),
        url,
    )


def _page(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").partition("#")[0].partition("?")[0].rstrip("/")


def rank(view: Standpoint) -> tuple[str, int, str]:
    """Place in order: earliest first, undated last; then the longest, as copies are cut; then by id.

    A document that says that its words are another house's stands as late as its date allows: a bare date is its whole
    day, and the morning paper with an agency's report is not before the agency's own page of that day.
    """
    carried = bool((view.agencies | view.republished) - {view.publisher})
    at = view.until if carried else view.since
    return (("9999-12-31T" if at is None else at.isoformat()) + "~" * carried, -view.size, view.doc)


def earlier(left: Standpoint, right: Standpoint) -> bool:
    """Whether the dates settle that `left` came before `right`."""
    if left.until is None or right.since is None:
        return False
    return left.until + (_ZONES if left.zoned != right.zoned else timedelta()) < right.since


def credits_other(copy: Standpoint, source: Standpoint) -> bool:
    """Whether one document credits the other's publisher, and is not credited back."""
    return _names(copy, source) and not _names(source, copy)


def carries_other(copy: Standpoint, source: Standpoint) -> bool:
    """Whether one document says that its words are the other's publisher's, and is not credited back."""
    carried = copy.agencies | copy.republished
    return any(is_same_house(name, source.publisher) for name in carried) and credits_other(copy, source)


def match_to_direction(match: Match, views: Sequence[Standpoint]) -> tuple[Match, str]:
    """Turn a match so that `doc` is the copy.

    Returns:
        The match, and what settles who came first: `published`, `credit`, `nesting` or `not established`.
    """
    late, early = views[match.doc], views[match.of]
    # A page is dated when it was put up; a house's report may have gone out to those who carry it before.
    if carries_other(early, late):
        return match.turned(), "credit"
    if earlier(early, late):
        return match, "published"
    if earlier(late, early):
        return match.turned(), "published"
    if credits_other(late, early):
        return match, "credit"
    if credits_other(early, late):
        return match.turned(), "credit"
    for candidate in (match, match.turned()):
        if candidate.from_the_top and candidate.share >= VERBATIM and candidate.of_share < CUT:
            return candidate, "nesting"
    return match, "not established"


def same_publisher(left: Standpoint, right: Standpoint) -> bool:
    """Whether both were run by the same outlet, as far as it is named."""
    return bool(left.publisher) and left.publisher == right.publisher


def credit_supports(copy: Standpoint, source: Standpoint) -> bool:
    """Whether credits agree with the overlap of the texts: one names the other, or both name the same agency."""
    return _names(copy, source) or any(
        is_same_house(name, other) for name in copy.agencies for other in (*source.agencies, source.publisher)
    )


def _names(copy: Standpoint, source: Standpoint) -> bool:
    if not source.publisher or not copy.credited or is_same_house(source.publisher, copy.publisher):
        return False
    return any(is_same_house(name, source.publisher) for name in copy.credited)


def _bounds(published: str | None) -> tuple[datetime | None, datetime | None, bool]:
    """The first and last instant that an ISO 8601 date or date-time allows."""
    if not published:
        return None, None, False
    try:
        since = datetime.fromisoformat(published)
    except ValueError:
        return None, None, False
    zoned = since.tzinfo is not None
    since = since.astimezone(UTC) if zoned else since.replace(tzinfo=UTC)
    try:
        return since, since + (timedelta(days=1, microseconds=-1) if len(published) <= 10 else timedelta()), zoned
    except OverflowError:
        return None, None, False
