"""Invented stories of any number, from a vocabulary with Zipf's frequencies: unlike each other, always the same."""

from __future__ import annotations

import random

from firsthand.core.records import Document

_ONSETS = "b br ch d dr f fl g gr h j k l m n p pr qu r s sh st t tr v w".split()
_NUCLEI = "a e i o u ai ea ou".split()
_CODAS = "b ck d g l m n nd ng p r rt s st t x".split()


def word(number: int) -> str:
    """A pronounceable word of its own for each number."""
    letters = ""
    while True:
        number, onset = divmod(number, len(_ONSETS))
        number, nucleus = divmod(number, len(_NUCLEI))
        number, coda = divmod(number, len(_CODAS))
        letters += _ONSETS[onset] + _NUCLEI[nucleus] + _CODAS[coda]
        if not number:
            return letters


def sentence(r: random.Random, words: int = 14) -> str:
    """One sentence of `words` words."""
    ranks = (min(20_000, int(40 * (r.paretovariate(0.8) - 1))) for _ in range(words))
    return " ".join(word(rank * 7919) for rank in ranks).capitalize() + "."


def story(seed: int, *, paragraphs: int = 5, sentences: int = 3) -> list[str]:
    """Paragraphs of a story; the same seed gives the same."""
    r = random.Random(seed)
    return [" ".join(sentence(r) for _ in range(sentences)) for _ in range(paragraphs)]


def document(name: str, paragraphs: list[str], published: str | None = None, **fields: object) -> Document:
    """A document of these paragraphs."""
    return Document(id=name, by="test", text="\n\n".join(paragraphs), published=published, **fields)  # type: ignore[arg-type]
