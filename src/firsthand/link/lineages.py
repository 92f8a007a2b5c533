"""Copies → where a document's words first stood, as far as the case holds it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from firsthand.core.records import Copy, Document, Span

WHOLE = frozenset({"duplicate", "wire", "edited", "republished", "revision"})
"""Kinds of copy whose document as a whole goes back to another; of an excerpt only the aligned words do."""


class Lineages:
    """Follows words back through copies. Cycles end where they began."""

    def __init__(self, documents: Iterable[Document], copies: Iterable[Copy]) -> None:
        """Index copies by the document that reuses.

        Args:
            documents: All of the case.
            copies: All of the case; those of unknown documents are passed over.
        """
        known = {d.id for d in documents}
        self._parent: dict[str, Copy] = {}
        self._aligned: dict[str, list[tuple[int, int, str, int]]] = {}
        for copy in sorted(copies, key=lambda c: (c.doc, c.kind not in WHOLE, -c.similarity, c.of)):
            if copy.doc not in known or copy.of not in known or copy.doc == copy.of:
                continue
            if copy.kind in WHOLE:
                self._parent.setdefault(copy.doc, copy)
            for mine, theirs in copy.spans:
                self._aligned.setdefault(copy.doc, []).append((mine.start, mine.end, copy.of, theirs.start))
        for spans in self._aligned.values():
            spans.sort()

    def copy_of(self, doc: str) -> Copy | None:
        """The copy that makes a whole document another's, or None."""
        return self._parent.get(doc)

    def origin(self, span: Span) -> Span:
        """Where these words first stood.

        Args:
            span: Words in a document.

        Returns:
            The span itself if its document is no copy there; else the aligned words in the earliest document known. In
            a whole copy without aligned spans, the same offsets in the earliest document.
        """
        seen = {span.doc}
        while True:
            step = self._step(span)
            if step is None or step.doc in seen:
                return span
            seen.add(step.doc)
            span = step

    def path(self, span: Span) -> list[str]:
        """Documents that the words came through, the document itself first, the earliest last."""
        docs = [span.doc]
        while True:
            step = self._step(span)
            if step is None or step.doc in docs:
                return docs
            docs.append(step.doc)
            span = step

    def _step(self, span: Span) -> Span | None:
        aligned = self._aligned.get(span.doc, [])
        at = bisect_right(aligned, (span.start, 10**12, "", 0)) - 1
        for start, end, of, there in reversed(aligned[max(0, at - 3) : at + 1]):
            if start <= span.start and span.end <= end + 1:
                return Span(of, there + span.start - start, there + span.end - start)
        whole = self._parent.get(span.doc)
        if whole is not None and not whole.spans:
            return Span(whole.of, span.start, span.end)
        return None


def documents_by_id(documents: Iterable[Document]) -> Mapping[str, Document]:
    """Documents by id."""
    return {document.id: document for document in documents}
