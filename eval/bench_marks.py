"""Processor time of the passes of times and places beside the encoder's, and of hostile text twice and four times over.

    python eval/bench_marks.py ../shared/data/places/trnews.jsonl

Prints seconds of processor time per 1,000 words, with one thread; then, for each hostile text, seconds at sizes 1, 2, 4
(linear: each about twice the one before).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark.credits import document_to_credits
from firsthand.mark.places.places import document_to_places
from firsthand.mark.times.datings import document_to_dating
from firsthand.mark.times.times import document_to_times

DOCUMENTS = 30
HOSTILE = {
    "10,000 names of places": (
        "Paris, Basra and San Miguel, Springfield, Berlin, Mosul, Zzyx, Kirkuk, Ham, Rome, ",
        1000,
    ),
    "one name": ("San Antonio ", 10_000),
    "unknown names in lists": ("Qzarn and Vbelt and Zzyxo neighborhoods ", 3_000),
    "brackets": ("([{(", 25_000),
    "digits": ("1989", 25_000),
    "dates": ("31 February 99999, 16-17 November, ", 3_000),
    "weekdays": ("Tuesday of last week since ", 4_000),
    "one word": ("may ", 25_000),
}


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:DOCUMENTS]]
    documents = [Document(id=str(row["id"]), by="bench", text=row["text"]) for row in rows]
    words = sum(len(d.text.split()) for d in documents) / 1000
    encoder, gazetteer = Encoder.load(threads=1), open_gazetteer()
    encodings = list(encoder.encode([d.text for d in documents[:2]]))  # warm
    encodings = []
    seconds = timed(lambda: encodings.extend(encoder.encode([d.text for d in documents])))
    sys.stdout.write(f"encoder {seconds / words:.3f} s per 1,000 words ({len(documents)} documents, {words:.1f})\n")
    credits = [document_to_credits(d) for d in documents]
    times = timed(
        lambda: [
            document_to_times(d, dating=document_to_dating(d, c), credits=c)
            for d, c in zip(documents, credits, strict=True)
        ]
    )
    places = timed(
        lambda: [
            document_to_places(d, encoding=e, gazetteer=gazetteer, credits=c)
            for d, e, c in zip(documents, encodings, credits, strict=True)
        ]
    )
    share = (times + places) / seconds
    sys.stdout.write(f"times {times / words:.3f} s, places {places / words:.3f} s: {share:.2f} of the encoder's\n")
    for name, (unit, count) in HOSTILE.items():
        measured = []
        for size in (1, 2, 4):
            document = Document(id="d", by="bench", text=unit * (count * size // 4), published="1989-11-16")
            dating = document_to_dating(document)
            measured.append(
                (
                    timed(lambda d=document, t=dating: document_to_times(d, dating=t)),  # type: ignore[misc]
                    timed(lambda d=document: document_to_places(d, encoding=None, gazetteer=gazetteer)),  # type: ignore[misc]
                )
            )
        told = " ".join(f"{a:.2f}+{b:.2f}" for a, b in measured)
        sys.stdout.write(f"{name}: times+places {told} s\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
