"""How long `show` takes and how large the report is, of a large case. usage: python eval/bench_show.py [10000]

The case is made of records, not of documents that were read: it has as many of each kind as a build of so many
dispatches leaves. Each part is shown by a process of its own, its output thrown away; seconds of processor time.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from firsthand.casefile import open_case
from firsthand.core.records import (
    Claim,
    Copy,
    Document,
    Entity,
    Finding,
    Hop,
    Mention,
    Origin,
    Record,
    Span,
    Statement,
)

PARTS = ("summary", "documents", "incidents", "claims", "origins", "findings", "questions")
TEXT = (
    "The army said on Monday that the Red Column had fired rockets at the depot in Korva and killed two dockers. " * 12
)


def records(count: int) -> list[Record]:
    """A case of so many documents: an incident for every twenty, two statements a document."""
    rng = random.Random(1)
    made: list[Record] = []
    for k in range(count):
        day = f"2031-{1 + k * 12 // count:02d}-{1 + k % 28:02d}"
        doc, incident = f"d{k}", f"i{k // 20}"
        made.append(
            Document(
                id=doc, by="t", text=f"{k} {TEXT}", headline=f"Rockets hit depot, {k}", publisher=f"Paper {k % 90}",
                published=day, path=f"coverage/{k}.html", sha256="0" * 64,
            )
        )  # fmt: skip
        if k % 3 == 2:
            made.append(Copy(id=f"c{k}", by="t", doc=doc, of=f"d{k - 2}", kind="wire", similarity=0.9))
        made.append(Mention(id=f"m{k}", by="t", span=Span(doc, 60, 67), kind="incident", value="attack"))
        for name, value in (
            ("perpetrator_group", f"Column {rng.randrange(40)}"),
            ("killed", str(1 + rng.randrange(9))),
        ):
            one = f"s{k}{name[0]}"
            confidence = "accused" if name != "killed" else None
            span = Span(doc, 40, 50)
            made.append(
                Statement(
                    id=one, by="t", incident=f"m{k}", property=name, value=value, span=span, confidence=confidence
                )
            )
            made.append(Hop(id=f"{one}0", by="t", statement=one, position=0, name=f"Paper {k % 90}", kind="publisher"))
            made.append(
                Hop(id=f"{one}1", by="t", statement=one, position=1, name="The army", kind="named body", span=span)
            )
            made.append(Origin(id=f"o{one}", by="t", name="The army", kind="named body", statements=(one,)))
            made.append(
                Claim(
                    id=f"k{one}", by="t", incident=incident, property=name, value=value, statements=(one,), first=one,
                    origins=(f"o{one}",), origins_low=1, origins_high=1, confidence=confidence,
                    actor=f"a{value}" if confidence else None,
                )
            )  # fmt: skip
        if k % 5 == 0:
            level = ("conflict", "drift", "open question", "note")[k // 5 % 4]
            made.append(
                Finding(
                    id=f"f{k}", by="t", check="count", level=level, message=f"Number {k}.", spans=(Span(doc, 40, 50),)
                )
            )  # type: ignore[arg-type]
        if k % 20 == 0:
            label, members = f"Rockets hit depot in Korva, {day}", tuple(f"m{j}" for j in range(k, min(k + 20, count)))
            made.append(
                Entity(
                    id=incident, by="t", kind="incident", label=label, members=members, value="bombing",
                    date=day, detail={"main": k == 0, "documents": len(members), "place": "Korva"},
                )
            )  # fmt: skip
    made += [Entity(id=f"aColumn {j}", by="t", kind="actor", label=f"Column {j}", members=()) for j in range(40)]
    return made


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.case"
        with open_case(path, create=True) as case, case.transaction():
            case.save(records(count))
        for part in (*PARTS, "report"):
            command = ["report", str(path), "-o", f"{folder}/r.html"] if part == "report" else ["show", str(path), part]
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run([sys.executable, "-m", "firsthand", *command], check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{part:<10} {used:6.2f} s of processor time, {time.monotonic() - began:6.2f} s in all", flush=True)
        html = (Path(folder) / "r.html").read_text(encoding="utf-8")
        print(f"the report: {len(html.encode()) / 1e6:.1f} MB, {len(re.findall('<[a-z]', html)):,} elements")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
