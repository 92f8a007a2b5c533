"""What is committed of the example's case: its dump, and the README's screen. `make snapshot` writes both again,
test_snapshots.py compares. Read the diff first."""

import io
import re
import sys
import tempfile
from pathlib import Path

from firsthand.casefile import open_case
from firsthand.show.terminal import case_to_terminal
from firsthand.steps import BuildOptions, build

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "harbour-fire"
README = ROOT / "README.md"
FENCE = "```text\n"
LEFT_OUT = {"Other incidents", "What was checked and agrees"}
LONGEST = 6
"""Lines of a part below the main incident; four parts are a screen."""


class Quiet:
    """A Progress that tells nothing."""

    def start(self, step, total):
        pass

    def advance(self, step, count):
        pass

    def say(self, message):
        pass


def built(coverage, *, gazetteers=(), name="snapshot"):
    """The dump, and the summary in 100 columns, of a case built from one folder; both as lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.case"
        build([coverage], path, options=BuildOptions(gazetteers=tuple(gazetteers)), progress=Quiet())
        with open_case(path, readonly=True) as case:
            summary = io.StringIO()
            case_to_terminal(case, file=summary, width=100)
            return list(case.dump()), [line.rstrip() for line in summary.getvalue().splitlines()]


def built_example():
    return built(EXAMPLE / "coverage", gazetteers=[EXAMPLE / "places.csv"], name="example")


def screen(summary):
    """The README's screen of a summary: the main incident, and the first findings of each kind."""
    parts = "\n".join(summary).split("\n\n")
    shown = [part for part in parts if part.partition("\n")[0] not in LEFT_OUT]
    return "\n\n".join([*shown[:2], *(_cut(part) for part in shown[2:])]).splitlines()


def _cut(part):
    """A part's title and first lines, cut where a finding begins."""
    lines = part.splitlines()
    begins = [k for k, line in enumerate(lines[: LONGEST + 1]) if re.match(r"  \S", line)]
    return part if len(lines) <= LONGEST else "\n".join([*lines[: begins[-1]], "  …"])


def readme_screen():
    """The screen that the README shows now."""
    return README.read_text(encoding="utf-8").partition(FENCE)[2].partition("```")[0].splitlines()


def main():
    dump, summary = built_example()
    (EXAMPLE / "dump.txt").write_text("\n".join(dump) + "\n", encoding="utf-8")
    before, _, rest = README.read_text(encoding="utf-8").partition(FENCE)
    after = rest.partition("```")[2]
    README.write_text(before + FENCE + "\n".join(screen(summary)) + "\n```" + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
