"""Place, stage and flags of an act: each from one passage, or the record says where else it came from."""

from __future__ import annotations

import re

from firsthand.core.dates import day_of, edtf_to_interval
from firsthand.core.records import Mention
from firsthand.mark.incidents.acts import Act
from firsthand.mark.incidents.dates import Found, main_first
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.triggers import Trigger

BACKGROUND_DAYS = 60
"""An act this long before the report is background. MUC-4's own rule: two months (relevance guidelines)."""

_TRIAL = re.compile(
    r"\b(?:trial|tried|convicted|sentenced|court|verdict|defendants?|indicted|prosecut\w+|hearing|testif\w+|testimony|extradit\w+|appeal)\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"\b(?:anniversar\w+|commemorat\w+|years? ago|in memory of|memorial|decade ago|historic)\b", re.IGNORECASE
)


def act_to_place(act: Act, *, passages: Passages, dateline: Mention | None) -> Found:
    """Find where an act happened.

    Args:
        act: What is told.
        passages: The document.
        dateline: The place mention of the dateline, if there is one.

    Returns:
        The finest resolved place behind "in", "at", "near" … in a trigger's sentence (`sentence`), those behind the
        trigger first, else in the act's other sentences (`passage`), else the dateline's (`dateline`), else any place
        of its sentences (`passage, loosely`); else nothing.
    """
    loose: list[Mention] = []
    for trigger in main_first(act.triggers):
        resolved = [m for m in passages.mentions(trigger.sentence, "place") if m.detail.get("path")]
        inside = [m for m in resolved if _is_locative(passages, m) and not _is_same(m, dateline)]
        if inside:
            best = min(inside, key=lambda m: (_is_country(m), m.span.start < trigger.span[0], _gap(m, trigger)))
            return Found(mention=best, value=best.value, origin="sentence")
        loose.extend(resolved)
    for number in sorted(act.sentences):
        resolved = [m for m in passages.mentions(number, "place") if m.detail.get("path")]
        inside = [m for m in resolved if _is_locative(passages, m) and not _is_same(m, dateline)]
        if inside:
            best = min(inside, key=_is_country)
            return Found(mention=best, value=best.value, origin="passage")
        loose.extend(resolved)
    if dateline is not None:
        return Found(mention=dateline, value=dateline.value, origin="dateline")
    if loose:
        return Found(mention=loose[0], value=loose[0].value, origin="passage, loosely")
    return Found(mention=None, value=None, origin="not stated")


_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|near|outside|inside|around|of|on|to|from|towards?|between)|\()"
    r"(?:\s+(?:the|downtown|central|northern|southern|eastern|western|city|town|village|department|province|nearby|"
    r"northeastern|northwestern|southeastern|southwestern|municipality|neighborhood|area|district|of|state|region)){0,4}"
    r"\s*[\"']?$",
    re.IGNORECASE,
)
_BEFORE = 60


def _is_locative(passages: Passages, mention: Mention) -> bool:
    """Whether a preposition of place, or another place and a comma, leads up to it."""
    before = passages.text[max(0, mention.span.start - _BEFORE) : mention.span.start]
    return bool(_LOCATIVE.search(" ".join(before.split()) + " ".strip())) or before.rstrip().endswith(",")


def _is_country(mention: Mention) -> bool:
    return len(mention.detail.get("path") or ()) <= 1


def _is_same(mention: Mention, other: Mention | None) -> bool:
    return other is not None and mention.span == other.span


def act_to_flags(act: Act, *, passages: Passages, date: Found, published: str | None) -> dict[str, bool]:
    """Whether it is told in a trial, an anniversary or as background.

    Args:
        act: What is told.
        passages: The document.
        date: Its date.
        published: Publication date (ISO) or None.

    Returns:
        `trial`, `anniversary`, `background`; the last also for an act more than BACKGROUND_DAYS before the report.
    """
    words = " ".join(passages.words(n) for n in sorted(act.sentences))
    interval = edtf_to_interval(date.value) if date.value and date.mention else None
    report = day_of(published[:10]) if published else None
    old = interval is not None and report is not None and (report - interval.last).days > BACKGROUND_DAYS
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


def _gap(mention: Mention, trigger: Trigger) -> int:
    return max(trigger.span[0] - mention.span.end, mention.span.start - trigger.span[1], 0)
