"""Incidents that `firsthand mark` writes, against readings. usage: python eval/readings.py [SET] [--errors]

SET is dev (by default), train or test of our own corpus; short-train or short-dev,
short texts of one hard thing each; news or news-dev, real news read by hand; or agreement, where
the second reader of news-dev takes the place of the net. Readings are gold after ../shared/gold/GUIDE.md: in
corpus/<story>/ a text and beside it its reading, whose quotations are found as the guide says (`rockets#2` is the
second); of real news training/readings/ keeps spans alone, and the texts come from ../shared/data.

An act found is a row whose span meets a trigger of the reading's act; each goes to one other at most. Acts that the
reading calls feared are none to be found. Given an act that was found: its kind, date and place; its accused, each
name with its class of confidence (accused by whomever is one class), met by any of its mentions; its counts. What is
said of acts that were not found, or found wrongly, counts as missed and as false.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
NEWS = ROOT / "training" / "readings"
DATA = ROOT.parent / "shared" / "data"
FILES = {
    "police": "police/dev.jsonl", "polnear": "polnear/train.jsonl", "lgl": "places/lgl.jsonl",
    "trnews": "places/trnews.jsonl", "re3d": "re3d/train.jsonl", "muc4": "muc4/train.jsonl",
}  # fmt: skip
SECOND = "second"
"""The reader who read again what others had read; never mixed with them."""
DETAILS = ("kind", "date", "place", "status")
"""Errors that leave a document all right otherwise: the acts, who is accused and how surely, how many."""
Range = tuple[int, int]
CLASS = {
    "reported as fact": "fact", "accused": "accused", "accused by authorities": "accused", "claimed": "claimed",
    "possible": "possible", "denied": "denied",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One document and its reading, as written."""

    id: str
    story: str
    text: str
    gold: dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def scores(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        p, r = self.right / max(1, self.found), self.right / max(1, self.wanted)
        return p, r, 2 * p * r / max(1e-9, p + r)


@dataclass(slots=True)
class Scores:
    """All tallies by name, and what went wrong, for reading."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    judged: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))
    """Field → of each value printed how likely it was said to be, and whether it is right."""
    errors: list[str] = field(default_factory=list)

    def as_row(self) -> dict[str, dict[str, float]]:
        """Name → precision, recall, f1."""
        return {n: dict(zip(("precision", "recall", "f1"), t.scores(), strict=True)) for n, t in self.tallies.items()}


def load(split: str | None = None) -> Iterator[Reading]:
    """Readings of our own corpus, of one split or all, by story and document."""
    for story in sorted(CORPUS.glob("*/story.json")):
        told = json.loads(story.read_text(encoding="utf-8"))
        if split in (None, told["split"]):
            for text in sorted(story.parent.glob("*.txt")):
                gold = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
                yield Reading(f"{told['slug']}/{text.stem}", told["slug"], text.read_text(encoding="utf-8"), gold)


def load_short(split: str) -> Iterator[Reading]:
    """Short texts of one hard thing each, with readings (corpus/short/)."""
    for line in (CORPUS / "short" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        yield Reading(f"short/{gold['id']}", f"short/{gold['kind']}", gold["text"], gold)


def load_news(*, second: bool = False, dev: bool | None = None) -> Iterator[Reading]:
    """Real news that was read by hand, joined with its texts; `dev` are the documents that two read."""
    rows = [json.loads(line) for path in sorted(NEWS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    rows = [r for r in rows if (r["reader"] == SECOND) == second and dev in (None, r["dev"])]
    for name, file in FILES.items():
        wanted = {str(r["id"]): r for r in rows if r["set"] == name}
        for line in (DATA / file).open(encoding="utf-8") if wanted else ():
            text = json.loads(line)
            if (row := wanted.get(str(text["id"]))) is not None:
                yield Reading(f"{name}/{row['id']}", name, text["text"], {**text, **row})


def find(text: str, quotation: str | list[int]) -> Range | None:
    """Where a quotation stands, by whole words if it can; None if it does not. A span stands where it says.

    >>> find("rocket, rockets, rockets", "rockets#2")
    (17, 24)
    """
    if not isinstance(quotation, str):
        return quotation[0], quotation[1]
    match = re.fullmatch(r"(.*?)(?:#(\d+))?", quotation, re.S)
    assert match
    words, number = match[1].split(), int(match[2] or 1)
    if not words:
        return None
    bare = r"\s+".join(map(re.escape, words))
    left, right = (r"\b" if c.isalnum() else "" for c in (words[0][0], words[-1][-1]))
    hits = list(re.finditer(f"{left}{bare}{right}", text)) or list(re.finditer(bare, text))
    return hits[number - 1].span() if number <= len(hits) else None


def quotations(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every quotation of a reading, and the field it stands in."""
    for act in gold["incidents"]:
        for name in ("triggers", "date_words", "place_words"):
            yield from ((name, q) for q in act.get(name) or [])
        for name in ("targets", "victims", "weapons"):
            yield from ((name, q) for one in act.get(name) or [] for q in one)
        for accused in act.get("perpetrators") or []:
            yield from (("perpetrators", q) for q in [*accused["name"], *accused.get("voice", [])])
        for name in ("killed", "injured", "missing"):
            yield from ((name, q) for c in act.get(name) or [] for q in [*c["words"], *c.get("voice", [])])
    for chain in gold.get("chains", []):
        yield from (("chains", q) for q in [*chain["sources"], chain["content"]])


def meets(left: Range | None, right: Range | None) -> bool:
    return left is not None and right is not None and left[0] < right[1] and right[0] < left[1]


def score(reading: Reading, row: dict[str, Any], scores: Scores) -> None:
    """Add one document to the tallies."""
    text = reading.text
    acts = [a for a in reading.gold["incidents"] if a["status"] != "feared"]
    rows = [r for r in row["incidents"] if r.get("status") != "feared"]
    triggers = [[find(text, q) for q in act["triggers"]] for act in acts]
    pairs = _pairs(triggers, [r.get("triggers") or [tuple(r["span"])] for r in rows])
    _add(scores.tallies["acts"], len(pairs), len(rows), len(acts))
    for k, act in enumerate(acts):
        found = rows[pairs[k]] if k in pairs else None
        where = f"{reading.id} {_words(text, act['triggers'][0])!r}"
        if found is None:
            scores.errors.append(f"missed act {where} ({act['kind']}, {act['status']})")
        else:
            _given(scores, text, act, found, where)
        _accused(scores, text, act, found, where)
        _fillers(scores, text, act, found)
        _counts(scores, act, found, where)
    for k in set(range(len(rows))) - set(pairs.values()):
        start, end = rows[k]["span"]
        scores.errors.append(f"false act {reading.id} {text[start:end]!r} ({rows[k]['kind']})")
        none = {"perpetrators": [], "triggers": [text[start:end]]}
        _fillers(scores, text, none, rows[k])
        _judge(scores, rows[k], dict.fromkeys(("date", "place"), False))
        _accused(scores, text, none, rows[k], f"{reading.id} false act {text[start:end]!r}")
        _counts(scores, none, rows[k], f"{reading.id} false act {text[start:end]!r}")


def _words(text: str, quotation: str | list[int]) -> str:
    span = find(text, quotation)
    return " ".join(text[slice(*span)].split()) if span else ""


def reading_to_row(gold: dict[str, Any], text: str) -> dict[str, Any]:
    """A reading as the row that `firsthand mark` would write if it read so: for the agreement of two readers."""
    rows = []
    for act in gold["incidents"]:
        accused = [
            {
                "text": _words(text, p["name"][0]),
                "mentions": [find(text, q) for q in p["name"]],
                "confidence": p["confidence"],
            }
            for p in act["perpetrators"]
        ]
        triggers = [find(text, q) for q in act["triggers"]]
        counts = {n: str(act[n][0]["value"]) for n in ("killed", "injured") if act.get(n)}
        place = {"path": [_words(text, q) for q in act.get("place_words") or []]}
        things = {
            role: [{"text": _words(text, t[0]), "mentions": [find(text, q) for q in t]} for t in act[f"{role}s"]]
            for role in ("victim", "target", "weapon")
        }
        roles = {"perpetrator_group": accused, **things}
        rows.append({**act, "span": triggers[0], "triggers": triggers, "roles": roles,
                     "counts": counts, "place": place if place["path"] else None})  # fmt: skip
    return {"incidents": rows}


def _pairs(triggers: list[list[Range | None]], spans: list[list[Range]]) -> dict[int, int]:
    """Act → row, each once; acts with fewest candidates choose first."""
    candidates = {
        k: [j for j, those in enumerate(spans) if any(meets(t, span) for t in ts for span in those)]
        for k, ts in enumerate(triggers)
    }
    chosen: dict[int, int] = {}
    for k in sorted(candidates, key=lambda k: (len(candidates[k]), k)):
        free = [j for j in candidates[k] if j not in chosen.values()]
        if free:
            chosen[k] = free[0]
    return chosen


def _given(scores: Scores, text: str, act: dict[str, Any], row: dict[str, Any], where: str) -> None:
    for name, right in {
        "kind": row["kind"] == act["kind"],
        "date": row.get("date") == act.get("date"),
        "place": _same_place(text, act, row.get("place")),
        **({"status": row["status"] == act["status"]} if "status" in row else {}),
    }.items():
        _add(scores.tallies[f"{name}, given the act"], int(right), 1, 1)
        if not right:
            scores.errors.append(f"{name} {where}: {row.get(name)} for {act.get(name)}")
        if name in ("date", "place"):
            _judge(scores, row, {name: right})


def _judge(scores: Scores, row: dict[str, Any], right: dict[str, bool]) -> None:
    for name, is_right in right.items():
        if name in row.get("likely", {}):
            scores.judged[name].append((row["likely"][name], is_right))


def _fillers(scores: Scores, text: str, act: dict[str, Any], row: dict[str, Any] | None) -> None:
    """Victims, targets and weapons: a thing is found by any of its mentions."""
    for role in ("victim", "target", "weapon"):
        wanted = [[find(text, q) for q in thing] for thing in act.get(f"{role}s") or []]
        told = (row or {"roles": {}})["roles"].get(role, [])
        used: set[int] = set()
        for entity in told:
            mentions = [tuple(m) for m in entity["mentions"]]
            met = (k for k, spans in enumerate(wanted) if any(meets(s, m) for s in spans for m in mentions))
            hit = next((k for k in met if k not in used), None)
            used.update(() if hit is None else (hit,))
            scores.judged[role].append((entity.get("probability") or 0.0, hit is not None))
        _add(scores.tallies[f"{role}s"], len(used), len(told), len(wanted))


def _same_place(text: str, act: dict[str, Any], place: dict[str, Any] | None) -> bool:
    named = [_words(text, q) for q in act.get("place_words") or []]
    if not named:
        return not place or not place["path"]
    return bool(place) and any(name.casefold() in " ".join(named).casefold() for name in place["path"])


def _accused(scores: Scores, text: str, act: dict[str, Any], row: dict[str, Any] | None, where: str) -> None:
    wanted = [
        (CLASS[p["confidence"]], [find(text, q) for q in p["name"]], _words(text, p["name"][0]))
        for p in act["perpetrators"]
    ]
    wanted = list({(c, n): (c, spans, n) for c, spans, n in wanted}.values())
    roles = (row or {"roles": {}})["roles"]
    told = [e for role in ("perpetrator_person", "perpetrator_group") for e in roles.get(role, [])]
    found = [(CLASS.get(e.get("confidence") or "", ""), [tuple(m) for m in e["mentions"]], e["text"]) for e in told]
    used: set[int] = set()
    named: set[str] = set()
    for confidence, spans, name in wanted:
        same = [k for k, (_, mentions, _) in enumerate(found) if any(meets(s, m) for s in spans for m in mentions)]
        right = [k for k in same if found[k][0] == confidence and k not in used]
        used.update(right[:1])
        if same:
            named.add(name)
        if not right:
            scores.errors.append(f"accused missed {where}: {name} ({confidence})")
    _add(scores.tallies["accused"], len(used), len(found), len(wanted))
    scores.judged["accused"] += [(e.get("probability") or 0.0, k in used) for k, e in enumerate(told)]
    names = {name for *_, name in wanted}
    told_names = len({name for *_, name in found})
    _add(scores.tallies["accused, whatever the confidence"], min(len(named), told_names), told_names, len(names))
    for k in set(range(len(found))) - used:
        scores.errors.append(f"accused false {where}: {found[k][2]} ({found[k][0]})")


def _counts(scores: Scores, act: dict[str, Any], row: dict[str, Any] | None, where: str) -> None:
    for name in ("killed", "injured"):
        wanted = {str(c["value"]) for c in act.get(name) or []}
        told = (row or {}).get("counts", {}).get(name)
        found = {told} if told not in (None, "") else set()
        _add(scores.tallies["counts"], len(wanted & found), len(found), min(1, len(wanted)))
        if found:
            _judge(scores, row or {}, {name: bool(wanted & found)})
        if found - wanted:
            scores.errors.append(f"count {where}: {name} {told} for {sorted(wanted)}")


def _add(tally: Tally, right: int, found: int, wanted: int) -> None:
    tally.right, tally.found, tally.wanted = tally.right + right, tally.found + found, tally.wanted + wanted


def marked(readings: list[Reading]) -> dict[str, dict[str, Any]]:
    """What the stage command writes for them."""
    rows = "".join(
        json.dumps({"id": r.id, "text": r.text, **{k: r.gold.get(k) for k in ("published", "publisher", "headline")}})
        + "\n"
        for r in readings
    )
    done = subprocess.run(
        [sys.executable, "-m", "firsthand", "mark"], input=rows, capture_output=True, text=True, check=True
    )
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def measure(name: str) -> Scores:
    """Mark and score a set."""
    scores = Scores()
    if name == "agreement":
        again = {r.id: r for r in load_news(second=True)}
        readings = [r for r in load_news(dev=True) if r.id in again]
        rows = {r.id: reading_to_row(again[r.id].gold, r.text) for r in readings}
    else:
        news = {"news": False, "news-dev": True}
        if name.startswith("short"):
            readings = list(load_short(name.partition("-")[2] or "dev"))
        else:
            readings = list(load_news(dev=news[name]) if name in news else load(name))
        rows = marked(readings)
    for reading in readings:
        before = len(scores.errors)
        score(reading, rows[reading.id], scores)
        kind = reading.story if reading.story.startswith("short/") else "documents"
        wrong = [e for e in scores.errors[before:] if not e.startswith(DETAILS)]
        _add(scores.tallies[f"{kind}, all right"], int(not wrong), 1, 1)
    return scores


def main() -> int:
    split = next((a for a in sys.argv[1:] if not a.startswith("-")), "dev")
    scores = measure(split)
    for name, tally in scores.tallies.items():
        p, r, f1 = tally.scores()
        print(
            f"{name:<34} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}   "
            f"{tally.right} of {tally.found} found, {tally.wanted} wanted"
        )
    if "--errors" in sys.argv:
        print(*scores.errors, sep="\n")
    else:
        print(
            Counter(
                error.split(" ")[0] + " " + error.split(" ")[1] if error.startswith("accused") else error.split(" ")[0]
                for error in scores.errors
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
