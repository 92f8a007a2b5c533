"""Which reports, in different documents, tell of the same incident.

Reports are taken one by one, the most specific first, and compared with the incidents gathered so far that share a
block with them: a victim's name, a thing attacked, a day and a country. So the work grows with the number of reports,
not with its square. Copies follow the words they copy and never shape an incident.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from firsthand.core.dates import day_of
from firsthand.core.records import Document, Judgement, Mention, Span, Statement
from firsthand.link.clusters import make_judgement
from firsthand.link.lineages import Lineages
from firsthand.link.options import LinkOptions
from firsthand.link.profiles import Profile, compare, to_profile


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
    gathered: list[_Gathered] = []
    blocks: dict[str, list[int]] = {}
    for profile in profiles:
        candidates = _candidates(profile, blocks, gathered, options)
        best, score, reason = None, 0.0, ""
        for k in candidates:
            if profile.doc in gathered[k].docs and not options.same_document:
                continue
            value, why = compare(gathered[k].profile, profile)
            if value > score:
                best, score, reason = k, value, why
        if best is not None and score >= options.same_at:
            judgements.append(
                make_judgement(
                    "incident",
                    (gathered[best].profile.mention, profile.mention),
                    verdict="same",
                    score=_unit(score),
                    reason=reason,
                )
            )
            gathered[best].take(profile)
            home = best
        else:
            if best is not None and score >= options.unsure_at:
                judgements.append(
                    make_judgement(
                        "incident",
                        (gathered[best].profile.mention, profile.mention),
                        verdict="unsure",
                        score=_unit(score),
                        reason=reason,
                    )
                )
            home = len(gathered)
            gathered.append(_Gathered(profile))
        for key in profile.blocks():
            block = blocks.setdefault(key, [])
            if not block or home not in block[-64:]:
                block.append(home)
    return judgements


class _Gathered:
    """An incident so far: the profile that began it, widened by what joined."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.docs = {profile.doc}
        self.size = 1

    def take(self, profile: Profile) -> None:
        self.docs.add(profile.doc)
        self.size += 1
        self.profile = self.profile.widened(profile)


def _candidates(
    profile: Profile, blocks: Mapping[str, list[int]], gathered: Sequence[_Gathered], options: LinkOptions
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
    """A score in 0–1: 8 points are as good as certain."""
    return max(0.0, min(1.0, score / 8))
