"""The frame net's trained weights but for the word embeddings, which are the base package's: int8 by row or float16.

    python training/next/weights.py restore BASE.safetensors NET.pt   # what `python -m training --begin` takes
    python training/next/weights.py keep NET.pt

NET.pt holds {"net": state_dict}. Run with training's Python, in the root.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

from firsthand.encoder.pieces import CLOSE, OPEN

HERE = Path(__file__).parent
FILES = [HERE / f"net{k}.npz" for k in range(2)]
VOCABULARY = 30522


def keep(net: Path) -> None:
    parts: list[dict[str, np.ndarray]] = [{}, {}]
    for name, value in torch.load(net, weights_only=True)["net"].items():
        if name == "words.weight":
            continue
        part = parts[name.startswith(("layers.3", "layers.4", "layers.5", "heads", "frame"))]
        rows = value.float().numpy()
        if rows.ndim == 2 and name.startswith("layers"):
            scale = np.abs(rows).max(1, keepdims=True) / 127
            part[f"{name}|q"] = np.round(rows / scale).astype(np.int8)
            part[f"{name}|s"] = scale.astype(np.float32)
        else:
            part[name] = rows.astype(np.float16)
    for file, part in zip(FILES, parts, strict=True):
        np.savez_compressed(file, **part)


def restore(base: Path, net: Path) -> None:
    state: dict[str, torch.Tensor] = {}
    for file in FILES:
        with np.load(file) as held:
            for name in held.files:
                if name.endswith("|q"):
                    rows = held[name].astype(np.float32) * held[f"{name[:-2]}|s"]
                    state[name[:-2]] = torch.from_numpy(rows)
                elif not name.endswith("|s"):
                    state[name] = torch.from_numpy(held[name].astype(np.float32))
    with safe_open(base, "pt") as held:
        words = held.get_tensor("embeddings.word_embeddings.weight")
    state["words.weight"] = words[4 : 4 + VOCABULARY].clone()
    state["words.weight"][OPEN], state["words.weight"][CLOSE] = words[0], words[2]
    torch.save({"net": state}, net)


if __name__ == "__main__":
    if sys.argv[1] == "keep":
        keep(Path(sys.argv[2]))
    else:
        restore(Path(sys.argv[2]), Path(sys.argv[3]))
