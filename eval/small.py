# ruff: noqa: E501 (a check a line)
"""../shared/gold/small.jsonl: inputs that failed, each with what is right. usage: python eval/small.py [--errors]

Each row of one document that is about incidents, attributions or credits has a check here, written from its `expect`;
rows of several documents are left to the steps that join them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SMALL = Path(__file__).parents[2] / "shared/gold/small.jsonl"
Row = dict[str, Any]
DENIED = "denied"


def told(row: Row) -> list[Row]:
    return [a for a in row["incidents"] if a["status"] in ("told", "background")]


def accused(act: Row, *, but: str = DENIED) -> set[str]:
    """Names said to have done it, lower case."""
    roles = (e for role in ("perpetrator_person", "perpetrator_group") for e in act["roles"].get(role, []))
    return {e["text"].lower() for e in roles if e.get("confidence") != but}


def cleared(act: Row) -> set[str]:
    roles = (e for role in ("perpetrator_person", "perpetrator_group") for e in act["roles"].get(role, []))
    return {e["text"].lower() for e in roles if e.get("confidence") == DENIED}


def named(act: Row, *roles: str) -> str:
    return " ".join(m.lower() for r in roles for e in act["roles"].get(r, []) for m in e["mentions_text"])


def has(names: set[str], word: str) -> bool:
    return any(word in name for name in names)


def one(row: Row, check: Callable[[Row], bool]) -> bool:
    """Whether some act is so."""
    return any(check(act) for act in told(row))


def nobody(row: Row) -> bool:
    return bool(told(row)) and not any(accused(act) for act in told(row))


def place(act: Row) -> str:
    return " ".join(act["place"]["path"]).lower()


def killed(act: Row, number: str) -> bool:
    return act["counts"].get("killed") == number


CHECKS: dict[str, Callable[[Row], bool]] = {
    "ferry": lambda r: one(r, lambda a: killed(a, "14") and "injured" not in a["counts"]),
    "brackets": lambda r: len(told(r)) == 1 and one(r, lambda a: "wuppertal" in place(a) and a["date"] == "2020-08-03"),
    "signed quotes": lambda r: len(r["attributions"]) == 3,
    "quote over paragraphs": lambda r: len(r["attributions"]) == 2 or len(r["attributions"]) == 4,
    "nobody claimed": lambda r: nobody(r) and one(r, lambda a: killed(a, "1") and a["date"] == "2019-12-27"),
    "no-incident-ships-1": lambda r: one(
        r, lambda a: has(accused(a), "sudan") and (has(cleared(a), "khartoum") or has(cleared(a), "sudan"))
    ),
    "no-incident-drones-1": lambda r: one(r, lambda a: has(accused(a), "black falcon") and a["date"] == "2021-08-01"),
    "no-incident-base-1": lambda r: one(r, lambda a: a["date"] == "2020-02-13" and a["counts"].get("killed") == "0"),
    "doubt-becomes-accusation-unlikely-1": lambda r: nobody(r),
    "doubt-becomes-accusation-nogroup-2": lambda r: nobody(r),
    "doubt-becomes-accusation-nogroup-3": lambda r: nobody(r),
    "other-acts-accuse-notorious-1": lambda r: not any(
        has(accused(a), "red brigade") for a in told(r) if a["status"] == "told"
    ),
    "other-acts-accuse-prev-2": lambda r: not any(
        has(accused(a), "red brigade") for a in told(r) if killed(a, "1")
    ) and any(killed(a, "1") for a in told(r)),
    "nonsense-accused-inverted-3": lambda r: one(r, lambda a: has(accused(a), "islamic jihad"))
    and not any(has(accused(a), "hospital") for a in told(r)),
    "nonsense-accused-cleft-1": lambda r: one(r, lambda a: has(accused(a), "police"))
    and not any(has(accused(a), "ashby") for a in told(r)),
    "roles-inverted-inverted-1": lambda r: one(r, lambda a: has(accused(a), "reyes") and "hill" in named(a, "victim")),
    "roles-inverted-cong-1": lambda r: one(r, lambda a: has(accused(a), "commandos") and killed(a, "9")),
    "state-adjective-never-accused-hosp-1": lambda r: one(
        r, lambda a: has(accused(a), "american") and "hospital" in named(a, "target", "victim")
    ),
    "state-adjective-never-accused-adj-2": lambda r: one(r, lambda a: has(accused(a), "us") and "rahmani" in named(a, "victim")),
    "state-adjective-never-accused-blame-2": lambda r: one(
        r, lambda a: has(accused(a), "israeli") or has(accused(a), "warplane")
    ) and one(r, lambda a: has(accused(a), "islamic jihad")),
    "actor-read-as-place-usplace-1": lambda r: one(r, lambda a: has(accused(a), "us") and "baghdad" in place(a)),
    "actor-read-as-place-hamm-1": lambda r: not any("hamm" in place(a) for a in told(r)),
    "actor-read-as-place-taji-1": lambda r: one(r, lambda a: "iraq" in place(a) and killed(a, "6")),
    "background-date-taken-since-1": lambda r: one(r, lambda a: killed(a, "500..") and not (a["date"] or "").startswith("2008")),
    "clock-loses-weekday-retal-1": lambda r: one(r, lambda a: a["date"] == "2020-02-13"),
    "two-incidents-merged-hiway": lambda r: one(r, lambda a: a["date"] == "2019-12-27" and "civilian" not in named(a, "victim"))
    and one(r, lambda a: a["date"] == "2019-12-26"),
    "two-incidents-merged-years-2": lambda r: one(r, lambda a: has(accused(a), "strangler") and "dover" not in place(a)),
    "title-title-1": lambda r: one(r, lambda a: "hospital" in named(a, "target", "victim") and a["date"] == "2015-10-03"),
    "title-poison": lambda r: one(r, lambda a: "orlov" in named(a, "victim") and a["date"] == "2018-03-04"),
    "evidence-missed-notpublic-1": lambda r: one(r, lambda a: has(accused(a), "red brigade") and killed(a, "2")),
    "not-an-attribution-notattr-1": lambda r: not r["attributions"],
    "wrong-speaker-which-1": lambda r: one(r, lambda a: has(accused(a), "ukraine") and has(cleared(a), "ukraine")),
    "perpetrator-missed-gun-1": lambda r: one(r, lambda a: has(accused(a), "soldiers") and killed(a, "7")),
    "perpetrator-missed-admit-1": lambda r: one(r, lambda a: has(accused(a), "united states") and killed(a, "22")),
    "attempt-missed-mail-1": lambda r: one(r, lambda a: a["stage"] == "attempted" and "senators" in named(a, "target", "victim")),
    "credit-missed-credit-6": lambda r: any(c.get("name") == "Reuters" for c in r["credits"]),
    "credit-missed-credit-2": lambda r: any("Washington Post" in (c.get("name") or "") for c in r["credits"]),
}  # fmt: skip


def main() -> int:
    rows = [json.loads(line) for line in SMALL.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["id"] in CHECKS]
    given = "".join(json.dumps({k: row[k] for k in ("id", "text", "published") if k in row}) + "\n" for row in rows)
    done = subprocess.run(
        [sys.executable, "-m", "firsthand", "mark"], input=given, capture_output=True, text=True, check=True
    )
    marked = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    right = [row["id"] for row in rows if CHECKS[row["id"]](marked[row["id"]])]
    for row in rows:
        if row["id"] not in right:
            print(f"wrong: {row['id']}: {row['expect']}")
            if "--errors" in sys.argv:
                for act in marked[row["id"]]["incidents"]:
                    who = {r: [(e["text"], e.get("confidence")) for e in v] for r, v in act["roles"].items()}
                    unsure = [(u["role"], u["text"], u.get("probability")) for u in act["unsure"]]
                    print(
                        "   ", act["kind"], act["status"], act["date"], act["place"]["path"], who, act["counts"], unsure
                    )
    print(f"{len(right)} of {len(rows)} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
