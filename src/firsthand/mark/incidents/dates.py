"""When an act happened: which date of the document belongs to it, and where that date came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from firsthand.core.dates import day_of, edtf_to_interval, is_as_of
from firsthand.core.records import Attribution, Mention
from firsthand.mark.incidents.passages import Passages, Sentence
from firsthand.mark.incidents.triggers import Trigger

AFTER_NOUN = 12
"""Words after a noun ("the murder of the priests on 16 November") in which its date stands."""
BEFORE_NOUN = 3
"""Words before a noun ("the 16 November murder") in which its date stands."""
PARAGRAPH_REACH = 12
_TELLING = frozenset(
    "said says told reported announced stated added noted disclosed indicated declared revealed confirmed denied "
    "condemned asked called met arrived reiterated issued published appeared testified demanded blamed accused "
    "requested".split()
)
"""Verbs of saying: a date right behind one ("said today that …") is when it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A slot's value and where it came from.

    Attributes:
        mention: The words, or None if no words give it.
        value: EDTF date, or place id.
        origin: `sentence`, `passage`, `paragraph`, `dateline`, or a reason in words.
    """

    mention: Mention | None
    value: str | None
    origin: str


def act_to_date(
    triggers: Sequence[Trigger], *, passages: Passages, numbers: Collection[int], published: str | None
) -> Found:
    """Find when an act happened.

    Args:
        triggers: Its triggers, in order.
        passages: The document.
        numbers: Indexes of the sentences that tell it.
        published: Publication date (ISO), only to bound the incident's.

    Returns:
        The date in a trigger's clause, triggers that tell most first (`sentence`); else one in another sentence of the
        act (`passage`) or of its first paragraph (`paragraph`); else `../<published>`, since nothing is reported before
        it happens, with the reason; else nothing. Dates after the report are never taken.
    """
    for trigger in main_first(triggers):
        near = [m for m in usable_dates(passages, trigger.sentence, published) if in_reach(passages, trigger, m)]
        if near:
            best = min(near, key=lambda m: (_coarse(m), _gap(m, trigger)))
            return Found(mention=best, value=best.value, origin="sentence")
    verbs = {t.sentence for t in triggers if t.voice != "noun"}
    for number in sorted(verbs or numbers):
        near = usable_dates(passages, number, published)
        if near:
            best = min(near, key=_coarse)
            return Found(mention=best, value=best.value, origin="passage")
    if verbs:
        for number in _paragraph(passages, min(verbs)):
            near = usable_dates(passages, number, published)
            if near:
                best = min(near, key=_coarse)
                return Found(mention=best, value=best.value, origin="paragraph")
    if published:
        return Found(mention=None, value=f"../{published[:10]}", origin="not stated; no later than the report")
    return Found(mention=None, value=None, origin="not stated")


def _paragraph(passages: Passages, number: int) -> list[int]:
    """The sentences of a sentence's paragraph, at most a few on either side, in order."""
    sentences = passages.sentences
    around = range(max(0, number - PARAGRAPH_REACH), min(len(sentences), number + PARAGRAPH_REACH + 1))
    return [n for n in around if sentences[n].paragraph == sentences[number].paragraph]


def usable_dates(passages: Passages, number: int, published: str | None) -> list[Mention]:
    """Dates of a sentence that an act can have: closed, not after the report, nor of a verb of saying, nor "as of"."""
    return [
        m
        for m in passages.mentions(number, "date", "time")
        if m.value
        and not _open(m.value)
        and _past(m.value, published)
        and not _said_then(passages, number, m)
        and not is_as_of(passages.text, m.span.start)
    ]


def _open(value: str) -> bool:
    interval = edtf_to_interval(value)
    return interval is None or interval.open_end or interval.open_start


def _past(value: str, published: str | None) -> bool:
    interval, report = edtf_to_interval(value), day_of(published[:10]) if published else None
    return interval is not None and (report is None or interval.first <= report + timedelta(days=1))


def _said_then(passages: Passages, number: int, mention: Mention) -> bool:
    """Whether a date stands right behind or before a verb of saying."""
    sentence = passages.sentences[number]
    inside = _inside(sentence, mention)
    if not inside:
        return False
    before, after = sentence.lower[max(0, inside[0] - 2) : inside[0]], sentence.lower[inside[-1] + 1 : inside[-1] + 2]
    return bool(_TELLING & set(before)) or bool(_TELLING & set(after))


def in_reach(passages: Passages, trigger: Trigger, mention: Mention) -> bool:
    """Whether a date of its sentence can belong to a trigger: to a verb anywhere, to a noun close by."""
    attribution = passages.innermost(trigger.span)
    if attribution is not None and not _in_content(attribution, mention):
        return False
    if trigger.voice != "noun":
        return True
    inside = _inside(passages.sentences[trigger.sentence], mention)
    if not inside:
        return False
    return 0 <= inside[0] - trigger.last <= AFTER_NOUN or 0 <= trigger.word - inside[-1] - 1 <= BEFORE_NOUN


def _in_content(attribution: Attribution, mention: Mention) -> bool:
    """Whether a date stands in what is said; else it tells when it was said."""
    return any(c.start <= mention.span.start and mention.span.end <= c.end for c in attribution.content)


def _inside(sentence: Sentence, mention: Mention) -> list[int]:
    return [k for k, (a, b) in enumerate(sentence.words) if mention.span.start <= a and b <= mention.span.end]


def _coarse(mention: Mention) -> int:
    interval = edtf_to_interval(mention.value or "")
    return 2 if interval is None else 0 if interval.days <= 2 else 1 if interval.days <= 31 else 2


def _gap(mention: Mention, trigger: Trigger) -> int:
    return max(trigger.span[0] - mention.span.end, mention.span.start - trigger.span[1], 0)


def main_first(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Triggers by how much they tell: what is told as done before the rest, verbs before nouns, then by order."""
    return sorted(triggers, key=lambda t: (t.mood != "told", t.voice == "noun", t.span))
