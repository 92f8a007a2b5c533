"""Text → the words, numbers and marks that the grammar of times reads, in one pass and without backtracking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "number", "iso", "slashed", "clock", "am", "bc", "mark"]

_TOKEN = re.compile(
    # most words: of no other alternative's first letters, so they need not be tried on it
    r"(?P<plain>[^\W\d_AaBbCPp][^\W\d_]*(?:['’][^\W\d_]+)?)"
    r"|(?P<iso>(?<![\w-])[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?Z?)?(?![\w-]))"
    r"|(?P<slashed>(?<![\w./])[0-3]?[0-9](?P<bar>[./])[0-3]?[0-9](?P=bar)(?:[12][0-9])?[0-9]{2}(?![\w/]))"
    r"|(?P<clock>(?<![\w:])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<am>(?<![A-Za-z])[AaPp]\.?\s?[Mm]\b\.?)"
    r"|(?P<bc>(?<![A-Za-z])[Bb]\.?[Cc]\b(?:\.?[Ee]\b)?\.?|(?<![A-Za-z])A\.?D\b\.?(?=\s[0-9])|(?<![A-Za-z])CE\b)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<mark>[^\w\s]|_)"
)
"""Every alternative is bounded or a single repeated class: linear on any text."""

_MAX_DIGITS = 6


@dataclass(slots=True)
class Token:
    """One word, number or mark.

    Attributes:
        start: Code point offset.
        end: Past the last.
        text: As printed.
        key: Lower case, straight apostrophe; possessive `'s` cut off into `possessive`.
        kind: See TokenKind.
        value: Whole number of up to six digits, else None.
        possessive: Whether `'s` followed.
    """

    start: int
    end: int
    text: str
    key: str
    kind: TokenKind
    value: int | None = None
    possessive: bool = False


PADDING = Token(0, 0, "", "", "mark")
"""Stands behind the last token, so that readers may look ahead."""


def text_to_tokens(text: str) -> list[Token]:
    """Split a text.

    Returns:
        Tokens in order, not overlapping; white space is left out.

    >>> [t.text for t in text_to_tokens("On Dec. 7, 5:30 p.m., mid-1989")]
    ['On', 'Dec', '.', '7', ',', '5:30', 'p.m.', ',', 'mid', '-', '1989']
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind: TokenKind = "word" if match.lastgroup == "plain" else match.lastgroup  # type: ignore[assignment]
        word = match.group()
        start, end = match.span()
        if kind == "word":
            key, possessive = word.lower(), False
            if "’" in key:
                key = key.replace("’", "'")
            if key.endswith("'s") and len(key) > 2:
                key, possessive = key[:-2], True
                word, end = word[:-2], end - 2
            tokens.append(Token(start, end, word, key, kind, None, possessive))
        elif kind == "number":
            digits = word.replace(",", "")
            value = int(digits) if len(digits) <= _MAX_DIGITS and digits.isdecimal() else None
            tokens.append(Token(start, end, word, word, kind, value))
        else:
            tokens.append(Token(start, end, word, word.lower(), kind))
    return tokens
