"""Copy tracing side by side with MinHash: time, memory and pair F1 on generated documents.

    bench_trace.py [--sizes 1000,10000,50000,200000] [--tools trace,datasketch,rensa] [--threshold 0.4]

Every run is a process of its own, so that its peak memory is its own. All tools read the same texts and, MinHash, the
same shingles (five words, 64-bit); what these cost is shown apart. datasketch and rensa are needed for this file only:
install them where `firsthand` is. Pair F1 is over pairs of documents with one origin; the pairs of MinHash are closed
to families first, as trace's are. Times are of the processor, not of the clock: the machine may be shared. Generated:
vocabulary by Zipf's law, 120 to 400 words a document; three in ten documents begin a family of 1 to 12 further copies
(cut from the bottom, edited, misread); one in twenty hosts a paragraph of another.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from firsthand.core.records import Document
from firsthand.trace import copies_to_origins, trace
from firsthand.trace.shingles import batches, prose, words_to_shingles

SHINGLE = 5
LETTERS = np.array(list("etaoinshrdlucmfwypvbgkqjxz"))


def vocabulary(r: np.random.Generator, size: int = 40_000) -> np.ndarray:
    """Words of two to ten letters, shorter ones first."""
    return np.array(
        ["".join(r.choice(LETTERS, 2 + min(8, int(math.log2(k + 2) / 1.8)))) for k in range(size)], dtype=object
    )


def documents(count: int, seed: int = 1) -> tuple[list[Document], dict[str, str]]:
    """Documents and the origin of each."""
    r = np.random.default_rng(seed)
    words = vocabulary(r)
    weights = 1 / np.arange(3, len(words) + 3) ** 1.05
    sums = np.cumsum(weights / weights.sum())

    def prose_of(length: int) -> list[str]:
        return list(words[np.minimum(np.searchsorted(sums, r.random(length)), len(words) - 1)])

    made: list[Document] = []
    origins: dict[str, str] = {}

    def add(tokens: list[str], origin: str | None, minute: int) -> str:
        name = f"d{len(made):07}"
        text = ". ".join(" ".join(tokens[k : k + 15]).capitalize() for k in range(0, len(tokens), 15))
        stamp = (
            f"2020-{1 + minute // 40320:02}-{1 + minute % 40320 // 1440:02}T{minute % 1440 // 60:02}:{minute % 60:02}"
        )
        made.append(Document(id=name, by="bench", text=text, published=stamp))
        origins[name] = origin or name
        return name

    while len(made) < count:
        tokens, minute = prose_of(int(r.integers(120, 400))), int(r.integers(0, 400_000))
        if r.random() < 0.05 and made:
            other = made[int(r.integers(len(made)))].text.split()
            tokens[60:60] = other[:45]
        name = add(tokens, None, minute)
        if r.random() < 0.3:
            for _ in range(int(r.choice([1, 1, 1, 2, 2, 3, 4, 6, 9, 12]))):
                kind, copy = r.random(), list(tokens)
                if kind < 0.5:
                    copy = copy[: max(60, int(len(copy) * r.uniform(0.3, 1)))]
                elif kind < 0.9:
                    gone = r.random(len(copy)) < 0.04
                    copy = [prose_of(1)[0] if g else w for w, g in zip(copy, gone, strict=True)]
                    drop = int(r.integers(0, len(copy) - 30))
                    del copy[drop : drop + 25]
                else:
                    copy = ["".join("c" if c == "e" and r.random() < 0.2 else c for c in w) for w in copy]
                minute += int(r.integers(20, 300))
                add(copy, name, minute)
    return made[:count], origins


def pair_f1(origins: dict[str, str], said: dict[str, str]) -> float:
    """F1 over pairs of documents with the same origin."""

    def pairs(labels: Iterable[object]) -> float:
        return sum(n * (n - 1) / 2 for n in Counter(labels).values())

    both = pairs((origins[k], said[k]) for k in said)
    p, r = pairs(said.values()), pairs(origins[k] for k in said)
    return 2 * both / (p + r) if p + r else 1.0


def families(names: list[str], pairs: Iterable[tuple[int, int]]) -> dict[str, str]:
    """Connected components of pairs, each named by its first member."""
    parent = list(range(len(names)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for left, right in pairs:
        a, b = sorted((root(left), root(right)))
        parent[b] = a
    return {name: names[root(k)] for k, name in enumerate(names)}


def shingled(made: list[Document]) -> list[np.ndarray]:
    """The distinct shingles of each document."""
    found = []
    for low, high in batches(made):
        words = prose(made[low:high])
        numbers = words_to_shingles(words.hashes, n=SHINGLE)
        for k in range(high - low):
            found.append(np.unique(numbers[words.first[k] : max(words.first[k], words.first[k + 1] - SHINGLE + 1)]))
    return found


def with_datasketch(shingles: list[np.ndarray], threshold: float) -> list[tuple[int, int]]:
    """Pairs that MinHashLSH of 128 permutations gives."""
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=threshold, num_perm=128), []
    for k, numbers in enumerate(shingles):
        sketch = MinHash(num_perm=128, hashfunc=lambda x: x)
        sketch.update_batch((numbers & np.uint64(0xFFFFFFFF)).tolist())
        pairs += [(other, k) for other in index.query(sketch)]
        index.insert(k, sketch)
    return pairs


def with_rensa(shingles: list[np.ndarray], threshold: float) -> list[tuple[int, int]]:
    """Pairs that rensa's RMinHashLSH of 128 permutations in 32 bands gives, checked against its own estimate."""
    from rensa import RMinHash, RMinHashLSH

    index, sketches, pairs = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32), [], []
    for k, numbers in enumerate(shingles):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([format(n, "x") for n in numbers.tolist()])
        pairs += [(other, k) for other in index.query(sketch) if sketches[other].jaccard(sketch) >= threshold]
        index.insert(k, sketch)
        sketches.append(sketch)
    return pairs


def one(tool: str, size: int, threshold: float) -> dict[str, object]:
    """Run one tool once."""
    made, origins = documents(size)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    reading = 0.0
    if tool == "trace":
        said = copies_to_origins(made, trace(made))
    else:
        shingles = shingled(made)
        reading = time.process_time() - cpu
        pairs = (with_datasketch if tool == "datasketch" else with_rensa)(shingles, threshold)
        said = families([d.id for d in made], pairs)
    return {
        "tool": tool,
        "documents": size,
        "cpu_s": round(time.process_time() - cpu, 2),
        "of which shingles_s": round(reading, 2) or None,
        "wall_s": round(time.perf_counter() - start, 2),
        "added_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - base),
        "pair_f1": round(pair_f1(origins, said), 4),
    }


def main() -> None:
    """Print a row for each run, then growth exponents and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,50000,200000")
    parser.add_argument("--tools", default="trace,datasketch,rensa")
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--one", nargs=2, metavar=("TOOL", "SIZE"), help="run one in this process")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(one(args.one[0], int(args.one[1]), args.threshold)))
        return
    spent: dict[tuple[str, int], float] = {}
    sizes = [int(size) for size in args.sizes.split(",")]
    for size in sizes:
        for tool in args.tools.split(","):
            command = [sys.executable, __file__, "--threshold", str(args.threshold), "--one", tool, str(size)]
            row = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            print(row, flush=True)
            spent[tool, size] = json.loads(row)["cpu_s"]
    for tool in args.tools.split(","):
        grown = {
            f"{a}→{b}": round(math.log(spent[tool, b] / spent[tool, a]) / math.log(b / a), 2)
            for a, b in pairwise(sizes)
        }
        print(json.dumps({"tool": tool, "growth exponent of time": grown}))
    for size in sizes:
        ratio = {
            t: round(spent[t, size] / spent["trace", size], 1)
            for t in args.tools.split(",")
            if t != "trace" and ("trace", size) in spent
        }
        print(json.dumps({"documents": size, "times as long as trace": ratio}))


if __name__ == "__main__":
    main()
