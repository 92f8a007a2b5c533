"""The committed dumps: `make snapshot` writes them again, test_snapshots.py compares. Read the diff first."""

import sys
import tempfile
from pathlib import Path

from firsthand.casefile import open_case
from firsthand.steps import BuildOptions, build

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "harbour-fire"


class Quiet:
    """A Progress that tells nothing."""

    def start(self, step, total):
        pass

    def advance(self, step, count):
        pass

    def say(self, message):
        pass


def built_dump(coverage, *, gazetteers=()):
    """The dump of a case built from one folder, as lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.case"
        build([coverage], path, options=BuildOptions(gazetteers=tuple(gazetteers)), progress=Quiet())
        with open_case(path, readonly=True) as case:
            return list(case.dump())


def example_dump():
    return built_dump(EXAMPLE / "coverage", gazetteers=[EXAMPLE / "places.csv"])


def main():
    (EXAMPLE / "dump.txt").write_text("\n".join(example_dump()) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
