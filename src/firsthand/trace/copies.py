"""Documents → Copies: blocking, then verification, then one decision for each document about whose words it carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from firsthand.core.records import Copy, Document, Mention
from firsthand.trace.candidates import prints_to_candidates
from firsthand.trace.directions import (
    Standpoint,
    credits_other,
    document_to_standpoint,
    earlier,
    match_to_direction,
    rank,
)
from firsthand.trace.matches import Match, Passage, candidates_to_matches
from firsthand.trace.options import TraceOptions
from firsthand.trace.parents import Pages
from firsthand.trace.shingles import Sketches, documents_to_sketches
from firsthand.trace.words import U64, Ints

TIED = 50
"""Credits choose the first of repeats among so many without settled dates; among more, rank does."""
Extent = tuple[int, int, int]
"""First code point of a text's words, past the last one, and how many words there are."""


def trace(
    documents: Iterable[Document],
    *,
    credits: Mapping[str, Sequence[Mention]] | None = None,
    options: TraceOptions | None = None,
) -> list[Copy]:
    """Find which documents reuse the words of which.

    Args:
        documents: In any order, ids distinct.
        credits: Mentions of kind `credit` by document id; without them direction rests on dates and nesting.
        options: Of this verb.
    Returns:
        For each document at most one Copy of a kind other than `excerpt`, naming its direct parent, and any number of
        excerpts; by doc, then of. The result does not depend on the order of the documents.

    >>> story = "The ferry left the harbour late on Friday with forty people aboard, and never reached the island."
    >>> wire = Document(id="wire", by="", text=story, published="2021-05-01")
    >>> paper = Document(id="paper", by="", text="Ferry lost! " + story, published="2021-05-02")
    >>> [(copy.doc, copy.of, copy.kind, copy.direction) for copy in trace([paper, wire])]
    [('paper', 'wire', 'wire', 'published')]
    """
    chosen = options or TraceOptions()
    known = credits or {}
    ranked = sorted(((document_to_standpoint(d, known.get(d.id, ())), d) for d in documents), key=lambda r: rank(r[0]))
    standpoints, ordered = [s for s, _ in ranked], [d for _, d in ranked]
    sketches = documents_to_sketches(ordered, shingle=chosen.shingle, window=chosen.window)
    keepers, repeats = _classes(sketches, standpoints, least=chosen.sentence)
    kept, views = [ordered[k] for k in keepers], [standpoints[k] for k in keepers]
    prints, first = _selected(sketches, keepers)
    candidates = prints_to_candidates(prints, first, crowd=chosen.crowd)
    matches: dict[int, list[tuple[Match, str]]] = defaultdict(list)
    for match in candidates_to_matches(kept, sketches.lengths[keepers], candidates, options=chosen):
        directed, direction = match_to_direction(match, views)
        matches[directed.doc].append((directed, direction))
    pages = Pages(views, chosen)
    standing = pages.standing(matches.values())
    copies = [copy for doc in sorted(matches) for copy in pages.copies(matches[doc], standing)]
    number = {d.id: k for k, d in enumerate(ordered)}
    copies = without_rings(copies, number)
    origins = {number[c.doc]: number[c.of] for c in copies if c.kind != "excerpt"}
    again = np.array([(doc, origins[of]) for doc, of in repeats if of in origins], np.int64).reshape(-1, 2)
    pairs = replace(candidates, late=again[:, 0], early=again[:, 1], shared=np.ones(len(again), np.int64))
    beyond = {match.doc: match for match in candidates_to_matches(ordered, sketches.lengths, pairs, options=chosen)}
    extents = list(zip(sketches.begins.tolist(), sketches.ends.tolist(), sketches.lengths.tolist(), strict=True))
    for doc, of in repeats:
        parent = (standpoints[origins[of]], beyond[doc]) if doc in beyond else None
        both = (standpoints[doc], standpoints[of]), (extents[doc], extents[of])
        copies.append(repeat_to_copy(*both, options=chosen, parent=parent))
    return sorted(copies, key=lambda c: (c.doc, c.of, c.kind))


def _classes(
    sketches: Sketches, standpoints: Sequence[Standpoint], *, least: int
) -> tuple[Ints, list[tuple[int, int]]]:
    """One document for each sequence of words, and (document, that document) for all others.

    Collapsing first keeps a story that ran unchanged in a thousand places from crowding the index.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for k, (digest, length) in enumerate(zip(sketches.digests.tolist(), sketches.lengths.tolist(), strict=True)):
        if length >= least:
            members[digest].append(k)
    keepers, repeats = [], []
    for group in members.values():
        keeper = group[views_to_keeper([standpoints[k] for k in group])]
        keepers.append(keeper)
        repeats += [(k, keeper) for k in group if k != keeper]
    return np.array(sorted(keepers), np.int64), repeats


def views_to_keeper(views: Sequence[Standpoint]) -> int:
    """Choose, of documents with the same words in order of rank, the one that the others repeat.

    Args:
        views: All of them; or the first, and TIED + 1 of those that dates do not put after it.
    Returns:
        Its index.
    """
    tied = [k for k, view in enumerate(views) if not earlier(views[0], view)]
    if not 1 < len(tied) <= TIED:
        return 0
    credited = {k: sum(credits_other(views[o], views[k]) for o in tied) for k in tied}
    return max(tied, key=lambda k: (credited[k], -k))


def _selected(sketches: Sketches, keepers: Ints) -> tuple[U64, Ints]:
    """The prints of some documents."""
    sizes = np.diff(sketches.first)
    keep = np.zeros(len(sizes), bool)
    keep[keepers] = True
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[keepers])])
    return sketches.prints[np.repeat(keep, sizes)], first


def repeat_to_copy(
    views: tuple[Standpoint, Standpoint],
    extents: tuple[Extent, Extent],
    *,
    options: TraceOptions,
    parent: tuple[Standpoint, Match] | None = None,
) -> Copy:
    """Write down that a document has the same words as another, from first to last.

    Two papers that cut one wire at the same line need not have it from each other: the repeat goes back to what the
    other goes back to, by the rule for all copies, unless the two share edits.

    Args:
        views: Of the repeat and of the one repeated.
        extents: Where the words of each begin and end, and how many there are.
        options: Of the verb.
        parent: What the one repeated goes back to as a whole, and what of it the repeat has.
    """
    doc, of = views
    (start, end, count), (of_start, of_end, _) = extents
    passage = Passage(start, end, of_start, of_end, count, count, count, count, True)
    match = Match(0, 1, (passage,), 1.0, 1.0, 1.0, 1.0, count, count)
    direction = "published" if earlier(of, doc) else "credit" if credits_other(doc, of) else "not established"
    if parent is None:
        return Pages(views, options).copy(match, direction, whole=True)
    view, further = parent
    standpoints = [doc, *sorted((of, view), key=rank)]
    found = [(match._replace(of=standpoints.index(of)), direction)]
    directed, settled = match_to_direction(further._replace(doc=0, of=standpoints.index(view)), standpoints)
    if directed.doc == 0:
        found.append((directed, settled))
    return Pages(standpoints, options).copies(found, frozenset())[0]


def without_rings(copies: list[Copy], rank: Mapping[str, int]) -> list[Copy]:
    """Cut each ring of parents, which undated texts can make, at its earliest document."""
    parent = {c.doc: c for c in copies if c.kind != "excerpt"}
    dropped: set[str] = set()
    settled: set[str] = set()
    for start in sorted(parent, key=rank.__getitem__):
        path: dict[str, None] = {}
        doc = start
        while doc in parent and doc not in settled and doc not in path:
            path[doc] = None
            doc = parent[doc].of
        if doc in path:
            ring = list(path)[list(path).index(doc) :]
            dropped.add(parent[min(ring, key=rank.__getitem__)].id)
        settled.update(path)
    return [c for c in copies if c.id not in dropped]
