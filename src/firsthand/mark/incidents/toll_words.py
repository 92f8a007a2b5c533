"""Words that tell of casualties, each as one sign, so that the patterns of tolls.py are read over a string of signs.

Signs: K killed (participle or past), J killing, S kill(s), D died, E dead, N the murder of, F deaths, Q casualties,
T toll, M number or total; B were, b was, H have, L left, R reported, f feared, m may, n not, W who, C cost (lives),
U suffered; o of, t to or at, p another preposition or conjunction, & and or or, d article, y time, a adverb or filler,
"," and ";" marks, x anything else. A group of people is G, nobody is Z (toll_groups.py).
"""

from __future__ import annotations

from collections.abc import Sequence

_SIGNS = {
    "K": "killed murdered massacred slain slew assassinated executed slaughtered beheaded lynched martyred "
    "wounded injured hurt maimed treated hospitalized hospitalised",
    "J": "killing murdering massacring assassinating executing slaughtering slaying wounding injuring hurting maiming",
    "S": "kill kills murder murders massacre massacres assassinate slay slays injure injures wound",
    "D": "died die dies perished disappeared",
    "E": "dead missing unaccounted",
    "N": "assassination assassinations slaying slayings execution executions killings slaughter disappearance loss "
    "killer killers murderer murderers assassin assassins slayers",
    "F": "deaths death fatalities fatality injuries injury lives bodies corpses wounds burns",
    "Q": "casualties victims",
    "T": "toll",
    "M": "number total count figure tally",
    "B": "were are be been being got get",
    "b": "was is",
    "H": "have has had having",
    "L": "left leave leaves leaving",
    "R": "reported confirmed listed found declared pronounced counted",
    "f": "feared believed presumed thought",
    "m": "would could may might will shall can should",
    "n": "not never without",
    "W": "who that which",
    "C": "claimed claims claiming cost costing costs took taking lost lose losing claim",
    "U": "suffered suffering sustained sustaining received receiving",
    "o": "of",
    "t": "to at",
    "p": "in on by from for with during after before when while where as near inside outside aboard along against "
    "among because since until despite through over under since between but if so than into around within across",
    "&": "and or",
    "d": "the a an his her their its these those this our my your",
    "y": "last yesterday today tonight overnight monday tuesday wednesday thursday friday saturday sunday earlier here "
    "there this",
    "a": "also then later already now still both all only just others other more another further additional "
    "least instantly immediately somewhat very badly outright quite there together themselves "
    "estimated some",
    ",": ", ( )",
    ";": "; : . ! ? -- — –",
}
SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
_PROPERTIES = {
    "injured": "wounded injured hurt maimed wounding injuring hurting maiming injure injures wound injuries injury "
    "wounds burns treated hospitalized hospitalised",
    "missing": "missing unaccounted disappeared disappearance",
}
PROPERTY_OF = {word: name for name, words in _PROPERTIES.items() for word in words.split()}
"""Of the words of signs K to F; the others tell of killing."""
TO_DEATH = frozenset("shot hacked beaten stabbed burned burnt clubbed gunned blown crushed tortured".split())
"""Before "dead", "to death" or "down" these are killing too."""
HARD = frozenset("seriously badly critically gravely severely".split())
"""What nobody was, when somebody was hurt a little."""


def word_to_sign(word: str) -> str:
    """The sign of a word in lower case; adverbs in -ly are fillers, words in -ing have v.

    >>> word_to_sign("slightly"), word_to_sign("wounded"), word_to_sign("rocket")
    ('a', 'K', 'x')
    """
    return SIGN_OF.get(word) or ("a" if word.endswith("ly") else "v" if len(word) > 5 and word.endswith("ing") else "x")


_TELLING = TO_DEATH.union(word for word, sign in SIGN_OF.items() if sign in "KJSDENFQT")


def may_tell_of_casualties(words: Sequence[str]) -> bool:
    """Whether a word, or a part of one with a hyphen, can say what happened to people.

    No toll is without one; most sentences of most news are, and need not be read sign by sign.

    >>> may_tell_of_casualties(["six", "were", "wounded"]), may_tell_of_casualties(["the", "number"])
    (True, False)
    """
    return not _TELLING.isdisjoint(words) or any(not _TELLING.isdisjoint(w.split("-")) for w in words if "-" in w)
