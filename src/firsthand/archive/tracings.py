"""Documents of an archive → copies and families: the stages of `trace` as a dataflow on Spark.

sketches   each part of the documents: views, digests, prints
keepers    one document for each sequence of words, numbered in order of rank
links      prints → pairs of texts; counted by block of texts; what crowds share
candidates each block: what its texts are compared with
matches    each block: compared, turned
copies     each block: decided; repeats; families
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import functions as fn

from firsthand import trace
from firsthand.archive import blocks, tasks
from firsthand.archive.families import parents_to_origins
from firsthand.archive.inputs import document_parts
from firsthand.archive.options import ArchiveOptions
from firsthand.archive.parts import Store, signature
from firsthand.steps import STEPS, Progress
from firsthand.trace import TraceOptions
from firsthand.trace.parents import RECURS

WORK = ("sketches", "keepers", "links", "crowds", "common", "candidates", "matches", "standing", "decided")
"""Tables that only the next stages read; under `work/`."""


def trace_archive(
    session: Any, out: Path, *, options: tuple[TraceOptions, ArchiveOptions], progress: Progress
) -> dict[str, int]:
    """Find who copied whom in an archive.

    Args:
        session: Of Spark.
        out: Folder of the archive.
        options: Of the verb and of archives.
        progress: Told what happens.
    Returns:
        How many documents, texts (documents of different words), copies and families there are.
    """
    return _Tracing(session, Store(out.resolve()), *options, progress).run()


class _Tracing:
    """One trace: the stages in order, each doing what its markers do not show as done."""

    def __init__(
        self, session: Any, store: Store, options: TraceOptions, archive: ArchiveOptions, progress: Progress
    ) -> None:
        self._session, self._store, self._options, self._archive = session, store, options, archive
        self._progress = progress
        self._documents = document_parts(store)
        self._total = 0
        self._blocks: list[str] = []

    def run(self) -> dict[str, int]:
        version = next(step.version for step in STEPS if step.name == "trace")
        base = signature("trace", version, _code(), asdict(self._options))
        sketched = {part: signature("sketches", base, documents) for part, (documents, _) in self._documents.items()}
        self._each("sketches", sketched, partial(tasks.sketch, store=self._store, options=self._options))
        keepers = signature("keepers", sorted(sketched.items()))
        self._once("keepers", keepers, self._keepers)
        facts = self._store.marker("keepers", "all") or {}
        self._total = sum(facts["rows"].values())
        self._blocks = [tasks.block_name(k) for k in range(-(-self._total // self._archive.block))]
        if not self._total:
            return {
                "documents": sum(rows for _, rows in self._documents.values()),
                "texts": 0,
                "copies": 0,
                "families": 0,
            }
        linked = self._signed("links", keepers)
        self._links(linked)
        common = signature("common", linked)
        self._once("common", common, self._common)
        chosen = self._signed("candidates", common)
        self._each("candidates", chosen, partial(tasks.choose, store=self._store, total=self._total))
        matched = self._signed("matches", common)
        self._matches(matched)
        standing = signature("standing", matched)
        self._once("standing", standing, self._standing)
        decided = self._signed("decided", standing)
        self._decide(decided)
        copied = signature("copies", decided)
        self._once("copies", copied, self._copies)
        done = self._store.marker("copies", "all") or {}
        return {
            "documents": sum(rows for _, rows in self._documents.values()),
            "texts": self._total,
            "copies": done["copies"],
            "families": done["families"],
        }

    def _signed(self, stage: str, before: str) -> dict[str, str]:
        return {part: signature(stage, before, self._archive.block, part) for part in self._blocks}

    # How stages run

    def _each(self, stage: str, signed: Mapping[str, str], task: Callable[[tuple[str, str]], None]) -> None:
        """A stage whose parts need nothing but their own files."""
        todo = self._store.todo(stage, signed)
        self._progress.start(stage, len(todo))
        if todo:
            work = [(part, signed[part]) for part in todo]
            self._session.sparkContext.parallelize(work, len(work)).foreach(task)
            self._progress.advance(stage, len(todo))
        self._store.keep(f"work/{stage}", signed)

    def _once(self, stage: str, signed: str, task: Callable[[], Mapping[str, Any]]) -> None:
        """A stage that is done as a whole: small tables only."""
        todo = self._store.todo(stage, {"all": signed})
        self._progress.start(stage, len(todo))
        if todo:
            self._store.mark_done(stage, "all", signed, task())
            self._progress.advance(stage, 1)

    def _blockwise(
        self, stage: str, signed: Mapping[str, str], rows: Callable[[list[int]], Any], task: Callable[..., Any]
    ) -> None:
        """A stage that brings the rows of each block together and writes the block's part.

        Args:
            stage: Its name.
            signed: Signature of each block.
            rows: Given the blocks still to do, a DataFrame with an int column `block`.
            task: From block, signature and the block's rows; also called for blocks without rows.
        """
        todo = self._store.todo(stage, signed)
        self._progress.start(stage, len(todo))
        if todo:
            work = {int(part[1:]): signed[part] for part in todo}
            write = partial(tasks.write_block, task=task, signed=work)
            gathered = rows(sorted(work)).repartitionById(len(self._blocks), fn.col("block"))
            written = {row.part for row in gathered.mapInArrow(write, tasks.TALLY).collect()}
            self._progress.advance(stage, len(written))
            for block in work.keys() - {int(part[1:]) for part in written}:
                task((block, work[block]), None)
        self._store.keep(f"work/{stage}", signed)

    def _table(self, name: str, parts: Iterable[str], schema: str | None = None) -> Any:
        paths = self._store.paths(name, parts)
        return (
            self._session.read.parquet(*paths) if schema is None else self._session.read.schema(schema).parquet(*paths)
        )

    # Stages

    def _keepers(self) -> Mapping[str, Any]:
        """Number the texts: order of rank, one document for each sequence of words."""
        self._store.drop("work/keepers")
        light = self._light()
        counts = light.groupBy("digest").count()
        several = light.join(counts.where("count > 1").select("digest"), "digest").select(
            "digest", "since", "size", "id", "view"
        )
        ordered = several.repartition("digest").sortWithinPartitions("digest", "since", fn.desc("size"), "id")
        chosen = ordered.mapInArrow(tasks.choose_keepers, "id string, digest long")
        single = light.join(counts.where("count = 1").select("digest"), "digest")
        keepers = single.select("id", "since", "size", "digest").unionByName(
            light.join(chosen.select("id"), "id").select("id", "since", "size", "digest")
        )
        ranked = keepers.orderBy("since", fn.desc("size"), "id").select("id", "digest")
        write = partial(tasks.write_ranked, store=self._store)
        rows = {row.part: row.rows for row in ranked.mapInArrow(write, tasks.TALLY).collect()}
        return {"rows": dict(sorted(rows.items()))}

    def _light(self) -> Any:
        """Documents with words enough to be traced; one of each id."""
        light = self._table("work/sketches", self._documents).drop("prints")
        return light.where(light.words >= self._options.sentence).dropDuplicates(["id"])

    def _numbered(self) -> Any:
        """Columns number, id, digest of the texts."""
        rows = (self._store.marker("keepers", "all") or {})["rows"]
        starts = np.concatenate([[0], np.cumsum(list(rows.values()))])[:-1].tolist()
        files = [f"{part}.parquet" for part in rows]
        at = fn.create_map([fn.lit(value) for pair in zip(files, starts, strict=True) for value in pair])
        kept = self._table("work/keepers", rows)
        number = at[fn.col("_metadata.file_name")] + fn.col("_metadata.row_index")
        return kept.select(number.alias("number"), "id", "digest")

    def _links(self, signed: Mapping[str, str]) -> None:
        total, archive = self._total, self._archive

        def rows(todo: list[int]) -> Any:
            prints = self._table("work/sketches", self._documents).select("id", "prints")
            numbered = self._numbered().select("number", "id").join(prints.dropDuplicates(["id"]), "id")
            postings = numbered.select("number", "prints").mapInArrow(
                partial(tasks.post, total=total), "key long, text long, prints int"
            )
            count = self._count_prints()
            spread = postings.repartition(max(2, -(-count // archive.postings)), "key")
            links = spread.mapInArrow(
                partial(tasks.tie, total=total, crowd=self._options.crowd),
                "late long, early long, shared long, crowd long, late_prints int, early_prints int",
            )
            return self._in_blocks(links, "late", todo)

        self._blockwise("links", signed, rows, partial(tasks.sum_links, store=self._store, total=total))
        self._store.keep("work/crowds", signed)

    def _count_prints(self) -> int:
        sketches = self._table("work/sketches", self._documents)
        return int(sketches.select(fn.sum(fn.length("prints"))).first()[0] or 0) // 8

    def _in_blocks(self, rows: Any, by: str, todo: list[int]) -> Any:
        block = fn.floor(fn.col(by) / fn.lit(self._archive.block)).cast("int")
        marked = rows.withColumn("block", block)
        return marked if len(todo) == len(self._blocks) else marked.where(fn.col("block").isin(todo))

    def _common(self) -> Mapping[str, Any]:
        """Which prints are boilerplate, by what all blocks say of their crowds."""
        self._store.drop("work/common")
        common = np.zeros(0, np.uint64)
        if self._blocks:
            crowds = self._table("work/crowds", self._blocks, "crowd long, members long, strangers long")
            sums = crowds.groupBy("crowd").agg(
                fn.sum("members").alias("members"), fn.sum("strangers").alias("strangers")
            )
            kept = sums.mapInArrow(tasks.common_keys, "key long").collect()
            common = np.sort(np.array([row.key for row in kept], np.int64).view(np.uint64))
        self._store.write("work/common", "all", pa.table({"key": common.view(np.int64)}))
        return {"rows": len(common)}

    def _matches(self, signed: Mapping[str, str]) -> None:
        total = self._total

        def rows(todo: list[int]) -> Any:
            chosen = self._in_blocks(self._table("work/candidates", self._blocks), "late", todo)
            needed = chosen.selectExpr("early as number", "block").union(chosen.selectExpr("late as number", "block"))
            documents = self._table("documents", self._documents).select("id", "text", "parts").dropDuplicates(["id"])
            views = self._table("work/sketches", self._documents).select("id", "view", "words").dropDuplicates(["id"])
            named = needed.distinct().join(self._numbered().select("number", "id"), "number")
            return named.join(views, "id").join(documents, "id")

        task = partial(tasks.match, store=self._store, total=total, options=self._options)
        self._blockwise("matches", signed, rows, task)

    def _standing(self) -> Mapping[str, Any]:
        """Passages of many documents that share nothing else: see Pages.standing."""
        self._store.drop("work/standing")
        if not self._blocks:
            return {"rows": 0}
        matches = self._table("work/matches", self._blocks)
        copied = matches.where("whole").select("doc").distinct()
        seen = matches.join(copied, "doc", "left_anti").select("doc", "of", fn.explode("short").alias("start"))
        often = seen.groupBy("of", "start").count().where(f"count >= {RECURS}").select("of", "start")
        hits = matches.select("doc", "of", fn.explode("starts").alias("start")).join(often, ["of", "start"])
        hits.write.parquet(str(self._store.root / "work/standing"))
        return {"rows": often.count()}

    def _decide(self, signed: Mapping[str, str]) -> None:
        def rows(todo: list[int]) -> Any:
            matches = self._table("work/matches", self._blocks)
            standing = self._session.read.schema("doc long, of long, start long").parquet(
                str(self._store.root / "work/standing")
            )
            both = matches.withColumn("start", fn.lit(None).cast("long")).unionByName(
                standing, allowMissingColumns=True
            )
            return self._in_blocks(both, "doc", todo)

        self._blockwise("decided", signed, rows, partial(tasks.decide, store=self._store, options=self._options))

    def _copies(self) -> Mapping[str, Any]:
        """The tables copies and families."""
        for table in ("copies", "families"):
            self._store.drop(table)
        numbered = self._numbered()
        decided = self._table("work/decided", self._blocks) if self._blocks else None
        cuts: list[int] = []
        families, count = None, 0
        if decided is not None:
            parents = decided.where("kind != 'excerpt'").select(
                fn.col("doc_text").alias("doc"), fn.col("of_text").alias("of")
            )
            origins, cuts = parents_to_origins(self._session, parents)
            origins = origins.where(~fn.col("doc").isin(cuts)) if cuts else origins
            names = numbered.select("number", "id")
            families = (
                origins.join(names.selectExpr("number as doc", "id as doc_id"), "doc")
                .join(names.selectExpr("number as origin", "id as origin_id"), "origin")
                .selectExpr("doc_id as doc", "origin_id as origin")
            )
        if self._blocks:
            task = partial(tasks.write_copies, store=self._store, cuts=frozenset(cuts))
            count = sum(self._session.sparkContext.parallelize(self._blocks, len(self._blocks)).map(task).collect())
        light = self._light()
        kept = light.join(numbered.select("id"), "id").selectExpr(
            "digest", "id as of_id", "view as of_view", "begin as of_begin", "`end` as of_end"
        )
        repeats = light.join(kept, "digest").where("id != of_id")
        write = partial(tasks.write_repeats, store=self._store, total=self._total, options=self._options)
        written = self._with_parents(repeats, decided, cuts).mapInArrow(write, tasks.TALLY)
        count += sum(row.rows for row in written.collect())
        again = repeats.select(fn.col("id").alias("doc"), fn.col("of_id").alias("text"))
        if families is not None:
            more = again.join(families.selectExpr("doc as text", "origin as found"), "text", "left")
            families = families.unionByName(more.selectExpr("doc", "coalesce(found, text) as origin"))
            families.mapInArrow(partial(tasks.write_families, store=self._store), tasks.TALLY).collect()
        roots = 0
        parts = sorted((self._store.root / "families").glob("*.parquet"))
        if parts:
            roots = self._session.read.parquet(*map(str, parts)).select("origin").distinct().count()
        return {"copies": count, "families": roots}

    def _with_parents(self, repeats: Any, decided: Any, cuts: list[int]) -> Any:
        """Repeats, with what the document that each repeats goes back to as a whole, if it does; texts only then."""
        whole = decided.where("kind != 'excerpt'")
        whole = whole.where(~fn.col("doc_text").isin(cuts)) if cuts else whole
        parents = whole.select("doc", fn.col("of").alias("parent_id"))
        documents = self._table("documents", self._documents).select("id", "text", "parts").dropDuplicates(["id"])
        light = self._light().select("id", "view", "words")
        named = repeats.join(parents.withColumnRenamed("doc", "of_id"), "of_id")
        again = named.join(documents, "id").join(
            light.join(documents, "id").selectExpr(
                "id as parent_id", "view as parent_view", "text as parent_text", "parts as parent_parts",
                "words as parent_words",
            ),
            "parent_id",
        )  # fmt: skip
        return repeats.join(again.drop(*[c for c in repeats.columns if c != "id"], "parent_id"), "id", "left")


def _code() -> str:
    """Sign the code whose results one stage keeps for the next: prints of two releases do not mix."""
    files = sorted([*Path(trace.__file__).parent.glob("*.py"), Path(blocks.__file__)])
    return signature(*(path.read_text(encoding="utf-8") for path in files))
