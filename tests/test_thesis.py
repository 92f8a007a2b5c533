"""Origins, not articles: printing a report again, in any of the ways newsrooms do, changes no count and no standing."""

import pytest

from firsthand.casefile import open_case
from firsthand.core.records import Claim, Standing
from firsthand.steps import BuildOptions, build
from snapshots import Quiet

REPORT = """KORVA, 4 May 2031 (Aldine News) -- Rockets struck the grain depot in Korva on 3 May 2031, killing two
dockers.

The army said that the Red Column had fired the rockets from the hills above the town. General Osk Varn, who commands
the garrison, said that his men had found three launching rails in a quarry shortly after the attack.

The Red Column denied the accusation. Its spokesman, Ilan Tesh, told Radio Korva that the army itself had shelled the
depot, which holds the harvest of two provinces and belongs to the farmers' union.

Residents said that they had heard three explosions before dawn and had seen smoke over the harbour until noon. The
provincial hospital said that eleven people had been treated for burns and that two of them were in danger.
"""
RIVAL = """Publisher: Valley Courier
Date: 2031-05-05

A baker who lives beside the grain depot in Korva accused the army of the rocket attack of 3 May 2031.

“The shells came from the barracks, I saw the flashes,” said Ana Lerm, who was on her way to the ovens.
"""
PARAGRAPHS = REPORT.strip().split("\n\n")
COPIES = {
    "whole": REPORT,
    "cut from the bottom": "\n\n".join(PARAGRAPHS[:3]),
    "without the agency": "\n\n".join([PARAGRAPHS[0].split("-- ")[1], *PARAGRAPHS[1:]]),
    "with a credit line": REPORT + "\nAldine News contributed to this report.\n",
}


def counts(folder, documents):
    coverage = folder / "coverage"
    coverage.mkdir(parents=True)
    for name, text in documents.items():
        (coverage / name).write_text(text, encoding="utf-8")
    build([coverage], folder / "x.case", options=BuildOptions(threads=1), progress=Quiet())
    with open_case(folder / "x.case", readonly=True) as case:
        standings = sorted((s.inconsistent, s.consistent, s.origins_low, s.origins_high) for s in case.load(Standing))
        claims = {
            (c.property, c.value): (c.origins_low, c.origins_high)
            for c in case.load(Claim)
            if c.incident and c.property.startswith("perpetrator")
        }
    return standings, claims


@pytest.fixture(scope="module")
def without_copies(tmp_path_factory):
    found = counts(tmp_path_factory.mktemp("alone"), {"report.txt": REPORT, "rival.txt": RIVAL})
    assert found[0], "the report accuses somebody"
    return found


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_changes_no_count_and_no_standing(tmp_path, without_copies, how):
    head = "Publisher: Paper {n}\nDate: 2031-05-0{n}\n\n"
    copies = {f"copy{n}.txt": head.format(n=n) + COPIES[how] for n in (6, 7)}
    assert counts(tmp_path, {"report.txt": REPORT, "rival.txt": RIVAL, **copies}) == without_copies
