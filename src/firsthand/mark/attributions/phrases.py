"""Noun phrases around a cue, by closed word lists and no parser: who stands before a verb, who after "citing"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from firsthand.core.spans import Range
from firsthand.mark.attributions.cues import VERBS, load_cues

_TOKEN = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*(?:['’](?=\s))?|''|``|\S")
OPENING = frozenset(["“", "‘", '"', "'", "``", "''", "«"])
AUXILIARIES = frozenset(
    "had has have having was were is are be been being did does do would will could can may might must should "
    "not never n't keeps keep kept also later then again now still once only even just already repeatedly "
    "publicly privately falsely openly first long since 've 'd didn't hasn't hadn't doesn't don't".split()
)
_STOPS = frozenset(
    "that if when because while although though since after before until unless whether how why what where "
    "but or so than as then according and".split()
)
FINITE = frozenset(
    "is are was were has have had would will could can may might must should did does do said says came went "
    "took gave got made saw knew thought told found left held kept began ran fell stood sat led met lost sent "
    "built fought caught brought bought drew drove flew grew hid hit hurt cut put set shot shut spoke stole swam "
    "threw wore won wrote broke chose died fled wept burnt swore comes goes takes gives gets makes sees knows "
    "thinks wants needs".split()
)
DETERMINERS = frozenset("the a an his her its their our my your this that these those another each every no".split())
_AGENTIVE = ("er", "ers", "or", "ors", "ist", "ists", "man", "men", "woman", "women", "ian", "ians")
_TIMES = frozenset(
    "today yesterday tonight earlier later recently monday tuesday wednesday thursday friday saturday sunday".split()
)
_PREPOSITIONS = frozenset("of in at for from to with on by about near inside outside".split())
LONGEST_SUBJECT = 14


class Token(NamedTuple):
    """A word or sign: as printed, in lower case, and where."""

    text: str
    lower: str
    start: int
    end: int


def text_to_tokens(text: str, start: int, end: int) -> list[Token]:
    """Words and signs of a stretch of text.

    Args:
        text: any text.
        start: code point.
        end: past the last.

    Returns:
        In order.
    """
    return [
        Token(word := match.group(), word.lower().replace("’", "'"), *match.span())
        for match in _TOKEN.finditer(text, start, end)
    ]


def is_word(token: Token) -> bool:
    """Whether a token is a word or number, not a sign.

    Args:
        token: any.
    """
    return token.text[0].isalnum()


def to_span(tokens: Sequence[Token], indices: tuple[int, int]) -> Range:
    """Code points from one token to before another.

    Args:
        tokens: of the sentence.
        indices: half-open.
    """
    return tokens[indices[0]].start, tokens[indices[1] - 1].end


def is_agent(word: str) -> bool:
    """Whether a noun looks like somebody who does something ("firefighters", "engineer").

    Args:
        word: in lower case.
    """
    return len(word) > 4 and word.endswith(_AGENTIVE)


def subject_before(tokens: Sequence[Token], i: int, first: int) -> tuple[int, int] | None:
    """The noun phrase whose verb stands at i, looking left over auxiliaries and adverbs.

    Args:
        tokens: of the sentence.
        i: index of the verb.
        first: index at which the sentence begins.

    Returns:
        Half-open indices, or None if there is no phrase that could be a subject.
    """
    end = i
    while end > first and (tokens[end - 1].lower in AUXILIARIES or _adverb(tokens[end - 1])):
        end -= 1
    stop = end
    if end > first and tokens[end - 1].text == ",":  # an apposition: "Ilse Brandauer, a teacher, said"
        k = end - 2
        while k > first and tokens[k].text != "," and end - k < LONGEST_SUBJECT:
            k -= 1
        if k > first and tokens[k].text == ",":
            stop = k
        else:
            return None
    start = stop
    while start > first and stop - start < LONGEST_SUBJECT and not ends_phrase(tokens, start - 1):
        start -= 1
    if start < stop and tokens[start].text in OPENING and not is_word(tokens[start]):
        start += 1
    if start >= stop or not any(is_word(t) for t in tokens[start:stop]):
        return None
    head = tokens[start].lower
    if head in ("to", "of", "in", "on", "at", "by", "for", "with", "from", "about"):
        return None
    return start, end


def phrase_after(tokens: Sequence[Token], i: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that begins at i.

    Args:
        tokens: of the sentence.
        i: index.
        last: past the sentence's last.

    Returns:
        Half-open indices; it ends before a comma, a mark, a "that", a relative or a finite verb.
    """
    end = i
    while end < last and end - i < LONGEST_SUBJECT:
        token = tokens[end]
        if not is_word(token) and token.text not in ("-", "&", "/"):
            break
        determined = token.lower in DETERMINERS and tokens[end - 1].lower not in _PREPOSITIONS
        if end > i and determined and token.lower not in ("his", "her", "their", "its"):
            break
        if end > i and (token.lower in FINITE or token.lower in ("that", "who", "which", "as", "to", "when", "but")):
            break
        cue = load_cues().get(token.lower)
        if end > i and (
            token.lower in _TIMES or (token.lower in ("on", "of", "in", "this", "last") and _time(tokens, end))
        ):
            break
        verb = cue is not None and cue.kinds[0] in VERBS and ("noun" not in cue.kinds or token.lower.endswith("ed"))
        if end > i and verb:
            break
        end += 1
    return (i, end) if end > i else None


def ends_phrase(tokens: Sequence[Token], k: int) -> bool:
    """Whether a noun phrase cannot reach back over a token.

    Args:
        tokens: of the sentence.
        k: index of the token.
    """
    token = tokens[k]
    if token.lower == "and":
        nexts = tokens[k + 1 : k + 2]
        befores = tokens[k - 1 : k] if k else []
        return not (nexts and befores and befores[0].text[:1].isupper() and nexts[0].text[:1].isupper())
    if token.lower in _STOPS or token.lower in ("who", "which"):
        return True
    if token.lower in FINITE or token.lower in ("to",):
        return True
    if not is_word(token):
        return token.text not in ("-", "/", "&", "%", "$")
    cue = load_cues().get(token.lower)
    named = token.text[0].isupper() and not token.text.isupper()  # "The Post", "Lowland Echo"
    if cue is None or named or (k and tokens[k - 1].lower in DETERMINERS):
        return False
    return cue.finite and cue.kinds[0] in ("say", "tell") and "noun" not in cue.kinds


def _time(tokens: Sequence[Token], k: int) -> bool:
    after = tokens[k + 1].lower if k + 1 < len(tokens) else ""
    return after in _TIMES or after in ("week", "month", "year", "an", "late", "early")


def _adverb(token: Token) -> bool:
    return len(token.lower) > 4 and token.lower.endswith("ly") and token.lower not in ("family", "ally", "assembly")
