"""The world fails: disks, permissions, other programs, hands. Each time one sentence, and nothing good is lost."""

import fcntl
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from firsthand.casefile import open_case
from firsthand.core.errors import DamagedCaseError
from firsthand.core.records import Document
from firsthand.steps import BuildOptions, build
from snapshots import Quiet

TEXT = (
    "KORVA -- Two dockers were killed on 3 May 2031 when rockets hit the depot in Korva, police said.\n\n"
    "The army said that the Red Column had fired the rockets. The Red Column denied it.\n"
)
posix = pytest.mark.skipif(os.name != "posix", reason="devices and byte names are of POSIX")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / "cov").mkdir()
    (folder / "cov" / "a.txt").write_text(TEXT)
    (folder / "cov" / "b.txt").write_text(TEXT.replace("Two", "Three").replace("police", "a baker"))
    build([folder / "cov"], folder / "x.case", options=BuildOptions(threads=1), progress=Quiet())
    return folder


@pytest.fixture
def case(built, tmp_path):
    shutil.copy(built / "x.case", tmp_path / "x.case")
    return tmp_path / "x.case"


def firsthand(*arguments, **options):
    command = [sys.executable, "-m", "firsthand", *arguments]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


def sentence(done, *words):
    """One sentence, a code that is not 0, and these words in it."""
    assert done.returncode not in (0, None), done
    assert "Traceback" not in done.stderr, done.stderr
    assert "nobody foresaw" not in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


@posix
def test_outputs_that_cannot_be_written(built, case, tmp_path):
    sentence(firsthand("report", str(case), "-o", "/dev/full"), "/dev/full", "No space left")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([sys.executable, "-m", "firsthand", "dump", str(case)], stdout=full, stderr=-1, text=True)
    sentence(done, "No space left")
    sentence(firsthand("report", str(case), "-o", str(tmp_path / "no" / "x.html")), "No such file")
    sentence(firsthand("report", str(case), "-o", str(tmp_path / ("x" * 300))), "too long")
    sentence(firsthand("build", str(built / "cov"), "-o", str(tmp_path / ("x" * 300))), "too long")
    sentence(firsthand("build", str(built / "cov"), "-o", "/dev/null"), "no regular file")
    sentence(firsthand("build", str(built / "cov"), "-o", str(tmp_path)), "folder")
    assert firsthand("report", str(case), "-o", "/dev/null").returncode == 0


def test_a_report_is_replaced_by_a_whole_one_only(case, tmp_path):
    report = tmp_path / "x.html"
    report.write_text("the good one")
    (tmp_path / "limit.py").write_text(
        "import resource, runpy, sys, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\nrunpy.run_module('firsthand', run_name='__main__')\n"
    )
    command = [sys.executable, str(tmp_path / "limit.py"), "report", str(case), "-o", str(report)]
    sentence(subprocess.run(command, capture_output=True, text=True), "x.html")
    assert report.read_text() == "the good one"
    assert not list(tmp_path.glob(".firsthand-*"))


def test_a_full_disk_in_a_build_keeps_the_case(built, case, tmp_path):
    (built / "cov2").mkdir(exist_ok=True)
    (built / "cov2" / "long.txt").write_text(TEXT * 2000)
    before = case.stat().st_size
    (tmp_path / "limit.py").write_text(
        "import resource, runpy, sys, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({before}, {before}))\n"
        "runpy.run_module('firsthand', run_name='__main__')\n"
    )
    command = [sys.executable, str(tmp_path / "limit.py"), "build", str(built / "cov2"), "-o", str(case)]
    sentence(subprocess.run(command, capture_output=True, text=True), "x.case")
    with open_case(case, readonly=True) as opened:
        assert opened.count(Document) == 2


def test_a_second_export_takes_the_place_of_the_first(case, tmp_path):
    for _ in range(2):
        assert firsthand("export", str(case), "--to", "csv", "-o", str(tmp_path / "out")).returncode == 0
    assert (tmp_path / "out" / "claims.csv").exists()


def test_a_case_that_another_program_holds(case):
    other = sqlite3.connect(case)
    other.execute("BEGIN EXCLUSIVE")
    sentence(firsthand("show", str(case)), "in use by another program")
    other.close()


@posix
def test_a_lock_is_shared_through_links_and_does_not_stay(built, case, tmp_path):
    link = tmp_path / "link.case"
    link.symlink_to(case)
    with (tmp_path / "x.case.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sentence(firsthand("build", str(built / "cov"), "-o", str(link), "--no-wait"), "another build")
    assert firsthand("build", str(built / "cov"), "-o", str(link)).returncode == 0
    assert not (tmp_path / "x.case.lock").exists()


@posix
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(built, tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    sentence(firsthand("build", str(built / "cov"), "-o", str(tmp_path / "y.case")), "cannot be written")
    tmp_path.chmod(stat.S_IRWXU)


@posix
def test_a_name_that_is_no_text(built, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\xfe.case"
    assert firsthand("build", str(built / "cov"), "-o", name).returncode == 0
    assert firsthand("show", name).returncode == 0


@posix
def test_a_name_with_codes_for_terminals(built, tmp_path):
    name = "\x1b]0;owned\x07\x1b[31mred"
    (tmp_path / f"{name}.txt").write_bytes(b"")
    done = firsthand("build", str(tmp_path), "-o", str(tmp_path / "x.case"))
    assert done.returncode == 3 and "red" in done.stderr and "\x1b" not in done.stderr
    done = firsthand("show", str(tmp_path / f"{name}.case"))
    assert done.returncode and "\x1b" not in done.stderr
    done = firsthand("read", str(tmp_path / f"{name}.gone"))
    assert done.returncode == 2 and "\x1b" not in done.stderr


def test_a_case_killed_while_it_was_written_is_whole_again_for_a_reader(case):
    script = (
        "import os, sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\nc.execute('BEGIN IMMEDIATE')\n"
        "c.execute('DELETE FROM mentions')\nc.execute('DELETE FROM documents')\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(case)])
    assert case.with_name("x.case-journal").exists()
    assert firsthand("dump", str(case)).stdout.count("\ndocuments ") == 2


def test_a_copy_that_was_cut_off_says_so(case):
    case.write_bytes(case.read_bytes()[: case.stat().st_size // 2])
    sentence(firsthand("show", str(case)), "damaged", "copied while it was being written")


COMMANDS = ("show", "show incidents", "show claims", "show findings", "dump", "report", "export csv", "build")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "harm",
    [
        "DROP TABLE claims",
        "ALTER TABLE mentions DROP COLUMN detail",
        "UPDATE statements SET \"end\" = 999999",
        "UPDATE statements SET doc = 'gone'",
        "DELETE FROM documents WHERE number = 1",
        "UPDATE mentions SET detail = '[1]'",
        "UPDATE attributions SET content = 'not json'",
        "DELETE FROM entities",
    ],
)  # fmt: skip
def test_a_hand_edited_case(case, command, harm, built, tmp_path):
    raw = sqlite3.connect(case)
    raw.executescript(f"PRAGMA writable_schema = ON; DROP TRIGGER documents_removed; DROP VIEW mention_words; {harm}")
    raw.close()
    found = outcome(case, command, tmp_path, built)
    if found is not None:
        assert str(case) in found and ("damaged" in found or "table" in found), found


def outcome(case, command, tmp_path, built):
    """What a command says of a damaged case, run in this process; None if it got through."""
    from click.testing import CliRunner

    from firsthand.cli import main

    verb, _, rest = command.partition(" ")
    arguments = {
        "report": ["report", str(case), "-o", str(tmp_path / "o.html")],
        "export": ["export", str(case), "--to", rest, "-o", str(tmp_path / "o")],
        "build": ["build", str(built / "cov"), "-o", str(case)],
    }.get(verb, [verb, str(case), *rest.split()])
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), (command, done.exception)
    assert "nobody foresaw" not in done.output, (command, done.output)
    return done.output if done.exit_code else None


def test_a_sample_of_damaged_files(case, built, tmp_path):
    """Flipped bits and wiped pages, as eval/damage.py does five thousand times."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
    import damage

    whole, rng = case.read_bytes(), random.Random(7)
    for number in range(24):
        case.write_bytes(damage.harmed(whole, rng))
        outcome(case, COMMANDS[number % len(COMMANDS)], tmp_path, built)


def test_the_damage_is_named(case):
    raw = sqlite3.connect(case)
    raw.execute('UPDATE statements SET "end" = 999999 WHERE id = (SELECT min(id) FROM statements)')
    raw.commit()
    row = raw.execute("SELECT min(id) FROM statements").fetchone()[0]
    raw.close()
    with pytest.raises(DamagedCaseError, match=f"statements, row {row}"), open_case(case, readonly=True):
        raise KeyError("whatever came of it")
