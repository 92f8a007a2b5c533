"""The archive runner: made documents in, time and memory out, and the same records as the local runner.

    bench_archive.py make DOCUMENTS FOLDER [--boilerplate 0.5] [--words 60,160] [--seed 1]
    bench_archive.py run FOLDER OUT [--master local[2,4]] [--verbs read,trace] [--memory 2g]
    bench_archive.py same FOLDER OUT            local runner against what `run` left in OUT

Made: vocabulary by Zipf's law; three in ten documents begin a family of 1 to 12 further copies (cut from the bottom,
edited, misread, or word for word), one in twenty hosts a paragraph of another; a share of all pages ends with one and
the same standing paragraph of 40 words; outlets, agencies' credit lines, dates. Memory is the peak of the proportional
sizes of the driver, the JVM and all workers, sampled every other second from /proc.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import threading
import time
from pathlib import Path

import numpy as np

LETTERS = list("etaoinshrdlucmfwypvbgkqjxz")
OUTLETS = [
    f"The {a} {b}" for a in ("Harbour", "Valley", "Coast", "Northgate") for b in ("Post", "Courier", "Herald", "Times")
]
AGENCIES = ("Reuters", "AP", "AFP", "")
PER_FILE = 10_000
RECENT = 5_000
"""An excerpt is taken from one of so many documents before it: news is quoted while it is news."""


class Maker:
    """Documents one after the other, in memory that does not grow with them."""

    def __init__(self, *, seed: int, words: tuple[int, int], boilerplate: float) -> None:
        self.r = np.random.default_rng(seed)
        self.span, self.share = words, boilerplate
        self.words = np.array(
            ["".join(self.r.choice(LETTERS, 2 + min(8, int(math.log2(k + 2) / 1.8)))) for k in range(40_000)],
            dtype=object,
        )
        weights = 1 / np.arange(3, len(self.words) + 3) ** 1.05
        self.sums = np.cumsum(weights / weights.sum())
        self.standing = " ".join(self.prose(40)).capitalize() + "."
        self.recent: list[list[str]] = []
        self.made = 0

    def prose(self, length: int) -> list[str]:
        return list(self.words[np.minimum(np.searchsorted(self.sums, self.r.random(length)), len(self.words) - 1)])

    def row(self, tokens: list[str], minute: int) -> dict[str, str]:
        text = ". ".join(" ".join(tokens[k : k + 15]).capitalize() for k in range(0, len(tokens), 15)) + "."
        agency = AGENCIES[int(self.r.integers(len(AGENCIES)))]
        if agency and self.r.random() < 0.3:
            text = f"CAPITAL ({agency}) - {text}"
        if self.r.random() < self.share:
            text += f"\n\n{self.standing}"
        stamp = np.datetime64("2019-01-01T00:00") + np.timedelta64(minute, "m")
        self.made += 1
        row = {"id": f"d{self.made:08}", "text": text, "publisher": OUTLETS[int(self.r.integers(len(OUTLETS)))]}
        return row if self.r.random() < 0.02 else {**row, "published": str(stamp)}

    def family(self) -> list[dict[str, str]]:
        r = self.r
        tokens, minute = self.prose(int(r.integers(*self.span))), int(r.integers(0, 1_000_000))
        if r.random() < 0.05 and self.recent:
            tokens[30:30] = self.recent[int(r.integers(len(self.recent)))][:30]
        self.recent = (
            [*self.recent[-RECENT:], tokens] if len(self.recent) < 2 * RECENT else [*self.recent[RECENT:], tokens]
        )
        rows = [self.row(tokens, minute)]
        for _ in range(int(r.choice([1, 1, 1, 2, 2, 3, 4, 6, 9, 12])) if r.random() < 0.3 else 0):
            kind, copy = r.random(), list(tokens)
            if kind < 0.45:
                copy = copy[: max(30, int(len(copy) * r.uniform(0.3, 1)))]
            elif kind < 0.8:
                gone = np.flatnonzero(r.random(len(copy)) < 0.04)
                for k, word in zip(gone, self.prose(len(gone)), strict=True):
                    copy[k] = word
                drop = int(r.integers(0, len(copy) - 20))
                del copy[drop : drop + 15]
            elif kind < 0.9:
                copy = ["".join("c" if c == "e" and r.random() < 0.2 else c for c in w) for w in copy]
            minute += int(r.integers(20, 300))
            rows.append(self.row(copy, minute))
        return rows


def make(count: int, folder: Path, *, seed: int, words: tuple[int, int], boilerplate: float) -> None:
    """Write files of JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    maker = Maker(seed=seed, words=words, boilerplate=boilerplate)
    rows: list[dict[str, str]] = []
    left, number = count, 0
    while left or rows:
        while left and len(rows) < PER_FILE:
            found = maker.family()[:left]
            left -= len(found)
            rows += found
        with (folder / f"{number:05}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows[:PER_FILE])
        rows, number = rows[PER_FILE:], number + 1


class Watch:
    """Peak memory and processor time of this process and all that it started."""

    def __init__(self) -> None:
        self.peak: dict[str, int] = {}
        self.spent: dict[int, float] = {}
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.look()
            time.sleep(2)

    def look(self) -> None:
        sizes: dict[str, int] = {}
        parents, names, resident = {}, {}, {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                fields = (path / "stat").read_text().rpartition(")")
                pid, rest = int(path.name), fields[2].split()
                # Pages that forked workers share are counted once: proportional sizes.
                parents[pid], names[pid] = int(rest[1]), fields[0].partition("(")[2]
                resident[pid] = int(rest[11]) + int(rest[12])
            except (OSError, ValueError, IndexError):
                continue
        for pid in parents:
            at = pid
            while at in parents and at != os.getpid():
                at = parents[at]
            if at != os.getpid():
                continue
            self.spent[pid] = max(self.spent.get(pid, 0), resident[pid] / os.sysconf("SC_CLK_TCK"))
            try:
                rollup = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
                size = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) >> 10
            except (OSError, StopIteration):
                continue
            kind = "jvm" if "java" in names[pid] else "driver" if pid == os.getpid() else "workers"
            sizes[kind] = sizes.get(kind, 0) + size
        sizes["all"] = sum(sizes.values())
        for kind, size in sizes.items():
            self.peak[kind] = max(self.peak.get(kind, 0), size)


class Told:
    """Prints what each stage took."""

    def __init__(self) -> None:
        self.began = time.perf_counter()

    def start(self, step: str, total: int | None) -> None:
        print(f"{time.perf_counter() - self.began:8.1f} s  {step} ({total})", flush=True)

    def advance(self, step: str, count: int) -> None:
        pass

    def say(self, message: str) -> None:
        print(message)


def run(folder: Path, out: Path, *, master: str, verbs: str, memory: str, conf: list[str]) -> None:
    """Run the verbs and print what they took."""
    from firsthand.archive.inputs import read_archive
    from firsthand.archive.markings import mark_archive
    from firsthand.archive.options import ArchiveOptions
    from firsthand.archive.sessions import open_session
    from firsthand.archive.tracings import trace_archive
    from firsthand.read import ReadOptions
    from firsthand.trace import TraceOptions

    watch, told, archive = Watch(), Told(), ArchiveOptions()
    with open_session(
        master=master, settings={"spark.driver.memory": memory, **dict(c.split("=", 1) for c in conf)}
    ) as session:
        for verb in verbs.split(","):
            began, spent = time.perf_counter(), sum(watch.spent.values())
            watch.peak.clear()
            if verb == "read":
                found: object = read_archive(session, [folder], out, options=(ReadOptions(), archive), progress=told)[0]
            elif verb == "mark":
                found = mark_archive(session, out, progress=told)
            else:
                found = trace_archive(session, out, options=(TraceOptions(), archive), progress=told)
            watch.look()
            row = {"verb": verb, "found": found, "wall_s": round(time.perf_counter() - began),
                   "cpu_s": round(sum(watch.spent.values()) - spent), "peak_mb": dict(watch.peak)}  # fmt: skip
            print(json.dumps(row), flush=True)


def same(folder: Path, out: Path) -> bool:
    """Whether the local runner makes the records that are in the archive."""
    import pyarrow.parquet as pq

    from firsthand.archive.tables import table_to_records
    from firsthand.core.records import Copy, Document, Finding
    from firsthand.mark import document_to_credits
    from firsthand.read import read
    from firsthand.trace import copies_to_origins, trace

    documents = [d for d in read([folder]) if not isinstance(d, Finding)]
    began = time.process_time()
    copies = trace(documents, credits={d.id: document_to_credits(d) for d in documents})
    took = time.process_time() - began
    stored = {
        d.id: d
        for path in sorted((out / "documents").glob("*.parquet"))
        for d in table_to_records(Document, pq.read_table(path))
    }
    found = [c for path in (out / "copies").glob("*.parquet") for c in table_to_records(Copy, pq.read_table(path))]
    found.sort(key=lambda c: (c.doc, c.of, c.kind))
    origins = {}
    for path in (out / "families").glob("*.parquet"):
        origins.update((row["doc"], row["origin"]) for row in pq.read_table(path).to_pylist())
    expected = {doc: origin for doc, origin in copies_to_origins(documents, copies).items() if doc != origin}
    row = {
        "documents": len(documents), "documents identical": stored == {d.id: d for d in documents},
        "copies": len(copies), "copies identical": found == copies,
        "families identical": origins == expected, "local trace cpu_s": round(took, 1),
    }  # fmt: skip
    print(json.dumps(row))
    return all(value is not False for value in row.values())


def main() -> None:
    """Do one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="do", required=True)
    made = verbs.add_parser("make")
    made.add_argument("documents", type=int)
    made.add_argument("folder", type=Path)
    made.add_argument("--boilerplate", type=float, default=0.5)
    made.add_argument("--words", default="60,160")
    made.add_argument("--seed", type=int, default=1)
    ran = verbs.add_parser("run")
    ran.add_argument("folder", type=Path)
    ran.add_argument("out", type=Path)
    ran.add_argument("--master", default="local[2,4]")
    ran.add_argument("--verbs", default="read,trace")
    ran.add_argument("--memory", default="2g")
    ran.add_argument("--conf", action="append", default=[], help="name=value, for Spark")
    compared = verbs.add_parser("same")
    compared.add_argument("folder", type=Path)
    compared.add_argument("out", type=Path)
    args = parser.parse_args()
    if args.do == "make":
        low, high = map(int, args.words.split(","))
        make(args.documents, args.folder, seed=args.seed, words=(low, high), boilerplate=args.boilerplate)
    elif args.do == "run":
        run(args.folder, args.out, master=args.master, verbs=args.verbs, memory=args.memory, conf=args.conf)
    elif not same(args.folder, args.out):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
