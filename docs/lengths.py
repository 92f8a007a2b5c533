"""Holds modules to 400 lines and names to nouns (DESIGN.md); part of `make lint`."""

import sys
from pathlib import Path

CEILING = 400
ALL_TABLES = Path("src/firsthand/core/records.py")
"""The one exception: all records on one page are worth more than a short page."""
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "misc"}

faults = []
for path in sorted(Path("src").rglob("*.py")):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > CEILING and path != ALL_TABLES:
        faults.append(f"{path}: {lines} lines, over {CEILING}: where is the seam?")
    if CATCH_ALLS & {path.stem, *path.parts}:
        faults.append(f"{path}: a catch-all name: what is the noun?")
sys.exit("\n".join(faults) or 0)
