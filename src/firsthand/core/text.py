"""Text as people type it: folding names so that spellings meet, and cleaning what no store can hold."""

from __future__ import annotations

import re
import unicodedata

import sentencex

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʿʾ"))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control codes, separators of lines, and the signs that turn a line around: a name could print the rest backwards."""
_GAPS = re.compile(r"[\s\-‐-―_./,;:()\[\]\"“”«»]+")


def fold(name: str) -> str:
    """Reduce a name to what its spellings share: case, accents, apostrophes, hyphens and spacing removed.

    Returns:
        Lower-case words split by single spaces; may be empty.

    >>> fold("Al-Qā’im"), fold("SAN  SALVADOR"), fold("Ö.")
    ('al qaim', 'san salvador', 'o')
    """
    bare = name.translate(_APOSTROPHES)
    if not bare.isascii():  # ASCII has nothing to decompose: a third of the time for most names
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _GAPS.sub(" ", bare.casefold()).strip()


def storable(text: str) -> str:
    r"""Replace NUL and lone surrogates by U+FFFD, code point for code point, so that offsets hold.

    >>> storable("a\x00b")
    'a�b'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def printable(text: str) -> str:
    r"""Text of others for a terminal: no control codes, nothing that turns the line around; each becomes U+FFFD.

    >>> printable("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def text_to_sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences.

    Returns:
        Half-open ranges in order, without white space at either end, never empty. A blank line always ends a sentence.

    >>> text_to_sentences("Two died. “Three,” he said.")
    [(0, 9), (10, 27)]
    """
    found = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        stripped = text[start:end].strip()
        if stripped:
            start = text.index(stripped[0], start)
            found.append((start, start + len(stripped)))
    return found
