"""What is raised for bad use. Bad data is never raised: it becomes a Finding of level `unreadable`."""

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


class FirsthandError(Exception):
    """The command cannot go on; the message says what was found, where, and what to do."""


class NotACaseError(FirsthandError):
    """The file is no case file, or one of a version that this release cannot read."""


class DamagedCaseError(FirsthandError):
    """A case file holds what no build wrote: a disk, a copy or a hand changed it."""


class BadGazetteerError(FirsthandError):
    """A user's gazetteer file has rows that cannot be used."""


class CaseLockedError(FirsthandError):
    """Another process is building the same case."""


def damaged(path: Path, where: str, why: str) -> DamagedCaseError:
    """One sentence for a damaged case: the file, the table and row, what is wrong, what to do."""
    why = " ".join(why.split())[:200]
    return DamagedCaseError(
        f"{path} is damaged ({where}: {why}). Restore a copy of it, or build it anew from its coverage into another "
        "file."
    )


def error_to_line(error: BaseException, *, during: str) -> str:
    """One line for a bug report on an error that nobody foresaw: what ran, what was raised, where in our code.

    Args:
        error: As caught.
        during: What ran, with its version.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(_PACKAGE)]
    last = ours[-1] if ours else None
    where = f" at {Path(last.filename).relative_to(_PACKAGE).as_posix()}:{last.lineno}" if last else ""
    return f"{during}, {type(error).__name__}{where}: {' '.join(str(error).split())[:200]}"
