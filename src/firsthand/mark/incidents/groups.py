"""Strings that may name who did it → groups: the names of one actor put together, before anybody is accused.

A report calls one group by several names, and no string alone need be likely: what speaks for a group is gathered over
all of them. accused.py decides which group is written down for which act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.spans import Range, overlaps
from firsthand.core.text import fold
from firsthand.mark.armed_groups import is_armed_group
from firsthand.mark.incidents.names import same_name, without_article
from firsthand.mark.incidents.role_candidates import Candidate
from firsthand.mark.incidents.role_phrases import Filler

LEAST = 0.02
"""Least probability of a string to be looked at: of the groups in MUC-4's training keys for acts that are found, 398 of
472 have a string this likely (`python -m training.fit_accused`)."""
MOST = 24
"""Groups of a report, the likeliest: a report that names more is a list."""


@dataclass(slots=True, kw_only=True)
class Group:
    """One actor of a report that may have done it.

    Attributes:
        name: The likeliest string that is listed, else the likeliest; as printed, without article.
        names: All strings, folded, likeliest first → where each stands, in order.
        fillers: Where they stand, in order of the text; of spans that overlap the likelier string's.
        likely: Probability of the likeliest string, 0–1.
        tagged: What the tags make of the best span, 0–1.
        struck: Probability that one of its names is that of a target, 0–1.
        ordered: Sentences in which word order makes it the one who did it.
    """

    name: str
    names: dict[str, tuple[Range, ...]] = field(default_factory=dict)
    fillers: list[Filler] = field(default_factory=list)
    likely: float
    tagged: float = 0.0
    struck: float = 0.0
    ordered: set[int] = field(default_factory=set)


def candidates_to_groups(text: str, candidates: Sequence[Candidate], shares: Sequence[float]) -> list[Group]:
    """Put the names of each actor together.

    Args:
        text: The document's.
        candidates: From `document_to_candidates`.
        shares: Probability of each, from `role_filters.probability`.

    Returns:
        Likeliest first. A string joins the first group that has one that can name the same actor; no span belongs to
        two groups.
    """
    ranked = sorted(
        (k for k, c in enumerate(candidates) if c.role == "perpetrator_group" and shares[k] >= LEAST),
        key=lambda k: (-shares[k], k),
    )
    groups: list[Group] = []
    taken: dict[int, list[Range]] = {}
    for k in ranked:
        candidate = candidates[k]
        start, end = without_article(text, candidate.spans[0])
        name = fold(text[start:end])
        home = next((g for g in groups if any(same_name(name, other) for other in g.names)), None)
        if home is None:
            places = zip(candidate.spans, candidate.numbers, strict=True)
            if not name or len(groups) == MOST or any(_overlaps(span, taken.get(n, ())) for span, n in places):
                continue
            home = Group(name=_printed(text, (start, end)), likely=shares[k])
            groups.append(home)
        _join(home, text, candidate, name, taken)
    for group in groups:
        group.fillers.sort(key=lambda f: f.span)
        group.name = _listed(text, group) or group.name
        group.struck = max(
            (
                shares[k]
                for k, c in enumerate(candidates)
                if c.role == "target" and any(same_name(c.name, n) for n in group.names)
            ),
            default=0.0,
        )
    return groups


def _join(group: Group, text: str, candidate: Candidate, name: str, taken: dict[int, list[Range]]) -> None:
    spans = {without_article(text, span) for span in candidate.spans}
    group.names[name] = tuple(sorted(spans.union(group.names.get(name, ()))))
    group.tagged = max(group.tagged, candidate.best)
    group.ordered.update(o.sentence for o in candidate.order)
    for span, number in sorted(set(zip(candidate.spans, candidate.numbers, strict=True))):
        others = taken.setdefault(number, [])
        if _overlaps(span, others):
            continue
        others.append(span)
        group.fillers.append(
            Filler(
                role="perpetrator_group",
                span=without_article(text, span),
                sentence=number,
                score=group.likely,
                cue=next((o.cue for o in candidate.order if overlaps(o.span, span)), ""),
                tagged=True,
            )
        )


def _listed(text: str, group: Group) -> str | None:
    """Its likeliest name that is listed, as printed: "Shining Path", not "guerrilla organization Shining Path"."""
    name = next(filter(is_armed_group, group.names), None)
    return _printed(text, group.names[name][0]) if name else None


def _printed(text: str, span: Range) -> str:
    return " ".join(text[slice(*span)].split())


def _overlaps(span: Range, others: Sequence[Range]) -> bool:
    return any(overlaps(span, other) for other in others)
