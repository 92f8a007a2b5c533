"""The case's own tables, as CSV or Parquet: one file per record, columns as in docs/case-file.md."""

from __future__ import annotations

import csv
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.errors import FirsthandError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def case_to_csv(case: CaseFile, out: Path) -> list[Path]:
    """One CSV per table in the folder `out`, UTF-8, spans with the words they cover.

    A cell that a spreadsheet would run as a formula is given a leading apostrophe: its text is not ours.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for table, columns, rows in case.tables(words=True):
        path = out / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
        written.append(path)
    return written


def harmless(cell: object) -> object:
    """Text that no spreadsheet takes for a formula; numbers as they are.

    >>> harmless("=1+1"), harmless(-1.5)
    ("'=1+1", -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def case_to_parquet(case: CaseFile, out: Path) -> list[Path]:
    """One Parquet file per table in the folder `out`."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise FirsthandError("Parquet needs pyarrow: pip install 'firsthand[arrow]'.") from None
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for table, columns, rows in case.tables(words=True):
        path = out / f"{table}.parquet"
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        pq.write_table(pa.table({name: list(cells) for name, cells in zip(columns, values, strict=True)}), path)
        written.append(path)
    return written
