"""Scores of a model folder on the dev sets with the simplest decoding, to follow a training run.

`python -m training.evaluate [FOLDER]`. What users get is decoded by firsthand.mark and scores higher.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from firsthand.core.encodings import ATTRIBUTION_TAGS, ENTITY_KINDS, ROLE_TAGS, Encoding
from firsthand.encoder import MODEL, Encoder
from firsthand.encoder.pieces import load_tokenizer, text_to_pieces
from training.corpora import muc4, read_rows
from training.net import BASE
from training.teacher import SHORTEST, base_embeddings

if TYPE_CHECKING:
    import numpy.typing as npt

ROOT = Path(__file__).parent.parent
Run = tuple[int, int, str]


def runs(tags: npt.NDArray[np.intp], names: tuple[str, ...]) -> list[Run]:
    """BIO tags → spans; an I that continues nothing begins a span.

    Args:
        tags: int [n].
        names: of the tags, "O" first.

    Returns:
        Half-open piece ranges with the span's name, in order.
    """
    out: list[Run] = []
    previous = "O"
    for i, tag in enumerate(tags):
        name = names[tag]
        if name != "O":
            if name[0] == "I" and previous[2:] == name[2:]:
                out[-1] = (out[-1][0], i + 1, name[2:])
            else:
                out.append((i, i + 1, name[2:]))
        previous = name
    return out


def attributions(encoding: Encoding) -> list[dict[str, Any]]:
    """Most likely tags; each source and content goes to the cue that its pieces point at most.

    Args:
        encoding: of one document.

    Returns:
        Attributions as `firsthand mark` writes them.
    """
    found = runs(encoding.attribution.argmax(1), ATTRIBUTION_TAGS)
    cues = [x for x in found if x[2] == "cue"]
    rows: list[dict[str, Any]] = [{"source": [], "cue": [_span(encoding, x)], "content": []} for x in cues]
    for run in found:
        near = [k for k, cue in enumerate(cues) if encoding.windows[cue[0]] == encoding.windows[run[0]]]
        if run[2] == "cue" or not near:
            continue
        same = encoding.windows[run[0] : run[1]] == encoding.windows[run[0]]
        query = encoding.link_query[run[0] : run[1]][same]
        scores = query @ encoding.link_key[[cues[k][0] for k in near]].T
        rows[near[int(_log_softmax(scores).mean(0).argmax())]][run[2]].append(_span(encoding, run))
    return rows


def entities(encoding: Encoding) -> list[dict[str, Any]]:
    """Most likely tags per kind, outer and inner.

    Args:
        encoding: of one document.

    Returns:
        Entities as `firsthand mark` writes them.
    """
    rows = []
    for k, kind in enumerate(ENTITY_KINDS):
        names = ("O", f"B-{kind}", f"I-{kind}")
        spans = {
            tuple(_span(encoding, run))
            for scores in (encoding.entities, encoding.entities_inner)
            for run in runs(scores[:, k].argmax(1), names)
        }
        rows += [{"start": a, "end": b, "kind": kind} for a, b in sorted(spans)]
    return rows


def scores(encoder: Encoder, *, data: Path, work: Path) -> dict[str, Any]:
    """Dev scores of all heads.

    Args:
        encoder: what to score.
        data: the gold data; ../score/score.py beside it does the scoring.
        work: folder for the predictions.

    Returns:
        Scores by head; 0 to 1.
    """
    out: dict[str, Any] = {}
    polnear = read_rows(data / "polnear/dev.jsonl")
    encodings = list(encoder.encode(row["text"] for row in polnear))
    predicted = [{"id": r["id"], "attributions": attributions(e)} for r, e in zip(polnear, encodings, strict=True)]
    out["attribution"] = score_task("attribution", data / "polnear/dev.jsonl", work / "attribution.jsonl", predicted)
    out["sentences"] = _retention(encodings, [row["text"] for row in polnear])
    re3d = read_rows(data / "re3d/dev.jsonl")
    found = encoder.encode(row["text"] for row in re3d)
    predicted = [{"id": row["id"], "entities": entities(e)} for row, e in zip(re3d, found, strict=True)]
    out["entity"] = score_task("entity", data / "re3d/dev.jsonl", work / "entity.jsonl", predicted)
    for name in ("lgl", "trnews"):
        rows = [row for row in read_rows(data / f"places/{name}.jsonl") if int(row["id"]) % 2]
        hits = [0, 0, 0]
        for row, encoding in zip(rows, encoder.encode(row["text"] for row in rows), strict=True):
            tags = runs(encoding.toponyms.argmax(1), ("O", "B-place", "I-place"))
            mine = {tuple(_span(encoding, run)) for run in tags}
            gold = {(x["start"], x["end"]) for x in row["places"]}
            hits = [hits[0] + len(mine & gold), hits[1] + len(mine), hits[2] + len(gold)]
        out[f"toponyms exact {name}"] = _f1(*hits)
    out |= roles(encoder, data)
    return out


def roles(encoder: Encoder, data: Path) -> dict[str, float]:
    """Word pieces of role fillers, and sentences that hold one, on MUC-4 dev.

    Args:
        encoder: what to score.
        data: the gold data.

    Returns:
        F1 and accuracies; 0 to 1.
    """
    rows = read_rows(data / "muc4/dev.jsonl")
    tokenizer = load_tokenizer(BASE / "tokenizer.json")
    counts = {name: [0, 0, 0] for name in ("roles by word piece", "relevant sentences")}
    right = {name: [0, 0] for name in ("incident_kinds", "confidences", "stages")}
    for row, encoding in zip(rows, encoder.encode(row["text"] for row in rows), strict=True):
        gold = muc4(row, tokenizer)
        kind = np.array([0, *(1 + k // 2 for k in range(len(ROLE_TAGS) - 1))])
        a, b = kind[encoding.roles.argmax(1)], kind[gold.tags["roles"]]
        _add(counts["roles by word piece"], ((a == b) & (b > 0)).sum(), (a > 0).sum(), (b > 0).sum())
        said, true = encoding.relevant > np.log(0.5), gold.relevant == 1
        _add(counts["relevant sentences"], (said & true).sum(), said.sum(), true.sum())
        for head, share in gold.shares.items():
            known = share.any(1)
            best = getattr(encoding, head)[known].argmax(1)
            _add(right[head], (share[known][np.arange(known.sum()), best] > 0).sum(), known.sum())
    accuracy = {f"{head} accuracy": round(hit / known, 4) for head, (hit, known) in right.items()}
    return {name: _f1(*c) for name, c in counts.items()} | accuracy


def _retention(encodings: list[Encoding], texts: list[str]) -> dict[str, float]:
    """How far the embeddings of sentences in their document are those of the base model for each sentence alone."""
    tokenizer = load_tokenizer(BASE / "tokenizer.json")
    cut = [text_to_pieces(text, tokenizer) for text in texts]
    wanted = [(k, s) for k, p in enumerate(cut) for s, (a, b) in enumerate(p.bounds) if b - a >= SHORTEST][::2]
    teacher = base_embeddings([(cut[k], s) for k, s in wanted])
    mine = np.stack([encodings[k].embeddings[s] for k, s in wanted])
    pairs = np.triu_indices(len(wanted), 1)
    near_true, near_mine = (teacher @ teacher.T)[pairs], (mine @ mine.T)[pairs]
    best_true = (teacher @ teacher.T - 2 * np.eye(len(wanted))).argmax(1)
    best_mine = (mine @ mine.T - 2 * np.eye(len(wanted))).argsort(1)[:, -5:]
    return {
        "cosine to base": round(float((mine * teacher).sum(1).mean()), 4),
        "spearman of pairs": round(float(np.corrcoef(_ranks(near_true), _ranks(near_mine))[0, 1]), 4),
        "base's nearest among five nearest": round(float((best_true[:, None] == best_mine).any(1).mean()), 4),
    }


def _ranks(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    out = np.empty(len(x))
    out[x.argsort()] = np.arange(len(x))
    return out


def _span(encoding: Encoding, run: Run) -> list[int]:
    return [int(encoding.offsets[run[0], 0]), int(encoding.offsets[run[1] - 1, 1])]


def _log_softmax(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    out: npt.NDArray[np.float32] = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return out


def _add(box: list[int], *values: np.integer[Any]) -> None:
    for k, value in enumerate(values):
        box[k] += int(value)


def _f1(hit: int, said: int, true: int) -> float:
    return round(2 * hit / (said + true), 4) if said + true else 0.0


def score_task(task: str, gold: Path, path: Path, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Run score.py.

    Args:
        task: of score.py.
        gold: file.
        path: where to write the predictions.
        rows: the predictions.

    Returns:
        What it prints.
    """
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scorer = gold.parents[2] / "score/score.py"
    done = subprocess.run(
        [sys.executable, str(scorer), task, str(gold), str(path)], check=True, capture_output=True, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Print the scores of a model folder."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate")
    parser.add_argument("folder", type=Path, nargs="?", default=MODEL)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--work", type=Path, default=ROOT / ".work/evaluate")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    print(json.dumps(scores(Encoder.load(options.folder), data=options.data, work=options.work), indent=1))


if __name__ == "__main__":
    main()
