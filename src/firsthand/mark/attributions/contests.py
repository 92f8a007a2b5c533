"""Who says what somebody else denies, and two sources of one content: what verbs and places alone do not tie.

"The general rejected the Front's charges against his officers": the general denies, the Front accuses. "He added that
two groups came, according to autopsies": he says so, on the word of a document.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.core.records import Mention
from firsthand.core.spans import Range, overlaps
from firsthand.mark.attributions.cues import load_cues, load_heads
from firsthand.mark.attributions.phrases import Token, text_to_tokens, to_span
from firsthand.mark.attributions.relays import Draft
from firsthand.mark.attributions.sources import words_to_source

CONTESTING = frozenset(
    "reject rejects rejected rejecting deny denies denied denying dismiss dismisses dismissed disavow disavows "
    "disavowed refute refutes refuted repudiate repudiates repudiated dispute disputes disputed".split()
)
CONTESTED = frozenset(
    "charge charges accusation accusations allegation allegations claim claims version versions report reports rumor "
    "rumors rumour rumours statement statements assertion assertions interpretation interpretations story stories "
    "comment comments suggestion suggestions theory theories insinuation insinuations".split()
)
_LEADS = frozenset("that against of about blaming accusing implicating linking who which".split())
_DETERMINERS = frozenset("the a an any all some these those such his her their its".split())
LONGEST = 14
"""Words of a content within which the noun that is contested and its owner stand."""
SHARED = 0.8
"""Share of the longer of two contents from which they are one and the same."""
NEAR = 400
"""Code points between two cues that can share a content."""


def find_contested(text: str, drafts: Sequence[Draft], *, entities: Sequence[Mention]) -> list[Draft]:
    """Find who makes the claims that an attribution denies.

    Args:
        text: Of the document.
        drafts: All attributions so far.
        entities: People and bodies found in it.

    Returns:
        One more for each denial whose content names the claim and who makes it, or that it is made.
    """
    holding = {id(d.within) for d in drafts if d.within is not None}
    found = []
    for draft in drafts:
        words = {w.lower() for start, end in draft.cue for w in text[start:end].split()}
        if not words & CONTESTING or id(draft) in holding or not draft.content:
            continue
        start, end = draft.content[0]
        tokens = text_to_tokens(text, start, end)
        inner = _read(text, tokens, entities)
        if inner is not None:
            inner.within = draft
            found.append(inner)
    return found


def _read(text: str, tokens: Sequence[Token], entities: Sequence[Mention]) -> Draft | None:
    at = next((k for k, t in enumerate(tokens[:LONGEST]) if t.lower in CONTESTED), None)
    if at is None:
        return None
    noun = tokens[at]
    lead = next((k for k in range(at + 1, min(len(tokens), at + LONGEST)) if tokens[k].lower in _LEADS), None)
    if lead is None or lead + 2 >= len(tokens):
        return None
    by = next((k for k in range(at + 1, lead) if tokens[k].lower == "by"), None)
    start = next((k for k in range(at) if tokens[k].lower not in _DETERMINERS and tokens[k].text[0].isalnum()), at)
    verb = load_cues().get(tokens[lead + 1].lower)
    content: Range = (tokens[lead].start, tokens[-1].end)
    if by is not None and by + 1 < lead:
        owner = to_span(tokens, (by + 1, lead))
    elif start < at and _is_somebody(text, to_span(tokens, (start, at)), entities):
        owner = to_span(tokens, (start, at))
    elif tokens[lead].lower in ("that", "which") and verb is not None and verb.finite:
        # "the premature interpretations that claim …": nobody is named but the claim itself
        return Draft(
            source=[to_span(tokens, (start, at + 1))],
            cue=[(tokens[lead + 1].start, tokens[lead + 1].end)],
            content=[(tokens[lead + 2].start, tokens[-1].end)],
            reason=f"“{noun.text}” that somebody denies",
        )
    else:
        return None
    words = text[slice(*owner)]
    kept = words.rstrip(" ,").removesuffix("'S").removesuffix("'s").removesuffix("’s").rstrip("'’")
    cue = (noun.start, noun.end)
    return Draft(
        source=[(owner[0], owner[0] + len(kept))],
        cue=[cue],
        content=[content],
        reason=f"“{noun.text}” of somebody else, denied",
    )


def _is_somebody(text: str, span: Range, entities: Sequence[Mention]) -> bool:
    if any(m.kind in ("person", "organisation") and overlaps((m.span.start, m.span.end), span) for m in entities):
        return True
    source, heads = words_to_source(text, span), load_heads()
    return any(source.head in heads[kind] for kind in ("person", "body", "witness", "outlet"))


def tie_twins(text: str, drafts: Sequence[Draft]) -> None:
    """Put one of two attributions of the same words within the other: "he said that …, according to autopsies".

    Args:
        text: Of the document.
        drafts: All attributions so far; `within` is set on the inner one. A document or a witness is nearer to the
            event than whoever speaks of it; of two speakers the one behind "according to" relays.
    """
    ordered = sorted(
        (d for d in drafts if d.cue and d.source and d.content and d.within is None), key=lambda d: d.cue[0]
    )
    for k, draft in enumerate(ordered):
        if not _is_according(text, draft):
            continue
        for other in (*ordered[max(0, k - 2) : k], *ordered[k + 1 : k + 3]):
            same = not _is_according(text, other) and abs(other.cue[0][0] - draft.cue[0][0]) <= NEAR
            if same and other.within is None and draft.within is None and _shared(draft, other) >= SHARED:
                kind = words_to_source(text, draft.source[0]).kind
                inner, outer = (draft, other) if kind in ("document", "witness") else (other, draft)
                inner.within = outer
                inner.reason = "; ".join(filter(None, (inner.reason, "of the same words somebody else is the source")))
                break


def _is_according(text: str, draft: Draft) -> bool:
    return text[slice(*draft.cue[0])].lower().startswith("according")


def _shared(left: Draft, right: Draft) -> float:
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in left.content for c, d in right.content)
    return both / max(sum(b - a for a, b in left.content), sum(b - a for a, b in right.content))
