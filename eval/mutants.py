"""Do the tests notice small changes to the code? usage: python eval/mutants.py [NUMBER, 100 by default] [SEED]

Each mutant is one change in one place of one module, drawn with a seed: a comparison turned or its edge moved, `and`
for `or`, a number doubled, a truth value turned, a `not` dropped, plus for minus. The tests of its verb, the snapshot
and the example run on it, stopping at the first that fails. Prints by verb how many were noticed, and every one that
was not, for a person to judge: a change that nobody could see may live (docs/scores.md says which, and why).
"""

from __future__ import annotations

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "firsthand"
VERBS = ("core", "read", "trace", "mark", "link", "check", "weigh", "show", "steps", "casefile")
TESTS = {
    "steps": ["tests/test_coverage.py", "tests/test_hostile.py", "tests/test_steps.py"],
    "casefile": ["tests/test_casefile.py", "tests/test_coverage.py", "tests/test_failures.py"],
}
EVERYWHERE = ["tests/test_snapshots.py", "tests/test_example.py"]
TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Nodes that can be changed, with the change in words; nothing of annotations, docstrings and decorators."""
    aside = {id(n) for f in ast.walk(tree) for d in getattr(f, "decorator_list", ()) for n in ast.walk(d)}
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
            yield node, f"{type(node.ops[0]).__name__} → {TURNED[type(node.ops[0])].__name__}"
        elif isinstance(node, ast.BoolOp):
            yield node, "and ↔ or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not dropped"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield node, "+ ↔ -"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value:
            yield node, f"{node.value} → {node.value * 2}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node, f"{node.value} → {not node.value}"


def change(node: ast.AST) -> None:
    """Change a node in place."""
    match node:
        case ast.Compare():
            node.ops[0] = TURNED[type(node.ops[0])]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(op=ast.Not(), operand=node.operand)
        case ast.BinOp():
            node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        case ast.Constant():
            node.value = not node.value if isinstance(node.value, bool) else node.value * 2


def draw(number: int, seed: int) -> list[tuple[str, Path, int]]:
    """Verb, module and place of each mutant: the verbs in turn, so that each is asked as often."""
    rng = random.Random(seed)
    every = {
        verb: [
            (verb, path, k)
            for path in sorted((SOURCE / verb).rglob("*.py"))
            for k in range(len(list(places(ast.parse(path.read_text(encoding="utf-8"))))))
        ]
        for verb in VERBS
    }
    return [rng.choice(every[VERBS[n % len(VERBS)]]) for n in range(number)]


def noticed(path: Path, place: int, tests: list[str]) -> tuple[bool, str]:
    """Whether a test fails on one mutant, and what it is."""
    tree = copy.deepcopy(ast.parse(path.read_text(encoding="utf-8")))
    node, what = list(places(tree))[place]
    change(node)
    where = f"{path.relative_to(SOURCE)}:{node.lineno} {what}"  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(
            SOURCE, Path(name) / "firsthand", copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__")
        )
        mutant = Path(name) / "firsthand" / path.relative_to(SOURCE)
        mutant.unlink()
        mutant.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        environment = {**os.environ, "PYTHONPATH": name, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=300)
        except subprocess.TimeoutExpired:
            return True, where
    return done.returncode != 0, where


def main(number: int, seed: int) -> None:
    asked: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for verb, path, place in draw(number, seed):
        found, where = noticed(path, place, [*EVERYWHERE, *TESTS.get(verb, [f"tests/{verb}"])])
        asked[verb] += 1
        caught[verb] += found
        if not found:
            print(f"not noticed: {where}", flush=True)
    for verb in VERBS:
        print(f"{verb:<10} {caught[verb]} of {asked[verb]}")
    print(f"{'all':<10} {caught.total()} of {asked.total()}")


if __name__ == "__main__":
    main(*(int(value) for value in (sys.argv[1:] + ["100", "11"][len(sys.argv) - 1 :])[:2]))
