"""Origins, not articles: printing a report again, in any of the ways newsrooms do, changes no count and no standing."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
FLIP = {"e": "c", "l": "1", "o": "0", "n": "u", "h": "b", "s": "5", "t": "f"}
OWN = """The harbour office of this newspaper has been closed for a week, and its staff work from the library.

Readers may bring their letters to the desk on the first floor, where coffee is served until six in the evening.
"""


def edited(text):
    """Other words for the same, a sentence gone: no name, number or deed is another."""
    for old, new in (
        ("shortly after", "soon after"), ("until noon", "till midday"), ("Residents said", "Residents stated"),
        (", which holds the harvest of two provinces and belongs to the farmers' union", ""),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    return text


def scanned(text, rate=0.02):
    """Readable: names that are misread become other names, where the thesis ends (docs/tracing.md has how often)."""
    r = random.Random(7)
    return "".join(FLIP.get(c, c) if r.random() < rate else c for c in text)


COPIES = {
    "whole": REPORT,
    "cut from the bottom": "\n\n".join(PARAGRAPHS[:3]),
    "without the agency": "\n\n".join([PARAGRAPHS[0].split("-- ")[1], *PARAGRAPHS[1:]]),
    "with a credit line": REPORT + "\nAldine News contributed to this report.\n",
    "edited": edited(REPORT),
    "edited and cut": "\n\n".join(edited(REPORT).strip().split("\n\n")[:3]),
    "scanned": scanned(REPORT),
    "quoted in another text": f"{OWN}\nThe agency's report says:\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}\n",
    "quoted with the accusation": f"{OWN}\nThe agency's report says:\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n",
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


def copies(ways):
    head = "Publisher: Paper {n}\nDate: 2031-05-{n:02}\n\n"
    return {f"copy{n}.txt": head.format(n=n) + way for n, way in enumerate(ways, 6)}


@settings(max_examples=6, deadline=None)
@given(ways=st.lists(st.sampled_from(sorted(COPIES)), min_size=1, max_size=8))
def test_any_number_of_copies_of_any_sort_changes_no_count_and_no_standing(tmp_path_factory, without_copies, ways):
    found = counts(
        tmp_path_factory.mktemp("mixed"),
        {"report.txt": REPORT, "rival.txt": RIVAL, **copies(COPIES[way] for way in ways)},
    )
    assert found == without_copies


def test_a_copy_that_says_something_else_is_something_else(tmp_path, without_copies):
    """Where the thesis ends: an edit that accuses another is a claim of its own."""
    other = REPORT.replace("the Red Column had fired", "the Grey Column had fired")
    standings, claims = counts(tmp_path, {"report.txt": REPORT, "rival.txt": RIVAL, **copies([other])})
    assert set(claims) > set(without_copies[1])
    assert len(standings) > len(without_copies[0])


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_changes_no_count_and_no_standing(tmp_path, without_copies, how):
    documents = {"report.txt": REPORT, "rival.txt": RIVAL, **copies([COPIES[how]] * 2)}
    assert counts(tmp_path, documents) == without_copies
