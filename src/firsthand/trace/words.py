"""Texts as arrays of words: folded, hashed, with offsets, all texts of a batch at once.

Spellings of a word meet here (case, accents, ligatures, apostrophes, soft hyphens, kinds of dash and quotation mark),
while `starts` and `ends` keep pointing into the text as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_BASE = 0x9E3779B97F4A7C15
_LETTER, _ALONE, _NOTHING, _OPENS, _STRAIGHT, _CLOSES, _LEADS, _ENDS = (1 << k for k in range(8))
"""What a code point can be: part of a word, a word of its own, no part of anything; a quotation mark of three sorts;
what a straight quotation mark follows where it opens; the end of a sentence."""
_SIGNS = {
    _NOTHING: "'’‘ʼʻ`´ʿʾ\u00ad\u200b\u200c\u200d\ufeff",
    _OPENS: "“„‟«",
    _STRAIGHT: '"',
    _CLOSES: "”»",
    _LEADS: " \n\t\r\u00a0([—–-“",
    _ENDS: ".!?…。！？",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, text after text.

    Attributes:
        hashes: 64-bit, equal for words that fold to the same letters.
        starts: Code point offset of each word in its own text.
        ends: Past its last code point.
        quoted: Whether the word stands in quotation marks.
        breaks: Whether a sentence may begin at this word: after `.`, `!`, `?`, a blank line, or first in the text.
        first: Where the words of text k begin, one entry more than there are texts.
    """

    hashes: U64
    starts: Ints
    ends: Ints
    quoted: Flags
    breaks: Flags
    first: Ints


def mix(values: U64) -> U64:
    """Spread every bit of the input over all bits of the output, one to one (the finaliser of splitmix64).

    Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
    """
    mixed = values ^ (values >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def texts_to_words(texts: Sequence[str], *, holes: Sequence[Sequence[tuple[int, int]]] | None = None) -> Words:
    """Cut texts into words, without a Python loop over characters.

    Args:
        texts: Any strings.
        holes: For each text, ranges whose words are left out (boilerplate, credit lines).
    Returns:
        The words in order of text and offset. A word is a run of letters and digits; an ideograph or kana is a word.
    """
    lengths = np.fromiter((len(t) + 2 for t in texts), np.int64, len(texts))
    offset = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    codes = np.frombuffer("".join(t + "\n\n" for t in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    letters, flags, wide = _fold(codes)
    flag = flags[codes]
    # Typewriters and some wires quote with two apostrophes.
    flag[:-1][(codes[:-1] == ord("'")) & (codes[1:] == ord("'"))] |= _STRAIGHT
    kept, kept_flag, value = _letters(codes, flag, letters, wide)
    inside = (kept_flag & (_LETTER | _ALONE)) > 0
    if not inside.any():
        return _no_words(len(texts))
    edge = np.diff(inside, prepend=False)
    alone = (kept_flag & _ALONE) > 0
    begins = inside & (edge | alone | np.concatenate([[False], alone[:-1]]))
    starts = np.flatnonzero(begins)
    # A word ends where the next begins or where a gap begins, whichever comes first.
    stops = np.flatnonzero(begins | (edge & ~inside))
    ends = stops[np.flatnonzero(begins[stops]) + 1]
    hashes = _sums(value, starts)
    begin, end = kept[starts], kept[ends - 1] + 1
    marked = (flag & (_NOTHING | _LETTER)) == _NOTHING | _LETTER
    while (more := marked[end]).any():
        end += more
    text_of = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(begin, offset)))
    blank = _blank_lines(codes)
    quoted, breaks = _quoted(flag, blank, begin), _breaks(flag, blank, begin, end)
    if holes is not None and any(holes):
        keep = _outside(begin, offset, holes)
        breaks = breaks | np.concatenate([[False], ~keep[:-1]])
        begin, end, hashes, text_of = begin[keep], end[keep], hashes[keep], text_of[keep]
        quoted, breaks = quoted[keep], breaks[keep]
    first = np.searchsorted(text_of, np.arange(len(texts) + 1))
    breaks[first[:-1][first[:-1] < first[1:]]] = True
    base = offset[text_of]
    return Words(hashes, begin - base, end - base, quoted, breaks, first)


def _no_words(texts: int) -> Words:
    none, flags = np.zeros(0, np.int64), np.zeros(0, bool)
    return Words(none.astype(np.uint64), none, none, flags, flags, np.zeros(texts + 1, np.int64))


def _outside(begin: Ints, offset: Ints, holes: Sequence[Sequence[tuple[int, int]]]) -> Flags:
    """Which words lie in no hole of their text."""
    keep = np.ones(len(begin), bool)
    for k, ranges in enumerate(holes):
        for low, high in ranges:
            a, b = np.searchsorted(begin, (offset[k] + low, offset[k] + high))
            keep[a:b] = False
    return keep


def _fold(codes: NDArray[np.uint32]) -> tuple[U64, NDArray[np.uint8], dict[int, str]]:
    """Tables by code point, filled in for those that occur.

    Returns:
        A random-looking number for the first folded letter, the flags, and those that fold to several letters.
    """
    size = int(codes.max()) + 1
    present = np.zeros(size, bool)
    present[codes] = True
    flags = np.zeros(size, np.uint8)
    letters = np.zeros(size, np.uint64)
    used = np.flatnonzero(present)
    wide: dict[int, str] = {}
    for code in used.tolist():
        character = chr(code)
        if unicodedata.combining(character):
            flags[code] = _NOTHING | _LETTER
        elif character.isalnum():
            folded = unicodedata.normalize("NFKD", character).casefold()
            bare = "".join(c for c in folded if c.isalnum() and not unicodedata.combining(c)) or character
            flags[code] = _ALONE if _stands_alone(code) else _LETTER
            letters[code] = ord(bare[0])
            if len(bare) > 1:
                wide[code] = bare
    for flag, signs in _SIGNS.items():
        flags[[ord(c) for c in signs if ord(c) < size]] |= flag
    letters[used] = mix(letters[used])
    return letters, flags, wide


def _letters(
    codes: NDArray[np.uint32], flag: NDArray[np.uint8], letters: U64, wide: dict[int, str]
) -> tuple[Ints, NDArray[np.uint8], U64]:
    """The folded text: for each letter or gap its code point's index and flags, and its number (0 for a gap)."""
    widths = ((flag & _NOTHING) == 0).astype(np.int64)
    if not wide:
        kept = np.flatnonzero(widths)
        return kept, flag[kept], letters[codes[kept]]
    for code, bare in wide.items():
        widths[codes == code] = len(bare)
    kept = np.repeat(np.arange(len(codes)), widths)
    kept_codes = codes[kept]
    value = letters[kept_codes]
    rank = np.arange(len(kept)) - np.searchsorted(kept, kept)
    for code, bare in wide.items():
        for k, letter in enumerate(bare[1:], 1):
            value[(kept_codes == code) & (rank == k)] = mix(np.array([ord(letter)], np.uint64))[0]
    return kept, flag[kept], value


def _sums(value: U64, starts: Ints) -> U64:
    """Polynomial hash modulo 2^64 of each word's letters; gaps weigh nothing."""
    lengths = np.diff(starts, append=len(value))
    rank = np.arange(starts[0], len(value)) - np.repeat(starts, lengths)
    powers = np.cumprod(np.full(int(lengths.max()), _BASE, np.uint64))
    return mix(np.add.reduceat(value[starts[0] :] * powers[rank], starts - starts[0]))


def _blank_lines(codes: NDArray[np.uint32]) -> Flags:
    """Whether each code point is the second of two line breaks with nothing but spaces between."""
    line = np.flatnonzero(codes == ord("\n"))
    space = np.cumsum((codes == ord(" ")) | (codes == ord("\r")) | (codes == ord("\t")))
    blank = np.zeros(len(codes), bool)
    close = np.diff(line) - 1 == space[line[1:] - 1] - space[line[:-1]]
    blank[line[1:][close]] = True
    return blank


def _quoted(flag: NDArray[np.uint8], blank: Flags, begin: Ints) -> Flags:
    """Whether each word stands in double quotation marks; a blank line closes what was left open."""
    at = np.flatnonzero(((flag & (_OPENS | _STRAIGHT | _CLOSES)) > 0) | blank)
    sign = flag[at]
    leads = (flag[np.maximum(at - 1, 0)] & _LEADS) > 0
    opens = ((sign & _OPENS) > 0) | (((sign & _STRAIGHT) > 0) & (leads | (at == 0)))
    last = np.searchsorted(at, begin) - 1
    quoted: Flags = (last >= 0) & opens[last]
    return quoted


def _breaks(flag: NDArray[np.uint8], blank: Flags, begin: Ints, end: Ints) -> Flags:
    """Whether a sentence may begin at each word."""
    count = np.concatenate([np.zeros(1, np.int64), np.cumsum(((flag & _ENDS) > 0) | blank)])
    return count[begin] > np.concatenate([np.zeros(1, np.int64), count[end[:-1]]])


def _stands_alone(code: int) -> bool:
    """Scripts that are written without spaces: each sign counts as a word."""
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code < 0x30000
