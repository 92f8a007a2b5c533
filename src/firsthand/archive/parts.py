"""Parts of tables on disk, and the markers that say which are done, from what.

A part is written under another name and renamed, its marker after it, so that a process killed at any moment leaves
either a whole part or none. A marker holds the signature of all that its part depends on: the checksum of the input,
options, versions, and the signatures of the parts before it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from firsthand.steps import Progress

FORMAT = 1
"""Of the archive's folders; part of every signature."""
LOOK_S = 5
"""How often markers are counted to tell how far a stage is."""


def signature(*parts: object) -> str:
    """Sign what a part depends on.

    >>> signature("read", 1) == signature("read", 1), signature("read", 1) == signature("read", 2)
    (True, False)
    """
    canonical = json.dumps([FORMAT, *parts], default=str, sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of an archive, as every process that works on it sees it."""

    root: Path

    def path(self, table: str, part: str) -> Path:
        """Where a part of a table is."""
        return self.root / table / f"{part}.parquet"

    def paths(self, table: str, parts: Iterable[str]) -> list[str]:
        """Where some parts of a table are."""
        return [str(self.path(table, part)) for part in parts]

    def write(self, table: str, part: str, rows: pa.Table) -> None:
        """Put a part there, whole, in place of what was there."""
        path = self.path(table, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{part}.{uuid.uuid4().hex}")
        try:
            pq.write_table(rows, draft, compression="zstd", compression_level=1)
            _to_disk(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def read(self, table: str, part: str, columns: list[str] | None = None) -> pa.Table:
        """A part of a table."""
        return pq.ParquetFile(self.path(table, part)).read(columns=columns)

    def marked(self, stage: str, part: str) -> Path:
        """Where the marker of a part is once it is done."""
        return self.root / "done" / stage / f"{part}.json"

    def marker(self, stage: str, part: str) -> dict[str, Any] | None:
        """What the marker of a part says; None if there is none."""
        try:
            facts = json.loads(self.marked(stage, part).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return facts if isinstance(facts, dict) else None

    def is_done(self, stage: str, part: str, signed: str) -> bool:
        """Whether a part is there, made from exactly this."""
        marker = self.marker(stage, part)
        return marker is not None and marker.get("signature") == signed

    def mark_done(self, stage: str, part: str, signed: str, facts: Mapping[str, Any] | None = None) -> None:
        """Say that all that a part consists of has been written."""
        path = self.marked(stage, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{part}.{uuid.uuid4().hex}")
        draft.write_text(json.dumps({"signature": signed, **(facts or {})}, sort_keys=True), encoding="utf-8")
        _to_disk(draft)
        draft.replace(path)

    def markers(self, stage: str) -> dict[str, dict[str, Any]]:
        """All parts of a stage that are done, by name."""
        found = {}
        folder = self.root / "done" / stage
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            if not path.name.startswith(".") and (marker := self.marker(stage, path.stem)) is not None:
                found[path.stem] = marker
        return found

    def unmark(self, stage: str, part: str) -> None:
        """Say that a part is no longer what its marker says: before it is written again."""
        self.marked(stage, part).unlink(missing_ok=True)

    def forget(self, stage: str, but: Collection[str] = ()) -> None:
        """Drop the markers of a stage but for these parts."""
        for part in self.markers(stage).keys() - set(but):
            self.unmark(stage, part)

    def todo(self, stage: str, signed: Mapping[str, str]) -> list[str]:
        """The parts, of those with these signatures, that are still to be done. All markers but of those done go."""
        done = {part for part, marker in self.markers(stage).items() if signed.get(part, "") == marker.get("signature")}
        self.forget(stage, done)
        return [part for part in signed if part not in done]

    def keep(self, table: str, parts: Iterable[str]) -> None:
        """Delete parts of a table other than these, and drafts that a killed process left."""
        wanted = {f"{part}.parquet" for part in parts}
        folder = self.root / table
        for path in list(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in wanted and path.is_file():
                path.unlink(missing_ok=True)

    def drop(self, table: str) -> None:
        """Delete a table."""
        shutil.rmtree(self.root / table, ignore_errors=True)


@contextmanager
def told(store: Store, stage: str, parts: Collection[str], progress: Progress) -> Iterator[None]:
    """Tell how far a stage is while other processes make these parts, by the markers that they leave."""
    progress.start(stage, len(parts))
    known, over = 0, threading.Event()

    def look() -> None:
        nonlocal known
        done = sum(store.marked(stage, part).is_file() for part in parts)
        progress.advance(stage, max(0, done - known))
        known = max(known, done)

    def watch() -> None:
        while not over.wait(LOOK_S):
            look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        look()


def _to_disk(path: Path) -> None:
    """Wait until a file would survive a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
