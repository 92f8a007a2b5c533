"""A case in the forms that other tools read. docs/exports.md says what a form cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.errors import FirsthandError
from firsthand.show.exports.events import case_to_acled, case_to_ged
from firsthand.show.exports.graphs import case_to_annotations, case_to_claims, case_to_ftm, case_to_prov
from firsthand.show.exports.maps import case_to_geojson, case_to_timeline
from firsthand.show.exports.tables import case_to_csv, case_to_parquet

FORMS: dict[str, Callable[[CaseFile, Path], list[Path]]] = {
    "csv": case_to_csv,
    "parquet": case_to_parquet,
    "geojson": case_to_geojson,
    "timeline": case_to_timeline,
    "ged": case_to_ged,
    "acled": case_to_acled,
    "claims": case_to_claims,
    "annotations": case_to_annotations,
    "ftm": case_to_ftm,
    "prov": case_to_prov,
}
"""Name on the command line → function. Each takes the case and a path without suffix and returns the files written."""


def case_to_export(case: CaseFile, *, form: str, out: Path) -> list[Path]:
    """Write a case in another form.

    Args:
        case: The open case.
        form: A name of FORMS.
        out: Path to write to; its suffix, if any, is replaced by the form's own.
    Returns:
        The files written, in order.
    Raises:
        FirsthandError: No such form, or a library it needs is not installed.
    """
    if form not in FORMS:
        raise FirsthandError(f"There is no export form {form!r}; there are: {', '.join(FORMS)}.")
    return FORMS[form](case, out.with_suffix(""))
