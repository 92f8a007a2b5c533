"""What single parts bring, so far as it shows without training again: `python -m training.ablation [FOLDER]`."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from firsthand import encoder as encoders
from firsthand.encoder import MODEL, Encoder
from training.corpora import read_rows
from training.evaluate import ROOT, attributions, roles, score_task

if TYPE_CHECKING:
    from firsthand.core.encodings import Encoding

NEVER = 1 - 1e-12
"""Relevance that no chunk has."""


def by_distance(encoding: Encoding) -> Encoding:
    """The same tags with links that point at the nearest piece: what pairing by distance gives.

    Args:
        encoding: of one document.

    Returns:
        An Encoding whose query · key falls with the distance.
    """
    at = np.arange(len(encoding.offsets), dtype=np.float64)
    # -(i - j)² = 2ij - i² - j², of which i² is the same for every j.
    query = np.stack((2 * at, -np.ones_like(at)), 1)
    key = np.stack((at, at**2), 1)
    return replace(encoding, link_query=query, link_key=key)


def main() -> None:
    """Print dev scores of attribution by links and casing, and of incident heads with and without the second net."""
    parser = argparse.ArgumentParser(prog="python -m training.ablation")
    parser.add_argument("folder", type=Path, nargs="?", default=MODEL)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--work", type=Path, default=ROOT / ".work/evaluate")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    gold = options.data / "polnear/dev.jsonl"
    rows = read_rows(gold)
    encoder = Encoder.load(options.folder)
    plain = list(encoder.encode(row["text"] for row in rows))
    # Recasing a letter at a time keeps offsets: "ß" has no single capital and stays.
    loud = ["".join(c.upper() if len(c.upper()) == 1 else c for c in row["text"]) for row in rows]
    small = ["".join(c.lower() if len(c.lower()) == 1 else c for c in row["text"]) for row in rows]
    shown = {
        "learnt links": plain,
        "links by distance": [by_distance(encoding) for encoding in plain],
        "text in capitals": list(encoder.encode(loud)),
        "text in small letters": list(encoder.encode(small)),
    }
    for name, encodings in shown.items():
        predicted = [{"id": r["id"], "attributions": attributions(e)} for r, e in zip(rows, encodings, strict=True)]
        print(name, json.dumps(_short(score_task("attribution", gold, options.work / "ablation.jsonl", predicted))))
    print("MUC-4 dev, second net", json.dumps(roles(encoder, options.data)))
    encoders.READ_AGAIN = NEVER
    print("MUC-4 dev, first net alone", json.dumps(roles(encoder, options.data)))


def _short(result: dict[str, Any]) -> dict[str, Any]:
    exact = {role: row["f1"] for role, row in result["exact"].items()}
    pairing = {name: result[name]["f1"] for name in ("relation", "content@.5")}
    return {"exact": exact, **pairing, "source given content": result["source given content"]}


if __name__ == "__main__":
    main()
