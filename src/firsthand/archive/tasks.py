"""What Spark's workers run: rows in and out of the functions of `blocks`, and parts written with their markers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from firsthand.archive import blocks
from firsthand.archive.parts import Store
from firsthand.archive.tables import kind_to_schema, records_to_table, table_to_records
from firsthand.core.records import Copy, Document
from firsthand.mark import document_to_credits
from firsthand.trace import TraceOptions
from firsthand.trace.words import U64, Ints, mix

Batches = Iterable[pa.RecordBatch]
Written = Iterator[pa.RecordBatch]
TALLY = "part string, rows long"
"""What a task that writes a part gives back."""
PACKED = "block int, packed binary"
"""Rows by the thousand in one: Spark takes as long to move a row of six numbers as one of a hundred thousand bytes."""
FAMILIES = pa.schema([("doc", pa.string()), ("origin", pa.string())])
_KEEPERS = pa.schema([("id", pa.string()), ("digest", pa.int64())])


def sketch(item: tuple[str, str], *, store: Store, options: TraceOptions) -> None:
    """One part of the documents → the same part of the sketches."""
    part, signed = item
    columns = store.read("documents", part)
    documents = list(table_to_records(Document, columns))
    credits = [document_to_credits(document) for document in documents]
    store.write("work/sketches", part, blocks.documents_to_rows(documents, credits, options=options))
    store.mark_done("sketches", part, signed)


def choose_keepers(batches: Batches) -> Written:
    """Rows in order of digest and rank → digest and id of the one kept."""

    def rows() -> Iterator[tuple[int, str, str]]:
        for batch in batches:
            names = ("digest", "id", "view")
            yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)

    held: list[tuple[str, int]] = []
    for digest, identifier in blocks.rows_to_keepers(rows()):
        held.append((identifier, digest))
        if len(held) == 10_000:
            yield from _batches(held, _KEEPERS)
            held = []
    yield from _batches(held, _KEEPERS)


def write_ranked(batches: Batches, *, store: Store) -> Written:
    """One range of the texts in order of rank → its part of the keepers."""
    rows = _table(batches)
    if rows is not None:
        part = f"k{_partition():06}"
        store.write("work/keepers", part, rows)
        yield _tally(part, len(rows))


def post(batches: Batches, *, total: int, buckets: int) -> Written:
    """Texts → their entries in the inverted index, packed by bucket of keys."""
    for batch in batches:
        texts, prints = np.asarray(batch.column("number")), batch.column("prints").to_pylist()
        postings = blocks.texts_to_postings(texts, prints, total=total)
        # Keys are the least of many hashes: only mixed are they even.
        mixed = mix(np.asarray(postings.column("key")).view(np.uint64))
        yield from _packed(postings, (mixed % np.uint64(buckets)).astype(np.int64))


def tie(batches: Batches, *, total: int, crowd: int, block: int, todo: frozenset[int]) -> Written:
    """All entries of some keys → links, packed by block of the later text."""
    held = [_unpacked(batch) for batch in batches if len(batch)]
    if held:
        for links in blocks.postings_to_rows(pa.concat_tables(held), total=total, crowd=crowd):
            for packed in _packed(links, np.asarray(links.column("late")) // block):
                yield packed.filter(pa.array([number in todo for number in packed.column("block").to_pylist()]))


def common_keys(batches: Batches) -> Written:
    """Crowds, counted over all texts → those that are boilerplate."""
    for batch in batches:
        yield pa.record_batch([blocks.crowds_to_common(pa.table(batch)).view(np.int64)], names=["key"])


def write_block(
    batches: Batches, *, task: Callable[[tuple[int, str], pa.Table | None], None], signed: Mapping[int, str]
) -> Written:
    """All rows of a block → what `task` makes of them."""
    rows = _table(batches)
    if rows is not None:
        numbers = np.asarray(rows.column("block"))
        for block in np.unique(numbers).tolist():
            some = rows.filter(pa.array(numbers == block)).drop_columns("block")
            task((block, signed[block]), some)
            yield _tally(block_name(block), len(some))


def block_name(block: int) -> str:
    """What the part of a block is called."""
    return f"b{block:06}"


def sum_links(item: tuple[int, str], rows: pa.Table | None, *, store: Store, total: int) -> None:
    """All links of a block → its parts of the links and the crowds."""
    part, signed = block_name(item[0]), item[1]
    links = blocks.LINKS.empty_table() if rows is None else _unpacked(rows)
    sums, crowds = blocks.links_to_sums(links, total=total)
    store.write("work/links", part, sums)
    store.write("work/crowds", part, crowds)
    store.mark_done("links", part, signed)


def choose(item: tuple[str, str], *, store: Store, total: int) -> None:
    """Links of a block → its candidates."""
    part, signed = item
    sums = store.read("work/links", part)
    store.write("work/candidates", part, blocks.sums_to_candidates(sums, common=_common(store), total=total))
    store.mark_done("candidates", part, signed)


def match(item: tuple[int, str], rows: pa.Table | None, *, store: Store, total: int, options: TraceOptions) -> None:
    """Texts of a block, and those they are compared with → its matches."""
    part, signed = block_name(item[0]), item[1]
    found = blocks.MATCHES.empty_table()
    if rows is not None:
        candidates = store.read("work/candidates", part)
        found = blocks.candidates_to_rows(candidates, rows, common=_common(store), total=total, options=options)
    store.write("work/matches", part, found)
    store.mark_done("matches", part, signed)


def decide(item: tuple[int, str], rows: pa.Table | None, *, store: Store, options: TraceOptions) -> None:
    """Matches of a block's documents, and what of them is standing matter → its decisions."""
    part, signed = block_name(item[0]), item[1]
    decided = blocks.DECIDED.empty_table()
    if rows is not None:
        is_match = rows.column("start").is_null()
        matches = rows.filter(is_match).select(blocks.MATCHES.names)
        standing = rows.filter(rows.column("start").is_valid()).select(["doc", "of", "start"])
        decided = blocks.matches_to_decisions(matches, standing, options=options)
    store.write("work/decided", part, decided)
    store.mark_done("decided", part, signed)


def write_copies(part: str, *, store: Store, cuts: frozenset[int]) -> int:
    """Decisions of a block, but for whole copies that would close a ring → its part of the copies."""
    decided = store.read("work/decided", part)
    cut = [
        number in cuts and kind != "excerpt"
        for number, kind in zip(decided.column("doc_text").to_pylist(), decided.column("kind").to_pylist(), strict=True)
    ]
    kept = decided.filter(pa.array([not c for c in cut], pa.bool_())).select(kind_to_schema(Copy).names)
    store.write("copies", part, kept)
    return len(kept)


def write_repeats(batches: Batches, *, store: Store, total: int, options: TraceOptions) -> Written:
    """Documents with the words of another → parts of the copies."""
    for k, batch in enumerate(batches):
        if len(batch):
            part = f"r{_partition():06}-{k:04}"
            table = pa.Table.from_batches([batch])
            copies = blocks.repeats_to_copies(table, common=_common(store), total=total, options=options)
            store.write("copies", part, records_to_table(Copy, copies))
            yield _tally(part, len(copies))


def write_families(batches: Batches, *, store: Store) -> Written:
    """Documents and their origins → a part of the families."""
    rows = _table(batches)
    if rows is not None:
        part = f"f{_partition():06}"
        store.write("families", part, rows.cast(FAMILIES).sort_by("doc"))
        yield _tally(part, len(rows))


def _common(store: Store) -> U64:
    return np.asarray(store.read("work/common", "all").column("key")).view(np.uint64)


def _table(batches: Batches) -> pa.Table | None:
    held = [batch for batch in batches if len(batch)]
    return pa.Table.from_batches(held) if held else None


def _packed(rows: pa.Table, block: Ints) -> Iterator[pa.RecordBatch]:
    """Rows, all those of a block in one: a batch of PACKED."""
    order = np.argsort(block, kind="stable")
    rows, block = rows.take(pa.array(order)), block[order]
    names, first = np.unique(block, return_index=True)
    packed = [_table_to_bytes(rows.slice(low, high - low)) for low, high in pairwise([*first.tolist(), len(block)])]
    if packed:
        columns = [pa.array(names.astype(np.int32)), pa.array(packed, pa.binary())]
        yield pa.record_batch(columns, names=["block", "packed"])


def _table_to_bytes(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def _unpacked(rows: pa.RecordBatch | pa.Table) -> pa.Table:
    return pa.concat_tables(pa.ipc.open_stream(packed.as_buffer()).read_all() for packed in rows.column("packed"))


def _batches(rows: list[tuple[Any, ...]], schema: pa.Schema) -> list[pa.RecordBatch]:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return [pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)]


def _tally(part: str, rows: int) -> pa.RecordBatch:
    return pa.record_batch([pa.array([part]), pa.array([rows], pa.int64())], names=["part", "rows"])


def _partition() -> int:
    from pyspark import TaskContext

    return int(TaskContext.get().partitionId())
