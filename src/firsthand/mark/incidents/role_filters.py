"""Which candidates fill a role: a logistic model a role over what is known of each string in the document.

`training/fit_incidents.py` fits the weights in role_weights.json on the training messages of MUC-4, each read by a net
that was not taught on it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from firsthand.core.encodings import CONFIDENCES, INCIDENT_KINDS, STAGES, Encoding
from firsthand.core.spans import Range, overlaps
from firsthand.core.text import fold
from firsthand.mark.incidents.logistic import logistic
from firsthand.mark.incidents.names import same_name
from firsthand.mark.incidents.role_candidates import FEATURES, Candidate
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.ontology import default_ontology

COMPARED = 300
"""Names of a role that a new one is compared with; a document that names more is a list."""
SURE_SHARE = 0.3
"""A string that fills a role does so where the tags are this sure beside the place where they are surest, and where
word order says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWeights:
    """Logistic models by role.

    Attributes:
        weights: Role → one per feature of FEATURES, the bias last.
        keep: Role → least probability.
    """

    weights: Mapping[str, tuple[float, ...]]
    keep: Mapping[str, float]


@lru_cache(maxsize=1)
def default_weights() -> RoleWeights:
    """The weights that ship with Firsthand; a constant, read once."""
    data = json.loads(files("firsthand.mark.incidents").joinpath("role_weights.json").read_text("utf-8"))
    return RoleWeights(
        weights={
            role: tuple(weights[name] for name in (*FEATURES, "bias")) for role, weights in data["weights"].items()
        },
        keep=data["keep"],
    )


def probability(candidate: Candidate, model: RoleWeights) -> float:
    """Of one candidate being what an event coder would write down for its role."""
    return logistic(model.weights[candidate.role], candidate.features)


def choose(
    candidates: Sequence[Candidate], probabilities: Sequence[float], *, keep: Mapping[str, float]
) -> list[tuple[Candidate, float]]:
    """Choose the names of a document.

    Args:
        candidates: From `document_to_candidates`.
        probabilities: One each.
        keep: Role → least probability.

    Returns:
        The chosen with their probability, likeliest first; no two of one role overlap or name the same.
    """
    chosen: list[tuple[Candidate, float]] = []
    names: dict[str, list[str]] = {}
    taken: dict[tuple[str, int], list[Range]] = {}
    shares = _with_article(candidates, probabilities)
    for k in sorted(range(len(candidates)), key=lambda k: (-probabilities[k], k)):
        candidate, share = candidates[k], shares[k]
        if share < keep[candidate.role]:
            continue
        mine = names.setdefault(candidate.role, [])
        places = [
            (span, taken.setdefault((candidate.role, number), []))
            for span, number in zip(candidate.spans, candidate.numbers, strict=True)
        ]
        if any(overlaps(span, other) for span, others in places for other in others):
            continue
        if any(same_name(candidate.name, other) for other in mine[:COMPARED]):
            continue
        mine.append(candidate.name)
        for span, others in places:
            others.append(span)
        chosen.append((candidate, share))
    return chosen


def _with_article(candidates: Sequence[Candidate], probabilities: Sequence[float]) -> list[float]:
    """Probability that a group is named, with its article or without: "the Extraditables", "Extraditables".

    Groups alone: for the other roles the words after an article rarely are a name.
    """
    none: dict[str, float] = {}
    for candidate, share in zip(candidates, probabilities, strict=True):
        if candidate.role == "perpetrator_group":
            bare = candidate.name.removeprefix("the ")
            none[bare] = none.get(bare, 1.0) * (1.0 - share)
    return [
        1.0 - none[candidate.name.removeprefix("the ")] if candidate.role == "perpetrator_group" else share
        for candidate, share in zip(candidates, probabilities, strict=True)
    ]


def candidates_to_fillers(
    candidates: Sequence[Candidate], shares: Sequence[float], *, encoding: Encoding
) -> list[Filler]:
    """Fill the roles of a document.

    Args:
        candidates: From `document_to_candidates`.
        shares: Probability of each, from `probability`.
        encoding: What the net says about the document.

    Returns:
        Fillers in order of the text, scored by the probability of their name.
    """
    found: list[Filler] = []
    for candidate, share in choose(candidates, shares, keep=default_weights().keep):
        places = sorted(set(zip(candidate.spans, candidate.numbers, candidate.scores, strict=True)))
        for span, number, score in places:
            order = next((o for o in candidate.order if overlaps(o.span, span)), None)
            if score < SURE_SHARE * candidate.best and order is None:
                continue
            first, last = (bisect_left(encoding.offsets[:, 0], at) for at in span)
            found.append(
                Filler(
                    role=candidate.role,
                    span=span,
                    sentence=number,
                    score=share,
                    kinds=_shares(INCIDENT_KINDS, encoding.incident_kinds[first:last]),
                    confidences=_shares(CONFIDENCES, encoding.confidences[first:last]),
                    stages=_shares(STAGES, encoding.stages[first:last]),
                    cue=order.cue if order else "",
                    tagged=True,
                )
            )
    return sorted(found, key=lambda f: (f.span, f.role))


UNLIKELY = 0.002
"""Share by the net under which nobody is a perpetrator for word order alone: of the 27 fillers of the Jesuit dispatches
under it one names somebody accused (read 2026-11-25)."""


def likely_perpetrators(
    text: str,
    fillers: Sequence[Filler],
    kept: Sequence[Filler],
    *,
    candidates: tuple[Sequence[Candidate], Sequence[float]],
) -> list[Filler]:
    """Leave out perpetrators whom the net all but rules out, and pieces of those that it names itself.

    Forces of a state stay: whom the police arrest and the army fights the net was not taught to ask.

    Args:
        text: The document's.
        fillers: By word order.
        kept: By the net.
        candidates: From `document_to_candidates`, and the probability of each.

    Returns:
        Those fillers that are left, in order.
    """
    best: dict[tuple[str, Range], float] = {}
    for candidate, share in zip(*candidates, strict=True):
        for span in candidate.spans:
            best[candidate.role, span] = max(share, best.get((candidate.role, span), 0.0))
    named = [f.span for f in kept if f.role.startswith("perpetrator")]
    forces = default_ontology().heads["groups"]
    return [
        f
        for f in fillers
        if not f.role.startswith("perpetrator")
        or f.cue
        or fold(text[slice(*f.span)]).split(" ")[-1] in forces
        or not (best.get((f.role, f.span), 1.0) < UNLIKELY or any(overlaps(f.span, span) for span in named))
    ]


def _shares(names: Sequence[str], scores: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> dict[str, float]:
    """What a head of the net says of a span: name → share, the mean over its word pieces."""
    if not len(scores):
        return {}
    mean = np.exp(scores).mean(0)
    return {name: round(float(x), 4) for name, x in zip(names, mean, strict=True)}
