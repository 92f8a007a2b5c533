"""read: files → Documents.

`sources` splits what was given into the bytes of single documents, each with the id that its Document will have, so
that a build can pass over those it has; `source_to_documents` parses one; `read` does both. Bad data is never raised:
it comes out as a Finding of level `unreadable` that says what, where and what to do, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from firsthand.core.records import Document, Finding
from firsthand.read.documents import row_to_document, source_to_documents
from firsthand.read.drafts import BY, Known, Source, path_to_place
from firsthand.read.options import DEFAULTS, ReadOptions
from firsthand.read.sources import file_to_sources, files, is_own_file, row_to_source, sources

__all__ = [
    "BY",
    "Known",
    "ReadOptions",
    "Source",
    "file_to_sources",
    "files",
    "is_own_file",
    "path_to_place",
    "read",
    "row_to_document",
    "row_to_source",
    "source_to_documents",
    "sources",
]


def read(paths: Iterable[Path], *, options: ReadOptions = DEFAULTS) -> Iterator[Document | Finding]:
    """Read files and folders.

    Args:
        paths: Text, HTML, JSON lines, WARC, PDF, feeds, and zip, gz or folders of these.
        options: Bounds.
    Returns:
        Documents and Findings in order of path, one at a time.
    """
    for found in sources(paths, options=options):
        if isinstance(found, Source):
            yield from source_to_documents(found, options=options)
        else:
            yield found
