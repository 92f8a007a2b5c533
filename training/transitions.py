"""Counts how tags of attributions follow each other in PolNeAR's train articles.

Writes src/firsthand/mark/attributions/transitions.tsv.

`python -m training.transitions [--out FILE]`: a few seconds, no net.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np

from firsthand.core.records import Document
from firsthand.mark.attributions.quotations import text_to_quotations
from firsthand.mark.attributions.transitions import TABLE, TAGS, general_forms, words_to_gaps
from firsthand.mark.taggings import Words, document_to_paragraphs

ROOT = Path(__file__).parent.parent
FEWEST = 500
"""Words that a pair of classes must have been seen before to be written; rarer ones fall back on their general form."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(prog="python -m training.transitions")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="the gold data")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    counts: dict[tuple[str, str, str], np.ndarray] = defaultdict(lambda: np.zeros((TAGS, TAGS), np.int64))
    for line in (options.data / "polnear/train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        document = Document(id="", by="", text=row["text"])
        paragraphs = document_to_paragraphs(document)
        words = _words(document.text, paragraphs)
        tags = [0] * len(words.starts)
        for attribution in row["attributions"]:
            for k, role in enumerate(("source", "cue", "content")):
                for start, end in attribution[role]:
                    first, last = np.searchsorted(words.starts, (start, end)).tolist()
                    tags[first:last] = [2 * k + 1, *[2 * k + 2] * (last - first - 1)][: last - first]
        quotations = text_to_quotations(document.text, paragraphs=paragraphs)
        gaps, numbers = words_to_gaps(document.text, words=words, quotations=quotations)
        for number, before, after in zip(numbers, [0, *tags], tags, strict=False):
            for form in general_forms(gaps[number]):
                counts[form][before, after] += 1
    lines = ["# Made by training/transitions.py: class before, class, quoted, then counts of tag before and tag after."]
    for form, matrix in sorted(counts.items()):
        if matrix.sum() >= FEWEST and form[0] != "^":
            cells = " ".join(f"{a}{b}:{matrix[a, b]}" for a, b in np.argwhere(matrix))
            lines.append("\t".join((*form, cells)))
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(lines)} lines, {options.out.stat().st_size} bytes")


def _words(text: str, paragraphs: list[tuple[int, int]]) -> Words:
    spans = np.array([m.span() for m in _WORD.finditer(text)], np.int64).reshape(-1, 2)
    breaks = np.zeros(len(spans), np.bool_)
    for start, _ in paragraphs:
        first = int(np.searchsorted(spans[:, 0], start))
        breaks[first : first + 1] = True
    none = np.zeros(len(spans), np.bool_)
    return Words(starts=spans[:, 0], ends=spans[:, 1], pieces=np.arange(len(spans) + 1), breaks=breaks, unmarked=none)


if __name__ == "__main__":
    main()
