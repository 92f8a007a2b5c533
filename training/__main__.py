"""`python -m training` makes the model; see README.md."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from firsthand.encoder import MODEL
from firsthand.encoder.pieces import load_tokenizer, pack, window_inputs
from training.corpora import load_corpora
from training.export import export, export_incidents
from training.fit import Recipe, fit
from training.incidents import IncidentNet, IncidentRecipe, fit_incidents, read_states
from training.net import BASE, Net
from training.refit import refit_entities
from training.teacher import add_teacher

if TYPE_CHECKING:
    from training.corpora import Example

ROOT = Path(__file__).parent.parent
SEEN_WINDOWS = 64


def main() -> None:
    """Train (or go on training) and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="the gold data")
    parser.add_argument("--work", type=Path, default=ROOT / ".work", help="checkpoints and the float32 net")
    parser.add_argument("--out", type=Path, default=MODEL, help="gets encoder.onnx and tokenizer.json")
    parser.add_argument("--export-only", action="store_true", help="write the last checkpoint without training on")
    parser.add_argument("--documents", type=int, help="train on that many documents of each corpus: a smoke test")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe()
    torch.set_num_threads(recipe.threads)
    examples = load_corpora(options.data, load_tokenizer(BASE / "tokenizer.json"))
    if options.documents:
        corpora = {example.corpus for example in examples}
        examples = [e for c in sorted(corpora) for e in [x for x in examples if x.corpus == c][: options.documents]]
        recipe = replace(recipe, passes=dict.fromkeys(corpora, 1.0))
    add_teacher(examples, share=recipe.teacher_share, seed=recipe.seed, cache=options.work / "teacher.npy")
    if options.export_only:
        net = Net().eval()
        net.load_state_dict(torch.load(options.work / "checkpoint.pt", weights_only=True)["net"])
    else:
        net = fit(examples, recipe=recipe, work=options.work)
    refit_entities(net, examples)
    windows = [window_inputs(e.pieces, pack(e.pieces)[0]) for e in examples[:: max(1, len(examples) // SEEN_WINDOWS)]]
    inputs = [(torch.from_numpy(w["ids"]), torch.from_numpy(w["casings"])) for w in windows]
    export(net, inputs=inputs, float_folder=options.work / "float32", folder=options.out)
    make_incidents(examples, options)


def make_incidents(examples: list[Example], options: argparse.Namespace) -> None:
    """Train and write the second net, on what the exported first one says."""
    messages = [e for e in examples if e.corpus == "muc4"]
    saved = options.work / "incidents.pt"
    reads = {casings: read_states(options.out, messages, casings=casings) for casings in ("", "mixed")}
    if options.export_only:
        net = IncidentNet().eval()
        net.load_state_dict(torch.load(saved, weights_only=True))
    else:
        net = fit_incidents(messages, reads, recipe=IncidentRecipe())
        torch.save(net.state_dict(), saved)
    some = reads[""][:: max(1, len(messages) // SEEN_WINDOWS)]
    inputs = [(torch.from_numpy(r.states).float()[None], torch.from_numpy(r.windows)[None]) for r in some]
    export_incidents(net, inputs=inputs, float_folder=options.work / "float32", folder=options.out)


if __name__ == "__main__":
    main()
