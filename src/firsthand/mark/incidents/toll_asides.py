"""What stands aside in a sentence: glosses, brackets, dashes, and some of those counted ("including two women")."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.core.spans import Range
from firsthand.mark.incidents.passages import GLOSS, Passages
from firsthand.mark.incidents.toll_words import word_to_sign
from firsthand.mark.quantities import number_at, text_to_tokens

_LONGEST = 25
"""Tokens between two dashes that still set words aside."""
_DASHES = frozenset("-- – —".split())
_QUOTES = frozenset("\" “ ” ' ‘ ’ ` «  »".split())
_THEM = frozenset("them whom which".split())
_SUBSET = frozenset("including counting".split())
Stream = tuple[list[str], list[Range]]
"""Words in lower case, and their offsets."""


def words_to_streams(passages: Passages, number: int) -> list[Stream]:
    """Cut a sentence into what can be read on its own.

    Args:
        passages: The document.
        number: Index of the sentence.

    Returns:
        The sentence without what stands aside, then each aside that may tell of casualties itself. Editors' glosses,
        quotation marks, "including …", "among them …" and "not eight" are left out.
    """
    start, end = passages.sentences[number].span
    text = GLOSS.sub(lambda match: " " * len(match.group()), passages.text[start:end])
    words: list[str] = []
    offsets: list[Range] = []
    tokens = [t for t in text_to_tokens(text) if text[slice(*t)] not in _QUOTES]
    for k, (a, b) in enumerate(tokens):
        word = text[a:b].lower().replace("’", "'")
        if word == "-":
            before = tokens[k - 1][1] if k else a
            if words and words[-1] == "--" and a - before <= 1:
                continue
            after = tokens[k + 1][0] if k + 1 < len(tokens) else b
            doubled = k + 1 < len(tokens) and text[slice(*tokens[k + 1])] == "-"
            word = "--" if doubled or (a > before and after > b) else word
        words.append(word)
        offsets.append((start + a, start + b))
    main = list(range(len(words)))
    asides: list[list[int]] = []
    k = 0
    while k < len(main):
        found = _set_aside(words, main, k)
        if found is None:
            k += 1
            continue
        stop, kept = found
        if kept:
            asides.append(main[k + (words[main[k]] in ("(", *_DASHES)) : stop])
        corrected = words[main[k]] == "not"
        closing = stop < len(main) and words[main[stop]] in (")", *_DASHES, *([","] if corrected else []))
        k -= words[main[k - 1]] == "," if k else 0
        del main[k : stop + closing]
    return [([words[k] for k in stream], [offsets[k] for k in stream]) for stream in (main, *asides) if stream]


def _set_aside(words: Sequence[str], main: Sequence[int], k: int) -> tuple[int, bool] | None:
    """Where an aside that begins here ends, and whether it is read on its own."""
    here = [words[j] for j in main[k : k + 4]] + [""] * 4
    before = words[main[k - 1]] if k else ""
    if here[0] == "(" or here[0] in _DASHES:
        closing = (")",) if here[0] == "(" else tuple(_DASHES)
        stop = next((j for j in range(k + 1, min(len(main), k + 1 + _LONGEST)) if words[main[j]] in closing), None)
        return None if stop is None else (stop, here[1] != "not" and here[1] not in _SUBSET)
    if before == "," and here[0] == "not" and number_at(here, 1):
        return _comma_aside(words, main, k, own=True), False
    if here[0] in _SUBSET or (here[0] == "among" and here[1] in _THEM):
        return (_comma_aside(words, main, k) if before == "," else _open_aside(words, main, k)), False
    if before == "," and ((here[1] == "of" and here[2] in _THEM) or (here[0] == "of" and here[1] in _THEM)):
        return _comma_aside(words, main, k, own=True), True
    return None


def _comma_aside(words: Sequence[str], main: Sequence[int], k: int, *, own: bool = False) -> int:
    """The comma behind which the sentence goes on, for no further member of the list stands there; else its end."""
    listed = False
    for j in range(k + 1, len(main)):
        word = words[main[j]]
        sign = word_to_sign(word)
        if sign == ";" or (listed and sign == "p"):
            return j
        if word == ",":
            following = [words[i] for i in main[j + 1 : j + 4]] + [""] * 3
            at = int(following[0] == "and")
            listed = bool(number_at(following, at)) or (word_to_sign(following[at]) == "d" and following[at] != "that")
            if own or not listed:
                return j
    return len(main)


def _open_aside(words: Sequence[str], main: Sequence[int], k: int) -> int:
    """Without a comma: up to the next verb or mark."""
    for j in range(k + 1, len(main)):
        if word_to_sign(words[main[j]]) in ",;BbKJSDE":
            return j - (words[main[j - 1]] == "and")
    return len(main)
