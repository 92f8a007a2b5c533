"""Hedges and sources that are lost as a claim is repeated.

Certainty is counted in steps: possible, said by somebody, reported as fact in the publisher's own voice. Looked for in
three ways, each a finding `drift` that names both places:
- over time: a claim about who did it, or why, is hedged or on somebody's word first, and a later document says it
  in its own voice, as fact;
- along copies and chains: for every property, a document that reuses another's words, or reports what another outlet
  reported, is surer of it than what it has it from;
- within reused sentences: three in four words of a sentence stand in one sentence of the document it reuses, and that
  has a word of doubt (may, believed, allegedly …), or is on somebody's word, and the sentence itself is neither.
False alarms: something became known in between; the chains under both statements are linked so that a reader can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.houses import document_to_house
from firsthand.core.records import Claim, Copy, Finding, Span, Statement
from firsthand.core.spans import Range, as_range, overlaps
from firsthand.core.text import fold

STEPS = {"denied": 0, "possible": 1, "accused": 2, "accused by authorities": 2, "claimed": 2, "reported as fact": 3}
CERTAINTY = {"CT-": 0, "PR-": 0, "PS-": 1, "Uu": 1, "PS+": 1, "PR+": 2, "CT+": 3}
"""FactBank's scale on the same steps, for claims without a confidence of their own."""
OVER_TIME = ("perpetrator_group", "perpetrator_person", "cause")
"""Tolls become known: that a later paper prints one in its own voice is news only where it has it from the earlier."""
_HEDGE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|apparently|reportedly|allegedly|alleged|presumed|presumably|"
    r"suspected|believed?|thought|appears?|appeared|seems?|seemed|unconfirmed)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
REUSED = 0.75
"""Share of a sentence's words that must stand in one sentence of the document that it reuses. Set by hand."""
CONTENT = 1 / 3
"""Share of a sentence that must be on somebody's word: beside a dateline and the source, half of it can be less."""
_LEAST = 6
"""Words of a sentence, at least: shorter ones are in many."""
_MOST = 200
"""A word in more sentences of a document than this tells nothing; keeps hostile texts linear."""


def view_to_certainty_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """One finding per claim over time, one per claim and pair of documents along copies and chains, and lost words."""
    dated = [c for c in view.claims if c.property in OVER_TIME and (c.actor or c.property == "cause")]
    found = [f for c in dated if (f := _over_time(view, c))]
    found += _along(view)
    found += [finding for copy in view.copies for finding in _lost_words(view, copy)]
    return found


def _over_time(view: View, claim: Claim) -> Finding | None:
    dated = sorted(
        (
            (day[:10], s)
            for s in _statements(view, claim)
            if (day := view.documents[s.span.doc].published)
        ),
        key=lambda pair: (pair[0], pair[1].id),
    )  # fmt: skip
    for position, (later_day, later) in enumerate(dated):
        if _steps(later) < 3:
            continue
        hedged = [
            statement
            for day, statement in dated[:position]
            if 0 < _steps(statement) < 3 and day < later_day and statement.span.doc != later.span.doc
        ]
        if hedged:
            return _finding(view, claim, hedged[0], later, "says it in its own voice, as fact")
    return None


def _along(view: View) -> Iterator[Finding]:
    """Claims that are surer in a document than in the one it copies, or that it says it has them from."""
    houses: dict[str, set[str]] = {}
    for doc, document in view.documents.items():
        name, _ = document_to_house(document, (m for m in view.mentions.get(doc, []) if m.kind == "credit"))
        if name:
            houses.setdefault(fold(name), set()).add(doc)
    copied: dict[str, set[str]] = {}
    for copy in view.copies:
        copied.setdefault(copy.doc, set()).add(copy.of)
    for claim in view.claims:
        if claim.property in ("date", "place"):
            continue
        told: dict[str, list[Statement]] = {}
        for statement in _statements(view, claim):
            told.setdefault(statement.span.doc, []).append(statement)
        for doc, mine in told.items():
            surest = max(mine, key=_steps)
            sources = {d for d in copied.get(doc, ()) if d in told}
            sources |= {
                d
                for s in mine
                for hop in view.hops.get(s.id, [])[1:]
                for d in houses.get(fold(hop.name), ())
                if d in told
            }
            for source in sorted(sources - {doc}):
                least = max(told[source], key=_steps)
                if 0 < _steps(least) < _steps(surest):
                    how = "in its own voice, as fact" if _steps(surest) == 3 else f"as {_called(surest)}"
                    yield _finding(view, claim, least, surest, f"which reuses it, says it {how}")


def _finding(view: View, claim: Claim, earlier: Statement, later: Statement, how: str) -> Finding:
    day, later_day = (_day(view, s) for s in (earlier, later))
    return make_finding(
        "certainty",
        "drift",
        f"{view.name(earlier.span.doc)}{day} had “{claim.value}” ({claim.property.replace('_', ' ')}) as "
        f"{_called(earlier)}{_on_whose_word(view, earlier)}; "
        f"{view.name(later.span.doc)}{later_day}{',' if how.startswith('which') else ''} {how}.",
        spans=[earlier.span, later.span],
        about=[claim.id],
        measured=float(_steps(later) - _steps(earlier)),
        expected=0.0,
        tolerance=0.0,
        unit="steps",
    )


def _lost_words(view: View, copy: Copy) -> Iterator[Finding]:
    """Sentences that a document reuses without the doubt, or without the source, that they had."""
    if copy.doc not in view.documents or copy.of not in view.documents:
        return
    theirs = [(r, _words(view, copy.of, r)) for r in view.sentences(copy.of)]
    holding: dict[str, list[int]] = {}
    for k, (_, words) in enumerate(theirs):
        for word in words:
            holding.setdefault(word, []).append(k)
    heads = [(p.start, p.end) for p in view.documents[copy.doc].parts if p.kind == "headline"]
    for here in view.sentences(copy.doc):
        words = _words(view, copy.doc, here)
        if len(words) < _LEAST or any(overlaps(here, head) for head in heads):  # headlines leave out every source
            continue
        shared = Counter(k for w in sorted(words) if len(held := holding.get(w, [])) <= _MOST for k in held)
        best, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        if count < REUSED * len(words):
            continue
        there, was = theirs[best]
        doubt = [] if _doubts(words) else _doubts(was - words)
        of, at = Span(copy.of, *there), Span(copy.doc, *here)
        source = "" if doubt else _source_lost(view, of, at)
        if doubt or source:
            yield make_finding(
                "certainty",
                "drift",
                f"{view.name(copy.doc)} reuses a sentence of {view.name(copy.of)} and leaves out "
                + (f"“{', '.join(doubt)}”." if doubt else f"that it is on the word of {source}."),
                spans=[of, at],
                about=[copy.id],
                measured=float(len(doubt) or 1),
                expected=0.0,
                tolerance=0.0,
                unit="words" if doubt else "sources",
            )


def _words(view: View, doc: str, sentence: Range) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(view.documents[doc].text[slice(*sentence)]))


def _doubts(words: Iterable[str]) -> list[str]:
    return sorted(w for w in words if _HEDGE.fullmatch(w))


def _source_lost(view: View, of: Span, at: Span) -> str:
    """Whose word a sentence is on that its reuse has on nobody's; empty if nobody's, or still somebody's."""
    if any(a.doc == at.doc and overlaps(as_range(c), (at.start, at.end)) for a in view.said(at.doc) for c in a.content):
        return ""
    for a in view.said(of.doc):
        covered = sum(max(0, min(c.end, of.end) - max(c.start, of.start)) for c in a.content)
        if covered >= CONTENT * (of.end - of.start) and a.source:
            return a.speaker_name or view.words(a.source[0])
    return ""


def _statements(view: View, claim: Claim) -> Iterable[Statement]:
    return (view.statements[i] for i in claim.statements if i in view.statements)


def _steps(statement: Statement) -> int:
    """Steps of certainty; what is on somebody's word is no publisher's fact, however sure that somebody is."""
    steps = STEPS[statement.confidence] if statement.confidence else CERTAINTY[statement.factuality]
    return min(steps, 2) if statement.attribution is not None else steps


def _called(statement: Statement) -> str:
    return statement.confidence or statement.factuality


def _day(view: View, statement: Statement) -> str:
    published = view.documents[statement.span.doc].published
    return f" on {published[:10]}" if published else ""


def _on_whose_word(view: View, statement: Statement) -> str:
    chain = view.hops.get(statement.id, [])
    return f" on the word of {chain[-1].name}" if len(chain) > 1 else ""
