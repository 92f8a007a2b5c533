"""Words that tell of an act of violence or coercion: as done, tried, threatened, feared or denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from firsthand.core.spans import Range
from firsthand.mark.incidents.passages import Sentence
from firsthand.mark.ontology import Ontology

Voice = Literal["active", "passive", "participle", "noun"]
Mood = Literal["told", "attempted", "threatened", "hypothetical", "negated", "general"]

_BE = frozenset("was were been being be is are got get gets".split())
_HYPOTHETICAL = frozenset("would could might may should shall will if whether unless can cannot must".split())
_FEAR = frozenset(
    "prevent prevented preventing avoid avoided fear feared fears risk possible potential future planning plan "
    "plans planned plot plotted plotting prepare prepared preparing conspiracy conspired against-the-possibility "
    "capable ready intended intend intends want wants wanted order-to decided".split()
)
_ATTEMPT = frozenset(
    "attempt attempts attempted attempting tried trying try tries foiled failed frustrated thwarted defused "
    "deactivated".split()
)
_THREAT = frozenset("threat threats threaten threatened threatens threatening vowed warned".split())
_NEGATION = frozenset("not never no nobody didn't wasn't weren't hadn't without neither nor".split())
_GENERAL = frozenset(
    "all every any such these those many violence crimes war terrorist daily wave recent series".split()
)
_IDIOMS = frozenset(
    "heart panic personal verbal political media economic legislative hunger general labor strike lightning".split()
)
_NOT_VIOLENT = {
    "fire": frozenset(
        "cease cease-fire brush forest friendly under open exchange set on catch the by into in at from".split()
    ),
    "fired": frozenset("was were been get got being be coach manager employee".split()),
    "shot": frozenset("long big screen mug photo film video movie shot a best".split()),
    "shooting": frozenset(["star", "film", "movie", "photo"]),
    "blast": frozenset(["past"]),
    "blow": frozenset("heavy severe serious hard strong a major new low".split()),
    "hit": frozenset("big a huge was were smash be been".split()),
    "execution": frozenset(["stage", "the"]),
    "explode": frozenset(["population"]),
    "shell": frozenset(["sea", "egg"]),
    "execute": frozenset(["to"]),
    "executed": frozenset(["well", "perfectly"]),
    "storm": frozenset("tropical snow winter ice rain a the perfect dust".split()),
    "attack": frozenset(["heart", "asthma", "panic"]),
    "hack": frozenset(["computer"]),
    "stealing": frozenset(()),
    "burn": frozenset(["calories"]),
    "burning": frozenset(["fossil"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word that tells of an incident.

    Attributes:
        span: Its place in the text.
        kind: Name of the ontology's kind.
        sentence: Index of the sentence.
        word: Index of the word in the sentence's words.
        last: Index past its last word.
        voice: How the words around it take their roles.
        mood: `told` is the only one that makes an incident on its own; `attempted` and `threatened` make one of that
            stage; `hypothetical` (would, may, feared, planned), `negated` and `general` make none.
    """

    span: Range
    kind: str
    sentence: int
    word: int
    last: int
    voice: Voice
    mood: Mood


def sentences_to_triggers(sentences: Sequence[Sentence], ontology: Ontology) -> list[Trigger]:
    """Find the words of the ontology that tell of incidents.

    Args:
        sentences: Of one document, in order.
        ontology: Kinds and their words.

    Returns:
        Triggers in order of the text, none overlapping.
    """
    found: list[Trigger] = []
    for number, sentence in enumerate(sentences):
        at = 0
        while at < len(sentence.lower):
            trigger = _trigger_at(sentence, at, number, ontology)
            if trigger is None:
                at += 1
            else:
                found.append(trigger)
                at = trigger.last
    return found


def _trigger_at(sentence: Sentence, at: int, number: int, ontology: Ontology) -> Trigger | None:
    words = sentence.lower
    word = words[at]
    for form in (f"{word} {words[at + 1]}" if at + 1 < len(words) else "", word):
        kind = ontology.nouns.get(form)
        if kind and not _other_sense(words, at, form):
            last = at + 1 + (" " in form)
            if word in ontology.verbs and _is_verb(words, at):
                break
            if word in _NEEDS_OF and words[last : last + 1] != ("of",):
                return None
            return _make(sentence, (at, last), kind, number, "noun")
    for particle, kind in ontology.particles.get(word, ()):
        window = words[at + 1 : at + 6]
        if particle in window and not (set(window[: window.index(particle)]) & set(",.;:")):
            return _make(sentence, (at, at + 1), kind, number, _voice(words, at, "past"))
    if word in ontology.verbs and not _other_sense(words, at, word):
        kind, form = ontology.verbs[word]
        if form == "base" and not _is_verb(words, at):
            return None
        voice = "noun" if _are_people(words, at) else _voice(words, at, form)
        return _make(sentence, (at, at + 1), kind, number, voice)
    return None


_AFTER_NOUN = frozenset("of by in at on and or , . ; : was were is are has had that which who occurred took".split())
_DETERMINERS = frozenset("the a an this that these those his her their its our my your another each of no".split())
_SUBJECTS = frozenset(
    "to who which that they we you i and will would could can may might must should did do does not".split()
)


_NEEDS_OF = frozenset("murderer murderers killer killers assassin assassins death deaths".split())
"""Nouns that tell of an act only with whom it befell: "the murderers of the priests", "the death of two guards"."""


_HURT = frozenset(["wounded", "injured"])


def _are_people(words: Sequence[str], at: int) -> bool:
    """Whether a participle stands for people: "the wounded were taken away", "22 injured", "the number of injured"."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if words[at] not in _HURT or not (before in ("the", "of") or before[:1].isdecimal()):
        return False
    return after in _AFTER_NOUN or not after[:1].isalpha() or after in ("to", "were", "remained")


def _is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a form that is both noun and verb ("attack", "raid", "murder") is a verb here."""
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at].endswith(("ed", "ew", "ot", "ain")) and words[at] not in ("shot",):
        return True
    if words[at].endswith("ing") and before not in _DETERMINERS and after not in _AFTER_NOUN:
        return True
    return before in _SUBJECTS or (before.endswith("s") and after in _DETERMINERS and before not in _DETERMINERS)


def _other_sense(words: Sequence[str], at: int, form: str) -> bool:
    before = words[at - 1] if at else ""
    return before in _IDIOMS or before in _NOT_VIOLENT.get(form, ())


def _voice(words: Sequence[str], at: int, form: str) -> Voice:
    before = words[max(0, at - 4) : at]
    if form == "past":
        if any(w in _BE for w in before) and not (set(before) & {",", ".", ";"} and before[-1] not in _BE):
            return "passive"
        if at + 1 < len(words) and words[at + 1] in ("by", "in", "on", "during", "at", "last", "yesterday", "today"):
            return "participle"
    return "active"


def _make(sentence: Sentence, bounds: Range, kind: str, number: int, voice: Voice) -> Trigger:
    at, last = bounds
    span = (sentence.words[at][0], sentence.words[last - 1][1])
    mood = _mood(sentence.lower, at, last, voice)
    return Trigger(span=span, kind=kind, sentence=number, word=at, last=last, voice=voice, mood=mood)


def _mood(words: Sequence[str], at: int, last: int, voice: Voice) -> Mood:
    """How the act is told, from the words before it in its clause and just after it."""
    clause = []
    for word in reversed(words[max(0, at - 8) : at]):
        if word in (",", ";", ":", ".", '"', "“", "”", "who", "which"):
            break
        clause.append(word)
    near, after = set(clause[:5]), set(words[last : last + 3])
    if near & _ATTEMPT or after & {"attempt", "attempts"}:
        return "attempted"
    if near & _THREAT or words[at] in ("threat", "threats") or words[last - 1] in ("threat", "threats"):
        return "threatened"
    reach = 1 if voice == "noun" else 4
    if set(clause[:reach]) & _NEGATION:
        return "negated"
    if voice != "noun" and "order" in near and clause[:1] == ["to"]:
        return "told"
    if near & _FEAR:
        return "hypothetical"
    modal = near & _HYPOTHETICAL
    if modal and not (modal <= {"may", "might", "could", "must", "would"} and "have" in near):
        return "hypothetical"
    if voice == "active" and clause[:1] == ["to"]:
        return "hypothetical"
    if voice == "noun" and words[last - 1].endswith("s") and set(clause[:3]) & _GENERAL:
        return "general"
    return "told"
