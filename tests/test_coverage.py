"""A case follows its coverage: what it is known by, what moves, what goes, what people take out, what is ours."""

import json
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from firsthand.casefile import open_case
from firsthand.cli import main
from firsthand.core.errors import FirsthandError, NotACaseError
from firsthand.core.records import Document, Finding, Mention, Removal
from firsthand.show.exports import FORMS
from firsthand.steps import Act, BuildOptions, build, remove, restore
from snapshots import Quiet

STORY = "KORVA -- Two dockers were killed on 3 May 2031 when rockets hit the depot in {}, police said."
ACT = Act(person="ana", made="2031-05-09T10:00:00Z", why="it names a child")


class Told(Quiet):
    def __init__(self):
        self.lines = []

    def say(self, message):
        self.lines.append(message)


@pytest.fixture
def coverage(tmp_path):
    for name in ("Korva", "Haldor", "Aldin"):
        for folder in ("text", "deep/er"):
            (tmp_path / "cov" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "cov" / ("text" if name != "Aldin" else "deep/er") / f"{name}.txt").write_text(STORY.format(name))
    (tmp_path / "cov" / "rows.jsonl").write_text(json.dumps({"id": "r", "text": STORY.format("Row")}) + "\n")
    return tmp_path / "cov"


def run(paths, case, **options):
    progress = Told()
    report = build(paths, case, options=BuildOptions(threads=1, **options), progress=progress)
    return report, progress.lines


def paths(case):
    with open_case(case, readonly=True) as opened:
        return sorted(d.path for d in opened.load(Document))


def test_whatever_folder_is_named_the_documents_are_the_same(tmp_path, coverage):
    case = tmp_path / "x.case"
    text, deep = coverage / "text", coverage / "deep"
    for named in ([coverage], [text], [text / "Korva.txt", deep], [coverage, text]):
        report, _ = run(named, case)
        assert report.documents == 4, named
    assert paths(case) == ["deep/er/Aldin.txt", "rows.jsonl!/r", "text/Haldor.txt", "text/Korva.txt"]


def test_a_moved_file_is_the_same_document_with_another_path(tmp_path, coverage):
    case = tmp_path / "x.case"
    run([coverage], case)
    (coverage / "text" / "Korva.txt").rename(coverage / "deep" / "moved.txt")
    report, _ = run([coverage], case)
    assert (report.documents, report.added, report.marked) == (4, 0, 0)
    assert "deep/moved.txt" in paths(case) and "text/Korva.txt" not in paths(case)


def test_the_same_bytes_in_two_files_are_two_documents_whenever_they_came(tmp_path, coverage):
    shutil.copy(coverage / "text" / "Korva.txt", coverage / "text" / "Again.txt")
    run([coverage], tmp_path / "once.case")
    run([coverage / "text" / "Korva.txt"], tmp_path / "grown.case")
    run([coverage], tmp_path / "grown.case")
    assert paths(tmp_path / "once.case") == paths(tmp_path / "grown.case")
    assert len(paths(tmp_path / "once.case")) == 5


def test_sync_drops_what_is_gone_and_says_so(tmp_path, coverage):
    case = tmp_path / "x.case"
    run([coverage], case)
    (coverage / "text" / "Korva.txt").unlink()
    assert run([coverage], case)[0].documents == 4
    report, said = run([coverage], case, sync=True)
    assert (report.documents, report.gone) == (3, 1)
    assert any("text/Korva.txt" in line for line in said)
    run([coverage], tmp_path / "fresh.case")
    assert dump(case) == dump(tmp_path / "fresh.case")
    shutil.rmtree(coverage)
    coverage.mkdir()
    with pytest.raises(FirsthandError, match="nothing was changed"):
        run([coverage], case, sync=True)
    assert len(paths(case)) == 3


def dump(path):
    with open_case(path, readonly=True) as case:
        return list(case.dump())


def test_a_mended_file_loses_its_finding(tmp_path, coverage):
    case = tmp_path / "x.case"
    (coverage / "late.txt").write_bytes(b"")
    (coverage / "other.txt").write_bytes(b"")
    assert len(run([coverage], case)[0].unreadable) == 2
    (coverage / "late.txt").write_text(STORY.format("Late"))
    assert ["other.txt" in f.message for f in run([coverage], case)[0].unreadable] == [True]
    run([coverage / "text"], case)  # says nothing of the rest
    with open_case(case, readonly=True) as opened:
        assert ["other.txt" in f.message for f in opened.load(Finding, where="level = 'unreadable'")] == [True]


def test_what_a_person_removes_is_gone_stays_out_and_can_come_back(tmp_path, coverage):
    case = tmp_path / "x.case"
    run([coverage], case)
    with open_case(case, readonly=True) as opened:
        mentions = opened.count(Mention)
    options = BuildOptions(threads=1)
    assert remove(case, ["text/Haldor.txt"], act=ACT, options=options, progress=Quiet()) == ["text/Haldor.txt"]
    assert b"Haldor, police" not in case.read_bytes()
    report, said = run([coverage], case)
    assert report.documents == 3 and any("kept out" in line for line in said)
    with open_case(case, readonly=True) as opened:
        (removal,) = opened.load(Removal)
        assert (removal.by, removal.reason, removal.withdrawn) == ("person:ana", "it names a child", None)
        assert {m.span.doc for m in opened.load(Mention)} == set(opened.document_ids())
        assert opened.search("Haldor") == [] and opened.count(Mention) < mentions
    with pytest.raises(FirsthandError, match="no document"):
        remove(case, ["text/Haldor.txt"], act=ACT, options=options, progress=Quiet())
    restore(case, ["text/Haldor.txt"], act=ACT, options=options, progress=Quiet())
    run([coverage], case)
    assert "text/Haldor.txt" in paths(case)


def test_removing_takes_a_reason_and_is_signed(tmp_path, coverage):
    case = str(tmp_path / "x.case")
    run([coverage], tmp_path / "x.case")
    assert "say why" in CliRunner().invoke(main, ["remove", case, "text/Korva.txt"]).output
    done = CliRunner().invoke(main, ["remove", case, "text/Korva.txt", "--why", "twice", "--by", "ben"])
    assert done.exit_code == 0 and "text/Korva.txt: removed" in done.output
    assert any('"person:ben"' in line and '"twice"' in line for line in dump(case and tmp_path / "x.case"))


def test_our_own_files_are_no_news(tmp_path, coverage):
    case = coverage / "k.case"
    run([coverage], case)
    before = dump(case)
    for form in FORMS:
        assert (
            CliRunner().invoke(main, ["export", str(case), "--to", form, "-o", str(coverage / f"out-{form}")]).exit_code
            == 0
        )
    assert CliRunner().invoke(main, ["report", str(case), "-o", str(coverage / "k.html")]).exit_code == 0
    (coverage / "k.txt").write_text("\n".join(before))
    (coverage / "k.case.lock").write_text("")
    report, said = run([coverage], case)
    assert (report.documents, report.unreadable) == (4, ())
    assert ["made itself" in line for line in said] == [True]
    (coverage / "other.db").touch()
    sqlite3.connect(coverage / "other.db").executescript("CREATE TABLE t (x)")
    assert ["SQLite" in f.message for f in run([coverage], case)[0].unreadable] == [True]


def test_no_case_is_made_of_nothing(tmp_path):
    with pytest.raises(NotACaseError, match="no COVERAGE"):
        run([], tmp_path / "typo.case")
    assert list(tmp_path.iterdir()) == []


def test_a_case_of_an_earlier_release_is_known_by_its_bytes(tmp_path, coverage):
    """Version 1 had no removals, and ids by path."""
    case = tmp_path / "x.case"
    run([coverage], case)
    old = sqlite3.connect(case)
    old.executescript("DROP TABLE removals; PRAGMA user_version = 1; UPDATE documents SET id = 'old' || substr(id, 4)")
    old.close()
    report, _ = run([coverage], case)
    assert (report.documents, report.added) == (4, 0)


def test_only_twenty_of_many_that_went_are_named(tmp_path):
    folder, case = tmp_path / "many", tmp_path / "x.case"
    folder.mkdir()
    for number in range(43):
        (folder / f"{number:02}.txt").write_text(STORY.format(f"Korva {number}"))
    run([folder], case)
    for number in range(20):
        (folder / f"{number:02}.txt").unlink()
    _, said = run([folder], case, sync=True)
    assert (len(said), "more" in said[-1]) == (20, False)
    for number in range(20, 41):
        (folder / f"{number:02}.txt").unlink()
    _, said = run([folder], case, sync=True)
    assert (len(said), said[-1]) == (21, "gone likewise: 1 more")


def test_an_id_may_be_cut_to_four_signs_but_must_be_of_one_document(tmp_path, coverage):
    case = tmp_path / "x.case"
    run([coverage], case)
    with open_case(case, readonly=True) as opened:
        key = next(d.id for d in opened.load(Document) if d.path == "text/Korva.txt")
    for name in (key[:3], "", "text"):
        with pytest.raises(FirsthandError, match="no document"):
            remove(case, [name], act=ACT, options=BuildOptions(threads=1), progress=Quiet())
    assert remove(case, [key[:4]], act=ACT, options=BuildOptions(threads=1), progress=Quiet()) == ["text/Korva.txt"]


def test_two_removed_files_are_counted(tmp_path, coverage):
    case = tmp_path / "x.case"
    run([coverage], case)
    remove(case, ["text/Korva.txt", "rows.jsonl!/r"], act=ACT, options=BuildOptions(threads=1), progress=Quiet())
    _, said = run([coverage], case)
    assert said == ["2 that people removed from the case were found again and kept out."]
