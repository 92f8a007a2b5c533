"""Which reports, in different documents, tell of the same incident.

Reports are taken one by one, the most specific first, and compared with the incidents gathered so far that share a
block with them: a victim's name, a thing attacked, a day and a country. So the work grows with the number of reports,
not with its square. Copies follow the words they copy and never shape an incident.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from firsthand.core.dates import day_of
from firsthand.core.records import Document, Judgement, Mention, Span, Statement
from firsthand.link.agreements import WEIGHTS, Pile, compare
from firsthand.link.clusters import make_judgement
from firsthand.link.lineages import Lineages
from firsthand.link.options import LinkOptions
from firsthand.link.profiles import Profile, to_profile


def mentions_to_incidents(
    mentions: Sequence[Mention],
    *,
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    lineages: Lineages,
    options: LinkOptions,
) -> list[Judgement]:
    """Judge which incident mentions tell of the same incident.

    Args:
        mentions: Of any kind; incidents are used.
        statements: For victims, targets and perpetrators.
        documents: By id, for the dates of publication.
        lineages: Mentions in copied words are tied to the mention they copy.
        options: Thresholds.

    Returns:
        Judgements `same` between a report and the most specific report of its incident, `unsure` where the score lies
        between the thresholds.
    """
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.incident:
            said.setdefault(statement.incident, []).append(statement)
    incidents = sorted((m for m in mentions if m.kind == "incident"), key=lambda m: m.id)
    judgements, originals = _copied(incidents, lineages)
    profiles = [
        to_profile(m, statements=said.get(m.id, []), published=_published(documents.get(m.span.doc))) for m in originals
    ]
    profiles.sort(key=lambda p: (-p.specificity, p.mention))
    gathered: list[Gathered] = []
    blocks: dict[str, list[int]] = {}
    named: Counter[str] = Counter()
    telling = telling_words(profiles)
    for profile in profiles:
        best, score, reason = find_best(profile, (blocks, named, telling), gathered, options)
        if best is not None and score >= options.unsure_at:
            verdict = "same" if score >= options.same_at else "unsure"
            judgements.append(_judge(gathered[best], profile, verdict, score, reason))
        if best is not None and score >= options.same_at:
            gathered[best].take(profile)
            home = best
        else:
            home = len(gathered)
            gathered.append(Gathered(profile))
        named.update(profile.words)
        for key in profile.blocks():
            block = blocks.setdefault(key, [])
            if home not in block[-options.compared :]:
                block.append(home)
    judgements.extend(_second_look(gathered, (blocks, named, telling), options))
    return judgements


Index = tuple[Mapping[str, list[int]], Mapping[str, int], Mapping[str, float]]
"""Incidents by block; how many reports so far give a word in a victim's or target's name; see telling_words."""


def find_best(
    profile: Profile, index: Index, gathered: Sequence[Gathered], options: LinkOptions
) -> tuple[int | None, float, str]:
    """The incident that a report fits best, its points and why."""
    return _best_of(candidates(profile, index[0], gathered, options), profile, index, gathered)


def _best_of(
    among: Sequence[int], report: Profile, index: Index, gathered: Sequence[Gathered]
) -> tuple[int | None, float, str]:
    best, score, reason = None, -math.inf, ""
    for k in among:
        pile = gathered[k].pile(report.doc, others=len(among) - 1, index=index)
        told = compare(gathered[k].profile(), report, pile=pile)
        value = told.points(WEIGHTS)
        if value > score:
            best, score, reason = k, value, "; ".join(told.reasons)
    return best, score, reason


def telling_words(profiles: Iterable[Profile]) -> dict[str, float]:
    """Word of victims' and targets' names → share of its dated reports that give its commonest day or the next.

    One report more counts as giving another day: a word named once tells little.
    """
    days: dict[str, Counter[int]] = {}
    for profile in profiles:
        if profile.days and (profile.days[1] - profile.days[0]).days <= 2:
            for word in profile.words:
                days.setdefault(word, Counter())[profile.days[0].toordinal()] += 1
    return {
        word: max(seen[day] + seen.get(day + 1, 0) for day in seen) / (seen.total() + 1) for word, seen in days.items()
    }


def _judge(incident: Gathered, report: Profile, verdict: str, score: float, reason: str) -> Judgement:
    pair = (incident.first.mention, report.mention)
    return make_judgement("incident", pair, verdict=verdict, score=_unit(score), reason=reason)


def _second_look(gathered: Sequence[Gathered], index: Index, options: LinkOptions) -> list[Judgement]:
    """Compare what was gathered once more, now that each incident's dates and victims are those most reports give."""
    judgements = []
    order = sorted(range(len(gathered)), key=lambda k: (gathered[k].size, gathered[k].first.mention))
    rank = {k: n for n, k in enumerate(order)}
    for k in order:
        mine = gathered[k].profile()
        larger = [c for c in candidates(mine, index[0], gathered, options) if rank[c] > rank[k]]
        best, score, reason = _best_of(larger, mine, index, gathered)
        if best is None or score < options.same_at:
            continue
        if gap_days := _settled_apart(gathered[best], gathered[k]):
            reason = f"{reason}; but reports of each agree on days {gap_days} apart"
            judgements.append(_judge(gathered[best], gathered[k].first, "unsure", 0.0, reason))
        else:
            judgements.append(_judge(gathered[best], gathered[k].first, "same", score, reason))
            gathered[best].absorb(gathered[k])
    return judgements


SETTLED_REPORTS = 2
"""Reports that must agree on an incident's day before it stands against all likeness to another incident. Without this
a list of murders that names two victims side by side joined the 80 reports of the one to the 23 of the other
(`python eval/incident_links.py train`, found: pair precision .61; .76 with)."""
SETTLED_GAP_DAYS = 3
"""Reports of one act slip by a day or two; by more than three they tell of two acts, or the machine cannot know."""


def _settled_apart(left: Gathered, right: Gathered) -> int:
    """Days between two incidents whose reports each agree on a day; 0 if that does not tell them apart."""
    a, b = left.settled_days(), right.settled_days()
    gap_days = max((a[0] - b[1]).days, (b[0] - a[1]).days) if a and b else 0
    return gap_days if gap_days > SETTLED_GAP_DAYS else 0


class Gathered:
    """An incident so far: the report that began it, and what most of its reports say."""

    def __init__(self, profile: Profile) -> None:
        """Begin with one report."""
        self.first = profile
        self.docs: set[str] = set()
        self.size = 0
        self._days: Counter[tuple[date, date]] = Counter()
        self._paths: Counter[tuple[str, ...]] = Counter()
        self._names: Counter[frozenset[str]] = Counter()
        self._words: Counter[str] = Counter()
        self._accused: Counter[str] = Counter()
        self._profile: Profile | None = None
        self.take(profile)

    def take(self, profile: Profile) -> None:
        """Add a report."""
        self.docs.add(profile.doc)
        self.size += 1
        if profile.days:
            self._days[profile.days] += 1
        if profile.path:
            self._paths[profile.path] += 1
        self._names.update(profile.names)
        self._words.update(profile.words)
        self._accused.update(profile.accused)
        self._profile = None

    def absorb(self, other: Gathered) -> None:
        """Add all reports of another incident."""
        self.docs |= other.docs
        self.size += other.size
        for mine, theirs in (
            (self._days, other._days),
            (self._paths, other._paths),
            (self._names, other._names),
            (self._words, other._words),
            (self._accused, other._accused),
        ):
            mine.update(theirs)  # type: ignore[arg-type]
        self._profile = None

    def pile(self, doc: str, *, others: int, index: Index) -> Pile:
        """What is known besides when a report of a document is compared with it."""
        return Pile(
            same_document=doc in self.docs,
            others=others,
            mine=self._words,
            all=index[1],
            telling=index[2],
        )

    def settled_days(self) -> tuple[date, date] | None:
        """The day that several reports give, twice as many as give any other; None if there is none."""
        ranked = self._days.most_common(2)
        second = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked and ranked[0][1] >= max(SETTLED_REPORTS, 2 * second) else None

    def profile(self) -> Profile:
        """What is compared: the day and place that most reports give, and the names that a fifth of them do."""
        if self._profile is None:
            least = max(1.0, COMMON_SHARE * self.size)
            kept = {word for word, n in self._words.items() if n >= least}
            self._profile = replace(
                self.first,
                days=_most(self._days) if self._days else None,
                path=_most(self._paths) if self._paths else (),
                names=frozenset(name for name in self._names if name <= kept),
                accused=frozenset(name for name, n in self._accused.items() if n >= least),
            )
        return self._profile


COMMON_SHARE = 0.2
"""Share of an incident's reports that must name a victim for it to count: lists of past murders name many others."""

_T = TypeVar("_T", bound=tuple[object, ...])


def _most(counts: Counter[_T]) -> _T:
    best = max(counts.values())
    return min(value for value, n in counts.items() if n == best)


def candidates(
    profile: Profile, blocks: Mapping[str, list[int]], gathered: Sequence[Gathered], options: LinkOptions
) -> list[int]:
    """At most options.compared incidents that share a block, those that share most and hold most reports first."""
    shared: Counter[int] = Counter()
    for key in profile.blocks():
        block = blocks.get(key, [])
        shared.update(set(block[: options.compared] + block[-options.compared :]))
    ranked = sorted(shared, key=lambda k: (-shared[k], -gathered[k].size, k))
    return ranked[: options.compared]


def _copied(incidents: Iterable[Mention], lineages: Lineages) -> tuple[list[Judgement], list[Mention]]:
    """Tie mentions in copied words to the mention they copy; what copies nothing known is returned as original."""
    incidents = list(incidents)
    at: dict[tuple[Span, str | None], str] = {(m.span, m.value): m.id for m in incidents}
    judgements: list[Judgement] = []
    originals: list[Mention] = []
    for mention in incidents:
        source = at.get((lineages.origin(mention.span), mention.value))
        if source is None or source == mention.id:
            originals.append(mention)
        else:
            judgements.append(
                make_judgement("incident", (source, mention.id), verdict="same", score=1.0, reason="copied words")
            )
    return judgements, originals


def _published(document: Document | None) -> str | None:
    return document.published[:10] if document and document.published and day_of(document.published[:10]) else None


def _unit(score: float) -> float:
    """Log-odds as a share, 0–1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
