"""What a report says of an incident, as far as it tells incidents apart."""

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
    "political party bishop archbishop monsignor cardinal pastor professor doctor deputy councilman sheikh imam "
    "sister".split()
)
"""Words that victims of many incidents are called by, ranks and titles among them: they name nobody, and count little
when two reports share them."""


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
        names: Of every victim and target the words that distinguish it; none is empty.
        common: Their other words.
        accused: Folded names.
        killed: Every number told, as recorded.
    """

    mention: str
    doc: str
    family: str
    kind: str
    days: tuple[date, date] | None
    report: date | None
    path: tuple[str, ...]
    names: frozenset[frozenset[str]]
    common: frozenset[str]
    accused: frozenset[str]
    killed: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """The words of all names."""
        return frozenset().union(*self.names)

    @property
    def specificity(self) -> int:
        """How much it tells: a day, a town, names."""
        day = self.days is not None and (self.days[1] - self.days[0]).days <= 2
        return 3 * day + 2 * (len(self.path) > 1) + min(len(self.words), 3) + bool(self.killed)

    def blocks(self) -> list[str]:
        """Keys under which reports of one incident meet: victims' names, and day, country and family."""
        named = sorted(self.words)[:12]
        keys = [f"v {self.family} {word}" for word in named]
        if self.family in ("blast", "clash", "seizure", "arson"):
            keys.extend(f"v violence {word}" for word in named)
        country = self.path[0] if self.path else ""
        day = self.days[0] if self.days and (self.days[1] - self.days[0]).days <= 7 else None
        if day is None and self.report is not None:
            day = self.report
        if day is not None:
            keys.extend(f"d {country} {(day + timedelta(days=k)).isoformat()}" for k in (-1, 0, 1))
        if self.days is None and not self.names and len(self.path) > 1:
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
    called = [
        frozenset(_singular(w) for w in fold(s.value).split() if len(w) > 2)
        for s in statements
        if s.property in ("victim", "target")
    ]
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
        names=frozenset(name for words in called if (name := words - _TELL_NOBODY)),
        common=frozenset().union(*called) & _TELL_NOBODY,
        accused=frozenset(fold(s.value) for s in statements if s.property.startswith("perpetrator")),
        killed=frozenset(s.value for s in statements if s.property == "killed"),
    )


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 4 else word


_TELL_NOBODY = frozenset(_singular(w) for w in _COMMON)


def _days(edtf: object) -> tuple[date, date] | None:
    interval = edtf_to_interval(edtf) if isinstance(edtf, str) else None
    if interval is None or interval.open_start or interval.open_end:
        return None
    return interval.first, interval.last
