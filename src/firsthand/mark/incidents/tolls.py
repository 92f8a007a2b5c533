"""How many were killed, injured or are missing: every number of people that a sentence says this of.

A sentence is read as a string with one sign per word (toll_words.py) and per group of people (toll_groups.py); patterns
over the signs say which word of casualties belongs to which group. Left out are some of those counted before
("including two women"), what somebody fears or plans, and numbers of a whole war or year, for they are no single act's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from firsthand.core.spans import Range
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.toll_asides import words_to_streams
from firsthand.mark.incidents.toll_groups import Group, is_people, words_to_groups
from firsthand.mark.incidents.toll_words import HARD, PROPERTY_OF, TO_DEATH, may_tell_of_casualties, word_to_sign
from firsthand.mark.quantities import bounds_to_value, text_to_tokens, value_to_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A number of people to whom something happened.

    Attributes:
        property: killed, injured or missing.
        value: As a quantity's: `6`, `10..15`, `12..`, `..12`.
        span: The number and what it counts.
        cue: The word that says what happened.
        sentence: Index of the sentence.
        possible: Whether it only may be so ("feared dead", "may have died").
        more: Whether it comes on top of others ("two more").
        part: Whether it is some of others ("two of whom").
        bare: Whether no noun says who is counted ("four were hurt").
    """

    property: str
    value: str
    span: Range
    cue: Range
    sentence: int
    possible: bool = False
    more: bool = False
    part: bool = False
    bare: bool = False


def passages_to_tolls(passages: Passages) -> list[Toll]:
    """Find the numbers of killed, injured and missing that a document gives.

    Args:
        passages: The document, with the people named in it.

    Returns:
        In order of the text. What comes on top of others is given only behind others to whom something else happened
        ("killing two and wounding 15 others"): alone it would pass for the whole.
    """
    found: list[Toll] = []
    asked: tuple[str, int] | None = None
    for number in range(len(passages.sentences)):
        answers = asked[0] if asked and number - asked[1] <= _ANSWERED else ""
        asked = _asked(passages, number) or asked
        tolls = sorted(_sentence_to_tolls(passages, number, answers), key=lambda toll: toll.span)
        for toll in tolls:
            before = [other for other in found[-_NEAR:] if number - other.sentence <= 1]
            same = [other for other in (*before, *tolls) if other.property == toll.property and other != toll]
            sum_follows = any(other.span > toll.span for other in same)
            if toll.more and (sum_follows or not _is_behind_others(passages, toll, before)):
                continue
            if toll.part and any(other.sentence == number for other in same):
                continue
            if not _is_share(passages, toll, same):
                found.append(toll)
    return found


def _is_behind_others(passages: Passages, toll: Toll, before: Sequence[Toll]) -> bool:
    """Whether just before a toll of "others" something else is told of somebody: a number, or at least the word."""
    if before and before[-1].sentence == toll.sentence:
        return before[-1].property != toll.property
    for number in range(toll.sentence, max(-1, toll.sentence - 2), -1):
        start, end = passages.sentences[number].span
        text = passages.text[start : min(end, toll.span[0])].lower()
        words = [text[slice(*token)] for token in text_to_tokens(text)]
        told = [PROPERTY_OF.get(w, "killed") for w in words if word_to_sign(w) in "KDES"]
        if told:
            return told[-1] != toll.property
    return False


def _is_share(passages: Passages, toll: Toll, before: Sequence[Toll]) -> bool:
    """Whether a number alone, smaller than one the same voice has just given, is a share of it: "Four were women"."""
    voice = passages.innermost(toll.span)
    low = value_to_bounds(toll.value)[0] or 0
    return (
        toll.bare
        and toll.value != "0"
        and any(
            other.span < toll.span
            and low < (value_to_bounds(other.value)[0] or 0)
            and passages.innermost(other.span) == voice
            for other in before
        )
    )


_NEAR = 8
"""Tolls back to which others are looked for."""
_GAP = r"(?:oG)?(?:[opt][^,;&WBbHKJSDNFTGgZ]{1,6}){0,2}(?:[Wv][^,;&WBbHKJSDNFTGgZ]{1,8})?"
"""Between people and what happened to them: "three of the passengers in the car", "two women who worked there"."""
_PART = r"o[^,;&WBbHKJSDN]{0,6}"
_WOUNDED = r"(?:K[opty][^,;&BbHKJSDNFGgZ]{0,10})?"
"""Those already hurt: "two men injured in the attack have died"."""
_ASIDE = r"(?:,[^;GgZ]{0,40},|,)?"
_PASSIVE = r"a*W?a*(?:(?P<may>ma*)?Ha*)?(?P<be>[Bb])a*(?:[BbRfL]a*)*(?:ta*B)?a*(?:x&)?a*(?P<cue>[KE])(?P<two>&[KE])?"
_DIED = r"a*W?a*(?P<may>ma*)?H?a*(?P<cue>D)"
_RIGHT = [
    re.compile(pattern)
    for pattern in (
        rf"(?:[GZ]{_GAP}|g{_PART}){_WOUNDED}{_ASIDE}{_PASSIVE}",
        rf"(?:[GZ]{_GAP}|g{_PART}){_WOUNDED}{_ASIDE}{_DIED}",
        r"Ga*(?:[RfL]a*)?(?P<cue>E)",
        r"Ga*(?:[RfL]a*)?(?P<cue>K)(?P<two>&[KE])?(?P<after>.?)",
        r"[GZ]a*(?:x&)?x{0,2}(?P<cue>[FQ])",
        r"G(?P<cue>[NS])(?=$|[,;&poytBbH])",
        r"[GZ]a*W?a*H?a*C[da]*(?P<cue>F)",
        r"[GZ]a*W?a*H?a*U[axvdo]{0,4}(?P<cue>F)",
    )
]
"""From a group on: were killed; died; dead; killed in; deaths; lost their lives; suffered injuries."""
_LEFT = [
    re.compile(r"(?<![KJSE]&)(?<![BbR])(?P<cue>[KJS])[ad]*[Gg]$"),
    re.compile(r"(?P<cue>[NJFS])[axy]{0,3}o[ad]*[Gg]$"),
]
"""Up to a group: killed; the murder of."""
_TOLL = re.compile(r"(?:T|(?P<cue>M)o[davx]{0,5}(?P<of>[EKF])|(?P<all>M))(?:[^;,GgZKJSD]{0,10})[ad]*G$")
"""Up to a group: the death toll rose to; the number of dead to; bringing the total to."""
_LOOK_BACK = 40
"""Signs before a group in which its verb is looked for; they hold the patterns above with room to spare."""
_MANY = re.compile(
    r"\bsince (?:\S+ ){0,14}?(?:1[89]|20)\d\d\b|\b(?:during|through) (?:19|20)\d\d\b|\b(?:19|20)\d\d alone\b|"
    r"\b(?:in|over|during|within) (?:the |these |its |last |past |recent |more than |about |nearly |over |first )*"
    r"(?:[\w]+ (?:- )?)?(?:years?|decades?|months|weeks)(?! ago)(?! later)(?! - old)\b|"
    r"\b(?:in|over|during|within) the (?:last|past) (?:decade|year|month|week)\b|"
    r"\b(?:each|every|per|a) (?:day|week|month|year)\b(?! after| before| later| earlier| ago)|"
    r"\b(?:annually|this year alone|so far this (?:year|month|week))\b|\byears of\b|"
    r"\b(?:in|during|of|by|from) (?:(?:the|a|this|that|its|our|civil|long|year|years|old|dirty|of|\d+) |- ){0,7}"
    r"(?:war|warfare|conflict|insurgency|armed struggle|armed conflict)\b(?! material| materiel| crim| actions?)|"
    r"\b(?:war|conflict) (?:between|has|had|that|which|began)\b|"
    r"\bpolitical violence\b|\bprevious (?:attacks|incidents|actions)\b"
)
"""Signs that a number is of a war, a year, or many acts."""
MANY = 10_000
"""So many die in a war, not in one act: of all the tolls read (docs/incidents.md), none from here on was of one; nor
was any of "thousands"."""
_DOUBTED = frozenset("if unless whether".split())
_REACHING = frozenset("reached exceeded passed topped surpassed hit".split())


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of a sentence as signs; `at` has the tokens [first, last) of each sign."""

    words: Sequence[str]
    signs: str
    at: Sequence[tuple[int, int]]
    groups: dict[int, Group] = field(default_factory=dict)


_ANSWERED = 3
"""Sentences behind a question in which it is answered."""
_ANSWERING = frozenset(
    "says said say counts counted count gives gave reports reported told puts knows is was are were think thinks "
    "confirms confirmed ; ,".split()
)


def _asked(passages: Passages, number: int) -> tuple[str, int] | None:
    """What happened to those whose number a sentence asks for ("How many people have died?"), and the sentence."""
    words = passages.sentences[number].lower
    if words[-1:] != ("?",) or ("how", "many") not in pairwise(words):
        return None
    cue = next((word for word in words if word_to_sign(word) in "KDEF"), None)
    return (PROPERTY_OF.get(cue, "killed"), number) if cue else None


def _sentence_to_tolls(passages: Passages, number: int, answers: str) -> Iterator[Toll]:
    persons = [(m.span.start, m.span.end) for m in passages.mentions(number, "person")]
    if not answers and not may_tell_of_casualties(passages.sentences[number].lower):
        return
    for words, offsets in words_to_streams(passages, number):
        named = {k for k, (a, b) in enumerate(offsets) if any(s <= a and b <= e for s, e in persons)}
        line = _words_to_line(words, words_to_groups(words, persons=named))
        for sign, group in line.groups.items():
            if group.denied:
                continue
            found = list(_tolls_of(line, sign, group))
            if not found and answers and _is_answer(line, sign, group):
                value = bounds_to_value(group.low, group.high)
                found = [(answers, sign, Toll(property="", value=value, span=(0, 0), cue=(0, 0), sentence=number))]
            for prop, cue, toll in found:
                span = (offsets[group.first][0], offsets[group.last - 1][1])
                first, last = line.at[cue]
                yield replace(
                    toll, property=prop, span=span, cue=(offsets[first][0], offsets[last - 1][1]), sentence=number
                )


def _is_answer(line: _Line, sign: int, group: Group) -> bool:
    """Whether a number alone ends a clause and is what somebody says or counts: "The ministry says seven"."""
    before = _word(line, sign - 1) if sign else ";"
    after = line.signs[sign + 1 : sign + 2]
    return group.bare and group.high != 0 and after in ("", ",", ";") and (before in _ANSWERING or before == ":")


def _words_to_line(words: Sequence[str], groups: Sequence[Group]) -> _Line:
    starts = {group.first: group for group in groups}
    signs: list[str] = []
    at: list[tuple[int, int]] = []
    held: dict[int, Group] = {}
    k = 0
    while k < len(words):
        last, sign = k + 1, word_to_sign(words[k])
        if k in starts:
            group = starts[k]
            held[len(signs)] = group
            last, sign = group.last, "Z" if group.high == 0 else "g" if group.part else "G"
        elif words[k] in TO_DEATH:
            way = next(
                (w for w in (["dead"], ["to", "death"], ["down"]) if list(words[k + 1 : k + 1 + len(w)]) == w), []
            )
            last, sign = k + 1 + len(way), "K" if way else sign
        elif words[k] in _REACHING:
            sign = "f" if (signs and "T" in signs[-4:]) or "M" in signs[-6:] else sign
        signs.append(sign)
        at.append((k, last))
        k = last
    return _Line(words, "".join(signs), at, held)


def _tolls_of(line: _Line, sign: int, group: Group) -> Iterator[tuple[str, int, Toll]]:
    """Properties of a group, the sign that gives each, and the toll without its place."""
    vague = "thousands" in line.words[group.first : group.last]
    if group.high != 0 and (vague or (group.low or 0) >= MANY or _MANY.search(" ".join(_clause(line, sign)))):
        return
    value = bounds_to_value(group.low, group.high)
    toll = Toll(property="", value=value, span=(0, 0), cue=(0, 0), sentence=0, more=group.more, part=group.part)
    before = line.signs[max(0, sign - _LOOK_BACK) : sign + 1]
    shift = sign + 1 - len(before)
    own = line.signs[sign + 1 : sign + 2]  # "a toll of one wounded"
    if own not in ("K", "E", "F") and (match := _TOLL.search(before)) and _reaches(line, sign, group):
        cue = match.start() + shift
        prop = "killed" if not match["cue"] else PROPERTY_OF.get(_word(line, match.start("of") + shift), "killed")
        if match["all"]:
            earlier = [k for k in range(cue) if line.signs[k] in "KJSDEF"]
            if not earlier:
                return
            prop = PROPERTY_OF.get(_word(line, earlier[-1]), "killed")
        if _word(line, sign - 1) in ("from", "by") or line.words[group.first] == "from":
            toll = replace(toll, value=bounds_to_value(group.high, group.high))
        yield prop, cue, toll
        return
    inner = line.signs[:sign].rstrip("ad").endswith(("go", "Go"))
    for pattern in _RIGHT:
        match = pattern.match(line.signs, sign)
        if inner and match and match.groupdict().get("be") and "W" not in match.group():
            continue  # "two of the five were killed" says it of two
        if match and _fits(line, match, group):
            possible = bool(match.groupdict().get("may")) or "f" in match.group()
            for cue in _cues(line, match, group):
                word = _word(line, cue)
                toll = replace(toll, bare=(group.bare and line.signs[cue] in "KD") or "U" in match.group())
                if word in ("casualties", "victims"):
                    yield "killed", cue, toll
                    yield "injured", cue, toll
                else:
                    yield PROPERTY_OF.get(word, "killed"), cue, replace(toll, possible=possible)
            return
    for pattern in _LEFT:
        match = pattern.search(before)
        if match:
            cue = match.start("cue") + shift
            mood = _mood(line, cue) if pattern is _LEFT[0] else "told"
            if mood != "not":
                yield PROPERTY_OF.get(_word(line, cue), "killed"), cue, replace(toll, possible=mood == "may")
            return


def _reaches(line: _Line, sign: int, group: Group) -> bool:
    """Whether what stands before a number makes it the sum: to, at, of, was, reached."""
    before = line.signs[:sign].rstrip("ad")
    return (
        before[-1:] in (*"tTBbof", "")
        or "from" in (_word(line, sign), _word(line, sign - 1))
        or _word(line, sign - 1) == "by"
    )


def _word(line: _Line, sign: int) -> str:
    return line.words[line.at[sign][0]]


def _fits(line: _Line, match: re.Match[str], group: Group) -> bool:
    """What signs alone do not tell: number and verb agree, a participle is none of an active verb, lives are lost."""
    found = match.groupdict()
    cue = match.start("cue")
    word = _word(line, cue)
    nobody = group.high == 0
    if found.get("be") == "b" and not (nobody or group.low == group.high == 1 or group.part):
        return False
    if found.get("may") and "H" not in match.group():
        return False
    if _is_doubted(line, match.start()):
        return False
    if group.bare and line.signs[match.start() - 1 : match.start() + 2] == "oG,":
        return False  # "the mother of three, died"
    if found.get("two") and not nobody:
        return False
    if nobody:
        return line.signs[cue] in "KDFQ" and not HARD & set(line.words[line.at[match.start()][0] : line.at[cue][0]])
    if line.signs[cue] == "Q" or (
        word in ("wounds", "burns", "injury") and "U" not in match.group() and group.high != 1
    ):
        return False
    if word == "lives":
        return "C" in line.signs[max(0, match.start() - 3) : match.end() + 4]
    after = found.get("after")
    if after is None or after in ("", *",;&poytBbHWEa"):
        return True
    following = line.words[line.at[cue][1]]
    return after == "x" and group.bare and (word in PROPERTY_OF or is_people(following, one=group.high == 1))


def _cues(line: _Line, match: re.Match[str], group: Group) -> list[int]:
    cues = [match.start("cue")]
    if match.groupdict().get("two") and group.high == 0:
        cues.append(match.start("two") + 1)
    return cues


def _mood(line: _Line, cue: int) -> str:
    """told, may (have killed), or not: would kill, did not kill, plans to kill, if they kill."""
    start = max((line.signs.rfind(mark, 0, cue) for mark in ";,W"), default=-1) + 1
    start = max(start, cue - 6)
    clause = line.signs[start:cue]
    denied = any(sign == "n" and _word(line, start + k + 1) != "only" for k, sign in enumerate(clause))
    if denied or _is_doubted(line, cue):
        return "not"
    words = [_word(line, k) for k in range(max(0, cue - 2), cue)]
    if line.signs[cue] == "S" and words[-1:] == ["to"] and not words[0].startswith("manag"):
        return "not"
    if "m" in clause:
        return "may" if "H" in clause[clause.index("m") :] else "not"
    return "told"


def _is_doubted(line: _Line, sign: int) -> bool:
    """Whether an "if" stands before it in its clause."""
    return any(
        _word(line, k) in _DOUBTED for k in range(sign) if not any(_ends_clause(line, j) for j in range(k, sign))
    )


def _clause(line: _Line, sign: int) -> Sequence[str]:
    """The words of the clause around a sign."""
    first, last = sign, sign
    while first > 0 and not _ends_clause(line, first - 1):
        first -= 1
    while last + 1 < len(line.signs) and not _ends_clause(line, last):
        last += 1
    return line.words[line.at[first][0] : line.at[last][1]]


def _ends_clause(line: _Line, sign: int) -> bool:
    """Whether a clause ends at a sign: a semicolon, or a comma before which, where, while, but."""
    if line.signs[sign] != ",":
        return line.signs[sign] == ";"
    following = _word(line, sign + 1) if sign + 1 < len(line.signs) else ""
    return word_to_sign(following) == "W" or following in ("where", "while", "but", "when", "although")
