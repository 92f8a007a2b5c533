"""Numbers of people in a sentence: "at least four dock workers", "a woman and her two children", "nobody"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from firsthand.mark.incidents.toll_words import SIGN_OF
from firsthand.mark.ontology import default_ontology
from firsthand.mark.quantities import Number, number_at

_REACH = 8
"""Words between a number and its noun: "two Farabundo Marti National Liberation Front rebels"."""
_COLLECTIVE = frozenset(
    "police troops crew staff personnel persons members employees americans residents jews "
    "adults minors elderly supporters bystanders sympathizers seamen teenagers infants babies toddlers".split()
)
_ENDINGS = ("men", "women", "people", "children", "crew", "folk", "ers", "ists", "ans", "ors", "ees", "ants", "ents")
"""Plurals that are almost always people; what is not stands in the lists of things."""
_THINGS = frozenset(
    "years year months month weeks week days day hours hour minutes minute seconds times time percent km kilometers "
    "kilometres kilometer miles mile meters metres feet blocks rockets mortars missiles shells attacks bombings "
    "charges incidents occasions places points dollars pesos crowns euros pounds tons tonnes kilos kg acres hectares "
    "floors rounds shots flights a.m p.m am pm o'clock th st nd rd percentage departments provinces centers quarters "
    "ones containers computers trailers tankers towers papers letters numbers members'".split()
)
_LABELS = frozenset(
    "age aged no number article chapter flight resolution unit battalion brigade detachment route highway page".split()
)
_NOT_ONE = frozenset("first second third fourth fifth last next every each any which".split())
_MONTHS = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
_NOBODY = frozenset("people person persons one body".split())
_CAUSING = frozenset("causing inflicting leaving suffering producing any casualties injuries deaths".split())
_SELF = frozenset("himself herself".split())
_MORE = frozenset("more another other others further additional".split())
_ARTICLES = frozenset("a an the one his her their its our".split())
_BEFORE = frozenset("the his her their its these those all another other only".split())
"""What can stand before a number of people without changing it."""
_WHOLES = frozenset("the them whom those these his her its their our us which".split())
_MOST = 12
"""Members of a list of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People that a sentence counts: tokens [first, last).

    Attributes:
        low: Fewest, or None.
        high: Most, or None.
        bare: Whether no noun says what is counted.
        people: Whether it may be people by all that the words say; else a noun names what nobody here knows.
        part: Whether it counts some of those who are named next ("two of the five").
        more: Whether it comes on top of others ("two more", "15 others").
        denied: Whether the text says that it is not this number.
        single: Whether it is one person told without a number ("the minister"): counted only in a list with numbers.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    bare: bool = False
    people: bool = True
    part: bool = False
    more: bool = False
    denied: bool = False
    single: bool = False


def words_to_groups(words: Sequence[str], *, persons: Collection[int] = ()) -> list[Group]:
    """Find the people that a sentence counts.

    Args:
        words: Tokens in lower case.
        persons: Tokens that are part of a person's name.

    Returns:
        In order, none overlapping; the members of a list that holds a number ("the minister and two guards") are one
        group, their sum. Nobody is a group of 0.

    >>> [(g.low, g.high) for g in words_to_groups("a woman and her two children fled from at least 3 men".split())]
    [(3.0, 3.0), (3.0, None)]
    """
    padded = [*words, *[""] * _REACH * 2]
    found: list[Group] = []
    at = 0
    while at < len(words):
        group = _listed(padded, at, persons)
        if group is not None:
            found.append(group)
        at = group.last if group is not None else at + 1
    return found


def _listed(words: Sequence[str], at: int, persons: Collection[int]) -> Group | None:
    """The list of people that begins at a token, or its only member."""
    first = _member(words, at, persons)
    if first is None:
        return None
    members, closed = [first], 1
    while len(members) < _MOST and not (members[-1].part or members[-1].low == 0 or not first.people):
        here = members[-1].last
        here += words[here] == ","
        linked = 3 if words[here : here + 3] == ["as", "well", "as"] else int(words[here] in ("and", "plus"))
        member = _member(words, here + linked, persons) if here + linked > members[-1].last else None
        if member is None or member.part or member.low == 0:
            break
        if member.single and member.first in persons and any(not m.single for m in members):
            break  # "two guards, John Smith and Peter Brown," are two
        members.append(member)
        closed = len(members) if linked else closed
    # only "and" closes a list; the last begins another clause in "killing two guards and a child was hurt", "six dead
    # soldiers and ten wounded"
    members = members[:closed]
    if len(members) > 1:
        after = SIGN_OF.get(words[members[-1].last], "x")
        active = any(SIGN_OF.get(word) in ("K", "J", "S") for word in words[max(0, at - 2) : at])
        if (active and after in "Bb") or (members[-1].bare and after in "KE"):
            members.pop()
    if all(member.single for member in members):
        return None
    lows, highs = [m.low for m in members], [m.high for m in members]
    return replace(
        first,
        last=members[-1].last,
        low=None if None in lows else sum(n for n in lows if n is not None),
        high=None if None in highs else sum(n for n in highs if n is not None),
        bare=first.bare and len(members) == 1,
        single=False,
    )


def _member(words: Sequence[str], at: int, persons: Collection[int]) -> Group | None:
    """A number of people, nobody, or one person, from exactly this token on."""
    return _nobody(words, at) or _numbered(words, at) or _one_person(words, at, persons)


def _nobody(words: Sequence[str], at: int) -> Group | None:
    """nobody, none, no one, no people; of "no casualties" the "no" alone, for the noun says what happened to nobody."""
    last = at
    if words[at] in ("nobody", "none"):
        last = at + 1
    elif words[at] == "no" and words[at + 1] in _NOBODY:
        last = at + 2
    elif words[at] == "no" or (words[at] == "without" and words[at + 1] in _CAUSING):
        # "no damage or casualties", "without causing any injuries"
        reach = 4 if words[at] == "without" or words[at + 2] in ("or", "nor", "and") else 2
        last = next((k for k in range(at + 1, at + reach) if SIGN_OF.get(words[k]) in ("F", "Q")), at)
    if last == at or words[last] == "else":
        return None
    return Group(first=at, last=last, low=0, high=0, bare=True)


def _numbered(words: Sequence[str], at: int) -> Group | None:
    start, more = at, False
    while start < at + 2 and words[start] in _BEFORE:
        more |= words[start] in _MORE
        start += 1
    start += 3 if words[start : start + 3] == ["a", "total", "of"] else 0
    number = next((n for k in range(start, start + 5) if (n := number_at(words, k)) and n.first == start), None)
    if number is None or _is_no_count(words, number):
        return None
    group = Group(first=at, last=number.last, low=number.low, high=number.high, bare=True, more=more)
    before = words[max(0, at - 2) : at]
    group = replace(group, denied=before[-1:] == ["not"] or before in (["rather", "than"], ["instead", "of"]))
    following = words[number.last + 1]
    if words[number.last] == "of" and (
        following in _WHOLES or following[:1].isdecimal() or number_at(words, number.last + 1)
    ):
        return replace(group, part=True)
    return _with_noun(words, group)


def _is_no_count(words: Sequence[str], number: Number) -> bool:
    """Whether it is an age, a date, a year, a time of day, a sum, an ordinal or part of a name."""
    before, after = words[number.first - 1] if number.first else "", words[number.last]
    low = number.low if number.low is not None else number.high
    return (
        (number.low or 0) % 1 != 0
        or (before == after == "," and number.last - number.first == 1)
        or before in _LABELS
        or (words[number.first] == "one" and before in _NOT_ONE)
        or before in ("$", "£", "€", "-")
        or (before == "." and number.first > 1 and words[number.first - 2] in _LABELS)
        or before in _MONTHS
        or after in _MONTHS
        or after in ("%", "st", "nd", "rd", "th")
        or (after in ("-", ":", ".") and words[number.last + 1][:1].isalnum())
        or (
            number.last - number.first == 1
            and low is not None
            and 1900 <= low <= 2100
            and words[number.first].isdecimal()
        )
    )


def _with_noun(words: Sequence[str], group: Group) -> Group | None:
    """The group with what it counts; None if that is no people."""
    one = group.low == group.high == 1
    last, noun, more = group.last, "", group.more
    for k in range(group.last, group.last + _REACH):
        word = words[k]
        if word == "-" or (word == "." and len(words[k - 1]) == 1):
            continue  # "U.S. soldiers"
        if word in _MORE:
            last, more = k + 1, True
        elif is_people(word, one=one):
            last, noun = k + 1, "people"
        elif noun == "people" or word == "one" or SIGN_OF.get(word, "a") != "a":
            break
        elif word in _THINGS:
            return None
        elif not word[:1].isalpha():
            break
        else:
            noun = word
    if noun == "people" or not noun:
        return replace(group, last=last, bare=not noun and not more, more=more)
    if not (one or noun.endswith("s")):
        return replace(group, more=more)
    if noun in _heads("targets", "weapons", "groups") or noun in default_ontology().nouns:
        return None
    return replace(group, last=k, more=more, people=False)


def _one_person(words: Sequence[str], at: int, persons: Collection[int]) -> Group | None:
    last = at + (at + 1 in persons and is_people(words[at], one=True))  # "Ambassador John Smith"
    if last in persons:
        while last in persons:
            last += 1
        if is_people(words[last - 1], one=False):
            return None
    elif words[at] in _SELF:
        last = at + 1
    elif words[at] in _ARTICLES:
        end = at + 1
        while end < at + _REACH and SIGN_OF.get(words[end], "a") == "a" and words[end][:1].isalpha():
            end += 1
        last = end if end > at + 1 and is_people(words[end - 1], one=True) else at
    return Group(first=at, last=last, low=1, high=1, single=True) if last > at else None


def is_people(word: str, *, one: bool) -> bool:
    """Whether a word means people: several, or one person."""
    word = word.removesuffix("'s")
    plural = word.endswith(("s", "men", "people", "children")) or word in _COLLECTIVE
    if word in _heads("people", "perpetrators") or word in _COLLECTIVE:
        return plural != one
    if one:
        return f"{word}s" in _COLLECTIVE
    return len(word) > 4 and word.endswith(_ENDINGS) and word not in _THINGS


@lru_cache(maxsize=8)
def _heads(*names: str) -> frozenset[str]:
    return frozenset().union(*(default_ontology().heads[name] for name in names))
