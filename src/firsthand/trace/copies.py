"""Documents → Copies: blocking, verification, then one decision for each document about whose words it carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from firsthand.core.ids import make_id
from firsthand.core.records import Copy, CopyKind, Document, Mention, Span
from firsthand.trace.candidates import prints_to_candidates
from firsthand.trace.directions import (
    Standpoint,
    credit_supports,
    credits_other,
    document_to_standpoint,
    earlier,
    same_publisher,
)
from firsthand.trace.matches import Match, Passage, candidates_to_matches
from firsthand.trace.options import TraceOptions
from firsthand.trace.shingles import Sketches, documents_to_sketches, prose
from firsthand.trace.words import Ints

BY = "trace.copies@1"
PLAIN = 0.5
"""Of a copy's own words, outside quotation marks, this share must be the other's too: the same speech is no copy."""
SLACK_WORDS, SLACK_SHARE = 6, 0.02
"""A later text is named as the parent only if it explains so much more than an earlier one: the copyist's own edits."""
NEW = 0.5
"""A further passage is reported if this share of it is not yet traced to another document."""
VERBATIM = 0.97
SAME_PAGE = 0.5


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
    """
    chosen = options or TraceOptions()
    known = credits or {}
    ordered = sorted(documents, key=_rank)
    standpoints = [document_to_standpoint(d, known.get(d.id, ())) for d in ordered]
    sketches = documents_to_sketches(ordered, shingle=chosen.shingle, window=chosen.window)
    keepers, repeats = _classes(sketches, standpoints, least=chosen.sentence)
    kept = [ordered[k] for k in keepers]
    views = [standpoints[k] for k in keepers]
    prints, first = _selected(sketches, keepers)
    candidates = prints_to_candidates(prints, first, crowd=chosen.crowd)
    matches: dict[int, list[tuple[Match, str]]] = defaultdict(list)
    for match in candidates_to_matches(kept, sketches.lengths[keepers], candidates, options=chosen):
        directed, direction = _directed(match, views)
        matches[directed.doc].append((directed, direction))
    copies = [
        copy
        for doc in sorted(matches)
        for copy in _matches_to_copies(matches[doc], kept, views, options=chosen)
    ]
    copies = _without_cycles(copies, {d.id: k for k, d in enumerate(ordered)})
    copies += [_duplicate(ordered, standpoints, doc, of) for doc, of in repeats]
    return sorted(copies, key=lambda c: (c.doc, c.of, c.kind))


def _rank(document: Document) -> tuple[str, int, str]:
    """Earliest first; undated last; then the longest, which a cut copy cannot be; then by id."""
    since = document_to_standpoint(document).since
    return ("9999-12-31T" if since is None else since.isoformat(), -len(document.text), document.id)


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
        tied = [k for k in group if not earlier(standpoints[group[0]], standpoints[k])]
        keeper = max(tied, key=lambda k: (sum(credits_other(standpoints[o], standpoints[k]) for o in tied), -k)) if len(tied) < 50 else group[0]
        keepers.append(keeper)
        repeats += [(k, keeper) for k in group if k != keeper]
    return np.array(sorted(keepers), np.int64), repeats


def _selected(sketches: Sketches, keepers: Ints) -> tuple[np.ndarray, Ints]:
    """The prints of some documents."""
    sizes = np.diff(sketches.first)
    keep = np.zeros(len(sizes), bool)
    keep[keepers] = True
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[keepers])])
    return sketches.prints[np.repeat(keep, sizes)], first


def _directed(match: Match, views: Sequence[Standpoint]) -> tuple[Match, str]:
    """Turn a match so that `doc` is the copy, and say what settled it."""
    late, early = views[match.doc], views[match.of]
    if earlier(early, late):
        return match, "published"
    if earlier(late, early):
        return match.turned(), "published"
    if credits_other(late, early):
        return match, "credit"
    if credits_other(early, late):
        return match.turned(), "credit"
    turned = match.turned()
    if _cut_from(match):
        return match, "nesting"
    if _cut_from(turned):
        return turned, "nesting"
    return match, "not established"


def _cut_from(match: Match) -> bool:
    """Whether the document is the other's beginning, word for word, and ends where the other goes on."""
    return match.of_share < SAME_PAGE + 0.4 and _from_the_top(match) and match.share >= VERBATIM


def _from_the_top(match: Match) -> bool:
    """Whether what is shared stands in the same order in both, from the top, nearly word for word."""
    places = [(p.of_start, p.of_end) for p in match.passages]
    words, exact = sum(p.words for p in match.passages), match.exact
    reach = max((end for _, end in places), default=0)
    held = sum(end - start for start, end in places)
    return places == sorted(places) and exact >= 0.95 * words and held >= 0.9 * reach


def _matches_to_copies(
    found: list[tuple[Match, str]], documents: Sequence[Document], views: Sequence[Standpoint], *, options: TraceOptions
) -> list[Copy]:
    """Decide for one document: whose words it carries as a whole, and which passages it took from elsewhere."""
    found = sorted(found, key=lambda f: f[0].of)
    whole = [f for f in found if _is_whole(f[0], views, options)]
    copies, traced = [], list[tuple[int, int]]()
    if whole:
        best = max(m.exact for m, _ in whole)
        slack = max(SLACK_WORDS, SLACK_SHARE * best)
        parent, direction = next(f for f in whole if f[0].exact >= best - slack)
        copies.append(_copy(parent, direction, documents, views, whole=True))
        traced = [(p.start, p.end) for p in parent.passages]
    rest = [(m, direction, [p for p in m.passages if p.solid]) for m, direction in found]
    while True:
        fresh = [
            (sum(p.exact for p in ps if _untraced(p, traced)), m, direction, [p for p in ps if _untraced(p, traced)])
            for m, direction, ps in rest
        ]
        best = max((f[0] for f in fresh), default=0)
        if not best:
            return copies
        _, match, direction, passages = next(f for f in fresh if f[0] >= best - max(2, SLACK_SHARE * best))
        copies.append(_copy(replace(match, passages=tuple(passages)), direction, documents, views, whole=False))
        traced += [(p.start, p.end) for p in passages]


def _untraced(passage: Passage, traced: list[tuple[int, int]]) -> bool:
    held = sum(max(0, min(passage.end, end) - max(passage.start, start)) for start, end in traced)
    return held < NEW * (passage.end - passage.start)


def _is_whole(match: Match, views: Sequence[Standpoint], options: TraceOptions) -> bool:
    """Whether the document goes back to the other as a whole."""
    page = views[match.doc].url
    if page and page == views[match.of].url:
        return True
    return match.share >= options.whole and match.plain_share >= PLAIN


def _copy(
    match: Match, direction: str, documents: Sequence[Document], views: Sequence[Standpoint], *, whole: bool
) -> Copy:
    doc, of = documents[match.doc], documents[match.of]
    kind = _kind(match, views[match.doc], views[match.of]) if whole else "excerpt"
    return Copy(
        id=make_id("copy", doc.id, of.id, kind),
        by=BY,
        doc=doc.id,
        of=of.id,
        kind=kind,
        similarity=round(min(1.0, sum(p.words for p in match.passages) / match.words), 4),
        spans=tuple((Span(doc.id, p.start, p.end), Span(of.id, p.of_start, p.of_end)) for p in match.passages),
        evidence="both" if credit_supports(views[match.doc], views[match.of]) else "text",
        direction=direction,
    )


def _kind(match: Match, copy: Standpoint, source: Standpoint) -> CopyKind:
    if copy.url and copy.url == source.url:
        return "revision"
    if same_publisher(copy, source) and match.of_share >= SAME_PAGE and match.share < 1:
        return "revision"
    if copy.republished:
        return "republished"
    if copy.agencies:
        return "wire"
    if min(match.share, match.of_share) >= VERBATIM and match.exact >= VERBATIM * match.words:
        return "duplicate"
    return "wire" if _from_the_top(match) else "edited"


def _duplicate(documents: Sequence[Document], views: Sequence[Standpoint], doc: int, of: int) -> Copy:
    """The same words from first to last."""
    left, right = documents[doc], documents[of]
    words = prose([left, right])
    spans = [
        (int(words.starts[words.first[k]]), int(words.ends[words.first[k + 1] - 1])) for k in range(2)
    ]
    whole = Match(doc, of, (), 1.0, 1.0, 1.0, 1.0, 1, 1)
    passage = Passage(*spans[0], *spans[1], 1, 1, 1, 1, True, 0)
    if earlier(views[of], views[doc]):
        direction = "published"
    else:
        direction = "credit" if credits_other(views[doc], views[of]) else "not established"
    return _copy(replace(whole, passages=(passage,)), direction, documents, views, whole=True)


def _without_cycles(copies: list[Copy], rank: Mapping[str, int]) -> list[Copy]:
    """Drop the link of the earliest document in any ring of parents, which undated texts can make."""
    parent = {c.doc: c for c in copies if c.kind != "excerpt"}
    dropped: set[str] = set()
    settled: set[str] = set()
    for start in sorted(parent, key=rank.__getitem__):
        path: list[str] = []
        doc = start
        while doc in parent and doc not in settled and doc not in path and parent[doc].id not in dropped:
            path.append(doc)
            doc = parent[doc].of
        if doc in path:
            dropped.add(parent[min(path[path.index(doc) :], key=rank.__getitem__)].id)
        settled.update(path)
    return [c for c in copies if c.id not in dropped]
