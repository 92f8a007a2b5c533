"""Paths → Sources: folders walked in order, archives opened, each document's bytes and id before anything is parsed."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from firsthand.core.ids import make_id
from firsthand.core.own import is_own
from firsthand.core.records import Finding
from firsthand.read.archives import BROKEN, gunzip, is_hidden, zip_members
from firsthand.read.drafts import Kind, Known, Source, UnreadableError, note, path_to_place, unexpected, unreadable
from firsthand.read.feeds import feed_to_entries
from firsthand.read.kinds import HEAD_BYTES, kind_of
from firsthand.read.options import DEFAULTS, ReadOptions
from firsthand.read.rows import row_id, stream_to_array, stream_to_rows
from firsthand.read.streams import Budget, read_whole
from firsthand.read.warcs import stream_to_records

Found = Iterator[Source | Finding]
_NOTHING = Known()
FOOTER_BYTES = 1 << 16
"""Read of a Parquet file's end, where its own description stands."""


def sources(paths: Iterable[Path], *, options: ReadOptions = DEFAULTS) -> Found:
    """Walk what was given and split it into the bytes of single documents.

    Args:
        paths: Files and folders. Names of files in them are relative to the folder given; links to folders are not
            followed, names that begin with a dot are passed over.
        options: Bounds.
    Returns:
        In order of path: a Source for each document to be, or a Finding for each file, member, record or line that
        cannot be one. One Source at a time is held in memory. The same bytes in several files are several documents,
        numbered; under one name they come once. Files of our own making are passed over. Findings of level note say so.
    """
    met: dict[str, list[str]] = {}
    own: list[str] = []
    for path, name in _each_once(paths):
        if is_own_file(path):
            own.append(path.name)
            continue
        for found in file_to_sources(path, name, options):
            if isinstance(found, Source):
                paths_met = met.setdefault(found.id, [])
                if found.path in paths_met:
                    yield note(
                        f"{found.path}: stands in the input twice, under one name with the same bytes; read once"
                    )
                    continue
                paths_met.append(found.path)
                if len(paths_met) > 1:
                    place = path_to_place(found.path)
                    found = replace(found, id=make_id("document", place, found.sha256, len(paths_met)))
            yield found
    if own:
        names = ", ".join(sorted(set(own))[:5]) + (", …" if len(set(own)) > 5 else "")
        yield note(f"{len(own)} files that Firsthand made itself were passed over ({names}).")


def _each_once(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Files in order of name; one that was given in two ways by its longer name."""
    longest: dict[str, tuple[Path, str]] = {}
    for path, name in files(paths):
        where = os.path.abspath(path)  # noqa: PTH100 (a link is a file of its own)
        if where not in longest or len(name) > len(longest[where][1]):
            longest[where] = (path, name)
    return sorted(longest.values(), key=lambda pair: (pair[1], str(pair[0])))


def files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Walk what was given.

    Returns:
        Each file and its name: relative to the folder given, or its own. In no order.
    """
    for root in paths:
        if not root.is_dir():
            yield root, root.name
            continue
        for folder, folders, files in os.walk(root):
            folders[:] = [name for name in folders if not is_hidden(name)]
            here = Path(folder)
            linked = [name for name in folders if (here / name).is_symlink()]
            for name in [*files, *linked]:
                if not is_hidden(name):
                    yield here / name, (here / name).relative_to(root).as_posix()
            if not os.access(folder, os.R_OK | os.X_OK):
                yield here, here.relative_to(root).as_posix()


def is_own_file(path: Path) -> bool:
    """Whether a file is a case, what SQLite or a build keeps beside one, a report or an export of ours."""
    beside = re.fullmatch(r"(.+?)(?:-journal|-wal|-shm|\.lock)", path.name)
    if beside and path.with_name(beside[1]).is_file():
        path = path.with_name(beside[1])
    elif beside:
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if not head.startswith(b"PAR1"):
                return is_own(head)
            file.seek(-min(FOOTER_BYTES, path.stat().st_size), os.SEEK_END)
            return is_own(head, file.read())
    except OSError:
        return False


def file_to_sources(path: Path, name: str, options: ReadOptions = DEFAULTS) -> Found:
    """Split one file, called `name` in ids and Findings; see `sources`."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            what = "is a link to a folder" if path.is_symlink() else "is a folder that may not be read"
            raise UnreadableError(f"{what}; give that folder itself, or change its permissions")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is no regular file (a device, socket or pipe); copy what it holds into a file")
        if status.st_size == 0:
            raise UnreadableError("is empty; nothing to read")
        with path.open("rb") as file:
            yield from _stream(file, shown, depth=0, budget=Budget(options.max_unpacked_bytes), options=options)
    except UnreadableError as error:
        yield unreadable(shown, str(error))
    except OSError as error:
        advice = {errno.EACCES: "change its permissions", errno.ENOENT: "it is gone, or a link to nothing"}
        reason = error.strerror or str(error)
        yield unreadable(shown, f"cannot be opened ({reason}); {advice.get(error.errno or 0, 'look at the file')}")
    except Exception as error:  # a bug of ours or of a library that opens the format: no file may end a run
        yield unreadable(shown, unexpected(error))


def _stream(
    stream: io.BufferedReader, name: str, *, depth: int, budget: Budget, options: ReadOptions, known: Known = _NOTHING
) -> Found:
    """Split one stream; reports what breaks inside it under its own name."""
    try:
        kind = kind_of(stream.peek(HEAD_BYTES)[:HEAD_BYTES], name.rsplit("!/", 1)[-1].removesuffix(".gz"))
        if kind in ("gzip", "zip") and depth >= options.max_depth:
            raise UnreadableError(f"is packed more than {options.max_depth} levels deep; unpack it and give the folder")
        match kind:
            case "gzip":
                unpacked = gunzip(stream, budget=budget, options=options)
                yield from _stream(unpacked, name, depth=depth + 1, budget=budget, options=options, known=known)
            case "zip":
                for member in zip_members(stream, name, budget=budget, options=options):
                    if isinstance(member, Finding):
                        yield member
                        continue
                    inner = f"{name}!/{member[0]}"
                    yield from _stream(member[1], inner, depth=depth + 1, budget=budget, options=options)
            case "warc":
                for record in stream_to_records(stream, name, options=options):
                    if isinstance(record, Finding):
                        yield record
                        continue
                    number, payload, known = record
                    body = cast(io.BufferedReader, io.BufferedReader(io.BytesIO(payload)))
                    yield from _stream(
                        body, f"{name}!/{number}", depth=depth + 1, budget=budget, options=options, known=known
                    )
            case "rows":
                for row in stream_to_rows(stream, name, options=options):
                    yield row if isinstance(row, Finding) else row_to_source(name, *row)
            case "json":
                for position, data in stream_to_array(stream, options=options):
                    yield row_to_source(name, position, data)
            case "feed":
                feed = read_whole(stream, limit=options.max_source_bytes)
                for entry, said in feed_to_entries(feed, options=options):
                    yield _source(f"{name}!/{entry}", "entry", said, known)
            case _:
                yield _source(name, cast(Kind, kind), read_whole(stream, limit=options.max_source_bytes), known)
    except UnreadableError as error:
        yield unreadable(name, str(error))
    except BROKEN as error:
        yield unreadable(name, f"is damaged or ends early ({error}); what came before was read, fetch it again")


def row_to_source(name: str, number: str, data: bytes) -> Source:
    """The Source that one row of a file is.

    Args:
        name: Of the file.
        number: Of the row, which stands in for an id of its own.
        data: The row as JSON.
    """
    return _source(f"{name}!/{row_id(data) or f'row {number}'}", "row", data, _NOTHING)


def _source(path: str, kind: Kind, data: bytes, known: Known) -> Source:
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(
        id=make_id("document", path_to_place(path), sha256), path=path, kind=kind, data=data, sha256=sha256, known=known
    )
