"""The command line: parse, call, print. Every heavy import waits until its command runs, so that --help is quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from firsthand import __version__

if TYPE_CHECKING:
    from firsthand.core.records import Document
    from firsthand.steps import BuildOptions

UNREADABLE_EXIT = 3
"""The run ended well, but some files could not be read; they are listed."""
CASE = click.argument("case", type=click.Path(path_type=Path))
OUT = click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
SETTINGS = click.option("--set", "settings", multiple=True, metavar="VERB.OPTION=VALUE", help="See docs/options.md.")
GAZETTEERS = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of your own places (name, lat, lon, …), or an imported GeoNames file; may be given many times.",
)
THREADS = click.option("--threads", type=click.IntRange(min=1), help="Cores for the encoder; all by default.")


class _Commands(click.Group):
    """Turns our own errors into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        from firsthand.core.errors import FirsthandError

        try:
            return super().invoke(ctx)
        except FirsthandError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="firsthand %(version)s")
def main() -> None:
    """From a pile of news coverage of a contested incident to a case file that can be checked.

    Who claims what, on whose word, through whom it reached print, and how many independent first-hand origins that
    really is. Firsthand never says who is right, fetches nothing and sends nothing.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace"
            )


@main.command()
@click.argument("coverage", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--out", "case", required=True, type=click.Path(path_type=Path), help="The case file.")
@GAZETTEERS
@THREADS
@SETTINGS
@click.option("--wait/--no-wait", default=True, help="Wait if another build is writing the same case.")
def build(coverage: tuple[Path, ...], case: Path, settings: tuple[str, ...], **values: Any) -> None:
    """Build or update a case from COVERAGE: files, folders, archives.

    Text, HTML, JSON lines, WARC, PDF, RSS and Atom are read, also zipped. Only what changed is done again; documents
    already in the case stay, and so does everything that people judged.
    """
    from firsthand import steps

    options = _options(settings, **values)
    with _progress() as progress:
        report = steps.build(coverage, case, options=options, progress=progress)
    click.echo(f"{case}: {report.documents} documents, {report.added} new, {report.marked} marked up.", err=True)
    if report.unreadable:
        click.echo(f"{len(report.unreadable)} could not be read; nothing else was lost:", err=True)
        for finding in report.unreadable:
            click.echo(f"  {finding.message}", err=True)
        sys.exit(UNREADABLE_EXIT)


@main.command()
@CASE
@click.argument(
    "part",
    default="summary",
    type=click.Choice(["summary", "documents", "incidents", "claims", "origins", "findings", "questions"]),
)
def show(case: Path, part: str) -> None:
    """Print what a case holds; PART is one table of it, the summary by default."""
    from firsthand.casefile import open_case
    from firsthand.show.terminal import case_to_terminal

    with open_case(case, readonly=True) as opened:
        case_to_terminal(opened, part=part)


@main.command()
@CASE
@OUT
def report(case: Path, out: Path | None) -> None:
    """Write one HTML file that opens anywhere, without network and without scripts."""
    from firsthand.casefile import open_case
    from firsthand.show.report import case_to_report

    with open_case(case, readonly=True) as opened:
        html = case_to_report(opened)
    out = out or case.with_suffix(".html")
    out.write_text(html, encoding="utf-8")
    click.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB", err=True)


@main.command()
@CASE
@click.option("--to", "form", required=True, help="csv, geojson, timeline, … : see docs/exports.md.")
@OUT
def export(case: Path, form: str, out: Path | None) -> None:
    """Write the case in the form that another tool reads."""
    from firsthand.casefile import open_case
    from firsthand.show.exports import case_to_export

    with open_case(case, readonly=True) as opened:
        for path in case_to_export(opened, form=form, out=out or case.with_suffix("")):
            click.echo(path)


@main.command()
@CASE
def dump(case: Path) -> None:
    """Print every table as sorted text: for diffs, snapshots, and "what changed between runs?"."""
    from firsthand.casefile import open_case

    with open_case(case, readonly=True) as opened:
        for line in opened.dump():
            click.echo(line)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@SETTINGS
def read(paths: tuple[Path, ...], settings: tuple[str, ...]) -> None:
    """Read files and print one JSON line per document."""
    from firsthand.core.records import Finding
    from firsthand.core.rows import document_to_row
    from firsthand.read import read as read_paths

    failed = 0
    for record in read_paths(paths, options=_options(settings).read):
        if isinstance(record, Finding):
            failed += record.level == "unreadable"
            click.echo(record.message, err=True)
        else:
            _print_row(document_to_row(record))
    if failed:
        sys.exit(UNREADABLE_EXIT)


@main.command()
@GAZETTEERS
@THREADS
@SETTINGS
def mark(gazetteers: tuple[Path, ...], threads: int | None, settings: tuple[str, ...]) -> None:
    """Mark up JSON lines from standard input; print one line per document, in input order."""
    from firsthand import steps

    options = _options(settings, gazetteers=gazetteers, threads=threads)
    with closing(_Rows()) as rows:
        for row in steps.mark_rows(rows, options=options):
            _print_row(row)


@main.command()
@SETTINGS
def trace(settings: tuple[str, ...]) -> None:
    """Find who copied whom among JSON lines from standard input; print one line per document."""
    from firsthand import steps

    options = _options(settings)
    with closing(_Rows()) as rows:
        for row in steps.trace_rows(rows, options=options):
            _print_row(row)


@main.command()
@click.argument("dump", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The gazetteer file.")
def gazetteer(dump: Path, out: Path) -> None:
    """Turn a GeoNames DUMP (allCountries.zip, or one country's) into a file for --gazetteer.

    Streamed; an interrupted import goes on where it stopped.
    """
    from firsthand.gazetteers import import_geonames

    with _progress() as progress:
        seen = 0

        def told(done: int, total: int) -> None:
            nonlocal seen
            if not seen:
                progress.start("import", total)
            progress.advance("import", done - seen)
            seen = done

        places = import_geonames(dump, out, progress=told)
    click.echo(f"{out}: {places:,} places", err=True)


def _print_row(row: object) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


class _Rows:
    """Documents from standard input; a bad line is reported with its number and the run goes on to its end."""

    def __init__(self) -> None:
        self.bad = 0

    def __iter__(self) -> Iterator[Document]:
        from firsthand.read import row_to_document

        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                yield row_to_document(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                self.bad += 1
                click.echo(f"standard input, line {number}: no row with id and text ({error}); passed over", err=True)

    def close(self) -> None:
        """Say by the exit code that lines were passed over."""
        if self.bad:
            sys.exit(UNREADABLE_EXIT)


def _options(settings: tuple[str, ...], **values: Any) -> BuildOptions:
    """BuildOptions with `--set verb.option=value` applied.

    Raises:
        click.UsageError: No such option, or a value of the wrong kind.
    """
    from dataclasses import fields, replace

    from firsthand.steps import BuildOptions

    options = BuildOptions(**values)
    for setting in settings:
        name, _, value = setting.partition("=")
        verb, _, option = name.partition(".")
        group: Any = getattr(options, verb, None)
        known = {f.name for f in fields(group)} if hasattr(group, "__dataclass_fields__") else set()
        if option not in known:
            raise click.UsageError(f"--set {setting}: there is no option {name}; docs/options.md lists them.")
        kind = type(getattr(group, option))
        try:
            parsed: Any = value.lower() in ("1", "true", "yes") if kind is bool else kind(value)
        except ValueError as error:
            raise click.UsageError(f"--set {setting}: {value!r} is no {kind.__name__}.") from error
        changed: dict[str, Any] = {verb: replace(group, **{option: parsed})}
        options = replace(options, **changed)
    return options


@contextmanager
def _progress() -> Iterator[Any]:
    """Bars on a terminal, a line per step otherwise; both on standard error."""
    if not sys.stderr.isatty():
        yield _Lines(lambda line: click.echo(line, err=True))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<6}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield _Bars(bars)


class _Lines:
    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def start(self, step: str, total: int | None) -> None:
        self._write(f"{step}{'' if total is None else f': {total} documents'} …")

    def advance(self, step: str, count: int) -> None:
        pass

    def say(self, message: str) -> None:
        self._write(message)


class _Bars:
    def __init__(self, bars: Any) -> None:
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def start(self, step: str, total: int | None) -> None:
        for name, task in self._tasks.items():
            done = self._bars.tasks[self._bars.task_ids.index(task)]
            self._bars.update(task, total=done.completed or 1, completed=done.completed or 1, description=name)
        self._tasks[step] = self._bars.add_task(step, total=total)

    def advance(self, step: str, count: int) -> None:
        self._bars.advance(self._tasks[step], count)

    def say(self, message: str) -> None:
        self._bars.console.print(message, markup=False)
