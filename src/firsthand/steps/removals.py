"""People take documents out of a case, and back in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from firsthand.casefile import CaseFile
from firsthand.core.errors import FirsthandError
from firsthand.core.ids import make_id
from firsthand.core.records import Document, Removal
from firsthand.steps.coverage import removed

T = TypeVar("T")
LEAST = 4
"""Characters of an id that may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A person's act: who, when (ISO 8601 UTC), why."""

    person: str
    made: str
    why: str


def remove_documents(case: CaseFile, names: Sequence[str], act: Act) -> list[str]:
    """Take documents out: their texts go, their hashes stay and keep them out of later builds.

    Args:
        case: Open for writing.
        names: Ids, beginnings of ids, or paths.
        act: Whose, when and why.
    Returns:
        Paths of what went.
    Raises:
        FirsthandError: A name is of no document, or of several; nothing was changed.
    """
    documents = list(case.load(Document))
    chosen = {d.id: d for name in names for d in [_one(name, [(d.id, d.path, d) for d in documents])]}
    with case.transaction():
        case.save(
            Removal(
                id=make_id("removal", d.id, act.made),
                by=f"person:{act.person}",
                doc=d.id,
                path=d.path,
                sha256=d.sha256,
                reason=act.why,
                made=act.made,
            )
            for d in chosen.values()
        )
        case.drop_documents(list(chosen))
    case.forget()
    return [d.path or d.id for d in chosen.values()]


def restore_documents(case: CaseFile, names: Sequence[str], act: Act) -> list[str]:
    """Undo removals: the next build that finds the documents reads them again.

    Args:
        case: Open for writing.
        names: As in `remove_documents`.
        act: Its time is noted.
    Returns:
        Paths of what may come back.
    Raises:
        FirsthandError: A name is of no removed document, or of several; nothing was changed.
    """
    out = removed(case)
    chosen = {r.id: r for name in names for r in [_one(name, [(r.doc, r.path, r) for r in out])]}
    with case.transaction():
        case.save(replace(removal, withdrawn=act.made) for removal in chosen.values())
    return [r.path or r.doc for r in chosen.values()]


def _one(name: str, among: Sequence[tuple[str, str | None, T]]) -> T:
    exact = [item for key, path, item in among if name in (key, path)]
    found = exact or [item for key, _, item in among if len(name) >= LEAST and key.startswith(name)]
    if len(found) == 1:
        return found[0]
    several = "several documents have" if found else "there is no document with"
    raise FirsthandError(f"{name}: {several} this id or path; `firsthand show CASE documents` lists them.")
