"""Things that are one: a union-find, for clusters of judgements and for counting origins."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.core.records import Judgement


class Unions:
    """Disjoint sets of ids, each led by its smallest.

    >>> sets = Unions(["a", "b", "c"]); sets.join("c", "b")
    ('b', 'c')
    >>> sets.root("c"), sets.count()
    ('b', 2)
    """

    def __init__(self, items: Iterable[str]) -> None:
        """Every item alone."""
        self._parent = {item: item for item in items}

    def __contains__(self, item: object) -> bool:
        """Whether an item is known."""
        return item in self._parent

    def root(self, item: str) -> str:
        """The smallest id of the item's set."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, left: str, right: str) -> tuple[str, str] | None:
        """Make two sets one: the root that leads it now and the one that led the other, or None if they were one."""
        kept, lost = sorted((self.root(left), self.root(right)))
        if kept == lost:
            return None
        self._parent[lost] = kept
        return kept, lost

    def count(self) -> int:
        """How many sets there are."""
        return sum(item == parent for item, parent in self._parent.items())

    def clusters(self) -> list[tuple[str, ...]]:
        """All sets, each sorted, in order of their first member."""
        gathered: dict[str, list[str]] = {}
        for item in sorted(self._parent):
            gathered.setdefault(self.root(item), []).append(item)
        return sorted(tuple(cluster) for cluster in gathered.values())


def origins_range(origins: Iterable[str], judgements: Iterable[Judgement]) -> tuple[int, int]:
    """How many independent origins a set comes to.

    Args:
        origins: Origin ids.
        judgements: Of kind `origin`; a pair without one is independent.

    Returns:
        Fewest (pairs not established count as the same) and most (they count as independent).
    """
    chosen = sorted(set(origins))
    low, high = Unions(chosen), Unions(chosen)
    for judgement in judgements:
        if judgement.left in low and judgement.right in low and judgement.verdict != "different":
            low.join(judgement.left, judgement.right)
            if judgement.verdict == "same":
                high.join(judgement.left, judgement.right)
    return low.count(), high.count()
