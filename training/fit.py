"""The training loop: seeded, and resumable at any step from its last checkpoint."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from torch import nn

from training.batches import collate, plan_batches
from training.losses import losses
from training.net import LAYERS, Net

if TYPE_CHECKING:
    from pathlib import Path

    from training.corpora import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the net is trained.

    Attributes:
        passes: how often each corpus is read.
        steps: batches at most; the rates reach 0 there. All passes take some 2,640.
        tokens: word pieces of a batch.
        rate: learning rate of the top layer.
        rate_decay: each layer below learns this much slower.
        rate_heads: learning rate of all that starts untrained.
        warmup: share of the steps in which the rates rise; then they fall to 0 in a line.
        dropout: share of the values dropped.
        teacher_share: share of the sentences with the base model's embedding.
        threads: cores.
        seed: decides everything random.
    """

    passes: dict[str, float] = field(default_factory=lambda: {"polnear": 4.0, "muc4": 2.0, "places": 3.0, "re3d": 12.0})
    steps: int = 2250
    tokens: int = 2080
    rate: float = 1.5e-4
    rate_decay: float = 0.92
    rate_heads: float = 1e-3
    warmup: float = 0.05
    dropout: float = 0.1
    teacher_share: float = 0.25
    threads: int = 2
    seed: int = 3


CHECKPOINT_SECONDS = 300.0
LOG_STEPS = 20


def fit(examples: list[Example], *, recipe: Recipe, work: Path) -> Net:
    """Train, from the last checkpoint if `work` has one.

    Args:
        examples: what to train on, with teacher embeddings.
        recipe: how.
        work: folder for checkpoints; `checkpoint.pt` is the last one.

    Returns:
        The trained net.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    net = Net(dropout=recipe.dropout)
    batches = plan_batches(examples, passes=recipe.passes, tokens=recipe.tokens, seed=recipe.seed)[: recipe.steps]
    optimizer = _optimizer(net, recipe)
    rates = [group["lr"] for group in optimizer.param_groups]
    first = 0
    last = work / "checkpoint.pt"
    if last.exists():
        state = torch.load(last, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    print(f"{len(batches)} steps, from {first}; {sum(w.length for b in batches for w in b)} word pieces", flush=True)
    net.train()
    saved = began = time.monotonic()
    seen, sums = 0, dict[str, float]()
    for step in range(first, len(batches)):
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        share = step / len(batches)
        scale = min(1.0, (step + 1) / (recipe.warmup * len(batches))) * (1 - share)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        batch = collate(batches[step], examples)
        found = losses(*net(batch["ids"], batch["casings"], batch["pool"], batch["mask"])[:2], batch)
        optimizer.zero_grad(set_to_none=True)
        torch.stack(list(found.values())).sum().backward()
        nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0, foreach=True)
        optimizer.step()
        seen += int(batch["mask"].sum())
        for name, value in found.items():
            sums[name] = sums.get(name, 0.0) + value.item()
        if (step + 1) % LOG_STEPS == 0:
            shown = " ".join(f"{name[:8]} {value / LOG_STEPS:.4f}" for name, value in sums.items())
            print(f"{step + 1}/{len(batches)} {seen / (time.monotonic() - began):.0f} pieces/s {shown}", flush=True)
            sums.clear()
        if time.monotonic() - saved > CHECKPOINT_SECONDS or step + 1 == len(batches):
            saved = time.monotonic()
            state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(state, last.with_suffix(".new"))
            last.with_suffix(".new").replace(last)
    return net.eval()


def _optimizer(net: Net, recipe: Recipe) -> torch.optim.AdamW:
    """Lower layers learn slower; the word embeddings, half of all weights, stay as they are."""
    net.words.weight.requires_grad_(False)
    groups = []
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = LAYERS - 1 - int(name.split(".")[1]) if name.startswith("layers.") else LAYERS
        rate = recipe.rate * recipe.rate_decay**depth
        if name.startswith(("heads", "relevant", "casings")):
            rate = recipe.rate_heads
        elif name.startswith("sentence"):
            rate = recipe.rate_heads / 2
        decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, fused=True)
