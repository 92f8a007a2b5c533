"""The archive runner: made documents in, time and memory out, and the same records as the local runner.

    bench_archive.py make DOCUMENTS FOLDER [--boilerplate 0.5] [--words 60,160] [--seed 1]
    bench_archive.py run FOLDER OUT [--master local[2,4]] [--verbs read,trace] [--memory 2g]
    bench_archive.py same FOLDER OUT            local runner against what `run` left in OUT
    bench_archive.py score FOLDER OUT           families and documents in OUT against what `make` knows

Made: vocabulary by Zipf's law; three in ten documents begin a family of 1 to 12 further copies (cut from the bottom,
edited, misread, or word for word), one in twenty hosts a paragraph of another; a share of all pages ends with one and
the same standing paragraph of 40 words; outlets, agencies' credit lines, dates. Memory is the peak of the proportional
sizes of the driver, the JVM and all workers, sampled every other second from /proc; both are printed for each stage.
What `make` knows is FOLDER.families.npy: for document d00000001, d00000002, …, the number of its first.
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
        self.firsts: list[int] = []

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
        rows, first = [self.row(tokens, minute)], self.made
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
        self.firsts += [first] * len(rows)
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
    np.save(_known(folder), np.array(maker.firsts[:count]))


def _known(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.families.npy")


class Watch:
    """Peak memory and processor time of this process and all that it started."""

    def __init__(self) -> None:
        self.peak: dict[str, int] = {}
        self.spent: dict[int, float] = {}
        self._one = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.look()
            time.sleep(2)

    def look(self) -> float:
        """Look now; the processor time spent since the beginning."""
        with self._one:
            self._look()
            return sum(self.spent.values())

    def _look(self) -> None:
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
    """Prints what each stage took: on the clock, of the processors, and the most memory that it had."""

    def __init__(self, watch: Watch) -> None:
        self.watch, self.peak = watch, dict[str, int]()
        self.stage: tuple[str, int | None, float, float] | None = None

    def start(self, step: str, total: int | None) -> None:
        self.close()
        self.watch.peak.clear()
        self.stage = (step, total, time.perf_counter(), self.watch.look())

    def close(self) -> None:
        """The stage under way is over."""
        spent, peak = self.watch.look(), dict(self.watch.peak)
        if self.stage:
            step, total, began, before = self.stage
            print(json.dumps({"stage": step, "parts": total, "wall_s": round(time.perf_counter() - began, 1),
                              "cpu_s": round(spent - before, 1), "peak_mb": peak}), flush=True)  # fmt: skip
        self.stage = None
        for kind, size in peak.items():
            self.peak[kind] = max(size, self.peak.get(kind, 0))

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

    watch, archive = Watch(), ArchiveOptions()
    with open_session(
        master=master, settings={"spark.driver.memory": memory, **dict(c.split("=", 1) for c in conf)}
    ) as session:
        for verb in verbs.split(","):
            began, spent, told = time.perf_counter(), watch.look(), Told(watch)
            if verb == "read":
                found: object = read_archive(session, [folder], out, options=(ReadOptions(), archive), progress=told)[0]
            elif verb == "mark":
                found = mark_archive(session, out, progress=told)
            else:
                found = trace_archive(session, out, options=(TraceOptions(), archive), progress=told)
            told.close()
            row = {"verb": verb, "found": found, "wall_s": round(time.perf_counter() - began),
                   "cpu_s": round(watch.look() - spent), "peak_mb": told.peak}  # fmt: skip
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


def score(folder: Path, out: Path) -> bool:
    """Whether every document made is in the archive once; and how far pairs of one family are those made."""
    import pyarrow.parquet as pq

    firsts = np.load(_known(folder))
    number: dict[str, int] = {}
    rows = 0
    for path in (out / "documents").glob("*.parquet"):
        table = pq.read_table(path, columns=["id", "path"])
        rows += len(table)
        for name, known in zip(*(c.to_pylist() for c in table.columns), strict=True):
            number[name] = int(known.rpartition("!/d")[2]) - 1
    found = np.arange(len(firsts))
    for path in (out / "families").glob("*.parquet"):
        for row in pq.read_table(path).to_pylist():
            found[number[row["doc"]]] = number[row["origin"]]
    complete = rows == len(number) == len(firsts) and len(set(number.values())) == rows
    both = _pairs(firsts * len(firsts) + found)
    precision, recall = both / max(1, _pairs(found)), both / max(1, _pairs(firsts))
    row = {
        "documents": rows, "each once": complete, "pairs": _pairs(firsts), "precision": round(precision, 4),
        "recall": round(recall, 4), "F1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }  # fmt: skip
    print(json.dumps(row))
    return complete


def _pairs(labels: np.ndarray) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def main() -> None:
    """Do one of the four."""
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
    for name in ("same", "score"):
        compared = verbs.add_parser(name)
        compared.add_argument("folder", type=Path)
        compared.add_argument("out", type=Path)
    args = parser.parse_args()
    if args.do == "make":
        low, high = map(int, args.words.split(","))
        make(args.documents, args.folder, seed=args.seed, words=(low, high), boilerplate=args.boilerplate)
    elif args.do == "run":
        run(args.folder, args.out, master=args.master, verbs=args.verbs, memory=args.memory, conf=args.conf)
    elif not (same if args.do == "same" else score)(args.folder, args.out):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
