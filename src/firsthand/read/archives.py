"""Zip and gzip: members as streams, with bombs, broken data and misleading names turned into Findings."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from firsthand.core.records import Finding
from firsthand.read.drafts import UnreadableError, unreadable
from firsthand.read.options import ReadOptions
from firsthand.read.streams import Budget, limited

BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, OSError, NotImplementedError, ValueError)
"""What the standard library raises on damaged archives."""
_SPOOL_BYTES = 8 << 20
_BLOCK_BYTES = 1 << 16


def is_hidden(name: str) -> bool:
    """Whether a path is of a kind that systems add by themselves: dot files and `__MACOSX`.

    >>> is_hidden("a/.DS_Store"), is_hidden("a/b.html")
    (True, False)
    """
    parts = PurePosixPath(name).parts
    return any(p.startswith(".") and p not in (".", "..") for p in parts) or "__MACOSX" in parts


def gunzip(stream: io.BufferedIOBase, *, budget: Budget, options: ReadOptions) -> io.BufferedReader:
    """The unpacked stream of a .gz file; several packed one after the other are one stream."""
    unpacked = _Gunzip(stream)
    return limited(unpacked, budget=budget, packed=lambda: unpacked.count, max_ratio=options.max_ratio)


class _Gunzip:
    """Unpacks as it reads. Unlike gzip.GzipFile it hands out all that stands before a break."""

    def __init__(self, packed: io.BufferedIOBase) -> None:
        self.count = 0
        self._packed = packed
        self._member = zlib.decompressobj(wbits=31)

    def read(self, size: int = -1) -> bytes:
        while True:
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._member.unused_data.lstrip(b"\0") or self._next().lstrip(b"\0")
                if not data:
                    return b""
                self._member = zlib.decompressobj(wbits=31)
            elif not data:
                data = self._next()
                if not data:
                    raise EOFError("the packed data stops in the middle")
            if unpacked := self._member.decompress(data, max(0, size)):
                return unpacked

    def _next(self) -> bytes:
        data = self._packed.read(_BLOCK_BYTES)
        self.count += len(data)
        return data


def zip_members(
    stream: io.BufferedIOBase, path: str, *, budget: Budget, options: ReadOptions
) -> Iterator[tuple[str, io.BufferedReader] | Finding]:
    """The members of a zip, in order of name.

    Args:
        stream: The zip; copied to a temporary file if it cannot be sought in.
        path: How the zip is called in Findings.
        budget: What may still be unpacked.
        options: Bounds.
    Returns:
        Name and stream of each member, or a Finding for one that cannot be read. A stream is good until the next one.
    Raises:
        UnreadableError: It is no zip that can be opened.
    """
    with _seekable(stream, budget) as packed:
        try:
            archive = zipfile.ZipFile(packed)
            members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        except BROKEN as error:
            raise UnreadableError(f"is a damaged zip ({error}); fetch it again") from error
        if any(m.filename == "[Content_Types].xml" for m in members):
            raise UnreadableError("is an Office file; save it as PDF or plain text")
        if len(members) > options.max_members:
            raise UnreadableError(f"has {len(members)} members, more than {options.max_members}; split it")
        for member in members:
            if is_hidden(member.filename):
                continue
            try:
                yield member.filename, _open_member(archive, member, budget, options)
            except (UnreadableError, RuntimeError, *BROKEN) as error:
                yield unreadable(f"{path}!/{_shown(member.filename)}", str(error))


def _open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, options: ReadOptions
) -> io.BufferedReader:
    name = member.filename
    if name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts or name[1:2] == ":":
        raise UnreadableError("has a name that points outside the archive; not read, rename it if it belongs here")
    if member.flag_bits & 0x1:
        raise UnreadableError("is encrypted; unpack it with its password and give the folder")
    unpacked = archive.open(member)
    return limited(unpacked, budget=budget, packed=lambda: member.compress_size, max_ratio=options.max_ratio)


def _seekable(stream: io.BufferedIOBase, budget: Budget) -> io.BufferedIOBase:
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        return stream
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES)  # noqa: SIM115 (closed by the caller's `with`)
    while block := stream.read(1 << 20):
        spool.write(block)
    spool.seek(0)
    return spool  # type: ignore[return-value]


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)
