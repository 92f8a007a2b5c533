"""Date, place, counts and flags of an act: each from one passage, or the record says where else it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from firsthand.core.dates import day_of, edtf_to_interval
from firsthand.core.records import Mention
from firsthand.mark.acts import Act
from firsthand.mark.triggers import Sentence, Trigger

BACKGROUND_DAYS = 60
"""An act this long before the report is background. MUC-4's own rule: two months (relevance guidelines)."""

_TRIAL = re.compile(
    r"\b(?:trial|tried|convicted|sentenced|court|verdict|defendants?|indicted|prosecut\w+|hearing|testif\w+|testimony|extradit\w+|appeal)\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"\b(?:anniversar\w+|commemorat\w+|years? ago|in memory of|memorial|decade ago|historic)\b", re.IGNORECASE
)
_KILLED = frozenset(
    "killed dead died deaths death murdered slain massacred assassinated shot executed fatalities lives killing "
    "murder".split()
)
_INJURED = frozenset("wounded injured hurt wounding injuring injuries maimed".split())
_MISSING = frozenset(["missing", "disappeared", "unaccounted"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A slot's value and where it came from.

    Attributes:
        mention: The words, or None if no words give it.
        value: EDTF date, or place id.
        origin: `sentence`, `passage`, `other passage`, `dateline`, or a reason in words.
    """

    mention: Mention | None
    value: str | None
    origin: str


def act_to_date(act: Act, *, sentences: Sequence[Sentence], dates: Sequence[Mention], published: str | None) -> Found:
    """When it happened.

    Args:
        act: What is told.
        sentences: Of the document.
        dates: All date mentions of the document, in order.
        published: Publication date (ISO), only to say "no later than".

    Returns:
        The date nearest to the main trigger in its sentence; else in the sentences of the act; else in its paragraph;
        else `../<published>` with the reason, else nothing.
    """
    usable = [
        m
        for m in dates
        if m.value and (i := edtf_to_interval(m.value)) and not i.open_end and _past(m.value, published)
    ]
    for trigger in _main_first(act):
        span = sentences[trigger.sentence].span
        inside = [m for m in usable if span[0] <= m.span.start < span[1]]
        if inside:
            best = min(inside, key=lambda m: (_coarse(m), _gap(m, trigger)))
            return Found(
                mention=best, value=best.value, origin="sentence" if trigger is _main_first(act)[0] else "passage"
            )
    for number in sorted(act.sentences):
        span = sentences[number].span
        inside = [m for m in usable if span[0] <= m.span.start < span[1]]
        if inside:
            return Found(mention=inside[0], value=inside[0].value, origin="passage")
    paragraphs = {sentences[n].paragraph for n in act.sentences}
    near = [
        m for m in usable if any(s.paragraph in paragraphs and s.span[0] <= m.span.start < s.span[1] for s in sentences)
    ]
    if near:
        return Found(mention=near[0], value=near[0].value, origin="paragraph")
    if published:
        return Found(mention=None, value=f"../{published[:10]}", origin="not stated; no later than the report")
    return Found(mention=None, value=None, origin="not stated")


def _past(value: str, published: str | None) -> bool:
    interval, report = edtf_to_interval(value), day_of(published[:10]) if published else None
    return interval is not None and (report is None or interval.first <= report + timedelta(days=1))


def _coarse(mention: Mention) -> int:
    interval = edtf_to_interval(mention.value or "")
    return 2 if interval is None else 0 if interval.days <= 2 else 1


def _gap(mention: Mention, trigger: Trigger) -> int:
    return max(trigger.span[0] - mention.span.end, mention.span.start - trigger.span[1], 0)


def _main_first(act: Act) -> list[Trigger]:
    """Triggers by how much they tell: verbs in the past before nouns, then by order."""
    return sorted(act.triggers, key=lambda t: (t.mood != "told", t.voice == "noun", t.span))


def act_to_place(
    act: Act, *, sentences: Sequence[Sentence], places: Sequence[Mention], dateline: Mention | None
) -> Found:
    """Where it happened.

    Args:
        act: What is told.
        sentences: Of the document.
        places: All place mentions of the document, in order.
        dateline: The place mention or credit of the dateline, if there is one.

    Returns:
        The finest resolved place nearest to a trigger in its sentence, else in the act's sentences, else the
        dateline's, marked so; else nothing.
    """
    resolved = [m for m in places if m.detail.get("path") and not _is_same(m, dateline)]
    for trigger in _main_first(act):
        span = sentences[trigger.sentence].span
        inside = [m for m in resolved if span[0] <= m.span.start < span[1]]
        if inside:
            best = min(inside, key=lambda m: (_is_country(m), m.span.start < trigger.span[0], _gap(m, trigger)))
            return Found(mention=best, value=best.value, origin="sentence")
    for number in sorted(act.sentences):
        span = sentences[number].span
        inside = [m for m in resolved if span[0] <= m.span.start < span[1]]
        if inside:
            best = min(inside, key=_is_country)
            return Found(mention=best, value=best.value, origin="passage")
    if dateline is not None:
        return Found(mention=dateline, value=dateline.value, origin="dateline")
    return Found(mention=None, value=None, origin="not stated")


def _is_country(mention: Mention) -> bool:
    return len(mention.detail.get("path") or ()) <= 1


def _is_same(mention: Mention, other: Mention | None) -> bool:
    return other is not None and mention.span == other.span


def act_to_counts(act: Act, *, sentences: Sequence[Sentence], quantities: Sequence[Mention]) -> dict[str, Mention]:
    """How many were killed, injured or are missing: numbers of people next to a word that says so.

    Args:
        act: What is told.
        sentences: Of the document.
        quantities: Of the document, in order.

    Returns:
        By property, the first number found in the act's sentences.
    """
    counts: dict[str, Mention] = {}
    for number in sorted(act.sentences):
        sentence = sentences[number]
        for quantity in quantities:
            if (
                quantity.detail.get("unit") != "people"
                or not sentence.span[0] <= quantity.span.start < sentence.span[1]
            ):
                continue
            about = _property(sentence, quantity)
            if about and about not in counts:
                counts[about] = quantity
    return counts


def _property(sentence: Sentence, quantity: Mention) -> str | None:
    """The nearest casualty word within six words of a number, not beyond another clause."""
    inside = [k for k, (a, b) in enumerate(sentence.words) if quantity.span.start <= a and b <= quantity.span.end]
    if not inside:
        return None
    order = [*((abs(k - inside[-1]), k) for k in range(inside[0], min(len(sentence.words), inside[-1] + 7))),
             *((inside[0] - k + 1, k) for k in range(max(0, inside[0] - 4), inside[0]))]  # fmt: skip
    blocked = False
    for _, k in sorted(order):
        word = sentence.lower[k]
        if word in (";", ":") or (word in (",", "and") and k > inside[-1]):
            blocked = blocked or k > inside[-1]
            continue
        if blocked and k > inside[-1]:
            continue
        for words, name in ((_INJURED, "injured"), (_KILLED, "killed"), (_MISSING, "missing")):
            if word in words:
                return name
    return None


def act_to_flags(
    text: str, act: Act, *, sentences: Sequence[Sentence], date: Found, published: str | None
) -> dict[str, bool]:
    """Whether it is told in a trial, an anniversary or as background.

    Args:
        text: The document's.
        act: What is told.
        sentences: Of the document.
        date: Its date.
        published: Publication date (ISO) or None.

    Returns:
        `trial`, `anniversary`, `background`; the last also for an act at least BACKGROUND_DAYS before the report.
    """
    words = " ".join(text[slice(*sentences[n].span)] for n in sorted(act.sentences))
    interval = edtf_to_interval(date.value) if date.value and date.mention else None
    report = day_of(published[:10]) if published else None
    old = (
        interval is not None
        and report is not None
        and not interval.open_end
        and (report - interval.last).days > BACKGROUND_DAYS
    )
    anniversary = bool(_ANNIVERSARY.search(words))
    return {"trial": bool(_TRIAL.search(words)), "anniversary": anniversary, "background": old or anniversary}


def act_to_stage(act: Act) -> str:
    """accomplished, attempted or threatened: what most of its fillers say to the net, else its triggers' words."""
    shares: dict[str, float] = {}
    for filler in act.fillers:
        for stage, share in filler.stages.items():
            shares[stage] = shares.get(stage, 0.0) + share
    if shares:
        return max(shares, key=lambda name: shares[name])
    moods = [t.mood for t in act.triggers]
    if any(mood == "told" for mood in moods):
        return "accomplished"
    return moods[0] if moods and moods[0] in ("attempted", "threatened") else "accomplished"
