"""Names of actors as they are compared: what is a name, what only describes, and what names nobody.

"the Salvadoran Army" and "the army" are one name where the incident is in El Salvador; "some of its members", "men" and
"those" name nobody; "soldiers" and "the military" are words for a country's armed forces.
"""

from __future__ import annotations

import re

from firsthand.core.text import fold

_BRACKETS = re.compile(r"[\[(][^\[\]()]*[\])]?")

_TITLES = frozenset(
    "mr mrs ms dr gen general col colonel lt lieutenant maj major capt captain sgt sergeant cpl president "
    "minister senator sen governor gov mayor judge father fr reverend rev bishop archbishop monsignor msgr priest "
    "professor prof commander chief former ex deputy secretary sir".split()
)
_LEADING = frozenset(
    "the a an of to by from some several many certain other all any every another his her their its our my your "
    "this these such alleged allegedly presumed suspected unidentified unknown about approximately nearly almost "
    "murdered slain assassinated two three four five six seven eight nine ten eleven twelve dozens hundreds".split()
)
"""Words before a name that do not tell one actor from another."""
_DEMONYMS = {
    "salvadoran": "el salvador", "salvadorean": "el salvador", "colombian": "colombia", "guatemalan": "guatemala",
    "peruvian": "peru", "chilean": "chile", "honduran": "honduras", "nicaraguan": "nicaragua", "bolivian": "bolivia",
    "panamanian": "panama", "argentine": "argentina", "iraqi": "iraq", "iranian": "iran", "syrian": "syria",
    "israeli": "israel", "american": "united states", "russian": "russia", "ukrainian": "ukraine",
    "turkish": "turkey", "lebanese": "lebanon", "afghan": "afghanistan", "pakistani": "pakistan", "indian": "india",
    "mexican": "mexico", "venezuelan": "venezuela", "ecuadorian": "ecuador", "spanish": "spain", "french": "france",
    "british": "united kingdom", "egyptian": "egypt", "libyan": "libya", "yemeni": "yemen", "saudi": "saudi arabia",
    "sudanese": "sudan", "nigerian": "nigeria", "somali": "somalia", "kenyan": "kenya", "ethiopian": "ethiopia",
    "haitian": "haiti", "cuban": "cuba", "brazilian": "brazil", "philippine": "philippines", "burmese": "myanmar",
    "chinese": "china", "palestinian": "palestine", "german": "germany", "italian": "italy", "polish": "poland",
}  # fmt: skip
_PRONOUNS = frozenset(
    "i we us you he him she her it they them who whom whoever which that this these those one ones someone somebody "
    "anyone anybody everyone everybody others nobody none itself himself themselves".split()
)
_ANYBODY = frozenset(
    "people person persons man men woman women individual individuals member members group groups leader leaders "
    "spokesman spokesmen spokesperson official officials witness witnesses victim victims suspect suspects survivor "
    "survivors companion companions superior superiors guest wife husband son daughter family staff party parties "
    "side sides child children youth youths boy boys girl girls assassin assassins murderer murderers killer killers "
    "perpetrator perpetrators author authors attacker attackers assailant assailants culprit culprits main "
    "responsible different civilian civilians citizen citizens resident residents worker workers elements unit units "
    "armed dead wounded injured missing murdered".split()
)
"""Common nouns that by themselves name nobody: with a word of their own ("men in uniform") they describe."""
_DEED_NOUNS = frozenset(
    "assassin assassins murderer murderers killer killers perpetrator perpetrators author authors attacker attackers "
    "assailant assailants culprit culprits suspect suspects".split()
)
"""Words for whoever did it: what follows ("of the six priests") is about the deed, not about who did it."""
_PEOPLE = frozenset("man men woman women person persons people individual individuals subjects youths".split())
_FORCE = frozenset("army military soldiers soldier troops infantry".split())
_FORCE_WORDS = _FORCE | frozenset(
    "armed forces force men personnel officer officers unit units ranking high command senior top government "
    "regular national the".split()
)
_IRREGULAR = frozenset("guerrilla guerrillas rebel rebels insurgent insurgents subversives".split())
_IRREGULAR_WORDS = _IRREGULAR | frozenset(
    "leftist leftwing left wing marxist communist armed group groups fighters forces troops units column commandos "
    "the".split()
)
MEMBERS = frozenset(
    "member members soldier soldiers troops officer officers personnel element elements unit units people men "
    "guerrilla guerrillas rebel rebels fighters fighter militants militant terrorists commandos commando assassins "
    "insurgents gunmen agents policemen command leadership".split()
)
"""Words that make a part of an actor: "members of the Front", "Front guerrillas"."""


def canonical(name: str, *, country: str | None = None) -> str:
    """A name as actors are keyed by it.

    Folded; without what stands in brackets, articles, numbers, words of suspicion, titles, a possessive, or the demonym
    of the incident's own country.

    Args:
        name: As printed.
        country: Folded country of the incident, if known.

    Returns:
        Words split by single spaces; empty if nothing is left.

    >>> canonical("the Salvadoran Army", country="el salvador"), canonical("Col. Ana Ruiz")
    ('army', 'ana ruiz')
    >>> canonical("Northern Front [NF"), canonical("some 40 men wearing uniforms")
    ('northern front', 'men in uniform')
    """
    outside = _BRACKETS.sub(" ", name)
    words = fold((outside if outside.strip() else name).strip().removesuffix("'S").removesuffix("'s")).split()
    while len(words) > 1 and (words[0] in _LEADING or words[0] in _TITLES or words[0].isdecimal()):
        words = words[1:]
    words = [
        w for k, w in enumerate(words) if len(words) == 1 or not (country and _DEMONYMS.get(w) == country)
    ] or words
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if _PEOPLE & {*words} and any(w.startswith("uniform") for w in words):
        return "men in uniform"
    if len(words) > 2 and words[-1] == _initials(words[:-1]):
        words = words[:-1]
    return " ".join(words)


def _initials(words: list[str]) -> str:
    return "".join(w[0] for w in words)


def has_determiner(text: str, start: int) -> bool:
    """Whether an article, a number or a word like it stands at or before a place: people's names take none.

    >>> [has_determiner(text, 4) for text in ("the priests", "and Orme left", "six priests")]
    [True, False, True]
    """
    words = fold(text[max(0, start - 16) : start + 8]).split()
    at = len(fold(text[max(0, start - 16) : start]).split())
    return any(w in _LEADING or w.isdecimal() for w in words[max(0, at - 1) : at + 1])


def names_nobody(key: str) -> bool:
    """Whether a canonical name is a pronoun, or a common noun that fits anybody.

    >>> [names_nobody(key) for key in ("they", "men", "murderers of the priests", "men in uniform", "northern front")]
    [True, True, True, False, False]
    """
    words = key.split()
    if not words or len(key) < 2 or words[0] in _PRONOUNS or words[0] in _DEED_NOUNS:
        return True
    return all(w in _ANYBODY or w in _PRONOUNS or w in _LEADING or w in _TITLES or w in _DEMONYMS for w in words)


def is_force(key: str) -> bool:
    """Whether all words are ones that a country's armed forces go by.

    >>> [is_force(key) for key in ("armed forces", "soldiers", "high command", "armed men", "atlan battalion")]
    [True, True, True, False, False]
    """
    words = {*key.split()}
    core = words & _FORCE or {"armed", "forces"} <= words or {"high", "command"} <= words
    return bool(core) and words <= _FORCE_WORDS


def is_foreign_force(key: str) -> bool:
    """Whether it is a country's force by name, and that country is not the incident's own."""
    words = key.split()
    return len(words) > 1 and words[0] in _DEMONYMS and is_force(" ".join(words[1:]))


def is_irregular(key: str) -> bool:
    """Whether all words are ones for irregular fighters that name no group.

    >>> [is_irregular(key) for key in ("guerrillas", "leftist rebels", "northern front guerrillas")]
    [True, True, False]
    """
    words = {*key.split()}
    return bool(words & _IRREGULAR) and words <= _IRREGULAR_WORDS


def whole_of(key: str) -> str | None:
    """The actor that these are a part of, as far as the words say.

    >>> whole_of("members of the northern front"), whole_of("northern front guerrillas"), whole_of("northern front")
    ('northern front', 'northern front', None)
    """
    words = key.split()
    head, of, rest = key.partition(" of ")
    if of and head.split()[-1] in MEMBERS:
        return canonical(rest)
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in MEMBERS else None
