"""What can be set about archives."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """How an archive is cut into parts. Changes how the work is spread and what is done again, never the records."""

    part: int = field(default=4096, metadata={"help": "Most documents in one part.", "unit": "documents"})
    split_bytes: int = field(
        default=8 << 20,
        metadata={"help": "JSON lines and Parquet are split into pieces of about this size.", "unit": "bytes"},
    )
    block: int = field(
        default=8192, metadata={"help": "Texts compared by one task, with what they are compared to.", "unit": "texts"}
    )
    postings: int = field(
        default=2_000_000,
        metadata={"help": "Prints that one task sorts, on average: 100 bytes each.", "unit": "prints"},
    )
