"""What is computed on one part of a trace: Arrow tables in, Arrow tables out, by the functions of the verb.

Nothing here knows of Spark. Texts are numbered in order of rank over the whole archive, as in a case, so that each
function of `trace` sees what it would see there, only of fewer texts at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from firsthand.archive.tables import (
    columns_to_table,
    json_to_match,
    json_to_view,
    kind_to_schema,
    match_to_json,
    view_to_json,
)
from firsthand.casefile import record_to_values
from firsthand.core.records import Copy, Document, Mention, Part
from firsthand.trace.candidates import (
    Candidates,
    added,
    crowds_to_strangers,
    is_unrelated,
    key_bits,
    nearest,
    postings_to_links,
)
from firsthand.trace.copies import TIED, repeat_to_copy, views_to_keeper
from firsthand.trace.directions import Standpoint, document_to_standpoint, earlier, match_to_direction, rank
from firsthand.trace.matches import Match, candidates_to_matches
from firsthand.trace.options import TraceOptions
from firsthand.trace.parents import Pages, short_passages
from firsthand.trace.shingles import documents_to_sketches
from firsthand.trace.words import U64, Ints

SLICE = 1 << 20
"""Postings tied at once, but for a single print that stands in more texts."""
SKETCHES = pa.schema(
    [
        ("id", pa.string()), ("since", pa.string()), ("size", pa.int64()), ("view", pa.string()),
        ("digest", pa.int64()), ("words", pa.int64()), ("begin", pa.int64()), ("end", pa.int64()),
        ("prints", pa.binary()),
    ]
)  # fmt: skip
POSTINGS = pa.schema([("key", pa.int64()), ("text", pa.int64()), ("prints", pa.int32())])
LINKS = pa.schema(
    [
        ("late", pa.int64()), ("early", pa.int64()), ("shared", pa.int64()), ("crowd", pa.int64()),
        ("late_prints", pa.int32()), ("early_prints", pa.int32()),
    ]
)  # fmt: skip
CROWDS = pa.schema([("crowd", pa.int64()), ("members", pa.int64()), ("strangers", pa.int64())])
CANDIDATES = pa.schema([("late", pa.int64()), ("early", pa.int64()), ("shared", pa.int64())])
MATCHES = pa.schema(
    [
        ("doc", pa.int64()), ("of", pa.int64()), ("direction", pa.string()), ("whole", pa.bool_()),
        ("starts", pa.list_(pa.int64())), ("short", pa.list_(pa.int64())), ("match", pa.string()),
        ("doc_view", pa.string()), ("of_view", pa.string()),
    ]
)  # fmt: skip
DECIDED = pa.schema([*kind_to_schema(Copy), ("doc_text", pa.int64()), ("of_text", pa.int64())])


def documents_to_rows(
    documents: Sequence[Document], credits: Iterable[Sequence[Mention]], *, options: TraceOptions
) -> pa.Table:
    """What the trace needs of each document but its text.

    Args:
        documents: Any.
        credits: Of each.
        options: Of the verb.
    Returns:
        A table of SKETCHES, in order.
    """
    sketches = documents_to_sketches(documents, shingle=options.shingle, window=options.window)
    views = [document_to_standpoint(d, c) for d, c in zip(documents, credits, strict=True)]
    prints = [
        np.unique(sketches.prints[low:high]).tobytes()
        for low, high in zip(sketches.first[:-1], sketches.first[1:], strict=True)
    ]
    columns = [
        [view.doc for view in views],
        [rank(view)[0] for view in views],
        [view.size for view in views],
        [view_to_json(view) for view in views],
        sketches.digests.view(np.int64),
        sketches.lengths,
        sketches.begins,
        sketches.ends,
        prints,
    ]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, SKETCHES, strict=True)], schema=SKETCHES)


def rows_to_keepers(rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    """Choose one document for each sequence of words; in memory that does not grow with the repeats.

    Args:
        rows: Digest, id and view of each document, in order of digest and rank.
    Yields:
        Digest and id of the document that the others of that digest repeat.
    """
    held: list[Standpoint] = []
    current: int | None = None
    for digest, _, text in rows:
        if digest != current:
            if current is not None:
                yield current, held[views_to_keeper(held)].doc
            current, held = digest, []
        if len(held) <= TIED:
            view = json_to_view(text)
            if not held or not earlier(held[0], view):
                held.append(view)
    if current is not None:
        yield current, held[views_to_keeper(held)].doc


def texts_to_postings(texts: Ints, prints: Sequence[bytes], *, total: int) -> pa.Table:
    """The inverted index's entries for some texts: a table of POSTINGS."""
    bits = key_bits(total)
    keys = [np.unique(np.frombuffer(p, np.uint64) >> bits << bits) for p in prints]
    sizes = np.fromiter((len(k) for k in keys), np.int64, len(keys))
    joined = np.concatenate([np.zeros(0, np.uint64), *keys]).view(np.int64)
    return pa.table([joined, np.repeat(texts, sizes), np.repeat(sizes, sizes).astype(np.int32)], schema=POSTINGS)


def postings_to_rows(postings: pa.Table, *, total: int, crowd: int) -> Iterator[pa.Table]:
    """Tie the texts under some keys.

    Args:
        postings: All those of some keys, in any order.
        total: Texts in the archive.
        crowd: See TraceOptions.
    Yields:
        Tables of LINKS. `crowd` is 0 for pairs that count whatever the crowd turns out to be.
    """
    keys, texts, prints = (np.asarray(postings.column(k)) for k in range(3))
    keys = keys.view(np.uint64)
    order = np.argsort(keys | texts.astype(np.uint64), kind="stable")
    keys, texts = keys[order], texts[order]
    known, at = np.unique(texts, return_index=True)
    sizes = prints[order][at]
    bounds = np.flatnonzero(np.concatenate([np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]]))
    bounds = np.append(bounds, len(keys))
    low = 0
    while low < len(keys):
        # Whole keys, as many as fit; one at least.
        last = int(np.searchsorted(bounds, low + SLICE, side="right")) - 1
        high = int(bounds[last] if bounds[last] > low else bounds[last + 1])
        links = postings_to_links(keys[low:high], texts[low:high], texts=total)
        large = links.sizes[links.crowd] > crowd
        pairs, shared = added([(links.pairs, links.shared), np.unique(links.star[~large], return_counts=True)])
        of_crowd = links.keys[links.crowd[large]].view(np.int64)
        pairs = np.concatenate([pairs, links.star[large]])
        late, early = pairs // total, pairs % total
        columns = [
            late,
            early,
            np.concatenate([shared, np.ones(len(of_crowd), np.int64)]),
            np.concatenate([np.zeros(len(shared), np.int64), of_crowd]),
            sizes[np.searchsorted(known, late)],
            sizes[np.searchsorted(known, early)],
        ]
        yield pa.table(columns, schema=LINKS)
        low = high


def links_to_sums(links: pa.Table, *, total: int) -> tuple[pa.Table, pa.Table]:
    """Add up the links of some texts, and say of large crowds how many of these texts are strangers there.

    Args:
        links: All links whose later text is one of these.
        total: Texts in the archive.
    Returns:
        LINKS with each pair once, but for those of large crowds; and CROWDS.
    """
    late, early, shared, crowd, late_prints, early_prints = (np.asarray(c) for c in links.columns)
    pair = late * total + early
    plain = crowd == 0
    pairs, place, inverse = np.unique(pair, return_index=True, return_inverse=True)
    counted = np.bincount(inverse[plain], weights=shared[plain], minlength=len(pairs)).astype(np.int64)
    whole = np.bincount(inverse, weights=shared, minlength=len(pairs))
    kept = counted > 0
    sums = pa.table(
        [
            np.concatenate([late[place[kept]], late[~plain]]),
            np.concatenate([early[place[kept]], early[~plain]]),
            np.concatenate([counted[kept], shared[~plain]]),
            np.concatenate([np.zeros(int(kept.sum()), np.int64), crowd[~plain]]),
            np.concatenate([late_prints[place[kept]], late_prints[~plain]]),
            np.concatenate([early_prints[place[kept]], early_prints[~plain]]),
        ],
        schema=LINKS,
    )
    likeness = (whole[inverse] / np.minimum(late_prints, early_prints))[~plain]
    keys, number = np.unique(crowd[~plain], return_inverse=True)
    members, strangers = crowds_to_strangers(number, late[~plain], likeness, crowds=len(keys))
    return sums, pa.table([keys, members, strangers], schema=CROWDS)


def crowds_to_common(crowds: pa.Table) -> U64:
    """The prints of those crowds, counted over all texts, that are boilerplate; sorted."""
    keys, members, strangers = (np.asarray(crowds.column(name)) for name in CROWDS.names)
    return np.sort(keys.view(np.uint64)[is_unrelated(members, strangers)])


def sums_to_candidates(sums: pa.Table, *, common: U64, total: int) -> pa.Table:
    """Choose what each of some texts is compared with: a table of CANDIDATES."""
    late, early, shared, crowd, late_prints, _ = (np.asarray(c) for c in sums.columns)
    keep = (crowd == 0) | ~np.isin(crowd.view(np.uint64), common)
    late, early, shared, late_prints = late[keep], early[keep], shared[keep], late_prints[keep]
    pairs, inverse = np.unique(late * total + early, return_inverse=True)
    counts = np.bincount(inverse, weights=shared, minlength=len(pairs)).astype(np.int64)
    lowest = int(late.min()) if len(late) else 0
    sizes = np.zeros(int(late.max()) - lowest + 1 if len(late) else 0, np.int64)
    sizes[late - lowest] = late_prints
    chosen = nearest(pairs // total - lowest, pairs % total, counts, sizes=sizes)
    return pa.table([chosen[0] + lowest, chosen[1], chosen[2]], schema=CANDIDATES)


def candidates_to_rows(
    candidates: pa.Table, texts: pa.Table, *, common: U64, total: int, options: TraceOptions
) -> pa.Table:
    """Compare the candidates of some texts.

    Args:
        candidates: Of them.
        texts: Columns number, id, text, parts, view, words: of these texts and of all that they are compared with.
        common: Boilerplate.
        total: Texts in the archive.
        options: Of the verb.
    Returns:
        A table of MATCHES, each turned so that `doc` is the copy.
    """
    texts = texts.sort_by("number")
    numbers = np.asarray(texts.column("number"))
    documents = [
        Document(id=row["id"], by="", text=row["text"], parts=json_to_parts(row["parts"]))
        for row in texts.select(["id", "text", "parts"]).to_pylist()
    ]
    jsons = texts.column("view").to_pylist()
    views = [json_to_view(text) for text in jsons]
    late, early = (np.searchsorted(numbers, np.asarray(candidates.column(name))) for name in ("late", "early"))
    pairs = Candidates(early, late, np.asarray(candidates.column("shared")), common, total)
    pages, rows = Pages(views, options), []
    for match in candidates_to_matches(documents, np.asarray(texts.column("words")), pairs, options=options):
        directed, direction = match_to_direction(match, views)
        doc, of = directed.doc, directed.of
        starts = sorted({p.of_start for p in directed.passages})
        short = sorted(short_passages(directed))
        rows.append((numbers[doc], numbers[of], direction, pages.is_whole(directed), starts, short,
                     match_to_json(directed), jsons[doc], jsons[of]))  # fmt: skip
    return columns_to_table(MATCHES, rows)


def json_to_parts(text: str) -> tuple[Part, ...]:
    """The parts of a document as the table `documents` has them."""
    return tuple(Part(**row) for row in json.loads(text)) if text and text != "[]" else ()


def matches_to_decisions(matches: pa.Table, standing: pa.Table, *, options: TraceOptions) -> pa.Table:
    """Decide whose words some documents carry.

    Args:
        matches: All those of these documents.
        standing: Columns doc, of, start: passages of these matches that are standing matter.
        options: Of the verb.
    Returns:
        A table of DECIDED, in order of doc_text and of_text.
    """
    rows = matches.to_pylist()
    views = {row[side]: row[f"{side}_view"] for row in rows for side in ("doc", "of")}
    numbers = sorted(views)
    local = {number: k for k, number in enumerate(numbers)}
    pages = Pages([json_to_view(views[number]) for number in numbers], options)
    set_apart = frozenset((local[row["of"]], row["start"]) for row in standing.to_pylist())
    found: dict[int, list[tuple[Match, str]]] = {}
    for row in rows:
        match = json_to_match(row["match"], doc=local[row["doc"]], of=local[row["of"]])
        found.setdefault(row["doc"], []).append((match, row["direction"]))
    by_id = {pages.views[k].doc: numbers[k] for k in range(len(numbers))}
    copies = [copy for doc in sorted(found) for copy in pages.copies(found[doc], set_apart)]
    return columns_to_table(DECIDED, [(*record_to_values(c), by_id[c.doc], by_id[c.of]) for c in copies])


def repeats_to_copies(repeats: pa.Table, *, common: U64, total: int, options: TraceOptions) -> list[Copy]:
    """Documents with the words of another from first to last.

    Args:
        repeats: Columns view, begin, end, words, of_view, of_begin, of_end; further text, parts, and of the document
            that the one repeated goes back to as a whole, if it does, parent_view, parent_text, parent_parts and
            parent_words.
        common: Boilerplate.
        total: Texts in the archive.
        options: Of the verb.
    """
    rows = repeats.to_pylist()
    further = [k for k, row in enumerate(rows) if row["parent_view"] is not None]
    documents, lengths = [], []
    for k in further:
        row = rows[k]
        for name, side in (("parent", "parent_"), ("repeat", "")):
            parts = json_to_parts(row[f"{side}parts"])
            documents.append(Document(id=f"{k} {name}", by="", text=row[f"{side}text"], parts=parts))
            lengths.append(row[f"{side}words"])
    at = 2 * np.arange(len(further))
    pairs = Candidates(at, at + 1, np.ones(len(further), np.int64), common, total)
    found = candidates_to_matches(documents, np.array(lengths, np.int64), pairs, options=options)
    beyond = {further[match.doc // 2]: match for match in found}
    return [
        repeat_to_copy(
            (json_to_view(row["view"]), json_to_view(row["of_view"])),
            ((row["begin"], row["end"], row["words"]), (row["of_begin"], row["of_end"], row["words"])),
            options=options,
            parent=(json_to_view(row["parent_view"]), beyond[k]) if k in beyond else None,
        )
        for k, row in enumerate(rows)
    ]
