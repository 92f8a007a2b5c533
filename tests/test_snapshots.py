"""The example case is, line for line, the one that is committed."""

import difflib

from snapshots import EXAMPLE, example_dump


def test_the_example_builds_the_committed_case():
    committed = (EXAMPLE / "dump.txt").read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(committed, example_dump(), "committed", "built", lineterm="", n=0))
    assert difference == [], "\n".join(line[:300] for line in difference[:40]) + "\n`make snapshot` writes it again"
