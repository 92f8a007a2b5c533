"""Whether the words around a name say that it did it: what makes a filler of a role somebody's accusation.

The net, word order and patterns propose names wherever a report prints them; a report on one murder names the army and
the guerrillas in every second sentence. A statement says that one voice accuses them, so the name's own sentence must
link it to a deed, and it must name somebody who can do one.
"""

from __future__ import annotations

import re

from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.demonyms import COUNTRY_OF
from firsthand.mark.incidents.names import PRONOUNS
from firsthand.mark.incidents.passages import GLOSS
from firsthand.mark.ontology import default_ontology

_DEED = (
    r"(?:attack|assault|assassin|ambush|bomb|kill|murder|massacr|slaugh|shot|shoot|shell|fire[ds]?\b|firing|machinegun|"
    r"kidnap|abduct|arrest|detain|captur|tortur|raid|storm|burn|destr|sabotag|dynamit|explo|threat|persecut|repress|"
    r"violat|wound|injur|rape|rob|stole|loot|hijack|execut|blow|blew|blast|offensive|crime|genocide|violen|terror|clash|"
    r"fight|battl|hostilit|atrocit|deed|operation|combat|aggress|slay|slain|search|harass|gunn|"
    r"releas|hostage|ransom|forc(?:ed|ing)\b|surround|plant|plac(?:ed|ing)|threw|throw|set fire|death)\w*"
)
_BLAME = (
    r"(?:accus\w+|blam\w+|attribut\w+|denounc\w+|charg(?:ed|es?|ing)\b|responsib\w+|implicat\w+|involv\w+|guilt\w*|suspect\w*|"
    r"suspicio\w+|prosecut\w+|trial|culprits?|mastermind\w*|participat\w+|behind|authors?\b|authorship|"
    r"(?:commit|perpetrat|stag|carr(?:y|i)|plann|launch|unleash)\w*|did (?:it|this|that|not)|victims? of|it was|"
    r"strik\w+ at|"
    r"(?:g[ai]ve|given|issued?) (?:the|an) order|claim\w* (?:responsib|credit)\w*)"
)
_LINK = re.compile(rf"\b(?:{_DEED}|{_BLAME})", re.IGNORECASE)
"""Words of doing, or of saying who did; where none is near, a name is a mere mention."""
BEFORE, AFTER = 80, 90
"""Code points on either side of a name that are near. Of the 259 names by net and word order in the Jesuit dispatches,
read on 2026-11-25, this loses 1 of 157 accused and keeps 26 of 102 others; half of it 10 and 15, the whole sentence 1
and 30. Read again with `python eval/read_statements.py`."""

_HEADS = frozenset(
    "group groups member members element elements unit units force forces squad squads personnel command staff people "
    "intelligence agents agent leaders patrol patrols column columns".split()
)
"""Nouns, beside the ontology's, that make an actor of an adjective before them."""
_ADJECTIVES = frozenset("military leftist rightist ultraleftist ultrarightist".split())
_OWNED = re.compile(
    r"['’]s?\s+(?:government|regime|administration|army|forces|troops|men|high command)\b", re.IGNORECASE
)
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_DOERS = re.compile(
    r"(?:the |his |her |their )?(?:actual |real |possible |alleged |material |intellectual |main )*"
    r"(?:murderers?|killers?|assassins?|culprits?|perpetrators?)\b",
    re.IGNORECASE,
)
"""Words that say no more than that somebody did it; "hired killers" say who."""
_ANYBODY = PRONOUNS.union("people persons person ones group groups any the a an whoever".split())
_NO_ACTOR = re.compile(
    r"\b(?:autops\w+|witness(?:es)?|doctors?|experts?|commission|committee|investigat\w+|judicial|judiciary|"
    r"(?:supreme )?courts?|prosecutors?|judges?|victims?|period|night|week|curfew|campaign|war|data|evidence|"
    r"['’]s (?:murderers|killers|assassins)|suspects?|authors?|observers|media|newsmen|reporters?|spokes\w+|parties)$",
    re.IGNORECASE,
)
"""Last words of names of nobody who is accused: things, times, those who look into it, saw it or suffered it."""
_THING = re.compile(
    r"\s*(?:['’]s?)?\s+(?:aid|assistance|uniforms?|situation|communiques?|propaganda|radio|network|media|statements?|"
    r"positions?|sources|academy|school|hospital|accusations?|charges|proposals?|representatives?|dialogue|"
    r"delegat\w+|press|spokes\w+|policy|policies|budget|power|circles|bullets|leaders['’]\s)",
    re.IGNORECASE,
)
"""What a name only describes: "military uniforms", "the Front's communique"."""
_SPEAKS = re.compile(
    r"(?:\s+(?:high command|general staff|joint chiefs of staff|command|leaders?))?"
    r"(?:\s+(?:has|have|had|also|today|yesterday|immediately|flatly|again|once))*\s+[\"“]?"
    r"(?:said|says?|stat(?:ed|es)|condemn(?:s|ed)?|promis\w+|asked|asks|called|calls|report(?:s|ed)|announc\w+|added|adds|"
    r"told|deplor\w+|regret\w*|repudiat\w+|investigat\w+|reject(?:s|ed)?|demand(?:s|ed)?|insist\w*|believes?|warn(?:s|ed)|"
    r"deems|accus(?:es|ed)(?! of\b)|blam(?:es|ed)|denounc(?:es|ed)|criticiz\w+|expressed|will never|does not|seems|"
    rf"not ruled out|defend\w*)\b(?! (?:responsib|having|that (?:it|they|he|she) (?:\w+ )?{_DEED}))",
    re.IGNORECASE,
)
"""Right after a name: it speaks or answers, and does nothing."""
_STRUCK = re.compile(
    r"\b(?:against|annihilat\w+|wip\w+ out|finish\w+ off|defeat\w*|weaken\w*|divid\w+|strengthen\w*|support\w*|"
    r"defend\w*|purge of|aid to|dialogue with|talks with|on behalf of|collaborat\w+ with|requested by|"
    r"(?:attention|opinion|views?|words?|out) of|outside|investigations? (?:being )?(?:carried out|conducted) by|"
    r"attacks? on|control of|situation of|according to)"
    r"\s+(?:the\s+|an?\s+)?(?:[\w.]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Right before a name: something is done to it, for it or with it."""
_VICTIM_BEFORE = re.compile(
    r"\b(?:kill|murder|assassinat|massacr|kidnap|wound|injur|ambush)(?:s|ed|ing)?\s+"
    r"(?!by\b)(?:(?!by\b)\w+(?:,| and)\s+){0,4}(?:the\s+|an?\s+)?(?:(?!by\b)\w+\s+)?$",
    re.IGNORECASE,
)
_VICTIM_AFTER = re.compile(
    r"(?:\s+and\s+(?:\w+\s+){0,2}\w+)?\s+(?:were\s+|was\s+)?(?:dead\b|"
    r"(?:killed|murdered|wounded|injured|assassinated)\s*(?:[,.;]|(?:and|in|by|on|at)\b))",
    re.IGNORECASE,
)
"""It suffered the deed: an arrest of somebody is left in, since those arrested are accused."""
_DOES = re.compile(
    rf"(?:\s+(?:in|of|from)\s+(?:the\s+)?\w+)?(?:\s+(?:also|then|has|have|had|today|later))*\s+"
    rf"(?:{_DEED}|\w+\s+that\s+(?:it|they|he|she)\s+(?:\w+\s+)?{_DEED}|"
    r"(?:is|are|was|were)\s+(?:also\s+)?(?:accused|charged|suspected))",
    re.IGNORECASE,
)
_WHO_DID = re.compile(rf"\s*,?\s*(?:who|which|that)\s+(?:\w+\s+){{0,3}}?{_DEED}", re.IGNORECASE)
_CASE_AGAINST = re.compile(
    r"\b(?:accusations?|charges?|evidence|proof|case|suspicions?) against\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)


def whole_name(text: str, span: Range) -> Range:
    """A name that is an adjective, a nation's, or the owner's of a government, with the noun that it describes.

    Args:
        text: The document's.
        span: The name's.

    Returns:
        The span, to the end of that noun where there is one.

    >>> text = "soldiers of the Salvadoran armed forces fired"
    >>> text[slice(*whole_name(text, (16, 26)))]
    'Salvadoran armed forces'
    """
    words = fold(text[slice(*span)]).split()
    owned = _OWNED.match(text, span[1])
    if owned:
        return span[0], owned.end()
    if not words or (words[-1] not in COUNTRY_OF and words[-1] not in _ADJECTIVES):
        return span
    heads = default_ontology().heads
    actors = _HEADS | heads["groups"] | heads["perpetrators"] | heads["people"]
    end, met = span[1], ""
    for _ in range(3):
        word = _NEXT.match(text, end)
        if word is None:
            break
        end, last = word.end(), fold(word[1])
        if last in actors or f"{met} {last}" in actors:
            return span[0], end
        met = last
    return span


def is_accused(text: str, span: Range, *, sentence: Range, whole: bool = False, speaks: bool = False) -> bool:
    """Whether a sentence links a name that it holds to a deed.

    Args:
        text: The document's.
        span: The name's, as `whole_name` gives it.
        sentence: The sentence's.
        whole: Whether the whole sentence is near: lists of people run over it, patterns have looked already.
        speaks: Whether the words are a source's: who says something does it only where the next words say so.

    Returns:
        False also where the words name nobody who can be accused.
    """
    name = " ".join(text[slice(*span)].split())
    if not can_act(name):
        return False
    # an editor's insertion is no distance: "the FMLN [Farabundo Marti National Liberation Front] shelled"
    before = " ".join(GLOSS.sub("", text[sentence[0] : span[0]]).split()) + " "
    after = GLOSS.sub("", text[span[1] : sentence[1]])
    if not whole:
        before, after = before[-BEFORE:], after[:AFTER]
    if speaks and not _DOES.match(after):
        return False
    if _THING.match(after) or _SPEAKS.match(after) or _VICTIM_AFTER.match(after) or _VICTIM_BEFORE.search(before):
        return False
    if _WHO_DID.match(after):
        return True
    if _STRUCK.search(before) and not _CASE_AGAINST.search(before):
        return False
    return bool(_LINK.search(before) or _LINK.search(after))


def can_act(name: str) -> bool:
    """Whether a name is somebody's whom one can accuse.

    >>> can_act("armed forces"), can_act("Albanian"), can_act("autopsies"), can_act("murderers"), can_act("hired men")
    (True, False, False, False, True)
    """
    words = fold(name).split()
    if not words or words[0] == "of" or name[-2:].lower() in ("'s", "’s") or _ANYBODY.issuperset(words):
        return False
    if words != ["military"] and all(word in COUNTRY_OF or word in _ADJECTIVES for word in words):
        return False
    return not (_NO_ACTOR.search(name) or _DOERS.match(name))
