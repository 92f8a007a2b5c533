"""Time, memory and quality of linking: invented reports of many incidents, a tenth of them copies.

    python eval/bench_link.py [documents …]

A fifth of the reports tell one incident, the rest as many incidents as there are fifty reports. Names are of syllables,
drawn with a fixed seed: as many given names, surnames and towns as a small country has, so that some incidents share a
surname and few share more. Four reports in ten give no day, three in ten no given name of the victim. Quality is that
of the pairs of reports joined, over the incidents that the reports were made from; copies count as reports.
"""

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from firsthand.link import link
from link.cases import Report, as_copy, copied, mark

ONSETS = "b br d dr f g gr h j k kl l m n p pr r s st t tr v z".split()
RHYMES = "a al an ar e el en er i il in ir o ol on or u un ur".split()


def names(rng, count, syllables):
    """Distinct names of so many syllables."""
    made = set()
    while len(made) < count:
        made.add("".join(rng.choice(ONSETS) + rng.choice(RHYMES) for _ in range(syllables)).capitalize())
    return sorted(made)


def reports(n):
    """Reports, each with the number of the incident it tells."""
    rng = random.Random(7)
    given, surnames, towns = names(rng, 80, 2), names(rng, 2000, 3), names(rng, 400, 2)
    fronts = [f"{name} Front" for name in names(rng, 40, 2)]
    incidents = [
        (
            (rng.choice(given), rng.choice(surnames)),
            f"2031-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            rng.choice(towns),
            rng.sample(fronts, 3),
        )
        for _ in range(max(n // 50, 1))
    ]
    for k in range(n):
        number = 0 if rng.random() < 0.2 else rng.randrange(len(incidents))
        (first, last), day, town, accused = incidents[number]
        victim = f"{first} {last}" if rng.random() < 0.7 else last
        report = Report(
            f"d{k}",
            publisher=f"Paper {rng.randint(1, 200)}",
            published=day[:8] + "28",
            speaker=f"{rng.choice(given)} {rng.choice(surnames)}",
            victim=f"Bishop {victim}",
            accused=rng.choice(accused),
            town=town,
            date=day if rng.random() < 0.6 else None,
        )
        yield number, report


def pairs(truth, found):
    """Precision, recall and F1 of the pairs joined.

    Args:
        truth: Document → incident.
        found: Document → cluster.

    Returns:
        The three, 0 to 1.
    """

    def count(groups):
        return sum(size * (size - 1) // 2 for size in Counter(groups).values())

    both = count((truth[d], found[d]) for d in truth)
    precision = both / max(count(found[d] for d in truth), 1)
    recall = both / max(count(truth.values()), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main(sizes):
    for n in sizes:
        numbered = list(reports(n - n // 10))
        told = [report for _, report in numbered]
        truth = {report.id: number for number, report in numbered}
        marks, copies = mark(*told), []
        for k in range(n // 10):
            more, copy = _copy(told[k], k)
            truth[f"c{k}"] = numbered[k][0]
            for whole, part in zip(marks, more, strict=True):
                whole.extend(part)
            copies.append(copy)
        began, wall = time.process_time(), time.perf_counter()
        linked = link(marks[0], copies=copies, marked=marks[1:])
        took, wall = time.process_time() - began, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        doc_of = {m.id: m.span.doc for m in marks[1] if m.kind == "incident"}
        found = {doc_of[m]: e.id for e in linked.entities if e.kind == "incident" for m in e.members}
        scores = " / ".join(f"{x:.3f}" for x in pairs(truth, found))
        print(
            f"{n} documents: {took:.1f} s of CPU, {wall:.1f} s of wall time, {peak:.0f} MiB at most, "
            f"{len(set(found.values()))} incidents of {len(set(truth.values()))}, pairs P / R / F1 {scores}"
        )


def _copy(report, k):
    """The marks of a copy alone, and the Copy."""
    base = mark(report)
    joined, copy = copied(base, as_copy(report, f"c{k}"), of=report.id)
    return tuple(whole[len(part) :] for whole, part in zip(joined, base, strict=True)), copy


if __name__ == "__main__":
    main([int(x) for x in sys.argv[1:]] or [1000, 2000, 4000, 10000])
