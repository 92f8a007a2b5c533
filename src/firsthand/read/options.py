"""What `read` can be told."""

from __future__ import annotations

from dataclasses import dataclass, field

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Bounds on what hostile input can cost. What goes over one is reported as unreadable, never cut short."""

    max_source_bytes: int = field(
        default=64 * MIB,
        metadata={"help": "Largest file, archive member, WARC record or JSON line taken into memory.", "unit": "bytes"},
    )
    max_document_chars: int = field(
        default=2_000_000,
        metadata={"help": "Longest text of one document.", "unit": "code points"},
    )
    max_unpacked_bytes: int = field(
        default=16 * 1024 * MIB,
        metadata={"help": "Most that one compressed file may unpack to, all members together.", "unit": "bytes"},
    )
    max_ratio: int = field(
        default=250,
        metadata={
            "help": "Unpacked size over packed size from which a compressed file is taken for a bomb.",
            "unit": "",
        },
    )
    max_depth: int = field(
        default=3,
        metadata={"help": "Archives inside archives that are opened, the outermost counted.", "unit": "levels"},
    )
    max_members: int = field(
        default=1_000_000,
        metadata={"help": "Most members read from one archive, feed or WARC.", "unit": "members"},
    )
    max_elements: int = field(
        default=20_000,
        metadata={
            "help": "HTML elements from which a page's text is taken as it stands, without finding the main part.",
            "unit": "elements",
        },
    )
    max_pages: int = field(
        default=3_000,
        metadata={"help": "Most pages of one PDF.", "unit": "pages"},
    )


DEFAULTS = ReadOptions()
"""What is used where nothing is told."""
