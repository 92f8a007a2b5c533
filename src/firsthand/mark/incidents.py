"""One document → the incidents it reports: mentions of kind `incident`, and a statement per slot with whose word it is.

Words tell of an incident (triggers.py), the net or word order says who did what to whom (role_spans.py,
role_phrases.py), what tells the same incident is put together (acts.py), and each slot is filled from one passage or
says that it was not (slots.py, confidences.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from firsthand.core.encodings import Encoding
from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Confidence, Document, Json, Mention, Span, Statement
from firsthand.core.spans import Range, overlaps
from firsthand.mark.acts import Act, to_acts
from firsthand.mark.confidences import STRENGTH, attribution_to_factuality, filler_to_confidence, innermost
from firsthand.mark.names import Named, fillers_to_named
from firsthand.mark.ontology import Ontology, default_ontology
from firsthand.mark.quantities import document_to_quantities
from firsthand.mark.role_phrases import Filler, triggers_to_fillers
from firsthand.mark.role_spans import encoding_to_fillers, sentence_relevance
from firsthand.mark.slots import act_to_counts, act_to_date, act_to_flags, act_to_place, act_to_stage
from firsthand.mark.triggers import Sentence, Trigger, document_to_passages, sentences_to_triggers

BY = "mark.incidents@1"
ENCODED_BY = "mark.incidents@1+encoder"

UNLIKELY = 0.25
"""Sentences that the net gives less than this of telling an incident start none."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A document and all that was found in it before."""

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    attributions: Sequence[Attribution]
    quantities: Sequence[Mention]
    published: str | None
    ontology: Ontology


def document_to_incidents(
    document: Document,
    *,
    encoding: Encoding | None,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    dating: str | None = None,
) -> tuple[list[Mention], list[Statement]]:
    """Find the incidents that a document reports.

    Args:
        document: The text.
        encoding: What the net says about it; None leaves word lists and word order alone.
        mentions: Dates, places, credits and (if there) people, organisations, quantities found before.
        attributions: Who is said to have said what.
        dating: ISO date of publication, as given or inferred; only ever a bound on when an incident happened.

    Returns:
        Mentions of kind incident in order of the text (value: kind; detail: stage, trial, anniversary, background,
        assembled, date, date_from, place, place_from, relevance, sentences), and the statements that fill their slots.
    """
    ontology = default_ontology()
    sentences = document_to_passages(document)
    quantities = [m for m in mentions if m.kind == "quantity"] or document_to_quantities(document)
    published = dating or (document.published[:10] if document.published else None)
    page = _Page(document, sentences, mentions, attributions, quantities, published, ontology)
    triggers = sentences_to_triggers(sentences, ontology)
    relevance = sentence_relevance(encoding, sentences)
    if encoding is not None:
        triggers = [t for t in triggers if relevance[t.sentence] >= UNLIKELY or ontology.kind(t.kind).muc4 == ""]
    fillers = _fillers(page, triggers, encoding)
    acts = to_acts(
        document.text, sentences=sentences, found=(triggers, fillers),
        mentions=[m for m in mentions if m.kind in ("date", "time", "place")], ontology=ontology,
    )  # fmt: skip
    found: list[Mention] = []
    statements: list[Statement] = []
    for act in acts:
        if not _is_told(act, ontology):
            continue
        by = BY if encoding is None else ENCODED_BY
        mention, said = _act_to_records(page, act, relevance=relevance, by=by)
        found.append(mention)
        statements.extend(said)
    return found, statements


def _fillers(page: _Page, triggers: Sequence[Trigger], encoding: Encoding | None) -> list[Filler]:
    """By word order; where the net has read the text, its own, with the accusation patterns laid over them."""
    by_order: list[Filler] = []
    grouped: dict[int, list[tuple[int, Trigger]]] = {}
    for index, trigger in enumerate(triggers):
        grouped.setdefault(trigger.sentence, []).append((index, trigger))
    for number, mine in grouped.items():
        by_order.extend(
            triggers_to_fillers(page.sentences[number], mine, ontology=page.ontology, mentions=page.mentions)
        )
    if encoding is None:
        return by_order
    tagged = encoding_to_fillers(page.document, encoding=encoding, sentences=page.sentences)
    cued = [f for f in by_order if f.cue]
    laid = [replace(f, cue=next((c.cue for c in cued if overlaps(c.span, f.span)), "")) for f in tagged]
    other = [
        f for f in by_order
        if not any(overlaps(f.span, t.span) for t in tagged)
        and (f.cue == "denied" or (f.trigger is not None and not page.ontology.kind(triggers[f.trigger].kind).muc4))
    ]  # fmt: skip
    return sorted([*laid, *other], key=lambda f: (f.span, f.role))


def _is_told(act: Act, ontology: Ontology) -> bool:
    """An act needs somebody or something that suffers it, or a trigger that cannot mean anything else."""
    if any(f.role in ("victim", "target") for f in act.fillers):
        return True
    return any(t.mood == "told" for t in act.triggers)


def _act_to_records(page: _Page, act: Act, *, relevance: Sequence[float], by: str) -> tuple[Mention, list[Statement]]:
    document = page.document
    dates = [m for m in page.mentions if m.kind in ("date", "time")]
    places = [m for m in page.mentions if m.kind == "place"]
    date = act_to_date(act, sentences=page.sentences, dates=dates, published=page.published)
    place = act_to_place(act, sentences=page.sentences, places=places, dateline=_dateline(page, places))
    flags = act_to_flags(document.text, act, sentences=page.sentences, date=date, published=page.published)
    span = _main_span(act)
    kind = page.ontology.kind(act.kind())
    paragraphs = {page.sentences[n].paragraph for n in act.sentences}
    detail: dict[str, Json] = {
        "stage": act_to_stage(act),
        **flags,
        "assembled": len(paragraphs) > 1,
        "kind": kind.name,
        "date": date.value,
        "date_from": date.origin,
        "place": list(place.mention.detail.get("path") or ()) if place.mention else [],
        "place_from": place.origin,
        "relevance": round(max((relevance[n] for n in act.sentences), default=0.0), 3),
        "triggers": [[t.span[0], t.span[1]] for t in act.triggers],
    }
    incident_id = make_id("mention", document.id, span[0], span[1], "incident", kind.written)
    at = place.mention
    mention = Mention(
        id=incident_id, by=by, span=Span(document.id, *span), kind="incident", value=kind.written,
        lat=at.lat if at else None, lon=at.lon if at else None, detail=detail,
    )  # fmt: skip
    make = _Maker(page, incident_id, by)
    statements = [s for named in fillers_to_named(document.text, act.fillers) for s in make.role(named)]
    if date.mention is not None and date.value:
        statements.append(make.statement("date", date.value, (date.mention.span.start, date.mention.span.end)))
    if at is not None and place.value:
        statements.append(make.statement("place", place.value, (at.span.start, at.span.end)))
    for name, quantity in act_to_counts(act, sentences=page.sentences, quantities=page.quantities).items():
        statements.append(make.statement(name, quantity.value or "", (quantity.span.start, quantity.span.end)))
    return mention, statements


def _main_span(act: Act) -> Range:
    if act.triggers:
        told = [t for t in act.triggers if t.mood == "told"] or act.triggers
        return min(t.span for t in told)
    return min(f.span for f in act.fillers)


def _dateline(page: _Page, places: Sequence[Mention]) -> Mention | None:
    """The place named in the dateline; the words stand in the text, the incident's place only follows from them."""
    lines = [m for m in page.mentions if m.kind == "credit" and m.detail.get("kind") == "dateline"]
    for line in lines:
        inside = [p for p in places if overlaps((p.span.start, p.span.end), (line.span.start, line.span.end))]
        resolved = [p for p in inside if p.detail.get("path")]
        if resolved:
            return resolved[0]
    return None


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the statements of one incident."""

    page: _Page
    incident: str
    by: str

    def statement(self, prop: str, value: str, span: Range) -> Statement:
        doc = self.page.document.id
        attribution = innermost(self.page.attributions, span)
        return Statement(
            id=make_id("statement", doc, self.incident, prop, value, span[0], span[1]),
            by=self.by, incident=self.incident, property=prop, value=value, span=Span(doc, *span),
            attribution=attribution.id if attribution else None,
            factuality=attribution_to_factuality(attribution),
        )  # fmt: skip

    def role(self, named: Named) -> list[Statement]:
        """One statement per name; of a perpetrator one per confidence and voice, so that rival accounts stay apart."""
        if not named.role.startswith("perpetrator"):
            base = self.statement(named.role, named.name, named.main)
            rest = tuple(Span(base.span.doc, *s) for s in named.spans if s != named.main)
            return [replace(base, mentions=rest)]
        text = self.page.document.text
        voices: dict[tuple[str | None, Confidence], list[Range]] = {}
        for filler in named.fillers:
            attribution = innermost(self.page.attributions, filler.span)
            confidence = filler_to_confidence(
                text, filler, name=named.name, attribution=attribution,
                sentence=self.page.sentences[filler.sentence].span,
            )  # fmt: skip
            voices.setdefault((attribution.id if attribution else None, confidence), []).append(filler.span)
        statements = []
        for (_, confidence), spans in voices.items():
            main = named.main if named.main in spans else spans[0]
            base = self.statement(named.role, named.name, main)
            rest = tuple(Span(base.span.doc, *s) for s in spans if s != main)
            statements.append(replace(base, mentions=rest, confidence=confidence))
        return sorted(statements, key=lambda s: (STRENGTH.index(s.confidence or "possible"), s.span))
