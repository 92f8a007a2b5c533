"""Verification: which words of one text stand in another, many pairs of texts at once.

Runs of SHINGLE equal words are anchors. Anchors that follow each other in both texts with small gaps make one passage,
so a changed word, a misread letter or a cut clause does not break it, while a moved paragraph becomes a passage of its
own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.core.records import Document
from firsthand.trace.candidates import print_in
from firsthand.trace.shingles import prose, words_to_shingles
from firsthand.trace.words import U64, Flags, Ints, Words, mix

SHINGLE = 3
"""Words in an anchor. One letter in seventeen misread leaves 39 % of three-word runs whole, but 21 % of five."""
GAP = 12
"""Words that a passage may skip between two anchors, in either text."""
STRAY = 2
"""Passages with fewer anchors are chance: three words in a row that many texts have."""
CHANCE = 2
"""Words by which a passage may run into the next sentence without being more than that sentence before it."""
EDGE = 4
"""Words from the top or foot of a text that still are its edge."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Aligned passages of pairs of texts (d, o): arrays as long as there are passages, in order of pair and `start`.

    Attributes:
        pair: Which pair.
        start: Code point offset in d, of a word's beginning.
        end: Past a word's last code point.
        of_start: The same in o.
        of_end: The same in o.
        words: Words of d in the passage.
        of_words: Words of o in the passage.
        exact: Those words of d that are in an anchor.
        plain: Words that are neither in quotation marks in both texts nor common to very many texts.
        sentences: Whether the passage begins and ends where a sentence may, in both texts.
        paragraphs: Whether it begins and ends where a paragraph does, in both texts.
        edge: Whether it stands at the very top or at the very foot of both texts, and is the lesser part of both.
    """

    pair: Ints
    start: Ints
    end: Ints
    of_start: Ints
    of_end: Ints
    words: Ints
    of_words: Ints
    exact: Ints
    plain: Ints
    sentences: Flags
    paragraphs: Flags
    edge: Flags


def pairs_to_passages(
    documents: Sequence[Document], pairs: tuple[Ints, Ints], *, common: U64, shingle: int, texts: int
) -> tuple[Passages, Ints, Ints]:
    """Align pairs of documents.

    Args:
        documents: Those that the pairs are about.
        pairs: Indexes into `documents`: those that may reuse, and those whose words they may be.
        common: Prints of boilerplate, as `prints_to_candidates` gives them for so many `texts`.
        shingle: Words in a print.
        texts: See `common`.
    Returns:
        The passages; the words of every document; and those of them that are outside quotation marks and not common.
    """
    words = prose(documents)
    shared = _common_words(words, common, shingle=shingle, texts=texts)
    left, right = pairs
    pair, i, j = _anchors(words, left, right)
    pair, begin, stop = _chains(pair, i, j)
    # Runs of anchors count by the words they cover together; two that touch share words.
    run = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.minimum(np.diff(i), SHINGLE))]) if len(i) else i
    exact = run[stop] - run[begin] + SHINGLE
    i0, i1, j0, j1 = i[begin], i[stop] + SHINGLE, j[begin], j[stop] + SHINGLE
    # The last words of one passage may be the first of the next: they stay with the former.
    taken = np.zeros(len(i0), np.int64)
    taken[1:] = np.where(pair[1:] == pair[:-1], np.clip(i1[:-1] - i0[1:], 0, np.minimum(i1 - i0, j1 - j0)[1:] - 1), 0)
    i0, j0 = i0 + taken, j0 + taken
    breaks, first = np.append(words.breaks, np.ones(CHANCE + 1, bool)), words.first
    front, back = _overshot(breaks, (i0, i1, j0, j1))
    i0, i1, j0, j1, exact = i0 + front, i1 - back, j0 + front, j1 - back, exact - front - back
    quoted, widely, plain = _running(words.quoted), _running(shared), _running(~(words.quoted | shared))
    hidden = np.maximum(np.minimum(quoted[i1] - quoted[i0], quoted[j1] - quoted[j0]), widely[i1] - widely[i0])
    d, o = left[pair], right[pair]
    edge = _at_edge(i0 - first[d], j0 - first[o]) | _at_edge(first[d + 1] - i1, first[o + 1] - j1)
    passages = Passages(
        pair=pair,
        start=words.starts[i0],
        end=words.ends[i1 - 1],
        of_start=words.starts[j0],
        of_end=words.ends[j1 - 1],
        words=i1 - i0,
        of_words=j1 - j0,
        exact=np.minimum(exact, i1 - i0),
        plain=np.maximum(i1 - i0 - hidden, 0),
        sentences=breaks[i0] & breaks[j0] & breaks[i1] & breaks[j1],
        paragraphs=_whole(words.paragraphs, i0, i1) & _whole(words.paragraphs, j0, j1),
        edge=edge & (2 * (i1 - i0) < np.minimum(first[d + 1] - first[d], first[o + 1] - first[o])),
    )
    return passages, np.diff(first), plain[first[1:]] - plain[first[:-1]]


def _whole(paragraphs: Flags, start: Ints, end: Ints) -> Flags:
    """Whether what begins at one word and ends before another is whole paragraphs."""
    return np.asarray(paragraphs[start] & np.append(paragraphs, True)[end])


def _at_edge(away: Ints, of_away: Ints) -> Flags:
    return (away <= EDGE) & (of_away <= EDGE)


def _running(flags: Flags) -> Ints:
    """How many flags are set before each place, and at the end."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])


def _common_words(words: Words, common: U64, *, shingle: int, texts: int) -> Flags:
    """Words that stand in a shingle which is boilerplate."""
    flags = np.zeros(len(words.hashes), bool)
    if len(common) and len(flags) >= shingle:
        at = np.flatnonzero(print_in(words_to_shingles(words.hashes, n=shingle)[: 1 - shingle], common, texts=texts))
        for k in range(shingle):
            flags[at + k] = True
    return flags


def _anchors(words: Words, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Where runs of SHINGLE words of the left text stand in the right one: pair, word of left, word of right."""
    shingles = words_to_shingles(words.hashes, n=SHINGLE)
    runs = np.maximum(np.diff(words.first) - SHINGLE + 1, 0)
    salt = mix(np.arange(1, len(left) + 1, dtype=np.uint64))
    j, of_pair = _ranges(words.first[:-1][right], runs[right])
    i, pair = _ranges(words.first[:-1][left], runs[left])
    # Shingle and place in one number: one sort brings what is equal together, first the places in the right text.
    bits = np.uint64((len(i) + len(j)).bit_length())
    entries = shingles[np.concatenate([j, i])]
    entries ^= np.repeat(np.concatenate([salt, salt]), np.concatenate([runs[right], runs[left]]))
    entries >>= bits
    entries <<= bits
    entries |= np.arange(len(entries), dtype=np.uint64)
    entries.sort()
    new = np.ones(len(entries) + 1, bool)
    np.greater_equal(entries[1:] ^ entries[:-1], np.uint64(1) << bits, out=new[1:-1])
    shared = np.flatnonzero(~(new[:-1] & new[1:]))
    place = (entries[shared] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    offered = place < len(j)
    start = np.maximum.accumulate(np.where(new[shared], np.arange(len(shared)), 0))
    hit = np.flatnonzero(~offered & offered[start])
    # Back in the order of the left text.
    met = np.full(len(i), -1)
    met[place[hit] - len(j)] = start[hit]
    wanted = np.flatnonzero(met >= 0)
    start, i, pair = met[wanted], i[wanted], pair[wanted]
    found, again = j[place[start]], offered[start + 1]
    # The number has lost some bits.
    real = (shingles[i] == shingles[found]) & (of_pair[place[start]] == pair)
    if not real.all():
        pair, i, found, again = pair[real], i[real], found[real], again[real]
    if again.any():
        bounds = (words.first[right[pair]], words.first[right[pair] + 1] - SHINGLE)
        found = _settled(shingles, (pair, i, found), again, bounds)
    return pair, i, found


def _settled(shingles: U64, anchors: tuple[Ints, Ints, Ints], again: Flags, bounds: tuple[Ints, Ints]) -> Ints:
    """Choose among the places where a run of words stands in the right text.

    A run that comes back there belongs where its neighbours say, if these are unique: at the same distance.
    """
    pair, i, j = anchors
    low, high = bounds
    at = np.arange(len(i))
    before = np.maximum.accumulate(np.where(again, -1, at))
    after = np.minimum.accumulate(np.where(again, len(i), at)[::-1])[::-1]
    for neighbour in (before, after):
        known = again & (neighbour >= 0) & (neighbour < len(i))
        near = neighbour[known]
        guess = j[near] + i[known] - i[near]
        fits = (pair[near] == pair[known]) & (guess >= low[known]) & (guess <= high[known])
        fits[fits] = shingles[guess[fits]] == shingles[i[known][fits]]
        settled = np.flatnonzero(known)[fits]
        j[settled], again[settled] = guess[fits], False
    return j


def _overshot(breaks: Flags, ends: tuple[Ints, Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """How many words each passage runs past a sentence at either end.

    The next sentence often begins with the same word by chance: "The".
    """
    i0, i1, j0, j1 = ends
    front, back = np.zeros(len(i0), np.int64), np.zeros(len(i0), np.int64)
    begun, ended = breaks[i0] & breaks[j0], breaks[i1] & breaks[j1]
    for k in range(1, CHANCE + 1):
        room = np.minimum(i1 - i0, j1 - j0) > 3 * k
        found = ~begun & room & breaks[i0 + k] & breaks[j0 + k]
        front[found], begun = k, begun | found
        found = ~ended & room & breaks[i1 - k] & breaks[j1 - k]
        back[found], ended = k, ended | found
    return front, back


def _ranges(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """All numbers of the ranges one after the other, and which range each is from."""
    of = np.repeat(np.arange(len(starts)), lengths)
    return np.arange(len(of)) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths), of


def _chains(pair: Ints, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints]:
    """Group anchors into passages: for each its pair and its first and last anchor."""
    begin, stop = _linked(pair, i, j, np.arange(len(i)), np.arange(len(i)))
    # Strays stand between passages that belong together: drop them, then close the gaps they made.
    real = stop - begin + 1 >= STRAY
    begin, stop = _linked(pair, i, j, begin[real], stop[real])
    return pair[begin], begin, stop


def _linked(pair: Ints, i: Ints, j: Ints, begin: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Join neighbours, each a run of anchors, that continue each other."""
    if len(begin) < 2:
        return begin, stop
    di, dj = i[begin[1:]] - i[stop[:-1]], j[begin[1:]] - j[stop[:-1]]
    limit = GAP + SHINGLE
    follows = (pair[begin[1:]] == pair[begin[:-1]]) & (di <= limit) & (dj > 0) & (dj <= limit)
    cut = np.concatenate([[True], ~follows])
    last = np.concatenate([np.flatnonzero(cut)[1:] - 1, [len(begin) - 1]])
    return begin[cut], stop[last]
