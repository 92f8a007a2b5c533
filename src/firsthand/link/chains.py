"""For every statement the chain from the page to whom it finally rests on: publisher ← wire ← relay ← source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.core.houses import document_to_publisher, names_to_houses
from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Document, Factuality, Hop, Mention, Span, Statement
from firsthand.core.spans import as_range, overlaps
from firsthand.core.text import fold
from firsthand.link.lineages import Lineages
from firsthand.link.names import canonical, names_nobody

BY = "link.chains@3"
OWN_WORD = ("denied", "claimed")
"""Confidences that are the accused's own word where no other source is named."""
CARRIED = ("wire", "republished")
"""Kinds of credit that put another house between the publisher and the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The hops of a statement and the key of its origin.

    Attributes:
        hops: From the publisher outwards, at least one.
        key: (kind, name, scope) of the origin; statements with equal keys rest on one origin. Scope is "" where the
            name alone settles who it is, else the document and words that do.
        name: The last hop's name.
        kind: The last hop's kind.
    """

    hops: tuple[Hop, ...]
    key: tuple[str, str, str]
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Link:
    name: str
    kind: str
    span: Span | None
    factuality: Factuality
    stated: bool = True
    named: bool = False


def find_originals(statements: Iterable[Statement], *, lineages: Lineages) -> dict[str, Statement]:
    """The statement of the same words where they first stood.

    Args:
        statements: All of the case.
        lineages: Of all documents.

    Returns:
        By the id of each statement in copied words: the one of the same property whose words overlap the words copied.
    """
    placed: dict[tuple[str, str], list[Statement]] = {}
    copied: list[tuple[Statement, Span]] = []
    for statement in statements:
        placed.setdefault((statement.span.doc, statement.property), []).append(statement)
        source = lineages.origin(statement.span)
        if source.doc != statement.span.doc:
            copied.append((statement, source))
    found: dict[str, Statement] = {}
    for statement, source in copied:
        same = [
            s for s in placed.get((source.doc, statement.property), []) if overlaps(as_range(s.span), as_range(source))
        ]
        if same:
            found[statement.id] = min(same, key=lambda s: (s.value != statement.value, s.span, s.id))
    return found


class Pages:
    """What chains need of the marked documents, indexed once."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        *,
        mentions: Sequence[Mention],
        attributions: Sequence[Attribution],
        lineages: Lineages,
    ) -> None:
        """Index credits and attributions.

        Args:
            documents: By id.
            mentions: Credits are read, all else is passed over.
            attributions: Of all documents.
            lineages: Of all documents.
        """
        self.documents = documents
        self.lineages = lineages
        self.attributions = {a.id: a for a in attributions}
        self.credits: dict[str, list[Mention]] = {}
        for mention in sorted((m for m in mentions if m.kind == "credit"), key=lambda m: (m.span, m.id)):
            self.credits.setdefault(mention.span.doc, []).append(mention)
        named = [str(c.value) for found in self.credits.values() for c in found if c.detail.get("kind") in CARRIED]
        self._full = names_to_houses([*named, *(d.publisher for d in documents.values() if d.publisher)])

    def publisher(self, doc: str) -> tuple[str, Span | None, bool]:
        """Who ran a document, the words that say so if they stand in it, and whether anything does."""
        name, span, stated = document_to_publisher(self.documents[doc], self.credits.get(doc, []))
        return self._full.get(name, name), span, stated

    def house(self, credit: Mention) -> str:
        """Whom a credit names, in full where the pile says what its initials stand for."""
        return self._full.get(credit.value or "", credit.value or "")

    def carried(self, doc: str) -> list[Mention]:
        """Credits of a document to another house: its wire service or the publisher whose piece it reprints."""
        return [c for c in self.credits.get(doc, []) if c.detail.get("kind") in CARRIED and c.value]

    def words(self, span: Span) -> str:
        """The words of a span, white space squeezed."""
        return " ".join(self.documents[span.doc].text[span.start : span.end].split())


def statement_to_chain(statement: Statement, *, pages: Pages, original: Statement | None = None) -> Chain:
    """Follow a statement outwards.

    Args:
        statement: Any.
        pages: The marked documents.
        original: The statement of the same words where they first stood, if its words are copied: who is quoted is
            read there, so that a copy in which a line more or less changed the reading makes no new origin.

    Returns:
        Its chain. The publisher's own words, if they are copied, rest on the earliest publisher known or the house
        credited; words with a source rest on the source, whoever printed them.
    """
    first = original or statement
    links = [*_houses(statement, pages), *_speakers(first, pages)]
    hops = tuple(
        Hop(
            id=make_id("hop", statement.id, position), by=BY, statement=statement.id, position=position,
            name=link.name, kind=link.kind, span=link.span, factuality=link.factuality,
        )
        for position, link in enumerate(links)
    )  # fmt: skip
    return Chain(hops=hops, key=_key(first, links[-1], pages), name=links[-1].name, kind=links[-1].kind)


def _houses(statement: Statement, pages: Pages) -> list[_Link]:
    """Publisher, then the houses its words came through."""
    outer: Factuality = statement.factuality if statement.attribution is None else "Uu"
    name, span, stated = pages.publisher(statement.span.doc)
    links = [_Link(name, "publisher", span, outer, stated)]
    path = pages.lineages.path(statement.span)
    for doc in path:
        if doc != statement.span.doc:
            name, _, stated = pages.publisher(doc)
            if fold(name) != fold(links[-1].name):
                links.append(_Link(name, "republished", None, outer, stated))
        for credit in pages.carried(doc):
            house = pages.house(credit)
            if all(fold(house) != fold(x.name) for x in links):
                kind = "wire" if credit.detail.get("kind") == "wire" else "republished"
                links.append(_Link(house, kind, credit.span if doc == statement.span.doc else None, outer))
    return links


def _speakers(statement: Statement, pages: Pages) -> list[_Link]:
    """Relays, outermost first, then the source."""
    inner = pages.attributions.get(statement.attribution or "")
    if inner is None:
        return _the_accused_itself(statement)
    nested = [inner]
    while (outer := pages.attributions.get(nested[-1].within or "")) is not None and outer not in nested:
        nested.append(outer)
    links: list[_Link] = []
    for attribution in reversed(nested):
        name, named = _name(attribution, pages), bool(attribution.speaker_name)
        if not named and fold(name) in _FIRST_PERSON:
            continue  # whoever speaks there already: the one before, or the publisher
        if links and _speaks_on(links[-1], name, named):
            links[-1] = replace(links[-1], factuality=attribution.factuality)
            continue
        span = attribution.speaker or (attribution.source[0] if attribution.source else None)
        links.append(_Link(name, attribution.source_kind, span, attribution.factuality, named=named))
    if inner.factuality[-1] != "-" and not any(_is_part(statement.value, link.name) for link in links):
        links += _the_accused_itself(statement)
    return [*(replace(link, kind="relay") for link in links[:-1]), *links[-1:]]


def _speaks_on(link: _Link, name: str, named: bool) -> bool:
    """Whether an inner source is who speaks already: "the Front states" in a communiqué of the Front's command."""
    return fold(link.name) == fold(name) or (link.named and named and _is_part(name, link.name))


def _is_part(name: str, other: str) -> bool:
    return bool(name) and set(fold(name).split()) <= set(fold(other).split())


def _the_accused_itself(statement: Statement) -> list[_Link]:
    """Whoever denies or claims an act is the source of the denial or the claim: "the Front denied involvement".

    Not where the statement is negative: then somebody else clears it.
    """
    if (
        statement.confidence not in OWN_WORD
        or statement.factuality[-1] == "-"
        or names_nobody(canonical(statement.value))
    ):
        return []
    kind = "named person" if statement.property == "perpetrator_person" else "named body"
    made: Factuality = "CT-" if statement.confidence == "denied" else "CT+"
    return [_Link(statement.value, kind, statement.span, made, named=True)]


def _name(attribution: Attribution, pages: Pages) -> str:
    if attribution.speaker_name:
        return attribution.speaker_name
    if attribution.speaker is not None:  # "they" → "the officers"
        return pages.words(attribution.speaker)
    return " ".join(pages.words(span) for span in attribution.source) or "not named"


_FIRST_PERSON = frozenset({"i", "we", "us", "me"})
_SETTLED = frozenset({"named person", "named body", "outlet"})


def _key(statement: Statement, last: _Link, pages: Pages) -> tuple[str, str, str]:
    """What makes two chains end at the same origin."""
    folded = fold(last.name)
    if last.kind in ("publisher", "wire", "republished"):
        first = pages.lineages.origin(statement.span).doc
        return "own voice", folded if last.stated else "", "" if last.stated else first
    if last.kind in _SETTLED and last.named:
        return "outlet" if last.kind == "outlet" else "named", folded, ""
    where = pages.lineages.origin(last.span or statement.span)
    return last.kind, folded, f"{where.doc}" if folded else f"{where.doc}:{where.start}"
