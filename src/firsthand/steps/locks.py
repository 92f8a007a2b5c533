"""One build of a case at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from firsthand.core.errors import CaseLockedError, FirsthandError
from firsthand.steps.options import BuildOptions, Progress


@contextmanager
def locked(case_path: Path, options: BuildOptions, progress: Progress) -> Iterator[None]:
    """Hold a case while it is built. The lock stands beside the file itself, wherever links to it stand.

    Raises:
        CaseLockedError: Another build holds the case and options.wait is false.
        FirsthandError: The folder cannot be written.
    """
    path = Path(f"{case_path.resolve()}.lock")
    lock = FileLock(path)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not options.wait:
                raise CaseLockedError(
                    f"{case_path}: another build is writing this case; try again when it has ended."
                ) from None
            progress.say(f"Another build is writing {case_path}; waiting for it to end.")
            lock.acquire()
    except OSError as error:
        raise FirsthandError(
            f"{case_path}: its folder cannot be written ({error.strerror or error}); name another with -o."
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held: whoever waits for it takes the next file of this name
            path.unlink()
        lock.release()
