"""How sources, cues and contents follow each other in print: what the encoder's scores, word by word, do not hold.

The encoder judges each word piece for itself. Whether a content begins or ends between two words also shows in what
the two words are: contents seldom end before "of", often before a full stop, and hardly ever after one word. Counted
once over PolNeAR's train articles for pairs of word classes (transitions.tsv; training/transitions.py makes it), and
added to the scores as pointwise mutual information: what a tag says about the next one beyond what each says alone.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from firsthand.mark.attributions.cues import load_cues
from firsthand.mark.taggings import Habits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from firsthand.mark.attributions.quotations import Quotation
    from firsthand.mark.taggings import Words

TABLE = Path(__file__).with_name("transitions.tsv")
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""[7, 7], of the tag before by the tag after, over ATTRIBUTION_TAGS."""
Gap = tuple[str, str, str]
"""The class of the word before, the class of the word itself, and "in" or "out" of quotation marks."""
PARAGRAPH = "^"
ANY = "*"
WEIGHT = 0.3
"""Of the habits beside the encoder's log-probabilities; see docs/attributions.md for the ablation on PolNeAR dev."""
BELIEF = 50
"""Words for which a more special pair of classes must have been seen to count as much as the next more general one."""
LIMIT = 6.0
"""Bound on the mutual information, against pairs never seen."""
TAGS = 7
_SAMPLE = 20_000
_DETERMINERS = frozenset("the a an this these those his her its their our my your".split())
_PRONOUNS = frozenset("he she it they we you i who which him them".split())
_FUNCTION_WORDS = frozenset(
    "that and or but to as with for of in on at by from when if because while not about whether how what why is are "
    "was were has have had would will could should may".split()
)
_QUOTES = frozenset('“”"„«»')
_APOSTROPHES = frozenset("'’‘`")
_STOPS = frozenset(".?!")
_DASHES = frozenset("-—–")
_OWN = frozenset(",;:()[]")


def word_to_class(word: str, *, capitals: bool = False) -> str:
    """The class of a word or sign.

    Args:
        word: letters and digits, or one sign.
        capitals: whether the document is printed in capitals.

    Returns:
        A function word itself, or the name of a class.
    """
    first, lower = word[0], word.lower()
    if not first.isalnum():
        for name, signs in (("Q", _QUOTES), ("'", _APOSTROPHES), (".", _STOPS), ("-", _DASHES)):
            if first in signs:
                return name
        return first if first in _OWN else "#"
    if lower in _FUNCTION_WORDS:
        return lower
    if lower in _DETERMINERS:
        return "DET"
    if lower in _PRONOUNS:
        return "PRO"
    cue = load_cues().get(lower)
    if cue is not None and cue.kinds[0] in ("say", "tell", "think"):
        return "SAY" if cue.finite else "SAYING"
    if cue is not None and cue.kinds[0] != "adverb":
        return "CUE"
    if lower.endswith(("ing", "ed")):
        return "ING" if lower.endswith("ing") else "ED"
    if first.isupper() and not capitals:
        return "Cap"
    return "9" if first.isdecimal() else "w"


def is_capitals(text: str) -> bool:
    """Whether a text is printed in capitals, as wire copy is.

    Args:
        text: any text.

    Returns:
        True if seven in ten letters of its beginning are capitals.

    >>> is_capitals("THE MAYOR SAID (sic) SO"), is_capitals("The Mayor of ACME said so")
    (True, False)
    """
    letters = list(filter(str.isalpha, text[:_SAMPLE]))
    return sum(map(str.isupper, letters)) > 0.7 * len(letters)


def words_to_habits(text: str, *, words: Words, quotations: Sequence[Quotation], capitals: bool = False) -> Habits:
    """What stands on either side of the gap before each word, and what that says about the tags there.

    Args:
        text: of the document.
        words: of the document.
        quotations: of the document.
        capitals: whether it is printed in capitals.

    Returns:
        Weighted mutual information between -WEIGHT * LIMIT and WEIGHT * LIMIT; 0 at the beginning of a paragraph.
    """
    gaps, numbers = words_to_gaps(text, words=words, quotations=quotations, capitals=capitals)
    ties = [gap_to_habit(gap) for gap in gaps]
    return Habits(ties=np.stack(ties) if ties else np.zeros((0, TAGS, TAGS)), numbers=np.array(numbers, np.int64))


def words_to_gaps(
    text: str, *, words: Words, quotations: Sequence[Quotation], capitals: bool = False
) -> tuple[list[Gap], list[int]]:
    """What stands on either side of the gap before each word.

    Args:
        text: of the document.
        words: of the document.
        quotations: of the document.
        capitals: whether it is printed in capitals.

    Returns:
        The different gaps, and for each word the number of its own.
    """
    pairs = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
    known: dict[str, str] = {}
    classes = []
    for a, b in pairs:
        word = text[a:b]
        if word not in known:
            known[word] = word_to_class(word, capitals=capitals)
        classes.append(known[word])
    inside = np.zeros(len(classes) + 1, np.bool_)
    for quotation in quotations:
        first, last = (bisect_left(words.starts, at) for at in (quotation.start + 1, quotation.end))
        inside[first:last] = True
    numbers: dict[Gap, int] = {}
    before = [PARAGRAPH, *classes[:-1]]
    cuts, quoted = words.breaks.tolist(), inside.tolist()
    of_words = [
        numbers.setdefault((PARAGRAPH if cut else left, right, "in" if within else "out"), len(numbers))
        for cut, left, right, within in zip(cuts, before, classes, quoted, strict=False)
    ]
    return list(numbers), of_words


def general_forms(gap: Gap) -> list[Gap]:
    """A gap's more general forms, the most general first, itself last."""
    left, right, quoted = gap
    return [
        (ANY, ANY, ANY), (ANY, ANY, quoted), (ANY, right, quoted), (left, ANY, quoted), (left, right, ANY), gap,
    ]  # fmt: skip


@cache
def gap_to_habit(gap: Gap) -> Matrix:
    """What to add to the score of each pair of tags over a gap.

    Args:
        gap: what stands on either side.

    Returns:
        Weighted mutual information, between -WEIGHT * LIMIT and WEIGHT * LIMIT; 0 at the beginning of a paragraph.
    """
    if gap[0] == PARAGRAPH:
        return np.zeros((TAGS, TAGS))
    table = _load()
    joint = table[ANY, ANY, ANY] / table[ANY, ANY, ANY].sum()
    for form in general_forms(gap)[1:]:
        if form in table:
            counts = table[form]
            joint = (counts + BELIEF * joint) / (counts.sum() + BELIEF)
    tiny = 1e-7
    before, after = joint.sum(1, keepdims=True), joint.sum(0, keepdims=True)
    shared = np.log(joint + tiny) - np.log(before + tiny) - np.log(after + tiny)
    habit: Matrix = WEIGHT * np.clip(shared, -LIMIT, LIMIT)
    return habit


@cache
def _load() -> dict[Gap, Matrix]:
    table = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        left, right, quoted, counts = line.split("\t")
        matrix = np.zeros((TAGS, TAGS))
        for cell in counts.split(" "):
            tags, count = cell.split(":")
            matrix[int(tags[0]), int(tags[1])] = int(count)
        table[left, right, quoted] = matrix
    return table
