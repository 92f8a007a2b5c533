"""What a build is given, whom it tells, and what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from firsthand.check import CheckOptions
from firsthand.core.records import Finding
from firsthand.link import LinkOptions
from firsthand.read import ReadOptions
from firsthand.trace import TraceOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Everything a build depends on besides the coverage."""

    gazetteers: tuple[Path, ...] = field(default=(), metadata={"help": "CSV of your own places"})
    threads: int | None = field(default=None, metadata={"help": "Cores for the encoder; all by default"})
    wait: bool = field(default=True, metadata={"help": "Wait for another build of the same case"})
    sync: bool = field(default=False, metadata={"help": "Drop documents that the coverage no longer holds"})
    read: ReadOptions = field(default_factory=ReadOptions)
    trace: TraceOptions = field(default_factory=TraceOptions)
    link: LinkOptions = field(default_factory=LinkOptions)
    check: CheckOptions = field(default_factory=CheckOptions)


class Progress(Protocol):
    """What a build tells while it runs."""

    def start(self, step: str, total: int | None) -> None:
        """A step begins; total is its documents, or None."""

    def advance(self, step: str, count: int) -> None:
        """So many more documents are done."""

    def say(self, message: str) -> None:
        """A sentence worth reading, such as why the build waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents: In the case now.
        added: New in this build.
        gone: Dropped because the coverage no longer holds them.
        marked: Marked in this build.
        unreadable: Findings of level `unreadable`: files of this coverage, and documents that a verb had to leave out.
    """

    documents: int
    added: int
    gone: int
    marked: int
    unreadable: tuple[Finding, ...]
