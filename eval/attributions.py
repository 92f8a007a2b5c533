"""What each step of decoding attributions adds on PolNeAR dev: the ablation table of docs/attributions.md.

    python eval/attributions.py [--model FOLDER]

Even rows of dev were used to set thresholds, odd rows were not. Needs ../shared; about a minute.
"""

import argparse
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.core.encodings import Encoding
from firsthand.core.records import Document
from firsthand.encoder import Encoder
from firsthand.mark.attributions import attributions as steps
from firsthand.mark.attributions.quotations import text_to_quotations
from firsthand.mark.attributions.relays import Draft
from firsthand.mark.attributions.transitions import words_to_habits
from firsthand.mark.taggings import (
    document_to_paragraphs,
    encoding_to_words,
    tags_to_spans,
    viterbi,
    word_scores,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
Found = list[dict[str, Any]]


def row(source: list, cue: list, content: list) -> dict[str, Any]:
    """One attribution as `firsthand mark` writes it."""
    return {"source": source, "cue": cue, "content": content}


def nearest(words: Any, spans: list[tuple[int, int, int]]) -> Found:
    """Each content goes to the nearest cue, each cue takes the nearest source."""
    cues = [s for s in spans if s[2] == steps.CUE]
    at = lambda s: [int(words.starts[s[0]]), int(words.ends[s[1] - 1])]  # noqa: E731
    found = [row([], [at(c)], []) for c in cues]
    for span in spans:
        if span[2] != steps.CUE and cues:
            k = min(range(len(cues)), key=lambda i: abs(cues[i][0] - span[0]))
            found[k]["source" if span[2] == steps.SOURCE else "content"].append(at(span))
    return [a for a in found if a["content"]]


def argmax(document: Document, encoding: Encoding, *, legal: bool, linked: bool, habits: bool) -> Found:
    """Decoding with some of its steps left out."""
    paragraphs = document_to_paragraphs(document)
    quotations = text_to_quotations(document.text, paragraphs=paragraphs)
    words = encoding_to_words(document, encoding=encoding, paragraphs=paragraphs)
    scores = word_scores(encoding.attribution, words)
    if legal:
        usual = words_to_habits(document.text, words=words, quotations=quotations) if habits else None
        tags = viterbi(scores, breaks=words.breaks, habits=usual)
    else:
        tags = [int(t) for t in scores.argmax(1)]
        for i, tag in enumerate(tags):  # an I- that continues nothing begins a span
            if tag and tag % 2 == 0 and (i == 0 or (tags[i - 1] + 1) // 2 != tag // 2):
                tags[i] = tag - 1
    spans = tags_to_spans(tags)
    if not linked:
        return nearest(words, spans)
    drafts, _ = steps.gather(document.text, encoding=encoding, words=words, spans=spans, quotations=quotations)
    return [row(d.source, d.cue, d.content) for d in drafts if d.content]


def edges(document: Document, encoding: Encoding) -> Found:
    """Everything but relays, headlines and nesting."""
    paragraphs = document_to_paragraphs(document)
    quotations = text_to_quotations(document.text, paragraphs=paragraphs)
    drafts: list[Draft] = steps.decode(document, encoding=encoding, paragraphs=paragraphs, quotations=quotations)
    return [row(d.source, d.cue, d.content) for d in drafts]


def whole(document: Document, encoding: Encoding) -> Found:
    """As shipped."""
    found = steps.encoding_to_attributions(document, encoding=encoding, entities=[])
    spans = lambda role: [[s.start, s.end] for s in role]  # noqa: E731
    return [row(spans(a.source), spans(a.cue), spans(a.content)) for a in found if a.within is None]


STEPS: dict[str, Callable[[Document, Encoding], Found]] = {
    "most likely tag, nearest cue": lambda d, e: argmax(d, e, legal=False, linked=False, habits=False),
    "legal sequences (Viterbi)": lambda d, e: argmax(d, e, legal=True, linked=False, habits=False),
    "links": lambda d, e: argmax(d, e, legal=True, linked=True, habits=False),
    "habits of tags": lambda d, e: argmax(d, e, legal=True, linked=True, habits=True),
    "quotation marks, gaps": edges,
    "relays, headlines (shipped)": whole,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="model folder; the shipped one by default")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = [json.loads(line) for line in (SHARED / "data/polnear/dev.jsonl").open(encoding="utf-8")]
    encodings = list(Encoder.load(options.model).encode(r["text"] for r in rows))
    print("| step | rows | source | cue | content | token content | relation |\n|---|---|---|---|---|---|---|")
    for name, step in STEPS.items():
        documents = [Document(id=r["id"], by="eval", text=r["text"]) for r in rows]
        found = {d.id: {"attributions": step(d, e)} for d, e in zip(documents, encodings, strict=True)}
        for part, start, stride in (("all", 0, 1), ("odd", 1, 2)):
            result = score.attribution({r["id"]: r for r in rows[start::stride]}, found)
            exact = [result["exact"][role]["f1"] for role in ("source", "cue", "content")]
            values = [*exact, result["token"]["content"]["f1"], result["relation"]["f1"]]
            print(f"| {name} | {part} | " + " | ".join(f"{v:.3f}" for v in np.round(values, 3)) + " |")


if __name__ == "__main__":
    main()
