"""The case file: what goes in comes out, in one piece or not at all."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.casefile import APPLICATION_ID, open_case
from firsthand.core.errors import FirsthandError, NotACaseError
from firsthand.core.records import (
    Attribution,
    Copy,
    DateCandidate,
    Document,
    Finding,
    Hop,
    Judgement,
    Mention,
    Origin,
    Part,
    Span,
    Statement,
)

A = Span("a", 0, 5)
DOCUMENT = Document(
    id="a",
    by="read.text@1",
    text="Fires in Haldor’s port, say dockers.",
    headline="Fires",
    dates=(DateCandidate(value="2031-02-03", found="url"),),
    parts=(Part(kind="bio", start=0, end=3),),
)
RECORDS = [
    DOCUMENT,
    Copy(id="c", by="t", doc="a", of="b", kind="wire", similarity=0.5, spans=((A, Span("b", 1, 2)),)),
    Mention(
        id="m", by="mark.places@1", span=A, kind="place", value="user:1", lat=1.5, lon=-2.0, detail={"path": ["X"]}
    ),
    Attribution(id="t", by="e", doc="a", source=(A,), cue=(), content=(A, A), within="u", speaker=A),
    Statement(id="s", by="m", incident="m", property="killed", value="6", span=A, mentions=(A,)),
    Hop(id="h", by="l", statement="s", position=0, name="Post", kind="publisher"),
    Hop(id="i", by="l", statement="s", position=1, name="docker", kind="witness", span=A),
    Origin(id="o", by="l", name="n", kind="k", statements=("s",), interested=True),
    Judgement(id="j", by="person:ana", kind="actor", left="x", right="y", verdict="same", made="2031-02-03T00:00:00Z"),
    Finding(id="f", by="check.count@1", check="count", level="conflict", message="m", spans=(A,), measured=1.0),
]


@pytest.fixture
def case(tmp_path):
    with open_case(tmp_path / "x.case", create=True) as opened:
        yield opened


def test_every_kind_of_record_comes_back_equal(case):
    with case.transaction():
        case.save(RECORDS)
    for kind in {type(record) for record in RECORDS}:
        assert list(case.load(kind)) == [r for r in RECORDS if type(r) is kind]


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_any_text_is_stored_to_the_code_point(tmp_path_factory, text):
    with open_case(tmp_path_factory.mktemp("case") / "x.case", create=True) as case:
        with case.transaction():
            case.save([replace(DOCUMENT, text=text, headline=text)])
        assert next(case.load(Document)).text == text


def test_a_failed_transaction_leaves_nothing(case):
    with pytest.raises(ZeroDivisionError), case.transaction():
        case.save(RECORDS)
        raise ZeroDivisionError
    assert case.count(Document) == 0


def test_dropping_derived_rows_leaves_those_of_people(case):
    machine = replace(RECORDS[8], id="k", by="link.actors@1")
    with case.transaction():
        case.save([*RECORDS, machine])
        case.drop_derived([Judgement])
    assert [j.by for j in case.load(Judgement)] == ["person:ana"]


def test_findings_of_one_document_are_dropped_alone(case):
    about_a = replace(RECORDS[9], id="g", by="mark.datings@1", about=("a",))
    about_b = replace(RECORDS[9], id="h", by="mark.datings@1", about=("b",))
    with case.transaction():
        case.save([about_a, about_b])
        case.drop_findings(doc="a", by="mark.")
    assert [f.id for f in case.load(Finding)] == ["h"]


def test_full_text_search_finds_words_and_takes_operators_as_words(case):
    with case.transaction():
        case.save([DOCUMENT])
    assert case.search("dockers") == [("a", "Fires in Haldor’s port, say [dockers].")]
    assert case.search('port AND "NOT (') == []


def test_the_file_needs_no_firsthand_to_be_read(case):
    with case.transaction():
        case.save(RECORDS)
    plain = sqlite3.connect(case.path)
    assert plain.execute("SELECT words FROM mention_words").fetchone() == ("Fires",)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_dump_is_sorted_whole_and_names_the_version(case):
    with case.transaction():
        case.save(reversed(RECORDS))
    lines = list(case.dump())
    assert lines[:2] == [f"application_id {APPLICATION_ID:#x}", "user_version 2"]
    tables = "documents copies mentions attributions statements hops hops origins judgements findings"
    assert [line.split()[0] for line in lines[2:]] == tables.split()


def test_what_is_no_case_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be taken for one " * 30)
    foreign = sqlite3.connect(tmp_path / "other.db")
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    for name, said in {"gone.case": "no such file", "notes.txt": "no case file", "other.db": "no case file"}.items():
        with pytest.raises(NotACaseError, match=said):
            open_case(tmp_path / name, readonly=True)
    with pytest.raises(NotACaseError, match="folder"):
        open_case(tmp_path, create=True)


def test_a_case_of_a_newer_release_is_left_alone(case, tmp_path):
    raw = sqlite3.connect(case.path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(NotACaseError, match="version 99"):
        open_case(case.path)


def test_a_readonly_case_cannot_be_written(case, tmp_path):
    with case.transaction():
        case.save([DOCUMENT])
    with open_case(case.path, readonly=True) as opened, pytest.raises(FirsthandError), opened.transaction():
        opened.save([replace(DOCUMENT, id="b")])
