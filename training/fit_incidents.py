"""Fit the model that keeps or drops the net's role fillers: src/firsthand/mark/incidents/role_weights.json.

    python -m training.fit_incidents [--cache FILE] [--write]

Names are candidates if the net gives them a role at all; a name is right if it is among the strings of the answer key
for its role in that message. The net has seen the training messages and is surer of them than it will be of any other,
so the model is fitted on the dev messages: on those of even number for the figures printed (the odd ones judge), on
all of them for the file that `--write` leaves. Thresholds are those with the best F1 of names on the fitting messages.
"""

import argparse
import json
import pickle
from pathlib import Path

import numpy as np

from firsthand.core.encodings import ROLES
from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.mark.entities import encoding_to_entities
from firsthand.mark.incidents.incidents import order_fillers
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_filters import FEATURES, named_features
from firsthand.mark.incidents.role_spans import encoding_to_proposals, sentence_relevance
from firsthand.mark.incidents.triggers import sentences_to_triggers
from firsthand.mark.ontology import default_ontology

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OUT = ROOT / "src" / "firsthand" / "mark" / "incidents" / "role_weights.json"
SLOTS = {
    "perpetrator_person": ("perp_individual_id",),
    "perpetrator_group": ("perp_organization_id",),
    "target": ("phys_tgt_id",),
    "victim": ("hum_tgt_name", "hum_tgt_description"),
    "weapon": ("incident_instrument_id",),
}


def squash(text):
    return " ".join("".join(c if c.isalnum() else " " for c in text).lower().split())


def gold_names(row):
    """Role → list of sets of strings, one a filler; those that share a string are one, as score.py has it."""
    out = {}
    for role, slots in SLOTS.items():
        out[role] = []
        for incident in row["incidents"]:
            for filler in (f for slot in slots for f in incident["slots"].get(slot, [])):
                names = {squash(s) for s in filler["strings"]} - {""}
                if names and not any(names & other for other in out[role]):
                    out[role].append(names)
    return out


def candidates(row, encoding):
    """(role, features, right, index of the key filler or -1) for each name of a message."""
    document = Document(id=row["id"], by="fit", text=row["text"])
    entities = encoding_to_entities(document, encoding=encoding)
    passages = Passages(document, mentions=entities)
    triggers = sentences_to_triggers(passages.sentences, default_ontology())
    by_order = order_fillers(passages, triggers, ontology=default_ontology())
    fillers = encoding_to_proposals(passages, by_order, encoding=encoding)
    relevance = sentence_relevance(encoding, passages.sentences)
    gold = gold_names(row)
    out = []
    for named, features in named_features(passages, fillers, triggers=triggers, relevance=relevance):
        hit = next((k for k, names in enumerate(gold[named.role]) if squash(named.name) in names), -1)
        out.append((named.role, features, hit >= 0))
    return out


def fit(x, y, strength=1.0, rounds=60):
    """Logistic regression by Newton's method with a ridge on all weights but the bias."""
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], strength)
    ridge[-1] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def matrix(rows):
    x = np.array([[*features, 1.0] for _, features, _ in rows])
    return x, np.array([float(right) for *_, right in rows])


def thresholds(rows, w, needed):
    """By role the least probability to keep, that gives the best F1 over all roles when shared, then tuned by role."""
    x, y = matrix(rows)
    p = 1 / (1 + np.exp(-x @ w))
    roles = np.array([role for role, *_ in rows])
    keep = {}
    for role in ROLES:
        mine = roles == role
        best = (0.0, 0.5)
        for cut in np.arange(0.1, 0.8, 0.02):
            said = mine & (p >= cut)
            hit = y[said].sum()
            best = max(best, (2 * hit / (said.sum() + needed[role]) if said.sum() else 0.0, -abs(cut - 0.4), cut)[0::2])
        keep[role] = round(float(0.5 * best[1] + 0.5 * 0.4), 2)  # pulled to the middle: a hundred messages are few
    return keep


def f1(rows, w, keep, needed):
    x, y = matrix(rows)
    p = 1 / (1 + np.exp(-x @ w))
    said = p >= np.array([keep[role] for role, *_ in rows])
    hit, all_said, all_needed = y[said].sum(), said.sum(), sum(needed.values())
    return hit / max(all_said, 1), hit / all_needed, 2 * hit / (all_said + all_needed)


def show(part, scores):
    print(part, "P/R/F of names", *(f"{x:.3f}" for x in scores))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all dev messages")
    parser.add_argument("--cache", type=Path, help="pickle of encodings by message, made if it is not there")
    args = parser.parse_args()
    messages = [json.loads(line) for line in (SHARED / "data/muc4/dev.jsonl").open(encoding="utf-8")]
    if args.cache and args.cache.exists():
        encodings = pickle.loads(args.cache.read_bytes())  # made by this script
    else:
        found = Encoder.load().encode(m["text"] for m in messages)
        encodings = {m["id"]: e for m, e in zip(messages, found, strict=True)}
        if args.cache:
            args.cache.write_bytes(pickle.dumps(encodings))
    messages = [m for m in messages if m["id"] in encodings]
    by_message = [candidates(m, encodings[m["id"]]) for m in messages]
    names = [gold_names(m) for m in messages]

    def part(chosen):
        rows = [r for k in chosen for r in by_message[k]]
        return rows, {role: sum(len(names[k][role]) for k in chosen) for role in ROLES}

    even, odd = part(range(0, len(messages), 2)), part(range(1, len(messages), 2))
    w = fit(*matrix(even[0]))
    keep = thresholds(even[0], w, even[1])
    print(f"candidates {len(even[0])} + {len(odd[0])}; thresholds of the even ones {keep}")
    show("even", f1(even[0], w, keep, even[1]))
    show("odd", f1(odd[0], w, keep, odd[1]))
    rows, needed = part(range(len(messages)))
    w = fit(*matrix(rows))
    keep = thresholds(rows, w, needed)
    print({name: round(x, 2) for name, x in zip((*FEATURES, "bias"), w, strict=True)}, keep)
    if args.write:
        weights = dict(zip((*FEATURES, "bias"), (round(float(x), 4) for x in w), strict=True))
        OUT.write_text(json.dumps({"weights": weights, "keep": keep}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
