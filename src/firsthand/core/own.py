"""What Firsthand writes, told by its own marks: in a folder of coverage it is no news."""

from __future__ import annotations

import re
from dataclasses import fields

from firsthand.core.records import RECORDS

GENERATOR = "Firsthand"
"""Stands in reports and exports as what made them, wherever their format has a place for it."""
APPLICATION_ID = 0x46484E44
"""`FHND`: what `file` and SQLite show for a case file."""

TIMELINE = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background",
)  # fmt: skip
"""Columns of TimelineJS."""
GED = (
    "id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_coordinates", "where_description", "latitude",
    "longitude", "country", "date_prec", "date_start", "date_end", "best", "high", "low",
)  # fmt: skip
"""Columns of UCDP GED that a case can fill."""
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "actor1", "actor2",
    "country", "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities",
)  # fmt: skip
"""Columns of ACLED that a case can fill."""
FIGURES = (
    "incident", "property", "value", "confidence", "origins_low", "origins_high", "statements", "first_published",
    "claim",
)  # fmt: skip
"""Columns of the table of rival figures that stands beside GED and ACLED rows."""

_TABLES = [
    [n for f in fields(kind) for n in (("doc", "start", "end") if f.name == "span" else (f.name,))] for kind in RECORDS
]
_HEADERS = {",".join(columns) for columns in (TIMELINE, GED, ACLED, FIGURES)}
_HEADERS |= {",".join(columns) for columns in _TABLES} | {",".join([*columns, "words"]) for columns in _TABLES}
_HTML = re.compile(rf'<meta name="generator" content="{GENERATOR}\b')
_JSON = re.compile(
    rf'\s*[\[{{].{{0,300}}?("generator": ?.{{0,80}}"{GENERATOR}\b|"urn:firsthand:|"id": ?"firsthand-)', re.S
)
_DUMP = f"application_id {APPLICATION_ID:#x}\n"


def is_own(head: bytes, tail: bytes = b"") -> bool:
    """Whether a file is a case, a report or an export of ours.

    Args:
        head: Its first bytes, 1024 or more.
        tail: Its last ones, where Parquet files say what they are.

    >>> is_own(b'<!doctype html><meta name="generator" content="Firsthand 1.0">'), is_own(b"<p>Firsthand accounts")
    (True, False)
    """
    if head.startswith(b"SQLite format 3\x00"):
        return int.from_bytes(head[68:72]) == APPLICATION_ID
    if head.startswith(b"PAR1"):
        return GENERATOR.encode() in tail
    text = head[:4096].decode("utf-8", "replace").removeprefix("\ufeff")
    first = text.splitlines()[0] if text else ""
    return first in _HEADERS or text.startswith(_DUMP) or bool(_JSON.match(text) or _HTML.search(text[:1024]))
