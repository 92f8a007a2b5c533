"""Pages and exports of a small case whose texts are as hostile as they come."""

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.casefile import open_case
from firsthand.core.errors import FirsthandError
from firsthand.core.records import (
    Attribution,
    Claim,
    Copy,
    Document,
    Entity,
    Finding,
    Hop,
    Mention,
    Origin,
    Span,
    Statement,
)
from firsthand.show import report, shelves
from firsthand.show.cases import Case
from firsthand.show.exports import FORMS, case_to_export, events
from firsthand.show.exports.tables import harmless
from firsthand.show.files import written
from firsthand.show.report import case_to_report
from firsthand.show.terminal import case_to_terminal
from firsthand.show.texts import document_to_html

EVIL = "<script>alert(1)</script>\x1b[31m =cmd|' \u202eRed Column did it :x:"


@pytest.fixture
def case(tmp_path):
    texts = {"a": f"The army said the Red Column fired. {EVIL}", "b": "The Red Column fired the rockets, a baker said."}
    documents = [
        Document(
            id=k, by="t", text=t, headline=EVIL, publisher=EVIL, published=f"2031-05-0{n}", sha256="0" * 64, path=EVIL
        )
        for n, (k, t) in enumerate(texts.items(), 1)
    ]
    word = Span("a", 18, 28)
    incident = Mention(
        id="m", by="t", span=Span("a", 29, 34), kind="incident", value="attack", detail={"inferred": EVIL}
    )
    statement = Statement(
        id="s",
        by="t",
        incident="m",
        property="perpetrator_group",
        value=EVIL,
        span=word,
        confidence="accused",
        attribution="t",
    )
    killed = Statement(id="k", by="t", incident="m", property="killed", value="4..", span=word)
    records = [
        *documents,
        incident,
        statement,
        killed,
        Copy(id="c", by="t", doc="b", of="a", kind="wire", similarity=0.5),
        Attribution(
            id="t", by="t", doc="a", source=(Span("a", 0, 8),), cue=(Span("a", 9, 13),), content=(Span("a", 14, 35),)
        ),
        Hop(id="h0", by="t", statement="s", position=0, name=EVIL, kind="publisher"),
        Hop(id="h1", by="t", statement="s", position=1, name="The army", kind="named body", span=Span("a", 0, 8)),
        Origin(id="o", by="t", name="The army", kind="named body", statements=("s",), interested=True),
        Entity(
            id="i",
            by="t",
            kind="incident",
            label=EVIL,
            members=("m",),
            value="attack",
            date="2031-05-01",
            lat=1.0,
            lon=2.0,
            detail={"main": True, "place": EVIL, "documents": 2},
        ),
        Entity(id="x", by="t", kind="actor", label=EVIL, members=("s",)),
        Claim(
            id="cl",
            by="t",
            incident="i",
            property="perpetrator_group",
            value=EVIL,
            statements=("s",),
            first="s",
            origins=("o",),
            origins_low=1,
            origins_high=2,
            confidence="accused",
            actor="x",
        ),
        Claim(
            id="ck",
            by="t",
            incident="i",
            property="killed",
            value="4..",
            statements=("k",),
            origins_low=1,
            origins_high=1,
        ),
        Finding(
            id="f",
            by="check.x@1",
            check="count",
            level="conflict",
            message=EVIL,
            spans=(word,),
            measured=1.0,
            unit="people",
        ),
        Finding(id="q", by="check.x@1", check="evidence", level="open question", message=EVIL, spans=(word,)),
        Finding(id="u", by="read@1", check="read", level="unreadable", message=EVIL),
    ]
    with open_case(tmp_path / "evil.case", create=True) as opened:
        with opened.transaction():
            opened.save(records)
        yield opened


def test_the_report_runs_nothing_and_asks_for_nothing(case):
    html = case_to_report(case)
    assert "<script" not in html.lower()
    assert "default-src 'none'" in html
    assert re.findall(r"\s(?:src|on\w+)\s*=", html) == []
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', html))


def test_a_large_case_makes_a_page_that_opens(case, monkeypatch):
    monkeypatch.setattr(report, "MAX_TEXTS", 1)
    monkeypatch.setattr(report, "MOST_OF_A_LARGE_CASE", replace(report.MOST_OF_A_LARGE_CASE, documents=1, findings=0))
    html = case_to_report(case)
    assert html.count("1 more stand in the case file") == 3
    targets = set(re.findall(r'id="([^"]*)"', html))
    assert all(link[1:] in targets for link in re.findall(r'href="(#[^"]*)"', html))


def test_every_link_of_the_report_leads_somewhere(case):
    html = case_to_report(case)
    targets = set(re.findall(r'id="([^"]+)"', html))
    assert {link[1:] for link in re.findall(r'href="(#[^"]+)"', html)} <= targets


def test_the_report_shows_account_origin_chain_and_count(case):
    text = unescape(re.sub(r"<[^>]+>", " ", case_to_report(case)))
    for words in ("1 to 2 origins", "The army", "a party to it", "4 or more", "wire, 50 %", "date inferred"):
        assert words in text, words


@pytest.mark.parametrize("part", ["summary", "documents", "incidents", "claims", "origins", "findings", "questions"])
def test_the_terminal_gets_documents_as_they_are_and_no_control_codes(case, part):
    written = io.StringIO()
    case_to_terminal(case, part=part, file=written, width=100)
    assert not {"\x1b", "\u202e", "❌"} & set(written.getvalue())
    assert written.getvalue().strip()


@pytest.fixture
def part_of(case):
    def shown(part):
        out = io.StringIO()
        case_to_terminal(case, part=part, file=out, width=400)
        return out.getvalue()

    return shown


def test_whom_a_page_credits_has_three_answers(case, part_of):
    assert "another house in 0, nobody we can find in 0; 2 not examined" in part_of("summary")
    assert part_of("documents").count("not examined: nobody has looked") == 2
    assert "not examined for credits: nobody has looked" in case_to_report(case)
    credit = Mention(id="w", by="t", span=Span("b", 0, 3), kind="credit", value="Reuters", detail={"kind": "wire"})
    with case.transaction():
        case.mark_done("mark", [("a", "signed"), ("b", "signed")])
        case.save([credit])
    assert "another house in 1, nobody we can find in 1; 0 not examined" in part_of("summary")
    assert re.search(r"nobody found\b", part_of("documents"))
    assert "Reuters" in part_of("documents")
    html = case_to_report(case)
    assert html.count("credited to nobody we can find") == 1
    assert ">Reuters</a>" in html


@pytest.mark.parametrize("form", [f for f in FORMS if f != "parquet"])
def test_every_export_is_well_formed_and_harmless(case, tmp_path, form):
    paths = case_to_export(case, form=form, out=tmp_path / "out" / "x" if form == "csv" else tmp_path / "x")
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".csv":
            rows = list(csv.reader(io.StringIO(text)))
            assert len({len(row) for row in rows}) == 1
            assert not any(cell.startswith(("=", "@", "\t")) for row in rows for cell in row)
        elif path.name.endswith(".ftm.json"):
            assert [json.loads(line)["schema"] for line in text.splitlines()] == ["Article", "Article", "Event"]
        else:
            json.loads(text)


def test_geojson_has_longitude_first(case, tmp_path):
    (path,) = case_to_export(case, form="geojson", out=tmp_path / "x")
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["coordinates"] == [2.0, 1.0]


def test_an_annotations_quote_is_the_text_at_its_position(case, tmp_path):
    (path,) = case_to_export(case, form="annotations", out=tmp_path / "x")
    for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
        position, quote = item["target"]["selector"]
        text = next(case.load(Document)).text
        assert text[position["start"] : position["end"]] == quote["exact"]


def test_an_unknown_form_names_those_there_are(case, tmp_path):
    with pytest.raises(FirsthandError, match="geojson"):
        case_to_export(case, form="pdf", out=tmp_path / "x")


def test_formulas_are_defused():
    assert [harmless(v) for v in ("=1", "+1", "-1", "@x", -1, "plain")] == ["'=1", "'+1", "'-1", "'@x", -1, "plain"]


@given(st.text(max_size=60), st.data())
def test_marked_up_text_gives_the_text_back(text, data):
    ranges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda r: (min(r), max(r)))
    colours = [(*r, "slot") for r in data.draw(st.lists(ranges, max_size=5))]
    html = document_to_html(
        Document(id="d", by="t", text=text), anchors=data.draw(st.lists(ranges, max_size=5)), colours=colours, name="d1"
    )
    assert unescape(re.sub(r"<[^>]*>", "", str(html))) == text


def test_a_claim_tells_where_it_appeared_first_and_who_repeated_it(case, tmp_path):
    shown = Case(case)
    dated = [c for c in shown.claims if c.first]
    assert dated, "the fixture has a dated claim"
    for claim in dated:
        first = shown.told(claim.first).words.document.id
        again = [shown.told(statement).words.document.id for statement in shown.repeated(claim)]
        said_in = {shown.statements[s].span.doc for s in claim.statements}
        assert first not in again and {first, *again} == said_in and len(again) == len(said_in) - 1
    text = unescape(re.sub(r"<[^>]+>", " ", case_to_report(case)))
    assert "First in" in text or "No date settles" in text
    written = io.StringIO()
    case_to_terminal(case, part="claims", file=written, width=140)
    assert "again in" in written.getvalue()


@pytest.mark.parametrize(
    ("part", "kinds"), [("questions", {"Finding"}), ("origins", {"Origin"}), ("findings", {"Finding"})]
)
def test_a_part_loads_only_what_it_prints(case, monkeypatch, part, kinds):
    loaded = set()
    load = type(case).load

    def watched(self, kind, **rest):
        loaded.add(kind.__name__)
        return load(self, kind, **rest)

    monkeypatch.setattr(type(case), "load", watched)
    case_to_terminal(case, part=part, file=io.StringIO(), width=100)
    assert loaded == kinds


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2031-05-01", ("2031-05-01", "2031-05-01", 1)),
        ("2031-05-01/2031-05-06", ("2031-05-01", "2031-05-06", 2)),
        ("2031-05-01/2031-05-07", ("2031-05-01", "2031-05-07", 3)),
        ("2031-05-01/2031-05-08", ("2031-05-01", "2031-05-08", 4)),
        ("2031-05", ("2031-05-01", "2031-05-31", 4)),
        ("2031-05-01/2031-06-01", ("2031-05-01", "2031-06-01", 5)),
        ("2031", ("2031-01-01", "2031-12-31", 5)),
        (None, (None, None, 0)),
        ("../2031-05-01", (None, "2031-05-01", 0)),
        ("2031-05-01/..", ("2031-05-01", None, 0)),
    ],
)
def test_ged_says_how_sure_a_date_is(date, expected):
    incident = Entity(id="i", by="t", kind="incident", label="x", members=(), date=date)
    assert events._dates(incident) == expected


def test_fatalities_are_lowest_best_told_and_highest():
    class Told:
        def claims_of(self, incident, properties):
            rows = (("4..9", 1, 1), ("6", 2, 1), ("7", 2, 3), ("many", 9, 9))
            return [
                Claim(id=v, by="t", incident="i", property="killed", value=v, statements=("s",) * n, origins_low=low)
                for v, low, n in rows
            ]

    incident = Entity(id="i", by="t", kind="incident", label="x", members=())
    assert events._deaths(Told(), incident) == (4, 7, 9)


def test_a_device_is_written_to_and_a_file_replaced(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ZeroDivisionError), written(path) as file:
        file.write("half")
        raise ZeroDivisionError
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["x.txt"]
    with written(path) as file:
        file.write("new")
    assert path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o640


def test_shelves_give_the_same_one_by_one_and_all_at_once(case, monkeypatch):
    one_by_one = Case(case)
    expected = {key: one_by_one.statements[key] for key in list(Case(case).statements)}
    assert expected and one_by_one.statements.get("nobody") is None
    monkeypatch.setattr(shelves, "FEW", 0)
    monkeypatch.setattr(shelves, "SOME", 0)
    at_once = Case(case)
    assert {key: at_once.statements[key] for key in at_once.statements} == expected
    incidents = [e.id for e in at_once.incidents]
    assert [at_once.claims_about[i] for i in incidents] == [one_by_one.claims_about[i] for i in incidents]
    with pytest.raises(KeyError):
        at_once.statements["nobody"]


def test_lists_are_rows_with_tabs_where_nobody_looks_at_a_terminal(case):
    out = io.StringIO()
    case_to_terminal(case, part="claims", file=out, width=40)
    rows = [line.split("\t") for line in out.getvalue().split("\n")[:-1]]
    assert len(rows) == 1 + len(Case(case).claims) and {len(row) for row in rows} == {6}
    assert rows[0][:3] == ["incident", "what", "value"]
