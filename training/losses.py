"""What each head is taught: one sum of losses, each word piece counting alike whichever corpus it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from firsthand.encoder import HEADS
from training.batches import IGNORED, SHARES

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = {
    "attribution": 1.0,
    "links": 0.5,
    "entities": 2.0,
    "entities_inner": 1.0,
    "toponyms": 1.5,
    "roles": 2.0,
    "incident_kinds": 0.5,
    "confidences": 1.0,
    "stages": 0.3,
    "relevant": 8.0,
    "teacher": 20.0,
}


def losses(pieces: Tensor, sentences: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weighted loss of each head per word piece of the batch.

    Args:
        pieces: the net's scores over word pieces [batch, m, width].
        sentences: the net's output over sentences [batch, k, 1 + 384].
        batch: from `training.batches.collate`.

    Returns:
        Scalars by head.
    """
    widths = [int(torch.tensor(shape).prod()) for shape in HEADS.values()]
    heads = dict(zip(HEADS, pieces.split(widths, -1), strict=True))
    out = {
        head: _tags(heads[head].reshape(-1, HEADS[head][-1]), batch[head])
        for head in ("attribution", "entities", "entities_inner", "toponyms")
    }
    out["links"] = _links(heads["link_query"], heads["link_key"], batch)
    known = batch["teacher"].any(-1)
    out["teacher"] = (1 - (sentences[..., 1:][known] * batch["teacher"][known]).sum(-1)).sum()
    return _weigh(out, batch) | incident_losses(heads, sentences[..., 0], batch)


def incident_losses(heads: dict[str, Tensor], relevant: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weighted loss of the heads that both nets have.

    Args:
        heads: scores over word pieces by head, [batch, m, width] each.
        relevant: logits over sentences [batch, k].
        batch: labels and mask.

    Returns:
        Scalars by head.
    """
    out = {"roles": _tags(heads["roles"].flatten(0, 1), batch["roles"])}
    for head in SHARES:
        out[head] = -(batch[head] * heads[head].log_softmax(-1)).sum()
    told = batch["relevant"] >= 0
    out["relevant"] = functional.binary_cross_entropy_with_logits(
        relevant[told], batch["relevant"][told], reduction="sum"
    )
    return _weigh(out, batch)


def _tags(scores: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(scores, labels.reshape(-1), ignore_index=IGNORED, reduction="sum")


def _weigh(sums: dict[str, Tensor], batch: dict[str, Tensor]) -> dict[str, Tensor]:
    count = batch["mask"].sum()
    return {head: WEIGHTS[head] * value / count for head, value in sums.items()}


def _links(query: Tensor, key: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Each piece of a source or content points at the beginning of its cue; two cues share the pointing."""
    row, i = (batch["links"][..., 0] >= 0).nonzero(as_tuple=True)
    scores = (query @ key.transpose(1, 2))[row, i]
    scores = scores.masked_fill(~batch["mask"][row, 0, 0], -1e4).log_softmax(-1)
    targets = batch["links"][row, i]
    has = (targets >= 0).float()
    picked = scores.gather(1, targets.clamp(min=0)) * has
    return -(picked.sum(1) / has.sum(1).clamp(min=1)).sum()
