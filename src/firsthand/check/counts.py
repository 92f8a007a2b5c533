"""Numbers of killed, injured and missing that do not fit together.

All numbers given for one incident are laid side by side. A number is a range: "at least four" is 4 and more. Two fit if
their ranges meet. Where numbers only rise with the date of publication the finding is `drift` (a toll that grows);
where two documents of the same day, or a later one, give fewer, it is a `conflict`.
Tolerance: none. False alarms: tolls of different things (soldiers and civilians) that the reader took for one.
"""

from __future__ import annotations

import math
from itertools import groupby
from operator import itemgetter

from firsthand.check.views import CheckOptions, View, make_finding
from firsthand.core.records import Claim, Finding, Statement

PROPERTIES = ("killed", "injured", "missing")


def view_to_count_findings(view: View, *, options: CheckOptions) -> list[Finding]:
    """One finding per incident and property whose numbers do not all fit."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in view.claims:
        if claim.property in PROPERTIES and claim.incident and number_to_range(claim.value):
            groups.setdefault((claim.incident, claim.property), []).append(claim)
    return [f for (_, prop), claims in sorted(groups.items()) if (f := _compare(view, prop, claims))]


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


def _compare(view: View, prop: str, claims: list[Claim]) -> Finding | None:
    ranges = {claim.id: number_to_range(claim.value) or (0.0, math.inf) for claim in claims}
    lowest_top, highest_bottom = min(high for _, high in ranges.values()), max(low for low, _ in ranges.values())
    if highest_bottom <= lowest_top:
        return None
    dated = [(_published(view, s)[:10], ranges[c.id]) for c in claims for s in _statements(view, c)]
    rising = _only_rises([told for told in dated if told[0]])
    spans = [_statements(view, claim)[0].span for claim in sorted(claims, key=lambda c: ranges[c.id])]
    told = "; ".join(_told(claim) for claim in sorted(claims, key=lambda c: ranges[c.id]))
    label = view.entities[claims[0].incident].label if claims[0].incident in view.entities else "the incident"
    return make_finding(
        "count",
        "drift" if rising else "conflict",
        f"{prop.capitalize()} in {label}: {told}. "
        + ("The number rises with the date of publication." if rising else "These cannot all be so."),
        spans=spans,
        about=[claim.id for claim in claims],
        measured=highest_bottom,
        expected=lowest_top,
        tolerance=0.0,
        unit="people",
    )


def _only_rises(dated: list[tuple[str, tuple[float, float]]]) -> bool:
    """Whether no day's numbers contradict each other, and none is lower than an earlier day's."""
    floor = 0.0
    for _, group in groupby(sorted(dated), key=itemgetter(0)):
        ranges = [number for _, number in group]
        lowest_top, highest_bottom = min(high for _, high in ranges), max(low for low, _ in ranges)
        if lowest_top < max(highest_bottom, floor):
            return False
        floor = max(floor, highest_bottom)
    return True


def _told(claim: Claim) -> str:
    """A claim's number and origins for reading, as in: 4 or more (1 to 2 origins)."""
    low, dots, high = claim.value.partition("..")
    number = f"{low} to {high}" if high else f"{low} or more" if dots else low
    fewest, most = claim.origins_low, claim.origins_high
    origins = str(most) if fewest == most else f"{fewest} to {most}"
    return f"{number} ({origins} origin{'' if most == 1 else 's'})"


def _statements(view: View, claim: Claim) -> list[Statement]:
    return [view.statements[s] for s in claim.statements if s in view.statements]


def _published(view: View, statement: Statement) -> str:
    return view.documents[statement.span.doc].published or ""
