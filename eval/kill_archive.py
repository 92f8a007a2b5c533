"""Kill what runs an archive, half way and more than once, start the same command again, and see what was lost.

    kill_archive.py FOLDER OUT --kill worker:read:30 --kill driver:read:60 --kill driver:matches:50 [--run=--memory=2g]
    kill_archive.py FOLDER OUT --kill executor:matches:1 '--run=--master=local-cluster[2,1,2048]'

`driver:read:60` is: once 60 parts of `read` are done, `kill -9` to the driver and all processes it started, and the
command of `bench_archive.py run` once more. `worker` is one Python process of Spark's that is at work, `executor` one
JVM that is not the driver's: these Spark must get over by itself. Printed at the end: what each kill met, whether every
part that was done before a kill is still that very file, and what all runs together took.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench_archive import Watch

Markers = dict[str, int]


def markers(out: Path, stage: str = "*") -> Markers:
    """Parts that are done, and when their markers were written."""
    found = {}
    for path in (out / "done").glob(f"{stage}/*.json"):
        if not path.name.startswith("."):
            found[f"{path.parent.name}/{path.stem}"] = path.stat().st_mtime_ns
    return found


def processes() -> dict[int, tuple[int, str, str]]:
    """All that descends from this process: parent, state, command line; parents before children."""
    known: dict[int, tuple[int, str, str]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (path / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        known[int(path.name)] = int(parent), state, command
    ours, found = {os.getpid()}, {}
    while more := {pid for pid, row in known.items() if row[0] in ours and pid not in found}:
        found.update((pid, known[pid]) for pid in sorted(more))
        ours |= more
    return found


def kill(what: str) -> list[int]:
    """Kill it, without a chance to tidy up.

    Returns:
        The processes; none if there is nothing of the kind at this moment.
    """
    tree = processes()
    if what == "driver":
        chosen = list(tree)
    elif what == "executor":
        chosen = [pid for pid, row in tree.items() if "CoarseGrainedExecutorBackend" in row[2]][:1]
    else:
        # The daemon forks them: of the two kinds of process with its command line, those whose parent has it too.
        daemons = {pid for pid, row in tree.items() if "pyspark.daemon" in row[2]}
        chosen = [pid for pid in sorted(daemons) if tree[pid][0] in daemons and tree[pid][1] == "R"][:1]
    for pid in chosen:
        os.kill(pid, signal.SIGKILL)
    return chosen


def main() -> int:
    """Run, kill, run again; fail if anything that was done was done again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--kill", action="append", default=[], help="what:stage:parts done")
    parser.add_argument("--run", action="append", default=[], help="handed to bench_archive.py run")
    args = parser.parse_args()
    kills = [(what, stage, int(parts)) for what, stage, parts in (k.split(":") for k in args.kill)]
    command = [
        sys.executable,
        str(Path(__file__).with_name("bench_archive.py")),
        "run",
        args.folder,
        args.out,
        *args.run,
    ]
    watch, began, before = Watch(), time.perf_counter(), Markers()
    spent, ended = 0.0, None
    while ended is None:
        print(json.dumps({"run": [str(part) for part in command[2:]]}), flush=True)
        with subprocess.Popen(command) as driver:
            while (ended := driver.poll()) is None:
                time.sleep(0.5)
                if not kills or len(markers(args.out, kills[0][1])) < kills[0][2]:
                    continue
                done, cpu = markers(args.out), watch.look()
                if not (pids := kill(kills[0][0])):
                    continue
                what, stage, _ = kills.pop(0)
                row = {
                    "killed": what, "processes": len(pids), "in": stage,
                    "parts done": len(done), "of this stage": sum(d.startswith(f"{stage}/") for d in done),
                    "cpu_s of this run": round(cpu - spent), "peak_mb": watch.peak,
                }  # fmt: skip
                print(json.dumps(row), flush=True)
                before.update(done)
                if what == "driver":
                    driver.wait()
                    spent, ended = watch.look(), None
                    break
    after = markers(args.out)
    again = sorted(name for name, at in before.items() if after.get(name) != at)
    row = {
        "exit": ended, "kills left": len(kills), "done before a kill": len(before), "of these done again": again,
        "wall_s": round(time.perf_counter() - began), "cpu_s": round(watch.look()), "peak_mb": watch.peak,
    }  # fmt: skip
    print(json.dumps(row))
    return int(bool(ended or again or kills))


if __name__ == "__main__":
    raise SystemExit(main())
