"""Which role fillers are kept: a small logistic model over what is known of each name in the document.

The net tags word pieces and word order proposes phrases; whether a name is one that an event coder would write down
also depends on how often it is proposed, on what its sentences tell and on the rest of the document.
`training/fit_incidents.py` fits the weights in role_weights.json; without that file every filler at SURE or above is
kept.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from firsthand.core.encodings import ROLES
from firsthand.mark.incidents.names import Named, fillers_to_named
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.triggers import Trigger

SURE = 0.5
FEATURES = (
    *(f"role {role}" for role in ROLES),
    *(f"best {role}" for role in ROLES),
    "mean",
    "mentions",
    "relevance",
    "document",
    "trigger",
    "untold",
    "early",
    "weaker than another of its role",
    "rivals",
    "words",
    *(f"ordered {role}" for role in ROLES),
    "only ordered",
    "cue",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWeights:
    """A logistic model.

    Attributes:
        weights: One per feature of FEATURES, the bias last.
        keep: Least probability by role.
    """

    weights: tuple[float, ...]
    keep: dict[str, float]


@lru_cache(maxsize=1)
def default_weights() -> RoleWeights | None:
    """The weights that ship with Firsthand, or None if there are none; a constant, read once."""
    path = files("firsthand.mark.incidents").joinpath("role_weights.json")
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    return RoleWeights(weights=tuple(data["weights"][name] for name in (*FEATURES, "bias")), keep=data["keep"])


def filter_fillers(
    passages: Passages,
    fillers: Sequence[Filler],
    *,
    triggers: Sequence[Trigger],
    relevance: Sequence[float],
    weights: RoleWeights | None = None,
) -> list[Filler]:
    """Drop the fillers whose name is unlikely to be what its role says.

    Args:
        passages: The document.
        fillers: By the net and by word order, with the net's scores.
        triggers: Of the document.
        relevance: By sentence, 0–1.
        weights: The model; those shipped by default.

    Returns:
        The fillers of the names kept, in order of the text.
    """
    model = weights or default_weights()
    if model is None:
        return [f for f in fillers if f.score >= SURE]
    kept: list[Filler] = []
    for named, features in named_features(passages, fillers, triggers=triggers, relevance=relevance):
        if probability(features, model) >= model.keep[named.role]:
            kept.extend(named.fillers)
    return sorted(kept, key=lambda f: (f.span, f.role))


def probability(features: Sequence[float], model: RoleWeights) -> float:
    """Of one name being right."""
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(model.weights, (*features, 1.0), strict=True))))


def named_features(
    passages: Passages, fillers: Sequence[Filler], *, triggers: Sequence[Trigger], relevance: Sequence[float]
) -> list[tuple[Named, tuple[float, ...]]]:
    """Names that the fillers of a document come to, with what is known of each, in the order of FEATURES."""
    names = fillers_to_named(passages.text, fillers)
    told = {t.sentence for t in triggers if t.mood in ("told", "attempted", "threatened")}
    untold = {t.sentence for t in triggers} - told
    document = max(relevance, default=0.0)
    best = {role: max((n.score for n in names if n.role == role), default=0.0) for role in ROLES}
    of_role = Counter(n.role for n in names)
    every = max(len(passages.sentences), 1)
    out = []
    for named in names:
        numbers = [f.sentence for f in named.fillers]
        logit = _logit(named.score)
        rest = (
            sum(f.score for f in named.fillers) / len(named.fillers),
            math.log(len(named.fillers)),
            _logit(max(relevance[n] for n in numbers)),
            _logit(document),
            float(any(n in told for n in numbers)),
            float(all(n in untold for n in numbers)),
            1 - min(numbers) / every,
            best[named.role] - named.score,
            math.log1p(of_role[named.role]),
            math.log(len(named.name.split())),
            *(float(named.role == role and any(f.ordered for f in named.fillers)) for role in ROLES),
            float(not any(f.tagged for f in named.fillers)),
            float(any(f.cue for f in named.fillers)),
        )
        shares = tuple(float(named.role == role) for role in ROLES)
        out.append((named, (*shares, *(logit * share for share in shares), *rest)))
    return out


def _logit(share: float) -> float:
    bounded = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))
