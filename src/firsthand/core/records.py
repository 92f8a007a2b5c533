"""The records: everything that Firsthand knows, as plain frozen values. One table of the case file each.

|            | anchored in one document | across documents |
|------------|--------------------------|------------------|
| things     | Mention                  | Entity           |
| assertions | Statement                | Claim            |

and Judgement ties the columns together. Every record has an `id` (see core/ids.py) and `by`: what produced it
(`mark.times@1`, `encoder:en-2`, `person:ana`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from firsthand.core.values import (
    Confidence as Confidence,
)
from firsthand.core.values import (
    CopyKind as CopyKind,
)
from firsthand.core.values import (
    DateCandidate as DateCandidate,
)
from firsthand.core.values import (
    Factuality as Factuality,
)
from firsthand.core.values import (
    Form as Form,
)
from firsthand.core.values import (
    Json as Json,
)
from firsthand.core.values import (
    Level as Level,
)
from firsthand.core.values import (
    MentionKind as MentionKind,
)
from firsthand.core.values import (
    Part as Part,
)
from firsthand.core.values import (
    RatingValue as RatingValue,
)
from firsthand.core.values import (
    SourceKind as SourceKind,
)
from firsthand.core.values import (
    Span as Span,
)
from firsthand.core.values import (
    Verdict as Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as one publisher ran it.

    Attributes:
        text: As extracted, frozen: every span points into it. NUL and lone surrogates are stored as U+FFFD.
        headline: Of this page; if it wraps another's piece, the original's headline is in a `republished` credit.
        byline: As printed, without "By".
        publisher: The outlet whose page this is.
        published: ISO 8601 date or date-time chosen from `dates`, or None.
        published_from: Where it was found (the candidate's `found`), or None.
        modified: Likewise, None if equal to published.
        retrieved: When an archive fetched it (WARC-Date, feed, metadata); never the time of this run.
        language: ISO 639-1, or None if not established.
        dates: All candidates, in order of preference.
        parts: What is set apart, in order, not overlapping.
        sha256: Of the bytes of the file, the archive member, or the JSON line.
        extractor: What turned the bytes into text, with its version.
    """

    id: str
    by: str
    text: str
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    retrieved: str | None = None
    language: str | None = None
    media_type: str | None = None
    path: str | None = None
    sha256: str | None = None
    extractor: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One document reuses another's words.

    Attributes:
        doc: The document that reuses.
        of: The document whose words they are, as far as can be told.
        kind: See CopyKind; an `excerpt` does not make the whole document a copy.
        similarity: Share of `doc`'s prose that stands in `of`, 0–1.
        spans: Aligned pairs (in doc, in of), in order of doc.
        evidence: text, credit or both.
        direction: What settles who came first: `published`, `credit`, `nesting`, or `not established`.
    """

    id: str
    by: str
    doc: str
    of: str
    kind: CopyKind
    similarity: float
    spans: tuple[tuple[Span, Span], ...] = ()
    evidence: Literal["text", "credit", "both"] = "text"
    direction: str = "not established"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words in one document that name a thing.

    Attributes:
        value: Canonical value by kind: date/time/duration/set an EDTF string (None if it cannot be resolved); place and
            facility the gazetteer id (`geonames:98182`, `user:k1`) or None; quantity `6` or `10..15` or `40..`;
            incident its kind; credit the name credited; person, organisation … the full form found in this document.
        lat: Degrees north, places only.
        lon: Degrees east, places only.
        detail: By kind. Times: `timex_type`, `timex_value`, `anchor` (what it was resolved against), `inferred` (from
            what, if not printed). Places: `name`, `geonameid`, `country`, `path` (containing areas, country first),
            `precision` (site, town, district, region, country, near), `reason` (why not resolved, or what decided).
            Quantities: `unit`. Credits: `kind` (wire, dateline, republished, hat tip, byline); datelines also `place`,
            `date`, `agency`, `speaker`; republished also `headline`, `author`. Incidents: `stage`, `trial`,
            `background`, `assembled` (true if its slots come from more than one passage), `accused` (the groups over
            the whole report: name, mentions, share, confidence, signs, carried).
    """

    id: str
    by: str
    span: Span
    kind: MentionKind
    value: str | None = None
    lat: float | None = None
    lon: float | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody is said to have said (believed, known, denied) something.

    Attributes:
        source: Spans of the source as printed; empty if implicit.
        cue: Spans of the words that attribute.
        content: Spans of what is attributed; discontinuous if the source stands in its middle.
        form: direct (all in quotation marks), indirect, mixed.
        within: Id of the attribution in whose content this one stands, or None.
        factuality: How certain the source is made to sound of the content.
        source_kind: What sort of source.
        speaker: Where in the document the source is named in full, if the source itself is a pronoun or short form.
        speaker_name: That name, normalised (no title, no article), or None if the source has no name.
        reason: The words or rule that decided source_kind and speaker.
    """

    id: str
    by: str
    doc: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form = "indirect"
    within: str | None = None
    factuality: Factuality = "Uu"
    source_kind: SourceKind = "implicit"
    speaker: Span | None = None
    speaker_name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One value asserted in one document.

    Attributes:
        incident: Id of the incident Mention it is about, or None.
        property: perpetrator_person, perpetrator_group, target, victim, weapon, place, date, killed, injured, missing,
            cause, says; `published` for the date a document without metadata gives away about itself.
        value: Canonical value: a name, an EDTF date, a place id, a number or range; for `says` the content's words.
        span: The words.
        mentions: Further spans of the same document that name the same value.
        attribution: Id of the innermost Attribution whose content holds the span; None is the publisher's own voice.
        factuality: At the innermost hop.
        confidence: Of a perpetrator, else None.
    """

    id: str
    by: str
    incident: str | None
    property: str
    value: str
    span: Span
    mentions: tuple[Span, ...] = ()
    attribution: str | None = None
    factuality: Factuality = "CT+"
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """All that `mark` finds in one document. A container, not a table."""

    doc: str
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of the chain by which a statement reached the page.

    Attributes:
        statement: Statement id.
        position: 0 is the publisher, then outwards to the source that the statement finally rests on.
        name: Who; "unnamed" sources keep the words used ("security sources").
        kind: publisher, wire, republished, relay, or a SourceKind.
        span: The words that name this hop, or None (the publisher known from metadata).
        factuality: What this hop makes of the statement.
    """

    id: str
    by: str
    statement: str
    position: int
    name: str
    kind: str
    span: Span | None = None
    factuality: Factuality = "Uu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where chains end: whom statements finally rest on. Pairs of origins are tied by Judgements of kind `origin`.

    Attributes:
        name: As the chain names it.
        kind: The last hop's kind.
        statements: Ids, sorted.
        interested: True if the origin is itself a party to the incident (accused or victim).
    """

    id: str
    by: str
    name: str
    kind: str
    statements: tuple[str, ...]
    interested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Two things are the same, different, or it is not settled. People's judgements outrank machines'.

    Attributes:
        kind: What is compared: actor, place, incident, claim, origin.
        left: Id; left < right.
        right: Id.
        score: 0–1, or None for a person's.
        reason: In words.
        made: When, ISO 8601 UTC; people's only.
        withdrawn: When it was undone, or None.
    """

    id: str
    by: str
    kind: Literal["actor", "place", "incident", "claim", "origin"]
    left: str
    right: str
    verdict: Verdict
    score: float | None = None
    reason: str = ""
    made: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A person took a document out of the case. Its text is gone; its hash keeps it out of later builds.

    Attributes:
        doc: Id of the document that was there.
        path: Where it was read from.
        sha256: Of its bytes, if known.
        reason: The person's.
        made: When, ISO 8601 UTC.
        withdrawn: When it was undone, or None; the next build reads the document again.
    """

    id: str
    by: str
    doc: str
    path: str | None
    sha256: str | None
    reason: str
    made: str
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing in the world, gathered from mentions by Judgements; dropped and rebuilt at will.

    Attributes:
        kind: actor, place or incident.
        label: For reading.
        members: Mention ids, sorted; for actors without a mention of their own, Statement ids.
        value: Incidents their kind, places their gazetteer id, actors None.
        date: Incidents: EDTF.
        lat: Degrees north.
        lon: Degrees east.
        detail: Incidents: `place` (label), `documents` (count), `main` (true for the incident most of the case is
            about), `background` (true if only told as background).
    """

    id: str
    by: str
    kind: Literal["actor", "place", "incident"]
    label: str
    members: tuple[str, ...]
    value: str | None = None
    date: str | None = None
    lat: float | None = None
    lon: float | None = None
    detail: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of one property of one incident, asserted by one or many statements.

    Attributes:
        incident: Entity id, or None.
        statements: Ids, by date of publication, then id.
        first: Id of the statement that appeared first, None if no date settles it.
        origins: Ids of the origins it rests on, sorted.
        origins_low: Fewest independent origins: all pairs not established count as the same.
        origins_high: Most: all pairs not established count as independent.
        confidence: Perpetrators: the confidences given, joined by "; ", strongest first.
        actor: Entity id of the actor named, if any.
    """

    id: str
    by: str
    incident: str | None
    property: str
    value: str
    statements: tuple[str, ...]
    first: str | None = None
    origins: tuple[str, ...] = ()
    origins_low: int = 0
    origins_high: int = 0
    confidence: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of a check. It never edits what it is about.

    Attributes:
        check: distance, interval, weekday, count, quote, certainty, evidence, read, …
        message: One or two sentences with the working.
        spans: The words, at least one unless level is unreadable.
        about: Ids of the claims, statements, documents concerned.
        measured: Number as computed.
        expected: Number as printed.
        tolerance: Largest difference that is let pass, in unit.
        unit: km, days, people, characters, steps.
    """

    id: str
    by: str
    check: str
    level: Level
    message: str
    spans: tuple[Span, ...] = ()
    about: tuple[str, ...] = ()
    measured: float | None = None
    expected: float | None = None
    tolerance: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One possible account of an incident (ACH, Heuer 1999): seeded from the accused, or a person's.

    Attributes:
        incident: Entity id.
        text: "FMLN did it".
        actor: Entity id of the accused, or None.
        made: People's only, ISO 8601 UTC.
        withdrawn: Or None.
    """

    id: str
    by: str
    incident: str
    text: str
    actor: str | None = None
    made: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How one piece of evidence sits with one hypothesis.

    Attributes:
        evidence: Claim id.
        value: CC C N I II NA: very consistent … very inconsistent, not applicable.
        reason: Why; suggestions always have one.
    """

    id: str
    by: str
    hypothesis: str
    evidence: str
    value: RatingValue
    reason: str = ""
    made: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a hypothesis stands, each origin counted once. No probability and no verdict.

    Attributes:
        inconsistent: Independent origins (low count) of evidence rated I or II.
        consistent: Likewise C or CC.
        origins_low: All independent origins behind the evidence rated, fewest.
        origins_high: Most.
        evidence: Claim ids rated, sorted.
    """

    id: str
    by: str
    hypothesis: str
    inconsistent: int
    consistent: int
    origins_low: int
    origins_high: int
    evidence: tuple[str, ...] = ()


Record = (
    Document | Copy | Mention | Attribution | Statement | Hop | Origin | Judgement | Entity | Claim | Finding
    | Hypothesis | Rating | Standing | Removal
)  # fmt: skip
RECORDS: tuple[type, ...] = (
    Document, Copy, Mention, Attribution, Statement, Hop, Origin, Judgement, Entity, Claim, Finding,
    Hypothesis, Rating, Standing, Removal,
)  # fmt: skip
"""In the order in which the verbs make them; one table each."""
