"""Attributions inside attributions: who told the one who is said to have said it.

Two ways lead inwards. A content is read again as if it were a sentence of its own, by the encoder if it is passed in
and by grammar (clauses.py) in any case. And the words around an attribution may show a relay (relays.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from firsthand.core.spans import Range, contains, overlaps
from firsthand.mark.attributions.clauses import has_cue, tokens_to_clauses
from firsthand.mark.attributions.cues import load_cues
from firsthand.mark.attributions.phrases import Token, text_to_tokens
from firsthand.mark.attributions.relays import Draft, find_relays

DEPTH = 3
"""Levels that are looked for inside an outermost attribution; four people deep is the deepest seen in print."""
_VAGUE = frozenset("continue repeat support show read mention cover project show express discuss".split())
_LONGEST = 4_000
"""Code points of a content that are read again; no statement in PolNeAR is as long."""
_SHORTEST = 3
"""Words below which a content cannot hold a source, a cue and a content."""
Read = Callable[[Sequence[str]], Sequence[Sequence[Draft]]]
"""Texts → the attributions that the encoder finds in each."""


def nest(text: str, drafts: Sequence[Draft], *, read: Read | None = None) -> list[Draft]:
    """Find what is nested in a document's outermost attributions, and the relays around them.

    Args:
        text: of the document.
        drafts: outermost attributions, in order.
        read: the encoder's reading of other texts, or None.

    Returns:
        All attributions; `within` ties them.
    """
    found = find_relays(text, drafts)
    outer = {id(d.within) for d in found if d.within is not None}
    frontier = [d for d in found if id(d) not in outer]
    for _ in range(DEPTH):
        inner = _inside(text, frontier, read)
        found += inner
        frontier = inner
        if not frontier:
            break
    return found


def _inside(text: str, frontier: Sequence[Draft], read: Read | None) -> list[Draft]:
    """Attributions that stand in the contents of others."""
    pieces: list[tuple[Draft, Range, list[Token]]] = []
    for draft in frontier:
        for piece in draft.content:
            piece = piece[0], min(piece[1], piece[0] + _LONGEST)
            tokens = text_to_tokens(text, *piece)
            if len(tokens) > _SHORTEST and has_cue(tokens):
                pieces.append((draft, piece, tokens))
    readings: Sequence[Sequence[Draft]] = [()] * len(pieces)
    if read is not None and pieces:
        openings = [_opening(tokens) for _, _, tokens in pieces]
        texts = [_as_sentence(text, at, piece[1]) for at, (_, piece, _) in zip(openings, pieces, strict=True)]
        readings = [[_moved(d, at) for d in reading] for at, reading in zip(openings, read(texts), strict=True)]
    inner: list[Draft] = []
    for (outer, piece, tokens), reading in zip(pieces, readings, strict=True):
        inner += _outermost(_choose(text, outer, piece, tokens, reading))
    return inner


def _opening(tokens: Sequence[Token]) -> int:
    """Where a content begins when read as a sentence: after its quotation marks and its "that"."""
    k = 0
    while k < len(tokens) - 1 and (not tokens[k].text[0].isalnum() or tokens[k].lower == "that"):
        k += 1
    return tokens[k].start


def _as_sentence(text: str, start: int, end: int) -> str:
    first = text[start].upper()
    body = (first if len(first) == 1 else text[start]) + text[start + 1 : end]
    return body if body[-1:] in '.?!”"' else body + "."


def _moved(draft: Draft, by: int) -> Draft:
    def move(ranges: list[Range]) -> list[Range]:
        return [(a + by, b + by) for a, b in ranges]

    return Draft(source=move(draft.source), cue=move(draft.cue), content=move(draft.content))


def _choose(text: str, outer: Draft, piece: Range, tokens: Sequence[Token], reading: Sequence[Draft]) -> list[Draft]:
    """Join what the encoder and what the grammar found in one content."""
    chosen: list[Draft] = []
    for clause in tokens_to_clauses(tokens):
        source = [clause.source] if clause.source else []
        draft = Draft(source=source, cue=[clause.cue], content=[clause.content], within=outer)
        if _worth(text, draft):
            draft.reason = f"“{clause.cue_word}” with its subject inside the content"
            chosen.append(draft)
    for draft in reading:
        clipped = [
            [(max(a, piece[0]), min(b, piece[1])) for a, b in ranges if a < piece[1] and b > piece[0]]
            for ranges in (draft.source, draft.cue, draft.content)
        ]
        draft = Draft(source=clipped[0], cue=clipped[1], content=clipped[2], within=outer)
        known = any(overlaps(c, k) for c in draft.cue for d in chosen for k in (*d.cue, *d.source))
        if draft.source and draft.content and not known and _says(text, draft) and _worth(text, draft):
            draft.reason = "read again inside the content"
            chosen.append(draft)
    return chosen


def _says(text: str, draft: Draft) -> bool:
    """Whether the cue has a word of the lexicon: read out of their place, other words are taken for cues too often."""
    words = [word for span in draft.cue for word in text[slice(*span)].lower().split()]
    return any(word in load_cues() and load_cues()[word].base not in _VAGUE for word in words)


def _worth(text: str, draft: Draft) -> bool:
    """Whether an inner attribution tells more than its outer one: not "I think", not a single word."""
    source = text[slice(*draft.source[0])].lower().strip(" ,") if draft.source else ""
    cue = load_cues().get(text[slice(*draft.cue[0])].lower().split()[-1])
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
