"""`python -m training` makes the model; see README.md."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from firsthand.encoder import MODEL
from firsthand.encoder.pieces import load_tokenizer, pack, window_inputs
from training.corpora import load_corpora
from training.export import export
from training.fit import Recipe, fit
from training.incidents import make_incidents
from training.net import BASE, Net
from training.refit import refit_entities
from training.teacher import add_teacher

ROOT = Path(__file__).parent.parent
SEEN_WINDOWS = 64


def main() -> None:
    """Train (or go on training) and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="the gold data")
    parser.add_argument("--work", type=Path, default=ROOT / ".work", help="checkpoints and the float32 net")
    parser.add_argument("--out", type=Path, default=MODEL, help="gets encoder.onnx, incidents.onnx and tokenizer.json")
    parser.add_argument(
        "--export-only", action="store_true", help="write the last checkpoint of the first net without training on"
    )
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
    make_incidents([e for e in examples if e.corpus == "muc4"], model=options.out, work=options.work, out=options.out)


if __name__ == "__main__":
    main()
