"""The entity heads solved exactly on the finished net: with so few examples steps of Adam leave them short.

The sentence head is left as trained: ridge regression on the base model's embeddings made it worse (PolNeAR dev, cosine
to the base model .81 as trained, .77 refitted).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from firsthand.encoder import HEADS
from firsthand.encoder.pieces import pack, window_inputs

if TYPE_CHECKING:
    from torch import Tensor

    from training.corpora import Example
    from training.net import Net

HOLD = 3e-3
"""How hard the entity heads are held to where training left them. On re3d dev (a net at 0.6 of its training, exact F1
.522) 1e-2 gave .552, 1e-3 .544, 1e-4 .524."""
ROUNDS = 60


def refit_entities(net: Net, examples: list[Example]) -> None:
    """Train the entity heads to the end on the finished net's hidden states.

    Args:
        net: changed in place.
        examples: of which those with entities are read.
    """
    inputs, labels = [], []
    for example in examples:
        if "entities" not in example.tags:
            continue
        both = np.concatenate((example.tags["entities"], example.tags["entities_inner"]), 1)
        for a, b in pack(example.pieces):
            given = {name: torch.from_numpy(x) for name, x in window_inputs(example.pieces, (a, b)).items()}
            with torch.no_grad():
                inputs.append(net.hidden(given["ids"], given["casings"])[-1][0, 1:-1])
            labels.append(torch.from_numpy(both[example.pieces.bounds[a, 0] : example.pieces.bounds[b - 1, 1]]).long())
    x, y = torch.cat(inputs), torch.cat(labels)
    rows = torch.cat([_columns(head) for head in ("entities", "entities_inner")])
    weight, bias = net.heads.weight.data[rows], net.heads.bias.data[rows]
    held = weight.clone()
    weight.requires_grad_()
    bias.requires_grad_()
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        scores = (x @ weight.T + bias).view(-1, 3)
        value = functional.cross_entropy(scores, y.reshape(-1)) * y.shape[1] + HOLD * ((weight - held) ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    net.heads.weight.data[rows], net.heads.bias.data[rows] = weight.detach(), bias.detach()


def _columns(head: str) -> Tensor:
    widths = [int(np.prod(shape)) for shape in HEADS.values()]
    at = list(HEADS).index(head)
    return torch.arange(sum(widths[:at]), sum(widths[: at + 1]))
