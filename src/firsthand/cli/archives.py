"""`firsthand archive`: the verbs over archives of millions of documents, on Apache Spark."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from firsthand.cli.failures import say
from firsthand.cli.settings import GAZETTEERS, SETTINGS, UNREADABLE_EXIT, settings_to_options
from firsthand.show.bars import progress_bars


@click.group()
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
    options = settings_to_options(settings)
    with _spark(**spark) as session, progress_bars() as progress:
        from firsthand.archive.inputs import read_archive
        from firsthand.archive.options import ArchiveOptions

        count, failed = read_archive(session, paths, out, options=(options.read, ArchiveOptions()), progress=progress)
    say(f"{out}: {count:,} documents.")
    for message in failed:
        say(f"  {message}")
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
    say(f"{out}: {parts} parts marked up now.")


@archive.command("trace")
@ARCHIVE
@MASTER
@CONF
@SETTINGS
def archive_trace(out: Path, settings: tuple[str, ...], **spark: Any) -> None:
    """Find who copied whom in ARCHIVE."""
    options = settings_to_options(settings)
    with _spark(**spark) as session, progress_bars() as progress:
        from firsthand.archive.options import ArchiveOptions
        from firsthand.archive.tracings import trace_archive

        found = trace_archive(session, out, options=(options.trace, ArchiveOptions()), progress=progress)
    say(f"{out}: " + ", ".join(f"{count:,} {what}" for what, count in found.items()) + ".")


@contextmanager
def _spark(master: str, conf: tuple[str, ...]) -> Iterator[Any]:
    """Spark, started and stopped."""
    from firsthand.archive.sessions import open_session

    wrong = [setting for setting in conf if "=" not in setting]
    if wrong:
        raise click.UsageError(f"--conf {wrong[0]}: write it as NAME=VALUE.")
    with open_session(master=master, settings=dict(setting.split("=", 1) for setting in conf)) as session:
        yield session
