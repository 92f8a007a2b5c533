"""Files that replace older ones only when they are whole: written beside, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from firsthand.core.errors import FirsthandError


@contextmanager
def written(path: Path, *, newline: str | None = None) -> Iterator[TextIO]:
    """Open a text file for writing, in UTF-8. What stood there stays until the new one is whole.

    Args:
        path: The file; a device or a pipe is written to directly.
        newline: As for `open`.
    Raises:
        FirsthandError: It cannot be written: no such folder, no permission, a full disk, a name too long.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline=newline) as file:
                yield file
            return
        with beside(path) as new, new.open("w", encoding="utf-8", newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FirsthandError(f"{path} cannot be written ({error.strerror or error}); name another with -o.") from error


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A new file in the same folder, which takes the path's place at the end, or is deleted if anything fails."""
    number, name = tempfile.mkstemp(prefix=".firsthand-", suffix=".part", dir=path.resolve().parent)
    os.close(number)
    new = Path(name)
    try:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        yield new
        new.replace(path.resolve())
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
