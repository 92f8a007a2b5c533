"""Texts as arrays of words: folded, hashed, with offsets, all texts of a batch at once.

Spellings of a word meet here (case, accents, ligatures, apostrophes, soft hyphens, kinds of dash and quotation mark),
while `starts` and `ends` keep pointing into the text as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Holes = Sequence[Sequence[tuple[int, int]]]

_BASE = 0x9E3779B97F4A7C15
_WIDTH = 8
_MASKS = np.array([(1 << 8 * k) - 1 for k in range(_WIDTH + 1)], np.uint64)
"""What is left of eight bytes, the first of which is the lowest, if a word has so many."""
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
        paragraphs: Whether a paragraph begins at this word: after a blank line, or first in the text.
        first: Where the words of text k begin, one entry more than there are texts.
    """

    hashes: U64
    starts: Ints
    ends: Ints
    quoted: Flags
    breaks: Flags
    paragraphs: Flags
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


def texts_to_words(texts: Sequence[str], *, holes: Holes | None = None) -> Words:
    """Cut texts into words, without a Python loop over characters or words.

    Args:
        texts: Any strings.
        holes: For each text, ranges whose words are left out (boilerplate, credit lines).
    Returns:
        The words in order of text and offset. A word is a run of letters and digits; an ideograph or kana is a word.
    """
    offset = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter((len(t) + 2 for t in texts), np.int64, len(texts)), out=offset[1:])
    codes, alphabet = _codes("".join([t + "\n\n" for t in texts]))
    flag = alphabet.look(alphabet.flags, codes)
    folded = alphabet.look(alphabet.folded, codes)
    begin, end, odd = _bounds(flag, folded, alphabet)
    if not len(begin):
        return _no_words(len(texts))
    hashes = _hashes(folded, begin, end)
    if len(odd):
        hashes[odd] = _odd_hashes(codes, alphabet, begin[odd], end[odd])
    blank = _blank_lines(codes, flag)
    quoted = _quoted(codes, flag, blank, begin)
    breaks, paragraphs = np.zeros(len(begin) + 1, bool), np.zeros(len(begin) + 1, bool)
    paragraphs[np.searchsorted(begin, blank)] = True
    breaks[np.searchsorted(begin, np.flatnonzero(flag & _ENDS))] = True
    breaks, paragraphs = (breaks | paragraphs)[:-1], paragraphs[:-1]
    first = np.searchsorted(begin, offset)
    if any(holes or ()):
        keep = _outside(begin, offset, holes or ())
        after = np.concatenate([[False], ~keep[:-1]])
        kept = np.concatenate([np.zeros(1, np.int64), np.cumsum(keep)])
        begin, end, hashes, quoted = begin[keep], end[keep], hashes[keep], quoted[keep]
        breaks, paragraphs = (breaks | after)[keep], (paragraphs | after)[keep]
        first = kept[first]
    heads = first[:-1][first[:-1] < first[1:]]
    breaks[heads] = paragraphs[heads] = True
    base = np.repeat(offset[:-1], np.diff(first))
    return Words(hashes, begin - base, end - base, quoted, breaks, paragraphs, first)


def _no_words(texts: int) -> Words:
    none, flags = np.zeros(0, np.int64), np.zeros(0, bool)
    return Words(none.astype(np.uint64), none, none, flags, flags, flags, np.zeros(texts + 1, np.int64))


def _outside(begin: Ints, offset: Ints, holes: Holes) -> Flags:
    """Which words lie in no hole of their text."""
    keep = np.ones(len(begin), bool)
    for k, ranges in enumerate(holes):
        for low, high in ranges:
            a, b = np.searchsorted(begin, (offset[k] + low, offset[k] + high))
            keep[a:b] = False
    return keep


Bytes = NDArray[np.uint8]
Codes = NDArray[np.uint8] | NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """What the characters of a batch are, by their number there: ASCII as it is, then those that occur.

    Attributes:
        flags: See _LETTER and following.
        folded: What a letter or digit folds to, if that is one byte of UTF-8; else 0.
        widths: Bytes that it folds to; 0 for what is none.
        places: Where these begin in `pool`.
        pool: All of these.
        narrow: Whether all numbers fit a byte.
    """

    flags: Bytes
    folded: Bytes
    widths: Ints
    places: Ints
    pool: Bytes
    narrow: bool

    def look(self, table: Bytes, codes: Codes) -> Bytes:
        """A table's bytes for each code, and eight more."""
        if self.narrow:
            return np.frombuffer(codes.tobytes().translate(table.tobytes()) + bytes(_WIDTH), np.uint8)
        return np.concatenate([table[codes], np.zeros(_WIDTH, np.uint8)])


def _codes(joined: str) -> tuple[Codes, _Alphabet]:
    """The numbers of a string's characters in its own small alphabet, and that alphabet."""
    if joined.isascii():
        return np.frombuffer(joined.encode("ascii"), np.uint8), _ASCII
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    high = np.flatnonzero(codes > 127)
    others, place = np.unique(codes[high], return_inverse=True)
    narrow = len(others) <= 128
    small: Codes = codes.astype(np.uint8) if narrow else codes.copy()
    small[high] = 128 + place
    return small, _alphabet([*range(128), *others.tolist()], narrow=narrow)


def _alphabet(characters: Sequence[int], *, narrow: bool) -> _Alphabet:
    size = max(256, len(characters))
    flags, folded = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    widths = np.zeros(size, np.int64)
    pool = []
    for k, code in enumerate(characters):
        flags[k], bare = _folded(code)
        pool.append(bare)
        widths[k] = len(bare)
        if len(bare) == 1:
            folded[k] = bare[0]
    return _Alphabet(flags, folded, widths, np.cumsum(widths) - widths, np.frombuffer(b"".join(pool), np.uint8), narrow)


@lru_cache(maxsize=4096)
def _folded(code: int) -> tuple[int, bytes]:
    """The flags of a character, and what it folds to, in UTF-8, if it is a letter or digit."""
    character = chr(code)
    flags = sum(flag for flag, signs in _SIGNS.items() if character in signs)
    if unicodedata.combining(character):
        return flags | _NOTHING | _LETTER, b""
    if not character.isalnum() or flags & _NOTHING:
        return flags, b""
    folded = unicodedata.normalize("NFKD", character).casefold()
    bare = "".join(c for c in folded if c.isalnum() and not unicodedata.combining(c)) or character
    return flags | (_ALONE if _stands_alone(code) else _LETTER), bare.encode("utf-8")


def _bounds(flag: Bytes, folded: Bytes, alphabet: _Alphabet) -> tuple[Ints, Ints, Ints]:
    """Where words begin and end, and which are odd: not simply a row of characters with one letter each."""
    inside = (flag & (_LETTER | _NOTHING)) == _LETTER
    edge = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    begin, end = edge[::2], edge[1::2]
    odd = np.zeros(len(begin), bool)
    if len(begin):
        # What is no part of anything joins the letters on its two sides.
        apart = np.flatnonzero((flag[end[:-1]] & _NOTHING) > 0)
        if len(apart):
            signs = np.flatnonzero((flag & _NOTHING) > 0)
            low, high = np.searchsorted(signs, end[apart]), np.searchsorted(signs, begin[apart + 1])
            apart = apart[high - low == begin[apart + 1] - end[apart]]
            first, last = np.ones(len(begin), bool), np.ones(len(begin), bool)
            first[apart + 1], last[apart], odd[apart] = False, False, True
            word = np.cumsum(first) - 1
            odd = np.bincount(word, weights=odd, minlength=int(word[-1]) + 1) > 0
            begin, end = begin[first], end[last]
        end = _with_marks(flag, end)
        wide = np.flatnonzero(inside & (folded == 0)) if alphabet is not _ASCII else begin[:0]
        odd[np.searchsorted(begin, wide, side="right") - 1] = True
    alone = np.flatnonzero((flag & _ALONE) > 0)
    if len(alone):
        begin, order = np.unique(np.concatenate([begin, alone]), return_index=True)
        end = np.concatenate([end, _with_marks(flag, alone + 1)])[order]
        odd = np.concatenate([odd, folded[alone] == 0])[order]
    return begin, end, np.flatnonzero(odd)


def _with_marks(flag: Bytes, end: Ints) -> Ints:
    """Ends of words moved behind combining marks."""
    while (more := (flag[end] & (_NOTHING | _LETTER)) == _NOTHING | _LETTER).any():
        end = end + more
    return end


def _hashes(folded: Bytes, begin: Ints, end: Ints) -> U64:
    """A number for each word: the sum of its bytes, eight by eight, mixed and weighted by place."""
    eights = np.ndarray((len(folded) - _WIDTH + 1,), "<u8", folded.data, strides=(1,))
    size = end - begin
    hashes = mix(eights[begin] & _MASKS[np.minimum(size, _WIDTH)])
    long = np.flatnonzero(size > _WIDTH)
    if len(long):
        parts = (size[long] - 1) // _WIDTH
        first = np.cumsum(parts) - parts
        rank = np.arange(1, int(parts.sum()) + 1) - np.repeat(first, parts)
        done = _WIDTH * rank
        left = np.minimum(np.repeat(size[long], parts) - done, _WIDTH)
        values = mix(eights[np.repeat(begin[long], parts) + done] & _MASKS[left])
        values *= np.cumprod(np.full(int(parts.max()) + 1, _BASE, np.uint64))[rank]
        hashes[long] += np.add.reduceat(values, first)
    return hashes


def _odd_hashes(codes: Codes, alphabet: _Alphabet, begin: Ints, end: Ints) -> U64:
    """The same for words in which characters fold to nothing or to several bytes: written out anew."""
    size = end - begin
    at = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
    letters = codes[at]
    widths = alphabet.widths[letters]
    into = np.concatenate([np.zeros(1, np.int64), np.cumsum(widths)])
    written = alphabet.pool[np.repeat(alphabet.places[letters] - into[:-1], widths) + np.arange(int(into[-1]))]
    last = np.cumsum(size)
    return _hashes(np.concatenate([written, np.zeros(_WIDTH, np.uint8)]), into[last - size], into[last])


def _blank_lines(codes: Codes, flag: Bytes) -> Ints:
    """Where the second of two line breaks stands with nothing but spaces between."""
    line = np.flatnonzero(codes == ord("\n"))
    low, high = line[:-1] + 1, line[1:]
    blank: Flags = low == high
    # Spaces at both ends of the line: look at all of it.
    maybe = np.flatnonzero(~blank & _spaces(codes[low]) & _spaces(codes[high - 1]))
    if len(maybe):
        bounds = np.stack([low[maybe], high[maybe]], axis=1).ravel()
        blank[maybe] = np.logical_and.reduceat(_spaces(codes), bounds)[::2]
    second: Ints = high[blank]
    return second


def _spaces(codes: Codes) -> Flags:
    spaces: Flags = (codes == ord(" ")) | (codes == ord("\r")) | (codes == ord("\t"))
    return spaces


def _quoted(codes: Codes, flag: Bytes, blank: Ints, begin: Ints) -> Flags:
    """Whether each word stands in double quotation marks; a blank line closes what was left open."""
    mark = (flag & (_OPENS | _STRAIGHT | _CLOSES)) > 0
    straight = (flag & _STRAIGHT) > 0
    # Typewriters and some wires quote with two apostrophes.
    apostrophe = np.flatnonzero(codes == ord("'"))
    twice = apostrophe[:-1][np.diff(apostrophe) == 1]
    mark[twice] = straight[twice] = True
    mark[blank] = True
    at = np.flatnonzero(mark)
    leads = ((flag[np.maximum(at - 1, 0)] & _LEADS) > 0) | (at == 0)
    opens = ((flag[at] & _OPENS) > 0) | (straight[at] & leads)
    place = np.concatenate([[0], np.searchsorted(begin, at), [len(begin)]])
    quoted: Flags = np.repeat(np.concatenate([[False], opens]), np.diff(place))
    return quoted


def _stands_alone(code: int) -> bool:
    """Scripts that are written without spaces: each sign counts as a word."""
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code < 0x30000


_ASCII = _alphabet(range(128), narrow=True)
