"""Shingles: words in a row as one number, and the few of them that stand for a text (its sketch)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.core.records import Document
from firsthand.trace.words import U64, Ints, Words, mix, texts_to_words

BATCH = 1 << 16
"""Code points worked on at once: some 5 MB, whatever the number of documents."""
SHORT = (4, 15)
"""Words in a paragraph that has prints of its own. On longer ones winnowing has three or more."""
_STEP = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is kept of every document between blocking and verification.

    Attributes:
        prints: Sampled shingles, document after document; a shingle that comes back in a document may come back here.
        first: Where those of document k begin, one entry more than there are documents.
        digests: One number for the whole sequence of words; equal for texts that differ in type only.
        lengths: Words.
        begins: Code point where each text's first word begins; 0 without words.
        ends: Past its last word.
    """

    prints: U64
    first: Ints
    digests: U64
    lengths: Ints
    begins: Ints
    ends: Ints


def words_to_shingles(hashes: U64, *, n: int) -> U64:
    """Number every run of n words.

    Returns:
        As long as `hashes`; the last n - 1 entries run out of words and mean nothing.
    """
    shingles = np.zeros(len(hashes), np.uint64)
    for k in range(min(n, len(hashes))):
        shingles *= _STEP
        shingles[: len(hashes) - k] += hashes[k:]
    return mix(shingles)


def prose(documents: Sequence[Document]) -> Words:
    """The words of documents' own prose: what `read` set apart (Document.parts) is left out."""
    holes = [[(part.start, part.end) for part in d.parts] for d in documents]
    return texts_to_words([d.text for d in documents], holes=holes)


def batches(documents: Sequence[Document], *, size: int = BATCH) -> Iterator[tuple[int, int]]:
    """Ranges of documents of about `size` code points, in order, all of them."""
    start, held = 0, 0
    for k, document in enumerate(documents):
        held += len(document.text) + 2
        if held >= size:
            yield start, k + 1
            start, held = k + 1, 0
    if start < len(documents):
        yield start, len(documents)


def documents_to_sketches(documents: Sequence[Document], *, shingle: int, window: int) -> Sketches:
    """Read every text once and keep of its shingles one in each `window` neighbours (the smallest).

    Two texts that share `shingle + window - 1` words in a row share a print, wherever they stand; two that share a
    paragraph of SHORT words share two.

    Source: Schleimer, Wilkerson and Aiken 2003, "Winnowing".
    """
    prints, counts, digests, lengths, begins, ends = [], [], [], [], [], []
    for low, high in batches(documents):
        words = prose(documents[low:high])
        lengths.append(np.diff(words.first))
        digests.append(_digests(words))
        some = lengths[-1] > 0
        begins.append(np.zeros(len(some), np.int64))
        ends.append(np.zeros(len(some), np.int64))
        begins[-1][some] = words.starts[words.first[:-1][some]]
        ends[-1][some] = words.ends[words.first[1:][some] - 1]
        batch_prints, text_of = _winnow(words, shingle=shingle, window=window)
        short, short_of = _short_paragraphs(words)
        if len(short):
            order = np.argsort(np.concatenate([text_of, short_of]), kind="stable")
            batch_prints = np.concatenate([batch_prints, short])[order]
        prints.append(batch_prints)
        counts.append(np.bincount(text_of, minlength=high - low) + np.bincount(short_of, minlength=high - low))
    count = _joined(counts, np.int64)
    return Sketches(
        _joined(prints, np.uint64),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(count)]),
        _joined(digests, np.uint64),
        _joined(lengths, np.int64),
        _joined(begins, np.int64),
        _joined(ends, np.int64),
    )


def _joined(arrays: list[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)


def _digests(words: Words) -> U64:
    """One number for each text's sequence of words."""
    position = np.arange(len(words.hashes)) - np.repeat(words.first[:-1], np.diff(words.first))
    running = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum(mix(words.hashes + position.astype(np.uint64) * _STEP))]
    )
    digests: U64 = running[words.first[1:]] - running[words.first[:-1]]
    return digests


def _winnow(words: Words, *, shingle: int, window: int) -> tuple[U64, Ints]:
    """Prints, and which text each is of."""
    texts, total = len(words.first) - 1, len(words.hashes)
    text_of = np.repeat(np.arange(texts), np.diff(words.first))
    shingles = words_to_shingles(words.hashes, n=shingle)
    # A shingle that runs into the next text is no shingle.
    whole = np.arange(total) + shingle <= words.first[1:][text_of]
    shingles, text_of = shingles[whole], text_of[whole]
    if len(shingles) == 0:
        return shingles, text_of
    chosen = np.zeros(len(shingles), bool)
    last = len(shingles) - window + 1
    if last > 0:
        smallest = shingles[:last].copy()
        for k in range(1, window):
            np.minimum(smallest, shingles[k : k + last], out=smallest)
        # A window that runs into the next text would make a text's prints depend on its neighbour.
        open_ = text_of[:last] == text_of[window - 1 :]
        for k in range(window):
            leftmost = open_ & (shingles[k : k + last] == smallest)
            chosen[k : k + last] |= leftmost
            open_ &= ~leftmost
    # Texts with fewer shingles than a window: keep them all.
    few = np.bincount(text_of, minlength=texts) < window
    chosen |= few[text_of]
    return shingles[chosen], text_of[chosen]


def _short_paragraphs(words: Words) -> tuple[U64, Ints]:
    """Two prints for each short paragraph as a whole, and the text of each: winnowing can miss it or keep one of it."""
    start = np.flatnonzero(words.paragraphs)
    size = np.diff(start, append=len(words.hashes))
    some = (size >= SHORT[0]) & (size <= SHORT[1])
    start, size = start[some], size[some]
    if not len(start):
        return words.hashes[:0], start
    first = np.cumsum(size) - size
    rank = np.arange(int(size.sum())) - np.repeat(first, size)
    hashes = words.hashes[np.repeat(start, size) + rank]
    sums = np.add.reduceat(mix(hashes + rank.astype(np.uint64) * _STEP), first)
    of = np.searchsorted(words.first, start, side="right") - 1
    return np.concatenate([mix(sums ^ _STEP), mix(sums + _STEP)]), np.concatenate([of, of])
