"""The command line: parse, call, print. Every heavy import waits until its command runs, so that --help is quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from firsthand import __version__
from firsthand.show.bars import progress_bars

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
@click.option(
    "--from-archive",
    "archive_out",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Take documents from an archive that `firsthand archive` made, and the families of copies they belong to.",
)
@click.option("--about", multiple=True, metavar="WORDS", help="Those with all these words; given twice, with either.")
@click.option("--between", metavar="DATE..DATE", help="Those published then; any EDTF interval.")
@click.option("--undated", is_flag=True, help="With --between: also those that give no date.")
def build(coverage: tuple[Path, ...], case: Path, settings: tuple[str, ...], **values: Any) -> None:
    """Build or update a case from COVERAGE: files, folders, archives.

    Text, HTML, JSON lines, WARC, PDF, RSS and Atom are read, also zipped. Only what changed is done again; documents
    already in the case stay, and so does everything that people judged.
    """
    from firsthand import steps

    documents = _cut(*(values.pop(name) for name in ("archive_out", "about", "between", "undated")))
    options = _options(settings, **values)
    with progress_bars() as progress:
        report = steps.build(coverage, case, options=options, progress=progress, documents=documents)
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
            if "unreadable" in row:
                rows.bad += 1
                click.echo(row["unreadable"], err=True)
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

    with progress_bars() as progress:
        seen = 0

        def told(done: int, total: int) -> None:
            nonlocal seen
            if not seen:
                progress.start("import", total)
            progress.advance("import", done - seen)
            seen = done

        places = import_geonames(dump, out, progress=told)
    click.echo(f"{out}: {places:,} places", err=True)


@main.group()
def archive() -> None:
    """Read, mark and trace archives of millions of documents, on Apache Spark (see docs/archive.md).

    Every verb goes on where it stopped: what is done, from the same input, is not done again. `firsthand build
    --from-archive` cuts a case.
    """


MASTER = click.option(
    "--master", default="local[*,4]", show_default=True, help="Where Spark runs: this machine, or a cluster's address."
)
CONF = click.option("--conf", multiple=True, metavar="NAME=VALUE", help="A setting of Spark; may be given many times.")
ARCHIVE = click.argument("out", metavar="ARCHIVE", type=click.Path(path_type=Path, file_okay=False))


@archive.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The archive: a folder."
)
@MASTER
@CONF
@SETTINGS
def archive_read(paths: tuple[Path, ...], out: Path, settings: tuple[str, ...], **spark: Any) -> None:
    """Read PATHS into an archive: WARC, JSON lines, Parquet, and all else that `firsthand read` reads.

    The archive then holds the documents of PATHS, and no others.
    """
    options = _options(settings)
    with _spark(**spark) as session, progress_bars() as progress:
        from firsthand.archive.inputs import read_archive
        from firsthand.archive.options import ArchiveOptions

        count, failed = read_archive(session, paths, out, options=(options.read, ArchiveOptions()), progress=progress)
    click.echo(f"{out}: {count:,} documents.", err=True)
    for message in failed:
        click.echo(f"  {message}", err=True)
    if failed:
        sys.exit(UNREADABLE_EXIT)


@archive.command("mark")
@ARCHIVE
@GAZETTEERS
@MASTER
@CONF
def archive_mark(out: Path, gazetteers: tuple[Path, ...], **spark: Any) -> None:
    """Mark up the documents of ARCHIVE."""
    with _spark(**spark) as session, progress_bars() as progress:
        from firsthand.archive.markings import mark_archive

        parts = mark_archive(session, out, gazetteers=gazetteers, progress=progress)
    click.echo(f"{out}: {parts} parts marked up now.", err=True)


@archive.command("trace")
@ARCHIVE
@MASTER
@CONF
@SETTINGS
def archive_trace(out: Path, settings: tuple[str, ...], **spark: Any) -> None:
    """Find who copied whom in ARCHIVE."""
    options = _options(settings)
    with _spark(**spark) as session, progress_bars() as progress:
        from firsthand.archive.options import ArchiveOptions
        from firsthand.archive.tracings import trace_archive

        found = trace_archive(session, out, options=(options.trace, ArchiveOptions()), progress=progress)
    click.echo(f"{out}: " + ", ".join(f"{count:,} {what}" for what, count in found.items()) + ".", err=True)


@contextmanager
def _spark(master: str, conf: tuple[str, ...]) -> Iterator[Any]:
    """Spark, started and stopped."""
    from firsthand.archive.sessions import open_session

    wrong = [setting for setting in conf if "=" not in setting]
    if wrong:
        raise click.UsageError(f"--conf {wrong[0]}: write it as NAME=VALUE.")
    with open_session(master=master, settings=dict(setting.split("=", 1) for setting in conf)) as session:
        yield session


def _cut(out: Path | None, about: tuple[str, ...], between: str | None, undated: bool) -> Iterator[Document]:
    """The documents that `build` takes from an archive; none without one."""
    if out is None:
        if about or between or undated:
            raise click.UsageError("--about, --between and --undated choose from an archive: give --from-archive too.")
        return iter(())
    try:
        from firsthand.archive.cuts import choose_documents, load_documents
    except ImportError:
        raise click.ClickException("Archives need pyarrow: pip install 'firsthand[arrow]'.") from None
    cut = choose_documents(out, about=about, between=between, undated=undated)
    click.echo(f"{out}: {cut.about:,} documents found, {cut.kin:,} more of their families.", err=True)
    if cut.undated:
        click.echo(f"  {cut.undated:,} with these words give no date and are left out; --undated takes them.", err=True)
    if not cut.ids:
        raise click.ClickException(f"{out}: no document is about this at that time, so there is no case to build.")
    return load_documents(out, cut.ids)


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
            except Exception as error:  # whatever a line holds, the run goes on to its end
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
