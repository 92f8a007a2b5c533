"""Whatever goes wrong, in one sentence."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from firsthand import __version__
from firsthand.core.errors import FirsthandError, error_to_line
from firsthand.core.text import printable


class Commands(click.Group):
    """Whatever goes wrong is one sentence and an exit code that is not 0; FIRSTHAND_DEBUG=1 shows where."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line and exit."""
        run = super().main
        if not standalone_mode or os.environ.get("FIRSTHAND_DEBUG"):
            return run(*args, standalone_mode=bool(standalone_mode), **extra)  # type: ignore[call-overload]
        try:
            code = run(*args, standalone_mode=False, **extra)  # type: ignore[call-overload]
            sys.stdout.flush()
        except click.ClickException as error:
            usage = f"{error.ctx.get_usage()}\n" if isinstance(error, click.UsageError) and error.ctx else ""
            click.echo(f"{usage}Error: {printable(error.format_message())}", err=True)
            code = error.exit_code
        except click.Abort:
            say("Interrupted; what is finished is kept, and the next run goes on from there.")
            code = 130
        except Exception as error:
            code = 1
            if isinstance(error, BrokenPipeError):  # whoever reads us has read enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            else:
                say(f"Error: {error_to_sentence(error)}")
        sys.exit(code if isinstance(code, int) else 0)


def error_to_sentence(error: Exception) -> str:
    """What went wrong, and what to do about it."""
    if isinstance(error, FirsthandError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        return f"{where}{error.strerror or error}."
    line = error_to_line(error, during=f"firsthand {__version__}, {' '.join(sys.argv[1:2])}")
    return f"something that nobody foresaw. FIRSTHAND_DEBUG=1 shows where. For a bug report: {line}"


def say(message: str) -> None:
    """A line on standard error; names of files in it may be anybody's."""
    click.echo(printable(message), err=True)
