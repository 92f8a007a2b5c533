"""Time and memory of linking: invented reports of one incident and two statements each, a tenth of them copies.

    python eval/bench_link.py [documents …]

A fifth of the reports tell one incident, the rest as many incidents as there are fifty reports; names and dates are
drawn with a fixed seed.
"""

import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from firsthand.link import link
from link.cases import Report, as_copy, copied, mark


def reports(n):
    rng = random.Random(7)
    names = [
        f"{a}{b}" for a in ("Tar", "Orm", "Vel", "Kes", "Bru", "Dan") for b in ("n", "e", "ius", "ov", "ak", "illo")
    ]
    incidents = [
        (
            f"{rng.choice(names)} {rng.choice(names)}son",
            f"2031-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            f"Town{k}",
        )
        for k in range(max(n // 50, 1))
    ]
    for k in range(n):
        victim, day, town = incidents[0] if rng.random() < 0.2 else rng.choice(incidents)
        yield Report(
            f"d{k}",
            publisher=f"Paper {rng.randint(1, 200)}",
            published=day[:8] + "28",
            speaker=f"{rng.choice(names)} {rng.choice(names)}",
            victim=f"Bishop {victim}",
            accused=f"{rng.choice(names)} Front",
            town=town,
            date=day if rng.random() < 0.6 else None,
        )


def main(sizes):
    for n in sizes:
        told = list(reports(n - n // 10))
        marks, copies = mark(*told), []
        for k in range(n // 10):
            more, copy = _copy(told[k], k)
            for whole, part in zip(marks, more, strict=True):
                whole.extend(part)
            copies.append(copy)
        began = time.process_time()
        linked = link(marks[0], copies=copies, marked=marks[1:])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        incidents = sum(e.kind == "incident" for e in linked.entities)
        print(
            f"{n} documents: {time.process_time() - began:.1f} s of CPU, {peak:.0f} MiB at most, {incidents} incidents"
        )


def _copy(report, k):
    """The marks of a copy alone, and the Copy."""
    base = mark(report)
    joined, copy = copied(base, as_copy(report, f"c{k}"), of=report.id)
    return tuple(whole[len(part) :] for whole, part in zip(joined, base, strict=True)), copy


if __name__ == "__main__":
    main([int(x) for x in sys.argv[1:]] or [1000, 2000, 4000, 10000])
