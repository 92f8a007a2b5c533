"""What checks see: all records of a case, indexed once, and the tolerances."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise, takewhile

from firsthand.core.houses import label
from firsthand.core.ids import make_id
from firsthand.core.records import (
    Attribution,
    Claim,
    Copy,
    Document,
    Entity,
    Finding,
    Hop,
    Level,
    Mention,
    Origin,
    Span,
    Statement,
)
from firsthand.core.spans import Range, overlaps
from firsthand.core.text import text_to_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Tolerances of the checks."""

    distance_share: float = field(
        default=0.1,
        metadata={
            "help": "Largest difference of a printed distance from the great circle that is let pass, as a share",
            "unit": "share",
            "why": "prose rounds and roads are longer: a tenth is rounding, a fifth is another place",
        },
    )
    distance_km: float = field(
        default=5.0,
        metadata={"help": "… or in kilometres, whichever is larger", "unit": "km", "why": "a town is that wide"},
    )
    interval_share: float = field(
        default=0.1,
        metadata={
            "help": "Largest difference of a printed interval from the dates, as a share of the interval",
            "unit": "share",
            "why": "'two weeks later' is said of 13 to 15 days",
        },
    )


class View:
    """All records of a case, with the indexes that checks share. Treat as immutable."""

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        copies: Iterable[Copy] = (),
        marked: tuple[Iterable[Mention], Iterable[Attribution], Iterable[Statement]] = ((), (), ()),
        linked: tuple[Iterable[Hop], Iterable[Origin]] = ((), ()),
        across: tuple[Iterable[Entity], Iterable[Claim]] = ((), ()),
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.copies = list(copies)
        mentions, attributions, statements = marked
        self.mentions = _by_doc(mentions)
        self._starts = {doc: [m.span.start for m in found] for doc, found in self.mentions.items()}
        self.attributions = {attribution.id: attribution for attribution in attributions}
        self.statements = {statement.id: statement for statement in statements}
        hops, origins = linked
        self.hops: dict[str, list[Hop]] = {}
        for hop in sorted(hops, key=lambda h: (h.statement, h.position)):
            self.hops.setdefault(hop.statement, []).append(hop)
        self.origins = {origin.id: origin for origin in origins}
        entities, claims = across
        self.entities = {entity.id: entity for entity in entities}
        self.claims = list(claims)
        self._sentences: dict[str, list[Range]] = {}

    def name(self, doc: str) -> str:
        """What to call a document in a finding."""
        return label(self.documents[doc], (m for m in self.mentions.get(doc, []) if m.kind == "credit"))

    def words(self, span: Span) -> str:
        """The words of a span, white space squeezed."""
        return " ".join(self.documents[span.doc].text[span.start : span.end].split())

    def sentences(self, doc: str) -> list[Range]:
        """The sentences of a document's own prose, as offsets: nothing of boilerplate, wrapper and bio.

        A headline and a byline end where they end, whether or not they end in a full stop.
        """
        if doc not in self._sentences:
            document = self.documents[doc]
            aside = [(p.start, p.end) for p in document.parts if p.kind in ("boilerplate", "wrapper", "bio")]
            lines = sorted(p.end for p in document.parts if p.kind in ("headline", "byline"))
            self._sentences[doc] = [
                piece
                for sentence in text_to_sentences(document.text)
                for piece in _cut(document.text, sentence, lines)
                if not any(overlaps(piece, part) for part in aside)
            ]
        return self._sentences[doc]

    def sentence(self, span: Span) -> Range:
        """The sentence in which a span begins, as offsets; the span itself if it stands in none."""
        sentences = self.sentences(span.doc)
        at = bisect_right(sentences, (span.start, len(self.documents[span.doc].text))) - 1
        return sentences[at] if at >= 0 and span.start < sentences[at][1] else (span.start, span.end)

    def within(self, doc: str, span: Range, kinds: Sequence[str]) -> list[Mention]:
        """Mentions of some kinds that lie in a stretch of a document, in order of the text."""
        mentions = self.mentions.get(doc, [])
        first = bisect_left(self._starts.get(doc, ()), span[0])
        held = takewhile(lambda m: m.span.start < span[1] or m.span.start == span[0], islice(mentions, first, None))
        return [m for m in held if m.kind in kinds and m.span.end <= span[1]]

    def said(self, doc: str) -> Sequence[Attribution]:
        """The attributions of a document."""
        return self._attributions_by_doc.get(doc, ())

    @cached_property
    def _attributions_by_doc(self) -> dict[str, list[Attribution]]:
        grouped: dict[str, list[Attribution]] = {}
        for attribution in self.attributions.values():
            grouped.setdefault(attribution.doc, []).append(attribution)
        return grouped

    @cached_property
    def incident_of(self) -> dict[str, Entity]:
        """Incident mention id → incident entity."""
        return {m: e for e in self.entities.values() if e.kind == "incident" for m in e.members}


def _cut(text: str, sentence: Range, ends: Sequence[int]) -> list[Range]:
    """A sentence cut where a headline or byline ends within it."""
    start, end = sentence
    cuts = [at for at in ends if start < at < end]
    pieces = [(a, b) for a, b in pairwise([start, *cuts, end]) if text[a:b].strip()]
    return [(b - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in pieces]


def _by_doc(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.span, m.kind, m.id)):
        grouped.setdefault(mention.span.doc, []).append(mention)
    return grouped


VERSIONS = {"certainty": 2, "count": 2, "distance": 2, "evidence": 2, "quote": 2}
"""Of the checks whose findings have changed; the others are at 1. Bump the step's in steps.py with them."""


def make_finding(
    check: str,
    level: Level,
    message: str,
    *,
    spans: Sequence[Span],
    about: Sequence[str] = (),
    **numbers: float | str | None,
) -> Finding:
    """A finding of one of the checks of this package; its id does not depend on the wording."""
    return Finding(
        id=make_id("finding", check, level, [[s.doc, s.start, s.end] for s in spans], list(about)),
        by=f"check.{check}@{VERSIONS.get(check, 1)}",
        check=check,
        level=level,
        message=message,
        spans=tuple(spans),
        about=tuple(about),
        **numbers,  # type: ignore[arg-type]
    )
