"""Texts cut for the net: word pieces with their casing, sentences, windows and chunks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import sentencex
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

WINDOW = 254
"""Word pieces of one window, its two markers not counted; the base net was trained on 256."""
LONGEST = 1_000_000
"""Code points of a document that are read; the arrays of a longer one would not fit a laptop's memory."""
OPEN, CLOSE = 101, 102
CASINGS = 16
TOGETHER = 1024
"""Word pieces of a chunk: 99 of 100 MUC-4 messages are one."""
PARAGRAPH = 8
"""Added to the casing of a paragraph's first piece, since the vocabulary has no line breaks either."""
MARKER_CASING = 6
_BLOCK = 20_000
_PARAGRAPH_FROM = 0.75

_WORD = re.compile(r"[^\W_]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PARAGRAPH = re.compile(r"^\s*|\n\s*\n\s*|(?<=[.!?:…\"'”’)\]])[ \t\r]*\n\s*")
_BREAK = re.compile(r"\n\s*\n|\n|(?<=[.!?])\s|\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A text cut for the net.

    Attributes:
        ids: int32 [n], word pieces of the vocabulary.
        casings: int32 [n], the casing of the word that the piece is part of (see `casing`), plus PARAGRAPH at
            the beginning of one.
        offsets: int32 [n, 2], half-open code points of the text.
        sentences: int32 [s, 2], half-open code points of the text.
        bounds: int32 [s, 2], half-open word pieces of each sentence; at most WINDOW long, back to back, none empty.
        breaks: bool [s], whether a line ends after the sentence.
    """

    ids: npt.NDArray[np.int32]
    casings: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int32]
    sentences: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int32]
    breaks: npt.NDArray[np.bool_]


def casing(word: str) -> int:
    """Class of a word's casing, which the uncased vocabulary does not keep.

    Args:
        word: one run of letters and digits.

    Returns:
        0 no letter or digit, 1 digits, 2 lower, 3 upper, 4 capitalised or a single capital, 5 mixed. 6 is for the
        markers at a window's ends.
    """
    if not any(map(str.isalpha, word)):
        return 1 if any(map(str.isdigit, word)) else 0
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 4 if word[0].isupper() else 5


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizer and take its padding and truncation off, so that no text is lost.

    Args:
        path: tokenizer.json of the Hugging Face library.

    Returns:
        The tokenizer; its offsets are code points.
    """
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def text_to_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces and sentences.

    Args:
        text: any string; only the first LONGEST code points are read.
        tokenizer: from `load_tokenizer`.

    Returns:
        The pieces; a text without words has none.
    """
    # The Rust libraries take UTF-8 only; a replacement of the same length keeps every offset.
    text = _SURROGATE.sub("\ufffd", text[:LONGEST])
    ids: list[int] = []
    casings: list[int] = []
    offsets: list[tuple[int, int]] = []
    sentences: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    for base, end in _blocks(text):
        block = text[base:end]
        encoded = tokenizer.encode(block, add_special_tokens=False)
        spans = encoded.offsets
        starts = np.array([a for a, _ in spans], np.int64)
        first = 0
        for sentence in sentencex.get_sentence_boundaries("en", block):
            last = int(np.searchsorted(starts, sentence["end_index"]))
            for cut in range(first, last, WINDOW):
                stop = min(cut + WINDOW, last)
                bounds.append((len(ids) + cut, len(ids) + stop))
                sentences.append((base + spans[cut][0], base + spans[stop - 1][1]))
            first = max(first, last)
        if first < len(spans):
            bounds.append((len(ids) + first, len(ids) + len(spans)))
            sentences.append((base + spans[first][0], base + spans[-1][1]))
        casings.extend(_casings(block, starts))
        ids.extend(encoded.ids)
        offsets.extend((base + a, base + b) for a, b in spans)
    after = [start for start, _ in sentences[1:]] + [len(text)]
    return Pieces(
        ids=np.array(ids, np.int32),
        casings=np.array(casings, np.int32),
        offsets=np.array(offsets, np.int32).reshape(-1, 2),
        sentences=np.array(sentences, np.int32).reshape(-1, 2),
        bounds=np.array(bounds, np.int32).reshape(-1, 2),
        breaks=np.array(["\n" in text[b:c] for (_, b), c in zip(sentences, after, strict=False)], np.bool_),
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of bounded length, cut at a blank line, a line's end, a sentence's end or a space if it can be."""
    start = 0
    while len(text) - start > _BLOCK:
        best: tuple[int, int] = (0, start + _BLOCK)
        for found in _BREAK.finditer(text, start + _BLOCK // 2, start + _BLOCK):
            gap = found.group()
            rank = 4 if gap.count("\n") > 1 else 3 if gap == "\n" else 2 if text[found.start() - 1] in ".!?" else 1
            best = max(best, (rank, found.end()))
        yield start, best[1]
        start = best[1]
    if start < len(text):
        yield start, len(text)


def _casings(text: str, starts: npt.NDArray[np.int64]) -> list[int]:
    """Casing of the word around each piece, by where the piece starts.

    Old wire copy wraps its lines: a single line break ends a paragraph only after closing punctuation.
    """
    heads = {m.end() for m in _PARAGRAPH.finditer(text)}
    words = [(m.start(), m.end(), casing(m.group())) for m in _WORD.finditer(text)]
    out, k = [], 0
    for start in starts.tolist():
        while k < len(words) and words[k][1] <= start:
            k += 1
        value = words[k][2] if k < len(words) and words[k][0] <= start else 0
        out.append(value + PARAGRAPH if start in heads else value)
    return out


def pack(pieces: Pieces, *, first: int = WINDOW) -> list[tuple[int, int]]:
    """Put whole sentences together into windows for the net, without overlap.

    A window that is full ends with a paragraph if one ends in its last quarter, since attributions seldom cross there.

    Args:
        pieces: a text cut for the net.
        first: word pieces that the first window may hold; training varies it so that the net sees every cut.

    Returns:
        Half-open ranges of sentences, in order, each of at most WINDOW word pieces.
    """
    windows = []
    start, count, limit = 0, len(pieces.bounds), first
    while start < count:
        origin = pieces.bounds[start, 0]
        stop = start + 1
        while stop < count and pieces.bounds[stop, 1] - origin <= limit:
            stop += 1
        if stop < count:
            for cut in range(stop, start, -1):
                if pieces.bounds[cut - 1, 1] - origin < _PARAGRAPH_FROM * limit:
                    break
                if pieces.breaks[cut - 1]:
                    stop = cut
                    break
        windows.append((start, stop))
        start, limit = stop, WINDOW
    return windows


def chunks(pieces: Pieces, windows: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Put neighbouring windows together.

    Args:
        pieces: a text cut for the net.
        windows: from `pack`.

    Returns:
        The windows in order, grouped; no group has more than TOGETHER word pieces.
    """
    groups: list[list[tuple[int, int]]] = []
    for window in windows:
        if not groups or pieces.bounds[window[1] - 1, 1] - pieces.bounds[groups[-1][0][0], 0] > TOGETHER:
            groups.append([])
        groups[-1].append(window)
    return groups


def window_inputs(pieces: Pieces, window: tuple[int, int]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays that the net reads for one window.

    Args:
        pieces: a text cut for the net.
        window: half-open range of sentences, from `pack`.

    Returns:
        ids and casings int64 [1, m + 2] with a marker at either end; pool float32 [k, m + 2], whose rows average the
        pieces of each sentence.
    """
    bounds = pieces.bounds[window[0] : window[1]]
    start, end = int(bounds[0, 0]), int(bounds[-1, 1])
    ids = np.full((1, end - start + 2), OPEN, np.int64)
    ids[0, 1:-1], ids[0, -1] = pieces.ids[start:end], CLOSE
    casings = np.full_like(ids, MARKER_CASING)
    casings[0, 1:-1] = pieces.casings[start:end]
    return {"ids": ids, "casings": casings, "pool": pool(bounds - start + 1, end - start + 2)}


def pool(bounds: npt.NDArray[np.int32], width: int) -> npt.NDArray[np.float32]:
    """Rows that average the pieces of each sentence.

    Args:
        bounds: int32 [k, 2], half-open pieces of each sentence.
        width: all pieces, markers counted.

    Returns:
        float32 [k, width].
    """
    rows = np.zeros((len(bounds), width), np.float32)
    for row, (a, b) in enumerate(bounds):
        rows[row, a:b] = 1.0 / (b - a)
    return rows
