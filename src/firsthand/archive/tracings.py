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
from firsthand.archive import tasks
from firsthand.archive.families import parents_to_origins
from firsthand.archive.inputs import document_parts
from firsthand.archive.options import ArchiveOptions
from firsthand.archive.parts import Store, signature, told
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
        self._total, self._repeated = 0, True
        self._blocks: list[str] = []

    def run(self) -> dict[str, int]:
        count = sum(rows for _, rows in self._documents.values())
        base = signature("trace", _code(), asdict(self._options))
        sketched = {part: signature("sketches", base, documents) for part, (documents, _) in self._documents.items()}
        self._each("sketches", sketched, partial(tasks.sketch, store=self._store, options=self._options))
        keepers = signature("keepers", sorted(sketched.items()))
        self._once("keepers", keepers, self._keepers)
        facts = self._store.marker("keepers", "all") or {}
        self._total, self._repeated = sum(facts["rows"].values()), facts["repeated"]
        self._blocks = [tasks.block_name(k) for k in range(-(-self._total // self._archive.block))]
        done = self._compare(keepers) if self._total else self._nothing()
        return {"documents": count, "texts": self._total, "copies": done["copies"], "families": done["families"]}

    def _compare(self, keepers: str) -> Mapping[str, Any]:
        """The stages that come after the texts were numbered."""
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
        self._once("copies", signature("copies", decided), self._copies)
        return self._store.marker("copies", "all") or {}

    def _nothing(self) -> Mapping[str, Any]:
        """There is no text to compare, though there may have been."""
        self._store.forget("copies")
        for table in ("copies", "families"):
            self._store.drop(table)
        return {"copies": 0, "families": 0}

    def _signed(self, stage: str, before: str) -> dict[str, str]:
        return {part: signature(stage, before, self._archive.block, part) for part in self._blocks}

    # How stages run

    def _each(self, stage: str, signed: Mapping[str, str], task: Callable[[tuple[str, str]], None]) -> None:
        """A stage whose parts need nothing but their own files."""
        todo = self._store.todo(stage, signed)
        with told(self._store, stage, todo, self._progress):
            if todo:
                work = [(part, signed[part]) for part in todo]
                self._session.sparkContext.parallelize(work, len(work)).foreach(task)
        self._store.keep(f"work/{stage}", signed)

    def _once(self, stage: str, signed: str, task: Callable[[], Mapping[str, Any]]) -> None:
        """A stage that is done as a whole: small tables only."""
        todo = self._store.todo(stage, {"all": signed})
        with told(self._store, stage, todo, self._progress):
            if todo:
                self._store.mark_done(stage, "all", signed, task())

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
        with told(self._store, stage, todo, self._progress):
            if todo:
                work = {int(part[1:]): signed[part] for part in todo}
                write = partial(tasks.write_block, task=task, signed=work)
                gathered = rows(sorted(work)).repartitionById(len(self._blocks), fn.col("block"))
                written = {row.part for row in gathered.mapInArrow(write, tasks.TALLY).collect()}
                for block in work.keys() - {int(part[1:]) for part in written}:
                    task((block, work[block]), None)
        self._store.keep(f"work/{stage}", signed)

    def _table(self, name: str, parts: Iterable[str]) -> Any:
        return self._session.read.parquet(*self._store.paths(name, parts))

    # Stages

    def _keepers(self) -> Mapping[str, Any]:
        """Number the texts: order of rank, one document for each sequence of words."""
        self._store.drop("work/keepers")
        if not self._documents:
            return {"rows": {}, "repeated": False}
        names = self._table("work/sketches", self._documents).groupBy("id").count()
        self._repeated = bool(names.where("count > 1").take(1))
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
        return {"rows": dict(sorted(rows.items())), "repeated": self._repeated}

    def _light(self) -> Any:
        """Documents with words enough to be traced; one of each id."""
        light = self._table("work/sketches", self._documents).drop("prints")
        return self._each_once(light.where(light.words >= self._options.sentence))

    def _each_once(self, rows: Any) -> Any:
        """One row of each id. Dropping others sorts all that the rows hold, texts too: only if there are any."""
        return rows.dropDuplicates(["id"]) if self._repeated else rows

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
            prints = self._each_once(self._table("work/sketches", self._documents).select("id", "prints"))
            numbered = self._numbered().select("number", "id").join(prints, "id")
            buckets = max(2, -(-self._count_prints() // archive.postings))
            postings = numbered.select("number", "prints").mapInArrow(
                partial(tasks.post, total=total, buckets=buckets), tasks.PACKED
            )
            return postings.repartitionById(buckets, fn.col("block")).mapInArrow(
                partial(tasks.tie, total=total, crowd=self._options.crowd, block=archive.block, todo=frozenset(todo)),
                tasks.PACKED,
            )

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
        crowds = self._table("work/crowds", self._blocks)
        sums = crowds.groupBy("crowd").agg(fn.sum("members").alias("members"), fn.sum("strangers").alias("strangers"))
        kept = sums.mapInArrow(tasks.common_keys, "key long").collect()
        common = np.sort(np.array([row.key for row in kept], np.int64).view(np.uint64))
        self._store.write("work/common", "all", pa.table({"key": common.view(np.int64)}))
        return {"rows": len(common)}

    def _matches(self, signed: Mapping[str, str]) -> None:
        total = self._total

        def rows(todo: list[int]) -> Any:
            chosen = self._in_blocks(self._table("work/candidates", self._blocks), "late", todo)
            needed = chosen.selectExpr("early as number", "block").union(chosen.selectExpr("late as number", "block"))
            documents = self._each_once(self._table("documents", self._documents).select("id", "text", "parts"))
            views = self._each_once(self._table("work/sketches", self._documents).select("id", "view", "words"))
            named = needed.distinct().join(self._numbered().select("number", "id"), "number")
            return named.join(views, "id").join(documents, "id")

        task = partial(tasks.match, store=self._store, total=total, options=self._options)
        self._blockwise("matches", signed, rows, task)

    def _standing(self) -> Mapping[str, Any]:
        """Passages of many documents that share nothing else: see Pages.standing."""
        self._store.drop("work/standing")
        matches = self._table("work/matches", self._blocks)
        copied = matches.where("whole").select("doc").distinct()
        seen = matches.join(copied, "doc", "left_anti").select("doc", "of", fn.explode("short").alias("start"))
        often = seen.groupBy("of", "start").count().where(f"count >= {RECURS}").select("of", "start")
        hits = matches.select("doc", "of", fn.explode("starts").alias("start")).join(often, ["of", "start"])
        hits.write.parquet(str(self._store.root / "work/standing"))
        return {}

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
        whole = self._table("work/decided", self._blocks).where("kind != 'excerpt'")
        origins, cuts = parents_to_origins(self._session, whole.selectExpr("doc_text as doc", "of_text as of"))
        origins = origins.where(~fn.col("doc").isin(cuts)) if cuts else origins
        families = (
            origins.join(numbered.selectExpr("number as doc", "id as doc_id"), "doc")
            .join(numbered.selectExpr("number as origin", "id as origin_id"), "origin")
            .selectExpr("doc_id as doc", "origin_id as origin")
        )
        task = partial(tasks.write_copies, store=self._store, cuts=frozenset(cuts))
        count = sum(self._session.sparkContext.parallelize(self._blocks, len(self._blocks)).map(task).collect())
        # Which repeat which, first: most documents repeat none, and their views need not be moved.
        pairs = self._light().select("id", "digest").join(numbered.selectExpr("id as of_id", "digest"), "digest")
        pairs = pairs.where("id != of_id").select("id", "of_id").localCheckpoint(eager=True)
        parents = whole.where(~fn.col("doc_text").isin(cuts)) if cuts else whole
        repeats = self._repeats(pairs, parents.selectExpr("doc as of_id", "of as parent_id"))
        write = partial(tasks.write_repeats, store=self._store, total=self._total, options=self._options)
        count += sum(row.rows for row in repeats.mapInArrow(write, tasks.TALLY).collect())
        again = pairs.selectExpr("id as doc", "of_id as text")
        more = again.join(families.selectExpr("doc as text", "origin as found"), "text", "left")
        families = families.unionByName(more.selectExpr("doc", "coalesce(found, text) as origin"))
        families.mapInArrow(partial(tasks.write_families, store=self._store), tasks.TALLY).collect()
        roots = 0
        parts = sorted((self._store.root / "families").glob("*.parquet"))
        if parts:
            roots = self._session.read.parquet(*map(str, parts)).select("origin").distinct().count()
        return {"copies": count, "families": roots}

    def _repeats(self, pairs: Any, parents: Any) -> Any:
        """What the copies of repeats are made from; texts only where the document repeated goes back to another."""
        light, documents = self._light(), self._table("documents", self._documents).select("id", "text", "parts")
        of = light.selectExpr("id as of_id", "view as of_view", "begin as of_begin", "`end` as of_end")
        further = pairs.join(parents, "of_id").select("id", "parent_id")
        wanted = further.select("id").union(further.select("parent_id")).distinct()
        texts = wanted.join(self._each_once(documents), "id").join(light.select("id", "view", "words"), "id")
        texts = texts.localCheckpoint(eager=True)
        parent = texts.selectExpr(
            "id as parent_id", *(f"{c} as parent_{c}" for c in ("view", "text", "parts", "words"))
        )
        again = further.join(texts.select("id", "text", "parts"), "id").join(parent, "parent_id").drop("parent_id")
        return pairs.join(light, "id").join(of, "of_id").join(again, "id", "left")


def _code() -> str:
    """Sign what one stage keeps for the next: sketches of two releases do not mix."""
    versions = [step.version for step in STEPS if step.name in ("mark", "trace")]  # credits are mark's
    here = [Path(__file__).with_name(f"{name}.py") for name in ("blocks", "tables", "tasks")]
    files = sorted([*Path(trace.__file__).parent.glob("*.py"), *here])
    return signature(versions, *(path.read_text(encoding="utf-8") for path in files))
