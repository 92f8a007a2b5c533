"""Commands on damaged cases: none may end in a traceback. usage: python eval/damage.py [COMMANDS, 5000 by default]

A small case is built, then harmed again and again (bits flipped, bytes and pages wiped, the end cut off, rows and
tables changed by hand) and given to every command in turn. Prints how many got through, how many ended in a sentence,
and each traceback or unforeseen error with the seed that makes it again; exit status 1 if there was one.
"""

from __future__ import annotations

import contextlib
import gc
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = "summary documents incidents claims origins findings questions".split()
FORMS = "csv geojson timeline ged acled claims annotations ftm prov".split()
TABLES = (
    "documents copies mentions attributions statements hops origins judgements entities claims findings hypotheses "
    "ratings standings steps_done removals"
).split()


def harmed(whole: bytes, rng: random.Random) -> bytes:
    """A case file with a few bits flipped, a stretch wiped, or its end cut off."""
    data = bytearray(whole)
    match rng.randrange(4):
        case 0:
            for _ in range(rng.choice((1, 3, 30, 300))):
                data[rng.randrange(100, len(data))] ^= 1 << rng.randrange(8)
        case 1:
            at = rng.randrange(len(data) // 4096) * 4096
            data[at : at + 4096] = bytes(4096) if rng.random() < 0.5 else rng.randbytes(4096)
        case 2:
            at = rng.randrange(100, len(data))
            data[at : at + 64] = rng.randbytes(64)
        case _:
            del data[rng.randrange(1, len(data)) :]
    return bytes(data)


def edited(path: Path, rng: random.Random) -> None:
    """Change the case as a hand with `sqlite3` might."""
    raw = sqlite3.connect(path)
    table = rng.choice(TABLES)
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    column = rng.choice(columns)
    with contextlib.suppress(sqlite3.Error):
        match rng.randrange(5):
            case 0:
                raw.execute(f"DROP TABLE {table}")
            case 1:
                raw.execute(f"DELETE FROM {table} WHERE rowid % 2 = {rng.randrange(2)}")
            case 2:
                raw.execute(f'ALTER TABLE {table} DROP COLUMN "{column}"')
            case 3:
                raw.execute(f"DELETE FROM {table}")
            case _:
                value = rng.choice(["", "[]", "{}", "null", "[1]", "x", '["gone"]', '[["gone", 1, 2]]', 10**9, -1])
                raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE abs(random()) % 2', (value,))
    raw.commit()
    raw.close()


def commands(case: Path, out: Path, coverage: Path) -> list[list[str]]:
    """Every command that reads or writes a case."""
    return [
        *(["show", str(case), part] for part in PARTS),
        *(["export", str(case), "--to", form, "-o", str(out / f"o-{form}")] for form in FORMS),
        ["report", str(case), "-o", str(out / "o.html")],
        ["dump", str(case)],
        ["build", str(coverage), "-o", str(case)],
        ["build", "-o", str(case)],
        ["remove", str(case), "a.txt", "--why", "x"],
    ]


def main(count: int) -> int:
    from click.testing import CliRunner

    from firsthand.cli import main as firsthand

    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        coverage, case = folder / "coverage", folder / "x.case"
        coverage.mkdir()
        for path in sorted((ROOT / "examples/harbour-fire/coverage").rglob("*.txt"))[:3]:
            shutil.copy(path, coverage / path.name)
        shutil.copy(next(coverage.iterdir()), coverage / "a.txt")
        CliRunner().invoke(firsthand, ["build", str(coverage), "-o", str(case)])
        whole = case.read_bytes()
        for seed in range(count):
            rng = random.Random(seed)
            for journal in folder.glob("x.case?*"):
                journal.unlink()
            case.write_bytes(harmed(whole, rng) if seed % 2 else whole)
            if not seed % 2:
                edited(case, rng)
            every = commands(case, folder, coverage)
            command = every[seed % len(every)]
            done = CliRunner().invoke(firsthand, command)
            bad = done.exception is not None and not isinstance(done.exception, SystemExit)
            bad = bad or "nobody foresaw" in done.output or "guard" in done.output
            told["unforeseen" if bad else "in a sentence" if done.exit_code else "through"] += 1
            if bad:
                print(seed, command[:4], repr(done.exception)[:120], done.output[-300:].strip())
            del done  # its traceback holds cursors, and they a lock
            gc.collect()
    print(", ".join(f"{number} {what}" for what, number in sorted(told.items())))
    return int(bool(told["unforeseen"]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
