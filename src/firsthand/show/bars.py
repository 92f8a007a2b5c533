"""How far a run is: bars on a terminal, a line per step otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from firsthand.core.text import printable


@contextmanager
def progress_bars() -> Iterator[Any]:
    """A Progress (see steps) that writes to standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<6}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield _Bars(bars)


class _Lines:
    def start(self, step: str, total: int | None) -> None:
        self.say(f"{step}{'' if total is None else f': {total}'} …")

    def advance(self, step: str, count: int) -> None:
        pass

    def say(self, message: str) -> None:
        sys.stderr.write(f"{printable(message)}\n")
        sys.stderr.flush()


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
        self._bars.console.print(printable(message), markup=False)
