"""Does time grow with the length of a document? usage: python eval/bench_growth.py [SIZES, 50000,100000,200000]

Each kind of hostile or merely long document is built into a case alone, at each size in characters, on one thread; of
processor time the power of its growth between the smallest and the largest size is printed, after the time of an empty
build is taken off. The aim is 1.15 at most. Exit status 1 if one is above 1.3, which noise does not reach.
"""

from __future__ import annotations

import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from firsthand.steps import BuildOptions, build

NEWS = (
    "Two dockers were killed on 3 May 2031 when rockets hit the depot in Korva, police said. "
    "The army accused the Red Column, which denied it. "
)
WORDS = (
    "the a police army said rockets hit depot Korva in on and soldiers killed two three people minister told reporters "
    "that village fire night Monday harbour column"
).split()


class Quiet:
    """A Progress that tells nothing."""

    def start(self, step: str, total: int | None) -> None: ...

    def advance(self, step: str, count: int) -> None: ...

    def say(self, message: str) -> None: ...


def prose(size: int) -> str:
    rng = random.Random(1)
    sentences = (" ".join(rng.choices(WORDS, k=12)).capitalize() + "." for _ in range(size // 70))
    return " ".join(sentences)


KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "random words": ("a.txt", prose),
    "one sentence again and again": ("a.txt", lambda n: NEWS * (n // len(NEWS))),
    "one officer, many sentences": (
        "a.txt", lambda n: "".join(f"Officer Lerm said that the rockets hit house {k}. " for k in range(n // 50))
    ),
    "many officers": (
        "a.txt", lambda n: "".join(f"Officer Ler{k} said that rockets hit house {k}. " for k in range(n // 50))
    ),
    "attributes of one tag": (
        "a.html", lambda n: f"<html><p {' '.join(f'a{k}=v' for k in range(n // 8))}>{NEWS * 3}</p></html>"
    ),
    "nothing but <": ("a.txt", lambda n: "<" * n),
    "a.a.a.": ("a.txt", lambda n: "a." * (n // 2)),
    "rows of a file": (
        "a.jsonl", lambda n: "\n".join(json.dumps({"id": k, "text": f"{NEWS} {k}"}) for k in range(n // 150))
    ),
}  # fmt: skip


def seconds(name: str, text: str) -> float:
    """Processor time of a build of one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        began = time.process_time()
        build([path], Path(folder) / "x.case", options=BuildOptions(threads=1), progress=Quiet())
        return time.process_time() - began


def main(sizes: list[int]) -> int:
    seconds("a.txt", NEWS)  # whatever is loaded once
    empty = seconds("a.txt", NEWS)
    worst = 0.0
    print(f"{'seconds of processor time':<32}" + "".join(f"{size:>10,}" for size in sizes) + "     power")
    for kind, (name, make) in KINDS.items():
        took = [max(seconds(name, make(size)) - empty, 1e-3) for size in sizes]
        power = math.log(took[-1] / took[0]) / math.log(sizes[-1] / sizes[0])
        if took[-1] > 1:  # less says nothing
            worst = max(worst, power)
        print(f"{kind:<32}" + "".join(f"{t:>10.2f}" for t in took) + f"{power:>10.2f}", flush=True)
    return int(worst > 1.3)


if __name__ == "__main__":
    sys.exit(main([int(n) for n in (sys.argv[1] if len(sys.argv) > 1 else "50000,100000,200000").split(",")]))
