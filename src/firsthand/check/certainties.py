"""Hedges and sources that are lost as a claim is repeated.

Certainty is counted in steps: possible, said by somebody, reported as fact in the publisher's own voice. Looked for in
three ways, each a finding `drift` that names both places:
- over time: a claim about who did it, or with what, is hedged or on somebody's word first, and a later document says it
  in its own voice, as fact;
- along copies and chains: for every property, a document that reuses another's words, or reports what another outlet
  reported, is surer of it than what it has it from;
- within copied words: a word of doubt (may, believed, allegedly …) stands between the words copied in the one document
  and in the other not.
False alarms: something became known in between; the chains under both statements are linked so that a reader can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.houses import document_to_house
from firsthand.core.records import Claim, Copy, Finding, Span, Statement
from firsthand.core.text import fold

STEPS = {"denied": 0, "possible": 1, "accused": 2, "accused by authorities": 2, "claimed": 2, "reported as fact": 3}
CERTAINTY = {"CT-": 0, "PR-": 0, "PS-": 1, "Uu": 1, "PS+": 1, "PR+": 2, "CT+": 3}
"""FactBank's scale on the same steps, for claims without a confidence of their own."""
OVER_TIME = ("perpetrator_group", "perpetrator_person", "weapon", "cause")
"""Tolls become known: that a later paper prints one in its own voice is news only where it has it from the earlier."""
_HEDGE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|apparently|reportedly|allegedly|alleged|presumed|presumably|"
    r"suspected|believed?|thought|appears?|appeared|seems?|seemed|unconfirmed|if confirmed)\b",
    re.IGNORECASE,
)
_GAP = 160
"""Code points between copied words, at most, that are looked at for a word of doubt: a clause or two."""


def view_to_certainty_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """One finding per claim over time, one per claim and pair of documents along copies and chains, and lost words."""
    found = [f for c in view.claims if c.property in OVER_TIME and (f := _over_time(view, c))]
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
    """Words of doubt between two runs of copied words that the copy leaves out."""
    if copy.doc not in view.documents or copy.of not in view.documents:
        return
    mine, theirs = view.documents[copy.doc].text, view.documents[copy.of].text
    for (here, there), (next_here, next_there) in pairwise(sorted(copy.spans)):
        gap, was = (here.end, next_here.start), (there.end, next_there.start)
        if not (0 <= gap[1] - gap[0] <= _GAP and 0 <= was[1] - was[0] <= _GAP):
            continue
        hedges = [m.group().lower() for m in _HEDGE.finditer(theirs, *_whole_words(theirs, *was))]
        kept = {m.group().lower() for m in _HEDGE.finditer(mine, *_whole_words(mine, *gap))}
        lost = [h for h in hedges if h not in kept]
        if lost and not kept:
            of = Span(copy.of, *view.sentence(Span(copy.of, was[0], max(was[1], was[0] + 1))))
            at = Span(copy.doc, *view.sentence(Span(copy.doc, max(gap[0] - 1, 0), gap[1] + 1)))
            yield make_finding(
                "certainty",
                "drift",
                f"{view.name(copy.doc)} reuses words of {view.name(copy.of)} and leaves out “{', '.join(lost)}”.",
                spans=[of, at],
                about=[copy.id],
                measured=float(len(lost)),
                expected=0.0,
                tolerance=0.0,
                unit="words",
            )


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A range widened to the words that it cuts."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    return start, end


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
