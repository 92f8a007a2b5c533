"""Relays: the words around an attribution that show through whom it reached the publisher.

"Told the Herald", "quoted by Velta", "citing two officers", "a report from pilots", "carried claims by prisoners". The
relay's attribution is the outer one, for the publisher read the relay; the inner one's source is nearer to the event.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.spans import Range, contains, overlaps, trim
from firsthand.mark.attributions.clauses import tokens_to_clauses
from firsthand.mark.attributions.cues import load_cues, load_heads
from firsthand.mark.attributions.phrases import Token, is_agent, phrase_after, subject_before, text_to_tokens
from firsthand.mark.attributions.sources import words_to_source

_AROUND = 400
"""Code points on either side of an attribution in which its sentence must end."""
_CITING = frozenset("citing quoting cited quoted cites quotes attributed attributing credited".split())
_QUOTING = frozenset("quoted quotes quoting cited cites citing quote".split())
_CARRYING = frozenset(
    "carried repeated published aired broadcast printed relayed reported spread ran echoed dismissed rejected "
    "denied cited quoted".split()
)
_REPORT_FROM = re.compile(r"\b(report|dispatch|despatch|story|account|bulletin)s?\s+(from|by)\s+[“\"]?", re.IGNORECASE)
_BEFORE_REPORT = 60
_MOST_NEAR = 60
_CONTRADICTING = frozenset("dismissed rejected denied".split())
"""Of _CARRYING, those that are about the claim and not about what it claims."""
_SENTENCE_ENDS = (". ", "! ", "? ", "\n\n", ".”", ".\n")


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution before it has an id: ranges of code points."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    within: Draft | None = None
    reason: str | None = None


def find_relays(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Tie each attribution to the relay that its sentence names, or to the source that it cites.

    Args:
        text: of the document.
        drafts: outermost attributions, in order; their spans may be cut where a relay is split from its source.

    Returns:
        All attributions; those that a relay makes superfluous are left out.
    """
    found: list[Draft] = []
    gone: set[int] = set()
    outer = {id(draft.within) for draft in drafts if draft.within is not None}
    ordered = sorted((d for d in drafts if d.cue), key=lambda d: d.cue[0])
    starts = [d.cue[0][0] for d in ordered]

    def near(draft: Draft) -> list[Draft]:
        at = draft.cue[0][0]
        return ordered[bisect_left(starts, at - 2 * _AROUND) : bisect_left(starts, at + 2 * _AROUND)]

    for draft in drafts:
        if id(draft) in gone or not draft.cue or draft.within is not None or id(draft) in outer:
            found.append(draft)
            continue
        tokens = _sentence(text, draft)
        found += (
            _quoted_as(text, draft, tokens)
            or _quoted_by(text, draft, tokens)
            or _citing(text, draft, tokens, near(draft), gone)
            or _told(text, draft, tokens)
            or _noun(text, draft, tokens)
            or [draft]
        )
    return [d for d in found if id(d) not in gone]


def find_reports(text: str, *, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "a Lantern report from harbour pilots that the strait was closed", which has no verb to be found by.

    Args:
        text: of the document.
        drafts: outermost attributions; contents that belong to such a report are taken from them.

    Returns:
        The drafts, and two for each report, the giver's within the carrier's.
    """
    found: list[Draft] = []
    pieces = sorted(((c[0], k) for k, d in enumerate(drafts) for c in (*d.content, *d.source)))

    def near(start: int, end: int) -> list[Draft]:
        first, last = bisect_left(pieces, (start - 4 * _AROUND, 0)), bisect_left(pieces, (end, 0))
        return [drafts[k] for k in sorted({k for _, k in pieces[max(first, last - _MOST_NEAR) : last]})]

    for match in _REPORT_FROM.finditer(text):
        before = text_to_tokens(text, max(0, match.start() - _BEFORE_REPORT), match.start())
        after = text_to_tokens(text, match.end(), min(len(text), match.end() + _AROUND))
        giver = phrase_after(after, 0, len(after))
        if giver is None or giver[1] >= len(after) or after[giver[1]].lower != "that":
            continue
        opened = text[match.end() - 1]
        start = match.end() - (opened in '“"')
        begin = start if start < match.end() else after[giver[1]].start
        close = text.find({"“": "”"}.get(opened, opened), match.end(), match.end() + _AROUND) if opened in '“"' else -1
        stops = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, match.end(), match.end() + _AROUND)) >= 0]
        end = close + 1 if close >= 0 else min(stops, default=after[-1].end)
        beside = near(match.start(), match.end() + _AROUND)
        overlapping = [c for d in beside for c in d.content if after[giver[1]].start < c[1] and c[0] < end]
        if close < 0 and overlapping:
            end = min(end, max(b for _, b in overlapping)) if min(a for a, _ in overlapping) >= match.start() else end
        first = len(before)
        while first and (before[first - 1].text[0].isupper() or before[first - 1].lower in ("a", "the", "an")):
            first -= 1
        carrier = [_span(before, (first, len(before)))] if first < len(before) else []
        giver_span = _span(after, giver)
        if not _is_source(text, giver_span):
            continue
        reason = f"“{text[slice(*match.span(1))]} {text[slice(*match.span(2))]}”"
        content = trim(text, (after[giver[1]].start, end))
        outer = Draft(source=carrier, cue=[match.span(1)], content=[content], reason=reason)
        inner = Draft(source=[giver_span], cue=[match.span(2)], content=[content], within=outer, reason=reason)
        for draft in beside:
            whole = (match.start(), max(end, begin))
            draft.content = [
                c for c in draft.content if not (contains(whole, c) or (overlaps(c, content) and c[0] >= begin))
            ]
            draft.source = [s for s in draft.source if not overlaps(s, whole)]
        found += [outer, inner]
    return [*(d for d in drafts if d.content), *found]


def _sentence(text: str, draft: Draft) -> list[Token]:
    """The words of the sentence or sentences that an attribution stands in."""
    heads = draft.source + draft.cue
    start, end = min(a for a, _ in heads), max(b for _, b in heads)
    near = [c for c in draft.content if c[0] <= end + _AROUND and c[1] >= start - _AROUND]
    start = min([start, *(max(a, start - _AROUND) for a, _ in near)])
    end = max([end, *(min(b, end + _AROUND) for _, b in near)])
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = max(
        (text.rfind(mark, low, start) + len(mark) for mark in _SENTENCE_ENDS if mark in text[low:start]), default=low
    )
    after = min((at for mark in _SENTENCE_ENDS if (at := text.find(mark, end, high)) >= 0), default=high)
    return text_to_tokens(text, before, after)


def _index(tokens: Sequence[Token], at: int) -> int:
    return next((k for k, t in enumerate(tokens) if t.start >= at), len(tokens))


def _span(tokens: Sequence[Token], indices: tuple[int, int]) -> Range:
    return tokens[indices[0]].start, tokens[indices[1] - 1].end


def _in_content(draft: Draft, token: Token) -> bool:
    return any(a <= token.start < b for a, b in draft.content)


def _is_source(text: str, span: Range) -> bool:
    source = words_to_source(text, span)
    named = source.name is not None and source.head in source.name.lower().split()
    return named or is_agent(source.head) or any(source.head in words for words in load_heads().values())


def _is_outlet(text: str, span: Range) -> bool:
    kind = words_to_source(text, span).kind
    names = load_heads()["outlet"]
    return kind == "outlet" or (
        kind == "named body" and any(t.lower.removesuffix("'s") in names for t in text_to_tokens(text, *span))
    )


def _trimmed(draft: Draft, tokens: Sequence[Token], cut: int) -> None:
    """End the source before the relative clause that begins at token `cut`."""
    k = cut
    while k > 0 and (not tokens[k - 1].text[0].isalnum() or tokens[k - 1].lower in ("which", "who")):
        k -= 1
    end = tokens[k - 1].end if k else 0
    draft.source = [(a, min(b, end)) for a, b in draft.source if a < end] or draft.source


def _quoted_as(text: str, draft: Draft, tokens: Sequence[Token]) -> list[Draft]:
    """Find "The Kessel Times quoted a director as saying that"."""
    for i, token in enumerate(tokens):
        if token.lower not in _QUOTING:
            continue
        for j in range(i + 2, min(i + 16, len(tokens) - 1)):
            if tokens[j].lower == "as" and tokens[j + 1].lower.endswith("ing"):
                break
        else:
            continue
        phrase, subject = (i + 1, j), subject_before(tokens, i, 0)
        contents = [c for c in draft.content if c[1] > tokens[j + 1].end]
        mine = any(overlaps(_span(tokens, (i, j + 2)), r) for r in draft.cue + draft.source)
        if not mine or not contents or subject is None:
            continue
        whole = [(max(a, tokens[j + 1].end), b) for a, b in contents]
        whole[0] = (_next_start(tokens, whole[0][0]), whole[0][1])
        outer = Draft(
            source=[_span(tokens, subject)],
            cue=[(token.start, token.end)],
            content=[(tokens[i + 1].start, whole[0][1]), *whole[1:]],
            reason=f"“{token.text} … as {tokens[j + 1].text}”",
        )
        inner = Draft(
            source=[_span(tokens, phrase)],
            cue=[(tokens[j + 1].start, tokens[j + 1].end)],
            content=whole,
            within=outer,
            reason=outer.reason,
        )
        return [outer, inner]
    return []


def _next_start(tokens: Sequence[Token], at: int) -> int:
    return next((t.start for t in tokens if t.start >= at), at)


def _quoted_by(text: str, draft: Draft, tokens: Sequence[Token]) -> list[Draft]:
    """Find "police sources quoted by the agency Tassel said"."""
    for i in range(1, len(tokens) - 2):
        if tokens[i].lower not in ("quoted", "cited", "interviewed") or tokens[i + 1].lower != "by":
            continue
        phrase = phrase_after(tokens, i + 2, len(tokens))
        if phrase is None or _in_content(draft, tokens[i]) or not _is_source(text, _span(tokens, phrase)):
            continue
        subject = subject_before(tokens, i - (tokens[i - 1].text == ","), 0)
        reason = f"“{tokens[i].text} by”"
        if any(overlaps(_span(tokens, (i, phrase[1])), s) for s in draft.source):
            _trimmed(draft, tokens, i)
        if subject and (not draft.source or any(overlaps(s, _span(tokens, phrase)) for s in draft.source)):
            draft.source = [_span(tokens, subject)]
        outer = Draft(
            source=[_span(tokens, phrase)],
            cue=[_span(tokens, (i, i + 2))],
            content=list(draft.content),
            reason=reason,
        )
        draft.within, draft.reason = outer, reason
        if any(overlaps(c, outer.cue[0]) for c in draft.cue) and len(draft.cue) == 1:
            verb = next((t for t in tokens[phrase[1] :] if t.lower in load_cues() and not _in_content(draft, t)), None)
            draft.cue = [(verb.start, verb.end)] if verb else draft.cue
        return [outer, draft]
    return []


def _citing(text: str, draft: Draft, tokens: Sequence[Token], drafts: Sequence[Draft], gone: set[int]) -> list[Draft]:
    """Find "according to the Courier, which cited two officers"."""
    for i, token in enumerate(tokens):
        if token.lower not in _CITING or _in_content(draft, token) or i + 1 >= len(tokens):
            continue
        if any(overlaps((token.start, token.end), c) for c in draft.cue):
            continue
        before = tokens[i - 1].lower if i else ","
        participle = token.lower.endswith("ing")
        if not participle and before not in ("which", "who", "it", "and", "that"):
            continue
        start = i + 1
        if token.lower.startswith(("attribut", "credit")):
            to = next((k for k in range(i + 1, min(i + 8, len(tokens) - 1)) if tokens[k].lower in ("to", "with")), None)
            if to is None:
                continue
            start = to + 1
        phrase = phrase_after(tokens, start, len(tokens))
        if phrase is None or not _is_source(text, _span(tokens, phrase)):
            continue
        cited = _span(tokens, phrase)
        aside = (token.start, cited[1])
        if any(overlaps(s, (token.start, cited[1])) for s in draft.source):
            _trimmed(draft, tokens, i)
        contents = [(_next_word(tokens, cited[1]), c[1]) if overlaps(c, aside) else c for c in draft.content]
        contents = [(a, b) for a, b in contents if a < b]
        source = [s for s in draft.source if text[slice(*s)].lower() not in ("which", "who", "that", "it")]
        if not source:
            source = _subject_after(tokens, draft)
        if not contents or any(overlaps(s, cited) for s in source):
            continue
        draft.source, draft.content = source, contents
        # The encoder may have taken the citing itself for an attribution of the words cited.
        for other in drafts:
            if other is not draft and any(overlaps(c, (token.start, token.end)) for c in other.cue):
                gone.add(id(other))
        inner = Draft(
            source=[cited],
            cue=[(token.start, token.end)],
            content=contents,
            within=draft,
            reason=f"“{token.text}” passes it on",
        )
        return [draft, inner]
    return []


def _next_word(tokens: Sequence[Token], at: int) -> int:
    return next((t.start for t in tokens if t.start >= at and (t.text[0].isalnum() or t.text in '“"')), at)


def _subject_after(tokens: Sequence[Token], draft: Draft) -> list[Range]:
    """Find the subject of "…, said the Echo, which cited firefighters"."""
    phrase = phrase_after(tokens, _index(tokens, draft.cue[-1][1]), len(tokens)) if draft.cue else None
    return [_span(tokens, phrase)] if phrase else []


def _told(text: str, draft: Draft, tokens: Sequence[Token]) -> list[Draft]:
    """Find "a colonel told the Gazette that" and "in an interview with Horizon, the senator said"."""
    cue = text[slice(*draft.cue[-1])].lower().split() if draft.cue else []
    if not draft.source or not cue:
        return []
    at: tuple[int, int] | None = None
    start = 0
    if cue[-1] in ("told", "tells", "telling", "tell"):
        start = _index(tokens, draft.cue[-1][1])
    else:
        for k in range(len(tokens) - 2):
            if (
                tokens[k].lower == "interview"
                and tokens[k + 1].lower in ("with", "to")
                and not _in_content(draft, tokens[k])
            ):
                start = k + 2
                at = (k - 2 if k > 1 and tokens[k - 2].lower == "in" else k, k + 2)
                break
    if not start or start >= len(tokens):
        return []
    phrase = phrase_after(tokens, start, len(tokens))
    if phrase is None:
        return []
    hearer = _span(tokens, phrase)
    hearer = (hearer[0], min([hearer[1], *(a for a, _ in draft.content if a > hearer[0])]))
    hearer = (hearer[0], hearer[0] + len(text[slice(*hearer)].rstrip(" ,")))
    if hearer[0] >= hearer[1] or not _is_outlet(text, hearer):
        return []
    content = [(_next_start(tokens, hearer[1]) if overlaps(c, hearer) else c[0], c[1]) for c in draft.content]
    content = [c for c in content if c[0] < c[1]]
    source = [s for s in draft.source if not overlaps(s, hearer)]
    if not content or not source:
        return []
    draft.source, draft.content = source, content
    outer = Draft(
        source=[hearer],
        cue=[_span(tokens, at)] if at else list(draft.cue),
        content=list(draft.content),
        reason="told to an outlet",
    )
    draft.within, draft.reason = outer, outer.reason
    return [outer, draft]


def _noun(text: str, draft: Draft, tokens: Sequence[Token]) -> list[Draft]:
    """Find "the paper carried claims by former prisoners that"."""
    for clause in tokens_to_clauses(tokens):
        if clause.source is None or "noun" not in load_cues()[clause.cue_word].kinds:
            continue
        if not any(overlaps(clause.content, c) for c in draft.content):
            continue
        k = min(_index(tokens, clause.source[0]), _index(tokens, clause.cue[0]))
        while k > 0 and tokens[k - 1].lower in ("the", "a", "an"):
            k -= 1
        if k < 2 or tokens[k - 1].lower not in _CARRYING:
            continue
        subject = subject_before(tokens, k - 1, 0)
        if subject is None:
            continue
        carrier = _span(tokens, subject)
        if any(overlaps(clause.source, s) for s in draft.source) or not draft.source:
            outer = Draft(source=[carrier], cue=[_span(tokens, (k - 1, k))], content=[clause.content])
            draft.within = outer
            draft.source, draft.cue = [clause.source], [clause.cue]
            outer.reason = draft.reason = f"“{tokens[k - 1].text}” passes a “{clause.cue_word}” on"
            return [outer, draft]
        inner = Draft(source=[clause.source], cue=[clause.cue], content=[clause.content], within=draft)
        inner.reason = f"“{clause.cue_word}” of somebody else"
        if tokens[k - 1].lower not in _CONTRADICTING:
            draft.content = [clause.content]
        return [draft, inner]
    return []
