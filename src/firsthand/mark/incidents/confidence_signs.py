"""What speaks for each confidence with which a report names a group: signs in the words, and a model over them.

MUC-4's coders chose one confidence for a group over the whole report. The signs are counted over all places where the
group is named, the nearer to the act the more, over the act's own sentences and over the report; a multinomial logistic
model makes shares of them. The net's own shares are left aside: they add nothing (groups of MUC-4 dev given the right
confidence: .57 by the signs, .56 by both, .55 by the net alone). `training/fit_confidence.py` fits the model, prints
how often it is right on messages it has not seen, and writes confidence_weights.json.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from firsthand.core.encodings import CONFIDENCES
from firsthand.core.records import Attribution, Confidence
from firsthand.core.text import fold
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
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_phrases import Filler

SIGNS = (
    "suspicion",
    "doubt",
    "claim",
    "blame",
    "denial",
    "by",
    "attributed",
    "authority",
    "own word",
    "uncertain",
    "accusation",
    "admission",
    "act doubt",
    "act authority",
    "act uncertain",
    "report suspicion",
    "report doubt",
    "report claim",
    "party speaks",
    "anonymous word",
    "state force",
    "people named",
    "times",
    "others",
)
"""Near a mention of the group, as a share of all mentions: a word of suspicion, of doubt, in its sentence a claim of
responsibility and a verb of blame, words that deny, "by" before the name, somebody else's word, an authority's, the
group's own, a word given as uncertain, an accusation or admission by word order. In the act: doubt, an authority's
word, an uncertain word. In the report: suspicion, doubt, a claim, an armed group among those who speak, leaflets and
anonymous calls. Last, what the group is: soldiers or police, with people beside it, how often it is named, how many
other groups are."""

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

    def __init__(self, passages: Passages, attributions: Iterable[Attribution]) -> None:
        """Look for what the report as a whole says.

        Args:
            passages: The document.
            attributions: All of it.
        """
        self.passages = passages
        text = " ".join(passages.text.split())
        self.suspicion, self.doubt, self.claim = (float(bool(p.search(text))) for p in (SUSPECT, HEDGE, CLAIM))
        self.anonymous = float(bool(_ANONYMOUS.search(text)))
        self.sources = [fold(speaker_words(passages.text, a)) for a in attributions]
        self.party = any(_PARTY.search(source) for source in self.sources)

    def sentences(self, numbers: Iterable[int]) -> str:
        """The words of some sentences, white space squeezed."""
        return " ".join(" ".join(self.passages.words(n) for n in sorted(numbers)).split())


def group_to_signs(report: Report, act: Act, *, name: str, fillers: Sequence[Filler], others: int) -> tuple[float, ...]:
    """Count what speaks for how surely a group is named.

    Args:
        report: The document.
        act: That the group is named for.
        name: The group's, as printed.
        fillers: Where it is named; at least one.
        others: Number of other groups that the report names for its acts.

    Returns:
        In the order of SIGNS.
    """
    near = [1 / (1 + min(abs(f.sentence - n) for n in act.sentences)) for f in fillers]
    rows = [_mention_to_signs(report, filler, name) for filler in fillers]
    mentions = [sum(w * x for w, x in zip(near, column, strict=True)) / sum(near) for column in zip(*rows, strict=True)]
    told = [report.passages.innermost(t.span) for t in act.triggers] or [None]
    words = report.sentences(act.sentences)
    folded = fold(name)
    return (
        *mentions,
        float(bool(HEDGE.search(words))),
        sum(bool(AUTHORITY.search(speaker_words(report.passages.text, a))) for a in told) / len(told),
        sum(a is not None and a.factuality in ("PS+", "PS-") for a in told) / len(told),
        report.suspicion,
        report.doubt,
        report.claim,
        float(report.party or any(f" {folded} " in f" {source} " for source in report.sources)),
        report.anonymous,
        float(bool(_STATE.search(folded))),
        float(any(f.role == "perpetrator_person" for f in act.fillers)),
        math.log(len({f.span for f in fillers})),
        math.log1p(others),
    )


def _mention_to_signs(report: Report, filler: Filler, name: str) -> tuple[float, ...]:
    passages = report.passages
    text, (start, end) = passages.text, filler.span
    first, last = passages.sentences[filler.sentence].span
    near = " ".join(text[max(first, start - BEFORE) : min(last, end + AFTER)].split())
    words = report.sentences([filler.sentence])
    attribution = passages.innermost(filler.span)
    source = speaker_words(text, attribution)
    return tuple(
        float(bool(x))
        for x in (
            SUSPECT.search(near),
            HEDGE.search(near),
            CLAIM.search(words),
            _BLAME.search(words),
            DENY.search(near),
            _BY.search(" ".join(text[max(first, start - BEFORE) : start].split()) + " "),
            attribution is not None,
            AUTHORITY.search(source),
            source and is_same_actor(source, name),
            attribution is not None and attribution.factuality in ("PS+", "PS-"),
            filler.cue == "accused",
            filler.cue == "claimed",
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
