"""No document may end a run: what a verb did not expect becomes a Finding, and the rest of the case is built.

A bug in Firsthand is no fault of the document, but it is met in one: the Finding names the document, the verb and a
line for a bug report, and the next version of the verb or of Firsthand tries again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from firsthand import __version__
from firsthand.core.errors import FirsthandError, error_to_line
from firsthand.core.ids import make_id
from firsthand.core.records import Document, Finding
from firsthand.core.text import storable

T = TypeVar("T")
E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)
MOST = 20
"""Documents that a verb over the whole case leaves out at most; more than that, and the document is not the reason."""


class Reader(Protocol[E_co]):
    """What turns texts into what `mark` needs of them: the encoder, or a test's own."""

    def encode(self, texts: Iterable[str]) -> Iterator[E_co]:
        """One result a text, in order."""


def marked(
    documents: Iterable[Document], *, reader: Reader[E], mark: Callable[[Document, E], T]
) -> Iterator[tuple[Document, T | Finding]]:
    """Mark documents as they come, each guarded by itself.

    Args:
        documents: Taken as far ahead as the reader takes their texts.
        reader: Of their texts.
        mark: One document and what the reader made of it → its markup.
    Returns:
        In order, each document with its markup, or with a Finding of level unreadable.
    """
    waiting: deque[Document] = deque()
    coming = iter(documents)

    def texts() -> Iterator[str]:
        for document in coming:
            waiting.append(document)
            yield document.text

    def one(document: Document, encoding: E) -> tuple[Document, T | Finding]:
        try:
            return document, mark(document, encoding)
        except Exception as error:
            return document, error_to_finding(error, verb="mark", document=document)

    encodings = reader.encode(texts())
    while True:
        try:
            encoding = next(encodings)
        except StopIteration:
            return
        except Exception:  # of any text taken ahead, not necessarily the first: those waiting are read one by one
            while waiting:
                document = waiting.popleft()
                try:
                    alone = next(reader.encode([document.text]))
                except Exception as error:
                    yield document, error_to_finding(error, verb="mark", document=document)
                else:
                    yield one(document, alone)
            encodings = reader.encode(texts())
        else:
            yield one(waiting.popleft(), encoding)


def spared(
    documents: Sequence[Document], run: Callable[[Sequence[Document]], T], *, verb: str
) -> tuple[T, list[Finding]]:
    """Run a verb over a whole case; documents on which it fails are left out of it.

    The document that a failure needs is found by halving: the last of the shortest beginning of the list that fails.

    Args:
        documents: All of the case.
        run: The verb over some of them.
        verb: Its name.
    Returns:
        Its result, and a Finding of level unreadable for each document left out.
    Raises:
        FirsthandError: It fails without any document, or on more than MOST.
    """
    left, findings = list(documents), list[Finding]()
    while True:
        try:
            return run(left), findings
        except FirsthandError:
            raise
        except Exception as error:
            if not left or len(findings) == MOST:
                raise FirsthandError(
                    f"`{verb}` failed on this case as a whole, and nothing that it holds was changed. "
                    f"For a bug report: {_line(error, verb)}"
                ) from error
            culprit = left.pop(_last_of_shortest(left, run))
            findings.append(error_to_finding(error, verb=verb, document=culprit))


def _last_of_shortest(documents: Sequence[Document], run: Callable[[Sequence[Document]], object]) -> int:
    passes, fails = 0, len(documents)
    while fails - passes > 1:
        middle = (passes + fails) // 2
        try:
            run(documents[:middle])
        except Exception:
            fails = middle
        else:
            passes = middle
    return fails - 1


def error_to_finding(error: Exception, *, verb: str, document: Document | None = None, what: str = "") -> Finding:
    """Say that a verb did not get through: on what, why, and what to send with a bug report.

    Args:
        error: What it raised.
        verb: Its name.
        document: The one on which it failed, left out of its results.
        what: The part of the verb that failed, if no single document is the reason.
    """
    subject = f"{document.path or document.id}: `{verb}`" if document else what
    lost = "left this document out" if document else "says nothing of this case"
    message = (
        f"{subject} met an error that it did not expect and {lost}; nothing else is touched, and the next version "
        f"tries again. For a bug report: {_line(error, verb)}"
    )
    about = (document.id,) if document else ()
    return Finding(
        id=make_id("finding", "guard", verb, what, *about),
        by=f"{verb}.guard@1",
        check=verb,
        level="unreadable",
        message=storable(message),
        about=about,
    )


def _line(error: Exception, verb: str) -> str:
    return error_to_line(error, during=f"firsthand {__version__}, {verb}")
