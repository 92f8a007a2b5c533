"""The table of habits is what its command makes of the gold data, so that whoever trains anew gets what ships."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from firsthand.mark.attributions.transitions import TABLE

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_training_counts_the_table_that_ships(tmp_path: Path) -> None:
    made = tmp_path / "transitions.tsv"
    command = [sys.executable, "-m", "training.transitions", "--data", str(SHARED / "data"), "--out", str(made)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert made.read_text("utf-8") == TABLE.read_text("utf-8")
