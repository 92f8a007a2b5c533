"""The groups that a report names as perpetrators × its acts → who is written down for which act, and how surely.

A statement holds what one voice says in one place (incidents.py). An event coder reads the whole message: who is named
once for a series of attacks did them all, unless the report says otherwise, and one confidence is written down over all
that is said. That is what this module decides, for the rows and for `detail.accused` of an incident.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from firsthand.core.records import Confidence, Json
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.armed_groups import is_armed_group
from firsthand.mark.incidents.acts import Act
from firsthand.mark.incidents.confidence_signs import SIGNS as CONFIDENCE_SIGNS
from firsthand.mark.incidents.confidence_signs import Report, group_to_signs, signs_to_shares, strongest_signs
from firsthand.mark.incidents.confidences import filler_to_confidence
from firsthand.mark.incidents.groups import Group
from firsthand.mark.incidents.logistic import log_odds, logistic
from firsthand.mark.incidents.passages import Passages

SIGNS = (
    "likely",
    "tagged",
    "sentences",
    "listed",
    "struck",
    "rival",
    "here",
    "by order",
    "claim",
    "blame",
    "denial",
    "by",
    "state force",
)
"""Of the group: the log odds of its likeliest string and of its best tag, the log of the number of sentences that name
it, whether it is a listed armed group (armed_groups.json), and the log odds that it is a target. Of the group and the
act: the log odds of the likeliest other group that the act's sentences name, whether they name it, whether word order
makes it the one who did it, and what confidence_signs.py counts around its names."""
NAMED = 0.29
"""Least probability of a group for an act: half of the F1 reached on training messages not seen (.57),
below which naming more loses more (Lipton et al. 2014; `python -m training.fit_accused`)."""


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


@lru_cache(maxsize=1)
def default_weights() -> tuple[float, ...]:
    """One per sign of SIGNS, the bias last: the logistic model that ships with Firsthand; a constant, read once."""
    data = json.loads(files("firsthand.mark.incidents").joinpath("accused_weights.json").read_text("utf-8"))
    return tuple(data[sign] for sign in (*SIGNS, "bias"))


def acts_to_accused(passages: Passages, acts: Sequence[Act], *, groups: Sequence[Group]) -> list[tuple[Accused, ...]]:
    """Decide which groups are written down for which acts.

    Args:
        passages: The document, with its attributions.
        acts: Those that it tells.
        groups: Those that it may name, from `candidates_to_groups`.

    Returns:
        For each act its groups in order of the text. Empty where no net found a group.
    """
    if not groups:
        return [()] * len(acts)
    report = Report(passages)
    denied = [_is_denied(report, group) for group in groups]
    found = []
    for act in acts:
        mine = []
        for group, is_denied in zip(groups, denied, strict=True):
            around = group_to_signs(report, act, group=group, others=rivals(group, groups))
            share = logistic(default_weights(), accused_signs(act, group, groups, around=around))
            if share >= NAMED or (is_denied and group.likely >= NAMED and _is_here(group, act)):
                confidence, signs = ("denied", ("words",)) if is_denied else _confidence(around)
                mine.append(_accused(act, group, share=share, confidence=confidence, signs=signs))
        found.append(tuple(sorted(mine, key=lambda one: one.spans)))
    return found


def accused_signs(act: Act, group: Group, groups: Sequence[Group], *, around: Sequence[float]) -> tuple[float, ...]:
    """Count what speaks for an event coder writing a group down for an act.

    Args:
        act: One of the report's acts.
        group: One of its groups.
        groups: All of them.
        around: From `group_to_signs`, of the group and the act.

    Returns:
        In the order of SIGNS.
    """
    named = dict(zip(CONFIDENCE_SIGNS, around, strict=True))
    numbers = {filler.sentence for filler in group.fillers}
    return (
        log_odds(group.likely),
        log_odds(group.tagged),
        math.log(len(numbers)),
        float(any(map(is_armed_group, group.names))),
        log_odds(group.struck),
        log_odds(max((other.likely for other in groups if other is not group and _is_here(other, act)), default=0.0)),
        float(_is_here(group, act)),
        float(bool(group.ordered & act.sentences)),
        *(named[sign] for sign in SIGNS[8:]),
    )


def _accused(act: Act, group: Group, *, share: float, confidence: Confidence, signs: Sequence[str]) -> Accused:
    return Accused(
        name=group.name,
        spans=group.names[fold(group.name)],
        share=share,
        confidence=confidence,
        signs=tuple(signs),
        carried=not _is_here(group, act),
    )


def _is_here(group: Group, act: Act) -> bool:
    """Whether a sentence that tells the act names the group."""
    return any(f.sentence in act.sentences for f in group.fillers)


def rivals(group: Group, groups: Sequence[Group]) -> int:
    """How many other groups of a report are likely enough to be named."""
    return sum(other.likely >= NAMED for other in groups if other is not group)


def _confidence(signs: Sequence[float]) -> tuple[Confidence, Sequence[str]]:
    shares = signs_to_shares(signs)
    best = max(shares, key=lambda name: shares[name])
    return best, strongest_signs(signs, best)


def _is_denied(report: Report, group: Group) -> bool:
    """Whether every voice that names it denies that it did it, in so many words."""
    passages = report.passages
    return all(
        filler_to_confidence(
            passages.text,
            filler,
            name=group.name,
            attribution=passages.innermost(filler.span),
            sentence=passages.sentences[filler.sentence].span,
        )
        == "denied"
        for filler in group.fillers
    )
