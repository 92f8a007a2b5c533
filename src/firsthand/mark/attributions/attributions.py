"""An Encoding → the attributions of a document: who is said to have said what.

The encoder scores every word piece as a part of a source, cue or content, and how likely it hangs on each cue. This
module takes the best legal tagging of whole words, mends the edges by the conventions of print (quotation marks
balance), and gathers the sources and contents of each cue by the links. What is nested, who the speaker is and how
certain the source sounds is added by the modules of those names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from firsthand.core.encodings import Encoding
from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Document, Span
from firsthand.core.spans import Range, contains
from firsthand.mark.attributions.contests import find_contested, tie_twins
from firsthand.mark.attributions.factualities import cue_to_factuality
from firsthand.mark.attributions.headlines import find_colons
from firsthand.mark.attributions.nesting import nest
from firsthand.mark.attributions.quotations import Quotation, text_to_quotations, text_to_recordings
from firsthand.mark.attributions.relays import Draft, find_reports
from firsthand.mark.attributions.speakers import attributions_to_speakers
from firsthand.mark.attributions.transitions import is_capitals, words_to_habits
from firsthand.mark.attributions.voices import HANDED_OVER, VOICE, document_to_voices, hand_over
from firsthand.mark.taggings import (
    Words,
    document_to_paragraphs,
    encoding_to_words,
    tags_to_spans,
    viterbi,
    word_scores,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from firsthand.core.records import Form, Mention

BY = "mark.attributions@3"
SOURCE, CUE, CONTENT = range(3)
SOURCE_SHARED = 0.02
"""Share of a source's links that a further cue needs to have the source too ("he said … and added …")."""
CONTENT_SHARED = 0.5
"""Likewise of contents."""
CONTENT_SPARE = 0.25
"""Share from which a cue that has no content of its own gets one that hangs on another cue too."""
HOME = 0.1
"""What a cue in a content's own sentence is worth beside one in another, as a share of its links."""
NEARNESS = 0.01
"""Share that a source's link must outweigh for each word that it stands further from the cue."""
BEFORE, AFTER = 2, 0
"""Sentences that a source may stand before its cue, and after it. Of 18,346 sources in PolNeAR train 15 stand further
before, and 7 in the next sentence."""
CLAUSE = 40
"""Code points from which words in another sentence than their cue are kept as its content; shorter ones are mostly the
object of a cue that was not found. On PolNeAR dev: relation .694 without, .698 with every one left out, .696 so, where
token F1 of contents stays at .910."""
GAP = 2
"""Words left out in the middle of a content that are taken to belong to it."""
_LARGE_GAP = 60
_ALONE = "a quotation with no cue in sight"
_BEFORE_CUE = 30
"""Code points before a cue in which a negation or modal of its own may stand."""
_TOLD = re.compile(
    r"^[\s,]*(?:ha[ds] |have )?(?:was|were|been|is|are)(?: \w+)? (?:told|informed|asked|briefed|notified|assured)"
    r"(?: about)?:?$",
    re.IGNORECASE,
)
"""Of 30 such cues in PolNeAR train one has its subject for a source: who is told is not who says."""
WordSpan = tuple[int, int, int]
"""First word, past the last word, kind."""


def encoding_to_attributions(
    document: Document,
    *,
    encoding: Encoding,
    entities: Sequence[Mention],
    by: str = BY,
) -> list[Attribution]:
    """Find who is said to have said what.

    Args:
        document: the document.
        encoding: of its text.
        entities: the document's mentions, from `encoding_to_entities`.
        by: what produced them.

    Returns:
        Attributions in order of their first word, outer before inner; `within` holds ids of others in the list.
    """
    paragraphs = document_to_paragraphs(document)
    quotations = text_to_quotations(document.text, paragraphs=paragraphs)
    drafts = decode(document, encoding=encoding, paragraphs=paragraphs, quotations=quotations)
    drafts = find_colons(document.text, paragraphs=paragraphs, drafts=drafts)
    drafts = nest(document.text, find_reports(document.text, drafts=drafts))
    tie_twins(document.text, drafts)
    drafts += find_contested(document.text, drafts, entities=entities)
    hand_over(document.text, drafts=drafts)
    recordings = _recordings(document, paragraphs)
    recorded = [span for recording in recordings for span in recording.source]
    voices = document_to_voices(document, entities=entities, recorded=recorded)
    _put_within(drafts, [d for d in drafts if d.reason == HANDED_OVER])
    _put_within(drafts, recordings)
    _put_within([*recordings, *drafts], voices.drafts)
    found = _to_attributions(document, [*voices.drafts, *recordings, *drafts], quotations, by)
    people = sorted([*entities, *voices.people], key=lambda m: m.span)
    return attributions_to_speakers(document, attributions=found, entities=people)


def decode(
    document: Document, *, encoding: Encoding, paragraphs: Sequence[Range], quotations: Sequence[Quotation]
) -> list[Draft]:
    """Read the outermost attributions off an Encoding.

    Args:
        document: the document.
        encoding: of its text.
        paragraphs: from `document_to_paragraphs`.
        quotations: from `text_to_quotations`.

    Returns:
        In order of their cues; each has a content.
    """
    words = encoding_to_words(document, encoding=encoding, paragraphs=paragraphs)
    habits = words_to_habits(document.text, words=words, quotations=quotations, capitals=is_capitals(document.text))
    tags = viterbi(word_scores(encoding.attribution, words), breaks=words.breaks, habits=habits)
    drafts, left = gather(
        document.text, encoding=encoding, words=words, spans=tags_to_spans(tags), quotations=quotations
    )
    _continue(drafts, left, quotations)
    marks = sorted(r for draft in drafts for r in (*draft.source, *draft.cue))
    for draft in drafts:
        joined = _joined(document.text, draft.content, marks)
        draft.content = [_balanced(document.text, span, quotations) for span in joined]
    return [draft for draft in drafts if draft.content]


def _joined(text: str, content: Sequence[Range], marks: Sequence[Range]) -> list[Range]:
    """Close small gaps between the pieces of a content, unless a source or cue stands in them."""
    joined: list[Range] = []
    for start, end in sorted(content):
        if joined:
            gap = text[joined[-1][1] : start]
            k = bisect_right(marks, (joined[-1][1], 0))
            free = k == len(marks) or marks[k][0] >= start
            if free and len(gap) < _LARGE_GAP and len(gap.split()) <= GAP and "\n" not in gap:
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _balanced(text: str, span: Range, quotations: Sequence[Quotation]) -> Range:
    """Take in the quotation marks that belong to a content, with the comma or stop before a closing one."""
    start, end = span
    k = bisect_right(quotations, start, key=lambda q: q.start) - 1
    for quotation in quotations[max(0, k) : k + 2]:
        opening = quotation.start
        if opening < start <= opening + 3 and not text[opening:start].strip("“”\"'`„« ") and quotation.end <= end + 3:
            start = opening
    k = bisect_right(quotations, end, key=lambda q: q.start) - 1
    if k >= 0 and quotations[k].closed:
        quotation = quotations[k]
        left_out = text[end : quotation.end] if end < quotation.end <= end + 4 else ""
        if start <= quotation.start and left_out and not left_out.strip("“”\"'’,.?!…» "):
            end = quotation.end
    while end > start and text[end - 1] in "“„«` ":  # the mark that opens what follows
        end -= 1
    return start, end


def _recordings(document: Document, paragraphs: Sequence[Range]) -> list[Draft]:
    return [
        Draft(
            source=[recording.voice] if recording.voice else [],
            cue=[recording.cue],
            content=list(recording.content),
            reason="recorded speech",
        )
        for recording in text_to_recordings(document.text, paragraphs=paragraphs)
    ]


def _put_within(drafts: Sequence[Draft], voices: Sequence[Draft]) -> None:
    """Tie outermost attributions to the voice in whose words they stand."""
    ordered = sorted(voices, key=lambda v: v.content[0])
    starts = [voice.content[0][0] for voice in ordered]
    for draft in drafts:
        k = bisect_right(starts, draft.cue[0][0]) - 1 if draft.cue and draft.within is None else -1
        if k >= 0 and ordered[k] is not draft and any(contains(c, draft.cue[0]) for c in ordered[k].content):
            draft.within = ordered[k]


def gather(
    text: str, *, encoding: Encoding, words: Words, spans: Sequence[WordSpan], quotations: Sequence[Quotation]
) -> tuple[list[Draft], list[Range]]:
    """Give each cue its source and contents.

    Args:
        text: of the document.
        encoding: of the text.
        words: of the text.
        spans: (first word, past the last, kind), in order.
        quotations: of the text.

    Returns:
        One draft for each cue, in order of the cues; and the contents in whose windows there is no cue.
    """
    left: list[Range] = []
    cues = [span for span in spans if span[2] == CUE]
    drafts = [Draft(source=[], cue=[_range(words, cue)], content=[]) for cue in cues]
    sentences = np.searchsorted(encoding.sentences[:, 0], words.starts, side="right").tolist()
    links = _Links(encoding, words, cues)
    sources: dict[int, tuple[float, WordSpan]] = {}
    spare: dict[int, tuple[float, WordSpan]] = {}
    for span in spans:
        if span[2] == CUE:
            continue
        shares = links.shares(span)
        if span[2] == SOURCE:
            shares = {k: x for k, x in shares.items() if -BEFORE <= sentences[span[0]] - sentences[cues[k][0]] <= AFTER}
        if not shares and span[2] == CONTENT:
            left.append(_range(words, span))
        here = sentences[span[0]]
        best = max(shares, key=lambda k: shares[k] + HOME * (sentences[cues[k][0]] == here), default=None)
        for k, share in shares.items():
            if span[2] == SOURCE and (k == best or share >= SOURCE_SHARED):
                # An attribution has one source: the one in its own sentence, else the nearer of equals.
                same = here == sentences[cues[k][0]]
                value = share + same - NEARNESS * abs(span[0] - cues[k][0])
                sources[k] = max(sources.get(k, (value, span)), (value, span))
            elif span[2] == CONTENT and (k == best or share >= CONTENT_SHARED):
                drafts[k].content.append(_range(words, span))
            elif span[2] == CONTENT and share >= max(CONTENT_SPARE, spare.get(k, (0.0, span))[0]):
                spare[k] = share, span
    for k, (_, span) in sources.items():
        source, (start, end) = _range(words, span), drafts[k].cue[0]
        told = source[1] <= start and _TOLD.search(text[source[1] : end]) is not None  # "the soldiers were told"
        if not told and text[start : words.ends[cues[k][0]]].lower() != "it":  # "it was reported"
            drafts[k].source = [source]
    for k, (_, span) in spare.items():
        if not drafts[k].content:
            drafts[k].content.append(_range(words, span))
    for draft in drafts:
        draft.content = _at_home(draft, encoding.sentences[:, 0], quotations)
    return drafts, left


def _at_home(draft: Draft, starts: npt.NDArray[np.int32], quotations: Sequence[Quotation]) -> list[Range]:
    """Of contents in several sentences, those in the cue's own, in quotation marks, or as long as a clause."""

    def sentence(at: int) -> int:
        return bisect_right(starts, at)

    def quoted(content: Range) -> bool:
        k = bisect_right(quotations, content[0] + 1, key=lambda q: q.start) - 1
        return k >= 0 and quotations[k].end > content[0]

    home = sentence(draft.cue[0][0])
    near = [content for content in draft.content if sentence(content[0]) == home]
    return [c for c in draft.content if c in near or c[1] - c[0] >= CLAUSE or quoted(c)] if near else draft.content


def _continue(drafts: list[Draft], left: Sequence[Range], quotations: Sequence[Quotation]) -> None:
    """Contents with no cue in sight: a quotation that goes on belongs to whoever began it."""
    ends = sorted((content[1], k) for k, draft in enumerate(drafts) for content in draft.content)
    for start, end in left:
        at = bisect_right(quotations, start, key=lambda q: q.start) - 1
        if at < 0 or quotations[at].end <= start:
            continue
        before = bisect_right(ends, (start, len(drafts))) - 1
        goes_on = quotations[at].continues and before >= 0 and ends[before][0] >= quotations[at - 1].end - 2
        if goes_on:
            drafts[ends[before][1]].content.append((start, end))
            ends[before] = end, ends[before][1]
        else:
            drafts.append(Draft(source=[], cue=[], content=[(start, end)], reason=_ALONE))


class _Links:
    """What the encoder says about which cue a span hangs on."""

    def __init__(self, encoding: Encoding, words: Words, cues: Sequence[WordSpan]) -> None:
        self._encoding = encoding
        self._pieces = words.pieces
        self._cues = np.array([words.pieces[first] for first, *_ in cues], np.int64)
        self._bounds = [*np.flatnonzero(np.diff(encoding.windows, prepend=-1)).tolist(), len(encoding.windows)]

    def shares(self, span: WordSpan) -> dict[int, float]:
        """How much of a span's linking goes to each cue of the windows in which it stands: index of cue → 0–1."""
        start, end = int(self._pieces[span[0]]), int(self._pieces[span[1]])
        mass: dict[int, float] = {}
        size = end - start
        window = bisect_right(self._bounds, start) - 1
        while start < end:
            bounds = self._bounds[window : window + 2]
            first, last = np.searchsorted(self._cues, bounds).tolist()
            stop = min(end, bounds[1])
            if first < last:
                keys = self._encoding.link_key[self._cues[first:last]]
                logits = self._encoding.link_query[start:stop] @ keys.T
                powers = np.exp(logits - logits.max(1, keepdims=True))
                parts = (powers / powers.sum(1, keepdims=True)).sum(0) / size
                for k, part in enumerate(parts.tolist(), first):
                    mass[k] = mass.get(k, 0.0) + part
            start, window = stop, window + 1
        return mass


def _range(words: Words, span: WordSpan) -> Range:
    return int(words.starts[span[0]]), int(words.ends[span[1] - 1])


def _to_attributions(
    document: Document, drafts: Sequence[Draft], quotations: Sequence[Quotation], by: str
) -> list[Attribution]:
    def spans(ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(Span(document.id, start, end) for start, end in sorted(set(ranges)))

    made: dict[int, Attribution] = {}
    ids: set[str] = set()

    def make(draft: Draft) -> str:
        if id(draft) in made:
            return made[id(draft)].id
        within = make(draft.within) if draft.within else None
        roles = [spans(ranges) for ranges in (draft.source, draft.cue, draft.content)]
        key = [[(span.start, span.end) for span in role] for role in roles]
        identity = make_id("attribution", document.id, *key)
        cue = " ".join(document.text[s.start : s.end] for s in roles[1])
        first = roles[1][0].start if roles[1] else 0
        factuality, why = cue_to_factuality(
            cue,
            content=[document.text[s.start : s.end] for s in roles[2]],
            before=document.text[max(0, first - _BEFORE_CUE) : first],
        )
        made[id(draft)] = Attribution(
            id=identity,
            by=by,
            doc=document.id,
            source=roles[0],
            cue=roles[1],
            content=roles[2],
            form=_form(draft, document.text, quotations),
            within=within if within != identity else None,
            factuality=factuality,
            reason="; ".join(part for part in (draft.reason, why) if part),
        )
        return identity

    found = []
    for draft in drafts:
        if make(draft) not in ids:
            ids.add(made[id(draft)].id)
            found.append(made[id(draft)])
    return sorted(found, key=_order)


def _order(attribution: Attribution) -> tuple[int, int, int]:
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    content = attribution.content[0].start if attribution.content else 0
    return min(s.start for s in attribution.cue or spans), content, -max(s.end for s in spans)


def _form(draft: Draft, text: str, quotations: Sequence[Quotation]) -> Form:
    """Direct if every word of the content stands in quotation marks or in a recording, indirect if none does."""
    if draft.reason in ("recorded speech", VOICE, HANDED_OVER):
        return "direct"
    inside = outside = 0
    for start, end in draft.content:
        at = start
        k = max(0, bisect_right(quotations, start, key=lambda q: q.start) - 1)
        while k < len(quotations) and quotations[k].start < end:
            a, b = max(quotations[k].start, at), min(quotations[k].end, end)
            if a < b:
                outside += sum(map(str.isalnum, text[at:a]))
                inside += sum(map(str.isalnum, text[a:b]))
                at = b
            k += 1
        outside += sum(map(str.isalnum, text[at:end]))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
