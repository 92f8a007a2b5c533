"""Logistic models: log odds of the probabilities that they are told, and the probability that they say."""

from __future__ import annotations

import math
from collections.abc import Sequence


def log_odds(share: float) -> float:
    """Natural log odds of a probability, bounded at one in a thousand.

    >>> log_odds(0.5), log_odds(0.0) == log_odds(0.001)
    (0.0, True)
    """
    bounded = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """Probability by a logistic model.

    Args:
        weights: One per feature, the bias last.
        features: Of what is judged.

    >>> logistic((1.0, 0.0), (0.0,))
    0.5
    """
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, (*features, 1.0), strict=True))))
