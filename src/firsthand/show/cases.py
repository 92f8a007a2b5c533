"""A case as a reader meets it: records joined to what they lead to. Joins and sorts; computes no number of its own."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from firsthand.casefile import CaseFile
from firsthand.core.credits import Crediting, document_to_crediting
from firsthand.core.houses import document_to_house, label
from firsthand.core.records import (
    Attribution,
    Claim,
    Copy,
    Document,
    Entity,
    Finding,
    Hop,
    Hypothesis,
    Judgement,
    Mention,
    Origin,
    Span,
    Standing,
    Statement,
)

ACCOUNT = ("perpetrator_group", "perpetrator_person")
LEVELS = ("conflict", "drift", "open question", "note", "unreadable")
SLOTS = ("date", "place", "target", "victim", "weapon", "killed", "injured", "missing", "cause")
FEW = 2_000
"""Statements loaded one by one; whoever asks for more gets all at once. One by one takes 8 µs, all 12 µs each."""
CONTEXT = 160
"""Code points of text shown on either side of the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words in their document: what stands before, the words, what follows."""

    span: Span
    before: str
    text: str
    after: str
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement with its chain, publisher first."""

    statement: Statement
    words: Words
    chain: tuple[Hop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginTold:
    """One origin and the statements that rest on it."""

    origin: Origin
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One accused actor of one incident: the claims, and under each origin who says so.

    Attributes:
        actor: The label.
        claims: One per wording, and one more for its denial; most origins first.
        origins: All that the claims rest on, those with most statements first.
        standing: How the hypothesis that it did it stands, if weighed.
        ties: Pairs of its origins that are not established to be two, with the reason: why a count is a range.
    """

    actor: str
    claims: tuple[Claim, ...]
    origins: tuple[OriginTold, ...]
    standing: Standing | None
    ties: tuple[tuple[Origin, Origin, str], ...] = ()

    @property
    def confidences(self) -> list[str]:
        """All confidences given, as the claims list them."""
        return list(dict.fromkeys(c for claim in self.claims for c in (claim.confidence or "").split("; ") if c))


class Case:
    """All records of a case, indexed for reading; each kind is loaded when it is first asked for."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self.name = case.path.stem

    @cached_property
    def inferred_dates(self) -> dict[str, str]:
        """Document id → the date of publication that its own text gives away."""
        return {s.span.doc: s.value for s in self._case.load(Statement, where="property = 'published'")}

    @cached_property
    def documents(self) -> list[Document]:
        """All documents, by date of publication."""
        found = self._case.load(Document)
        return sorted(found, key=lambda d: (self.published(d) or "9999", d.path or "", d.id))

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Document id → document."""
        return {document.id: document for document in self.documents}

    @cached_property
    def copies(self) -> dict[str, Copy]:
        """Document id → what most of it was copied from."""
        return {copy.doc: copy for copy in sorted(self._case.load(Copy), key=lambda c: c.similarity)}

    @cached_property
    def credits(self) -> dict[str, list[Mention]]:
        """Document id → its credits, in order of the text."""
        grouped: dict[str, list[Mention]] = {}
        for credit in sorted(self._case.load(Mention, where="kind = 'credit'"), key=lambda m: (m.span, m.id)):
            grouped.setdefault(credit.span.doc, []).append(credit)
        return grouped

    @cached_property
    def _marked(self) -> Set[str]:
        return self._case.signatures("mark").keys()

    @cached_property
    def incident_mentions(self) -> dict[str, Mention]:
        """Mention id → incident as one document tells it."""
        return {m.id: m for m in self._case.load(Mention, where="kind = 'incident'")}

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """Attribution id → attribution."""
        return {a.id: a for a in self._case.load(Attribution)}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Statement id → statement; for a few of them, `statement` is quicker."""
        return {s.id: s for s in self._case.load(Statement)}

    def statement(self, key: str) -> Statement:
        """One statement."""
        if "statements" not in self.__dict__ and len(self._few) < FEW:
            if key not in self._few:
                self._few.update((s.id, s) for s in self._case.load(Statement, where="id = ?", values=(key,)))
            return self._few[key]
        return self.statements[key]

    @cached_property
    def _few(self) -> dict[str, Statement]:
        return {}

    @cached_property
    def hops(self) -> dict[str, list[Hop]]:
        """Statement id → its chain, publisher first."""
        grouped: dict[str, list[Hop]] = {}
        for hop in sorted(self._case.load(Hop), key=lambda h: (h.statement, h.position)):
            grouped.setdefault(hop.statement, []).append(hop)
        return grouped

    def chain(self, statement: str) -> list[Hop]:
        """The chain of one statement."""
        if "hops" not in self.__dict__ and len(self._few) < FEW:
            found = self._case.load(Hop, where="statement = ?", values=(statement,))
            return sorted(found, key=lambda h: h.position)
        return self.hops.get(statement, [])

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Origin id → origin."""
        return {o.id: o for o in self._case.load(Origin)}

    @cached_property
    def _origin_of(self) -> dict[str, list[Origin]]:
        grouped: dict[str, list[Origin]] = {}
        for origin in self.origins.values():
            for statement in origin.statements:
                grouped.setdefault(statement, []).append(origin)
        return grouped

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entity id → entity."""
        return {e.id: e for e in self._case.load(Entity)}

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims, by id."""
        return list(self._case.load(Claim))

    @cached_property
    def _ties(self) -> dict[str, list[Judgement]]:
        grouped: dict[str, list[Judgement]] = {}
        unsure = "kind = 'origin' AND verdict = 'unsure' AND withdrawn IS NULL"
        for judgement in self._case.load(Judgement, where=unsure):
            for origin in (judgement.left, judgement.right):
                grouped.setdefault(origin, []).append(judgement)
        return grouped

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, the gravest first."""
        return sorted(self._case.load(Finding), key=lambda f: (LEVELS.index(f.level), f.check, f.id))

    @cached_property
    def hypotheses(self) -> dict[str, Hypothesis]:
        """Hypothesis id → hypothesis."""
        return {h.id: h for h in self._case.load(Hypothesis)}

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Hypothesis id → how it stands."""
        return {s.hypothesis: s for s in self._case.load(Standing)}

    def published(self, document: Document) -> str | None:
        """A document's date: from metadata, or the one inferred from its text."""
        return document.published or self.inferred_dates.get(document.id)

    @cached_property
    def incidents(self) -> list[Entity]:
        """Incidents: the main one first, then by date, undated and background ones last."""
        found = [e for e in self.entities.values() if e.kind == "incident"]
        return sorted(found, key=lambda e: (not e.detail.get("main"), _day(e.date), e.label, e.id))

    @property
    def main_incidents(self) -> list[Entity]:
        """What most of the coverage is about."""
        return [e for e in self.incidents if e.detail.get("main")]

    @property
    def other_incidents(self) -> list[Entity]:
        """All the rest."""
        return [e for e in self.incidents if not e.detail.get("main")]

    @cached_property
    def dated_incidents(self) -> list[Entity]:
        """Incidents with a date, in order of time."""
        return sorted((e for e in self.incidents if e.date), key=lambda e: (_day(e.date), e.id))

    def claims_of(self, incident: str, properties: tuple[str, ...]) -> list[Claim]:
        """Claims about one incident, best supported first."""
        found = [c for c in self.claims_by_incident.get(incident, []) if c.property in properties]
        return sorted(found, key=lambda c: (properties.index(c.property), -c.origins_high, -len(c.statements), c.value))

    @cached_property
    def claims_by_incident(self) -> dict[str, list[Claim]]:
        """Incident id → its claims."""
        grouped: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.incident:
                grouped.setdefault(claim.incident, []).append(claim)
        return grouped

    def accounts(self, incident: str) -> list[Account]:
        """Who is said to have done it, most origins first: one account per actor; see also `nobodies`."""
        actors: dict[str, list[Claim]] = {}
        for claim in self.claims_of(incident, ACCOUNT):
            if claim.actor:
                actors.setdefault(claim.actor, []).append(claim)
        accounts = []
        for actor, claims in actors.items():
            label = self.entities[actor].label if actor in self.entities else claims[0].value
            hypothesis = self._hypothesis_of.get((incident, actor))
            claims.sort(key=lambda c: (-c.origins_high, -len(c.statements), c.value))
            accounts.append(
                Account(
                    actor=label,
                    claims=tuple(claims),
                    origins=tuple(self.origins_of(tuple(s for claim in claims for s in claim.statements))),
                    standing=self.standings.get(hypothesis) if hypothesis else None,
                    ties=tuple(self._ties_among({origin for claim in claims for origin in claim.origins})),
                )
            )
        return sorted(
            accounts,
            key=lambda a: (-(a.standing.consistent if a.standing else 0), -len(a.origins), a.actor),
        )

    def nobodies(self, incident: str) -> list[Claim]:
        """Accusations whose words name nobody that could be told apart: "men", "those", or the victims themselves."""
        return [claim for claim in self.claims_of(incident, ACCOUNT) if not claim.actor]

    @cached_property
    def _hypothesis_of(self) -> dict[tuple[str, str | None], str]:
        return {(h.incident, h.actor): h.id for h in sorted(self.hypotheses.values(), key=lambda h: h.id)}

    def _ties_among(self, origins: set[str]) -> list[tuple[Origin, Origin, str]]:
        found = {j.id: j for origin in origins for j in self._ties.get(origin, ()) if {j.left, j.right} <= origins}
        ties = [(self.origins[j.left], self.origins[j.right], j.reason) for j in found.values()]
        return sorted(ties, key=lambda t: (t[2], t[0].name, t[1].name))

    def origins_of(self, statements: tuple[str, ...]) -> list[OriginTold]:
        """The origins under some statements, those with most statements first."""
        grouped: dict[str, list[Told]] = {}
        for statement in dict.fromkeys(statements):
            for origin in self._origin_of.get(statement, ()):
                grouped.setdefault(origin.id, []).append(self.told(statement))
        found = []
        for key, told in grouped.items():
            told.sort(key=lambda t: (self.published(t.words.document) or "9999", t.statement.id))
            found.append(OriginTold(origin=self.origins[key], told=tuple(told)))
        return sorted(found, key=lambda o: (-len(o.told), o.origin.name, o.origin.id))

    def repeated(self, claim: Claim) -> list[str]:
        """Who said again what `Claim.first` did: one statement of every other document, in order of publication."""
        first = self.statement(claim.first).span.doc if claim.first else None
        by_document: dict[str, str] = {}
        for statement in claim.statements:
            by_document.setdefault(self.statement(statement).span.doc, statement)
        return [statement for doc, statement in by_document.items() if doc != first]

    def told(self, statement: str) -> Told:
        """A statement with its words and chain."""
        record = self.statement(statement)
        return Told(statement=record, words=self.words(record.span), chain=tuple(self.chain(statement)))

    def words(self, span: Span) -> Words:
        """The words of a span with their context, cut at word boundaries."""
        document = self.by_id[span.doc]
        text = document.text
        start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
        before, after = text[start : span.start], text[span.end : end]
        if start:
            before = "… " + before.partition(" ")[2]
        if end < len(text):
            after = after.rpartition(" ")[0] + " …"
        return Words(
            span=span,
            before=" ".join(before.split()) + (" " if before[-1:].isspace() else ""),
            text=" ".join(text[span.start : span.end].split()),
            after=(" " if after[:1].isspace() else "") + " ".join(after.split()),
            document=document,
        )

    def findings_of(self, *levels: str) -> list[Finding]:
        """Findings of some levels."""
        return [finding for finding in self.findings if finding.level in levels]

    @cached_property
    def _place_names(self) -> dict[str, str]:
        return {e.value: e.label for e in self.entities.values() if e.kind == "place" and e.value}

    def value(self, claim: Claim) -> str:
        """A claim's value for reading: counts in words, places by name."""
        low, dots, high = claim.value.partition("..")
        if dots and low.isdecimal():
            return f"{low} to {high}" if high else f"{low} or more"
        return self._place_names.get(claim.value, claim.value)

    def name_of(self, document: Document) -> str:
        """What to call a document where there is room for a word or two."""
        return label(document, self.credits.get(document.id, []))

    def house(self, document: Document) -> str | None:
        """The outlet, from metadata or a dispatch's dateline."""
        return document_to_house(document, self.credits.get(document.id, []))[0]

    def crediting(self, document: Document) -> Crediting:
        """Whom a document credits, as far as anybody looked."""
        looked = document.id in self._marked
        return document_to_crediting(document, self.credits.get(document.id, []) if looked else None)

    @cached_property
    def houses(self) -> list[str]:
        """All outlets, sorted."""
        return sorted({name for document in self.documents if (name := self.house(document))})


def _day(date: str | None) -> str:
    """For sorting: unknown dates and years last."""
    return "9999" if not date or date.startswith(("X", "..")) else date.lstrip("[{")
