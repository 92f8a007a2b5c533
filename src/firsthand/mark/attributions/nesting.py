"""Attributions inside attributions: who told the one who is said to have said it.

Two ways lead inwards. A content is read again by grammar, as if it were a sentence of its own (clauses.py). And the
words around an attribution may show a relay (relays.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.core.spans import contains
from firsthand.mark.attributions.clauses import has_cue, tokens_to_clauses
from firsthand.mark.attributions.cues import load_cues
from firsthand.mark.attributions.phrases import Token, text_to_tokens
from firsthand.mark.attributions.relays import Draft, find_relays

DEPTH = 3
"""Levels that are looked for inside an outermost attribution; four people deep is the deepest seen in print."""
_LONGEST = 4_000
"""Code points of a content that are read again; no statement in PolNeAR is as long."""
_SHORTEST = 3
"""Words below which a content cannot hold a source, a cue and a content."""


_NO_START = frozenset("and or but be been being ever to not it's its".split())
_NO_END = frozenset("and or but of in on by to at for with from the a an be".split())
"""Words at which no source begins or ends; with one there, a noun or verb was misread ("to stop and mentions")."""
_SUBJECTS = frozenset("i we he she they".split())
"""Words at which no longer source ends: a clause begins there ("proof on a group that we …")."""


def nest(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Find what is nested in a document's outermost attributions, and the relays around them.

    Args:
        text: of the document.
        drafts: outermost attributions, in order.

    Returns:
        All attributions; `within` ties them.
    """
    found = find_relays(text, drafts)
    outer = {id(d.within) for d in found if d.within is not None}
    frontier = [d for d in found if id(d) not in outer]
    for _ in range(DEPTH):
        inner = _inside(text, frontier)
        found += inner
        frontier = inner
        if not frontier:
            break
    return found


def _inside(text: str, frontier: Sequence[Draft]) -> list[Draft]:
    """Attributions that stand in the contents of others."""
    inner: list[Draft] = []
    for draft in frontier:
        for start, end in draft.content:
            tokens = text_to_tokens(text, start, min(end, start + _LONGEST))
            if len(tokens) > _SHORTEST and has_cue(tokens):
                inner += _outermost(_read(text, draft, tokens))
    return inner


def _read(text: str, outer: Draft, tokens: Sequence[Token]) -> list[Draft]:
    """What the grammar finds in a content."""
    found: list[Draft] = []
    for clause in tokens_to_clauses(tokens):
        source = [clause.source] if clause.source else []
        draft = Draft(source=source, cue=[clause.cue], content=[clause.content], within=outer)
        if _worth(text, draft):
            draft.reason = f"“{clause.cue_word}” with its subject inside the content"
            found.append(draft)
    return found


def _worth(text: str, draft: Draft) -> bool:
    """Whether an inner attribution tells more than its outer one: not "I think", not a single word."""
    source = text[slice(*draft.source[0])].lower().strip(" ,") if draft.source else ""
    cue = load_cues().get(text[slice(*draft.cue[0])].lower().split()[-1])
    words = source.split()
    if words and (words[0] in _NO_START or words[-1] in _NO_END or (len(words) > 1 and words[-1] in _SUBJECTS)):
        return False
    first_person = source in ("i", "we", "you", "me")
    if first_person and (cue is None or cue.kinds[0] in ("think", "act")):
        return False
    return sum(b - a for a, b in draft.content) > _SHORTEST


def _outermost(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what lies in another's content: the next round finds it there."""
    return [
        d
        for d in drafts
        if not any(
            other is not d and any(contains(c, d.cue[0]) for c in other.content) and not _holds(d, other)
            for other in drafts
        )
    ]


def _holds(outer: Draft, inner: Draft) -> bool:
    return any(contains(c, inner.cue[0]) for c in outer.content)
