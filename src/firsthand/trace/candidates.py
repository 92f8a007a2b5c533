"""Blocking: which pairs of texts share enough prints to be compared word by word.

An inverted index by one sort. A print in few texts pairs them all; a print in a crowd ties each text to the earliest
of the crowd and to its neighbours in time, so the work grows with the number of prints, never with its square.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.trace.words import U64, Flags, Ints

FEW = 24
"""Up to so many texts with a print are all paired: 276 pairs at most, 12 a text."""
LINKS = 3
"""In a crowd each text is paired with so many of the earliest, and with as many just before it."""
RELATED = 0.3
"""A crowd is a family, and not boilerplate, if the median text shares this part of the prints with one of its links.
Copies cut to a third still share them all; pages with a common footer share their footer."""
LONE = 3
"""Candidates with a single print in common that each text keeps: mostly five words in a row by chance, which among many
texts all have."""
SLICE = 1 << 22
"""Pairs held at once while they are counted: 32 MB."""
NEAREST, EARLIEST, KIN = 8, 2, 2
"""Candidates that each text keeps: those that share most, and the earliest of those that share half as much. Of those
that share half of the text itself, its family, fewer do: they all tell the same. With two instead of five a trace takes
a seventh less time, and as many of 4,581 cuts and edits (six seeds of `make_reuse.py`) name their direct parent."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of texts worth comparing.

    Attributes:
        early: Index of the text that ranks first.
        late: Index of the other one; pairs are in order of (late, early).
        shared: Prints in common.
        common: Prints that are boilerplate, sorted.
        texts: How many were paired.
    """

    early: Ints
    late: Ints
    shared: Ints
    common: U64
    texts: int


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of texts that a part of the inverted index ties, each as late * texts + early.

    Attributes:
        pairs: Those with prints that few texts have, sorted.
        shared: How many such prints each has in common.
        star: Those that crowds make: each once for every crowd.
        crowd: Index into `keys` and `sizes` for each of these.
        keys: The print of each crowd.
        sizes: Its texts.
    """

    pairs: Ints
    shared: Ints
    star: Ints
    crowd: Ints
    keys: U64
    sizes: Ints


def prints_to_candidates(prints: U64, first: Ints, *, crowd: int) -> Candidates:
    """Pair the texts that share prints.

    Args:
        prints: Text after text, texts in order of rank (earliest first).
        first: Where those of text k begin, one entry more than there are texts.
        crowd: Above so many otherwise unrelated texts a print is boilerplate and pairs nobody.
    """
    texts = len(first) - 1
    bits = key_bits(texts)
    text_of = np.repeat(np.arange(texts, dtype=np.uint64), np.diff(first))
    # Print and text in one number: one fast sort is the inverted index. The print loses `bits` of its 64.
    postings = (prints >> bits << bits) | text_of
    postings.sort()
    postings = postings[np.concatenate([np.ones(min(1, len(postings)), bool), postings[1:] != postings[:-1]])]
    posted = (postings & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    sizes = np.bincount(posted, minlength=texts)
    links = postings_to_links(postings >> bits << bits, posted, texts=texts)
    pairs, shared = added([(links.pairs, links.shared), np.unique(links.star, return_counts=True)])
    late, early = links.star // texts, links.star % texts
    likeness = shared[np.searchsorted(pairs, links.star)] / np.minimum(sizes[late], sizes[early])
    members, strangers = crowds_to_strangers(links.crowd, late, likeness, crowds=len(links.keys))
    boilerplate = is_unrelated(members, strangers) & (links.sizes > crowd)
    drop, dropped = np.unique(links.star[boilerplate[links.crowd]], return_counts=True)
    shared[np.searchsorted(pairs, drop)] -= dropped
    pairs, shared = pairs[shared > 0], shared[shared > 0]
    late, early, shared = nearest(pairs // texts, pairs % texts, shared, sizes=sizes)
    return Candidates(early, late, shared, links.keys[boilerplate], texts)


def key_bits(texts: int) -> np.uint64:
    """How many of a print's 64 bits are left out of its key, the fewer the fewer texts there are."""
    return np.uint64(max(1, texts.bit_length()))


def postings_to_links(keys: U64, posted: Ints, *, texts: int) -> Links:
    """Tie the texts that stand under the same key.

    Args:
        keys: Prints without their last `key_bits`, sorted. All postings of a key must be there.
        posted: The text of each, ascending under a key and distinct.
        texts: How many there are in all.
    """
    begin = np.flatnonzero(np.concatenate([np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]]))
    size = np.diff(begin, append=len(keys))
    crowded = np.flatnonzero(size > FEW)
    star, group = _stars(posted, begin[crowded], size[crowded], texts)
    return Links(*_small(posted, begin, size, texts), star, group, keys[begin[crowded]], size[crowded])


def print_in(prints: U64, common: U64, *, texts: int) -> Flags:
    """Whether each print is one of those that prints_to_candidates found common among so many texts."""
    bits = key_bits(texts)
    if len(common) == 0:
        return np.zeros(len(prints), bool)
    keys = prints >> bits << bits
    return np.asarray(common[np.minimum(np.searchsorted(common, keys), len(common) - 1)] == keys)


def _small(posted: Ints, begin: Ints, size: Ints, texts: int) -> tuple[Ints, Ints]:
    """All pairs of texts with the same print, for prints in FEW texts at most, counted slice by slice."""
    counted: list[tuple[Ints, Ints]] = []
    held: list[Ints] = []
    room = SLICE
    for n in range(2, FEW + 1):
        groups = begin[size == n]
        left, right = np.triu_indices(n, 1)
        step = max(1, SLICE // len(left))
        for at in range(0, len(groups), step):
            members = posted[groups[at : at + step, None] + np.arange(n)]
            held.append((members[:, right] * texts + members[:, left]).ravel())
            room -= len(held[-1])
            if room < 0:
                counted = [added([*counted, np.unique(np.concatenate(held), return_counts=True)])]
                held, room = [], SLICE
    if held:
        counted.append(np.unique(np.concatenate(held), return_counts=True))
    return added(counted)


def added(counted: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Sum counts of the same pair; pairs come out sorted."""
    if not counted:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if len(counted) == 1:
        return counted[0]
    pairs, place = np.unique(np.concatenate([p for p, _ in counted]), return_inverse=True)
    return pairs, np.bincount(place, weights=np.concatenate([c for _, c in counted])).astype(np.int64)


def _stars(posted: Ints, begin: Ints, size: Ints, texts: int) -> tuple[Ints, Ints]:
    """Links within crowds, and the number of the crowd each link comes from. A link is made once a crowd."""
    group = np.repeat(np.arange(len(begin)), size)
    rank = np.arange(len(group)) - np.repeat(np.cumsum(size) - size, size)
    base = np.repeat(begin, size)
    links, groups = [], []
    for k in range(LINKS):
        ahead, behind = rank > k, rank > k + LINKS
        late = posted[base[ahead] + rank[ahead]]
        links.append(late * texts + posted[base[ahead] + k])
        groups.append(group[ahead])
        late = posted[base[behind] + rank[behind]]
        links.append(late * texts + posted[base[behind] + rank[behind] - 1 - k])
        groups.append(group[behind])
    if not links:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(links), np.concatenate(groups)


def crowds_to_strangers(crowd: Ints, late: Ints, likeness: NDArray[np.float64], *, crowds: int) -> tuple[Ints, Ints]:
    """Count in each crowd the texts that have little in common with all that they are linked to.

    Counts of texts, so that parts of a crowd can be counted apart and added.

    Args:
        crowd: Of each link, below `crowds`.
        late: Its later text.
        likeness: Share of the prints of the smaller text that both have.
        crowds: How many there are.
    Returns:
        For each crowd its texts that are linked to earlier ones, and those of them that are strangers.
    """
    order = np.lexsort((likeness, late, crowd))
    # The last of each (crowd, text) is that text's best link.
    best = np.ones(len(order), bool)
    best[:-1] = (np.diff(crowd[order]) != 0) | (np.diff(late[order]) != 0)
    of, strange = crowd[order][best], likeness[order][best] < RELATED
    return np.bincount(of, minlength=crowds), np.bincount(of[strange], minlength=crowds)


def is_unrelated(members: Ints, strangers: Ints) -> Flags:
    """For each crowd, whether its median text is a stranger."""
    return np.asarray(strangers > members // 2)


def nearest(late: Ints, early: Ints, shared: Ints, *, sizes: Ints) -> tuple[Ints, Ints, Ints]:
    """Keep a bounded number of candidates for each text.

    Args:
        late: Of each pair; all pairs of a late text must be there.
        early: The same.
        shared: Prints in common.
        sizes: Prints of each text, by index.
    Returns:
        What is kept of the three, in order of (late, early).
    """
    order = np.lexsort((early, -shared, late))
    late, early, shared = late[order], early[order], shared[order]
    start = np.searchsorted(late, late)
    place = np.arange(len(late)) - start
    keep = (place < KIN) | ((place < NEAREST) & (2 * shared < sizes[late]))
    lone = np.flatnonzero(shared == 1)
    keep[lone[np.arange(len(lone)) - np.searchsorted(late[lone], late[lone]) >= LONE]] = False
    half = np.flatnonzero((shared * 2 >= shared[start]) & (shared > 1)) if len(start) else np.zeros(0, np.int64)
    half = half[np.lexsort((early[half], late[half]))]
    keep[half[np.arange(len(half)) - np.searchsorted(late[half], late[half]) < EARLIEST]] = True
    order = np.lexsort((early[keep], late[keep]))
    return late[keep][order], early[keep][order], shared[keep][order]
