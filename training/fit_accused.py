"""Fit who is written down for which act, and how surely: accused_weights.json and confidence_weights.json.

    python -m training.fit_accused [--write]

A group that a MUC-4 training message may name (groups.py) and an act of it that the answer key has are one example:
right if the key gives the act one of the group's names, and then with the key's confidence. Each message is read by the
net that was not taught on it (fit_incidents.py). Printed are, for messages that the fitted models have not seen, the F1
of naming groups, the threshold that is best there, and how often the confidence is right; then the same on dev. Takes
two minutes once the nets of the parts are in .work.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from eval.scorer import SHARED, align, score

from firsthand.core.encodings import CONFIDENCES
from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import document_to_credits, mark, markup_to_incident_rows
from firsthand.mark.incidents.accused import SIGNS, accused_signs, rivals
from firsthand.mark.incidents.confidence_signs import SIGNS as CONFIDENCE_SIGNS
from firsthand.mark.incidents.confidence_signs import Report, group_to_signs
from firsthand.mark.incidents.incidents import act_span, document_to_reading
from firsthand.mark.times.datings import document_to_dating
from training.corpora import read_rows
from training.fit_incidents import fit, fold_encoders

OUT = Path(__file__).resolve().parents[1] / "src" / "firsthand" / "mark" / "incidents"
PARTS = 5
RIDGE = 20.0
"""Least loss and most right on training messages not seen, of 5 to 40, over eight ways to cut them in eight parts."""


@dataclass
class Example:
    """A group and an act of one message."""

    message: int
    signs: tuple[float, ...]
    confidence_signs: tuple[float, ...]
    named: bool
    classes: list[str]


def message_to_examples(number, message, encoding, gazetteer):
    """The groups × the acts that the key has, and how many groups the key has."""
    document = Document(id=str(message["id"]), by="fit", text=message["text"])
    marked = mark(document, encoding=encoding, gazetteer=gazetteer)
    reading = document_to_reading(
        document,
        encoding=encoding,
        mentions=[m for m in marked.mentions if m.kind != "incident"],
        attributions=marked.attributions,
        dating=document_to_dating(document, document_to_credits(document)).published,
    )
    acts = {tuple(act_span(act)): act for act in reading.acts}
    ours = markup_to_incident_rows(document, marked)
    gold = [score.gold_incident(x) for x in message["incidents"]]
    aligned = align(ours, gold)
    pairs = [(acts[tuple(ours[i]["span"])], gold[j]["confidence"]) for i, j in aligned]
    report = Report(reading.passages)
    examples = []
    for act, key in pairs:
        for group in reading.groups:
            names = set(map(score.squash, group.names))
            around = group_to_signs(report, act, group=group, others=rivals(group, reading.groups))
            hits = [classes for strings, classes in key if strings & names]
            examples.append(
                Example(
                    message=number,
                    signs=accused_signs(act, group, reading.groups, around=around),
                    confidence_signs=around,
                    named=bool(hits),
                    classes=sorted(hits[0]) if hits else [],
                )
            )
    found = {j for _, j in aligned}
    wanted = sum(
        sum(bool(classes) for _, classes in incident["confidence"])
        for j, incident in enumerate(gold)
        if j in found or not incident["optional"]
    )
    return examples, wanted


def read_split(split, encoders):
    """All examples of a split, and how many groups its keys have."""
    rows, gazetteer = read_rows(SHARED / f"data/muc4/{split}.jsonl"), open_gazetteer(())
    examples, wanted = [], 0
    for part, encoder in enumerate(encoders):
        numbers = range(part, len(rows), len(encoders))
        for k, encoding in zip(numbers, encoder.encode(rows[k]["text"] for k in numbers), strict=True):
            mine, more = message_to_examples(k, rows[k], encoding, gazetteer)
            examples += mine
            wanted += more
    return examples, wanted


def fit_named(examples):
    return fit(np.array([e.signs for e in examples]), np.array([float(e.named) for e in examples]))


def named_shares(weights, examples):
    return 1 / (1 + np.exp(-(np.array([e.signs for e in examples]) @ weights[:-1] + weights[-1])))


def best(shares, examples, wanted):
    """The F1 of naming all pairs from the best threshold on, and that threshold."""
    order = np.argsort(-shares)
    right = np.cumsum([examples[k].named for k in order])
    f1 = 2 * right / (wanted + np.arange(1, len(order) + 1))
    at = int(f1.argmax())
    return f"F1 {f1[at]:.3f} from {shares[order[at]]:.2f} on, {at + 1} named, {right[at]} right of {wanted}"


def fit_confidence(examples, rounds=200):
    """Multinomial logistic regression with a ridge on all weights but the bias; features of one spread.

    Böhning's bound on the curvature makes every step one product of matrices.
    """
    x = np.array([e.confidence_signs for e in examples])
    y = np.array([[(name in e.classes) / len(e.classes) for name in CONFIDENCES] for e in examples])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    penalty = np.full((z.shape[1], 1), RIDGE)
    penalty[-1] = 1e-3
    inverse = np.linalg.inv(z.T @ z / 2 + np.diag(penalty[:, 0]))
    w = np.zeros((z.shape[1], y.shape[1]))
    for _ in range(rounds):
        s = np.exp(z @ w - (z @ w).max(1, keepdims=True))
        w += inverse @ (z.T @ (y - s / s.sum(1, keepdims=True)) - penalty * w)
    return np.vstack([w[:-1] / spread[:, None], w[-1] - (w[:-1] * (mean / spread)[:, None]).sum(0)])


def right_confidences(w, examples):
    """Whether the key accepts the likeliest confidence of each example."""
    likeliest = (np.array([e.confidence_signs for e in examples]) @ w[:-1] + w[-1]).argmax(1)
    return [CONFIDENCES[k] in e.classes for k, e in zip(likeliest, examples, strict=True)]


def classed(examples):
    return [e for e in examples if e.classes]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    train, wanted = read_split("train", fold_encoders())
    shares, right = np.zeros(len(train)), []
    for part in range(PARTS):
        seen = [e for e in train if e.message % PARTS != part]
        mine = [k for k, e in enumerate(train) if e.message % PARTS == part]
        shares[mine] = named_shares(fit_named(seen), [train[k] for k in mine])
        right += right_confidences(fit_confidence(classed(seen)), classed([train[k] for k in mine]))
    print("train, messages not seen:", best(shares, train, wanted))
    print(f"  confidence right {np.mean(right):.3f} of {len(right)}")
    named, confidence = np.round(fit_named(train), 5), np.round(fit_confidence(classed(train)), 5)
    dev, wanted = read_split("dev", [Encoder.load()])
    print("dev:", best(named_shares(named, dev), dev, wanted))
    print(f"  confidence right {np.mean(right_confidences(confidence, classed(dev))):.3f} of {len(classed(dev))}")
    for split, examples in (("train", train), ("dev", dev)):
        always = np.mean(["reported as fact" in e.classes for e in classed(examples)])
        print(f"  always 'reported as fact', {split}: {always:.3f}")
    if args.write:
        table = dict(zip((*SIGNS, "bias"), map(float, named), strict=True))
        (OUT / "accused_weights.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
        rows = {
            name: dict(zip((*CONFIDENCE_SIGNS, "bias"), map(float, confidence[:, k]), strict=True))
            for k, name in enumerate(CONFIDENCES)
        }
        (OUT / "confidence_weights.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
