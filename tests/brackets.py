"""Bracketed text ⇄ text and spans, and Encodings written by hand from it.

`[Police]{source} [said]{cue} [two died]{content}`. A pair of brackets is markup only if `{…}` follows it at once, so
`[TEXT]` stays text. Brackets nest. What stands in the braces is kept as it is; a repeated label gives several spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from firsthand.core.encodings import (
    ATTRIBUTION_TAGS,
    CONFIDENCES,
    ENTITY_KINDS,
    INCIDENT_KINDS,
    ROLE_TAGS,
    STAGES,
    Encoding,
)
from firsthand.core.records import Document

_LABEL = re.compile(r"\{([^{}\n]*)\}")
_PIECE = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[”\"’']*")
LIKELY, UNLIKELY = -0.01, -8.0


@dataclass(frozen=True)
class Marked:
    """Text with labelled spans, half-open code points, by start, outer before inner."""

    text: str
    spans: tuple[tuple[int, int, str], ...]

    def of(self, label: str) -> list[tuple[int, int]]:
        """The spans with one label."""
        return [(start, end) for start, end, name in self.spans if name == label]


def read_brackets(marked: str) -> Marked:
    """Take the markup out of a text.

    >>> read_brackets("[Police]{source} [said]{cue} [sic] no").text
    'Police said [sic] no'
    """
    closers: dict[int, tuple[int, int, str]] = {}  # where a bracket opens → (closes, label ends, label)
    stack = []
    for i, char in enumerate(marked):
        if char == "[":
            stack.append(i)
        elif char == "]" and stack:
            opened = stack.pop()
            if label := _LABEL.match(marked, i + 1):
                closers[opened] = (i, label.end(), label.group(1))
    drops = {opened: opened + 1 for opened in closers} | {close: end for close, end, _ in closers.values()}
    out: list[str] = []
    moved: dict[int, int] = {}
    i = length = 0
    while i < len(marked):
        moved[i] = length
        if i in drops:
            i = drops[i]
        else:
            out.append(marked[i])
            length += 1
            i += 1
    spans = [(moved[opened], moved[close], label) for opened, (close, _, label) in closers.items()]
    return Marked("".join(out), tuple(sorted(spans, key=lambda s: (s[0], -s[1], s[2]))))


def write_brackets(text: str, spans: list[tuple[int, int, str]]) -> str:
    """Put markup into a text, for reading and for comparing in tests; spans may nest but not cross.

    >>> write_brackets("Police said", [(0, 6, "source")])
    '[Police]{source} said'
    """
    opens: dict[int, int] = {}
    closes: dict[int, list[str]] = {}
    for start, end, label in sorted(spans, key=lambda s: (-s[0], s[1])):
        opens[start] = opens.get(start, 0) + 1
        closes.setdefault(end, []).append(f"]{{{label}}}")
    return "".join(
        "".join(closes.get(i, [])) + "[" * opens.get(i, 0) + (text[i] if i < len(text) else "")
        for i in range(len(text) + 1)
    )


def document(text: str, **fields: object) -> Document:
    """A document with nothing but its text."""
    return Document(id="d", by="test", text=text, **fields)  # type: ignore[arg-type]


def encoding(marked: Marked, *, window: int = 250) -> Encoding:
    """What a net that is sure of the marked spans would say.

    Labels `source`, `cue`, `content` with an optional group (`2 cue`): within a group sources and contents link to the
    cues. Entity kinds (`person`, …) fill the entity heads, a second one of a kind inside the first the inner head,
    `toponym` the toponyms. Other labels are passed over.
    """
    offsets = np.array([m.span() for m in _PIECE.finditer(marked.text)], np.int32).reshape(-1, 2)
    n = len(offsets)
    starts = offsets[:, 0]

    def sure(shape: tuple[int, ...]) -> np.ndarray:
        scores = np.full(shape, UNLIKELY, np.float32)
        scores[..., 0] = LIKELY
        return scores

    def put(scores: np.ndarray, start: int, end: int, begin: int) -> None:
        inside = slice(*np.searchsorted(starts, (start, end)).tolist())
        scores[inside] = UNLIKELY
        scores[inside, begin + 1] = LIKELY
        if inside.start < inside.stop:
            scores[inside.start, begin : begin + 2] = LIKELY, UNLIKELY

    attribution, toponyms = sure((n, len(ATTRIBUTION_TAGS))), sure((n, 3))
    entities, inner = sure((n, len(ENTITY_KINDS), 3)), sure((n, len(ENTITY_KINDS), 3))
    groups = sorted({label.split()[0] if " " in label else "" for *_, label in marked.spans})
    query, key = np.zeros((n, len(groups) + 1), np.float32), np.zeros((n, len(groups) + 1), np.float32)
    filled: dict[str, int] = {}
    for start, end, label in marked.spans:
        group, _, role = label.rpartition(" ")
        if role in ("source", "cue", "content"):
            put(attribution, start, end, ATTRIBUTION_TAGS.index(f"B-{role}"))
            first, last = np.searchsorted(starts, (start, end)).tolist()
            if role == "cue":
                key[first, groups.index(group)] = 9.0
            else:
                query[first:last, groups.index(group)] += 1.0
        elif label in ENTITY_KINDS:
            head = inner if start < filled.get(label, 0) else entities
            filled[label] = max(filled.get(label, 0), end)
            put(head[:, ENTITY_KINDS.index(label)], start, end, 1)
        elif label == "toponym":
            put(toponyms, start, end, 1)
    sentences = [m.span() for m in _SENTENCE.finditer(marked.text) if m.group().strip()]
    return Encoding(
        offsets=offsets,
        windows=np.arange(n, dtype=np.int32) // window,
        attribution=attribution,
        link_query=query,
        link_key=key,
        entities=entities,
        entities_inner=inner,
        toponyms=toponyms,
        roles=sure((n, len(ROLE_TAGS))),
        incident_kinds=np.full((n, len(INCIDENT_KINDS)), np.log(1 / len(INCIDENT_KINDS)), np.float32),
        confidences=np.full((n, len(CONFIDENCES)), np.log(1 / len(CONFIDENCES)), np.float32),
        stages=np.full((n, len(STAGES)), np.log(1 / len(STAGES)), np.float32),
        relevant=np.full(len(sentences), -3.0, np.float32),
        sentences=np.array(sentences, np.int32).reshape(-1, 2),
        embeddings=np.eye(1, 384, dtype=np.float32).repeat(len(sentences), 0),
    )
