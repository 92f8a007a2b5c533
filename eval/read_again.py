"""How often the second net reads again, and what it would miss, by the thresholds of `firsthand.encoder`.

    python eval/read_again.py [--polnear 250]

Neither dev nor test sets are looked at: MUC-4 train has messages with incidents and without, PolNeAR train is ordinary
news. Prints, for pairs of thresholds (least relevance of a sentence, least probability of a role), the share of
messages read again: of those with incidents in the key that `mark` finds when all is read again, of those without, of
news.
"""

from __future__ import annotations

import argparse
import json
from itertools import product
from pathlib import Path

import numpy as np

from firsthand import encoder as module
from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import mark, markup_to_incident_rows

DATA = Path(__file__).parents[2] / "shared/data"
PAIRS = tuple(product((0.1, 0.2, 0.3), (0.0, 0.2, 0.3, 0.4, 0.5)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=int, default=250, help="articles of PolNeAR train")
    options = parser.parse_args()
    signs: list[tuple[float, float]] = []

    def watch(tokens: np.ndarray, rows: np.ndarray) -> bool:
        signs.append(module.likeliest(tokens, rows))
        return True

    module.read_again = watch
    encoder = Encoder.load(threads=1)
    shares: dict[str, list[list[bool]]] = {}
    with open_gazetteer(()) as gazetteer:
        for path, most in (("muc4/train.jsonl", None), ("polnear/train.jsonl", options.polnear)):
            for line in (DATA / path).read_text(encoding="utf-8").splitlines()[:most]:
                row = json.loads(line)
                signs.clear()
                (encoding,) = encoder.encode([row["text"]])
                document = Document(id=row["id"], by="eval", text=row["text"])
                group = "news"
                if path.startswith("muc4"):
                    found = markup_to_incident_rows(
                        document, mark(document, encoding=encoding, gazetteer=gazetteer), muc4=True
                    )
                    group = (
                        "incidents" if row["incidents"] and found else "missed anyway" if row["incidents"] else "none"
                    )
                shares.setdefault(group, []).append([any(a >= x and b >= y for a, b in signs) for x, y in PAIRS])
    print("relevant  filled " + "".join(f"{group:>15}" for group in shares))
    means = {group: np.mean(rows, 0) for group, rows in shares.items()}
    for k, (x, y) in enumerate(PAIRS):
        print(f"{x:8} {y:7} " + "".join(f"{mean[k]:15.3f}" for mean in means.values()))
    print("messages: " + ", ".join(f"{group} {len(rows)}" for group, rows in shares.items()))


if __name__ == "__main__":
    main()
