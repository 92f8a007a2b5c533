"""Copies → families: where each chain of whole copies ends, over tables that no one process could hold.

Each step doubles how far every document has been followed, so a chain of a thousand copies of copies takes ten. Rings,
which undated texts can make, are cut at their earliest document, as `trace` cuts them.
"""

from __future__ import annotations

from typing import Any

from pyspark.sql import functions as fn


def parents_to_origins(session: Any, parents: Any) -> tuple[Any, list[int]]:
    """Follow parents to where they end.

    Args:
        session: Of Spark.
        parents: Columns doc, of: numbers in order of rank, each doc once.
    Returns:
        Columns doc, origin for each of these docs; and the docs that lose their parent because they are the earliest
        of a ring: they are their own origin.
    """
    # For all documents that lie on a chain: how far it was followed, and the earliest met on the way there.
    ends = parents.select(fn.col("of").alias("doc")).distinct().join(parents, "doc", "left_anti")
    state = parents.selectExpr("doc", "of as at", "least(doc, of) as first", "false as ended").unionByName(
        ends.selectExpr("doc", "doc as at", "doc as first", "true as ended")
    )
    state = _kept(state)
    before: tuple[int, ...] | None = None
    while True:
        step = state.selectExpr("doc as at", "at as further", "first as further_first", "ended as further_ended")
        state = _kept(
            state.join(step, "at").selectExpr(
                "doc", "further as at", "least(first, further_first) as first", "further_ended as ended"
            )
        )
        ring = state.where("not ended")
        # Depths leave no gaps: once a doubling ends no further chain, what has not ended leads to a ring; once the
        # places where these stand grow no fewer and no earlier one is met, all stand on their rings and went round.
        left, places, firsts = ring.selectExpr(
            "count(*)", "count(distinct at)", "coalesce(sum(cast(first as decimal(38, 0))), 0)"
        ).first()
        now = (left, places, int(firsts))
        if left == 0 or now == before:
            break
        before = now
    if left == 0:
        return state.selectExpr("doc", "at as origin").join(parents, "doc", "left_semi"), []
    # The earliest of a ring is the earliest that a document on the ring meets.
    on_ring = (
        ring.select(fn.col("at").alias("doc")).distinct().join(state, "doc").selectExpr("doc as at", "first as cut")
    )
    cuts = sorted(row[0] for row in on_ring.select("cut").distinct().collect())
    origins = state.join(on_ring, "at", "left").selectExpr("doc", "coalesce(cut, at) as origin")
    return origins.join(parents, "doc", "left_semi"), cuts


def _kept(state: Any) -> Any:
    """Compute a table now and forget how: the plan would double with every step."""
    return state.localCheckpoint(eager=True)
