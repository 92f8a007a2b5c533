"""How surely a report says that somebody did it: MUC-4's perpetrator confidence, plus denial."""

from __future__ import annotations

import re
from functools import lru_cache

from firsthand.core.records import Attribution, Confidence, Factuality
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.armed_groups import names_armed_group
from firsthand.mark.incidents.names import is_acronym
from firsthand.mark.incidents.role_phrases import Filler

BEFORE, AFTER = 80, 60
"""Code points on either side of a name in which words speak of it."""
AUTHORITY = re.compile(
    r"\b(?:police|army|armed forces|military|government|ministr\w*|minister|president|court|judge|prosecutor|attorney|"
    r"carabineros|investigators?|authorit\w+|official\w*|spokesman|general|colonel|gen|col|major|commander|security|"
    r"intelligence|command|brigade|national guard|governor|mayor|ambassador|embassy|administration|pentagon|secretary|"
    r"department|commission)\b",
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


_OPEN = re.compile(
    r"\b(?:could be|could\s+(?:\w+\s+)?have|might|may be|whether|if|possibilit\w+|(?:do|does|did) not know|rash to|"
    r"no (?:evidence|proof|indication)\w*(?: \w+){0,3}|suspicions? that|any (?:\w+ )?(?:link|connection)|"
    r"not ruled? out|hypothes[ie]s)"
    r"[^.;\n]{0,60}$",
    re.IGNORECASE,
)
"""Before a name: whoever speaks leaves it open."""
_NOT_BEFORE = re.compile(
    r"\b(?:(?:was|were|is|are|and)\s+not|wasn['’]t|weren['’]t)\s+(?:(?:done|carried out|committed)\s+by\s+)?"
    r"(?:by\s+)?(?:the\s+|an?\s+)?[\"“]?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s+(?:(?:is|are|was|were)\s+not\s+(?:to blame|responsible|involved|guilty|behind|implicated)|"
    r"(?:has|have|had)\s+never\b|(?:did|had|has|have)\s+(?:not|nothing)\s+"
    r"(?:give|given|order|kill|murder|commit|do|to do|carry|attack|take part)\w*)\b",
    re.IGNORECASE,
)
"""Words that clear a name: "it was not the army", "the guerrillas are not responsible"."""
_IF = re.compile(r"\bif\b[^.;]*$", re.IGNORECASE)
_PRESUMED = re.compile(r"\bpresum(?:ed|ably)\b", re.IGNORECASE)
"""A suspicion that somebody has: it accuses, and leaves less open than "possibly"."""
_OUR = re.compile(r"\bour\s+(?:\w+\s+)?$", re.IGNORECASE)
_NO_AUTHORITY = re.compile(
    r"\b(?:guerrillas?|rebels?|insurgents?|clandestine|anonymous\w*|so-called|self-styled|alleged|purported\w*|"
    r"junior officers|former|church|bishop|archbishop\w*|jesuits?|priest|university|party|opposition)\b",
    re.IGNORECASE,
)
"""Whose spokesmen and commands are no state's."""


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
        the accused speaks itself (claimed or denied), words that clear the name or a source that denies (denied), the
        net where it is clear and is not about whose word it is, hedges (possible), who speaks (an authority; anybody
        else), suspicion in the publisher's own voice (accused), reported as fact.
    """
    words = text[sentence[0] : sentence[1]]
    before, after = text[max(sentence[0], filler.span[0] - BEFORE) : filler.span[0]], text[filler.span[1] : sentence[1]]
    near = text[max(sentence[0], filler.span[0] - BEFORE) : min(sentence[1], filler.span[1] + AFTER)]
    speaker = speaker_words(text, attribution)
    if filler.cue == "denied":
        return "denied"
    if filler.cue == "claimed":
        return "claimed"
    cleared = _NOT_BEFORE.search(before) or _NOT_AFTER.match(after)
    if speaker and (is_same_actor(speaker, name) or is_acronym(fold(name), fold(speaker))):
        denies = cleared or (
            attribution is not None
            and (attribution.factuality in ("CT-", "PR-", "PS-") or DENY.search(_cue(text, attribution)))
        )
        return "denied" if denies else "claimed"
    if CLAIM.search(" ".join(near.split())) or (speaker and _OUR.search(before)):
        return "claimed"
    if cleared:
        return "possible" if _IF.search(before) else "denied"
    if attribution is not None and attribution.factuality in ("CT-", "PR-"):
        return "denied"
    accused = filler.cue == "accused" or bool(SUSPECT.search(near) or _PRESUMED.search(near))
    net = _clear(filler)
    if net is not None and (net not in _BY_SPEAKER or (attribution is None and (accused or net == "reported as fact"))):
        return net
    if (attribution is not None and attribution.factuality in ("PS+", "PS-")) or HEDGE.search(_PRESUMED.sub("", near)):
        return "possible"
    if _OPEN.search(" ".join(before.split()) + " "):
        return "possible"
    if attribution is not None:
        return "accused by authorities" if is_authority(text, attribution) else "accused"
    if _CHARGED.search(words):
        return "accused by authorities"
    if accused:
        return (
            "accused by authorities" if AUTHORITY.search(words[: max(0, filler.span[0] - sentence[0])]) else "accused"
        )
    return "reported as fact"


_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
_BY_SPEAKER = ("accused", "accused by authorities", "reported as fact")
"""What the net takes for one another, and the attribution tells apart."""


def is_authority(text: str, attribution: Attribution) -> bool:
    """Whether a source speaks for a state, by its own words or by a title that the document gives its name elsewhere.

    Args:
        text: The document's.
        attribution: Whose source it is.
    """
    source = " ".join([speaker_words(text, attribution), *(text[s.start : s.end] for s in attribution.source)])
    if _NO_AUTHORITY.search(source) or names_armed_group(source):
        return False
    if AUTHORITY.search(_SPOKESMAN.sub("", source)):
        return True
    name = (attribution.speaker_name or "").split()
    return bool(name) and _has_title(text, name[-1].casefold())


@lru_cache(maxsize=4096)
def _has_title(text: str, surname: str) -> bool:
    """Whether a document gives a name the title of an authority anywhere; asked again for each attribution."""
    for start, end in _words_of(text).get(surname, ()):
        lead = _CLAUSE_END.split(text[max(0, start - 50) : start])[-1]
        apposition = _APPOSITION.match(text, end, end + 60)
        words = f"{lead} {apposition[0] if apposition else ''}"
        if _TITLE.search(words) and not _NO_AUTHORITY.search(words) and not names_armed_group(words):
            return True
    return False


@lru_cache(maxsize=2)
def _words_of(text: str) -> dict[str, list[Range]]:
    """Where each word of a text stands, folded in case."""
    found: dict[str, list[Range]] = {}
    for word in _NAME_WORD.finditer(text):
        found.setdefault(word[0].casefold(), []).append(word.span())
    return found


_CHARGED = re.compile(
    r"\b(?:arrest (?:order|warrant)|order\w* the (?:\w+ )?arrest|warrants?|charged with|indict\w*|prosecut\w+|"
    r"(?:put|brought|stand\w*|go\w*) (?:to|on) trial|awaiting trial|turned over to (?:the )?(?:court|judic)\w*)\b",
    re.IGNORECASE,
)
"""What only authorities do to a suspect, whoever tells it."""
_SPOKESMAN = re.compile(r"\bspokes\w+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;,:\n]\s")
_APPOSITION = re.compile(r",[^.;]*")
_TITLE = re.compile(
    r"\b(?:president|minister|prosecutor|attorney general|judge|general(?! command)|colonel|gen|col|major|"
    r"ambassador|secretary|governor|mayor|state department|chief of)\b",
    re.IGNORECASE,
)
"""Titles of those who speak for a state, before or right behind a name."""

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


def voice_to_factuality(confidence: Confidence, filler: Filler, attribution: Attribution | None) -> Factuality:
    """How certain a voice is that the one named did it: who clears somebody else says that it is not so.

    Args:
        confidence: From `filler_to_confidence`.
        filler: Likewise; the accused's own denial leaves the statement as its attribution has it.
        attribution: Whose words they are.
    """
    made = attribution_to_factuality(attribution)
    clears = confidence == "denied" and filler.cue != "denied"
    return _NEGATIVE.get(made, made) if clears else made


_NEGATIVE: dict[Factuality, Factuality] = {"CT+": "CT-", "PR+": "PR-", "PS+": "PS-"}


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
