"""Promises that hold over the whole code base: schema and records, steps, docs, what the shell sees."""

import ast
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from firsthand.casefile import TABLES, open_case
from firsthand.core.records import RECORDS, Removal
from firsthand.steps import STEPS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "firsthand"
STORE_ONLY = {"documents": {"number"}}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_schema_has_one_column_per_field(tmp_path, kind):
    expected = [c for f in fields(kind) for c in (("doc", "start", "end") if f.name == "span" else (f.name,))]
    with open_case(tmp_path / "x.case", create=True) as case:
        columns = [row[1] for row in case._connection.execute(f"PRAGMA table_info({TABLES[kind]})")]
    assert [c for c in columns if c not in STORE_ONLY.get(TABLES[kind], ())] == expected


def test_every_column_has_a_comment():
    sql = (PACKAGE / "schema.sql").read_text(encoding="utf-8")
    for line in sql.splitlines():
        if re.match(r'\s+"?\w+"? (TEXT|INTEGER|REAL)', line):
            assert "-- " in line, line


def test_every_table_that_a_step_reads_is_written_by_an_earlier_one():
    written: set[type] = set()
    for step in STEPS:
        assert set(step.reads) <= written, step.name
        written |= set(step.writes)
    assert written == set(RECORDS) - {Removal}  # people's alone


def public_definitions():
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield path, tree
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                yield path, node


def test_everything_public_is_documented():
    bare = [
        f"{p.relative_to(ROOT)}:{getattr(n, 'name', '')}" for p, n in public_definitions() if not ast.get_docstring(n)
    ]
    assert bare == []


def test_functions_take_at_most_five_parameters():
    many = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path, node in public_definitions()
        if isinstance(node, ast.FunctionDef) and len(node.args.posonlyargs + node.args.args + node.args.kwonlyargs) > 5
    ]
    assert many == []


def test_every_check_and_command_has_docs():
    from firsthand.check import CHECKS
    from firsthand.cli import main

    checks = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if f"\n## {name}\n" not in checks] == []
    assert [name for name in main.commands if f"\n## {name}\n" not in commands] == []


def test_every_dependency_is_explained():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    names = [re.split(r"[\[<>=~]", d)[0] for d in [*project["dependencies"], *extras]]
    assert [name for name in names if f"| {name} |" not in told] == []


def test_make_targets_that_readme_and_ci_name_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in ("README.md", ".ci/run", "CONTRIBUTING.md"):
        for target in re.findall(r"`?\bmake ([a-z]+)`?", (ROOT / path).read_text(encoding="utf-8")):
            if target in {"lint", "test", "demo", "eval", "bench", "docs", "fix", "snapshot", "model"}:
                assert re.search(rf"^{target}:", makefile, re.M), f"{path} names make {target}"


def run(*arguments, **kwargs):
    return subprocess.run(
        [sys.executable, "-m", "firsthand", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        **kwargs,
    )


def test_help_loads_nothing_heavy():
    heavy = ("numpy", "onnxruntime", "lxml", "rich", "jinja2")
    code = f"import sys, firsthand.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--no-such-option"], "No such option"),
        (["build", "nowhere.txt", "-o", "x.case"], "does not exist"),
        (["show", "nowhere.case"], "no such file"),
        (["show", str(ROOT / "README.md")], "no case file"),
        (["report", str(PACKAGE)], "folder"),
        (["read", "--set", "read.nonsense=1", str(ROOT / "README.md")], "no option read.nonsense"),
    ],
)
def test_bad_use_gets_one_clear_sentence_and_an_exit_code(tmp_path, arguments, said):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode not in (0, 3)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_line_on_standard_input_is_reported_and_the_rest_goes_on():
    done = run("trace", input='{"id": "a", "text": "One two three."}\nnot json\n{"id": "b", "text": "Four."}\n')
    assert done.returncode == 3
    assert "line 2" in done.stderr
    assert len(done.stdout.splitlines()) == 2
