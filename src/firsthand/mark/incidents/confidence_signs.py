"""What speaks for each confidence with which a report names a group: signs in the words, and a model over them.

MUC-4's coders chose one confidence for a group over the whole report. The signs are counted over all places where the
group is named, the nearer to the act the more, over the act's own sentences and over the report; a multinomial logistic
model makes shares of them. `training/fit_accused.py` fits it, prints how often it is right on messages it has not seen,
and writes confidence_weights.json.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from firsthand.core.encodings import CONFIDENCES
from firsthand.core.records import Confidence
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.armed_groups import is_armed_group, names_armed_group
from firsthand.mark.incidents.acts import Act
from firsthand.mark.incidents.confidences import (
    AFTER,
    AUTHORITY,
    BEFORE,
    CLAIM,
    DENY,
    HEDGE,
    SUSPECT,
    is_same_actor,
    speaker_words,
)
from firsthand.mark.incidents.groups import Group
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_phrases import Filler

SIGNS = (
    "suspicion",
    "presumed",
    "blame",
    "denial",
    "by",
    "attributed",
    "authority",
    "rival's word",
    "own word",
    "uncertain",
    "introduces itself",
    "accused",
    "possible",
    "claim",
    "act doubt",
    "act authority",
    "nobody known",
    "report suspicion",
    "report doubt",
    "report claim",
    "anonymous word",
    "listed",
    "state force",
    "others",
)
"""Around the mentions of the group, as a share of them, the nearer to the act the more: words of suspicion or of
presumption, a verb of blame in the sentence, words that deny, "by" before the name, somebody else's word, an
authority's, an armed group's, the group's own, a word given as uncertain, words with which a group makes itself known.
In a sentence that names it beside the act: an accusation, a possibility; in any that names it: a claim of
responsibility. In the act: doubt, an authority who tells it, people whom nobody knows. In the report: suspicion, doubt,
a claim, leaflets and anonymous calls. Last, what the group is: a listed armed group, soldiers or police, and how many
other groups are named."""
_ACCUSED_AT, _POSSIBLE_AT, _CLAIM_AT = (SIGNS.index(name) for name in ("accused", "possible", "claim"))
_MEANS = _ACCUSED_AT

_STATE = re.compile(
    r"\b(?:army|armed forces|military|soldiers|troops|police|air force|navy|government|guard|battalion|brigade|"
    r"security forces|forces|units?|regiment)\b"
)
_PARTY = re.compile(
    r"\b(?:guerrillas?|rebels?|insurgents?|clandestine|militants?|fighters|callers?|communiques?|leaflets?|pamphlets?)\b",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\b(?:clandestine|communique|statement issued|leaflets?|pamphlets?|(?:tele)?phone calls?|anonymous)\b",
    re.IGNORECASE,
)
_PRESUMED = re.compile(
    r"\b(?:presum\w+|apparent\w*|probabl\w+|alleged\w*|reportedly|suppos\w+|suspected|suspects?|suspicio\w+|believed)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:possibl[ey]|possibilit\w+|may (?:have|be)|might|could (?:have|be)|ruled? out|perhaps|unclear|whether|"
    r"hypothes[ie]s|likely|not known)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"\b(?:accus\w+|blam\w+|attribut\w+|denounc\w+|charg(?:ed|es|ing)|responsib\w+|implicat\w+|involve\w*|"
    r"link(?:ed|ing|s)?)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:identif\w+ themselves|on behalf of|in the name of|signed by|message from|communique (?:from|by|issued by)|"
    r"calling itself|self-styled|spokes\w+ for|leaders? of)\b",
    re.IGNORECASE,
)
_NOBODY_KNOWN = re.compile(r"\b(?:unidentified|unknown|hooded|masked)\b", re.IGNORECASE)
_BLAME = re.compile(r"\b(?:accus|blam|attribut|responsible)\w*", re.IGNORECASE)
_BY = re.compile(r"\bby(?: \S+){0,3} $", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceWeights:
    """A multinomial logistic model.

    Attributes:
        weights: Confidence → one per sign of SIGNS, the bias last.
    """

    weights: Mapping[str, tuple[float, ...]]


@lru_cache(maxsize=1)
def default_weights() -> ConfidenceWeights:
    """The weights that ship with Firsthand; a constant, read once."""
    data = json.loads(files("firsthand.mark.incidents").joinpath("confidence_weights.json").read_text("utf-8"))
    return ConfidenceWeights(
        weights={name: tuple(row[sign] for sign in (*SIGNS, "bias")) for name, row in data.items()}
    )


class Report:
    """A document's words, searched once for all its groups and acts."""

    def __init__(self, passages: Passages) -> None:
        """Look for what the report as a whole says.

        Args:
            passages: The document, with its attributions.
        """
        self.passages = passages
        text = " ".join(passages.text.split())
        self.suspicion, self.doubt, self.claim = (float(bool(p.search(text))) for p in (SUSPECT, HEDGE, CLAIM))
        self.anonymous = float(bool(_ANONYMOUS.search(text)))
        self._rows: dict[tuple[Range, str], tuple[float, ...]] = {}

    def row(self, filler: Filler, name: str) -> tuple[float, ...]:
        """The signs around one mention of a group; looked for once, whatever the number of acts."""
        key = (filler.span, name)
        if key not in self._rows:
            self._rows[key] = _mention_to_signs(self, filler, name)
        return self._rows[key]

    def sentences(self, numbers: Iterable[int]) -> str:
        """The words of some sentences, white space squeezed."""
        return " ".join(" ".join(self.passages.words(n) for n in sorted(numbers)).split())


def group_to_signs(report: Report, act: Act, *, group: Group, others: int) -> tuple[float, ...]:
    """Count what speaks for how surely a group is named.

    Args:
        report: The document.
        act: That the group is named for.
        group: With at least one filler.
        others: Number of other groups that the report names for its acts.

    Returns:
        In the order of SIGNS.
    """
    telling = sorted(act.sentences)
    gaps = [_gap(f.sentence, telling) for f in group.fillers]
    weights = [1 / (1 + gap) for gap in gaps]
    rows = [report.row(filler, group.name) for filler in group.fillers]
    means = [
        sum(w * x for w, x in zip(weights, column, strict=True)) / sum(weights) for column in zip(*rows, strict=True)
    ]
    beside = [row for row, gap in zip(rows, gaps, strict=True) if gap <= 1] or rows
    told = [report.passages.innermost(t.span) for t in act.triggers]
    words = report.sentences(act.sentences)
    return (
        *means[:_MEANS],
        max(row[_ACCUSED_AT] for row in beside),
        max(row[_POSSIBLE_AT] for row in beside),
        max(row[_CLAIM_AT] for row in rows),
        float(bool(HEDGE.search(words))),
        float(any(AUTHORITY.search(speaker_words(report.passages.text, a)) for a in told)),
        float(bool(_NOBODY_KNOWN.search(words))),
        report.suspicion,
        report.doubt,
        report.claim,
        report.anonymous,
        float(any(map(is_armed_group, group.names))),
        float(bool(_STATE.search(fold(group.name)))),
        math.log1p(others),
    )


def _gap(sentence: int, telling: Sequence[int]) -> int:
    """Sentences from one to the nearest of some in order."""
    at = bisect_left(telling, sentence)
    return min(abs(sentence - n) for n in telling[max(0, at - 1) : at + 1])


def _mention_to_signs(report: Report, filler: Filler, name: str) -> tuple[float, ...]:
    """In the order of SIGNS, to the last that is of single mentions."""
    passages = report.passages
    text, (start, end) = passages.text, filler.span
    first, last = passages.sentences[filler.sentence].span
    near = " ".join(text[max(first, start - BEFORE) : min(last, end + AFTER)].split())
    attribution = passages.innermost(filler.span)
    source = speaker_words(text, attribution)
    own = bool(source) and is_same_actor(source, name)
    words = report.sentences([filler.sentence])
    return tuple(
        float(bool(x))
        for x in (
            SUSPECT.search(near),
            _PRESUMED.search(near),
            _BLAME.search(words),
            DENY.search(near),
            _BY.search(" ".join(text[max(first, start - BEFORE) : start].split()) + " "),
            attribution is not None,
            AUTHORITY.search(source),
            not own and (_PARTY.search(source) or names_armed_group(source)),
            own,
            attribution is not None and attribution.factuality in ("PS+", "PS-"),
            _INTRODUCES.search(near),
            _ACCUSED.search(words),
            _POSSIBLE.search(words),
            CLAIM.search(words),
        )
    )


def signs_to_shares(signs: Sequence[float], *, weights: ConfidenceWeights | None = None) -> dict[Confidence, float]:
    """Turn signs into shares of the confidences.

    Args:
        signs: From `group_to_signs`.
        weights: The model; the one shipped by default.

    Returns:
        Confidence → share, their sum 1.
    """
    model = weights or default_weights()
    names: tuple[Confidence, ...] = CONFIDENCES  # type: ignore[assignment]
    scores = {name: sum(w * x for w, x in zip(model.weights[name], (*signs, 1.0), strict=True)) for name in names}
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    return {name: math.exp(score - top) / total for name, score in scores.items()}


def strongest_signs(signs: Sequence[float], confidence: str, *, weights: ConfidenceWeights | None = None) -> list[str]:
    """The signs that speak most for a confidence against the mean of the others, strongest first, at most three."""
    table = (weights or default_weights()).weights
    mine = table[confidence]
    gains = [
        (x * (mine[k] - sum(row[k] for row in table.values()) / len(table)), sign)
        for k, (sign, x) in enumerate(zip(SIGNS, signs, strict=True))
    ]
    return [sign for gain, sign in sorted(gains, key=lambda g: (-g[0], g[1]))[:3] if gain > 0]
