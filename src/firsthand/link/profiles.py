"""What a report says of an incident, as far as it tells incidents apart, and how well two such profiles agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from firsthand.core.dates import day_of, edtf_to_interval
from firsthand.core.records import Mention, Statement
from firsthand.core.text import fold

FAMILIES = {
    "attack": "violence", "bombing": "blast", "kidnapping": "seizure", "arson": "arson", "robbery": "robbery",
    "forced work stoppage": "stoppage", "clash": "clash", "arrest": "arrest", "protest turned violent": "protest",
}  # fmt: skip
_LINKABLE = (frozenset({"violence", "blast"}), frozenset({"violence", "seizure"}), frozenset({"violence", "clash"}),
             frozenset({"violence", "arson"}))  # fmt: skip
_COMMON = frozenset(
    "people person persons civilians civilian men man women woman children child soldiers soldier troops policemen "
    "policeman police officer officers guerrillas guerrilla rebels citizens citizen workers worker peasants peasant "
    "students student others two three four five six seven eight nine ten eleven twelve several many some the a an "
    "of and his her their its to in at by for members member residents victims victim leader leaders official "
    "officials president minister general colonel col gen capt lt dr mr mrs ms msgr father rev house houses home "
    "homes car cars bus buses vehicle vehicles building buildings office offices headquarters base population young "
    "old local former us u s new other brothers wife son daughter family driver bodyguard bodyguards guard guards "
    "murder murdered killed death dead fellow persons another one all army military government national high police "
    "candidate presidential senator mayor governor judge magistrate priest air force residence residences central "
    "installation installations union unions bank banks university station post council church embassy plant "
    "salvadoran colombian peruvian guatemalan honduran nicaraguan chilean american spanish iraqi iranian israeli "
    "political party".split()
)
"""Words that victims of many incidents are called by: they count little when two reports share them."""
REPORT_LAG_DAYS = 3
"""A dated report cannot tell of what happened after it; three days let for time zones and misprinted datelines."""
NAMED_FLOOR = -1.0
"""Points that a wrong date and place take off at most where two reports name the same victim: people die once, while
the date in a sentence about a murder is often that of the trial, the protest or the statement."""
ALIKE = 0.6
"""Share of the shorter list of victims' words that must be shared: a first name alone is no more than a hint."""
EXCLUDED = -9.0
WINDOW_DAYS = 10
"""Two reports without a date for the incident, published this close, may tell the same news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One report of an incident, or all that tell of it so far.

    Attributes:
        mention: Incident mention id.
        doc: Its document.
        family: Kinds that can tell one incident.
        kind: As recorded.
        days: Earliest and latest day, None where not told.
        report: Day of publication.
        path: Containing areas of the place, folded, country first; empty if not told. Of a dateline the country only.
        victims: Distinguishing words of victims' and targets' names.
        common: Their other words.
        accused: Folded names.
        killed: Smallest and largest number, None where not told.
    """

    mention: str
    doc: str
    family: str
    kind: str
    days: tuple[date, date] | None
    report: date | None
    path: tuple[str, ...]
    victims: frozenset[str]
    common: frozenset[str]
    accused: frozenset[str]
    killed: str | None

    @property
    def specificity(self) -> int:
        """How much it tells: a day, a town, names."""
        day = self.days is not None and (self.days[1] - self.days[0]).days <= 2
        return 3 * day + 2 * (len(self.path) > 1) + min(len(self.victims), 3) + (self.killed is not None)

    def blocks(self) -> list[str]:
        """Keys under which reports of one incident meet: victims' names, and day, country and family."""
        keys = [f"v {self.family} {word}" for word in sorted(self.victims)[:12]]
        if self.family in ("blast", "clash", "seizure", "arson"):
            keys.extend(f"v violence {word}" for word in sorted(self.victims)[:12])
        country = self.path[0] if self.path else ""
        day = self.days[0] if self.days and (self.days[1] - self.days[0]).days <= 7 else None
        if day is None and self.report is not None:
            day = self.report
        if day is not None:
            keys.extend(f"d {country} {(day + timedelta(days=k)).isoformat()}" for k in (-1, 0, 1))
        if self.days is None and not self.victims and len(self.path) > 1:
            keys.append(f"p {self.family} {' '.join(self.path)}")
        return keys


def to_profile(mention: Mention, *, statements: Sequence[Statement], published: str | None) -> Profile:
    """Read a profile off an incident mention and its statements.

    Args:
        mention: Of kind incident.
        statements: About it.
        published: ISO date of the document, or None.

    Returns:
        The profile; the date of publication never stands for the incident's.
    """
    words = [fold(s.value).split() for s in statements if s.property in ("victim", "target")]
    flat = {w.removesuffix("s") if len(w) > 4 else w for ws in words for w in ws if len(w) > 2}
    common = {w.removesuffix("s") if len(w) > 4 else w for w in _COMMON}
    path = tuple(fold(str(p)) for p in mention.detail.get("place") or ())
    if mention.detail.get("place_from") == "dateline":
        path = path[:1]
    return Profile(
        mention=mention.id,
        doc=mention.span.doc,
        family=FAMILIES.get(mention.value or "", mention.value or ""),
        kind=mention.value or "",
        days=_days(mention.detail.get("date")),
        report=day_of(published) if published else None,
        path=path,
        victims=frozenset(flat - common),
        common=frozenset(flat & common),
        accused=frozenset(fold(s.value) for s in statements if s.property.startswith("perpetrator")),
        killed=next((s.value for s in sorted(statements, key=lambda s: s.id) if s.property == "killed"), None),
    )


def _days(edtf: object) -> tuple[date, date] | None:
    interval = edtf_to_interval(edtf) if isinstance(edtf, str) else None
    if interval is None or interval.open_start or interval.open_end:
        return None
    return interval.first, interval.last


def compare(left: Profile, right: Profile) -> tuple[float, str]:
    """How many points speak for two reports telling the same incident.

    Args:
        left: An incident so far.
        right: A report.

    Returns:
        (points, reason in words); negative if something excludes it. Weights are set by hand, looking at MUC-4 dev and
        the Jesuit dispatches; `python eval/incident_links.py` measures them again.
    """
    if left.family != right.family and frozenset({left.family, right.family}) not in _LINKABLE:
        return EXCLUDED, "another kind of incident"
    points, reasons = 0.5 if left.family == right.family else -0.5, []
    names = left.victims & right.victims
    alike = bool(names) and len(names) >= ALIKE * min(len(left.victims), len(right.victims))
    if names:
        points += min(2.0 + 0.75 * (len(names) - 1), 3.5) if alike else 0.8
        reasons.append(f"both name {', '.join(sorted(names)[:3])}")
    elif left.victims and right.victims:
        points -= 2.0
        reasons.append("other victims or targets")
    elif left.common & right.common:
        points += 0.4
    when, where = _when(left, right), _where(left, right)
    gain = when[0] + where[0]
    points += max(gain, NAMED_FLOOR) if alike and when[0] > EXCLUDED else gain
    reasons.extend(why for _, why in (when, where) if why)
    if left.killed and right.killed and left.killed == right.killed:
        points += 0.5
        reasons.append(f"{left.killed} killed in both")
    if left.accused & right.accused:
        points += 0.3
    return points, "; ".join(reasons) or "same kind only"


def _when(left: Profile, right: Profile) -> tuple[float, str]:
    if left.days and right.days:
        gap = max((left.days[0] - right.days[1]).days, (right.days[0] - left.days[1]).days, 0)
        wide = max((d[1] - d[0]).days for d in (left.days, right.days))
        if gap == 0:
            return (
                (2.0, "same day") if wide <= 2 else (0.8, "dates agree") if wide <= 40 else (0.2, "dates agree roughly")
            )
        return (
            (1.0, "a day apart")
            if gap == 1
            else (-0.5, f"{gap} days apart")
            if gap <= 3
            else (-4.0, f"{gap} days apart")
        )
    for dated, other in ((left, right), (right, left)):
        if dated.days and not other.days and other.report:
            if (dated.days[0] - other.report).days > REPORT_LAG_DAYS:
                return EXCLUDED, "reported before it happened"
            late = (other.report - dated.days[1]).days
            return (1.0, "reported within days of it") if late <= WINDOW_DAYS else (0.0, "")
    if left.report and right.report and not left.days and not right.days:
        return (
            (0.8, "reported in the same days") if abs((left.report - right.report).days) <= WINDOW_DAYS else (0.0, "")
        )
    return 0.0, ""


def _where(left: Profile, right: Profile) -> tuple[float, str]:
    a, b = left.path, right.path
    if not a or not b:
        return 0.0, ""
    if a[0] != b[0]:
        return -3.0, f"{a[0]} and {b[0]}"
    if len(a) == 1 or len(b) == 1:
        return 0.3, ""
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if shared == min(len(a), len(b)):
        return 1.2, f"both in {a[shared - 1]}"
    return (0.0, "") if shared > 1 else (-1.5, f"{a[-1]} and {b[-1]}")
