"""Documents of an archive → mentions, attributions, statements: `mark`, part by part, the net loaded once a worker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from firsthand.archive.inputs import document_parts
from firsthand.archive.parts import Store, signature, told
from firsthand.archive.tables import records_to_table, table_to_records
from firsthand.core.records import Attribution, Document, Finding, Mention, Record, Statement
from firsthand.encoder import Encoder, model_digest
from firsthand.gazetteers import open_gazetteer
from firsthand.steps import STEPS, Progress, mark_one
from firsthand.steps.guards import marked

TABLES: dict[str, type[Record]] = {"mentions": Mention, "attributions": Attribution, "statements": Statement}


def mark_archive(session: Any, out: Path, *, gazetteers: Sequence[Path] = (), progress: Progress) -> int:
    """Mark up all documents of an archive.

    Args:
        session: Of Spark.
        out: Folder of the archive.
        gazetteers: The users' own places, strongest first; every worker must see these files.
        progress: Told what happens.
    Returns:
        How many parts were marked now; those done before from the same documents, net and places are left.
    """
    store = Store(out.resolve())
    files = tuple(path.resolve() for path in gazetteers)
    with open_gazetteer(files) as gazetteer:
        places = gazetteer.identity
    version = next(step.version for step in STEPS if step.name == "mark")
    nets = model_digest()
    signed = {
        part: signature("mark", version, nets, places, documents)
        for part, (documents, _) in document_parts(store).items()
    }
    todo = store.todo("mark", signed)
    task = partial(_mark_part, store=store, gazetteers=files)
    with told(store, "mark", todo, progress):
        if todo:
            work = [(part, signed[part]) for part in todo]
            session.sparkContext.parallelize(work, len(work)).foreach(task)
    for table in TABLES:
        store.keep(table, signed)
    return len(todo)


@cache
def _encoder() -> Encoder:
    """One net a process; Spark runs as many processes as a machine has cores, so one thread each."""
    return Encoder.load(threads=1)


def _mark_part(item: tuple[str, str], *, store: Store, gazetteers: Sequence[Path]) -> None:
    part, signed = item
    documents = list(table_to_records(Document, store.read("documents", part)))
    kept: dict[str, list[Record]] = {table: [] for table in (*TABLES, "findings")}
    with open_gazetteer(gazetteers) as gazetteer:
        for _, markup in marked(documents, reader=_encoder(), mark=partial(mark_one, gazetteer)):
            if isinstance(markup, Finding):
                kept["findings"].append(markup)
                continue
            for table, records in kept.items():
                records += getattr(markup, table)
    for table, kind in TABLES.items():
        store.write(table, part, records_to_table(kind, kept[table]))
    store.write("findings", f"mark-{part}", records_to_table(Finding, kept["findings"]))
    store.mark_done("mark", part, signed)
