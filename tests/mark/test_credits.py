"""Credits: datelines, wires, republication notices, hat tips, bylines."""

from __future__ import annotations

import time

import pytest

from firsthand.core.records import Document, Mention, Part
from firsthand.mark.agencies import name_to_agency
from firsthand.mark.credits import document_to_credits
from firsthand.mark.datelines import text_to_dateline


def credits(text: str, **fields: object) -> list[Mention]:
    return document_to_credits(Document(id="d", by="test", text=text, **fields))  # type: ignore[arg-type]


def found(text: str, kind: str, **fields: object) -> list[tuple[str | None, str]]:
    return [(m.value, text[m.span.start : m.span.end]) for m in credits(text, **fields) if m.detail["kind"] == kind]


@pytest.mark.parametrize(
    ("text", "place", "date", "agency", "speaker"),
    [
        ("LA UNION, 16 NOV 89 (ACAN-EFE) -- [TEXT] POLICE SAID", "LA UNION", "1989-11-16", "ACAN-EFE", None),
        ("  HIDDEN, 8 JAN 90 (RADIO MAR) -- [COMMENTARY]\n[TEXT] WE", "HIDDEN", "1990-01-08", "RADIO MAR", None),
        ("QUITO (ECUADOR), 3 MAR 90 (DPA) -- [REPORT] [ANA RUIZ] [TEXT] A", "QUITO (ECUADOR)", "1990-03-03",
         "Deutsche Presse-Agentur", "ANA RUIZ"),
        ("LA UNION, 2 FEB 90 -- [INTERVIEW WITH MAYOR LUIS PAZ BY BO LI] [TEXT] A", "LA UNION", "1990-02-02", None,
         "MAYOR LUIS PAZ"),
        ("NO CITY, NO DATE (FBIS) -- [TEXT] A", None, None, "Foreign Broadcast Information Service", None),
        ("LIMA (Reuters) - Two men", "LIMA", None, "Reuters", None),
        ("KIRKUK, Iraq, Dec 27 (AP) — Two men", "KIRKUK, Iraq", "XXXX-12-27", "Associated Press", None),
        ("MOSCOW, May 3. /TASS/. Two men", "MOSCOW", "XXXX-05-03", "TASS", None),
        ("PORTSMOUTH, N.H. — Two men", "PORTSMOUTH, N.H", None, None, None),
        ("A headline here\n\nDALLAS (AP) — Two men", "DALLAS", None, "Associated Press", None),
        ("TOKYO/DUBAI (Reuters) - Two men", "TOKYO/DUBAI", None, "Reuters", None),
        ("SUVA (The Washington Post) -\n\nTwo men", "SUVA", None, "The Washington Post", None),
        ("A headline here\n\nSuva, Fiji (CNN)Two men", "Suva, Fiji", None, "CNN", None),
    ],
)  # fmt: skip
def test_datelines(text: str, place: str | None, date: str | None, agency: str | None, speaker: str | None) -> None:
    (line,) = [m for m in credits(text) if m.detail["kind"] == "dateline"]
    got = tuple(line.detail[k] for k in ("place", "date", "agency", "speaker"))
    assert got == (place, date, agency, speaker)


@pytest.mark.parametrize(
    "text",
    ["WARNING — this is no dateline", "He said (AP) — twice", "Two men - both armed - fled", "Smith (R-Ohio) — who won",
     "THE POLICE -- WHO WERE THERE -- SAID", "1989 — A year", "", "((((", "—"],
)  # fmt: skip
def test_what_is_no_dateline(text: str) -> None:
    assert text_to_dateline(text) is None


def test_the_agency_in_a_dateline_is_a_wire_credit() -> None:
    text = "SUVA, Jan. 2 (AFP) - Two men"
    assert found(text, "wire") == [("Agence France-Presse", "AFP")]


def test_a_yearless_dateline_takes_the_nearest_year_and_says_so() -> None:
    (line,) = [
        m for m in credits("SUVA, Dec. 31 (AFP) - Two men", published="2020-01-02") if m.detail["kind"] == "dateline"
    ]
    assert line.detail["date"] == "2019-12-31"
    assert "2020-01-02" in line.detail["inferred"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Two men fled.\n\nThe Associated Press contributed to this report.", "Associated Press"),
        ("Two men fled.\n\n© 2016 AFP", "Agence France-Presse"),
        ("Two men fled.\n\n(Reporting by Ana Ruiz; Editing by Bo Li)", "Reuters"),
        ("Two men fled.\n\n— Reuters", "Reuters"),
        ("By Ana Ruiz, Associated Press\n\nTwo men fled.", "Associated Press"),
    ],
)
def test_wires(text: str, value: str) -> None:
    assert [v for v, _ in found(text, "wire")] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“The Mill Fire,” authored by Ana Ruiz, via The Harbour Review…\nTwo men fled.", "The Harbour Review"),
        ("Two men fled.\n\nThis story was first published by Harbour Watch.", "Harbour Watch"),
        ("Two men fled.\n\nThis piece first appeared on Harbour Watch.", "Harbour Watch"),
        ("Two men fled.\n\nThe post Mill burns appeared first on The Harbour Review.", "The Harbour Review"),
        ("Two men fled.\n\nRepublished with permission from Harbour Watch.", "Harbour Watch"),
    ],
)
def test_republished(text: str, value: str) -> None:
    assert [v for v, _ in found(text, "republished")] == [value]


def test_an_introduction_names_headline_and_author() -> None:
    (credit,) = credits("“The Mill Fire,” authored by Ana Ruiz, via The Harbour Review…")
    assert (credit.detail["headline"], credit.detail["author"]) == ("The Mill Fire", "Ana Ruiz")


def test_hat_tips() -> None:
    assert found("Two men fled.\n\n(h/t Harbour Watch.)", "hat tip") == [("Harbour Watch", "Harbour Watch")]


def test_a_byline_in_metadata_only_has_an_empty_span() -> None:
    got = credits("Two men fled.", byline="Ana Ruiz, Associated Press")
    assert {(m.detail["kind"], m.value, m.span.start, m.span.end) for m in got} == {
        ("byline", "Ana Ruiz, Associated Press", 0, 0),
        ("wire", "Associated Press", 0, 0),
    }


def test_a_body_that_quotes_an_agency_is_not_its_copy() -> None:
    text = "Two men fled, he told the Associated Press (AP) on Monday. Reuters reported three.\n" + "They ran. " * 20
    assert credits(text) == []


def test_short_forms_count_as_printed_only() -> None:
    assert name_to_agency("NA") == "Noticias Argentinas"
    assert name_to_agency("na") is None


def test_credit_parts_are_read_wherever_they_stand() -> None:
    text = "x " * 2000 + "\nFirst published on Harbour Watch\n" + "y " * 2000
    start = text.index("First")
    part = Part(kind="credit", start=start, end=text.index("\n", start))
    assert found(text, "republished") == []
    assert found(text, "republished", parts=(part,)) == [("Harbour Watch", "Harbour Watch")]


@pytest.mark.parametrize(
    "piece", ["(", "A ", "A", "[", "By A\n\n", "via The ", "first published by ", "(Reporting by ", "- ", "\n", " ",
     "By 1111111111111111111111111111111111111111x\n", "pm.pm.pm.pm.pm.pm.pm.pm.pm.pm.pm.pm.pm.x\n"]
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    credits(piece * (50_000 // len(piece)))
    assert time.process_time() - started < 2


STORY = """Shells hit customs post

{head}Two shells hit a customs post on Thursday, the owner of a nearby depot said on Friday, and one guard died there.

The governor asked for calm, and said that an inquiry would begin.{foot}"""


@pytest.mark.parametrize(
    ("head", "foot", "wires", "republished"),
    [
        ("REUTERS | 28.12.2031\n\n", "", ["Reuters"], []),
        ("Reuters | December 28, 2031 | 10:12 am GMT\n\n", "", ["Reuters"], []),
        ("(REUTERS, AFP)\n\n", "", ["Reuters", "Agence France-Presse"], []),
        ("Korva, AFP\n\n", "", ["Agence France-Presse"], []),
        ("From Reuters\n\n", "", ["Reuters"], []),
        ("(CNN)", "", [], ["CNN"]),
        ("(The Washington Post) - ", "", [], ["The Washington Post"]),
        ("By A. J. Ruiz New York Times\n\n", "", [], ["The New York Times"]),
        ("By ANA RUIZ\nThe Associated Press\n\n", "", ["Associated Press"], []),
        ("By Ana Ruiz\nNew York Times\n\n", "", [], ["The New York Times"]),
        ("", "\n\nSources: AFP, Reuters", ["Agence France-Presse", "Reuters"], []),
        ("", "\n\nmm/rt (AFP, dpa, Reuters)", ["Agence France-Presse", "Deutsche Presse-Agentur", "Reuters"], []),
        ("", "\n\nc.2031 The New York Times Company", ["New York Times News Service"], []),
        ("", "\n\nRead the original article at The Harbour Quarterly.", [], ["The Harbour Quarterly"]),
        ("", "\n\nCourtesy: BBC News", [], ["BBC"]),
        # a masthead, a picture's credit, prose, a member of parliament
        ("The Guardian\n\n", "", [], []),
        ("Photo: Reuters\n\n", "", [], []),
        ("A depot burns. REUTERS/Ana Ruiz\n\n", "", [], []),
        ("He told AFP and Reuters so.\n\n", "", [], []),
        ("(R-Ohio) ", "", [], []),
    ],
)
def test_credit_lines(head: str, foot: str, wires: list[str], republished: list[str]) -> None:
    text = STORY.format(head=head, foot=foot)
    assert [name for name, _ in found(text, "wire")] == wires
    assert [name for name, _ in found(text, "republished")] == republished


def test_a_house_does_not_credit_itself() -> None:
    text = STORY.format(head="Suva (CNN)", foot="\n\n(AFP, CNN)")
    assert found(text, "republished", publisher="Cnn") == []
    assert [name for name, _ in found(text, "wire", publisher="AFP")] == []
    assert found(STORY.format(head="By Ana Ruiz, CNN\n\n", foot=""), "republished", publisher="CNN") == []
