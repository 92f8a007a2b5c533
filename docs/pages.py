"""Writes the generated parts of docs/*.md from the code; cog runs it (`make docs`), `make lint` checks it."""

import inspect
import json
import re
from dataclasses import fields
from importlib import import_module, resources
from pathlib import Path

import click
import cog

from firsthand.cli import main


def commands() -> None:
    """Every command with its help, as the terminal prints it."""
    _help([], main)
    for name in main.list_commands(click.Context(main)):
        cog.outl(f"\n## {name}\n")
        command = main.commands[name]
        _help([name], command)
        for inner, under in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
            _help([name, inner], under)


def _help(path: list[str], command: click.Command) -> None:
    context = click.Context(
        command, info_name=" ".join(["firsthand", *path]), max_content_width=100, terminal_width=100
    )
    cog.outl("```text")
    cog.outl(command.get_help(context))
    cog.outl("```")


def options() -> None:
    """Every `--set` option with its default, unit and reason."""
    from firsthand.steps import BuildOptions

    built = BuildOptions()
    for verb in fields(built):
        group = getattr(built, verb.name)
        if not hasattr(group, "__dataclass_fields__"):
            continue
        cog.outl(f"\n## {verb.name}\n")
        cog.outl("| option | default | unit | what it does |\n| --- | --- | --- | --- |")
        for field in fields(group):
            told = field.metadata.get("help", "")
            why = field.metadata.get("why")
            default = getattr(group, field.name)
            text = f"{told}{f' ({why})' if why else ''}".replace("|", "\\|")
            cog.outl(f"| `{verb.name}.{field.name}` | `{default}` | {field.metadata.get('unit', '')} | {text} |")


def schema() -> None:
    """Every table with its columns and what stands in them, read from schema.sql."""
    sql = resources.files("firsthand").joinpath("schema.sql").read_text(encoding="utf-8")
    for name, told, body in re.findall(r"CREATE TABLE (\w+) \(\s*-- ([^\n]+)\n(.*?)\n\) STRICT", sql, re.S):
        cog.outl(f"\n## {name}\n\n{told[0].upper()}{told[1:]}.\n")
        cog.outl("| column | holds | what |\n| --- | --- | --- |")
        for column, kind, what in re.findall(r'^\s+"?(\w+)"? (TEXT|INTEGER|REAL)[^\n]*?-- ([^\n]+)$', body, re.M):
            cog.outl(f"| `{column}` | {kind.lower()} | {what} |")


def checks() -> None:
    """The docstring of every module of check/ that holds a check."""
    from firsthand.check import CHECKS

    for name, function in CHECKS.items():
        module = import_module(function.__module__)
        title, _, rest = inspect.getdoc(module).partition("\n\n")
        cog.outl(f"\n## {name}\n\n{title}\n\n{rest}")


def flow() -> None:
    """Which step reads and writes which tables."""
    from firsthand.casefile import TABLES
    from firsthand.steps import STEPS

    cog.outl("| step | reads | writes |\n| --- | --- | --- |")
    for step in STEPS:
        reads = ", ".join(TABLES[kind] for kind in step.reads) or "files"
        cog.outl(f"| {step.name} | {reads} | {', '.join(TABLES[kind] for kind in step.writes)} |")


def exports() -> None:
    """Every export form with the first lines of its function's docstring."""
    from firsthand.show.exports import FORMS

    cog.outl("| form | what is written |\n| --- | --- |")
    for name, function in FORMS.items():
        cog.outl(f"| `{name}` | {' '.join((inspect.getdoc(function) or '').split())} |")


def scores() -> None:
    """The floors of eval/floors.json as tables, one per set."""
    floors = json.loads(Path("eval/floors.json").read_text(encoding="utf-8"))
    for name, held in floors.items():
        cog.outl(f"\n## {name}\n\nGold file sha256 `{held['sha256']}`; `python eval/run.py --only {name}`.\n")
        cog.outl("| score | at least |\n| --- | --- |")
        for key, floor in held["floors"].items():
            cog.outl(f"| {key} | {floor:.4f} |")


def corpus() -> None:
    """How much of what the corpus holds, by split, counted anew."""
    from collections import Counter

    root = Path(__file__).parents[1] / "corpus"
    counts: dict[str, Counter[str]] = {}
    kinds: Counter[str] = Counter()
    for story in sorted(root.glob("*/story.json")):
        tally = counts.setdefault(json.loads(story.read_text(encoding="utf-8"))["split"], Counter())
        tally["stories"] += 1
        for text in sorted(story.parent.glob("*.txt")):
            acts = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))["incidents"]
            tally.update(documents=1, words=len(text.read_text(encoding="utf-8").split()), acts=len(acts))
            tally.update(accused=sum(len(act["perpetrators"]) for act in acts))
            tally.update(Counter(act["status"] for act in acts))
            kinds.update(act["kind"] for act in acts)
    for short in sorted((root / "short").glob("*.jsonl")):
        tally = counts.setdefault(f"short {short.stem}", Counter())
        for row in map(json.loads, short.read_text(encoding="utf-8").splitlines()):
            tally.update(documents=1, words=len(row["text"].split()), acts=len(row["incidents"]))
            tally.update(accused=sum(len(act["perpetrators"]) for act in row["incidents"]))
            tally.update(Counter(act["status"] for act in row["incidents"]))
            kinds.update(act["kind"] for act in row["incidents"])
    columns = "stories documents words acts told background denied feared accused".split()
    cog.outl(f"| split | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for split in sorted(counts, key=lambda name: ("short" in name, name)):
        cog.outl(f"| {split} | {' | '.join(f'{counts[split][c]:,}' for c in columns)} |")
    cog.outl(f"\nActs by kind: {', '.join(f'{kind} {number}' for kind, number in kinds.most_common())}.")
