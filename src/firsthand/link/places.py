"""Which mentions of places are one place: those that the gazetteer gave one id."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from firsthand.core.records import Judgement, Mention
from firsthand.core.text import fold
from firsthand.link.clusters import make_judgement


def mentions_to_places(mentions: Sequence[Mention]) -> list[Judgement]:
    """Judge which place mentions name the same place.

    Args:
        mentions: Of any kind; places and facilities with words are used.

    Returns:
        One judgement between each mention and the next of the same gazetteer id; mentions not in the gazetteer are tied
        as `unsure` to the next of the same folded name.
    """
    known: dict[str, list[Mention]] = {}
    unknown: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.id):
        if mention.kind not in ("place", "facility"):
            continue
        if mention.value:
            known.setdefault(mention.value, []).append(mention)
        elif name := fold(str(mention.detail.get("name") or "")):
            unknown.setdefault(name, []).append(mention)
    found = [
        make_judgement("place", (a.id, b.id), verdict="same", score=0.95, reason=f"same gazetteer entry: {value}")
        for value, group in known.items()
        for a, b in pairwise(group)
    ]
    found.extend(
        make_judgement(
            "place", (a.id, b.id), verdict="unsure", score=0.5, reason=f"same name, not in the gazetteer: {name}"
        )
        for name, group in unknown.items()
        for a, b in pairwise(group)
    )
    return found
