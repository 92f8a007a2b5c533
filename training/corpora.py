"""Gold data → word pieces with the labels that each corpus has; -1 or nothing where it has none."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from firsthand.core.encodings import (
    ATTRIBUTION_TAGS,
    CONFIDENCES,
    ENTITY_KINDS,
    INCIDENT_KINDS,
    ROLE_TAGS,
    STAGES,
)
from firsthand.encoder.pieces import PARAGRAPH, Pieces, casing, text_to_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt
    from tokenizers import Tokenizer

ROLE_SLOTS = {
    "perp_individual_id": "perpetrator_person",
    "perp_organization_id": "perpetrator_group",
    "phys_tgt_id": "target",
    "hum_tgt_name": "victim",
    "hum_tgt_description": "victim",
    "incident_instrument_id": "weapon",
}
RE3D_KINDS = {
    "Organisation": "organisation",
    "Location": "place",
    "Person": "person",
    "Nationality": "nationality",
    "Weapon": "weapon",
    "MilitaryPlatform": "vehicle",
    "Vehicle": "vehicle",
}
MUC_CONFIDENCES = {
    "REPORTED AS FACT": "reported as fact",
    "SUSPECTED OR ACCUSED": "accused",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "accused by authorities",
    "CLAIMED OR ADMITTED": "claimed",
    "POSSIBLE": "possible",
}
WORD = re.compile(r"[^\W_]+")
Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Example:
    """A document with labels over its word pieces.

    Attributes:
        corpus: polnear, muc4, places or re3d.
        id: the document's.
        text: the document's.
        pieces: the text cut for the net.
        casings: other casings of the same words that training may show: upper, and as mixed-case print would have it.
        tags: per tagging head int16 [n] or, for entities, [n, 7].
        links: int32 [n, 2], the pieces that begin the cues that a source or content piece belongs to; -1 none.
        shares: per head of incident attributes float32 [n, k], a distribution, all 0 where there is none.
        relevant: int8 [s], 1 a sentence that fills an incident's slot, or empty.
        teacher: int32 [m] sentences with the base model's embedding in `vectors` float32 [m, 384].
        vectors: see teacher.
    """

    corpus: str
    id: str
    text: str
    pieces: Pieces
    casings: dict[str, npt.NDArray[np.int32]] = field(default_factory=dict)
    tags: dict[str, npt.NDArray[np.int16]] = field(default_factory=dict)
    links: npt.NDArray[np.int32] | None = None
    shares: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    relevant: npt.NDArray[np.int8] | None = None
    teacher: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    vectors: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 384), np.float32))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """JSON lines.

    Args:
        path: the file.

    Returns:
        Its rows.
    """
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_corpora(data: Path, tokenizer: Tokenizer) -> list[Example]:
    """Everything that training may read: train splits, and the even-numbered half of places.

    Args:
        data: ../shared/data.
        tokenizer: from `firsthand.encoder.load_tokenizer`.

    Returns:
        The examples in the files' order.
    """
    usual = _usual_casings(row["text"] for row in read_rows(data / "polnear/train.jsonl"))
    examples = [polnear(row, tokenizer) for row in read_rows(data / "polnear/train.jsonl")]
    examples += [muc4(row, tokenizer) for row in read_rows(data / "muc4/train.jsonl")]
    for name in ("lgl", "trnews"):
        rows = read_rows(data / f"places/{name}.jsonl")
        examples += [places(row, tokenizer) for row in rows if int(row["id"]) % 2 == 0]
    examples += [re3d(row, tokenizer) for row in read_rows(data / "re3d/train.jsonl")]
    for example in examples:
        example.casings["upper"] = _recase(example, {}, upper=True)
        if example.corpus == "muc4":
            example.casings["mixed"] = _recase(example, usual, upper=False)
    return examples


def polnear(row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """One PolNeAR article: attribution tags and links.

    Args:
        row: of polnear/*.jsonl.
        tokenizer: from `firsthand.encoder.load_tokenizer`.

    Returns:
        The example.
    """
    example = _example("polnear", row, tokenizer)
    spans = [(tuple(x), role) for a in row["attributions"] for role in ("source", "cue", "content") for x in a[role]]
    example.tags["attribution"] = _bio(example.pieces, spans, ATTRIBUTION_TAGS)
    links = np.full((len(example.pieces.ids), 2), -1, np.int32)
    for attribution in row["attributions"]:
        cue = [i for x in attribution["cue"] for i in _inside(example.pieces, tuple(x))]
        for i in [i for role in ("source", "content") for x in attribution[role] for i in _inside(example.pieces, x)]:
            if cue and cue[0] not in links[i]:
                links[i, 0 if links[i, 0] < 0 else 1] = cue[0]
    example.links = links
    return example


def places(row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """One LGL or TR-News article: toponyms.

    Args:
        row: of places/*.jsonl.
        tokenizer: from `firsthand.encoder.load_tokenizer`.

    Returns:
        The example.
    """
    example = _example("places", row, tokenizer)
    spans = [((x["start"], x["end"]), "place") for x in row["places"]]
    example.tags["toponyms"] = _bio(example.pieces, spans, ("O", "B-place", "I-place"))
    return example


def re3d(row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """One re3d document: entities, the outermost of each kind and those inside them.

    Args:
        row: of re3d/*.jsonl.
        tokenizer: from `firsthand.encoder.load_tokenizer`.

    Returns:
        The example.
    """
    example = _example("re3d", row, tokenizer)
    outer, inner = [], []
    for kind in ENTITY_KINDS:
        mine = {(x["start"], x["end"]) for x in row["entities"] if RE3D_KINDS.get(x["type"]) == kind}
        left = sorted(mine, key=lambda x: (x[0], -x[1]))
        for column in (outer, inner):
            taken: list[Span] = []
            for span in left:
                if not taken or span[0] >= taken[-1][1]:
                    taken.append(span)
            left = [span for span in left if span not in taken]
            column.append(_bio(example.pieces, [(x, kind) for x in taken], ("O", f"B-{kind}", f"I-{kind}")))
    example.tags["entities"], example.tags["entities_inner"] = np.stack(outer, 1), np.stack(inner, 1)
    return example


def muc4(row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """One MUC-4 message: who did what to whom, from the strings of its answer key wherever they stand.

    Args:
        row: of muc4/*.jsonl.
        tokenizer: from `firsthand.encoder.load_tokenizer`.

    Returns:
        The example.
    """
    example = _example("muc4", row, tokenizer)
    n = len(example.pieces.ids)
    fillers: dict[Span, Counter[str]] = {}
    shares = {
        "incident_kinds": np.zeros((n, len(INCIDENT_KINDS)), np.float32),
        "confidences": np.zeros((n, len(CONFIDENCES)), np.float32),
        "stages": np.zeros((n, len(STAGES)), np.float32),
    }
    for incident in row["incidents"]:
        slots = incident["slots"]
        marks = {
            "incident_kinds": _classes(slots, "incident_type", INCIDENT_KINDS),
            "stages": _classes(slots, "incident_stage_of_execution", STAGES),
        }
        for slot, role in ROLE_SLOTS.items():
            for span in _mentions(row["text"], slots.get(slot, [])):
                fillers.setdefault(span, Counter())[role] += 1
                for i in _inside(example.pieces, span):
                    for head, columns in marks.items():
                        shares[head][i, columns] = 1
        for filler in slots.get("perp_organization_confidence", []):
            columns = [CONFIDENCES.index(MUC_CONFIDENCES[c]) for c in filler.get("classes", []) if c in MUC_CONFIDENCES]
            for span in _mentions(row["text"], [filler]):
                for i in _inside(example.pieces, span):
                    shares["confidences"][i, columns] = 1
    spans: list[tuple[Span, str]] = []
    for span in sorted(fillers, key=lambda x: x[0] - x[1]):
        if all(span[1] <= a or b <= span[0] for (a, b), _ in spans):
            spans.append((span, fillers[span].most_common(1)[0][0]))
    example.tags["roles"] = _bio(example.pieces, spans, ROLE_TAGS)
    for share in shares.values():
        share /= np.maximum(share.sum(1, keepdims=True), 1)
    example.shares = shares
    filled = example.tags["roles"] > 0
    example.relevant = np.array([filled[a:b].any() for a, b in example.pieces.bounds], np.int8)
    return example


def _example(corpus: str, row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    return Example(corpus=corpus, id=str(row["id"]), text=row["text"], pieces=text_to_pieces(row["text"], tokenizer))


def _inside(pieces: Pieces, span: Iterable[int]) -> range:
    start, end = span
    return range(*np.searchsorted(pieces.offsets[:, 0], (start, end)).tolist())


def _bio(pieces: Pieces, spans: Iterable[tuple[Any, str]], names: tuple[str, ...]) -> npt.NDArray[np.int16]:
    tags = np.zeros(len(pieces.ids), np.int16)
    for span, name in sorted(spans):
        inside = _inside(pieces, span)
        tags[inside.start : inside.stop] = names.index(f"I-{name}")
        if inside:
            tags[inside.start] = names.index(f"B-{name}")
    return tags


def _classes(slots: dict[str, Any], slot: str, names: tuple[str, ...]) -> list[int]:
    values = [v.lower() for filler in slots.get(slot, []) for v in filler.get("values", [])]
    return [names.index(v) for v in values if v in names]


def _mentions(text: str, fillers: list[dict[str, Any]]) -> Iterator[Span]:
    """Where the strings of an answer key stand in the text, over line breaks too."""
    for filler in fillers:
        for string in filler["strings"]:
            words = r"\s+".join(map(re.escape, string.split()))
            for found in re.finditer(rf"(?<!\w){words}(?!\w)", text) if words else ():
                yield found.span()


def _usual_casings(texts: Iterable[str]) -> dict[str, int]:
    """The casing in which each word is printed most."""
    seen: dict[str, Counter[int]] = {}
    for text in texts:
        for found in WORD.finditer(text):
            seen.setdefault(found.group().lower(), Counter())[casing(found.group())] += 1
    return {word: counts.most_common(1)[0][0] for word, counts in seen.items()}


def _recase(example: Example, usual: dict[str, int], *, upper: bool) -> npt.NDArray[np.int32]:
    """Casings as if the text were printed in capitals, or as `usual` has it and unknown words capitalised."""
    casings = example.pieces.casings.copy()
    heads = set(example.pieces.sentences[:, 0].tolist())
    words = list(WORD.finditer(example.text))
    bounds = np.searchsorted(example.pieces.offsets[:, 0], [found.span() for found in words]) if words else []
    for found, (a, b) in zip(words, bounds, strict=True):
        word = found.group()
        value = casing(word.upper()) if upper else usual.get(word.lower(), casing(word.title()))
        if not upper and value == 2 and found.start() in heads:
            value = 4
        casings[a:b] = value + (casings[a:b] & PARAGRAPH)
    return casings
