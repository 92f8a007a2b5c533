"""Claims and the words they rest on → Findings. One module per check; its docstring is its user documentation."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.check.certainties import view_to_certainty_findings
from firsthand.check.counts import view_to_count_findings
from firsthand.check.dates import view_to_date_findings
from firsthand.check.distances import view_to_distance_findings
from firsthand.check.evidence import view_to_evidence_findings
from firsthand.check.quotes import view_to_quote_findings
from firsthand.check.views import CheckOptions, View
from firsthand.core.records import Finding

__all__ = ["CHECKS", "CheckOptions", "View", "check"]

CHECKS = {
    "distance": view_to_distance_findings,
    "date": view_to_date_findings,
    "count": view_to_count_findings,
    "quote": view_to_quote_findings,
    "certainty": view_to_certainty_findings,
    "evidence": view_to_evidence_findings,
}
"""Name of the check → its function; the names are those of the modules and of docs/checks.md."""


def check(view: View, *, options: CheckOptions | None = None, names: Iterable[str] = tuple(CHECKS)) -> list[Finding]:
    """Run checks over a case.

    Args:
        view: The records of the case.
        options: Tolerances.
        names: Of CHECKS; all by default.
    Returns:
        Findings sorted by check, level, id. None of them changes what it is about.
    """
    options = options or CheckOptions()
    found = [finding for name in names for finding in CHECKS[name](view, options=options)]
    return sorted({finding.id: finding for finding in found}.values(), key=lambda f: (f.check, f.level, f.id))
