"""How likely each sentence tells of an incident, by the net."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from firsthand.core.encodings import Encoding
from firsthand.mark.incidents.passages import Sentence


def sentence_relevance(encoding: Encoding | None, sentences: Sequence[Sentence]) -> list[float]:
    """Probability by the net that each sentence tells of an incident; 1.0 for all if no net has read them.

    Args:
        encoding: What the net says, or None.
        sentences: Of the document, in order.

    Returns:
        One number a sentence: the highest among the net's sentences that it overlaps.
    """
    if encoding is None:
        return [1.0] * len(sentences)
    probability = np.exp(encoding.relevant)
    out: list[float] = []
    for sentence in sentences:
        # The net's sentences are in order and do not overlap.
        first = bisect_right(encoding.sentences[:, 1], sentence.span[0])
        last = bisect_left(encoding.sentences[:, 0], sentence.span[1])
        out.append(float(probability[first:last].max()) if first < last else 0.0)
    return out
