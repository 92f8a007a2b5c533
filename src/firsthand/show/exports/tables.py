"""The case's own tables, as CSV or Parquet: one file per record, columns as in docs/case-file.md."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.errors import FirsthandError
from firsthand.core.own import GENERATOR
from firsthand.show.files import beside, written

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f]*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet runs: also behind white space, a byte order mark or nothing visible, and in full-width signs."""


def case_to_csv(case: CaseFile, out: Path) -> list[Path]:
    """One CSV per table in the folder `out`, UTF-8, spans with the words they cover.

    A cell that a spreadsheet would run as a formula is given a leading apostrophe: its text is not ours.
    """
    made = []
    _folder(out)
    for table, columns, rows in case.tables(words=True):
        path = out / f"{table}.csv"
        with written(path, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
        made.append(path)
    return made


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FirsthandError(f"{out}: no folder can be made there ({error.strerror}); name another with -o.") from error


def harmless(cell: object) -> object:
    r"""Text that no spreadsheet takes for a formula; numbers as they are.

    >>> harmless("=1+1"), harmless("\ufeff＝1"), harmless(-1.5)
    ("'=1+1", "'\ufeff＝1", -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def case_to_parquet(case: CaseFile, out: Path) -> list[Path]:
    """One Parquet file per table in the folder `out`."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise FirsthandError("Parquet needs pyarrow: pip install 'firsthand[arrow]'.") from None
    made = []
    _folder(out)
    for table, columns, rows in case.tables(words=True):
        path = out / f"{table}.parquet"
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        content = pa.table({name: list(cells) for name, cells in zip(columns, values, strict=True)})
        try:
            with beside(path) as new:
                pq.write_table(content.replace_schema_metadata({"generator": GENERATOR}), new)
        except OSError as error:
            raise FirsthandError(f"{path} cannot be written ({error}); name another folder with -o.") from error
        made.append(path)
    return made
