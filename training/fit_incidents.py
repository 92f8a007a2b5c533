"""Fit the models that choose who fills an incident's roles: src/firsthand/mark/incidents/role_weights.json.

    python -m training.fit_incidents [--write]

A candidate (role_candidates.py) is right if it is among the strings of the answer key for its role in that message. A
net is surer of messages that it was taught on than of any other, so the second net is trained twice more, each time on
every other training message, and each message is read by the one that did not see it. The dev messages are left for
judging: printed are their role fillers by message (CEAF-REE of score.py, without incidents).
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from firsthand.core.encodings import ROLES
from firsthand.core.records import Document
from firsthand.encoder import MODEL, Encoder
from firsthand.encoder.pieces import load_tokenizer
from firsthand.mark.entities import encoding_to_entities
from firsthand.mark.incidents.incidents import order_fillers
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.relevance import sentence_relevance
from firsthand.mark.incidents.role_candidates import FEATURES, document_to_candidates
from firsthand.mark.incidents.role_filters import RoleWeights, choose, probability
from firsthand.mark.incidents.triggers import sentences_to_triggers
from firsthand.mark.ontology import default_ontology
from training.corpora import ROLE_SLOTS, load_corpora, read_rows
from training.incidents import make_incidents
from training.net import BASE

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WORK = ROOT / ".work"
OUT = ROOT / "src" / "firsthand" / "mark" / "incidents" / "role_weights.json"
FOLDS = 2
RIDGE = 10.0


def squash(text):
    return " ".join("".join(c if c.isalnum() else " " for c in text).lower().split())


def gold_names(row):
    """Role → all strings of its fillers."""
    return {
        role: {
            squash(string)
            for incident in row["incidents"]
            for slot, filled in ROLE_SLOTS.items()
            if filled == role
            for filler in incident["slots"].get(slot, [])
            for string in filler["strings"]
        }
        for role in ROLES
    }


def fold_encoders():
    """One Encoder a fold, its second net taught on the other folds' messages; those in .work are used again."""
    examples = [e for e in load_corpora(SHARED / "data", load_tokenizer(BASE / "tokenizer.json")) if e.corpus == "muc4"]
    encoders = []
    for fold in range(FOLDS):
        folder = WORK / f"fold-{fold}"
        (folder / "float32").mkdir(parents=True, exist_ok=True)
        for name in ("encoder.onnx", "tokenizer.json"):
            shutil.copy(MODEL / name, folder / name)
        others = [e for k, e in enumerate(examples) if k % FOLDS != fold]
        make_incidents(others, model=MODEL, work=folder, out=folder)
        encoders.append(Encoder.load(folder))
    return encoders


def candidates(row, encoding):
    """The candidates of a message, each with whether the answer key has it."""
    document = Document(id=row["id"], by="fit", text=row["text"])
    passages = Passages(document, mentions=encoding_to_entities(document, encoding=encoding))
    triggers = sentences_to_triggers(passages.sentences, default_ontology())
    gold = gold_names(row)
    found = document_to_candidates(
        passages,
        order_fillers(passages, triggers, ontology=default_ontology()),
        encoding=encoding,
        triggers=triggers,
        relevance=sentence_relevance(encoding, passages.sentences),
    )
    return [(c, squash(passages.text[slice(*c.spans[0])])) for c in found], gold


def fit(x, y, strength=RIDGE, rounds=60):
    """Logistic regression by Newton's method with a ridge on all weights but the bias; features of one spread."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    w = np.zeros(z.shape[1])
    ridge = np.full(z.shape[1], strength)
    ridge[-1] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (y - p) - ridge * w
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(ridge), gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return np.append(w[:-1] / spread, w[-1] - (w[:-1] * mean / spread).sum())


def ceaf(messages, found, model):
    """What score.py says of the chosen names."""
    gold, said = WORK / "fit-gold.jsonl", WORK / "fit-said.jsonl"
    with gold.open("w") as right, said.open("w") as ours:
        for message, named in zip(messages, found, strict=True):
            shares = [probability(c, model) for c, _ in named]
            text = {id(c): name for c, name in named}
            roles = {role: [] for role in ROLES}
            for c, _ in choose([c for c, _ in named], shares, keep=model.keep):
                roles[c.role].append({"text": text[id(c)], "mentions_text": [text[id(c)]]})
            right.write(json.dumps(message) + "\n")
            ours.write(json.dumps({"id": message["id"], "incidents": [{"roles": roles}]}) + "\n")
    command = [sys.executable, str(SHARED / "score" / "score.py"), "incident", str(gold), str(said)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    train = read_rows(SHARED / "data/muc4/train.jsonl")
    found = [None] * len(train)
    for fold, encoder in enumerate(fold_encoders()):
        numbers = range(fold, len(train), FOLDS)
        for k, encoding in zip(numbers, encoder.encode(train[k]["text"] for k in numbers), strict=True):
            found[k] = candidates(train[k], encoding)
    weights = {}
    for role in ROLES:
        rows = [(c.features, name in gold[role]) for named, gold in found for c, name in named if c.role == role]
        w = fit(np.array([x for x, _ in rows]), np.array([float(right) for _, right in rows]))
        weights[role] = tuple(round(float(v), 5) for v in w)
        print(f"{role}: {len(rows)} candidates, {sum(right for _, right in rows)} right")
    named = [n for n, _ in found]
    best = (0.0, 0.3)
    for cut in np.arange(0.2, 0.42, 0.02):
        model = RoleWeights(weights=weights, keep=dict.fromkeys(ROLES, float(cut)))
        best = max(best, (ceaf(train, named, model)["CEAF-REE"]["all"]["f1"], round(float(cut), 2)))
    print(f"on the training messages F1 {best[0]} at {best[1]}")
    model = RoleWeights(weights=weights, keep=dict.fromkeys(ROLES, best[1]))
    dev = read_rows(SHARED / "data/muc4/dev.jsonl")
    marked = [candidates(m, e)[0] for m, e in zip(dev, Encoder.load().encode(m["text"] for m in dev), strict=True)]
    scores = ceaf(dev, marked, model)
    for name in ("CEAF-REE", "CEAF-REE as published"):
        print("dev", name, {role: score["f1"] for role, score in scores[name].items()}, scores[name]["all"])
    if args.write:
        table = {role: dict(zip((*FEATURES, "bias"), w, strict=True)) for role, w in weights.items()}
        OUT.write_text(json.dumps({"weights": table, "keep": model.keep}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
