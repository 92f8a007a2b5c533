"""The values that records are made of: spans, dates and parts of a document, and the closed sets of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Json = Any
"""A JSON value. Detail columns hold objects of these; what stands in them is listed at each record."""

Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
"""FactBank's scale (Saurí and Pustejovsky 2009): certain, probable, possible; positive, negative; Uu underspecified."""

Confidence = Literal["reported as fact", "accused", "accused by authorities", "claimed", "possible", "denied"]
"""MUC-4's perpetrator confidence, plus denial."""

MentionKind = Literal[
    "person", "organisation", "nationality", "place", "facility", "weapon", "vehicle",
    "date", "time", "duration", "set", "quantity", "incident", "credit",
]  # fmt: skip
SourceKind = Literal["named person", "named body", "unnamed", "document", "witness", "outlet", "implicit"]
Form = Literal["direct", "indirect", "mixed"]
CopyKind = Literal["duplicate", "wire", "edited", "excerpt", "revision", "republished"]
Verdict = Literal["same", "different", "unsure"]
Level = Literal["conflict", "drift", "open question", "note", "unreadable"]
RatingValue = Literal["CC", "C", "N", "I", "II", "NA"]

COUNTS = ("killed", "injured", "missing")
"""Properties of an incident whose values are numbers of people."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words in one document: half-open Unicode code points [start, end) of Document.text."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """One date that a document gives for itself.

    Attributes:
        value: ISO 8601 date, or date and time with zone if given.
        found: Where it stands: `json-ld datePublished`, `meta article:published_time`, `url`, `feed pubDate`, …
        role: published, modified or retrieved.
    """

    value: str
    found: str
    role: Literal["published", "modified", "retrieved"] = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a document that is not the publisher's own reporting, set apart when the document is read.

    Attributes:
        kind: `boilerplate` (subscription, sharing, footer), `wrapper` (the republisher's words around another's piece),
            `credit` (the line that names the original), `bio` (about the author), `headline`, `byline`. Verbs mark up
            nothing inside boilerplate, wrapper and bio; they read names from credit, headline and byline.
        start: Code point offset into Document.text.
        end: Past the last code point.
    """

    kind: Literal["boilerplate", "wrapper", "credit", "bio", "headline", "byline"]
    start: int
    end: int
