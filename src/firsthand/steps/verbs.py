"""Each verb over a case: what it reads, what it writes, and redone only if something changed."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial

from firsthand import __version__
from firsthand.casefile import CaseFile
from firsthand.check import CHECKS, View, check
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
from firsthand.encoder import Encoder, model_digest
from firsthand.gazetteers import open_gazetteer
from firsthand.link import Linked, link
from firsthand.steps.guards import error_to_finding, marked, spared
from firsthand.steps.options import BuildOptions, Progress
from firsthand.steps.stages import mark_one
from firsthand.trace import trace
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


def _signature(step: str, *parts: object) -> str:
    """What a step's output depends on: its version, options, and what it reads."""
    version = next(s.version for s in STEPS if s.name == step)
    canonical = json.dumps([step, version, *parts], default=str, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def mark_case(case: CaseFile, options: BuildOptions, progress: Progress) -> int:
    """Mark what has not been marked by this version; returns how many documents that were."""
    with open_gazetteer(options.gazetteers) as gazetteer:
        signature = _signature("mark", model_digest(), gazetteer.identity)
        failed = _failed(signature)
        done = case.signatures("mark")
        todo = [doc for doc in case.document_ids() if done.get(doc) not in (signature, failed)]
        progress.start("mark", len(todo))
        if not todo:
            return 0
        encoder = Encoder.load(threads=options.threads)
        for at in range(0, len(todo), BATCH):
            ids = todo[at : at + BATCH]
            documents = list(case.load(Document, where=f"id IN ({','.join('?' * len(ids))})", values=tuple(ids)))
            made = []
            for pair in marked(documents, reader=encoder, mark=partial(mark_one, gazetteer)):
                made.append(pair)
                progress.advance("mark", 1)
            with case.transaction():
                for document, markup in made:
                    case.drop_derived((Mention, Attribution, Statement), doc=document.id)
                    case.drop_findings(doc=document.id, by="mark.")
                    if isinstance(markup, Finding):
                        case.save([markup])
                    else:
                        case.save((*markup.mentions, *markup.attributions, *markup.statements, *markup.findings))
                case.mark_done("mark", ((d.id, failed if isinstance(m, Finding) else signature) for d, m in made))
    return len(todo)


def _whole_case(case: CaseFile, step: str, *parts: object) -> str | None:
    """The signature of a step that reads the whole case, or None if it was done on exactly this."""
    marks = hashlib.sha256(json.dumps(sorted(case.signatures("mark").items())).encode()).hexdigest()
    signature = _signature(step, marks, *parts)
    return None if case.signatures(step).get("") in (signature, _failed(signature)) else signature


def _failed(signature: str) -> str:
    """What stands for a step that left something out: no other version of Firsthand takes it for done."""
    return f"{signature} failed in {__version__}"


def _finish(case: CaseFile, step: str, signature: str, findings: Sequence[Finding]) -> None:
    """Note in the current transaction that a whole-case step is done, and what it had to leave out."""
    case.drop_derived((Finding,), by=f"{step}.guard")
    case.save(findings)
    case.mark_done(step, [("", _failed(signature) if findings else signature)])


class Rows:
    """What several verbs read of a case, each kind loaded once between one write of it and the next."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case

    @cached_property
    def documents(self) -> list[Document]:
        """All documents, dated."""
        return dated_documents(self._case)

    @cached_property
    def copies(self) -> list[Copy]:
        """All copies; asked for after `trace`."""
        return list(self._case.load(Copy))

    @cached_property
    def marked(self) -> tuple[list[Mention], list[Attribution], list[Statement]]:
        """All that `mark` made."""
        load = self._case.load
        return list(load(Mention)), list(load(Attribution)), list(load(Statement))


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Python's collector looks through all records again and again, and finds nothing: they hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def trace_case(case: CaseFile, rows: Rows, options: BuildOptions, progress: Progress) -> None:
    """Find who copied whom, if anything changed."""
    signature = _whole_case(case, "trace", asdict(options.trace))
    if signature is None:
        return
    progress.start("trace", None)
    credits: dict[str, list[Mention]] = {}
    for mention in case.load(Mention, where="kind = 'credit'"):
        credits.setdefault(mention.span.doc, []).append(mention)
    copies, failures = spared(
        rows.documents, lambda some: trace(some, credits=credits, options=options.trace), verb="trace"
    )
    with case.transaction():
        case.drop_derived((Copy,))
        case.save(copies)
        _finish(case, "trace", signature, failures)


def link_case(case: CaseFile, rows: Rows, options: BuildOptions, progress: Progress) -> None:
    """Join what documents say, if anything changed."""
    people = [j for j in case.load(Judgement, where="by LIKE 'person:%'") if not j.withdrawn]
    signature = _whole_case(case, "link", case.signatures("trace"), asdict(options.link), [asdict(j) for j in people])
    if signature is None:
        return
    progress.start("link", None)
    mentions, attributions, statements = rows.marked

    def link_some(some: Sequence[Document]) -> Linked:
        inside = {document.id for document in some}
        return link(
            some,
            copies=[c for c in rows.copies if c.doc in inside and c.of in inside],
            marked=(
                [m for m in mentions if m.span.doc in inside],
                [a for a in attributions if a.doc in inside],
                [s for s in statements if s.span.doc in inside],
            ),
            judgements=people,
            options=options.link,
        )

    linked, failures = spared(rows.documents, link_some, verb="link")
    with case.transaction():
        case.drop_derived((Judgement, Entity, Claim, Hop, Origin))
        case.save((*linked.judgements, *linked.entities, *linked.claims, *linked.hops, *linked.origins))
        _finish(case, "link", signature, failures)


def check_case(case: CaseFile, rows: Rows, options: BuildOptions, progress: Progress) -> None:
    """Run the checks, if anything changed."""
    signature = _whole_case(case, "check", case.signatures("link"), asdict(options.check))
    if signature is None:
        return
    progress.start("check", None)
    view, findings, failures = case_to_view(case, rows), list[Finding](), list[Finding]()
    for name in CHECKS:
        try:
            findings += check(view, options=options.check, names=(name,))
        except Exception as error:
            failures.append(error_to_finding(error, verb="check", what=f"the check “{name}”"))
    with case.transaction():
        case.drop_derived((Finding,), by="check.")
        case.save(findings)
        _finish(case, "check", signature, failures)


def weigh_case(case: CaseFile, progress: Progress) -> None:
    """Lay the accounts side by side, if anything changed."""
    hypotheses = list(case.load(Hypothesis, where="by LIKE 'person:%'"))
    ratings = list(case.load(Rating, where="by LIKE 'person:%'"))
    people = [[asdict(h) for h in hypotheses], [asdict(r) for r in ratings]]
    signature = _whole_case(case, "weigh", case.signatures("link"), people)
    if signature is None:
        return
    progress.start("weigh", None)
    claims, entities = list(case.load(Claim)), list(case.load(Entity))
    ties = list(case.load(Judgement, where="kind = 'origin'"))
    weighed, _ = spared(
        (),
        lambda _: weigh(claims, entities=entities, judgements=ties, hypotheses=hypotheses, ratings=ratings),
        verb="weigh",
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


def case_to_view(case: CaseFile, rows: Rows | None = None) -> View:
    """All that the checks read."""
    rows = rows or Rows(case)
    return View(
        rows.documents,
        copies=rows.copies,
        marked=rows.marked,
        linked=(case.load(Hop), case.load(Origin)),
        across=(case.load(Entity), case.load(Claim)),
    )
