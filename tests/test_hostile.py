"""Whatever a document holds, the whole job ends, and what one document breaks is left out alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand import steps
from firsthand.casefile import open_case
from firsthand.core.records import Attribution, Document, Finding, Mention
from firsthand.read import row_to_document
from firsthand.show.report import case_to_report
from firsthand.steps import BuildOptions, build
from firsthand.steps.guards import marked, spared
from snapshots import Quiet

NEWS = (
    "Burned 20 km ² of forest|police said|two people were killed|on Friday|near Kirkuk|the K1 base near Kirkuk|"
    "at least ² dead|④ wounded|Ⅻ men|١٢ people died|½ mile|“He said|the report said”|(Aldine) -|Officer Lerm said|"
    "10:30 ²|2²:00 pm|20²0-01-01|May ³|embassy in Basra|Basra airport|base|the ②nd of May|²nd Brigade|ten to ² people|"
    "KORVA, 12 Jan 90 (ALDINE) --|２０１９-０１-０２|٣ September 2001|in the ²0s|’ñ|a.|<b>|&amp;|=1+1|"
    "\x1b]0;x\x07|\u202e|\u2066|"
    "\ud800|\x00|\ufeff|\x85|\u2028|𝟙𝟚 people|e\u0301\u0301|👩‍👩‍👧|shot|said that|accused|denied|rockets|killed|$²|%|\t"
).split("|")
PIECES = st.one_of(st.sampled_from(NEWS), st.sampled_from(NEWS), st.text(max_size=6))
GAPS = st.sampled_from([" ", ", ", ". ", "\n", "\n\n", "", "-"])
TEXTS = st.lists(st.tuples(PIECES, GAPS), min_size=1, max_size=40).map(
    lambda parts: "".join(a + b for a, b in parts)
)  # fmt: skip
VALUES = st.one_of(
    TEXTS, st.sampled_from(["2019-01-01", "2031-05-03T10:00:00Z", "-0001", "9999-99-99", None, 7, [], {}])
)
FIELDS = (
    "headline byline publisher url published modified extractor media_type language path sha256 retrieved dates parts"
)
DATES = st.lists(st.fixed_dictionaries({"value": st.just("2019-01-01"), "found": TEXTS, "role": st.just("published")}))
ROWS = st.fixed_dictionaries(
    {"id": st.one_of(st.integers(), TEXTS), "text": TEXTS},
    optional={name: DATES if name == "dates" else VALUES for name in FIELDS.split()},
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(rows=st.lists(ROWS, min_size=4, max_size=8))
def test_the_whole_job_ends_whatever_the_rows_hold(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("hostile")
    lines = [json.dumps(row) for row in rows]
    (folder / "rows.jsonl").write_text("\n".join([*lines, '{"id": 1, "text": ', "[]"]), encoding="utf-8")
    (folder / "page.html").write_bytes("\n".join(str(row["text"]) for row in rows).encode("utf-8", "replace"))
    report = build([folder], folder / "x.case", options=BuildOptions(threads=1), progress=Quiet())
    assert [f.message for f in report.unreadable if ".guard@" in f.by or "unexpected" in f.message] == []
    with open_case(folder / "x.case", readonly=True) as case:
        assert case.count(Document) == report.documents
        "\n".join([case_to_report(case), *case.dump()]).encode()


@given(row=ROWS)
def test_every_field_of_a_document_can_be_stored(row):
    try:
        document = row_to_document(row)
    except ValueError:
        return
    for value in [
        *(getattr(document, name) for name in document.__dataclass_fields__),
        *(d.found for d in document.dates),
    ]:
        if isinstance(value, str):
            assert "\0" not in value
            value.encode()


class Reader:
    """Texts as they are; fails on those that say so, ahead of their turn as the encoder does."""

    def encode(self, texts):
        ahead = []
        for text in texts:
            if "unreadable" in text:
                raise ValueError("the tokenizer stumbled")
            ahead.append(text)
            if len(ahead) > 2:
                yield ahead.pop(0)
        yield from ahead


def documents(*texts):
    return [Document(id=str(k), by="t", text=text) for k, text in enumerate(texts)]


def marking(document, encoding):
    assert document.text == encoding
    return {"fail": 1 / (document.text != "fail")}


def test_each_document_is_marked_whatever_its_neighbours_do():
    given = documents("a", "fail", "b", "unreadable", "c", "fail", "unreadable 2", "d")
    made = list(marked(given, reader=Reader(), mark=marking))
    assert [d.id for d, _ in made] == [d.id for d in given]
    assert [d.text for d, m in made if not isinstance(m, Finding)] == ["a", "b", "c", "d"]
    message = made[1][1].message
    assert "ZeroDivisionError" in message and "mark" in message and "bug report" in message
    assert "the tokenizer stumbled" in made[3][1].message


@pytest.mark.parametrize("bad", [[], [3], [0, 19], [7, 8, 9]])
def test_documents_on_which_a_verb_fails_are_found_and_left_out(bad):
    def run(some):
        return [1 / (int(d.id) not in bad) for d in some]

    result, findings = spared(documents(*"abcdefghijklmnopqrst"), run, verb="link")
    assert len(result) == 20 - len(bad)
    assert sorted(int(f.about[0]) for f in findings) == bad
    assert {f.level for f in findings} <= {"unreadable"}


def test_a_document_that_breaks_a_verb_is_listed_and_tried_again_by_the_next_version(tmp_path, monkeypatch):
    for name in ("good", "bad", "other"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} police said that two people were killed on Friday.")
    mark = steps.stages.mark

    def stumbling(document, **rest):
        if "bad" in document.text:
            raise IndexError("list index out of range")
        return mark(document, **rest)

    monkeypatch.setattr(steps.stages, "mark", stumbling)
    coverage, path = [tmp_path / f"{n}.txt" for n in ("good", "bad", "other")], tmp_path / "x.case"
    for _ in range(2):  # the same version says it again and does not try again
        report = build(coverage, path, options=BuildOptions(threads=1), progress=Quiet())
        assert ["bad.txt" in f.message and "IndexError" in f.message for f in report.unreadable] == [True]
    with open_case(path, readonly=True) as case:
        spans = [*(m.span.doc for m in case.load(Mention)), *(a.doc for a in case.load(Attribution))]
        assert len(set(spans)) == 2 and case.count(Document) == 3
    monkeypatch.setattr(steps.stages, "mark", mark)
    monkeypatch.setattr(steps.verbs, "__version__", "9.9")
    report = build(coverage, path, options=BuildOptions(threads=1), progress=Quiet())
    assert (report.marked, report.unreadable) == (1, ())


def test_a_check_that_fails_says_so_and_the_others_are_made(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("The police said that two people were killed on Friday in Kirkuk.")
    check = steps.verbs.check
    monkeypatch.setattr(
        steps.verbs,
        "check",
        lambda view, *, options, names: 1 // 0 if names == ("count",) else check(view, options=options, names=names),
    )
    report = build([tmp_path / "a.txt"], tmp_path / "x.case", options=BuildOptions(threads=1), progress=Quiet())
    assert ["“count”" in f.message and "ZeroDivisionError" in f.message for f in report.unreadable] == [True]


@pytest.mark.parametrize("verb", ["trace", "link"])
def test_a_verb_over_the_whole_case_leaves_one_document_out(tmp_path, monkeypatch, verb):
    for name in ("good", "bad", "other"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} police said that two people were killed on Friday.")
    whole = getattr(steps.verbs, verb)

    def stumbling(some, **rest):
        if any("bad" in d.text for d in some):
            raise KeyError("bad")
        return whole(some, **rest)

    monkeypatch.setattr(steps.verbs, verb, stumbling)
    coverage = [tmp_path / f"{n}.txt" for n in ("good", "bad", "other")]
    report = build(coverage, tmp_path / "x.case", options=BuildOptions(threads=1), progress=Quiet())
    assert [f"bad.txt: `{verb}`" in f.message for f in report.unreadable] == [True]
    assert report == replace(report, documents=3, marked=3)
