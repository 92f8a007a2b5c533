"""The second net: reads what the first one's fourth layer says of a whole document, and who did what to whom.

Windows of 254 word pieces cut most dispatches in two or three, and who did it often stands in another one than what was
done. Two more layers over all of a document's pieces see both. Trained on MUC-4 alone, on the shipped int8 net's own
states, so that training and use cannot differ. On MUC-4 dev, role fillers by the same filter: F1 .413 without it, .459
with it (`python -m training.fit_incidents` has today's figures).
"""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from firsthand.encoder import INCIDENT_HEADS
from firsthand.encoder.pieces import chunks, pack, window_inputs
from training.batches import IGNORED, SHARES
from training.export import export_incidents
from training.losses import incident_losses
from training.net import BASE, WIDTH, Dropout, Layer, take_layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from training.corpora import Example

LAYERS = (4, 5)
"""Layers of the base model that the two begin as; the first net's own have seen the training messages."""
MOST_WINDOWS = 8
GROUP = 64
SEEN_MESSAGES = 64
LOG_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecipe:
    """How the second net is trained.

    Attributes:
        passes: how often messages with incidents are read.
        others: share of the other messages read in each pass.
        mixed: share of the showings in mixed case.
        tokens: word pieces of a batch, padding counted.
        rate: learning rate of the layers.
        rate_heads: learning rate of all that starts untrained.
        warmup: share of the steps in which the rates rise; then they fall to 0 in a line.
        threads: cores.
        seed: decides everything random.
    """

    passes: int = 4
    others: float = 0.6
    mixed: float = 0.5
    tokens: int = 3000
    rate: float = 2e-4
    rate_heads: float = 1e-3
    warmup: float = 0.06
    threads: int = 2
    seed: int = 1


class IncidentNet(nn.Module):
    """Two layers over a document's pieces, and the incident heads."""

    def __init__(self, *, dropout: float = 0.1) -> None:
        """Make the net with the base model's last two layers.

        Args:
            dropout: share of the values dropped in training.
        """
        super().__init__()
        self.drop = Dropout(dropout)
        self.windows = nn.Embedding(MOST_WINDOWS, WIDTH)
        nn.init.normal_(self.windows.weight, std=0.02)
        base = {k.removeprefix("bert."): v for k, v in load_file(BASE / "model.safetensors").items()}
        self.layers = nn.ModuleList(Layer() for _ in LAYERS)
        for layer, number in zip(self.layers, LAYERS, strict=True):
            take_layer(layer, base, number)
        self.heads = nn.Linear(WIDTH, sum(INCIDENT_HEADS.values()))
        self.relevant = nn.Linear(WIDTH, 1)

    def hidden(self, states: Tensor, windows: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the heads read.

        Args:
            states: float [batch, m, WIDTH], the first net's.
            windows: int64 [batch, m], number of the window that each piece was read in, from 0.
            mask: bool [batch, 1, 1, m]; None for all true.

        Returns:
            [batch, m, WIDTH].
        """
        x: Tensor = self.drop(states + self.windows(windows.clamp(max=MOST_WINDOWS - 1)))
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        return x

    def forward(
        self, states: Tensor, windows: Tensor, pool: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """All heads.

        Args:
            states: see `hidden`.
            windows: see `hidden`.
            pool: float [batch, k, m], rows average the pieces of each sentence.
            mask: see `hidden`.

        Returns:
            Scores over word pieces [batch, m, sum of INCIDENT_HEADS]; relevance logits [batch, k].
        """
        x = self.hidden(states, windows, mask)
        return self.heads(self.drop(x)), self.relevant(pool @ x)[..., 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One chunk of a message as the first net leaves it.

    Attributes:
        example: which message.
        pieces: half-open range of its word pieces.
        sentences: half-open range of its sentences.
        states: float16 [m, WIDTH].
        windows: int64 [m].
    """

    example: int
    pieces: tuple[int, int]
    sentences: tuple[int, int]
    states: npt.NDArray[np.float16]
    windows: npt.NDArray[np.int64]


def read_states(model: Path, examples: Sequence[Example], *, casings: str = "") -> list[Read]:
    """Run the first net over messages.

    Args:
        model: folder of the exported encoder.onnx.
        examples: the messages.
        casings: name of the casing shown; empty for the text's own.

    Returns:
        Their chunks, in order.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model / "encoder.onnx"), options, providers=["CPUExecutionProvider"])

    def read(job: tuple[int, list[tuple[int, int]]]) -> Read:
        number, windows = job
        pieces = examples[number].pieces
        shown = replace(pieces, casings=examples[number].casings[casings]) if casings else pieces
        states = [session.run(["states"], window_inputs(shown, w))[0].astype(np.float16) for w in windows]
        first, last = windows[0][0], windows[-1][1]
        return Read(
            example=number,
            pieces=(int(pieces.bounds[first, 0]), int(pieces.bounds[last - 1, 1])),
            sentences=(first, last),
            states=np.concatenate(states),
            windows=np.repeat(np.arange(len(states)), [len(s) for s in states]),
        )

    jobs = [
        (number, chunk)
        for number, example in enumerate(examples)
        for chunk in chunks(example.pieces, pack(example.pieces))
    ]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(read, jobs))


def make_incidents(messages: Sequence[Example], *, model: Path, work: Path, out: Path) -> None:
    """Train the second net on what an exported first one says, and write it.

    Args:
        messages: of MUC-4, to train on.
        model: folder of the first net's encoder.onnx.
        work: gets the trained net and its float32; a net made there from the same first net is written as it is.
        out: gets incidents.onnx.
    """
    recipe = IncidentRecipe()
    digest = hashlib.sha256((model / "encoder.onnx").read_bytes() + repr((recipe, len(messages))).encode())
    saved = work / f"incidents-{digest.hexdigest()[:12]}.pt"
    if saved.exists():
        net = IncidentNet().eval()
        net.load_state_dict(torch.load(saved, weights_only=True))
    else:
        reads = {casings: read_states(model, messages, casings=casings) for casings in ("", "mixed")}
        net = fit_incidents(messages, reads, recipe=recipe)
        torch.save(net.state_dict(), saved)
    some = read_states(model, messages[:: max(1, len(messages) // SEEN_MESSAGES)])
    inputs = [(torch.from_numpy(r.states).float()[None], torch.from_numpy(r.windows)[None]) for r in some]
    export_incidents(net, inputs=inputs, float_folder=work / "float32", folder=out)


def fit_incidents(examples: Sequence[Example], reads: dict[str, list[Read]], *, recipe: IncidentRecipe) -> IncidentNet:
    """Train the second net.

    Args:
        examples: MUC-4 messages.
        reads: by casing ("" and "mixed"), from `read_states`, of the messages to train on; both in one order.
        recipe: how.

    Returns:
        The trained net.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    net = IncidentNet()
    fresh = [p for name, p in net.named_parameters() if not name.startswith("layers")]
    optimizer = torch.optim.AdamW(
        [{"params": list(net.layers.parameters()), "lr": recipe.rate}, {"params": fresh, "lr": recipe.rate_heads}],
        weight_decay=0.01,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    plan = _plan(examples, reads, recipe)
    print(f"second net: {len(plan)} steps", flush=True)
    net.train()
    seen, began, total = 0, time.monotonic(), 0.0
    for step, batch in enumerate(plan):
        scale = min(1.0, (step + 1) / (recipe.warmup * len(plan))) * (1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        given = _collate(examples, batch)
        pieces, relevant = net(given["states"], given["windows"], given["pool"], given["mask"])
        heads = dict(zip(INCIDENT_HEADS, pieces.split(list(INCIDENT_HEADS.values()), -1), strict=True))
        loss = torch.stack(list(incident_losses(heads, relevant, given).values())).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        seen, total = seen + sum(len(read.states) for read in batch), total + loss.item()
        if (step + 1) % LOG_STEPS == 0:
            print(
                f"{step + 1}/{len(plan)} {seen / (time.monotonic() - began):.0f} pieces/s {total / LOG_STEPS:.4f}",
                flush=True,
            )
            total = 0.0
    return net.eval()


def _plan(examples: Sequence[Example], reads: dict[str, list[Read]], recipe: IncidentRecipe) -> list[list[Read]]:
    rng = np.random.default_rng(recipe.seed)
    told = [bool((examples[read.example].tags["roles"] > 0).any()) for read in reads[""]]
    plan: list[list[Read]] = []
    for _ in range(recipe.passes):
        chosen = [k for k, has in enumerate(told) if has or rng.random() < recipe.others]
        shown = [reads["mixed" if rng.random() < recipe.mixed else ""][k] for k in rng.permutation(chosen)]
        for at in range(0, len(shown), GROUP):
            batches: list[list[Read]] = []
            for read in sorted(shown[at : at + GROUP], key=lambda r: -len(r.states)):
                if not batches or (len(batches[-1]) + 1) * len(batches[-1][0].states) > recipe.tokens:
                    batches.append([])
                batches[-1].append(read)
            plan.extend(batches[i] for i in rng.permutation(len(batches)))
    return plan


def _collate(examples: Sequence[Example], batch: Sequence[Read]) -> dict[str, Tensor]:
    """What the net reads (states, windows, pool, mask) and the labels; see `training.batches.collate`."""
    rows, m = len(batch), max(len(read.states) for read in batch)
    k = max(read.sentences[1] - read.sentences[0] for read in batch)
    out = {
        "states": np.zeros((rows, m, WIDTH), np.float32),
        "windows": np.zeros((rows, m), np.int64),
        "pool": np.zeros((rows, k, m), np.float32),
        "mask": np.zeros((rows, 1, 1, m), np.bool_),
        "roles": np.full((rows, m), IGNORED, np.int64),
        "relevant": np.full((rows, k), -1.0, np.float32),
        **{head: np.zeros((rows, m, width), np.float32) for head, width in SHARES.items()},
    }
    for row, read in enumerate(batch):
        example, n, inside = examples[read.example], len(read.states), slice(*read.pieces)
        out["states"][row, :n], out["windows"][row, :n], out["mask"][row, 0, 0, :n] = read.states, read.windows, True
        out["roles"][row, :n] = example.tags["roles"][inside]
        for head in SHARES:
            out[head][row, :n] = example.shares[head][inside]
        for j, (a, b) in enumerate(example.pieces.bounds[slice(*read.sentences)] - read.pieces[0]):
            out["pool"][row, j, a:b] = 1 / (b - a)
        if example.relevant is not None:
            out["relevant"][row, : read.sentences[1] - read.sentences[0]] = example.relevant[slice(*read.sentences)]
    return {name: torch.from_numpy(x) for name, x in out.items()}
