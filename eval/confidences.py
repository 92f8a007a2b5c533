"""Where the confidence slot of MUC-4 is lost: not aligned, group not found, wrong class; majority and oracle.

    python eval/confidences.py [ROWS.jsonl]

ROWS is what `firsthand mark` wrote for the MUC-4 dev messages; by default what `eval/run.py --only muc4-dev` left. It
counts as score.py counts. The majority gives every group found "reported as fact", the oracle the right class.
"""

import sys
from collections import Counter
from pathlib import Path

from scorer import SHARED, align, score

ROOT = Path(__file__).resolve().parents[1]
MAJORITY = "reported as fact"


def main() -> None:
    gold = score.load(SHARED / "data/muc4/dev.jsonl")
    rows = score.load(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".work/eval/muc4-dev.jsonl")
    said, wanted, right = 0, 0, Counter()
    lost, spurious, confusion = Counter(), Counter(), Counter()
    for key, message in gold.items():
        ours = rows.get(key, {}).get("incidents", [])
        theirs = [score.gold_incident(x) for x in message["incidents"]]
        anywhere = set().union(*(names for x in theirs for names, _ in x["confidence"]))
        found = set().union(*(score.strings(e) for x in ours for e in groups(x)))
        aligned = align(ours, theirs)
        for j, incident in enumerate(theirs):
            if not incident["optional"] and incident["confidence"] and j not in {right for _, right in aligned}:
                wanted += 1
                lost["incident not aligned"] += 1
        for i, j in aligned:
            mine = [(score.strings(e), e["confidence"]) for e in groups(ours[i])]
            key_groups = [(names, classes) for names, classes in theirs[j]["confidence"] if classes]
            said, wanted = said + len(mine), wanted + len(key_groups)
            for label, classes in (
                ("ours", None),
                ("majority", {MAJORITY}),
                ("oracle", set(score.CONFIDENCE.values())),
            ):
                edges = [[k for k, (n, c) in enumerate(key_groups) if s & n and (classes or {v}) & c] for s, v in mine]
                right[label] += score.matching(edges, len(mine))
            for names, value in mine:
                hit = next((c for n, c in key_groups if names & n), None)
                if hit:
                    confusion["|".join(sorted(hit)), value] += 1
                elif names & anywhere:
                    spurious["group of another incident"] += 1
                else:
                    spurious["no group of the message"] += 1
            for names, _ in key_groups:
                if not any(names & s for s, _ in mine):
                    lost["group in another of our incidents" if names & found else "group not found"] += 1
    print(
        f"{wanted} in the key, {said} said; F1 "
        + ", ".join(f"{k} {2 * n / (wanted + said):.3f}" for k, n in right.items())
    )
    print("lost:", dict(lost))
    print("spurious:", dict(spurious))
    for (theirs, mine), count in sorted(confusion.items()):
        print(f"  {theirs:<40} {mine:<24} {count}")


def groups(row):
    return [e for e in row.get("roles", {}).get("perpetrator_group", []) if e.get("confidence")]


if __name__ == "__main__":
    main()
