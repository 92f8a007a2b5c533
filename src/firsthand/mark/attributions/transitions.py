"""How sources, cues and contents follow each other in print: what the encoder's scores, word by word, do not hold.

The encoder judges each word piece for itself. Whether a content begins or ends between two words also shows in what
the two words are: contents seldom end before "of", often before a full stop, and hardly ever after one word. Counted
once over PolNeAR's train articles for pairs of word classes (transitions.tsv; training/transitions.py makes it), and
added to the scores as pointwise mutual information: what a tag says about the next one beyond what each says alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from firsthand.mark.attributions.cues import load_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from firsthand.mark.attributions.quotations import Quotation
    from firsthand.mark.taggings import Words

_TABLE = Path(__file__).with_name("transitions.tsv")
Matrix = list[list[float]]
"""[7][7], of the tag before by the tag after, over ATTRIBUTION_TAGS."""
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
    return "9" if first.isdigit() else "w"


def is_capitals(text: str) -> bool:
    """Whether a text is printed in capitals, as wire copy is.

    Args:
        text: any text.

    Returns:
        True if seven in ten letters of its beginning are capitals.

    >>> is_capitals("THE MAYOR SAID (sic) SO"), is_capitals("The Mayor of ACME said so")
    (True, False)
    """
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    return sum(map(str.isupper, letters)) > 0.7 * len(letters)


def words_to_gaps(
    text: str, *, words: Words, quotations: Sequence[Quotation], capitals: bool = False
) -> list[tuple[str, str, str]]:
    """What stands on either side of the gap before each word.

    Args:
        text: of the document.
        words: of the document.
        quotations: of the document.
        capitals: whether it is printed in capitals.

    Returns:
        Per word the class before, its own class, and "in" or "out" of quotation marks.
    """
    pairs = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
    classes = [word_to_class(text[a:b], capitals=capitals) for a, b in pairs]
    inside = np.zeros(len(classes) + 1, np.bool_)
    for quotation in quotations:
        first, last = np.searchsorted(words.starts, (quotation.start + 1, quotation.end)).tolist()
        inside[first:last] = True
    before = [PARAGRAPH, *classes[:-1]]
    return [
        (PARAGRAPH if cut else left, right, "in" if quoted else "out")
        for cut, left, right, quoted in zip(words.breaks.tolist(), before, classes, inside.tolist(), strict=False)
    ]


def general_forms(gap: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """A gap's more general forms, the most general first, itself last."""
    left, right, quoted = gap
    return [
        (ANY, ANY, ANY), (ANY, ANY, quoted), (ANY, right, quoted), (left, ANY, quoted), (left, right, ANY), gap,
    ]  # fmt: skip


@cache
def gap_to_habit(gap: tuple[str, str, str]) -> Matrix | None:
    """What to add to the score of each pair of tags over a gap.

    Args:
        gap: from `words_to_gaps`.

    Returns:
        Weighted mutual information, between -WEIGHT * LIMIT and WEIGHT * LIMIT; None at the beginning of a paragraph.
    """
    if gap[0] == PARAGRAPH:
        return None
    table = _load()
    joint = table[ANY, ANY, ANY] / table[ANY, ANY, ANY].sum()
    for form in general_forms(gap)[1:]:
        if form in table:
            counts = table[form]
            joint = (counts + BELIEF * joint) / (counts.sum() + BELIEF)
    tiny = 1e-7
    before, after = joint.sum(1, keepdims=True), joint.sum(0, keepdims=True)
    shared = np.log(joint + tiny) - np.log(before + tiny) - np.log(after + tiny)
    habit: Matrix = (WEIGHT * np.clip(shared, -LIMIT, LIMIT)).tolist()
    return habit


@cache
def _load() -> dict[tuple[str, str, str], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    table = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        left, right, quoted, counts = line.split("\t")
        matrix = np.zeros((TAGS, TAGS))
        for cell in counts.split(" "):
            tags, count = cell.split(":")
            matrix[int(tags[0]), int(tags[1])] = int(count)
        table[left, right, quoted] = matrix
    return table
