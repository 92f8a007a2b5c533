"""Which verb reads and writes which tables, and a build that redoes only what changed."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from firsthand.casefile import CaseFile, open_case
from firsthand.check import CheckOptions, View, check
from firsthand.core.errors import CaseLockedError
from firsthand.core.records import (
    Attribution,
    Claim,
    Copy,
    Document,
    Entity,
    Finding,
    Hop,
    Hypothesis,
    Judgement,
    Mention,
    Origin,
    Rating,
    Standing,
    Statement,
)
from firsthand.core.rows import markup_to_row
from firsthand.encoder import Encoder, model_digest
from firsthand.gazetteers import open_gazetteer
from firsthand.link import LinkOptions, link
from firsthand.mark import document_to_credits, mark, markup_to_incident_rows
from firsthand.read import ReadOptions, Source, source_to_documents, sources
from firsthand.trace import TraceOptions, copies_to_rows, trace
from firsthand.weigh import weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One verb: what it reads, what it writes, and the version that its output depends on."""

    name: str
    reads: tuple[type, ...]
    writes: tuple[type, ...]
    version: int


STEPS = (
    Step(name="read", reads=(), writes=(Document, Finding), version=1),
    Step(name="mark", reads=(Document,), writes=(Mention, Attribution, Statement, Finding), version=18),
    Step(name="trace", reads=(Document, Mention), writes=(Copy,), version=3),
    Step(
        name="link",
        reads=(Document, Copy, Mention, Attribution, Statement),
        writes=(Judgement, Entity, Claim, Hop, Origin),
        version=7,
    ),
    Step(
        name="check",
        reads=(Document, Copy, Mention, Attribution, Statement, Hop, Origin, Entity, Claim),
        writes=(Finding,),
        version=3,
    ),
    Step(
        name="weigh",
        reads=(Claim, Entity, Judgement),
        writes=(Hypothesis, Rating, Standing),
        version=1,
    ),
)
"""In order of running. Bump a version when the verb's output changes: the next build redoes it, and what reads it."""

BATCH = 64
"""Documents written in one transaction: what a power cut can cost, about ten seconds of marking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Everything a build depends on besides the coverage."""

    gazetteers: tuple[Path, ...] = field(default=(), metadata={"help": "CSV of your own places"})
    threads: int | None = field(default=None, metadata={"help": "Cores for the encoder; all by default"})
    wait: bool = field(default=True, metadata={"help": "Wait for another build of the same case"})
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
        marked: Marked in this build.
        unreadable: Findings of level `unreadable` for files of this coverage.
    """

    documents: int
    added: int
    marked: int
    unreadable: tuple[Finding, ...]


def build(
    coverage: Sequence[Path],
    case_path: Path,
    *,
    options: BuildOptions,
    progress: Progress,
    documents: Iterable[Document] = (),
) -> BuildReport:
    """Build or update a case: read, mark, trace, link, check, weigh, each only as far as something changed.

    Every step writes its records and the note that it is done in one transaction, so a build that was killed is
    taken up by the next one and ends in the same case.

    Args:
        coverage: Files, folders and archives. Documents already in the case are not read again.
        case_path: Made if it does not exist.
        options: See BuildOptions.
        progress: Told what happens.
        documents: Read before, as the tables of an archive have them; stored unchanged.
    Raises:
        NotACaseError: case_path is something else.
        CaseLockedError: Another build holds the case and options.wait is false.
    """
    with _locked(case_path, options, progress), open_case(case_path, create=True) as case:
        taken = _take(case, documents)
        added, unreadable = _read(case, coverage, options, progress)
        marked = _mark(case, options, progress)
        _trace(case, options, progress)
        _link(case, options, progress)
        _check(case, options, progress)
        _weigh(case, progress)
        return BuildReport(
            documents=case.count(Document), added=taken + added, marked=marked, unreadable=tuple(unreadable)
        )


def rebuild(case_path: Path, *, options: BuildOptions, progress: Progress) -> BuildReport:
    """Run again what depends on people's judgements, ratings and hypotheses."""
    return build((), case_path, options=options, progress=progress)


@contextmanager
def _locked(case_path: Path, options: BuildOptions, progress: Progress) -> Iterator[None]:
    lock = FileLock(f"{case_path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not options.wait:
            raise CaseLockedError(
                f"{case_path}: another build is writing this case; try again when it has ended."
            ) from None
        progress.say(f"Another build is writing {case_path}; waiting for it to end.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _take(case: CaseFile, documents: Iterable[Document]) -> int:
    """Store documents that have been read before; those that the case has stay as they are."""
    before = case.count(Document)
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        with case.transaction():
            case.save(batch)
    return case.count(Document) - before


def _read(
    case: CaseFile, coverage: Sequence[Path], options: BuildOptions, progress: Progress
) -> tuple[int, list[Finding]]:
    known = set(case.document_ids())
    before = len(known)
    unreadable: list[Finding] = []
    batch: list[Document | Finding] = []
    progress.start("read", None)

    def flush() -> None:
        with case.transaction():
            case.save(batch)
        progress.advance("read", len(batch))
        batch.clear()

    for source in sources(coverage, options=options.read):
        if isinstance(source, Source) and source.id in known:
            continue
        for record in source_to_documents(source, options=options.read) if isinstance(source, Source) else (source,):
            if isinstance(record, Finding):
                if record.level == "unreadable":
                    unreadable.append(record)
                batch.append(record)
            elif record.id not in known:
                known.add(record.id)
                batch.append(record)
        if len(batch) >= BATCH:
            flush()
    flush()
    return len(known) - before, unreadable


def _signature(step: str, *parts: object) -> str:
    """What a step's output depends on: its version, options, and what it reads."""
    version = next(s.version for s in STEPS if s.name == step)
    canonical = json.dumps([step, version, *parts], default=str, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _mark(case: CaseFile, options: BuildOptions, progress: Progress) -> int:
    with open_gazetteer(options.gazetteers) as gazetteer:
        signature = _signature("mark", model_digest(), gazetteer.identity)
        done = case.signatures("mark")
        todo = [doc for doc in case.document_ids() if done.get(doc) != signature]
        progress.start("mark", len(todo))
        if not todo:
            return 0
        encoder = Encoder.load(threads=options.threads)
        for at in range(0, len(todo), BATCH):
            ids = todo[at : at + BATCH]
            documents = list(case.load(Document, where=f"id IN ({','.join('?' * len(ids))})", values=tuple(ids)))
            markups = []
            for document, encoding in zip(documents, encoder.encode(d.text for d in documents), strict=True):
                markups.append(mark(document, encoding=encoding, gazetteer=gazetteer))
                progress.advance("mark", 1)
            with case.transaction():
                for markup in markups:
                    case.drop_derived((Mention, Attribution, Statement), doc=markup.doc)
                    case.drop_findings(doc=markup.doc, by="mark.")
                    case.save((*markup.mentions, *markup.attributions, *markup.statements, *markup.findings))
                case.mark_done("mark", ((markup.doc, signature) for markup in markups))
    return len(todo)


def mark_rows(documents: Iterable[Document], *, options: BuildOptions) -> Iterator[dict[str, object]]:
    """The stage `mark` over a stream: one row per document, in input order, in bounded memory."""
    encoder = Encoder.load(threads=options.threads)
    ahead: deque[Document] = deque()

    def texts() -> Iterator[str]:
        for document in documents:
            ahead.append(document)
            yield document.text

    with open_gazetteer(options.gazetteers) as gazetteer:
        for encoding in encoder.encode(texts()):
            document = ahead.popleft()
            markup = mark(document, encoding=encoding, gazetteer=gazetteer)
            yield markup_to_row(document, markup, incidents=markup_to_incident_rows(document, markup))


def trace_rows(documents: Iterable[Document], *, options: BuildOptions) -> list[dict[str, object]]:
    """The stage `trace` over all documents of a stream, in input order."""
    everything = list(documents)
    credits = {document.id: document_to_credits(document) for document in everything}
    copies = trace(everything, credits=credits, options=options.trace)
    return copies_to_rows(everything, copies, credits=credits)


def _whole_case(case: CaseFile, step: str, *parts: object) -> str | None:
    """The signature of a step that reads the whole case, or None if it was done on exactly this."""
    marked = hashlib.sha256(json.dumps(sorted(case.signatures("mark").items())).encode()).hexdigest()
    signature = _signature(step, marked, *parts)
    return None if case.signatures(step).get("") == signature else signature


def _trace(case: CaseFile, options: BuildOptions, progress: Progress) -> None:
    signature = _whole_case(case, "trace", asdict(options.trace))
    if signature is None:
        return
    progress.start("trace", None)
    credits: dict[str, list[Mention]] = {}
    for mention in case.load(Mention, where="kind = 'credit'"):
        credits.setdefault(mention.span.doc, []).append(mention)
    copies = trace(dated_documents(case), credits=credits, options=options.trace)
    with case.transaction():
        case.drop_derived((Copy,))
        case.save(copies)
        case.mark_done("trace", [("", signature)])


def _link(case: CaseFile, options: BuildOptions, progress: Progress) -> None:
    people = [j for j in case.load(Judgement, where="by LIKE 'person:%'") if not j.withdrawn]
    signature = _whole_case(case, "link", case.signatures("trace"), asdict(options.link), [asdict(j) for j in people])
    if signature is None:
        return
    progress.start("link", None)
    linked = link(
        dated_documents(case),
        copies=list(case.load(Copy)),
        marked=(list(case.load(Mention)), list(case.load(Attribution)), list(case.load(Statement))),
        judgements=people,
        options=options.link,
    )
    with case.transaction():
        case.drop_derived((Judgement, Entity, Claim, Hop, Origin))
        case.save((*linked.judgements, *linked.entities, *linked.claims, *linked.hops, *linked.origins))
        case.mark_done("link", [("", signature)])


def _check(case: CaseFile, options: BuildOptions, progress: Progress) -> None:
    signature = _whole_case(case, "check", case.signatures("link"), asdict(options.check))
    if signature is None:
        return
    progress.start("check", None)
    findings = check(case_to_view(case), options=options.check)
    with case.transaction():
        case.drop_derived((Finding,), by="check.")
        case.save(findings)
        case.mark_done("check", [("", signature)])


def _weigh(case: CaseFile, progress: Progress) -> None:
    hypotheses = list(case.load(Hypothesis, where="by LIKE 'person:%'"))
    ratings = list(case.load(Rating, where="by LIKE 'person:%'"))
    people = [[asdict(h) for h in hypotheses], [asdict(r) for r in ratings]]
    signature = _whole_case(case, "weigh", case.signatures("link"), people)
    if signature is None:
        return
    progress.start("weigh", None)
    weighed = weigh(
        list(case.load(Claim)),
        entities=list(case.load(Entity)),
        judgements=case.load(Judgement, where="kind = 'origin'"),
        hypotheses=hypotheses,
        ratings=ratings,
    )
    with case.transaction():
        case.drop_derived((Hypothesis, Rating, Standing))
        case.save((*weighed.hypotheses, *weighed.ratings, *weighed.standings))
        case.mark_done("weigh", [("", signature)])


def dated_documents(case: CaseFile) -> list[Document]:
    """All documents; one without a date in its metadata carries the one that its own text gives away, if it does."""
    inferred = {s.span.doc: s.value for s in case.load(Statement, where="property = 'published'")}
    return [
        replace(document, published=inferred[document.id], published_from="inferred")
        if document.published is None and document.id in inferred
        else document
        for document in case.load(Document)
    ]


def case_to_view(case: CaseFile) -> View:
    """All that the checks read."""
    return View(
        dated_documents(case),
        copies=case.load(Copy),
        marked=(case.load(Mention), case.load(Attribution), case.load(Statement)),
        linked=(case.load(Hop), case.load(Origin)),
        across=(case.load(Entity), case.load(Claim)),
    )
