"""The example's case, and the README's screen of it, are nearly line for line what is committed."""

import difflib

import pytest

from snapshots import EXAMPLE, built_example, readme_screen, screen

SAME = 0.97
"""Share of lines of the dump that must be equal. Not all: int8 sums round differently on different processors, and a
tag on the edge may fall to the other side."""
SAME_SCREEN = 0.85
"""Of the README's lines: one chain more or less moves several."""


@pytest.fixture(scope="module")
def example():
    return built_example()


def test_the_example_builds_the_committed_case(example):
    committed = (EXAMPLE / "dump.txt").read_text(encoding="utf-8").splitlines()
    built, _ = example
    missing = set(committed) - set(built)
    difference = difflib.unified_diff(sorted(missing), sorted(set(built) - set(committed)), "committed", "built", n=0)
    shown = "\n".join(line[:300] for line in list(difference)[:40])
    assert len(missing) <= (1 - SAME) * len(committed), f"{shown}\n`make snapshot` writes it again"


def test_the_readme_shows_what_is_printed(example):
    shown, printed = readme_screen(), screen(example[1])
    alike = difflib.SequenceMatcher(None, shown, printed, autojunk=False).ratio()
    difference = "\n".join(difflib.unified_diff(shown, printed, "README", "printed", lineterm="", n=0))
    assert alike >= SAME_SCREEN, f"{difference}\n`make snapshot` writes it again"
