"""WARC, JSON lines, Parquet and all else that `read` reads → the documents of an archive, part by part."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from firsthand.archive.options import ArchiveOptions
from firsthand.archive.parts import Store, signature, told
from firsthand.archive.tables import records_to_table
from firsthand.core.errors import FirsthandError
from firsthand.core.ids import make_id
from firsthand.core.records import Document, Finding
from firsthand.read import (
    BY,
    ReadOptions,
    Source,
    file_to_sources,
    files,
    is_own_file,
    row_to_source,
    source_to_documents,
)
from firsthand.read.drafts import unreadable
from firsthand.read.rows import stream_to_rows
from firsthand.steps import Progress

_LINES = (".jsonl", ".ndjson")
_BLOCK_BYTES = 1 << 22
SMALL_FILES = 2000
"""Most files read by one task."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a stretch of one.

    Attributes:
        path: Where it is.
        name: What it is called in ids: relative to the folder given.
        start: First byte.
        stop: Past the last one; None is the whole file, read as `firsthand read` reads it.
        before: Rows of the file that come before.
        groups: Row groups, of a Parquet file.
    """

    path: str
    name: str
    start: int = 0
    stop: int | None = None
    before: int = 0
    groups: tuple[int, ...] = ()


def read_archive(
    session: Any, inputs: Sequence[Path], out: Path, *, options: tuple[ReadOptions, ArchiveOptions], progress: Progress
) -> tuple[int, list[str]]:
    """Read files into an archive.

    A part whose files are unchanged is not read again; parts of files that are no longer given are dropped.

    Args:
        session: Of Spark.
        inputs: Files and folders.
        out: Folder of the archive.
        options: Of the verb and of archives.
        progress: Told what happens.
    Returns:
        How many documents the archive holds, and what could not be read.
    """
    reading, archive = options
    store = Store(out.resolve())
    plan = dict(_parts(inputs, archive))
    if not plan:
        raise FirsthandError(f"There is no file in {', '.join(map(str, inputs))}: nothing to read.")
    task = partial(_read_part, store=store, reading=reading, archive=archive)
    with told(store, "read", plan, progress):
        session.sparkContext.parallelize(list(plan.items()), len(plan)).foreach(task)
    store.forget("read", plan)
    made = document_parts(store)
    store.keep("documents", made)
    store.keep("findings", [*(f"read-{p}" for p in plan), *(f"mark-{p}" for p in made)])
    messages = [
        row
        for part in plan
        for row in store.read("findings", f"read-{part}").to_pylist()
        if row["level"] == "unreadable"
    ]
    return sum(rows for _, rows in made.values()), [row["message"] for row in messages]


def document_parts(store: Store) -> dict[str, tuple[str, int]]:
    """The parts of the table `documents`.

    Returns:
        Name → signature and number of documents, in order of name.
    Raises:
        FirsthandError: Nothing has been read into this archive.
    """
    markers = store.markers("read")
    if not markers:
        raise FirsthandError(f"{store.root} is no archive yet: `firsthand archive read FILES -o {store.root}` first.")
    return {
        f"{part}-{k:04}": (signature("documents", marker["signature"], k), rows)
        for part, marker in markers.items()
        for k, rows in enumerate(marker["rows"])
    }


def _parts(inputs: Iterable[Path], options: ArchiveOptions) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """What each task reads. A part is called by its files, so that new files make new parts and leave the others."""
    held: list[Piece] = []
    size = 0
    met: Counter[str] = Counter()
    for path, name in sorted(files(inputs), key=lambda pair: (pair[1], str(pair[0]))):
        if is_own_file(path):
            continue
        met[name] += 1
        length = path.stat().st_size if path.is_file() else 0
        pieces = list(_pieces(path, name, length, options.split_bytes))
        alone = len(pieces) > 1 or length >= options.split_bytes
        if held and (alone or size + length > options.split_bytes or len(held) >= SMALL_FILES):
            yield _key(held), tuple(held)
            held, size = [], 0
        if alone:
            for piece in pieces:
                yield _key([piece], met[name]), (piece,)
        else:
            held += pieces
            size += length
    if held:
        yield _key(held), tuple(held)


def _key(pieces: Sequence[Piece], again: int = 1) -> str:
    return signature("part", again, [(str(p.path) if len(pieces) == 1 else p.name, p.start) for p in pieces])[:12]


def _pieces(path: Path, name: str, length: int, split: int) -> Iterator[Piece]:
    if name.endswith(".parquet"):
        yield from _row_groups(path, name, split)
    elif name.endswith(_LINES) and length > split:
        start = before = 0
        while start < length:
            stop, lines = _line_end(path, start, min(length, start + split))
            yield Piece(str(path), name, start, stop, before)
            start, before = stop, before + lines
    else:
        yield Piece(str(path), name)


def _line_end(path: Path, start: int, wanted: int) -> tuple[int, int]:
    """The end of the line that `wanted` is in, and how many lines end from `start` to there."""
    with path.open("rb") as file:
        file.seek(start)
        lines, left = 0, wanted - start
        while left > 0 and (block := file.read(min(left, _BLOCK_BYTES))):
            lines += block.count(b"\n")
            left -= len(block)
        rest = file.readline()
        return file.tell(), lines + rest.endswith(b"\n")


def _row_groups(path: Path, name: str, split: int) -> Iterator[Piece]:
    try:
        meta = pq.ParquetFile(path).metadata
    except (OSError, ValueError):
        yield Piece(str(path), name, stop=path.stat().st_size)  # the task that reads it says what is wrong with it
        return
    groups: list[int] = []
    size = before = rows = 0
    start = 0
    for k in range(meta.num_row_groups):
        group = meta.row_group(k)
        groups.append(k)
        size += group.total_byte_size
        rows += group.num_rows
        if size >= split or k == meta.num_row_groups - 1:
            columns = [group.column(c) for c in range(group.num_columns)]
            stop = max(_offset(c) + c.total_compressed_size for c in columns)
            yield Piece(str(path), name, start, stop, before, tuple(groups))
            start, before, rows, size, groups = stop, before + rows, 0, 0, []


def _offset(column: Any) -> int:
    return int(column.dictionary_page_offset or column.data_page_offset)


def _read_part(
    item: tuple[str, tuple[Piece, ...]], *, store: Store, reading: ReadOptions, archive: ArchiveOptions
) -> None:
    """Read the pieces of one part, if they or the options are not what they were."""
    part, pieces = item
    sums = [(piece.name, _checksum(piece)) for piece in pieces]
    signed = signature("read", BY, sums, asdict(reading), archive.part)
    if store.is_done("read", part, signed):
        return
    store.unmark("read", part)
    rows: list[int] = []
    seen: set[str] = set()
    held: list[Document] = []
    notes: list[Finding] = []

    def flush() -> None:
        store.write("documents", f"{part}-{len(rows):04}", records_to_table(Document, held))
        rows.append(len(held))
        held.clear()

    for piece in pieces:
        for found in _piece_to_records(piece, seen, reading):
            if isinstance(found, Finding):
                notes.append(found)
                continue
            held.append(found)
            if len(held) >= archive.part:
                flush()
    if held:
        flush()
    store.write("findings", f"read-{part}", records_to_table(Finding, notes))
    store.mark_done("read", part, signed, {"rows": rows})


def _checksum(piece: Piece) -> str:
    digest = hashlib.sha256()
    try:
        with open(piece.path, "rb") as file:  # noqa: PTH123 (a str travels to the workers)
            file.seek(piece.start)
            left = (1 << 62) if piece.stop is None else piece.stop - piece.start
            while left > 0 and (block := file.read(min(left, _BLOCK_BYTES))):
                digest.update(block)
                left -= len(block)
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return digest.hexdigest()


def _piece_to_records(piece: Piece, seen: set[str], options: ReadOptions) -> Iterator[Document | Finding]:
    for found in _piece_to_sources(piece, options):
        if isinstance(found, Finding):
            yield found
            continue
        found = replace(found, id=make_id("document", found.path, found.sha256))  # no task knows the others' files
        if found.id not in seen:
            seen.add(found.id)
            yield from source_to_documents(found, options=options)


def _piece_to_sources(piece: Piece, options: ReadOptions) -> Iterator[Source | Finding]:
    if piece.name.endswith(".parquet"):
        yield from _parquet_to_sources(piece)
    elif piece.stop is None:
        yield from file_to_sources(Path(piece.path), piece.name, options)
    else:
        with open(piece.path, "rb") as file:  # noqa: PTH123
            file.seek(piece.start)
            stream = io.BytesIO(file.read(piece.stop - piece.start))
        for row in stream_to_rows(stream, piece.name, options=options):
            yield (
                row if isinstance(row, Finding) else row_to_source(piece.name, str(int(row[0]) + piece.before), row[1])
            )


def _parquet_to_sources(piece: Piece) -> Iterator[Source | Finding]:
    try:
        number = piece.before
        for batch in pq.ParquetFile(piece.path).iter_batches(batch_size=256, row_groups=list(piece.groups)):
            for row in batch.to_pylist():
                number += 1
                for name in ("dates", "parts"):  # as the tables of a case have them
                    if isinstance(row.get(name), str):
                        row[name] = json.loads(row[name])
                text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain)
                yield row_to_source(piece.name, str(number), text.encode("utf-8", "surrogatepass"))
    except (OSError, ValueError) as error:
        message = f"is damaged or no Parquet file ({error}); what came before was read, fetch it again"
        yield unreadable(piece.name, message)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
