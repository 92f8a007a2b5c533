"""Copies → origins: for each document, the one that it as a whole goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from firsthand.core.credits import document_to_crediting
from firsthand.core.records import Copy, Document, Mention


def copies_to_origins(documents: Iterable[Document], copies: Iterable[Copy]) -> dict[str, str]:
    """Follow whole copies to where they end.

    Args:
        documents: All of them.
        copies: What `trace` made of them; excerpts do not count.
    Returns:
        Document id → id of its origin; itself if it copies nobody as a whole. In order of the documents.
    """
    parent = {c.doc: c.of for c in copies if c.kind != "excerpt"}
    origins: dict[str, str] = {}
    for document in documents:
        path, at = [document.id], document.id
        while at in parent and at not in origins and parent[at] not in path:
            at = parent[at]
            path.append(at)
        end = origins.get(at, at)
        origins.update(dict.fromkeys(path, end))
    return {document.id: origins[document.id] for document in documents}


def copies_to_rows(
    documents: Iterable[Document], copies: Iterable[Copy], *, credits: Mapping[str, Sequence[Mention]] | None = None
) -> list[dict[str, Any]]:
    """What `firsthand trace` writes.

    Args:
        documents: All of them.
        copies: What `trace` made of them.
        credits: Mentions of kind `credit` by document id, of all that were examined for them.
    Returns:
        For each document, in order: `id`, `origin`, `copied_from` (direct parent of the reused words, excerpts
        included, or None), `kind`, `similarity`, `spans` as [start, end, start in the parent, end in the parent], and
        `credit`: `answer`, `houses`, `reason` of Crediting.
    """
    examined = credits or {}
    listed = list(documents)
    made = list(copies)
    origins = copies_to_origins(listed, made)
    main: dict[str, Copy] = {}
    for copy in made:
        held = main.get(copy.doc)
        if held is None or _weight(copy) > _weight(held):
            main[copy.doc] = copy
    rows = []
    for document in listed:
        found = main.get(document.id)
        spans = [[a.start, a.end, b.start, b.end] for a, b in found.spans] if found else []
        credit = document_to_crediting(document, examined.get(document.id))
        rows.append(
            {
                "id": document.id,
                "origin": origins[document.id],
                "copied_from": found.of if found else None,
                "kind": found.kind if found else None,
                "similarity": found.similarity if found else 0.0,
                "spans": spans,
                "credit": {"answer": credit.answer, "houses": list(credit.houses), "reason": credit.reason},
            }
        )
    return rows


def _weight(copy: Copy) -> tuple[bool, float]:
    """Whole before excerpt, then the one that explains most."""
    return copy.kind != "excerpt", copy.similarity
