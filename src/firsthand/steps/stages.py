"""The verbs `mark` and `trace` alone, over rows: what stands in other people's pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from firsthand.core.encodings import Encoding
from firsthand.core.places import Gazetteer
from firsthand.core.records import Document, Finding, Markup
from firsthand.core.rows import markup_to_row
from firsthand.encoder import Encoder
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import document_to_credits, mark, markup_to_incident_rows
from firsthand.steps.guards import marked
from firsthand.steps.options import BuildOptions
from firsthand.trace import copies_to_rows, trace


def mark_one(gazetteer: Gazetteer, document: Document, encoding: Encoding) -> Markup:
    """`mark`, as `marked` calls it."""
    return mark(document, encoding=encoding, gazetteer=gazetteer)


def mark_rows(
    documents: Iterable[Document], *, options: BuildOptions, muc4: bool = False
) -> Iterator[dict[str, object]]:
    """The stage `mark` over a stream: one row per document, in input order, in bounded memory.

    Args:
        documents: Taken some way ahead.
        options: Gazetteers and threads.
        muc4: Only the incidents that a coder of MUC-4 would write down.
    Returns:
        Rows; where a document could not be marked, a row with its `id` and `unreadable`, why, alone.
    """
    encoder = Encoder.load(threads=options.threads)
    with open_gazetteer(options.gazetteers) as gazetteer:

        def document_to_row(document: Document, encoding: Encoding) -> dict[str, object]:
            markup = mark_one(gazetteer, document, encoding)
            return markup_to_row(document, markup, incidents=markup_to_incident_rows(document, markup, muc4=muc4))

        for document, row in marked(documents, reader=encoder, mark=document_to_row):
            yield {"id": document.id, "unreadable": row.message} if isinstance(row, Finding) else row


def trace_rows(documents: Iterable[Document], *, options: BuildOptions) -> list[dict[str, object]]:
    """The stage `trace` over all documents of a stream, in input order."""
    everything = list(documents)
    credits = {document.id: document_to_credits(document) for document in everything}
    copies = trace(everything, credits=credits, options=options.trace)
    return copies_to_rows(everything, copies, credits=credits)
