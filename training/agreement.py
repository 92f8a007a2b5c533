"""How far the shipped nets say what the float32 nets say: `python -m training.agreement [FOLDER]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.encoder import MODEL, Encoder
from training.corpora import read_rows
from training.evaluate import ROOT, scores

TAGS = ("attribution", "entities", "entities_inner", "toponyms", "roles", "incident_kinds", "confidences", "stages")


def agreement(shipped: Encoder, exact: Encoder, texts: list[str]) -> dict[str, float]:
    """Share of the word pieces on which two encoders choose the same tag.

    Args:
        shipped: one.
        exact: the other.
        texts: to compare them on.

    Returns:
        Per head, 0 to 1; for attribution also over the pieces that either net tags at all; for embeddings the mean
        cosine.
    """
    same: dict[str, list[np.ndarray[Any, np.dtype[Any]]]] = {}
    for a, b in zip(shipped.encode(texts), exact.encode(texts), strict=True):
        for head in TAGS:
            x, y = getattr(a, head).argmax(-1), getattr(b, head).argmax(-1)
            same.setdefault(head, []).append((x == y).ravel())
            if head == "attribution":
                same.setdefault("attribution, tagged", []).append((x == y)[(x > 0) | (y > 0)])
        same.setdefault("embeddings", []).append((a.embeddings * b.embeddings).sum(1))
    return {head: round(float(np.concatenate(parts).mean()), 4) for head, parts in same.items()}


def main() -> None:
    """Print agreement on dev texts, by corpus, and the dev scores of both nets.

    PolNeAR's are what the first net is for; most of MUC-4's are read by the second one as well.
    """
    parser = argparse.ArgumentParser(prog="python -m training.agreement")
    parser.add_argument("folder", type=Path, nargs="?", default=MODEL)
    parser.add_argument("--float32", type=Path, default=ROOT / ".work/float32")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--scores", action="store_true", help="the dev scores of both as well")
    options = parser.parse_args()
    shipped, exact = Encoder.load(options.folder), Encoder.load(options.float32)
    for corpus in ("polnear", "muc4"):
        texts = [row["text"] for row in read_rows(options.data / corpus / "dev.jsonl")]
        print(corpus, json.dumps(agreement(shipped, exact, texts), indent=1))
    if options.scores:
        work = ROOT / ".work/evaluate"
        work.mkdir(parents=True, exist_ok=True)
        for name, encoder in (("int8", shipped), ("float32", exact)):
            print(name, json.dumps(scores(encoder, data=options.data, work=work), indent=1))


if __name__ == "__main__":
    main()
