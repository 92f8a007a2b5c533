"""A document as incidents are read from it: sentences of words, and what was found in each of them before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from firsthand.core.records import Attribution, Document, Mention
from firsthand.core.spans import Range, overlaps
from firsthand.core.text import text_to_sentences

MAX_WORDS = 150
"""Words of a sentence; a longer one is cut, so that rules that look at pairs of words stay quick on any text."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in words.

    Attributes:
        span: Its place in the text.
        words: Half-open offsets of its words and punctuation marks.
        lower: The words in lower case.
        paragraph: Running number of the paragraph.
    """

    span: Range
    words: tuple[Range, ...]
    lower: tuple[str, ...]
    paragraph: int


def document_to_sentences(document: Document) -> list[Sentence]:
    """Cut the publisher's own prose into sentences of words; boilerplate, wrapper and bio are left out.

    A headline and a byline end where they end, though no full stop says so: the lead behind them is a sentence.

    Args:
        document: The text and its parts.

    Returns:
        Sentences in order of the text, none longer than MAX_WORDS.
    """
    text = document.text
    kinds = ("boilerplate", "wrapper", "bio", "byline", "credit")
    aside = sorted((p.start, p.end) for p in document.parts if p.kind in kinds)
    cuts = sorted({at for p in document.parts for at in (p.start, p.end)})
    sentences: list[Sentence] = []
    paragraph, before, at = 0, 0, 0
    for start, end in _cut(text_to_sentences(text), cuts):
        gap = text[before:start]
        paragraph += gap.count("\n") > 1 or "\n   " in gap
        before = end
        while at < len(aside) and aside[at][1] <= start:
            at += 1
        if at < len(aside) and overlaps((start, end), aside[at]):
            continue
        words = _words(text, start, end)
        for first in range(0, len(words), MAX_WORDS):
            kept = words[first : first + MAX_WORDS]
            lower = tuple(text[a:b].lower().replace("’", "'") for a, b in kept)
            sentences.append(Sentence(span=(kept[0][0], kept[-1][1]), words=kept, lower=lower, paragraph=paragraph))
    return sentences


def _cut(sentences: Iterable[Range], cuts: Sequence[int]) -> Iterator[Range]:
    """The sentences, each cut where a part of the document begins or ends within it."""
    for start, end in sentences:
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        yield from pairwise([start, *inside, end])


GLOSS = re.compile(r"\[[^\[\]]{1,120}\]")
"""An editor's insertion: "the FMLN [Farabundo Marti National Liberation Front] said"."""


def _words(text: str, start: int, end: int) -> tuple[Range, ...]:
    """Words of a sentence, editors' insertions left out: they stand between a verb and what belongs to it."""
    glosses = [(start + m.start(), start + m.end()) for m in GLOSS.finditer(text[start:end])]
    words: list[Range] = []
    k = 0
    for match in _WORD.finditer(text[start:end]):
        word = (start + match.start(), start + match.end())
        while k < len(glosses) and glosses[k][1] <= word[0]:
            k += 1
        if k == len(glosses) or word[1] <= glosses[k][0]:
            words.append(word)
    return tuple(words)


class Contents:
    """The contents of a document's attributions, asked for by what they hold."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        self._spans = sorted((c.start, c.end, a.id, a) for a in attributions for c in a.content)
        self._starts = [start for start, *_ in self._spans]
        self._reach = list(accumulate((end for _, end, *_ in self._spans), max))

    def innermost(self, span: Range) -> Attribution | None:
        """The attribution with the shortest content that holds a span, or None: the publisher's own voice."""
        best: tuple[int, str, Attribution] | None = None
        at = bisect_right(self._starts, span[0]) - 1
        while at >= 0 and self._reach[at] >= span[1]:  # nothing further back reaches so far
            start, end, key, one = self._spans[at]
            if end >= span[1] and (best is None or (end - start, key) < best[:2]):
                best = (end - start, key, one)
            at -= 1
        return best[2] if best else None


class Passages:
    """The sentences of a document, with mentions and attributions by sentence."""

    def __init__(
        self, document: Document, *, mentions: Sequence[Mention] = (), attributions: Sequence[Attribution] = ()
    ) -> None:
        """Index what was found before.

        Args:
            document: The text.
            mentions: Found in it.
            attributions: Likewise.
        """
        self.document = document
        self.text = document.text
        self.sentences = document_to_sentences(document)
        self._starts = [s.span[0] for s in self.sentences]
        self._mentions: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.span, m.kind, m.id)):
            number = self.number(mention.span.start)
            if number is not None:
                self._mentions.setdefault(number, []).append(mention)
        self._sources: dict[int | None, list[Range]] = {}
        for source in (s for one in attributions for s in one.source):
            self._sources.setdefault(self.number(source.start), []).append((source.start, source.end))
        self._contents = Contents(attributions)

    def number(self, offset: int) -> int | None:
        """Index of the sentence that an offset lies in, or None."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].span[1] else None

    def mentions(self, number: int, *kinds: str) -> list[Mention]:
        """Mentions of some kinds that begin in a sentence, in order."""
        return [m for m in self._mentions.get(number, ()) if m.kind in kinds]

    def is_source(self, span: Range) -> bool:
        """Whether words name a source of an attribution, or a part of one."""
        near = self._sources.get(self.number(span[0]), ())
        return any(start <= span[0] and span[1] <= end for start, end in near)

    def innermost(self, span: Range) -> Attribution | None:
        """The attribution with the shortest content that holds a span, or None."""
        return self._contents.innermost(span)

    def words(self, number: int) -> str:
        """The text of a sentence."""
        return self.text[slice(*self.sentences[number].span)]
