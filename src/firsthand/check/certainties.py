"""Hedges that are lost as a claim is repeated.

For every claim about who did it, the certainty of the earlier statements is compared with that of the later ones.
Steps are counted on the scale possible, accused or claimed, reported as fact. Finding `drift` where a later document
says in its own voice, as fact, what an earlier one had hedged or given on somebody's word.
False alarms: something became known in between; the chains under both statements are linked so that a reader can tell.
"""

from __future__ import annotations

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.records import Claim, Finding, Statement

STEPS = {"denied": 0, "possible": 1, "accused": 2, "accused by authorities": 2, "claimed": 2, "reported as fact": 3}
CERTAINTY = {"CT-": 0, "PR-": 0, "PS-": 1, "Uu": 1, "PS+": 1, "PR+": 2, "CT+": 3}
"""FactBank's scale on the same steps, for claims without a confidence of their own."""


def view_to_certainty_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """One finding per claim: its first hedged statement, and the first later one in a publisher's own voice."""
    return [f for claim in view.claims if claim.property.startswith("perpetrator") and (f := _claim(view, claim))]


def _claim(view: View, claim: Claim) -> Finding | None:
    dated = sorted(
        (
            (view.documents[s.span.doc].published or "", s)
            for s in (view.statements[i] for i in claim.statements if i in view.statements)
            if view.documents[s.span.doc].published
        ),
        key=lambda pair: (pair[0], pair[1].id),
    )
    for position, (later_day, later) in enumerate(dated):
        if later.attribution is not None or _steps(later) < 3:
            continue
        hedged = [
            (day, statement)
            for day, statement in dated[:position]
            if 0 < _steps(statement) < 3 and day < later_day and statement.span.doc != later.span.doc
        ]
        if hedged:
            day, earlier = hedged[0]
            return make_finding(
                "certainty",
                "drift",
                f"{view.name(earlier.span.doc)} on {day[:10]} had “{claim.value}” as "
                f"{earlier.confidence or earlier.factuality}{_on_whose_word(view, earlier)}; "
                f"{view.name(later.span.doc)} on {later_day[:10]} says it in its own voice, as fact.",
                spans=[earlier.span, later.span],
                about=[claim.id],
                measured=float(_steps(later) - _steps(earlier)),
                expected=0.0,
                tolerance=0.0,
                unit="steps",
            )
    return None


def _steps(statement: Statement) -> int:
    return STEPS[statement.confidence] if statement.confidence else CERTAINTY[statement.factuality]


def _on_whose_word(view: View, statement: Statement) -> str:
    chain = view.hops.get(statement.id, [])
    return f" on the word of {chain[-1].name}" if len(chain) > 1 else ""
