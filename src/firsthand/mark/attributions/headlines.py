"""Headlines that name their source before a colon: "Minister: rebels hold six hostages"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from firsthand.core.spans import Range, trim
from firsthand.mark.attributions.cues import load_heads
from firsthand.mark.attributions.relays import Draft
from firsthand.mark.attributions.sources import words_to_source

_LONGEST_HEADLINE = 160
_LONGEST_SPEAKER = 50
_SHORTEST_HEADLINE = 3


def find_colons(text: str, *, paragraphs: Sequence[Range], drafts: Sequence[Draft]) -> list[Draft]:
    """Read headlines that name their source before a colon: "Minister: rebels hold six hostages".

    Args:
        text: of the document.
        paragraphs: in order.
        drafts: outermost attributions, in order of their cues.

    Returns:
        The drafts with those of such headlines in the place of what was found in them, to be found again as nested.
    """
    found: list[Draft] = []
    headlines = [h for span in paragraphs if (h := _headline(text, span)) is not None]
    for source, colon, content in headlines:
        found.append(Draft(source=[source], cue=[colon], content=[content], reason="the source before a colon"))
    starts = [source[0] for source, _, _ in headlines]

    def in_headline(draft: Draft) -> bool:
        k = bisect_right(starts, draft.cue[0][0]) - 1 if draft.cue else -1
        return k >= 0 and draft.cue[0][1] <= headlines[k][2][1]

    return [*found, *(d for d in drafts if not in_headline(d))]


def _headline(text: str, span: Range) -> tuple[Range, Range, Range] | None:
    start, end = trim(text, span)
    if not 0 < end - start <= _LONGEST_HEADLINE or text[start].islower():
        return None
    end -= text[end - 1 : end] == "."
    at = text.find(": ", start, min(start + _LONGEST_SPEAKER, end))
    if at < 0 or any(mark in text[start:end] for mark in (". ", "? ", "; ")):
        return None
    content = trim(text, (at + 1, end))
    if len(text[slice(*content)].split()) < _SHORTEST_HEADLINE or not _speaks(text, (start, at)):
        return None
    return (start, at), (at, at + 1), content


def _speaks(text: str, span: Range) -> bool:
    """Whether the words before a colon are somebody, not a label ("Update", "Fact check")."""
    source, heads = words_to_source(text, span), load_heads()
    if source.head in heads["document"]:
        return source.head in ("report", "reports", "poll", "study", "survey", "memo", "indictment", "documents")
    return any(source.head in heads[kind] for kind in ("person", "witness", "body", "outlet", "outlet-name"))
