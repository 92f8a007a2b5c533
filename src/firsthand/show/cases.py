"""A case as a reader meets it: records joined to what they lead to. Joins and sorts; computes no number of its own."""

from __future__ import annotations

from collections.abc import Sequence, Set
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
from firsthand.show.shelves import FEW, ByIncident, Shelf

ACCOUNT = ("perpetrator_group", "perpetrator_person")
LEVELS = ("conflict", "drift", "open question", "note", "unreadable")
SLOTS = ("date", "place", "target", "victim", "weapon", "killed", "injured", "missing", "cause")
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
    """

    actor: str
    claims: tuple[Claim, ...]
    origins: tuple[OriginTold, ...]
    standing: Standing | None

    @property
    def confidences(self) -> list[str]:
        """All confidences given, as the claims list them."""
        return list(dict.fromkeys(c for claim in self.claims for c in (claim.confidence or "").split("; ") if c))


class Case:
    """All records of a case, indexed for reading; each kind is loaded when it is first asked for."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self.name = case.path.stem
        self.statements = Shelf(case, Statement)
        self.origins = Shelf(case, Origin)
        self.entities = Shelf(case, Entity)
        self.claims_about = ByIncident(case, Claim)
        self._hypotheses = ByIncident(case, Hypothesis)
        self._chains = 0

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
    def hops(self) -> dict[str, list[Hop]]:
        """Statement id → its chain, publisher first."""
        grouped: dict[str, list[Hop]] = {}
        for hop in sorted(self._case.load(Hop), key=lambda h: (h.statement, h.position)):
            grouped.setdefault(hop.statement, []).append(hop)
        return grouped

    def chain(self, statement: str) -> list[Hop]:
        """The chain of one statement."""
        if "hops" not in self.__dict__ and self._chains < FEW:
            self._chains += 1
            found = self._case.load(Hop, where="statement = ?", values=(statement,))
            return sorted(found, key=lambda h: h.position)
        return self.hops.get(statement, [])

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

    def published(self, document: Document) -> str | None:
        """A document's date: from metadata, or the one inferred from its text."""
        return document.published or self.inferred_dates.get(document.id)

    @cached_property
    def incidents(self) -> list[Entity]:
        """Incidents: the main one first, then by date, undated and background ones last."""
        found = self._case.load(Entity, where="kind = 'incident'")
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
        found = [c for c in self.claims_about[incident] if c.property in properties]
        return sorted(found, key=lambda c: (properties.index(c.property), -c.origins_high, -len(c.statements), c.value))

    def accounts(self, incident: str) -> list[Account]:
        """Who is said to have done it, most origins first: one account per actor; see also `nobodies`."""
        actors: dict[str, list[Claim]] = {}
        for claim in self.claims_of(incident, ACCOUNT):
            if claim.actor:
                actors.setdefault(claim.actor, []).append(claim)
        accounts, standings = [], self._standings(incident) if actors else {}
        for actor, claims in actors.items():
            entity = self.entities.get(actor)
            label = entity.label if entity else claims[0].value
            claims.sort(key=lambda c: (-c.origins_high, -len(c.statements), c.value))
            accounts.append(
                Account(
                    actor=label,
                    claims=tuple(claims),
                    origins=tuple(self.origins_of(claims)),
                    standing=standings.get(actor),
                )
            )
        return sorted(
            accounts,
            key=lambda a: (-(a.standing.consistent if a.standing else 0), -len(a.origins), a.actor),
        )

    def nobodies(self, incident: str) -> list[Claim]:
        """Accusations whose words name nobody that could be told apart: "men", "those", or the victims themselves."""
        return [claim for claim in self.claims_of(incident, ACCOUNT) if not claim.actor]

    def _standings(self, incident: str) -> dict[str | None, Standing]:
        """Actor → how the hypothesis that it did it stands, of one incident."""
        found: dict[str | None, Standing] = {}
        for hypothesis in self._hypotheses[incident]:
            if hypothesis.id in self.standings:
                found[hypothesis.actor] = self.standings[hypothesis.id]
        return found

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Hypothesis id → how it stands."""
        return {s.hypothesis: s for s in self._case.load(Standing)}

    def ties(self, account: Account) -> list[tuple[Origin, Origin, str]]:
        """Pairs of its origins that are not established to be two, with the reason: why a count is a range."""
        return self._ties_among({origin for claim in account.claims for origin in claim.origins})

    def _ties_among(self, origins: set[str]) -> list[tuple[Origin, Origin, str]]:
        found = {j.id: j for origin in origins for j in self._ties.get(origin, ()) if {j.left, j.right} <= origins}
        ties = [(self.origins[j.left], self.origins[j.right], j.reason) for j in found.values()]
        return sorted(ties, key=lambda t: (t[2], t[0].name, t[1].name))

    def origins_of(self, claims: Sequence[Claim]) -> list[OriginTold]:
        """The origins under some claims, those with most statements first."""
        statements = [s for claim in claims for s in claim.statements]
        origins = [o for claim in claims for o in claim.origins]
        wanted = set(statements)
        grouped = {o: [self.told(s) for s in self.origins[o].statements if s in wanted] for o in dict.fromkeys(origins)}
        found = []
        for key, told in grouped.items():
            if not told:
                continue
            told.sort(key=lambda t: (self.published(t.words.document) or "9999", t.statement.id))
            found.append(OriginTold(origin=self.origins[key], told=tuple(told)))
        return sorted(found, key=lambda o: (-len(o.told), o.origin.name, o.origin.id))

    def repeated(self, claim: Claim) -> list[str]:
        """Who said again what `Claim.first` did: one statement of every other document, in order of publication."""
        first = self.statements[claim.first].span.doc if claim.first else None
        by_document: dict[str, str] = {}
        for statement in claim.statements:
            by_document.setdefault(self.statements[statement].span.doc, statement)
        return [statement for doc, statement in by_document.items() if doc != first]

    def told(self, statement: str) -> Told:
        """A statement with its words and chain."""
        record = self.statements[statement]
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

    def findings_of(self, *levels: str, most: int | None = None) -> list[Finding]:
        """Findings of some levels, by check; of each level the first ones only if `most` says so."""
        load = self._case.load
        return [f for level in levels for f in load(Finding, where="level = ?", values=(level,), most=most)]

    def number_of_findings(self, level: str) -> int:
        """How many findings of a level there are."""
        return self._case.count(Finding, where="level = ?", values=(level,))

    @cached_property
    def _place_names(self) -> dict[str, str]:
        return {e.value: e.label for e in self._case.load(Entity, where="kind = 'place'") if e.value}

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
