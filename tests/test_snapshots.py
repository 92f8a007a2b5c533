"""The example case is, nearly line for line, the one that is committed."""

import difflib

from snapshots import EXAMPLE, example_dump

SAME = 0.97
"""Share of lines that must be equal. Not all: int8 sums round differently on different processors, and a tag on
the edge may fall to the other side."""


def test_the_example_builds_the_committed_case():
    committed = (EXAMPLE / "dump.txt").read_text(encoding="utf-8").splitlines()
    built = example_dump()
    missing = set(committed) - set(built)
    difference = difflib.unified_diff(sorted(missing), sorted(set(built) - set(committed)), "committed", "built", n=0)
    shown = "\n".join(line[:300] for line in list(difference)[:40])
    assert len(missing) <= (1 - SAME) * len(committed), f"{shown}\n`make snapshot` writes it again"
