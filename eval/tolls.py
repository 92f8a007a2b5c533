"""Tolls against MUC-4's keys: are the numbers that a key gives for its victims among those found?

    python eval/tolls.py [train|dev]

A key gives a number for each victim and what became of them. Counted are the exact numbers of two and more of victims
with one effect, death or injury. One is found if the message has a toll of it for that effect, or of its sum with other
numbers of the key: keys number each class of victims apart, "four soldiers and two civilians" are one toll of six. What
is found beyond the keys is not counted: they leave out clashes, and what is told in the background.
"""

import json
import sys
from collections import Counter
from itertools import combinations

from scorer import SHARED

from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import mark
from firsthand.read import row_to_document

EFFECTS = {"DEATH": "killed", "INJURY": "injured"}


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else "train"
    with (SHARED / f"data/muc4/{part}.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if any(key_numbers(row))]
    documents = [row_to_document({"id": row["id"], "text": row["text"]}) for row in rows]
    wanted, found = Counter(), Counter()
    with open_gazetteer(()) as gazetteer:
        for row, document, encoding in zip(
            rows, documents, Encoder.load().encode(d.text for d in documents), strict=True
        ):
            told = {(s.property, s.value) for s in mark(document, encoding=encoding, gazetteer=gazetteer).statements}
            for numbers in key_numbers(row):
                for effect, number in numbers:
                    others = [n for e, n in numbers if e == effect]
                    others.remove(number)
                    sums = {number + sum(some) for k in range(len(others) + 1) for some in combinations(others, k)}
                    wanted[effect] += 1
                    found[effect] += any((effect, str(total)) in told for total in sums)
    for effect in sorted(wanted):
        share = found[effect] / wanted[effect]
        print(f"{effect}: {found[effect]} of {wanted[effect]} numbers of the keys found ({share:.3f})")


def key_numbers(row: dict) -> list[list[tuple[str, int]]]:
    """Per incident of a message: (killed or injured, number) of its victims, at most eight."""
    return [numbers for incident in row["incidents"] if (numbers := _numbers(incident["slots"]))]


def _numbers(slots: dict) -> list[tuple[str, int]]:
    effects: dict[frozenset[str], set[str]] = {}
    for filler in slots.get("hum_tgt_effect_of_incident", []):
        effects.setdefault(frozenset(filler["strings"]), set()).update(filler.get("classes", []))
    numbers = []
    for filler in slots.get("hum_tgt_number", []):
        number, effect = filler["classes"][0], effects.get(frozenset(filler["strings"]), set())
        if number.isdigit() and int(number) > 1 and len(effect) == 1 and (name := EFFECTS.get(next(iter(effect)))):
            numbers.append((name, int(number)))
    return numbers[:8]


if __name__ == "__main__":
    main()
