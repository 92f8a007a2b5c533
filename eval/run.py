"""Scores of `firsthand mark` and `firsthand trace` on the dev sets, held against eval/floors.json.

    python eval/run.py [--quick] [--update] [--only NAME]

Prints each score beside its floor. Exits 1 if one fell below. `--update` raises floors to the scores reached; it never
lowers one (to lower a floor, edit the file by hand and say why in the commit). Predictions go to .work/eval/, and what
was gained and lost since the last run is printed for the sets scored by item. Needs ../shared (README.md there).
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import readings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORE = SHARED / "score" / "score.py"
FLOORS = ROOT / "eval" / "floors.json"
WORK = ROOT / ".work" / "eval"
SLACK = 0.005
"""A floor is held to half a point: int8 sums round differently on other processors, and tags on the edge fall over."""

SETS = {
    "polnear-dev": ("attribution", "polnear/dev.jsonl", True),
    "re3d-dev": ("entity", "re3d/dev.jsonl", True),
    "wikiwars-dev": ("time", "times/wikiwars_dev.jsonl", True),
    "trnews": ("place", "places/trnews.jsonl", True),
    "trnews-odd": ("place", "places/trnews.jsonl", False),
    "lgl-odd": ("place", "places/lgl.jsonl", False),
    "muc4-dev": ("incident", "muc4/dev.jsonl", True),
    "police-dev": ("police", "police/dev.jsonl", False),
    "corpus-dev": ("readings", "", True),
    "reuse-1": ("reuse", "polnear/train.jsonl", True),
}
"""Name → (task of score.py, gold file, whether --quick runs it). Of those that end in -odd, the rows with odd ids: the
even ones of LGL and TR-News taught the encoder and set the weights of mark/places."""
PINNED = {
    "attribution": ["exact.source.f1", "exact.cue.f1", "exact.content.f1", "token.content.f1", "relation.f1"],
    "entity": ["exact.all.f1", "overlap.all.f1"],
    "time": ["value.f1", "relaxed.f1", "strict.f1"],
    "place": ["recognition.f1", "resolution acc@161km", "end to end acc@161km"],
    "incident": [
        "CEAF-REE.all.f1",
        "CEAF-REE as published.all.f1",
        "incidents.f1",
        *(f"slots.{slot}.f1" for slot in ("kind", "date", "country", "confidence")),
    ],
    "police": [f"{act}.f1" for act in ("ARREST", "KILL", "FORCE")],
    "readings": [
        "acts.f1",
        "accused.precision",
        "accused.f1",
        "counts.f1",
        *(f"{name}, given the act.f1" for name in ("kind", "date", "place", "status")),
    ],
    "reuse": ["ari", "parent.f1", *(f"parent recall by kind.{kind}" for kind in ("wire", "edited", "scan", "excerpt"))],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out the sets that take minutes")
    parser.add_argument("--update", action="store_true", help="raise floors to the scores reached")
    parser.add_argument("--only", choices=SETS, help="one set")
    args = parser.parse_args()
    if not SCORE.exists():
        print("../shared is not here: nothing to score")
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    for name, (task, path, quick) in SETS.items():
        if (args.only and name != args.only) or (args.quick and not quick):
            continue
        started = time.monotonic()
        gold = gold_file(name, task, SHARED / "data" / path)
        if task == "readings":
            scores = readings.measure("dev").as_row()
        else:
            scores = score(task, gold, predict(name, task, gold))
        print(f"{name} ({task}), {time.monotonic() - started:.0f} s")
        known = floors.setdefault(name, {"sha256": digest(gold), "floors": {}})
        if known["sha256"] != digest(gold):
            print(f"  the data is not what the floors were measured on ({gold}): floors not applied")
            continue
        for key in PINNED[task]:
            value = pick(scores, key)
            floor = known["floors"].get(key)
            below = floor is not None and value < floor - SLACK
            failed |= below
            held = "none" if floor is None else f"{floor:.4f}"
            print(f"  {key:<34} {value:.4f}  floor {held}{'  BELOW' if below else ''}")
            if args.update:
                known["floors"][key] = round(max(value, floor or 0.0), 4)
    if args.update:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return int(failed)


def gold_file(name: str, task: str, path: Path) -> Path:
    """The gold file itself, half of it, or for reuse the corpus that shared/score/make_reuse.py makes of it."""
    made = WORK / f"{name}.gold.jsonl"
    if task == "readings":  # of the project's own corpus
        made.write_text(
            "".join(f"{json.dumps([r.id, r.text, r.gold])}\n" for r in readings.load("dev")), encoding="utf-8"
        )
        return made
    if name.endswith("-odd"):
        with path.open(encoding="utf-8") as rows:
            made.write_text("".join(row for row in rows if int(json.loads(row)["id"]) % 2), encoding="utf-8")
        return made
    if task != "reuse":
        return path
    seed = name.rpartition("-")[2]
    command = [sys.executable, str(SHARED / "score" / "make_reuse.py"), str(path), str(made), "--seed", seed]
    subprocess.run(command, check=True, capture_output=True)
    return made


def predict(name: str, task: str, gold: Path) -> Path:
    """What the stage command writes for the set."""
    out = WORK / f"{name}.jsonl"
    stage = ["trace"] if task == "reuse" else ["mark", *(["--only", "muc4"] if task == "incident" else [])]
    with gold.open("rb") as rows, out.open("wb") as written:
        subprocess.run([sys.executable, "-m", "firsthand", *stage], stdin=rows, stdout=written, check=True)
    return out


def score(task: str, gold: Path, predicted: Path) -> dict:
    scorer = [str(SCORE.with_name("police.py"))] if task == "police" else [str(SCORE), task]
    done = subprocess.run(
        [sys.executable, *scorer, str(gold), str(predicted)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def pick(scores: dict, key: str) -> float:
    for part in key.split("."):
        if part not in scores and isinstance(scores, dict):
            return 0.0
        scores = scores[part]
    return float(scores or 0.0)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
