"""Examples → the whole run's batches, decided before the first step, so that a run cut off goes on exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from firsthand.core.encodings import CONFIDENCES, ENTITY_KINDS, INCIDENT_KINDS, STAGES
from firsthand.encoder import SENTENCE_WIDTH
from firsthand.encoder.pieces import CLOSE, MARKER_CASING, OPEN, WINDOW, pack

if TYPE_CHECKING:
    from torch import Tensor

    from training.corpora import Example

IGNORED = -100
SHARES = {"incident_kinds": len(INCIDENT_KINDS), "confidences": len(CONFIDENCES), "stages": len(STAGES)}
GROUP = 320
SMALLEST_FIRST_WINDOW = 96
CASING_ODDS = {
    "polnear": {"upper": 0.15},
    "places": {"upper": 0.15},
    "re3d": {"upper": 0.15},
    # The texts are in capitals; read as mixed case most of the time, so that the roles are learnt for today's print.
    "muc4": {"mixed": 0.6},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window of an example as one step shows it.

    Attributes:
        example: which example.
        sentences: half-open range of its sentences.
        casings: name of the casing shown, empty for the text's own.
        length: word pieces.
    """

    example: int
    sentences: tuple[int, int]
    casings: str
    length: int


def plan_batches(examples: list[Example], *, passes: dict[str, float], tokens: int, seed: int) -> list[list[Window]]:
    """Lay out all batches of a run.

    Args:
        examples: what to train on.
        passes: how often each corpus is read; a fraction reads that part of it once more.
        tokens: word pieces of a batch at most, padding counted.
        seed: decides everything random.

    Returns:
        The batches in order. Corpora are spread evenly over the run; windows of a batch are of about one length.
    """
    rng = np.random.default_rng(seed)
    placed: list[tuple[float, Window]] = []
    for k, example in enumerate(examples):
        count = passes[example.corpus]
        for turn in range(int(np.ceil(count))):
            if rng.random() > count - turn:
                continue
            first = WINDOW if rng.random() < 0.5 else int(rng.integers(SMALLEST_FIRST_WINDOW, WINDOW))
            odds = CASING_ODDS[example.corpus]
            shown = rng.choice(["", *odds], p=[1 - sum(odds.values()), *odds.values()])
            for a, b in pack(example.pieces, first=first):
                length = int(example.pieces.bounds[b - 1, 1] - example.pieces.bounds[a, 0]) + 2
                window = Window(example=k, sentences=(a, b), casings=str(shown), length=length)
                placed.append(((turn + rng.random()) / count, window))
    placed.sort(key=lambda x: x[0])
    batches: list[list[Window]] = []
    for at in range(0, len(placed), GROUP):
        group = sorted((window for _, window in placed[at : at + GROUP]), key=lambda w: -w.length)
        made: list[list[Window]] = []
        for window in group:
            if not made or (len(made[-1]) + 1) * made[-1][0].length > tokens:
                made.append([])
            made[-1].append(window)
        batches.extend(made[i] for i in rng.permutation(len(made)))
    return batches


def collate(batch: list[Window], examples: list[Example]) -> dict[str, Tensor]:
    """Arrays of one batch.

    Args:
        batch: its windows.
        examples: what the windows are of.

    Returns:
        What the net reads (ids, casings, pool, mask) and the labels, IGNORED or all 0 where a corpus has none.
    """
    rows, m = len(batch), max(w.length for w in batch)
    k = max(w.sentences[1] - w.sentences[0] for w in batch)
    out = {
        "ids": np.zeros((rows, m), np.int64),
        "casings": np.full((rows, m), MARKER_CASING, np.int64),
        "pool": np.zeros((rows, k, m), np.float32),
        "mask": np.zeros((rows, 1, 1, m), np.bool_),
        "links": np.full((rows, m, 2), -1, np.int64),
        "relevant": np.full((rows, k), -1.0, np.float32),
        "teacher": np.zeros((rows, k, SENTENCE_WIDTH), np.float32),
    }
    for head in ("attribution", "toponyms", "roles"):
        out[head] = np.full((rows, m), IGNORED, np.int64)
    for head in ("entities", "entities_inner"):
        out[head] = np.full((rows, m, len(ENTITY_KINDS)), IGNORED, np.int64)
    for head, width in SHARES.items():
        out[head] = np.zeros((rows, m, width), np.float32)
    for row, window in enumerate(batch):
        example = examples[window.example]
        first, last = window.sentences
        bounds = example.pieces.bounds[first:last]
        a, b = int(bounds[0, 0]), int(bounds[-1, 1])
        inner = slice(1, b - a + 1)
        out["ids"][row, 0], out["ids"][row, inner], out["ids"][row, b - a + 1] = OPEN, example.pieces.ids[a:b], CLOSE
        shown = example.casings[window.casings] if window.casings else example.pieces.casings
        out["casings"][row, inner] = shown[a:b]
        out["mask"][row, 0, 0, : b - a + 2] = True
        for j, (x, y) in enumerate(bounds - a + 1):
            out["pool"][row, j, x:y] = 1 / (y - x)
        for head, tags in example.tags.items():
            out[head][row, inner] = tags[a:b]
        for head, share in example.shares.items():
            out[head][row, inner] = share[a:b]
        if example.links is not None:
            links = example.links[a:b]
            out["links"][row, inner] = np.where((links >= a) & (links < b), links - a + 1, -1)
        if example.relevant is not None:
            out["relevant"][row, : last - first] = example.relevant[first:last]
        taught = (example.teacher >= first) & (example.teacher < last)
        out["teacher"][row, example.teacher[taught] - first] = example.vectors[taught]
    return {name: torch.from_numpy(x) for name, x in out.items()}
