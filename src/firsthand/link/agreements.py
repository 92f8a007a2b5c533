"""How well two reports of incidents agree: features in words, and the points that each is worth.

The points are log-odds, learned on MUC-4 train by `python eval/incident_links.py train --fit` (docs/linking.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from firsthand.link.profiles import Profile

LINKABLE = (frozenset({"violence", "blast"}), frozenset({"violence", "seizure"}), frozenset({"violence", "clash"}),
            frozenset({"violence", "arson"}))  # fmt: skip
REPORT_LAG_DAYS = 3
"""A dated report cannot tell of what happened after it; three days let for time zones and misprinted datelines."""
WINDOW_DAYS = 10
"""Two reports without a date for the incident, published this close, may tell the same news."""
RIVALS = 15
"""Other incidents that count against one at most: reports of it that are still apart are among them."""
MANY = 2
"""Further words of a name, and doublings of the reports that give it, that count at most: with four, given names and
parties ("Carlos", "liberal") of an incident that forty reports tell outweighed all else (`python eval/incident_links.py
train --fit`, found, after two and three rounds: pair F1 .65, .74 with two)."""
UNSEEN = 2
"""Reports of other incidents supposed to give a name too: one report alone proves little. One does as well on train."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What is known besides the two that are compared.

    Attributes:
        same_document: Whether one of them stands in the report's document.
        others: Further incidents of the case that the report is compared with: the more, the more must agree.
        mine: Word → reports of the incident so far that give it in a victim's or target's name.
        all: The same over all reports so far.
        telling: Word → share of the case's dated reports with it that give one day, or the next; 0 to 1.
    """

    same_document: bool = False
    others: int = 0
    mine: Mapping[str, int] = field(default_factory=dict)
    all: Mapping[str, int] = field(default_factory=dict)
    telling: Mapping[str, float] = field(default_factory=dict)


def compare(left: Profile, right: Profile, *, pile: Pile | None = None) -> Agreement:
    """Compare an incident so far with a report.

    Args:
        left: The incident.
        right: The report.
        pile: What is known besides; nothing else if left out.

    Returns:
        What agrees and what does not.
    """
    pile = pile or Pile()
    if left.family != right.family and frozenset({left.family, right.family}) not in LINKABLE:
        return Agreement({}, [], "another kind of incident")
    found: dict[str, float] = {"other incidents that it may be": math.log2(1 + min(pile.others, RIVALS))}
    reasons: list[str] = []
    if left.family != right.family:
        found["kinds that can be one"] = 1
    how, names = _whom(left, right)
    if how:
        found[how] = 1
    if names:
        reasons.append(f"both name {', '.join(sorted(names)[:3])}")
        told = {name: pile.mine.get(name, 0) for name in names}
        found["further words of it"] = min(len(names) - 1, MANY)
        found["reports that name them"] = min(math.log2(1 + max(told.values())), MANY)
        found["named of no other incident"] = max(
            n / (max(pile.all.get(name, 0), n) + UNSEEN) for name, n in told.items()
        )
        found["named on one day"] = max(pile.telling.get(name, 0.0) for name in names)
    elif how == OTHERS:
        reasons.append("other victims or targets")
    if how != FULL and _full(left) and _full(right):
        found["others named in full"] = 1
    when, why = _when(left, right)
    if when == EXCLUDED:
        return Agreement({}, [], why)
    where, place = _where(left, right)
    for what in (when, where):
        if what:
            found[what] = 1
            if how in _NAMED and (what in _AGAINST or what == "in the same town"):
                found[f"{how}, {what}"] = 1
    if how == FULL and when == "same day" and where in ("in the same town", "in the same country"):
        found["other incidents that it may be"] = 0  # a full name and the day settle it, however many others there are
    reasons.extend(w for w in (why, place) if w)
    if tolls := left.killed & right.killed:
        found["as many killed"] = 1
        reasons.append(f"{min(tolls)} killed in both")
    if left.accused & right.accused:
        found["an accused in common"] = 1
    if pile.same_document:
        found["told in one document"] = 1
    return Agreement(found, reasons or ["same kind only"])


FULL, MOST, NAME, PART, OTHERS = "a full name", "two words of a name", "a name", "a name in part", "other victims"
_NAMED = (FULL, NAME)


def _full(profile: Profile) -> bool:
    return any(len(name) > 1 for name in profile.names)


def _whom(left: Profile, right: Profile) -> tuple[str, frozenset[str]]:
    """(feature, words in common): names are alike if one holds the other; "Luis Ro" and "Luis Ti" are not."""
    best: tuple[int, int, list[str]] = (-1, 0, [])
    if left.words & right.words:
        for mine in left.names:
            for theirs in right.names:
                if shared := mine & theirs:
                    within = len(shared) == min(len(mine), len(theirs))
                    rank = 2 * (len(shared) > 1) + within
                    best = max(best, (rank, len(shared), sorted(shared)))
    if best[1]:
        return (PART, NAME, MOST, FULL)[best[0]], frozenset(best[2])
    if left.names and right.names:
        return OTHERS, frozenset()
    return "victims of one sort" if left.common & right.common else "", frozenset()


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
    "always": -0.54, "a day apart": 0.67, "a full name": -1.71, "a full name, days apart": 1.17,
    "a full name, in another country": 1.24, "a full name, in another town": 0.93,
    "a full name, in the same town": 0.44, "a full name, two or three days apart": 1.56, "a name": -0.39,
    "a name in part": -2.24, "a name, days apart": 0.68, "a name, in another country": 0.77,
    "a name, in another town": 0.48, "a name, in the same town": -1.24, "a name, two or three days apart": 1.63,
    "an accused in common": -0.11, "as many killed": 1.5, "dates agree": 1.26, "dates agree roughly": 0.25,
    "days apart": -1.24, "further words of it": 0.99, "in another country": -2.07, "in another town": -3.44,
    "in the same country": -0.78, "in the same region": -2.53, "in the same town": -1.63,
    "kinds that can be one": -1.47, "named of no other incident": 1.71, "named on one day": 2.37,
    "other incidents that it may be": -0.43, "others named in full": -0.87, "reported apart": -0.12,
    "reported in the same days": 0.1, "reported later": -0.09, "reported within days of it": 0.67,
    "reports that name them": 0.93, "same day": 1.65, "told in one document": -1.87, "two or three days apart": -0.86,
    "two words of a name": -1.22, "victims of one sort": 0.48,
}  # fmt: skip
BY_HAND: dict[str, float] = {OTHERS: -0.5}
WEIGHTS |= BY_HAND
"""Learned on what linking itself shows once it links with them, so none can be read alone: a name counts by the sum of
its kind, how many reports give it, and on how many days. By hand: that both name victims, and other ones, came out
above nought, since many reports of one incident do; in a case of one day and one town it must speak against. Other
tolls are no feature, for the same reason: tolls change."""
