"""Pairs of documents that share prose, with what is needed to say which one is the copy and of what kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.core.records import Document
from firsthand.trace.alignments import Passages, pairs_to_passages
from firsthand.trace.candidates import Candidates
from firsthand.trace.options import TraceOptions
from firsthand.trace.words import Flags, Ints

CHUNK = 1 << 18
"""Words compared at once, both texts of each pair counted: bounds memory, not results."""
EXACT = 0.4
"""Least share of a passage that is the same word for word. Scans with one letter in seventeen misread keep 0.6; two
bulletins of one form with other names in it stay below."""
CRUMB = 6
"""Passages of so many words count towards the share of a document that is a copy, once a longer one has shown that it is."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that stand in another; see Passages for the fields."""

    start: int
    end: int
    of_start: int
    of_end: int
    words: int
    of_words: int
    exact: int
    plain: int
    solid: bool
    at: int


@dataclass(frozen=True, slots=True)
class Match:
    """What one document shares with another.

    Attributes:
        doc: Index of the one seen as the copy.
        of: Index of the other.
        passages: In order of `doc`.
        share: Of the words of `doc`, those that stand in `of`, 0–1.
        of_share: Of the words of `of`, those that stand in `doc`.
        plain_share: Of the words of `doc` outside quotation marks, those that stand in `of`.
        of_plain_share: The same for `of`.
        words: Of `doc`.
        of_words: Of `of`.
    """

    doc: int
    of: int
    passages: tuple[Passage, ...]
    share: float
    of_share: float
    plain_share: float
    of_plain_share: float
    words: int
    of_words: int

    @property
    def exact(self) -> int:
        """Words that are the same one by one."""
        return sum(p.exact for p in self.passages)

    def turned(self) -> Match:
        """The same overlap with the roles exchanged."""
        passages = sorted(
            (
                Passage(p.of_start, p.of_end, p.start, p.end, p.of_words, p.words, p.exact, p.plain, p.solid, 0)
                for p in self.passages
            ),
            key=lambda p: (p.start, p.of_start),
        )
        return Match(
            self.of, self.doc, tuple(passages), self.of_share, self.share,
            self.of_plain_share, self.plain_share, self.of_words, self.words,
        )  # fmt: skip


def candidates_to_matches(
    documents: Sequence[Document], lengths: Ints, candidates: Candidates, *, options: TraceOptions
) -> Iterator[Match]:
    """Compare candidate pairs and keep those that share prose.

    Args:
        documents: In order of rank; candidates point into them.
        lengths: Their words.
        candidates: Pairs in order of (late, early).
        options: Of the verb.
    Yields:
        Matches with `doc` the later in rank, in order of (doc, of).
    """
    work = lengths[candidates.late] + lengths[candidates.early]
    chunk = np.cumsum(work) // CHUNK
    for number in np.unique(chunk):
        low, high = np.searchsorted(chunk, (number, number + 1))
        late, early = candidates.late[low:high], candidates.early[low:high]
        needed, place = np.unique(np.concatenate([late, early]), return_inverse=True)
        left, right = place[: len(late)], place[len(late) :]
        passages, total, plain = pairs_to_passages(
            [documents[k] for k in needed],
            (left, right),
            common=candidates.common,
            shingle=options.shingle,
            texts=len(documents),
        )
        solid = passages.exact >= EXACT * passages.words
        solid &= passages.plain >= np.where(passages.sentences, options.sentence, options.passage)
        for pair, rows in _rows(passages, solid):
            d, o = left[pair], right[pair]
            yield _match(rows, int(needed[d]), int(needed[o]), (total[d], total[o], plain[d], plain[o]))


def _rows(passages: Passages, solid: Flags) -> Iterator[tuple[int, tuple[Passage, ...]]]:
    """The passages of each pair that has a solid one."""
    real = np.unique(passages.pair[solid])
    keep = np.flatnonzero(np.isin(passages.pair, real) & (solid | (passages.words >= CRUMB)))
    columns = [
        c[keep].tolist()
        for c in (
            passages.start, passages.end, passages.of_start, passages.of_end, passages.words, passages.of_words,
            passages.exact, passages.plain, solid, passages.at,
        )
    ]  # fmt: skip
    rows = [Passage(*values) for values in zip(*columns, strict=True)]
    pair = passages.pair[keep]
    bounds = np.searchsorted(pair, real).tolist()
    for k, low in enumerate(bounds):
        yield int(real[k]), tuple(rows[low : bounds[k + 1] if k + 1 < len(bounds) else None])


def _match(rows: tuple[Passage, ...], doc: int, of: int, sizes: Iterable[int]) -> Match:
    total, of_total, plain, of_plain = (max(1, int(n)) for n in sizes)
    shared_plain = sum(p.plain for p in rows)
    return Match(
        doc=doc,
        of=of,
        passages=rows,
        share=min(1.0, sum(p.words for p in rows) / total),
        of_share=min(1.0, sum(p.of_words for p in rows) / of_total),
        plain_share=min(1.0, shared_plain / plain),
        of_plain_share=min(1.0, shared_plain / of_plain),
        words=total,
        of_words=of_total,
    )
