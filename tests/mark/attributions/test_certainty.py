"""Source kinds and factuality on invented sentences with their spans given: the rules by themselves, without the net.

python tests/mark/attributions/test_certainty.py     prints the scores and what is wrong
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from brackets import document, encoding, read_brackets
from firsthand.mark.attributions.attributions import encoding_to_attributions

FILE = Path(__file__).parent / "certainty" / "sentences.txt"
FLOORS = {"kind": 0.96, "factuality": 0.96}
"""Kind .933 and factuality .967 when the rules first met the sentences; two rules were mended on what they showed."""


def scored() -> dict[str, list[tuple[str, str, str]]]:
    """Per measure (sentence, wanted, found), "none" where no attribution was found."""
    out: dict[str, list[tuple[str, str, str]]] = {"kind": [], "factuality": []}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        wanted, _, marked = line.partition(" | ")
        kind, _, factuality = wanted.rpartition(" ")
        read = read_brackets(marked)
        found = encoding_to_attributions(document(read.text), encoding=encoding(read), entities=[])
        first = next((a for a in found if a.within is None), None)
        out["kind"].append((read.text, kind, first.source_kind if first else "none"))
        out["factuality"].append((read.text, factuality, (first.factuality or "none") if first else "none"))
    return out


def test_source_kinds_and_factuality_keep_their_scores() -> None:
    for measure, rows in scored().items():
        assert len(rows) >= 40
        assert sum(wanted == found for _, wanted, found in rows) / len(rows) >= FLOORS[measure]


if __name__ == "__main__":
    for measure, rows in scored().items():
        wrong = [row for row in rows if row[1] != row[2]]
        print(f"{measure}: {len(rows) - len(wrong)} of {len(rows)} right")  # noqa: T201
        for text, wanted, found in wrong:
            print(f"    {wanted} wanted, {found} found: {text}")  # noqa: T201
