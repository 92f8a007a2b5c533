"""Which verb reads and writes which tables, and a build that redoes only what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from firsthand.casefile import CaseFile, open_case
from firsthand.core.errors import NotACaseError
from firsthand.core.records import Document, Finding
from firsthand.steps.coverage import read_coverage, take_documents
from firsthand.steps.locks import locked
from firsthand.steps.options import BuildOptions, BuildReport, Progress
from firsthand.steps.removals import Act, remove_documents, restore_documents
from firsthand.steps.stages import mark_one, mark_rows, trace_rows
from firsthand.steps.verbs import (
    STEPS,
    Rows,
    Step,
    case_to_view,
    check_case,
    dated_documents,
    link_case,
    mark_case,
    rarely_collected,
    trace_case,
    weigh_case,
)

__all__ = [
    "STEPS",
    "Act",
    "BuildOptions",
    "BuildReport",
    "Progress",
    "Step",
    "build",
    "case_to_view",
    "dated_documents",
    "mark_one",
    "mark_rows",
    "rebuild",
    "remove",
    "restore",
    "trace_rows",
]


def build(
    coverage: Sequence[Path],
    case_path: Path,
    *,
    options: BuildOptions,
    progress: Progress,
    documents: Iterable[Document] = (),
) -> BuildReport:
    """Build or update a case: read, mark, trace, link, check, weigh, each only as far as something changed.

    Every step writes its records and the note that it is done in one transaction, so a build that was killed is
    taken up by the next one and ends in the same case.

    Args:
        coverage: Files, folders and archives. Documents already in the case are not read again.
        case_path: Made if it does not exist.
        options: See BuildOptions.
        progress: Told what happens.
        documents: Read before, as the tables of an archive have them; stored unchanged.
    Raises:
        NotACaseError: case_path is something else, or does not exist and there is nothing to make it from.
        CaseLockedError: Another build holds the case and options.wait is false.
    """
    waiting = iter(documents)
    first = next(waiting, None)
    if not coverage and first is None and not case_path.exists():
        raise NotACaseError(f"{case_path}: no such file, and no COVERAGE to make it from.")
    given = waiting if first is None else chain([first], waiting)
    with locked(case_path, options, progress), open_case(case_path, create=True) as case:
        before = case.count(Document)
        taken = take_documents(case, given)
        added = case.count(Document) - before
        reading = read_coverage(case, coverage, options, progress, taken=taken)
        count = mark_case(case, options, progress)
        _across(case, options, progress)
        failed = case.load(Finding, where="level = 'unreadable' AND by LIKE '%.guard@%'")
        return BuildReport(
            documents=case.count(Document),
            added=added + reading.added,
            gone=reading.gone,
            marked=count,
            unreadable=(*reading.unreadable, *failed),
        )


def _across(case: CaseFile, options: BuildOptions, progress: Progress) -> None:
    rows = Rows(case)
    with rarely_collected():
        trace_case(case, rows, options, progress)
        link_case(case, rows, options, progress)
        check_case(case, rows, options, progress)
        weigh_case(case, progress)


def rebuild(case_path: Path, *, options: BuildOptions, progress: Progress) -> BuildReport:
    """Run again what depends on people's judgements, ratings and hypotheses."""
    return build((), case_path, options=options, progress=progress)


def remove(case_path: Path, names: Sequence[str], *, act: Act, options: BuildOptions, progress: Progress) -> list[str]:
    """Take documents out of a case and work out anew what follows from the rest.

    Args:
        case_path: The case.
        names: Ids, beginnings of ids, or paths.
        act: Whose, when and why.
        options: Of the verbs that read the whole case.
        progress: Told what happens.
    Returns:
        Paths of what went.
    Raises:
        FirsthandError: A name is of no document, or of several; nothing was changed.
    """
    with locked(case_path, options, progress), open_case(case_path) as case:
        gone = remove_documents(case, names, act)
        _across(case, options, progress)
        return gone


def restore(case_path: Path, names: Sequence[str], *, act: Act, options: BuildOptions, progress: Progress) -> list[str]:
    """Undo `remove`: the next build that finds the documents reads them again. Arguments as there."""
    with locked(case_path, options, progress), open_case(case_path) as case:
        return restore_documents(case, names, act)
