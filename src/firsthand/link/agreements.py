"""How well two reports of incidents agree: features in words, and the points that each is worth.

The points are log-odds, learned on MUC-4 train by `python eval/incident_links.py train --fit` (docs/linking.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from firsthand.link.profiles import TITLES, Profile

LINKABLE = (frozenset({"violence", "blast"}), frozenset({"violence", "seizure"}), frozenset({"violence", "clash"}),
            frozenset({"violence", "arson"}))  # fmt: skip
REPORT_LAG_DAYS = 3
"""A dated report cannot tell of what happened after it; three days let for time zones and misprinted datelines."""
ALIKE = 0.6
"""Share of the shorter list of victims' words that must be shared: a first name alone is no more than a hint."""
WINDOW_DAYS = 10
"""Two reports without a date for the incident, published this close, may tell the same news."""
RIVALS = 15
"""Other incidents that count against one at most: reports of it that are still apart are among them."""
MANY = 4
"""Further victims' words, and doublings of an incident's reports, that count at most."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What speaks for and against two reports telling the same incident.

    Attributes:
        features: Name → amount; 1 for those that are or are not.
        reasons: In words, for a reader.
        excluded: Why it cannot be, or None.
    """

    features: dict[str, float]
    reasons: list[str]
    excluded: str | None = None

    def points(self, weights: dict[str, float]) -> float:
        """Log-odds that they are one; -inf if excluded."""
        if self.excluded:
            return -math.inf
        return weights["always"] + sum(weights.get(name, 0.0) * amount for name, amount in self.features.items())


def compare(left: Profile, right: Profile, *, size: int = 1, same_document: bool = False, others: int = 0) -> Agreement:
    """Compare an incident so far with a report.

    Args:
        left: The incident.
        right: The report.
        size: Reports that tell the incident so far.
        same_document: Whether one of them stands in the report's document.
        others: Further incidents of the case that the report is compared with: the more, the more must agree.

    Returns:
        What agrees and what does not.
    """
    if left.family != right.family and frozenset({left.family, right.family}) not in LINKABLE:
        return Agreement({}, [], "another kind of incident")
    found: dict[str, float] = {"other incidents that it may be": math.log2(1 + min(others, RIVALS))}
    reasons: list[str] = []
    if left.family != right.family:
        found["kinds that can be one"] = 1
    names = left.victims & right.victims
    names = names if names - TITLES else frozenset()
    alike = bool(names) and len(names) >= ALIKE * min(len(left.victims), len(right.victims))
    if names:
        reasons.append(f"both name {', '.join(sorted(names)[:3])}")
        found["victims alike" if alike else "victims in part"] = 1
        found["further victims' words"] = min(len(names) - 1, MANY)
        found["reports that name them"] = min(math.log2(size), MANY)
    elif left.victims and right.victims:
        found["other victims"] = 1
        reasons.append("other victims or targets")
    elif left.common & right.common:
        found["victims of one sort"] = 1
    when, why = _when(left, right)
    if when == EXCLUDED:
        return Agreement({}, [], why)
    where, place = _where(left, right)
    for what in (when, where):
        if what:
            found[what] = 1
            if alike and what in _AGAINST:
                found["victims alike, though " + what] = 1
    if alike and len(names) > 1 and when == "same day" and where in ("in the same town", "in the same country"):
        found["other incidents that it may be"] = 0  # a full name and the day settle it, however many others there are
    reasons.extend(w for w in (why, place) if w)
    if left.killed and right.killed:
        found["as many killed" if left.killed == right.killed else "not as many killed"] = 1
        if left.killed == right.killed:
            reasons.append(f"{left.killed} killed in both")
    if left.accused & right.accused:
        found["an accused in common"] = 1
    if same_document:
        found["told in one document"] = 1
    return Agreement(found, reasons or ["same kind only"])


EXCLUDED = "excluded"
_AGAINST = ("days apart", "two or three days apart", "in another town", "in another country")


def _when(left: Profile, right: Profile) -> tuple[str, str]:
    """(feature, reason)."""
    if left.days and right.days:
        gap = max((left.days[0] - right.days[1]).days, (right.days[0] - left.days[1]).days, 0)
        wide = max((d[1] - d[0]).days for d in (left.days, right.days))
        if gap == 0:
            return (
                ("same day", "same day") if wide <= 2
                else ("dates agree", "dates agree") if wide <= 40
                else ("dates agree roughly", "dates agree roughly")
            )  # fmt: skip
        if gap == 1:
            return "a day apart", "a day apart"
        return ("two or three days apart" if gap <= 3 else "days apart"), f"{gap} days apart"
    for dated, other in ((left, right), (right, left)):
        if dated.days and not other.days and other.report:
            if (dated.days[0] - other.report).days > REPORT_LAG_DAYS:
                return EXCLUDED, "reported before it happened"
            late = (other.report - dated.days[1]).days
            if late <= WINDOW_DAYS:
                return "reported within days of it", "reported within days of it"
            return "reported later", ""
    if left.report and right.report and not left.days and not right.days:
        near = abs((left.report - right.report).days) <= WINDOW_DAYS
        return ("reported in the same days", "reported in the same days") if near else ("reported apart", "")
    return "", ""


def _where(left: Profile, right: Profile) -> tuple[str, str]:
    """(feature, reason)."""
    a, b = left.path, right.path
    if not a or not b:
        return "", ""
    if a[0] != b[0]:
        return "in another country", f"{a[0]} and {b[0]}"
    if len(a) == 1 or len(b) == 1:
        return "in the same country", ""
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if shared == min(len(a), len(b)):
        return "in the same town", f"both in {a[shared - 1]}"
    return ("in the same region", "") if shared > 1 else ("in another town", f"{a[-1]} and {b[-1]}")


WEIGHTS: dict[str, float] = {
    "always": -2.41, "a day apart": 0.51, "an accused in common": 0.47, "as many killed": 1.58, "dates agree": 0.79,
    "dates agree roughly": -0.28, "days apart": -0.73, "further victims' words": 0.88, "in another country": -0.39,
    "in another town": -0.96, "in the same country": 0.83, "in the same region": -0.19, "in the same town": 0.39,
    "kinds that can be one": -1.35, "other incidents that it may be": -0.89, "other victims": -0.5,
    "reported apart": -0.37, "reported in the same days": -0.99, "reported later": -0.36,
    "reported within days of it": 0.53, "reports that name them": 1.38, "same day": 1.57,
    "told in one document": -4.55, "two or three days apart": -0.29, "victims alike": 1.47,
    "victims alike, though days apart": -0.26, "victims alike, though in another country": 0.56,
    "victims alike, though in another town": -0.15, "victims alike, though two or three days apart": -0.15,
    "victims in part": 0.15, "victims of one sort": 1.08,
}  # fmt: skip
"""Learned, but for two: "other victims" came out at +0.2 in piles of everything, where most pairs name others; in a
case of one day and one town it must speak against. "not as many killed" (+1.1) is left out: tolls change."""
