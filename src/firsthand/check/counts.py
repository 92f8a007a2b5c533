"""Numbers of killed, injured and missing that do not fit together.

All numbers given for one incident are laid side by side. A number is a range: "at least four" is 4 and more. Two fit if
their ranges meet. A number holds as of the day that its sentence names ("as of Friday"), else of the day on which it
was first printed in the document or in the one that it copies. Where a later day gives more the finding is `drift`
(a toll that grows), and so it is where a day is not known; where the same day or a later one gives fewer it is a
`conflict`, between just those numbers.
Tolerance: none. False alarms: tolls of different things (soldiers and civilians) that the reader took for one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.dates import is_as_of
from firsthand.core.records import Claim, Finding, Level, Statement
from firsthand.core.values import COUNTS


def view_to_count_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """Per incident and property one finding of what conflicts and one of what rises, if anything does."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in view.claims:
        if claim.property in COUNTS and claim.incident and number_to_range(claim.value):
            groups.setdefault((claim.incident, claim.property), []).append(claim)
    copied: dict[str, list[str]] = {}
    for copy in view.copies:
        copied.setdefault(copy.doc, []).append(copy.of)
    return [f for (_, prop), claims in sorted(groups.items()) for f in _compare(view, prop, claims, copied)]


def number_to_range(value: str) -> tuple[float, float] | None:
    """Read a quantity's value.

    >>> number_to_range("6"), number_to_range("10..15"), number_to_range("40..")
    ((6.0, 6.0), (10.0, 15.0), (40.0, inf))
    """
    low, dots, high = value.partition("..")
    try:
        return (float(low or 0), float(high) if high else math.inf) if dots else (float(low), float(low))
    except ValueError:
        return None


def _compare(view: View, prop: str, claims: list[Claim], copied: Mapping[str, list[str]]) -> Iterator[Finding]:
    ranges = {claim.id: number_to_range(claim.value) or (0.0, math.inf) for claim in claims}
    told = {claim.id: _dated(view, claim, copied) for claim in claims}
    conflicts: dict[str, Statement] = {}
    rising: dict[str, Statement] = {}
    by_size = sorted((claim for claim in claims if told[claim.id]), key=lambda claim: ranges[claim.id])
    for fewer, more in combinations(by_size, 2):
        if ranges[more.id][0] <= ranges[fewer.id][1]:
            continue
        day, larger = min(
            ((d, s) for d, s in told[more.id] if d), key=lambda pair: pair[0], default=("", told[more.id][0][1])
        )
        later = next((s for d, s in told[fewer.id] if day and d >= day), None)
        found, smaller = (rising, told[fewer.id][0][1]) if later is None else (conflicts, later)
        found.setdefault(fewer.id, smaller)
        found.setdefault(more.id, larger)
    levels: tuple[tuple[Level, dict[str, Statement]], ...] = (("conflict", conflicts), ("drift", rising))
    for level, kept in levels:
        if kept:
            yield _finding(view, level, prop, [c for c in by_size if c.id in kept], kept)


def _finding(view: View, level: Level, prop: str, claims: list[Claim], told: Mapping[str, Statement]) -> Finding:
    ranges = [number_to_range(claim.value) or (0.0, math.inf) for claim in claims]
    label = view.entities[claims[0].incident or ""].label if claims[0].incident in view.entities else "the incident"
    return make_finding(
        "count",
        level,
        f"{prop.capitalize()} in {label}: {'; '.join(_told(claim) for claim in claims)}. "
        + ("These cannot all be so." if level == "conflict" else "The number rises with time."),
        spans=[told[claim.id].span for claim in claims],
        about=[claim.id for claim in claims],
        measured=max(low for low, _ in ranges),
        expected=min(high for _, high in ranges),
        tolerance=0.0,
        unit="people",
    )


def _dated(view: View, claim: Claim, copied: Mapping[str, list[str]]) -> list[tuple[str, Statement]]:
    """A claim's statements, each with the day as of which its number holds; empty if that is not known."""
    statements = _statements(view, claim)
    printed = {s.span.doc: (view.documents[s.span.doc].published or "")[:10] for s in statements}
    dated = []
    for s in statements:
        doc = s.span.doc
        days = [printed[d] for d in (doc, *copied.get(doc, ())) if printed.get(d)]
        dated.append((_as_of(view, s) or min(days, default=""), s))
    return dated


def _as_of(view: View, statement: Statement) -> str:
    """The day that a statement's sentence names ("as of Friday"); empty if it names none."""
    doc = statement.span.doc
    for date in view.within(doc, view.sentence(statement.span), ("date", "time")):
        if date.value and is_as_of(view.documents[doc].text, date.span.start):
            return date.value[:10]
    return ""


def _told(claim: Claim) -> str:
    """A claim's number and origins for reading, as in: 4 or more (1 to 2 origins)."""
    low, dots, high = claim.value.partition("..")
    number = f"{low} to {high}" if high else f"{low} or more" if dots else low
    fewest, most = claim.origins_low, claim.origins_high
    origins = str(most) if fewest == most else f"{fewest} to {most}"
    return f"{number} ({origins} origin{'' if most == 1 else 's'})"


def _statements(view: View, claim: Claim) -> list[Statement]:
    return [view.statements[s] for s in claim.statements if s in view.statements]
