"""An archive → the documents of a case. Needs no Spark: one pass over the table `documents`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from firsthand.archive.inputs import document_parts
from firsthand.archive.parts import Store
from firsthand.archive.tables import table_to_records
from firsthand.core.dates import edtf_to_interval, overlaps
from firsthand.core.errors import FirsthandError
from firsthand.core.records import Document
from firsthand.core.text import fold


@dataclass(frozen=True, slots=True)
class Cut:
    """Which documents of an archive belong to a case.

    Attributes:
        ids: All of them.
        about: How many hold the words and fall in the time.
        kin: How many came along because they are copies of these, or what these were copied from.
        undated: How many hold the words but give no date, and were left out.
    """

    ids: frozenset[str]
    about: int
    kin: int
    undated: int


def choose_documents(out: Path, *, about: Sequence[str], between: str | None = None, undated: bool = False) -> Cut:
    """Choose documents by words and time, and with them their families.

    A copy that was cut to a paragraph may have lost the words, and the first report may be older than the interval:
    where the archive has been traced, the whole family of each document found comes along.

    Args:
        out: Folder of the archive.
        about: Texts; a document is about one if each of its words stands in headline or text, whatever its case,
            accents or final s. One of them is enough; none means every document.
        between: `2019-12-01..2020-01-31`, or any EDTF date or interval; None means any time.
        undated: Take also documents without a date of publication.
    Raises:
        FirsthandError: No archive; words or interval that cannot be used.
    """
    store = Store(out.resolve())
    wanted = [frozenset(fold(text).split()) for text in about]
    if any(not words for words in wanted):
        raise FirsthandError("--about needs at least one word of letters or digits.")
    interval = _interval(between)
    found: set[str] = set()
    left: set[str] = set()
    for part in document_parts(store):
        for row in store.read("documents", part, ["id", "headline", "text", "published"]).to_pylist():
            published = row["published"]
            if interval and published and not overlaps(interval, published):
                continue
            if wanted and not _is_about(f"{row['headline'] or ''} {row['text']}", wanted):
                continue
            (left if interval and not published and not undated else found).add(row["id"])
    kin = _kin(store, found)
    return Cut(frozenset(found | kin), len(found), len(kin), len(left - kin))


def load_documents(out: Path, ids: frozenset[str]) -> Iterator[Document]:
    """Documents of an archive as they are stored, in order of part.

    Args:
        out: Folder of the archive.
        ids: Which.
    """
    store = Store(out.resolve())
    for part in document_parts(store):
        names = store.read("documents", part, ["id"]).column("id").to_pylist()
        if rows := [k for k, name in enumerate(names) if name in ids]:
            yield from table_to_records(Document, store.read("documents", part).take(rows))


def _interval(between: str | None) -> str | None:
    """The interval as EDTF has it."""
    if between is None:
        return None
    left, dots, right = between.partition("..")
    edtf = f"{left or '..'}/{right or '..'}" if dots and "/" not in between else between
    if edtf_to_interval(edtf) is None:
        raise FirsthandError(
            f"--between {between}: no interval of time; write 2019-12-01..2020-01-31, 2019-12..2020-01, or 2019-12."
        )
    return edtf


def _is_about(text: str, wanted: Sequence[frozenset[str]]) -> bool:
    words = f" {fold(text)} "
    return any(all(f" {word} " in words or f" {word}s " in words for word in need) for need in wanted)


def _kin(store: Store, found: set[str]) -> set[str]:
    """The rest of the families of some documents."""
    origin: dict[str, str] = {}
    for path in sorted((store.root / "families").glob("*.parquet")):
        rows = pq.ParquetFile(path).read()
        origin.update(zip(rows.column("doc").to_pylist(), rows.column("origin").to_pylist(), strict=True))
    origins = {origin.get(doc, doc) for doc in found}
    return ({doc for doc, first in origin.items() if first in origins} | origins) - found
