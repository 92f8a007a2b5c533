"""How surely a report says that somebody did it: MUC-4's perpetrator confidence, plus denial."""

from __future__ import annotations

import re

from firsthand.core.records import Attribution, Confidence, Factuality
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.incidents.role_phrases import Filler

BEFORE, AFTER = 80, 60
"""Code points on either side of a name in which words speak of it."""
AUTHORITY = re.compile(
    r"\b(?:police|army|armed forces|military|government|ministr\w*|minister|president|court|judge|prosecutor|attorney|"
    r"carabineros|investigators?|authorit\w+|official\w*|spokesman|general|colonel|gen|col|major|commander|security|intelligence|command|brigade|"
    r"national guard|governor|mayor|ambassador|embassy|administration|pentagon|secretary|department|commission)\b",
    re.IGNORECASE,
)
"""Who speaks for a state: whom MUC-4 calls authorities."""
HEDGE = re.compile(
    r"\b(?:possibly|possible|apparently|probably|perhaps|may have|might have|could have|presumably|presumed|"
    r"not ruled out|likely|unclear)\b",
    re.IGNORECASE,
)
"""Words that leave open whether somebody did it."""
SUSPECT = re.compile(
    r"\b(?:suspected|alleged|allegedly|accused|accuse[sd]?|blamed?|blames|blaming|implicated|reportedly|supposed|"
    r"supposedly|attributed|charged|believed|said to be|linked)\b",
    re.IGNORECASE,
)
"""Words that accuse without settling it."""
CLAIM = re.compile(
    r"\b(?:claim|claims|claimed|claiming|admit|admits|admitted|admitting|take|takes|took|taken|taking|assum(?:e|es|ed|ing)|"
    r"acknowledg(?:e|es|ed|ing)|accept|accepts|accepted|accepting)\b(?: \w+){0,3} (?:responsibility|credit|authorship)"
    r"|\bresponsibility(?: \w+){0,6} (?:was|were|been) (?:claimed|assumed|accepted)\b",
    re.IGNORECASE,
)
"""Claiming or admitting responsibility."""
DENY = re.compile(
    r"\b(?:denied|denies|denying|deny|rejected|not responsible|no involvement|was not behind|were not behind)\b",
    re.IGNORECASE,
)
"""Denying it."""

STRENGTH: tuple[Confidence, ...] = (
    "claimed",
    "reported as fact",
    "accused by authorities",
    "accused",
    "possible",
    "denied",
)
"""Strongest first: an admission settles more than a report, a report more than an accusation."""


def filler_to_confidence(
    text: str, filler: Filler, *, name: str, attribution: Attribution | None, sentence: Range
) -> Confidence:
    """Decide how surely a perpetrator is named.

    Args:
        text: The document's.
        filler: The words that name the perpetrator.
        name: Its name.
        attribution: Whose words they are; None is the publisher's own voice.
        sentence: The sentence they stand in.

    Returns:
        By the first rule that applies: the accusation pattern or the words right before the name (claimed, denied),
        hedges (possible), who speaks (the accused itself: claimed or denied; an authority; anybody else), suspicion in
        the publisher's own voice (accused), reported as fact. The net's own opinion goes first where it is clear.
    """
    words = text[sentence[0] : sentence[1]]
    near = text[max(sentence[0], filler.span[0] - BEFORE) : min(sentence[1], filler.span[1] + AFTER)]
    speaker = speaker_words(text, attribution)
    if filler.cue == "denied" or (filler.cue == "claimed"):
        return "denied" if filler.cue == "denied" else "claimed"
    if speaker and is_same_actor(speaker, name):
        denies = attribution is not None and (
            attribution.factuality in ("CT-", "PR-", "PS-") or DENY.search(_cue(text, attribution))
        )
        return "denied" if denies else "claimed"
    if CLAIM.search(" ".join(near.split())):
        return "claimed"
    net = _clear(filler)
    if net is not None:
        return net
    if (attribution is not None and attribution.factuality in ("PS+", "PS-")) or HEDGE.search(near):
        return "possible"
    accused = filler.cue == "accused" or bool(SUSPECT.search(near))
    authority = bool(speaker) and bool(AUTHORITY.search(speaker))
    if attribution is not None:
        return "accused by authorities" if authority else "accused"
    if accused:
        return (
            "accused by authorities" if AUTHORITY.search(words[: max(0, filler.span[0] - sentence[0])]) else "accused"
        )
    return "reported as fact"


CLEAR = 0.6
"""Share of the net's probability on one confidence from which its word is taken over the rules'."""


def _clear(filler: Filler) -> Confidence | None:
    if not filler.confidences:
        return None
    best = max(filler.confidences, key=lambda name: filler.confidences[name])
    return best if filler.confidences[best] >= CLEAR else None  # type: ignore[return-value]


def attribution_to_factuality(attribution: Attribution | None) -> Factuality:
    """How certain a statement is made at its innermost hop: the publisher's own voice is certain."""
    return attribution.factuality if attribution is not None else "CT+"


def speaker_words(text: str, attribution: Attribution | None) -> str:
    """The speaker's name, else the words that name the source; empty for the publisher's own voice."""
    if attribution is None:
        return ""
    if attribution.speaker_name:
        return attribution.speaker_name
    return " ".join(text[s.start : s.end] for s in attribution.source)


def _cue(text: str, attribution: Attribution) -> str:
    return " ".join(text[s.start : s.end] for s in attribution.cue)


def is_same_actor(speaker: str, name: str) -> bool:
    """Whether the speaker is the accused or speaks for it: the accused's name stands in the speaker's words."""
    left, right = f" {fold(speaker)} ", fold(name)
    for article in ("the ",):
        right = right.removeprefix(article)
    return len(right) > 2 and f" {right} " in left
