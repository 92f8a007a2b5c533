"""Judgements → clusters. People's outrank machines'. Nothing merges but by a judgement: every merge can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firsthand.core.ids import make_id
from firsthand.core.records import Judgement
from firsthand.core.unions import Unions


def entity_id(kind: str, members: Iterable[str]) -> str:
    """Id of the entity with these members: that of its first member, so that it survives most changes of the rest."""
    return make_id("entity", kind, min(members))


def judgements_to_clusters(kind: str, members: Sequence[str], judgements: Iterable[Judgement]) -> list[tuple[str, ...]]:
    """Gather members by judgements.

    Args:
        kind: The entities' kind; a judgement may name a member or the entity that the member alone is or leads.
        members: All ids to gather.
        judgements: Of this kind; withdrawn ones and verdicts `unsure` bind nobody.

    Returns:
        Clusters, each sorted, in order of their first member. People's verdicts hold, the latest of contradicting ones;
        a machine's `same` is passed over where it would join what a person has put apart.
    """
    sets = Unions(members)
    alias = {make_id("entity", kind, member): member for member in members}
    apart: dict[str, set[str]] = {}

    def join(left: str, right: str) -> None:
        if sets.root(right) in apart.get(sets.root(left), ()):
            return
        if (joined := sets.join(left, right)) is None:
            return
        kept, lost = joined
        for other in apart.pop(lost, ()):
            apart[other].discard(lost)
            apart[other].add(kept)
            apart.setdefault(kept, set()).add(other)

    def resolve(judgement: Judgement) -> tuple[str, str] | None:
        left, right = (alias.get(x, x) for x in (judgement.left, judgement.right))
        return (left, right) if left in sets and right in sets and left != right else None

    decided: dict[tuple[str, str], str] = {}
    machine: list[tuple[float, str, str]] = []
    live = [j for j in judgements if not j.withdrawn]
    for judgement in sorted(live, key=lambda j: (j.made or "", j.id)):
        pair = resolve(judgement)
        if pair is None:
            continue
        if judgement.by.startswith("person:"):
            decided[min(pair), max(pair)] = judgement.verdict
        elif judgement.verdict == "same":
            machine.append((-(judgement.score or 0.0), min(pair), max(pair)))
    for (left, right), verdict in decided.items():
        if verdict == "same":
            join(left, right)
    for (left, right), verdict in decided.items():
        a, b = sets.root(left), sets.root(right)
        if verdict in ("different", "unsure") and a != b:
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
    for _, left, right in sorted(machine):
        if decided.get((left, right)) not in ("different", "unsure"):
            join(left, right)
    return sets.clusters()


def make_judgement(kind: str, pair: tuple[str, str], *, verdict: str, score: float, reason: str) -> Judgement:
    """A machine's judgement of two ids, smaller id first."""
    left, right = min(pair), max(pair)
    return Judgement(
        id=make_id("judgement", kind, left, right, "link"), by=f"link.{kind}s@2", kind=kind,  # type: ignore[arg-type]
        left=left, right=right, verdict=verdict, score=round(score, 3), reason=reason,  # type: ignore[arg-type]
    )  # fmt: skip
