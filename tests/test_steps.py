"""A build redoes only what changed, survives being killed, and ends in the same case whatever happened on the way."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from filelock import FileLock

from firsthand import steps
from firsthand.casefile import open_case
from firsthand.core.errors import CaseLockedError
from firsthand.core.records import Document, Finding, Judgement, Mention
from firsthand.steps import BuildOptions, build
from snapshots import Quiet

TEXTS = {
    "post.txt": "KORVA (Aldine News) -- Two dockers were killed on 3 May 2031 when rockets hit the grain depot "
    "in Korva.\n\nThe army said that the Red Column had fired the rockets. The Red Column denied it.\n",
    "courier.txt": "KORVA -- Rockets struck the grain depot in Korva on 3 May 2031, killing two people, police "
    "said.\n\n“We saw three flashes from the hill,” said Ana Lerm, a baker.\n",
    "herald.txt": "The minister told the Herald on 5 May 2031 that an investigation was under way.\n",
}


class Watched(Quiet):
    """Remembers which steps ran, and over how many documents."""

    def __init__(self):
        self.started: dict[str, int | None] = {}

    def start(self, step, total):
        self.started[step] = total


@pytest.fixture
def coverage(tmp_path):
    folder = tmp_path / "coverage"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(coverage, case, **options):
    progress = Watched()
    report = build([coverage] if coverage else [], case, options=BuildOptions(threads=1, **options), progress=progress)
    return report, progress.started


def dump(path):
    with open_case(path, readonly=True) as case:
        return list(case.dump())


def test_a_second_build_marks_only_what_is_new_and_equals_one_made_at_once(tmp_path, coverage):
    late = coverage / "herald.txt"
    text = late.read_text(encoding="utf-8")
    late.unlink()
    first, _ = run(coverage, tmp_path / "grown.case")
    late.write_text(text, encoding="utf-8")
    second, started = run(coverage, tmp_path / "grown.case")
    assert (first.added, second.added, second.marked) == (2, 1, 1)
    assert started["mark"] == 1
    run(coverage, tmp_path / "whole.case")
    assert dump(tmp_path / "grown.case") == dump(tmp_path / "whole.case")


def test_an_unchanged_build_does_nothing(tmp_path, coverage):
    run(coverage, tmp_path / "x.case")
    before = dump(tmp_path / "x.case")
    report, started = run(coverage, tmp_path / "x.case")
    assert (report.added, report.marked) == (0, 0)
    assert not {"trace", "link", "check", "weigh"} & set(started)
    assert dump(tmp_path / "x.case") == before


def test_a_changed_version_redoes_its_step_and_those_after_it(tmp_path, coverage, monkeypatch):
    run(coverage, tmp_path / "x.case")
    bumped = tuple(replace(s, version=s.version + 1) if s.name == "link" else s for s in steps.STEPS)
    monkeypatch.setattr(steps.verbs, "STEPS", bumped)
    report, started = run(coverage, tmp_path / "x.case")
    assert report.marked == 0
    assert "trace" not in started and {"link", "check", "weigh"} <= set(started)


def test_what_people_judged_survives_every_rebuild(tmp_path, coverage):
    run(coverage, tmp_path / "x.case")
    with open_case(tmp_path / "x.case") as case:
        mentions = sorted(m.id for m in case.load(Mention, where="kind = 'incident'"))
        judged = Judgement(
            id="mine",
            by="person:ana",
            kind="incident",
            left=mentions[0],
            right=mentions[-1],
            verdict="different",
            made="2031-05-09T10:00:00Z",
        )
        with case.transaction():
            case.save([judged])
    run(coverage, tmp_path / "x.case")
    with open_case(tmp_path / "x.case") as case:
        assert judged in list(case.load(Judgement))


def test_a_broken_file_is_listed_and_the_rest_is_built(tmp_path, coverage):
    (coverage / "empty.html").write_bytes(b"")
    report, _ = run(coverage, tmp_path / "x.case")
    assert report.documents == len(TEXTS)
    assert ["empty.html" in f.message for f in report.unreadable] == [True]
    with open_case(tmp_path / "x.case", readonly=True) as case:
        assert case.count(Finding, where="level = 'unreadable'") == 1


KILLS = 10


def test_a_build_killed_at_ten_moments_is_taken_up_each_time_and_ends_in_the_same_case(tmp_path, coverage):
    """Three starts share a case, so that kills fall early and late."""
    command = [sys.executable, "-m", "firsthand", "build", str(coverage), "-o"]
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole.case")], stderr=subprocess.DEVNULL, check=True)
    whole = time.monotonic() - began
    moments = random.Random(5)
    for number in range(KILLS):
        case = tmp_path / f"killed{number // 3}.case"
        process = subprocess.Popen([*command, str(case)], stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.1, whole))
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        process.wait()
    expected = dump(tmp_path / "whole.case")
    for case in sorted(tmp_path.glob("killed*.case")):
        run(coverage, case)
        assert dump(case) == expected, case.name


def test_two_builds_of_one_case_do_not_mix(tmp_path, coverage):
    with FileLock(f"{tmp_path / 'x.case'}.lock"), pytest.raises(CaseLockedError, match="another build"):
        run(coverage, tmp_path / "x.case", wait=False)


def test_order_of_files_does_not_matter(tmp_path, coverage):
    run(coverage, tmp_path / "x.case")
    for name in sorted(TEXTS, reverse=True):
        run(coverage / name, tmp_path / "y.case")
    with open_case(tmp_path / "x.case") as x, open_case(tmp_path / "y.case") as y:
        assert {d.text for d in x.load(Document)} == {d.text for d in y.load(Document)}


def test_a_judgement_that_was_withdrawn_counts_no_more(tmp_path, coverage):
    run(coverage, tmp_path / "x.case")
    before = [line for line in dump(tmp_path / "x.case") if not line.startswith("judgements")]
    with open_case(tmp_path / "x.case") as case:
        made = next(j for j in case.load(Judgement) if j.verdict == "same")
        mine = replace(made, id="mine", by="person:ana", verdict="different", made="2031-05-09T10:00:00Z")
        with case.transaction():
            case.save([mine])
    run(coverage, tmp_path / "x.case")
    assert [line for line in dump(tmp_path / "x.case") if not line.startswith("judgements")] != before
    with open_case(tmp_path / "x.case") as case, case.transaction():
        case.save([replace(mine, withdrawn="2031-05-10T10:00:00Z")])
    run(coverage, tmp_path / "x.case")
    assert [line for line in dump(tmp_path / "x.case") if not line.startswith("judgements")] == before
