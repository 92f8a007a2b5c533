"""Fit the model of how surely a group is named: src/firsthand/mark/incidents/confidence_weights.json.

    python -m training.fit_confidence [--write]

Each group that the answer key of a MUC-4 training message has for an act that Firsthand finds is one example; where it
is named is looked up by the key's strings. The signs (confidence_signs.py) come from word lists and from attributions,
which PolNeAR taught, so that messages which the incident heads were taught on can be used. Printed are the accuracy in
eight parts, each judged by a model that has not seen it, beside always "reported as fact"; how often an act shares a
group with the rest of its message (accused.OWN and the others); and the accuracy on dev. Takes three minutes; needs no
torch.
"""

import argparse
import json
import re
import zlib
from pathlib import Path

import numpy as np
from eval.scorer import SHARED, align, score

from firsthand.core.encodings import CONFIDENCES
from firsthand.core.records import Document
from firsthand.core.spans import overlaps
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import document_to_credits, mark, markup_to_incident_rows
from firsthand.mark.incidents.confidence_signs import SIGNS, ConfidenceWeights, Report, group_to_signs, signs_to_shares
from firsthand.mark.incidents.incidents import act_span, document_to_reading, order_fillers
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.triggers import sentences_to_triggers
from firsthand.mark.ontology import default_ontology
from firsthand.mark.times.datings import document_to_dating

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "firsthand" / "mark" / "incidents" / "confidence_weights.json"
PARTS = 8
RIDGE = 40.0


def read_messages(split):
    """The messages whose key names a group."""
    with (SHARED / f"data/muc4/{split}.jsonl").open(encoding="utf-8") as rows:
        messages = [json.loads(row) for row in rows]
    return [m for m in messages if any(i["slots"].get("perp_organization_confidence") for i in m["incidents"])]


def message_to_examples(message, encoding, gazetteer):
    """(signs, acceptable confidences) of each group of each act found; and how act and group stand together."""
    document = Document(id=str(message["id"]), by="fit", text=message["text"])
    marked = mark(document, encoding=encoding, gazetteer=gazetteer)
    reading = document_to_reading(
        document,
        encoding=encoding,
        mentions=[m for m in marked.mentions if m.kind != "incident"],
        attributions=marked.attributions,
        dating=document_to_dating(document, document_to_credits(document)).published,
    )
    by_span = {tuple(act_span(act)): act for act in reading.acts}
    gold = [score.gold_incident(x) for x in message["incidents"]]
    ours = markup_to_incident_rows(document, marked)
    groups = []
    for names, _ in (pair for incident in gold for pair in incident["confidence"]):
        fillers = key_to_fillers(reading, names)
        if fillers and not any(names & other for other, _ in groups):
            groups.append((names, fillers))
    report = Report(reading.passages, marked.attributions)
    examples, together = [], []
    for i, j in align(ours, gold):
        act = by_span.get(tuple(ours[i]["span"]))
        if act is None:
            continue
        gaps = [min(abs(f.sentence - n) for f in fillers for n in act.sentences) for _, fillers in groups]
        for (names, fillers), gap in zip(groups, gaps, strict=True):
            classes = next((c for n, c in gold[j]["confidence"] if n & names), None)
            where = "own" if gap == 0 else "rival" if 0 in gaps else "next" if gap == 1 else "far"
            together.append((where, classes is not None))
            if classes:
                name = document.text[slice(*fillers[0].span)]
                signs = group_to_signs(report, act, name=name, fillers=fillers, others=len(groups) - 1)
                examples.append((signs, classes))
    return examples, together


def key_to_fillers(reading, names):
    """Where the key's strings for a group stand, as fillers."""
    passages = reading.passages
    triggers = sentences_to_triggers(passages.sentences, default_ontology())
    order = [f for f in order_fillers(passages, triggers, ontology=default_ontology()) if f.role == "perpetrator_group"]
    found = {}
    for name in filter(None, names):
        for match in re.finditer(rf"\b{name.replace(' ', '[^a-z0-9]+')}\b", passages.text, re.IGNORECASE):
            number = passages.number(match.start())
            if number is not None:
                found[match.span()] = Filler(
                    role="perpetrator_group",
                    span=match.span(),
                    sentence=number,
                    score=1.0,
                    cue=next((o.cue for o in order if overlaps(o.span, match.span())), ""),
                )
    return [found[span] for span in sorted(found)]


def fit(x, y, ridge=RIDGE, rounds=200):
    """Multinomial logistic regression with a ridge on all weights but the bias; features of one spread.

    Böhning's bound on the curvature makes every step one product of matrices.
    """
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    penalty = np.full((z.shape[1], 1), ridge)
    penalty[-1] = 1e-3
    inverse = np.linalg.inv(z.T @ z / 2 + np.diag(penalty[:, 0]))
    w = np.zeros((z.shape[1], y.shape[1]))
    for _ in range(rounds):
        s = np.exp(z @ w - (z @ w).max(1, keepdims=True))
        w += inverse @ (z.T @ (y - s / s.sum(1, keepdims=True)) - penalty * w)
    return np.vstack([w[:-1] / spread[:, None], w[-1] - (w[:-1] * (mean / spread)[:, None]).sum(0)])


def to_weights(w):
    return ConfidenceWeights(
        weights={name: tuple(round(float(v), 5) for v in w[:, k]) for k, name in enumerate(CONFIDENCES)}
    )


def accuracy(examples, weights):
    """Share of the examples whose likeliest confidence the key accepts."""
    said = [signs_to_shares(signs, weights=weights) for signs, _ in examples]
    return sum(
        max(shares, key=shares.get) in classes for shares, (_, classes) in zip(said, examples, strict=True)
    ) / len(examples)


def read_split(split, encoder, gazetteer):
    messages = read_messages(split)
    examples, parts, together = [], [], []
    for message, encoding in zip(messages, encoder.encode(m["text"] for m in messages), strict=True):
        mine, pairs = message_to_examples(message, encoding, gazetteer)
        examples += mine
        parts += [zlib.crc32(str(message["id"]).encode()) % PARTS] * len(mine)
        together += pairs
    return examples, np.array(parts), together


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    encoder, gazetteer = Encoder.load(), open_gazetteer(())
    examples, parts, together = read_split("train", encoder, gazetteer)
    x = np.array([signs for signs, _ in examples])
    y = np.array([[(name in classes) / len(classes) for name in CONFIDENCES] for _, classes in examples])
    print(f"train: {len(examples)} groups, always 'reported as fact' {(y[:, 0] > 0).mean():.3f}")
    right = sum(
        accuracy(
            [examples[k] for k in np.flatnonzero(parts == part)], to_weights(fit(x[parts != part], y[parts != part]))
        )
        * (parts == part).sum()
        for part in set(parts.tolist())
    )
    print(f"train, messages not seen: {right / len(examples):.3f}")
    for where in ("own", "next", "far", "rival"):
        hits = [hit for place, hit in together if place == where]
        print(f"an act has a group of its message, {where}: {np.mean(hits):.2f} of {len(hits)}")
    weights = to_weights(fit(x, y))
    dev, _, _ = read_split("dev", encoder, gazetteer)
    always = sum("reported as fact" in classes for _, classes in dev) / len(dev)
    print(f"dev: {len(dev)} groups, always 'reported as fact' {always:.3f}, signs {accuracy(dev, weights):.3f}")
    if args.write:
        table = {name: dict(zip((*SIGNS, "bias"), row, strict=True)) for name, row in weights.weights.items()}
        OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
