"""The groups that a report names as perpetrators × its acts → who is written down for which act, and how surely.

A statement holds what one voice says in one place (incidents.py). An event coder reads the whole message: who is named
once for a series of attacks did them all, unless the report says otherwise, and one confidence is written down over all
that is said. That is what this module decides, for the rows and for `detail.accused` of an incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.records import Attribution, Confidence, Json
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.incidents.acts import Act
from firsthand.mark.incidents.confidence_signs import Report, group_to_signs, signs_to_shares, strongest_signs
from firsthand.mark.incidents.confidences import filler_to_confidence
from firsthand.mark.incidents.names import Named, fillers_to_named
from firsthand.mark.incidents.passages import Passages

OWN, NEXT, FAR, RIVAL = 0.90, 0.81, 0.60, 0.26
"""How often a group that the key of a message has for some act is in the key of an act that names it, whose sentences
touch one that does, that names no group, and that names another: the 572 such pairs of 363 MUC-4 training messages
(348, 74, 116 and 34 of them; `python -m training.fit_confidence`)."""
NAMED = 0.25
"""Least probability of a group for an act: about half of the F1 to be reached, below which naming more loses more
(Lipton et al. 2014)."""
MOST = 12
"""Groups of a report that are considered, the likeliest: a report that names more is a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """One group as the perpetrator of one act, over the whole report.

    Attributes:
        name: As printed.
        spans: Where the report prints this name, in order.
        share: Probability that an event coder would write it down, 0–1.
        confidence: MUC-4's, or denied.
        signs: What spoke most for the confidence: signs of confidence_signs.SIGNS, or `words` if the report's own words
            settle it.
        carried: Whether the act's own sentences do not name it.
    """

    name: str
    spans: tuple[Range, ...]
    share: float
    confidence: Confidence
    signs: tuple[str, ...]
    carried: bool

    def to_json(self) -> Json:
        """As it stands in `detail.accused`."""
        return {
            "name": self.name,
            "mentions": [list(span) for span in self.spans],
            "share": round(self.share, 3),
            "confidence": self.confidence,
            "signs": list(self.signs),
            "carried": self.carried,
        }


def acts_to_accused(
    passages: Passages, acts: Sequence[Act], *, attributions: Sequence[Attribution]
) -> list[tuple[Accused, ...]]:
    """Decide which groups are written down for which acts.

    Args:
        passages: The document.
        acts: Those that it tells, with fillers.
        attributions: All of the document.

    Returns:
        For each act its groups in order of the text. Empty where no net found a group.
    """
    fillers = sorted(
        {f.span: f for act in acts for f in act.fillers if f.role == "perpetrator_group" and f.tagged}.values(),
        key=lambda f: f.span,
    )
    named = fillers_to_named(passages.text, fillers)
    named = sorted(sorted(named, key=lambda g: -max(f.score for f in g.fillers))[:MOST], key=lambda g: g.main)
    if not named:
        return [()] * len(acts)
    report = Report(passages, attributions)
    return [tuple(_accused(report, act, named)) for act in acts]


def _accused(report: Report, act: Act, groups: Sequence[Named]) -> list[Accused]:
    own = {f.span for f in act.fillers}
    mine = [any(f.span in own for f in group.fillers) for group in groups]
    found = []
    for group, is_own in zip(groups, mine, strict=True):
        gap = min(abs(f.sentence - n) for f in group.fillers for n in act.sentences)
        belongs = OWN if is_own or gap == 0 else RIVAL if any(mine) else NEXT if gap == 1 else FAR
        share = max(f.score for f in group.fillers) * belongs
        if share >= NAMED:
            confidence, signs = _confidence(report, act, group, others=len(groups) - 1)
            spans = tuple(
                span for span in group.spans if fold(report.passages.text[slice(*span)]) == fold(group.name)
            ) or (group.main,)
            found.append(
                Accused(
                    name=group.name,
                    spans=spans,
                    share=share,
                    confidence=confidence,
                    signs=tuple(signs),
                    carried=not is_own,
                )
            )
    return found


def _confidence(report: Report, act: Act, group: Named, *, others: int) -> tuple[Confidence, list[str]]:
    """Denied if every voice denies it in so many words; else the likeliest by the model."""
    passages = report.passages
    by_words = {
        filler_to_confidence(
            passages.text,
            filler,
            name=group.name,
            attribution=passages.innermost(filler.span),
            sentence=passages.sentences[filler.sentence].span,
        )
        for filler in group.fillers
    }
    if by_words == {"denied"}:
        return "denied", ["words"]
    signs = group_to_signs(report, act, name=group.name, fillers=group.fillers, others=others)
    shares = signs_to_shares(signs)
    best = max(shares, key=lambda name: shares[name])
    return best, strongest_signs(signs, best)
