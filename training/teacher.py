"""The base model's own embeddings of sentences, which the net's sentence head is taught to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from firsthand.encoder.pieces import CLOSE, OPEN
from training.net import Net

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from firsthand.encoder.pieces import Pieces
    from training.corpora import Example

SHORTEST = 5
"""Word pieces below which a sentence teaches nothing (dateline crumbs, bylines)."""
TOKENS = 8192


def add_teacher(examples: list[Example], *, share: float, seed: int, cache: Path) -> None:
    """Give a sample of the sentences the base model's embedding.

    Args:
        examples: changed in place.
        share: of the sentences.
        seed: decides which.
        cache: file to keep the embeddings in, since they cost a minute.
    """
    rng = np.random.default_rng(seed)
    for example in examples:
        lengths = example.pieces.bounds[:, 1] - example.pieces.bounds[:, 0]
        sampled = (rng.random(len(lengths)) < share) & (lengths >= SHORTEST)
        example.teacher = np.nonzero(sampled)[0].astype(np.int32)
    total = sum(len(example.teacher) for example in examples)
    vectors = np.load(cache) if cache.exists() else np.zeros((0, 384), np.float16)
    if len(vectors) != total:
        vectors = base_embeddings([(e.pieces, int(s)) for e in examples for s in e.teacher]).astype(np.float16)
        np.save(cache, vectors)
    at = 0
    for example in examples:
        example.vectors = vectors[at : at + len(example.teacher)].astype(np.float32)
        at += len(example.teacher)


def base_embeddings(sentences: list[tuple[Pieces, int]]) -> npt.NDArray[np.float32]:
    """Embed sentences alone, as sentence-transformers does with all-MiniLM-L6-v2.

    Args:
        sentences: which sentence of which text.

    Returns:
        float32 [len(sentences), 384], rows of unit length.
    """
    net = Net().eval()
    texts = []
    for pieces, number in sentences:
        a, b = pieces.bounds[number]
        texts.append([OPEN, *pieces.ids[a:b].tolist(), CLOSE])
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = np.zeros((len(texts), 384), np.float32)
    at = 0
    while at < len(order):
        stop = at + 1
        while stop < len(order) and (stop - at + 1) * len(texts[order[stop]]) <= TOKENS:
            stop += 1
        chosen = order[at:stop]
        m = len(texts[chosen[-1]])
        ids = torch.tensor([texts[i] + [0] * (m - len(texts[i])) for i in chosen])
        mask = ids > 0
        with torch.no_grad():
            x = net.hidden(ids, None, mask[:, None, None, :])[-1]
            pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[chosen] = functional.normalize(pooled, dim=-1).numpy()
        at = stop
    return out
