"""Bytes read a little at a time, with a limit on how many there may be."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Protocol

from firsthand.read.drafts import UnreadableError

_RATIO_FREE_BYTES = 16 << 20
"""Unpacked bytes below which no ratio is taken for a bomb: a small page of one repeated tag packs 1,000 to 1."""


class Readable(Protocol):
    """Anything with `read`."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes."""
        ...


class Budget:
    """What one file given by the user may still unpack to, shared by all that is packed inside it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def spend(self, count: int) -> None:
        """Count bytes.

        Raises:
            UnreadableError: More than the limit.
        """
        self.spent += count
        if self.spent > self.limit:
            raise UnreadableError(f"unpacks to more than {_size(self.limit)}; unpack it and give the parts you need")


class _Limited(io.RawIOBase):
    def __init__(self, inner: Readable, budget: Budget, packed: Callable[[], int], max_ratio: int) -> None:
        self._inner, self._budget, self._packed, self._max_ratio = inner, budget, packed, max_ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._count  # fastwarc asks where each record begins, also of a stream that cannot seek

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self._budget.spend(len(data))
        self._count += len(data)
        if self._count > _RATIO_FREE_BYTES and self._count > self._max_ratio * max(1, self._packed()):
            raise UnreadableError(
                f"unpacks to more than {self._max_ratio} times its size: taken for a decompression bomb and not read"
            )
        buffer[: len(data)] = data
        return len(data)


def limited(inner: Readable, *, budget: Budget, packed: Callable[[], int], max_ratio: int) -> io.BufferedReader:
    """A stream that can be peeked into and that stops with UnreadableError when it unpacks to too much.

    Args:
        inner: Gives unpacked bytes.
        budget: Shared by all streams out of one file.
        packed: How many packed bytes were used so far.
        max_ratio: Unpacked over packed from which it is a bomb.
    """
    return io.BufferedReader(_Limited(inner, budget, packed, max_ratio), 1 << 16)


def read_whole(stream: Readable, *, limit: int) -> bytes:
    """All bytes, if there are no more than the limit.

    Raises:
        UnreadableError: There are more, or none.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"is larger than {_size(limit)}; split it, or raise read.max_source_bytes")
    if not data:
        raise UnreadableError("is empty; nothing to read")
    return data


def _size(count: int) -> str:
    return f"{count / (1 << 30):.0f} GiB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MiB"
