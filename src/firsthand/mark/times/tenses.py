"""Whether a date stands by a verb in the future or in the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.mark.times.phrases import Phrase
from firsthand.mark.times.tokens import Token
from firsthand.mark.times.words import FUTURE_CUES, PAST_CUES


def phrase_tense(tokens: Sequence[Token], phrase: Phrase, begin: int, end: int) -> tuple[bool, bool]:
    """Read the nearest verb before a phrase, else the first after it.

    Args:
        tokens: The text's.
        phrase: A time phrase.
        begin: Index of the first token that may be looked at.
        end: Past the last.
    Returns:
        (future, past), at most one of them true.
    """
    if phrase.start and tokens[phrase.start - 1].key == "since":
        return False, True
    for k in [*_until_semicolon(tokens, range(phrase.start - 1, begin - 1, -1)), *range(phrase.end, end)]:
        key = tokens[k].key
        if key in FUTURE_CUES and not (key == "may" and tokens[k].text == "May"):
            return True, False
        if key == "be" and k and tokens[k - 1].key == "to" and not (k > 1 and tokens[k - 2].key in ("was", "were")):
            return True, False  # "is to be held Saturday"
        if k and tokens[k - 1].key == "be":
            continue  # "will be tried": the verb before it decides
        if key in PAST_CUES or (len(key) > 4 and key.endswith("ed")):
            return False, True
    return False, False


def _until_semicolon(tokens: Sequence[Token], indices: range) -> Iterator[int]:
    for k in indices:
        if tokens[k].key == ";":
            return
        yield k
