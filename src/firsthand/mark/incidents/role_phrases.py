"""Who did what to whom, from word lists and word order: what incidents rest on when no net has read the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.records import Mention
from firsthand.core.spans import Range
from firsthand.mark.incidents.passages import Sentence
from firsthand.mark.incidents.triggers import Trigger
from firsthand.mark.ontology import Ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Words that fill a role of an incident.

    Attributes:
        role: One of core.encodings.ROLES.
        span: Its place in the text.
        sentence: Index of the sentence.
        score: 0–1, how sure the role is.
        kinds: Incident kind → share, by the net; empty without one.
        confidences: MUC-4 confidence → share, by the net; empty without one.
        stages: Stage → share, by the net; empty without one.
        cue: How an accusation pattern put it: `accused`, `claimed`, `denied`, or "" if none did.
        trigger: Index of the trigger whose words it stands with, or None.
        tagged: Whether the net found it.
    """

    role: str
    span: Range
    sentence: int
    score: float
    kinds: dict[str, float] = field(default_factory=dict)
    confidences: dict[str, float] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    cue: str = ""
    trigger: int | None = None
    tagged: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase of the words [first, last); `group` names the class of its head."""

    first: int
    last: int
    head: int
    group: str


_STOP = frozenset(
    "the a an this that these those his her their its our my your of in on at by for to from with against near "
    "and or but who which when while as after before during into over under between through is are was were be "
    "been being has have had do does did not no nor he she it they we you i him them us said says today yesterday "
    "tonight also than then there here where would could will can may might must should one two three four five "
    "six seven eight nine ten eleven twelve several some many all more other others another least about both each "
    "every any such if because since until including according whose what up out off down under-the january "
    "february march april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday last next ago early late morning night afternoon evening".split()
)
_CLAUSE = frozenset({",", ";", ":", ".", '"', "“", "”", "(", ")", "[", "]", "?", "!", "-", "--", "–", "—"})
_BREAK_BEFORE = frozenset("while when after before because although but".split())
_ACCUSE = frozenset("accused accuses accuse accusing blamed blames blame blaming implicated suspects suspected".split())
TITLES = frozenset(
    "president minister senator governor mayor judge general gen colonel col captain capt lieutenant lt major maj "
    "sergeant sgt corporal commander father rev reverend bishop archbishop monsignor msgr dr doctor mr mrs ms "
    "professor prof deputy candidate leader engineer attorney ambassador priest businessman journalist secretary "
    "magistrate officer".split()
)
_POSSESSIVE_PATIENT = frozenset(
    "murder assassination killing slaying kidnapping abduction execution death murders massacre".split()
)


def sentence_to_phrases(sentence: Sentence, *, ontology: Ontology, mentions: Sequence[Mention]) -> list[_Phrase]:
    """Noun phrases whose head is a word of the ontology or a mention found elsewhere."""
    words = sentence.lower
    phrases: list[_Phrase] = []
    known = _mentions_by_word(sentence, mentions, ontology)
    at = 0
    while at < len(words):
        if at in known:
            last, group = known[at]
            phrases.append(_Phrase(at, last, last - 1, group))
            at = last
            continue
        if words[at] in _STOP or not words[at][0].isalnum():
            at += 1
            continue
        last = at
        while last < len(words) and last - at < 8 and last not in known and _inside(words, last, ontology):
            last += 1
        phrase = _headed(words, at, last, ontology) if last > at else None
        if phrase is not None:
            phrases.append(phrase)
        at = max(last, at + 1)
    return phrases


def _inside(words: Sequence[str], at: int, ontology: Ontology) -> bool:
    word = words[at]
    if word in _STOP or not word[0].isalnum() or word.isdecimal():
        return False
    if word in ontology.verbs and ontology.verbs[word][1] in ("past", "ing", "third"):
        return False
    return not (
        len(word) > 4
        and word.endswith("ed")
        and word not in ("armed", "united", "uniformed", "unidentified", "hooded", "masked")
    )


def _headed(words: Sequence[str], first: int, last: int, ontology: Ontology) -> _Phrase | None:
    """The phrase in the run [first, last), ending at its last head word, or at the run's end after a title."""
    for head in range(last - 1, first - 1, -1):
        if words[head] in TITLES and head + 1 < last and words[head + 1].isalpha():
            return _Phrase(head + 1, last, last - 1, "person")
        pair = f"{words[head - 1]} {words[head]}" if head > first else ""
        for group in ("weapons", "perpetrators", "groups", "targets", "people"):
            if words[head] in ontology.heads[group] or pair in ontology.heads[group]:
                return _Phrase(first, head + 1, head, group)
    return None


_GROUP_OF = {
    "person": "person",
    "organisation": "groups",
    "facility": "targets",
    "vehicle": "targets",
    "weapon": "weapons",
}


def _mentions_by_word(
    sentence: Sentence, mentions: Sequence[Mention], ontology: Ontology
) -> dict[int, tuple[int, str]]:
    known: dict[int, tuple[int, str]] = {}
    for mention in mentions:
        group = _GROUP_OF.get(mention.kind)
        if group is None or not (sentence.span[0] <= mention.span.start and mention.span.end <= sentence.span[1]):
            continue
        inside = [k for k, (a, b) in enumerate(sentence.words) if mention.span.start <= a and b <= mention.span.end]
        if inside and (inside[0] not in known or known[inside[0]][0] < inside[-1] + 1):
            last = sentence.lower[inside[-1]]
            described = next((g for g in ("perpetrators", "people") if last in ontology.heads[g]), group)
            known[inside[0]] = (inside[-1] + 1, described)
    return known


def triggers_to_fillers(
    sentence: Sentence, triggers: Sequence[tuple[int, Trigger]], *, ontology: Ontology, mentions: Sequence[Mention]
) -> list[Filler]:
    """Fill the roles of a sentence's triggers by word order.

    Args:
        sentence: The sentence.
        triggers: Its triggers with their index in the document.
        ontology: Head words.
        mentions: Of the document; people, organisations, facilities, vehicles and weapons count as phrases.

    Returns:
        Fillers, at most one per phrase and trigger, in order of the triggers.
    """
    phrases = sentence_to_phrases(sentence, ontology=ontology, mentions=mentions)
    found: list[Filler] = []
    for index, trigger in triggers:
        agents, patients = _arguments(sentence, trigger, phrases)
        for phrase, agent in [*((p, True) for p in agents), *((p, False) for p in patients)]:
            role = _role(phrase, agent)
            if role:
                found.append(_filler(sentence, phrase, role, index, trigger.sentence))
        for phrase in phrases:
            if phrase.group == "weapons" and abs(phrase.head - trigger.word) < 12:
                found.append(_filler(sentence, phrase, "weapon", index, trigger.sentence))
    if triggers:
        found.extend(_accused(sentence, phrases, triggers[0]))
    return found


def _filler(sentence: Sentence, phrase: _Phrase, role: str, trigger: int, number: int, cue: str = "") -> Filler:
    span = (sentence.words[phrase.first][0], sentence.words[phrase.last - 1][1])
    return Filler(role=role, span=span, sentence=number, score=0.5, trigger=trigger, cue=cue)


def _role(phrase: _Phrase, agent: bool) -> str | None:
    if agent:
        if phrase.group in ("perpetrators", "person", "people"):
            return "perpetrator_person"
        return "perpetrator_group" if phrase.group == "groups" else None
    if phrase.group in ("people", "person", "perpetrators"):
        return "victim"
    return "target" if phrase.group in ("targets", "groups") else None


def _arguments(sentence: Sentence, trigger: Trigger, phrases: Sequence[_Phrase]) -> tuple[list[_Phrase], list[_Phrase]]:
    """(agents, patients) of a trigger."""
    words = sentence.lower
    left = _left(words, trigger, phrases)
    right = _right(words, trigger.last, phrases)
    by = _after_word(words, trigger.last, ("by",), phrases)
    if trigger.voice in ("passive", "participle"):
        return by, left
    if trigger.voice == "active":
        before = words[trigger.word - 1] if trigger.word else ""
        if words[trigger.word].endswith("ing") and before not in ("was", "were", "is", "are", "been"):
            left = []
        return [] if before == "to" else left, right
    patients = _after_word(words, trigger.last, ("of", "against", "on", "at", "near", "outside"), phrases)
    if (trigger.word >= 2 and words[trigger.word - 1] in ("'", "s")) or (
        trigger.word and words[trigger.word - 1].endswith(("'s", "s'"))
    ):
        if words[trigger.word] in _POSSESSIVE_PATIENT:
            patients = patients or left
        else:
            by = by or left
    elif words[trigger.word] in _POSSESSIVE_PATIENT and not patients:
        patients = [p for p in phrases if p.last == trigger.word and p.group in ("people", "person")]
    return by, patients


def _left(words: Sequence[str], trigger: Trigger, phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """The phrase nearest before a trigger in its clause; a relative "who" steps over its comma."""
    for phrase in reversed(phrases):
        if phrase.last > trigger.word or (phrase.group == "weapons" and trigger.kind != "bombing"):
            continue
        between = words[phrase.last : trigger.word]
        if len(between) > 10 or set(between) & (_BREAK_BEFORE | {";", ":", '"', "“", "”"}):
            return []
        if "," in between and not {"who", "which", "that"} & set(between):
            return []
        return [] if phrase.group == "weapons" else _conjuncts(words, phrase, phrases)
    return []


def _conjuncts(words: Sequence[str], last: _Phrase, phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """A phrase and those joined to it by commas and "and" on its left: "the six priests, a cook and her daughter"."""
    found = [last]
    for phrase in reversed(phrases[: phrases.index(last)]):
        between = words[phrase.last : found[0].first]
        joined = {"and", ",", "or", "&"} & set(between)
        if not joined or len(between) > 4 or phrase.group == "weapons" or set(between) & (_BREAK_BEFORE | {";", ":"}):
            break
        found.insert(0, phrase)
    return found[-5:]


def _right(words: Sequence[str], start: int, phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """Phrases after a trigger up to the end of its clause; a list joined by commas and "and" is taken whole."""
    found: list[_Phrase] = []
    at = start
    for phrase in phrases:
        if phrase.first < start:
            continue
        between = words[at : phrase.first]
        if len(between) > 4 or set(between) & (_BREAK_BEFORE | {";", ":", ".", "by", "with", "who", "from"}):
            break
        if phrase.group != "weapons":
            if found and not set(between) & {"and", ",", "or"}:
                break
            found.append(phrase)
        at = phrase.last
    return found[:4]


def _after_word(words: Sequence[str], start: int, marks: Sequence[str], phrases: Sequence[_Phrase]) -> list[_Phrase]:
    for at in range(start, min(start + 8, len(words))):
        if words[at] in marks:
            return _right(words, at + 1, phrases)
        if words[at] in _CLAUSE:
            return []
    return []


_OWN_WORDS = frozenset("claimed denied assumed admitted claims denies".split())
_RESPONSIBLE = re.compile(
    r"\b(claimed|denied|denies|claims|assumed|admitted)(?: \w+){0,3} (?:responsibility|involvement|authorship)\b"
)


def _accused(sentence: Sentence, phrases: Sequence[_Phrase], trigger: tuple[int, Trigger]) -> list[Filler]:
    """Who is accused, claims or denies it, by the verbs that say so."""
    words, (index, first) = sentence.lower, trigger
    number = first.sentence
    found: list[Filler] = []
    for at, word in enumerate(words):
        role_of = {"groups": "perpetrator_group", "perpetrators": "perpetrator_person", "person": "perpetrator_person"}
        if word in _ACCUSE:
            passive = at and words[at - 1] in ("was", "were", "been", "is", "are", "being")
            near = [p for p in phrases if (p.last <= at if passive else p.first > at)]
            picked = (near[-1:] if passive else near[:1]) if near else []
            found.extend(
                _filler(sentence, p, role_of[p.group], index, number, "accused") for p in picked if p.group in role_of
            )
        elif word == "responsible" or (word == "to" and at and words[at - 1] == "attributed"):
            near = [p for p in phrases if (p.last <= at if word == "responsible" else p.first > at)]
            picked = (near[-1:] if word == "responsible" else near[:1]) if near else []
            found.extend(
                _filler(sentence, p, role_of[p.group], index, number, "accused") for p in picked if p.group in role_of
            )
        elif word in _OWN_WORDS and _RESPONSIBLE.match(" ".join(words[at : at + 6])):
            near = [p for p in phrases if p.last <= at and p.group in role_of]
            cue = "denied" if word.startswith("den") else "claimed"
            found.extend(_filler(sentence, p, role_of[p.group], index, number, cue) for p in near[-1:])
    return found
