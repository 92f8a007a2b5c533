"""One document → the incidents it reports: mentions of kind `incident`, and a statement per slot with whose word it is.

Words tell of an incident (triggers.py), the net and word order say who did what to whom (role_candidates.py,
role_filters.py, role_phrases.py), what tells the same incident is put together (acts.py), and each slot is filled from
one passage or says that it was not (slots.py, confidences.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from firsthand.core.encodings import Encoding
from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Confidence, Document, Factuality, Json, Mention, Span, Statement
from firsthand.core.spans import Range, as_range, overlaps
from firsthand.core.text import fold
from firsthand.mark.incidents.accused import Accused, acts_to_accused
from firsthand.mark.incidents.acts import Act, to_acts
from firsthand.mark.incidents.confidences import (
    STRENGTH,
    attribution_to_factuality,
    filler_to_confidence,
    voice_to_factuality,
)
from firsthand.mark.incidents.dates import act_to_date
from firsthand.mark.incidents.groups import Group, candidates_to_groups
from firsthand.mark.incidents.names import Named, fillers_to_named, same_name
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.relevance import sentence_relevance
from firsthand.mark.incidents.role_bounds import fillers_to_tidy
from firsthand.mark.incidents.role_candidates import document_to_candidates
from firsthand.mark.incidents.role_filters import (
    candidates_to_fillers,
    default_weights,
    likely_perpetrators,
    probability,
)
from firsthand.mark.incidents.role_phrases import Filler, triggers_to_fillers
from firsthand.mark.incidents.slots import act_to_flags, act_to_place, act_to_stage
from firsthand.mark.incidents.toll_acts import tolls_to_acts
from firsthand.mark.incidents.tolls import Toll, passages_to_tolls
from firsthand.mark.incidents.triggers import Trigger, sentences_to_triggers
from firsthand.mark.incidents.voices import can_act, is_accused, whole_name
from firsthand.mark.ontology import Ontology, default_ontology

BY = "mark.incidents@1"
ENCODED_BY = "mark.incidents@1+encoder"


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
        mentions: Dates, places, credits and (if there) people and organisations found before.
        attributions: Who is said to have said what.
        dating: ISO date of publication, as given or inferred; only ever a bound on when an incident happened.

    Returns:
        Mentions of kind incident in order of the text (value: kind; detail: stage, trial, anniversary, background,
        assembled, coded, date, date_from, place, place_from, relevance, triggers, accused), and the statements that
        fill their slots.
    """
    reading = document_to_reading(
        document, encoding=encoding, mentions=mentions, attributions=attributions, dating=dating
    )
    accused = acts_to_accused(reading.passages, reading.acts, groups=reading.groups)
    found: list[Mention] = []
    statements: list[Statement] = []
    for act, groups, tolls in zip(reading.acts, accused, reading.tolls, strict=True):
        mention, said = _act_to_records(reading, act, groups, tolls)
        found.append(mention)
        statements.extend(said)
    return found, statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document and the acts that it tells.

    Attributes:
        passages: The document.
        relevance: By sentence, 0–1.
        published: ISO date or None.
        dateline: The place of the dateline.
        ontology: Kinds of acts.
        lexicon_only: Whether no net has read it.
        acts: In order of their first words.
        tolls: The tolls of each act.
        groups: Who may have done them, by the net; likeliest first.
    """

    passages: Passages
    relevance: Sequence[float]
    published: str | None
    dateline: Mention | None
    ontology: Ontology
    lexicon_only: bool
    acts: Sequence[Act]
    tolls: Sequence[Sequence[Toll]]
    groups: Sequence[Group]


def document_to_reading(
    document: Document,
    *,
    encoding: Encoding | None,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    dating: str | None = None,
) -> Reading:
    """Find the acts that a document tells.

    Args:
        document: As for `document_to_incidents`.
        encoding: Likewise.
        mentions: Likewise.
        attributions: Likewise.
        dating: Likewise.

    Returns:
        The acts, and what is needed to fill their slots.
    """
    ontology = default_ontology()
    passages = Passages(document, mentions=mentions, attributions=attributions)
    published = dating or (document.published[:10] if document.published else None)
    relevance = sentence_relevance(encoding, passages.sentences)
    triggers = sentences_to_triggers(passages.sentences, ontology)
    fillers, groups = _fillers(passages, triggers, encoding, relevance)
    tolls = passages_to_tolls(passages)
    counted = {toll.sentence for toll in tolls if toll.value != "0"}
    acts = to_acts(passages, found=(triggers, fillers), published=published, ontology=ontology, counted=counted)
    told = [act for act in acts if _is_told(act, counted, relevance)]
    if not told and counted:
        # "A bomb exploded. Six people died." needs both sentences
        given = tolls_to_acts(tolls, acts=acts, passages=passages, ontology=ontology)
        told = [a for a, mine in zip(acts, given, strict=True) if a.triggers and any(t.value != "0" for t in mine)]
    return Reading(
        passages=passages,
        relevance=relevance,
        published=published,
        dateline=_dateline(mentions),
        ontology=ontology,
        lexicon_only=encoding is None,
        acts=told,
        tolls=tolls_to_acts(tolls, acts=told, passages=passages, ontology=ontology),
        groups=groups,
    )


def order_fillers(passages: Passages, triggers: Sequence[Trigger], *, ontology: Ontology) -> list[Filler]:
    """Fill the roles of all triggers by word order.

    Args:
        passages: The document, with people, organisations and things found before.
        triggers: Of the document, in order.
        ontology: Head words.

    Returns:
        Fillers in order of their sentences.
    """
    grouped: dict[int, list[tuple[int, Trigger]]] = {}
    for index, trigger in enumerate(triggers):
        grouped.setdefault(trigger.sentence, []).append((index, trigger))
    found: list[Filler] = []
    for number, mine in grouped.items():
        named = passages.mentions(number, "person", "organisation", "facility", "vehicle", "weapon")
        found.extend(triggers_to_fillers(passages.sentences[number], mine, ontology=ontology, mentions=named))
    return fillers_to_tidy(passages.text, found, ontology=ontology)


def _fillers(
    passages: Passages, triggers: Sequence[Trigger], encoding: Encoding | None, relevance: Sequence[float]
) -> tuple[list[Filler], list[Group]]:
    """By the net and word order together; roles of a sentence on which they agree on nobody by word order alone.

    The net was taught on bombings and murders: what it is silent on (clashes, arrests, other prose) is left to order.
    """
    by_order = order_fillers(passages, triggers, ontology=default_ontology())
    if encoding is None or not len(encoding.offsets):
        return by_order, []
    candidates = document_to_candidates(passages, by_order, encoding=encoding, triggers=triggers, relevance=relevance)
    shares = [probability(candidate, default_weights()) for candidate in candidates]
    kept = candidates_to_fillers(candidates, shares, encoding=encoding)
    told = {(f.sentence, f.role) for f in kept}
    spans = {f.span for f in kept}
    other = [f for f in by_order if f.span not in spans and ((f.sentence, f.role) not in told or f.cue == "denied")]
    other = likely_perpetrators(passages.text, other, kept, candidates=(candidates, shares))
    fillers = sorted([*kept, *other], key=lambda f: (f.span, f.role))
    return fillers, candidates_to_groups(passages.text, candidates, shares)


UNTOLD = 0.6
"""Relevance by the net from which a sentence without any word of violence tells an incident all the same."""


def _is_told(act: Act, counted: Collection[int], relevance: Sequence[float]) -> bool:
    """An act needs a word that tells it and somebody or something that suffers it, or a number of those who did."""
    if not act.triggers and max(relevance[n] for n in act.sentences) < UNTOLD:
        return False
    return any(f.role in ("victim", "target") for f in act.fillers) or not act.sentences.isdisjoint(counted)


def _act_to_records(
    page: Reading, act: Act, accused: Sequence[Accused], tolls: Sequence[Toll]
) -> tuple[Mention, list[Statement]]:
    passages = page.passages
    doc = passages.document.id
    date = act_to_date(act.triggers, passages=passages, numbers=act.sentences, published=page.published)
    place = act_to_place(act, passages=passages, dateline=page.dateline)
    span = act_span(act)
    kind = page.ontology.kind(act.kind())
    by = ENCODED_BY if any(f.tagged for f in act.fillers) else BY
    at = place.mention
    detail: dict[str, Json] = {
        "stage": act_to_stage(act),
        **act_to_flags(act, passages=passages, date=date, published=page.published),
        "assembled": len({passages.sentences[n].paragraph for n in act.sentences}) > 1,
        "kind": kind.name,
        "date": date.value,
        "date_from": date.origin,
        "place": list(at.detail.get("path") or ()) if at else [],
        "place_from": place.origin,
        "coded": page.lexicon_only or by == ENCODED_BY,
        "relevance": round(max(page.relevance[n] for n in act.sentences), 3),
        "triggers": [[t.span[0], t.span[1]] for t in act.triggers],
        **({"accused": [one.to_json() for one in accused]} if accused else {}),
    }
    mention = Mention(
        id=make_id("mention", doc, span[0], span[1], "incident", kind.written),
        by=by,
        span=Span(doc, *span),
        kind="incident",
        value=kind.written,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        detail=detail,
    )
    make = _Maker(passages, mention.id)
    named = _without_own_victims(fillers_to_named(passages.text, act.fillers))
    statements = [s for one in named for s in make.role(one)]
    if date.mention is not None and date.value:
        statements.append(make.statement("date", date.value, as_range(date.mention.span)))
    if at is not None and place.value:
        statements.append(make.statement("place", place.value, as_range(at.span)))
    return mention, [*statements, *make.tolls(tolls)]


def _without_own_victims(named: Sequence[Named]) -> list[Named]:
    """Leave out whom word order alone takes for the perpetrator of an act whose victim they are.

    A passive without "was" is read the wrong way round like this ("the priests killed on Thursday").
    """
    victims = [fold(one.name) for one in named if one.role == "victim"]
    return [
        one
        for one in named
        if not one.role.startswith("perpetrator")
        or any(f.tagged or f.cue for f in one.fillers)
        or not any(same_name(fold(one.name), victim) for victim in victims)
    ]


def act_span(act: Act) -> Range:
    """The words that an act is anchored in: of the triggers that tell it the first, else the first filler."""
    if act.triggers:
        told = [t for t in act.triggers if t.mood == "told"] or act.triggers
        return min(t.span for t in told)
    return min(f.span for f in act.fillers)


def _dateline(mentions: Sequence[Mention]) -> Mention | None:
    """The place named in the dateline; the words stand in the text, the incident's place only follows from them."""
    lines = [m.span for m in mentions if m.kind == "credit" and m.detail.get("kind") == "dateline"]
    for place in mentions:
        resolved = place.kind == "place" and place.detail.get("path")
        if resolved and any(overlaps(as_range(place.span), as_range(line)) for line in lines):
            return place
    return None


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the statements of one incident."""

    passages: Passages
    incident: str

    def statement(self, prop: str, value: str, span: Range, *, by: str = BY) -> Statement:
        doc = self.passages.document.id
        attribution = self.passages.innermost(span)
        return Statement(
            id=make_id("statement", doc, self.incident, prop, value, span[0], span[1]),
            by=by,
            incident=self.incident,
            property=prop,
            value=value,
            span=Span(doc, *span),
            attribution=attribution.id if attribution else None,
            factuality=attribution_to_factuality(attribution),
        )

    def tolls(self, tolls: Sequence[Toll]) -> list[Statement]:
        """One statement per number and voice, so that rival tolls stay apart."""
        made: dict[tuple[str, str, str | None, Factuality], Statement] = {}
        for toll in tolls:
            one = self.statement(toll.property, toll.value, toll.span)
            if toll.possible and one.factuality in ("CT+", "PR+"):
                one = replace(one, factuality="PS+")
            key = (one.property, one.value, one.attribution, one.factuality)
            first = made.setdefault(key, one)
            if first is not one:
                made[key] = replace(first, mentions=(*first.mentions, one.span))
        return list(made.values())

    def role(self, named: Named) -> list[Statement]:
        """One statement per name; of a perpetrator one per confidence and voice, so that rival accounts stay apart."""
        by = ENCODED_BY if any(f.tagged for f in named.fillers) else BY
        if not named.role.startswith("perpetrator"):
            base = self.statement(named.role, named.name, named.main, by=by)
            rest = tuple(Span(base.span.doc, *s) for s in named.spans if s != named.main)
            return [replace(base, mentions=rest)]
        voices: dict[tuple[str | None, Confidence, Factuality], list[Range]] = {}
        for filler, short in zip(named.fillers, named.spans, strict=True):
            span = whole_name(self.passages.text, short)
            if not self._accuses(filler, span):
                continue
            attribution = self.passages.innermost(filler.span)
            confidence = filler_to_confidence(
                self.passages.text,
                filler,
                name=named.name,
                attribution=attribution,
                sentence=self.passages.sentences[filler.sentence].span,
            )
            factuality = voice_to_factuality(confidence, filler, attribution)
            voices.setdefault((attribution.id if attribution else None, confidence, factuality), []).append(span)
        whole = whole_name(self.passages.text, named.main)
        statements = []
        for (_, confidence, factuality), spans in voices.items():
            main = whole if whole in spans else spans[0]
            name = self._words(main) if main == whole or not can_act(named.name) else named.name
            base = self.statement(named.role, name, main, by=by)
            rest = tuple(Span(base.span.doc, *s) for s in spans if s != main)
            statements.append(replace(base, mentions=rest, confidence=confidence, factuality=factuality))
        return sorted(statements, key=lambda s: (STRENGTH.index(s.confidence or "possible"), s.span))

    def _words(self, span: Range) -> str:
        return " ".join(self.passages.text[slice(*span)].split())

    def _accuses(self, filler: Filler, span: Range) -> bool:
        """Whether the words around a perpetrator's name say that it did it, or that it claims or denies it."""
        if filler.cue in ("claimed", "denied"):
            return True
        sentence = self.passages.sentences[filler.sentence].span
        listed = filler.tagged and filler.role == "perpetrator_person"
        speaks = self.passages.is_source(span)
        return is_accused(self.passages.text, span, sentence=sentence, whole=listed, speaks=speaks)
