"""Fit the weights of mark/places/weights.py on the even document ids of LGL and TR-News; report on the odd ones.

    python eval/fit_places.py ../shared/data/places            # fit, report
    python eval/fit_places.py ../shared/data/places --write    # and write it to src/firsthand/mark/places/weights.py

Three tables: whether a stretch of text names a place, in ordinary text and in upper-case text (the same documents in
capitals), by logistic regression; and which candidate it means, by a softmax over the candidates of each name, in
three rounds because the features of the second and third depend on the beliefs of the one before.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.core.places import point_distance_km
from firsthand.gazetteers import open_gazetteer
from firsthand.mark.places import places, resolutions
from firsthand.mark.places.names import Lookups, Toponym, text_to_words
from firsthand.mark.places.toponyms import find_nationalities, find_toponyms

CORPORA = {"lgl": 1.0, "trnews": 3.0}
"""Weight of a document of each: TR-News is the kind of text that Firsthand is for, and a fifth of the documents."""
RIDGE_FIND, RIDGE_RESOLVE = 2.0, 0.3
BY_HAND = {"user's own": 8.0, "inside as said": 8.0, "not inside as said": 0.0, "inside the country of the name": -5.0,
           "inside as said, a region's name": 1.0, "not inside as said, a region's name": 0.0}  # fmt: skip
"""What the text says outright is decisive, and there are too few cases in the fitting half to learn that from."""
BY_HAND_FIND = {"before newspaper": -3.0, "after Mr": -6.0, "before surname": -2.5}
"""The corpora mark the town in a newspaper's name, Firsthand does not: it stands for an organisation. The other two are
too rare in them to learn."""
OUT = Path(__file__).parent.parent / "src" / "firsthand" / "mark" / "places" / "weights.py"


def capitals(text: str) -> str:
    """In upper case, code point for code point."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def touches(toponym: Toponym, row: dict[str, Any]) -> dict[str, Any] | None:
    return next((p for p in row["places"] if p["start"] < toponym.end and toponym.start < p["end"]), None)


def fit_toponyms(examples: list[tuple[list[str], bool, float]]) -> dict[str, float]:
    """Logistic regression with a ridge, by Newton's method; the bias is not shrunk."""
    signs = sorted({sign for on, _, _ in examples for sign in on})
    index = {sign: i for i, sign in enumerate(signs)}
    x = np.zeros((len(examples), len(signs) + 1))
    x[:, -1] = 1
    for row, (on, _, _) in enumerate(examples):
        for sign in on:
            x[row, index[sign]] = 1
    y = np.array([gold for _, gold, _ in examples], float)
    weight = np.array([w for _, _, w in examples])
    ridge = np.diag([RIDGE_FIND] * len(signs) + [1e-9])
    w = np.zeros(len(signs) + 1)
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge @ w
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return {sign: round(float(value), 2) for sign, value in zip([*signs, "bias"], w, strict=True)}


def fit_resolutions(samples: list[tuple[list[dict[str, float]], np.ndarray, float]]) -> dict[str, float]:
    """Softmax over candidates, the right ones taken together, with a ridge; by Adam."""
    features = sorted({f for rows, _, _ in samples for row in rows for f in row})
    index = {f: i for i, f in enumerate(features)}
    x = np.zeros((sum(len(rows) for rows, _, _ in samples), len(features)))
    starts, right, weight, at = [], np.zeros(len(x)), [], 0
    for rows, gold, w in samples:
        starts.append(at)
        weight += [w] * len(rows)
        for row, is_right in zip(rows, gold, strict=True):
            for f, value in row.items():
                x[at, index[f]] = value
            right[at] = is_right
            at += 1
    begin, size = np.array(starts), np.diff([*starts, at])
    w, m, v = np.zeros(len(features)), np.zeros(len(features)), np.zeros(len(features))
    for step in range(1, 601):
        scores = x @ w
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, begin), size))
        p = scores / np.repeat(np.add.reduceat(scores, begin), size)
        q = p * right
        q /= np.repeat(np.maximum(np.add.reduceat(q, begin), 1e-12), size)
        gradient = (x.T @ (np.array(weight) * (p - q)) + RIDGE_RESOLVE * w) / len(samples)
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w -= (0.15 if step < 400 else 0.03) * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(value), 2) for f, value in zip(features, w, strict=True) if abs(value) >= 0.02}


def samples_of(documents: Iterable[dict[str, Any]], *, weights: dict[str, float] | None) -> list[Any]:
    samples = []
    for d in documents:
        context = resolutions.names_to_context(d["names"], nationalities=d["nations"]) if weights else None
        for name, gold in zip(d["names"], d["gold"], strict=True):
            if not gold or len(name.candidates) < 2:
                continue
            rows = resolutions.fixed_features(name, lookups=d["lookups"])
            if context is not None:
                rows = [{**r, **resolutions.context_features(name, i, context)} for i, r in enumerate(rows)]
            right = np.zeros(len(rows))
            for p in gold:
                same = [c.id == f"geonames:{p['geonameid']}" for c in name.candidates]
                near = [point_distance_km((c.lat, c.lon), (p["lat"], p["lon"])) < 40 for c in name.candidates]
                right += np.array(same if any(same) else near, float)
            if right.any():
                samples.append((rows, right >= right.max() / 2, d["weight"] * math.sqrt(len(gold))))
    return samples


def main(folder: Path, write: bool) -> None:
    gazetteer = open_gazetteer()
    rows = [(n, r) for n in CORPORA for r in map(json.loads, (folder / f"{n}.jsonl").open(encoding="utf-8"))]
    tables = {}
    found = {}
    for case in ("upper", "mixed"):
        found = {}
        for corpus, row in rows:
            words = text_to_words(capitals(row["text"]) if case == "upper" else row["text"])
            lookups = Lookups(gazetteer)
            found[corpus, row["id"]] = (find_toponyms(words, lookups=lookups), lookups, find_nationalities(words))
        examples = [
            (t.signs, touches(t, row) is not None, CORPORA[corpus])
            for corpus, row in rows
            if int(row["id"]) % 2 == 0
            for t in found[corpus, row["id"]][0]
        ]
        tables[case] = weights = {**fit_toponyms(examples), **BY_HAND_FIND}
        for corpus in CORPORA:
            for odd in (0, 1):
                hits = n = gold = 0
                for name, row in rows:
                    if name == corpus and int(row["id"]) % 2 == odd:
                        taken = [
                            t
                            for t in found[name, row["id"]][0]
                            if weights["bias"] + sum(map(weights.get, t.signs)) >= 0
                        ]
                        hits += sum(touches(t, row) is not None for t in taken)
                        n, gold = n + len(taken), gold + len(row["places"])
                p, r = hits / n, hits / gold
                print(f"{case} {corpus} {'odd' if odd else 'even'}: P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}")
    documents = []
    for corpus, row in rows:
        toponyms, lookups, nations = found[corpus, row["id"]]
        kept = [t for t in toponyms if tables["mixed"]["bias"] + sum(tables["mixed"].get(s, 0) for s in t.signs) >= 0]
        names, keys = places._names(kept, lookups=lookups), places._keys(kept, lookups=lookups)
        gold = defaultdict(list)
        for t, key in zip(kept, keys, strict=True):
            p = touches(t, row)
            if p is not None and "lat" in p:
                gold[key].append(p)
        documents.append(
            {"corpus": corpus, "odd": int(row["id"]) % 2, "lookups": lookups, "nations": nations, "id": row["id"],
             "names": list(names.values()), "gold": [gold[k] for k in names],
             "weight": 2.0 if corpus == "trnews" else 1.0}
        )  # fmt: skip
    weights = None
    for _ in range(3):
        weights = {**fit_resolutions(samples_of((d for d in documents if not d["odd"]), weights=weights)), **BY_HAND}
        for d in documents:
            resolutions.resolve(d["names"], lookups=d["lookups"], nationalities=d["nations"], weights=weights)
    for corpus in CORPORA:
        for odd in (0, 1):
            errors = [
                point_distance_km((c.lat, c.lon), (p["lat"], p["lon"]))
                for d in documents
                if d["corpus"] == corpus and d["odd"] == odd
                for name, gold in zip(d["names"], d["gold"], strict=True)
                if (best := name.best()) is not None and (c := name.candidates[best])
                for p in gold
            ]
            near = sum(e <= 161 for e in errors) / len(errors)
            print(
                f"resolution {corpus} {'odd' if odd else 'even'}: acc@161km {near:.3f} of {len(errors)} with candidates"
            )
    if write:
        OUT.write_text(table_file(tables["mixed"], tables["upper"], weights or {}), encoding="utf-8")


def table_file(mixed: dict[str, float], upper: dict[str, float], resolution: dict[str, float]) -> str:
    def table(name: str, weights: dict[str, float], says: str) -> str:
        body = "".join(f'    "{key}": {value},\n' for key, value in sorted(weights.items()))
        return f'{name}: dict[str, float] = {{\n{body}}}\n"""{says}"""\n'

    return "\n".join([
        '"""Weights of the signs by which names of places are found and resolved: eval/fit_places.py --write.\n\n'
        "Fitted on the even document ids of LGL and TR-News; the odd ids are for reporting. A few are set by hand,\n"
        'see BY_HAND there.\n"""\n',
        table("TOPONYM_WEIGHTS", mixed, "Log-odds that a stretch of text names a place; see mark/places/toponyms.py."),
        table("UPPER_CASE_WEIGHTS", upper, "The same for text in capitals, where they say nothing."),
        table("RESOLUTION_WEIGHTS", resolution, "Of each feature of a candidate; see mark/places/resolutions.py."),
    ])  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--write" in sys.argv)
