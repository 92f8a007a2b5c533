"""The documents of a case, kept in step with the coverage that it is built from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.errors import FirsthandError
from firsthand.core.records import Document, Finding, Removal
from firsthand.read import Source, files, path_to_place, source_to_documents, sources
from firsthand.steps.options import BuildOptions, Progress
from firsthand.steps.verbs import BATCH

SHOWN = 20
"""Documents that went, named one by one; more are counted."""
Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading the coverage did: documents added and gone, and what could not be read."""

    added: int
    gone: int
    unreadable: tuple[Finding, ...]


def take_documents(case: CaseFile, documents: Iterable[Document]) -> set[str]:
    """Store documents that have been read before; those that the case has stay as they are. Returns all ids."""
    kept_out = {removal.doc for removal in removed(case)}
    taken: set[str] = set()
    waiting = (document for document in documents if document.id not in kept_out)
    while batch := list(islice(waiting, BATCH)):
        taken.update(document.id for document in batch)
        with case.transaction():
            case.save(batch)
    return taken


def removed(case: CaseFile) -> list[Removal]:
    """What people took out of the case, and did not take back."""
    return list(case.load(Removal, where="withdrawn IS NULL"))


def read_coverage(
    case: CaseFile, coverage: Sequence[Path], options: BuildOptions, progress: Progress, *, taken: set[str]
) -> Reading:
    """Read what the case does not have; note what moved, what was mended and, with options.sync, what is gone.

    Args:
        case: Open for writing.
        coverage: Files, folders and archives.
        options: Of the build.
        progress: Told what happens.
        taken: Ids of documents that came from an archive.
    Returns:
        What was done.
    Raises:
        FirsthandError: options.sync, and the coverage holds no document at all.
    """
    shelf = _Shelf(case)
    before = case.count(Document)
    stale = _findings_of(case, coverage)
    unreadable: list[Finding] = []
    batch: list[Document | Finding] = []
    progress.start("read", None)

    def flush() -> None:
        with case.transaction():
            case.save(batch)
        progress.advance("read", len(batch))
        batch.clear()

    for source in sources(coverage, options=options.read):
        if isinstance(source, Source) and shelf.has(source):
            continue
        for record in source_to_documents(source, options=options.read) if isinstance(source, Source) else (source,):
            batch.append(record)
            if isinstance(record, Finding):
                stale.pop(record.id, None)
                if record.level == "unreadable":
                    unreadable.append(record)
                elif not record.about:
                    progress.say(record.message)
        if len(batch) >= BATCH:
            flush()
    flush()
    added = case.count(Document) - before
    gone = shelf.gone(taken) if options.sync else {}
    if gone and len(gone) == case.count(Document):
        raise FirsthandError("--sync: this coverage holds no document of the case and no new one; nothing was changed.")
    with case.transaction():
        for finding in stale.values():
            case.drop(finding)
        for doc, path in shelf.moved():
            case.move(doc, path)
        case.drop_documents(list(gone))
    for path in sorted(gone.values())[:SHOWN]:
        progress.say(f"gone from the coverage, and so from the case: {path}")
    if len(gone) > SHOWN:
        progress.say(f"gone likewise: {len(gone) - SHOWN} more")
    if shelf.kept_out:
        progress.say(f"{shelf.kept_out} that people removed from the case were found again and kept out.")
    return Reading(added=added, gone=len(gone), unreadable=tuple(unreadable))


def _findings_of(case: CaseFile, coverage: Sequence[Path]) -> dict[str, Finding]:
    """Findings about files of this coverage, which this reading says again or not, by id."""
    walked = {name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for _, name in files(coverage)}
    about_files = case.load(Finding, where="\"check\" = 'read' AND about = '[]'")
    return {f.id: f for f in about_files if walked and not walked.isdisjoint(_names(f.message))} if walked else {}


def _names(message: str) -> Iterator[str]:
    """What may be the name of the file that a Finding begins with; "" for one about no single file."""
    yield from (message[:at] for mark in (": ", "!/") for at in _places(message, mark))


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


class _Shelf:
    """What the case has, told by bytes and place in an archive, as cases of earlier releases can be too."""

    def __init__(self, case: CaseFile) -> None:
        self._paths = {doc: path or "" for doc, path, _ in case.places()}
        self._known: dict[Key, list[str]] = defaultdict(list)
        for doc, path, sha256 in case.places():
            self._known[path_to_place(path or ""), sha256].append(doc)
        self._removed = {(path_to_place(r.path or ""), r.sha256) for r in removed(case)}
        self._met: dict[str, str] = {}
        self.kept_out = 0

    def has(self, source: Source) -> bool:
        """Whether a source is in the case, or is to stay out of it. The same bytes in two files are two documents."""
        key = (path_to_place(source.path), source.sha256)
        if key in self._removed:
            self.kept_out += 1
            return True
        free = [doc for doc in self._known.get(key, ()) if doc not in self._met]
        if free:
            here = [doc for doc in free if f"/{self._paths[doc]}".endswith(f"/{source.path}")]
            self._met[(here or free)[0]] = source.path
        return bool(free)

    def gone(self, taken: set[str]) -> dict[str, str]:
        """Documents of the case that the coverage does not hold: id and path."""
        return {doc: path for doc, path in self._paths.items() if doc not in self._met and doc not in taken}

    def moved(self) -> Iterator[tuple[str, str]]:
        """Documents whose file stands somewhere else: id and new path. A shorter way to the same place is no move."""
        for doc, new in sorted(self._met.items()):
            if not f"/{self._paths[doc]}".endswith(f"/{new}"):
                yield doc, new
