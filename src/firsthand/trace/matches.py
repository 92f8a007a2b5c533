"""Pairs of documents that share prose, with what is needed to say which one is the copy and of what kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from firsthand.core.records import Document
from firsthand.trace.alignments import Passages, pairs_to_passages
from firsthand.trace.candidates import Candidates
from firsthand.trace.options import TraceOptions
from firsthand.trace.words import Flags, Ints

CHUNK = 1 << 16
"""Words compared at once, both texts of each pair counted: bounds memory, not results."""
EXACT = 0.4
"""Least share of a passage that is the same word for word. Scans with one letter in seventeen misread keep 0.6; two
bulletins of one form with other names in it stay below."""
ODD = 0.1
"""Whole sentences count with few words, so at most this share of them may differ."""
CITED, CITING = 20, 5
"""A quotation and what attributes it, whole sentences, word for word: two reporters at one speech may both write "she
said", but not cut and introduce its words alike. Adds 1 % to the excerpts found, no false one in 2,100 real texts."""
FRAMED, FRAMING = 12, 2
"""Whole paragraphs in both texts, word for word, mostly a quotation: words in all, and those outside quotation marks.
Two reporters cut one speech and set its paragraphs alike so rarely that 2,424 real texts (PolNeAR, MUC-4) hold no such
pair; of the excerpts made from PolNeAR it finds 2 % more. With 6 and 4 words the real texts hold none either, but lines
that many pages have ("Our view has not changed on this matter.") come in, and parents are less precise."""
SAME = 0.6
"""Least share that is the same word for word where many short passages together make up a text."""
NEAR, UNBROKEN = 0.95, 0.9
"""Least share of the words that are the same, and of the stretch that is filled, in a copy cut from the bottom."""
VERBATIM = 0.97
"""Share from which a text counts as all there: a credit line or a new headline may come on top."""
STANDING = 60
"""Short passages of fewer words can be standing matter."""
HEADING = 40
"""Words at the top or foot of two texts that are a heading or a footer if they share no more. MUC-4's datelines, which
name speakers and their offices, are of up to 37: with 30, four more pairs of bulletins share nothing but these."""
CRUMB = 6
"""Passages of so many words count towards the share that is copied, once a longer one shows that words were reused."""


class Passage(NamedTuple):
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


class Match(NamedTuple):
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

    @property
    def from_the_top(self) -> bool:
        """Whether what is shared stands in the same order in both, without holes in `of`, nearly word for word.

        So newsrooms run wires: from the first paragraph down, as far as the space goes.
        """
        places = [(p.of_start, p.of_end) for p in self.passages]
        reach = max((end for _, end in places), default=0)
        held = sum(end - start for start, end in places)
        words = sum(p.words for p in self.passages)
        return places == sorted(places) and self.exact >= NEAR * words and held >= UNBROKEN * reach

    def turned(self) -> Match:
        """The same overlap with the roles exchanged."""
        passages = sorted(
            (
                Passage(p.of_start, p.of_end, p.start, p.end, p.of_words, p.words, p.exact, p.plain, p.solid)
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
        candidates: Pairs in order of (late, early), all of a trace or some.
        options: Of the verb.
    Yields:
        Matches with `doc` the later in rank, family by family.
    """
    order = _by_family(candidates, len(documents))
    lates, earlies = candidates.late[order], candidates.early[order]
    work = lengths[lates] + lengths[earlies]
    chunk = np.cumsum(work) // CHUNK
    for number in np.unique(chunk):
        low, high = np.searchsorted(chunk, (number, number + 1))
        late, early = lates[low:high], earlies[low:high]
        needed, place = np.unique(np.concatenate([late, early]), return_inverse=True)
        left, right = place[: len(late)], place[len(late) :]
        passages, total, plain = pairs_to_passages(
            [documents[k] for k in needed],
            (left, right),
            common=candidates.common,
            shingle=options.shingle,
            texts=candidates.texts,
        )
        solid = _solid(passages, np.minimum(total[left], total[right]), options)
        late_sizes, early_sizes = (np.stack([total[k], plain[k]]).T.tolist() for k in (left, right))
        docs, ofs = late.tolist(), early.tolist()
        for pair, rows in _rows(passages, solid):
            (size, own), (of_size, of_own) = late_sizes[pair], early_sizes[pair]
            yield _match(rows, docs[pair], ofs[pair], (size, of_size, own, of_own))


def _by_family(candidates: Candidates, texts: int) -> Ints:
    """An order of pairs in which those of one family stand together, so that its texts are read once."""
    nearest = np.arange(texts)
    by_shared = np.argsort(candidates.shared, kind="stable")
    nearest[candidates.late[by_shared]] = candidates.early[by_shared]
    # Each text points to an earlier one, so following twice as far each time ends at the first of the family.
    while not np.array_equal(nearest, further := nearest[nearest]):
        nearest = further
    return np.argsort(nearest[candidates.late], kind="stable")


def _solid(passages: Passages, shorter: Ints, options: TraceOptions) -> Flags:
    """Which passages show by themselves, or as nearly all of the shorter text, that words were reused."""
    changed = passages.words - passages.exact
    sentences = passages.sentences & (passages.plain >= options.sentence) & (changed <= ODD * passages.words)
    cut_alike = passages.sentences & (passages.words >= CITED) & (passages.plain >= CITING) & (changed == 0)
    ragged = (passages.plain - changed >= options.passage) & (passages.exact >= EXACT * passages.words)
    # Datelines, headings and standing footers are the same in texts that share nothing else.
    heading = passages.edge & (passages.words < HEADING)
    framed = passages.paragraphs & (changed == 0) & (passages.words >= FRAMED) & (passages.plain >= FRAMING)
    alone = (sentences | cut_alike | ragged | framed) & ~heading
    held, plain, exact = (
        np.bincount(passages.pair, weights=w, minlength=len(shorter))
        for w in (passages.words, passages.plain, passages.exact)
    )
    nearly_all = (held >= options.whole * shorter) & (plain >= options.sentence) & (exact >= SAME * held)
    return np.asarray(alone | (nearly_all[passages.pair] & (passages.exact >= EXACT * passages.words)))


def _rows(passages: Passages, solid: Flags) -> Iterator[tuple[int, tuple[Passage, ...]]]:
    """The passages of each pair that has a solid one."""
    real = np.unique(passages.pair[solid])
    keep = np.flatnonzero(np.isin(passages.pair, real) & (solid | (passages.words >= CRUMB)))
    columns = [
        c[keep].tolist()
        for c in (
            passages.start, passages.end, passages.of_start, passages.of_end, passages.words, passages.of_words,
            passages.exact, passages.plain, solid,
        )
    ]  # fmt: skip
    rows = list(map(Passage._make, zip(*columns, strict=True)))
    pair = passages.pair[keep]
    bounds = np.searchsorted(pair, real).tolist()
    for k, low in enumerate(bounds):
        yield int(real[k]), tuple(rows[low : bounds[k + 1] if k + 1 < len(bounds) else None])


def _match(rows: tuple[Passage, ...], doc: int, of: int, sizes: Iterable[int]) -> Match:
    total, of_total, plain, of_plain = (max(1, int(n)) for n in sizes)
    shared = of_shared = shared_plain = 0
    for p in rows:
        shared += p.words
        of_shared += p.of_words
        shared_plain += p.plain
    return Match(
        doc=doc,
        of=of,
        passages=rows,
        share=min(1.0, shared / total),
        of_share=min(1.0, of_shared / of_total),
        plain_share=min(1.0, shared_plain / plain),
        of_plain_share=min(1.0, shared_plain / of_plain),
        words=total,
        of_words=of_total,
    )
