"""Readings with quotations, made beside their texts → readings as spans and values, which may be shared without them.

usage: python training/readings/convert.py SET READER TEXTS.jsonl FOLDER >> training/readings/READER.jsonl

FOLDER holds `<id>.json` readings as in corpus/ (quotations, `#n` for the n-th). TEXTS.jsonl holds rows with `id` and
`text`. A row of the output: set, id, reader, sha256 (16 hex digits of the text's), and the reading with every
quotation as [start, end], half-open code points of the text; no words of it.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))
from readings import find

LISTS = ("targets", "victims", "weapons")
COUNTS = ("killed", "injured", "missing")


def reading_to_spans(gold: dict[str, Any], text: str) -> dict[str, Any]:
    """The same reading with spans for quotations; raises ValueError on one that does not stand in the text."""

    def span(quotation: str) -> list[int]:
        found = find(text, quotation)
        if found is None:
            raise ValueError(f"not in the text: {quotation!r}")
        return list(found)

    def spans(quotations: list[str] | None) -> list[list[int]]:
        return [span(q) for q in quotations or []]

    acts = []
    for act in gold["incidents"]:
        row = {name: act.get(name) for name in ("id", "kind", "stage", "status", "date")}
        row |= {name: spans(act.get(name)) for name in ("triggers", "date_words", "place_words")}
        row |= {name: [spans(one) for one in act.get(name) or []] for name in LISTS}
        row["perpetrators"] = [
            {"name": spans(p["name"]), "confidence": p["confidence"], "voice": spans(p.get("voice"))}
            for p in act.get("perpetrators") or []
        ]
        for name in COUNTS:
            row[name] = [
                {"value": str(c["value"]), "words": spans(c["words"]), "voice": spans(c.get("voice"))}
                for c in act.get(name) or []
            ]
        acts.append(row)
    chains = [
        {"sources": spans(c["sources"]), "content": span(c["content"]), "factuality": c["factuality"]}
        for c in gold.get("chains", [])
    ]
    return {"incidents": acts, "chains": chains}


def main(name: str, reader: str, texts: str, folder: str) -> None:
    for line in Path(texts).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = Path(folder) / f"{row['id']}.json"
        if path.exists():
            spans = reading_to_spans(json.loads(path.read_text(encoding="utf-8")), row["text"])
            sha256 = hashlib.sha256(row["text"].encode()).hexdigest()[:16]
            print(json.dumps({"set": name, "id": row["id"], "reader": reader, "sha256": sha256, **spans}))


if __name__ == "__main__":
    main(*sys.argv[1:])
