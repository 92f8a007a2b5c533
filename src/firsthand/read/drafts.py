"""What passes between the steps of reading: where bytes come from, and a document not yet finished."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Literal

from firsthand import __version__
from firsthand.core.errors import error_to_line
from firsthand.core.ids import make_id
from firsthand.core.records import DateCandidate, Finding, Part

BY = "read@2"
"""What Documents and Findings say they were made by; to be raised when the same bytes give another Document."""

Kind = Literal["text", "html", "pdf", "row", "entry"]


class UnreadableError(Exception):
    """Bad data. Becomes a Finding; never leaves the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a container says of what it holds.

    Attributes:
        url: Address it was fetched from.
        retrieved: When, ISO 8601.
        charset: As declared outside the bytes (HTTP header).
        media_type: As declared outside the bytes.
        publisher: As the container names it.
    """

    url: str | None = None
    retrieved: str | None = None
    charset: str | None = None
    media_type: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one document to be, before they are parsed.

    Attributes:
        id: The Document's id: a hash of path and sha256, the same whatever reads it.
        path: Relative to what was given, member after `!/`: `coverage.zip!/a/b.html`, `crawl.warc.gz!/17`.
        kind: How the bytes are to be read.
        data: The bytes: of a file, member or payload, of one JSON line, or of one feed entry as JSON.
        sha256: Of data.
        known: What the container says.
    """

    id: str
    path: str
    kind: Kind
    data: bytes = field(repr=False)
    sha256: str
    known: Known = field(default_factory=Known)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A document while it is being read; fields as in Document.

    Attributes:
        guessed_publisher: What stands in for the publisher if nothing names it: the domain.
        notes: What the reader should know of how the text was made.
        settled: The parts are all there are: the row comes from `firsthand read`.
    """

    text: str
    extractor: str
    media_type: str
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    guessed_publisher: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved: str | None = None
    dates: list[DateCandidate] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    settled: bool = False


@cache
def library(name: str) -> str:
    """A library with its version, for `extractor`: `pypdf/5.1`."""
    return f"{name}/{version(name)}"


def path_to_place(path: str) -> str:
    """Where in an archive a document stands; empty for a file. With the bytes, it is what a document is known by.

    >>> path_to_place("week/coverage.zip!/a/b.html"), path_to_place("week/b.html")
    ('a/b.html', '')
    """
    return path.partition("!/")[2]


def unreadable(path: str, message: str) -> Finding:
    """Say that something could not be read: where, why, and what to do.

    >>> unreadable("a.gz", "is empty").message
    'a.gz: is empty'
    """
    text = f"{path}: {message}"
    return Finding(id=make_id("finding", "read", text), by=BY, check="read", level="unreadable", message=text)


def note(message: str) -> Finding:
    """Say something of how the coverage was read that is no fault of any document."""
    return Finding(id=make_id("finding", "read", message), by=BY, check="read", level="note", message=message)


def unexpected(error: Exception) -> str:
    """What `unreadable` says of an error that nobody foresaw; its last words are for a bug report."""
    line = error_to_line(error, during=f"firsthand {__version__}, {BY}")
    return f"could not be read for an unexpected error; the next version tries again. For a bug report: {line}"
