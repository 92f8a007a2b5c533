"""The command line: parse, call, print. Every heavy import waits until its command runs, so that --help is quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from firsthand import __version__
from firsthand.cli.archives import archive
from firsthand.cli.failures import Commands, say
from firsthand.cli.settings import CASE, GAZETTEERS, OUT, SETTINGS, THREADS, UNREADABLE_EXIT, settings_to_options
from firsthand.show.bars import progress_bars

if TYPE_CHECKING:
    from firsthand.core.records import Document


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
@click.option("--sync", is_flag=True, help="Make the case follow COVERAGE: drop documents that it no longer holds.")
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
    options = settings_to_options(settings, **values)
    with progress_bars() as progress:
        report = steps.build(coverage, case, options=options, progress=progress, documents=documents)
    gone = f", {report.gone} gone" if report.gone else ""
    say(f"{case}: {report.documents} documents, {report.added} new{gone}, {report.marked} marked up.")
    if report.unreadable:
        say(f"{len(report.unreadable)} could not be read; nothing else was lost:")
        for finding in report.unreadable:
            say(f"  {finding.message}")
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
    from firsthand.show.files import written
    from firsthand.show.report import case_to_report

    with open_case(case, readonly=True) as opened:
        html = case_to_report(opened)
    out = out or case.with_suffix(".html")
    with written(out) as file:
        file.write(html)
    say(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


@main.command()
@CASE
@click.option("--to", "form", required=True, help="csv, geojson, timeline, … : see docs/exports.md.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write; of csv and parquet a folder.")
def export(case: Path, form: str, out: Path | None) -> None:
    """Write the case in the form that another tool reads."""
    from firsthand.casefile import open_case
    from firsthand.show.exports import case_to_export

    with open_case(case, readonly=True) as opened:
        for path in case_to_export(opened, form=form, out=out or case.with_suffix("")):
            click.echo(path)


@main.command()
@CASE
@click.argument("documents", nargs=-1, required=True, metavar="DOC…")
@click.option("--why", default="", help="The reason, which stays in the case.")
@click.option("--by", "person", help="Your name; that of your account by default.")
@click.option("--undo", is_flag=True, help="Let removed documents back in; the next build reads them again.")
@SETTINGS
def remove(case: Path, documents: tuple[str, ...], settings: tuple[str, ...], **said: Any) -> None:
    """Take documents out of a case: DOC is an id or a path, as `show CASE documents` lists them.

    Their texts go, their hashes stay, so that no later build reads them again. This is a person's act: signed, dated,
    kept through every rebuild, and undone by --undo.
    """
    import getpass
    from datetime import UTC, datetime

    from firsthand import steps

    if not (said["why"].strip() or said["undo"]):
        raise click.UsageError("--why: say why; the reason stays in the case.")
    made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    act = steps.Act(person=said["person"] or getpass.getuser(), made=made, why=said["why"])
    do, told = (steps.restore, "may come back with the next build") if said["undo"] else (steps.remove, "removed")
    with progress_bars() as progress:
        for path in do(case, documents, act=act, options=settings_to_options(settings), progress=progress):
            progress.say(f"{path}: {told}")


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
    for record in read_paths(paths, options=settings_to_options(settings).read):
        if isinstance(record, Finding):
            failed += record.level == "unreadable"
            say(record.message)
        else:
            _print_row(document_to_row(record))
    if failed:
        sys.exit(UNREADABLE_EXIT)


@main.command()
@GAZETTEERS
@THREADS
@SETTINGS
@click.option(
    "--only", type=click.Choice(["muc4"]), help="Only incidents that a coder of that scheme would write down."
)
def mark(gazetteers: tuple[Path, ...], threads: int | None, settings: tuple[str, ...], only: str | None) -> None:
    """Mark up JSON lines from standard input; print one line per document, in input order."""
    from firsthand import steps

    options = settings_to_options(settings, gazetteers=gazetteers, threads=threads)
    with closing(_Rows()) as rows:
        for row in steps.mark_rows(rows, options=options, muc4=only == "muc4"):
            if "unreadable" in row:
                rows.bad += 1
                say(str(row["unreadable"]))
            _print_row(row)


@main.command()
@SETTINGS
def trace(settings: tuple[str, ...]) -> None:
    """Find who copied whom among JSON lines from standard input; print one line per document."""
    from firsthand import steps

    options = settings_to_options(settings)
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
    say(f"{out}: {places:,} places")


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
    say(f"{out}: {cut.about:,} documents found, {cut.kin:,} more of their families.")
    if cut.undated:
        say(f"  {cut.undated:,} with these words give no date and are left out; --undated takes them.")
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
                say(f"standard input, line {number}: no row with id and text ({error}); passed over")

    def close(self) -> None:
        """Say by the exit code that lines were passed over."""
        if self.bad:
            sys.exit(UNREADABLE_EXIT)


main.add_command(archive)
