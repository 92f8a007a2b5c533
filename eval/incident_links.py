"""Incident linking across documents, on clusters derived from MUC-4's answer keys.

    python eval/incident_links.py [dev|train|both]

How the test is derived: two incidents of the keys, in different messages, are one if they are of one type, their
locations do not contradict (one path begins with the other), they share a victim or target string, and either both give
one exact date and it is the same, or one gives only a latest date ("- 18 AUG 89") that the other does not contradict
and the string shared is telling: a victim's name of two words or more, or a string of which four in five exactly dated
keys (three at least, in dev and train) give one day. The transitive closure gives the true clusters.

How linking is scored: messages are marked and linked as in a build. Each message's incidents are aligned with its keys
as score.py does. Over the aligned incidents B³ and pairwise precision, recall and F1 compare predicted with true
clusters.
`singletons` is what one gets by linking nothing. Needs ../shared.
"""

import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.link import link
from firsthand.mark import mark, markup_to_incident_rows

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(SHARED / "score"))
import score  # noqa: E402


def keys_of(row):
    """What the derivation needs of a message's keys."""
    out = []
    for incident in row["incidents"]:
        gold = score.gold_incident(incident)
        slots = incident["slots"]
        printed = [v for f in slots.get("incident_date", []) for v in f["values"]]
        names = {score.squash(s) for f in slots.get("hum_tgt_name", []) for s in f["strings"]}
        strings = {s for role in ("victim", "target") for filler, _ in gold["roles"][role] for s in filler}
        exact = len(printed) == 1 and " - " not in printed[0] and not printed[0].startswith("-")
        out.append(
            {
                "types": gold["types"],
                "place": gold["place"],
                "date": gold["dates"][0] if gold["dates"] else None,
                "exact": exact,
                "names": {n for n in names if " " in n},
                "strings": {s for s in strings if len(s) > 3},
                "gold": gold,
            }
        )
    return out


def same(a, b, telling):
    """Whether two keys are one incident; see the module."""
    if not a["types"] & b["types"] or not a["date"] or not b["date"]:
        return False
    short, long = sorted((a["place"], b["place"]), key=len)
    if long[: len(short)] != short or not a["strings"] & b["strings"]:
        return False
    if a["exact"] and b["exact"]:
        return a["date"] == b["date"]
    if not a["names"] & b["names"] and not a["strings"] & b["strings"] & telling:
        return False
    return all(not (x["exact"] and not y["exact"] and x["date"] > y["date"]) for x, y in ((a, b), (b, a)))


def telling_strings():
    """Victim and target strings of which most exactly dated keys give one day."""
    days = defaultdict(list)
    for name in ("dev", "train"):
        for line in (SHARED / f"data/muc4/{name}.jsonl").open(encoding="utf-8"):
            for key in keys_of(json.loads(line)):
                for string in key["strings"] if key["exact"] else ():
                    days[string].append(key["date"])
    return {
        string
        for string, found in days.items()
        if len(found) > 2 and Counter(found).most_common(1)[0][1] >= 0.8 * len(found)
    }


def true_clusters(rows):
    """(message, number of key) → cluster."""
    telling = telling_strings()
    keys = {(row["id"], k): key for row in rows for k, key in enumerate(keys_of(row))}
    parent = {key: key for key in keys}

    def root(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    by_string = defaultdict(list)
    for name, key in keys.items():
        for string in key["strings"]:
            by_string[string].append(name)
    for group in by_string.values():
        for a, b in combinations(group, 2):
            if a[0] != b[0] and same(keys[a], keys[b], telling):
                parent[root(a)] = root(b)
    return keys, {key: root(key) for key in keys}


def align(rows, gold):
    """Pairs (predicted number, gold number) of one message, greedily by agreement, as score.py aligns."""
    scored = sorted(
        ((score.agree(a, b), i, j) for i, a in enumerate(rows) for j, b in enumerate(gold)), key=lambda t: -t[0]
    )
    used_p, used_g, pairs = set(), set(), []
    for value, i, j in scored:
        if value > 0 and i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            pairs.append((i, j))
    return pairs


def measure(items):
    """B³ and pair scores of (predicted cluster, true cluster) pairs."""
    predicted, truth, both = Counter(p for p, _ in items), Counter(t for _, t in items), Counter(items)
    n = len(items)
    precision = sum(v * v / predicted[p] for (p, _), v in both.items()) / n
    recall = sum(v * v / truth[t] for (_, t), v in both.items()) / n

    def pairs(counts):
        return sum(v * (v - 1) // 2 for v in counts.values())

    hit, said, true = pairs(both), pairs(predicted), pairs(truth)
    p, r = hit / said if said else 0.0, hit / true if true else 0.0
    return {
        "B3": [round(x, 3) for x in (precision, recall, f1(precision, recall))],
        "pairs": [round(x, 3) for x in (p, r, f1(p, r))],
        "mentions": n,
        "true pairs": true,
        "said pairs": said,
    }


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def main(split="dev"):
    names = ("dev", "train") if split == "both" else (split,)
    rows = [json.loads(x) for n in names for x in (SHARED / f"data/muc4/{n}.jsonl").open(encoding="utf-8")]
    keys, cluster = true_clusters(rows)
    documents = [Document(id=row["id"], by="eval", text=row["text"]) for row in rows]
    encoder = Encoder.load()
    markups = []
    with open_gazetteer(()) as gazetteer:
        for document, encoding in zip(documents, encoder.encode(d.text for d in documents), strict=True):
            markups.append(mark(document, encoding=encoding, gazetteer=gazetteer))
    report(rows, documents, markups, keys, cluster)


def report(rows, documents, markups, keys, cluster):
    """Link and print the scores."""
    published = {s.span.doc: s.value for m in markups for s in m.statements if s.property == "published"}
    dated = [Document(id=d.id, by=d.by, text=d.text, published=published.get(d.id) or d.published) for d in documents]
    linked = link(
        dated,
        marked=tuple(
            [x for m in markups for x in getattr(m, part)] for part in ("mentions", "attributions", "statements")
        ),
    )
    entity = {member: e.id for e in linked.entities if e.kind == "incident" for member in e.members}
    items, alone = [], []
    for row, document, markup in zip(rows, documents, markups, strict=True):
        told = [m for m in markup.mentions if m.kind == "incident"]
        shown = markup_to_incident_rows(document, markup)
        by_span = {(m.span.start, m.span.end, m.value): m.id for m in told}
        gold = [keys[row["id"], k]["gold"] for k in range(len(row["incidents"]))]
        for i, j in align(shown, gold):
            mention = by_span[(*shown[i]["span"], shown[i]["kind"])]
            items.append((entity[mention], cluster[row["id"], j]))
            alone.append((mention, cluster[row["id"], j]))
    sizes = Counter(cluster.values())
    print(json.dumps({"keys": len(keys), "clusters of two or more": sum(n > 1 for n in sizes.values())}))
    print("linked    ", json.dumps(measure(items)))
    print("singletons", json.dumps(measure(alone)))


if __name__ == "__main__":
    main(*sys.argv[1:])
