"""Strings that may fill a role, each with what is known of it in the document: what role_filters.py chooses from.

The net tags word pieces; where a filler begins and ends, and whether an event coder would write it down, is decided
over the whole document. So every run of words that the tags allow is proposed, the same words in one role are one
candidate wherever they stand, and a candidate's features say how the tags, the word order and the rest of the document
see it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from firsthand.core.encodings import ROLES, Encoding
from firsthand.core.spans import Range, overlaps
from firsthand.core.text import fold
from firsthand.mark.incidents.logistic import log_odds
from firsthand.mark.incidents.passages import Passages, Sentence
from firsthand.mark.incidents.role_phrases import TITLES, Filler, sentence_to_phrases
from firsthand.mark.incidents.triggers import Trigger
from firsthand.mark.ontology import Ontology, default_ontology

INSIDE = 0.03
"""Least probability of a role at which a word can be part of a candidate, and least of the likeliest of its words."""
SHARE = 0.02
"""A run of words is proposed if it is this likely beside the likeliest run that begins or ends in the same region."""
LONGEST = 14
"""Words of a candidate."""
MOST = 24
"""Runs proposed of one region at most, the likeliest."""
WARM = 0.01
"""Least probability of any role in a sentence for word lists to propose anything of it."""
_ARTICLES = frozenset("the a an this that these those his her their its some".split())
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve several many unknown".split())
_LEXICAL = {
    "perpetrators": ("perpetrator_person", "perpetrator_group"),
    "groups": ("perpetrator_person", "perpetrator_group"),
    "person": ("perpetrator_person",),
}
"""Class of a phrase's head → roles that word lists propose it for. Who did it is named far from what was done, where
the net is unsure; the other roles it finds (share of the answer key's names among the candidates of MUC-4 dev: .39 and
.63 for people and groups without this, .82 and .83 with it, .89 to .96 for the other roles)."""
FEATURES = (
    "start",
    "through",
    "end",
    "likely",
    "inside",
    "other role",
    "any",
    "mean",
    "times",
    "inside longer",
    "words",
    "article",
    "number",
    "title",
    "of",
    "bracket",
    "head",
    "head perpetrators",
    "person",
    "organisation",
    "facility",
    "ordered",
    "lexical",
    "cue",
    "relevance",
    "document",
    "told",
    "untold",
    "early",
    "rivals",
    "behind best",
    "behind overlapping",
    "document role",
)


@dataclass(slots=True, kw_only=True)
class Candidate:
    """One string in one role.

    Attributes:
        role: One of core.encodings.ROLES.
        name: The words, folded.
        spans: Where it stands as a candidate, in order.
        numbers: Sentence of each span.
        scores: The tags' probability of each span.
        top: Index of the likeliest span.
        parts: start, through, end, inside and other role of the likeliest span.
        order: Fillers by word order that it overlaps.
        lexical: Whether word lists propose it.
        features: In the order of FEATURES; empty until all candidates are known.
    """

    role: str
    name: str
    spans: list[Range] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    top: int = 0
    parts: tuple[float, ...] = ()
    order: list[Filler] = field(default_factory=list)
    lexical: bool = False
    features: tuple[float, ...] = ()

    @property
    def best(self) -> float:
        """Score of the likeliest span; the first of equals."""
        return self.scores[self.top]


def document_to_candidates(
    passages: Passages,
    by_order: Sequence[Filler],
    *,
    encoding: Encoding,
    triggers: Sequence[Trigger],
    relevance: Sequence[float],
) -> list[Candidate]:
    """Propose what may fill the roles of a document's incidents.

    Args:
        passages: The document, with people, organisations and things found before.
        by_order: Fillers by word order.
        encoding: What the net says about it.
        triggers: Of the document.
        relevance: By sentence, 0–1.

    Returns:
        Candidates with features, in order of first mention and role.
    """
    ontology = default_ontology()
    found: dict[tuple[str, str], Candidate] = {}
    probabilities = np.exp(encoding.roles)
    begin, go_on = probabilities[:, 1::2], probabilities[:, 2::2]
    tags = (begin, go_on, begin + go_on)
    starts = np.ascontiguousarray(encoding.offsets[:, 0])
    ordered: dict[int, list[Filler]] = {}
    for filler in by_order:
        ordered.setdefault(filler.sentence, []).append(filler)
    for number, sentence in enumerate(passages.sentences):
        words = _Words(sentence, starts, tags)
        mine = ordered.get(number, [])
        for (role, first, last), lexical in _proposals(passages, number, words, mine, ontology).items():
            span = (sentence.words[first][0], sentence.words[last][1])
            name = fold(passages.text[slice(*span)])
            if not name:
                continue
            candidate = found.setdefault((ROLES[role], name), Candidate(role=ROLES[role], name=name))
            parts = words.parts(role, first, last)
            score = parts[0] * parts[1] * parts[2]
            if not candidate.scores or score > candidate.best:
                candidate.top, candidate.parts = len(candidate.scores), parts
            candidate.spans.append(span)
            candidate.numbers.append(number)
            candidate.scores.append(score)
            candidate.lexical |= lexical
            candidate.order.extend(o for o in mine if o.role == ROLES[role] and overlaps(o.span, span))
    every = list(found.values())
    _add_features(passages, every, triggers=triggers, relevance=relevance, ontology=ontology)
    return every


def _proposals(
    passages: Passages, number: int, words: _Words, mine: Sequence[Filler], ontology: Ontology
) -> dict[tuple[int, int, int], bool]:
    """Role, first and last word of what may be a candidate in a sentence → whether only word lists propose it."""
    if not mine and words.inside.max(initial=0.0) < WARM:
        return {}
    proposals = {(role, first, last): False for role in range(len(ROLES)) for first, last in words.runs(role)}
    for role, first, last in _lexical(passages, number, ontology):
        proposals.setdefault((role, first, last), True)
    for filler in mine:
        at = words.bounds(filler.span)
        if at is not None:
            proposals.setdefault((ROLES.index(filler.role), *at), True)
    return proposals


class _Words:
    """The role tags of one sentence by word: begin and go on by its first piece, inside the mean over all of them."""

    def __init__(
        self, sentence: Sentence, starts: npt.NDArray[np.int32], tags: tuple[npt.NDArray[np.float32], ...]
    ) -> None:
        self._words = sentence.words
        edges = np.searchsorted(starts, np.array(sentence.words, np.int32).reshape(-1, 2))
        has = edges[:, 0] < edges[:, 1]
        firsts, counts = edges[has, 0], edges[has, 1] - edges[has, 0]
        self.begin, self.go_on, self.inside = (np.zeros((len(edges), len(ROLES)), np.float32) for _ in range(3))
        self.begin[has], self.go_on[has] = tags[0][firsts], tags[1][firsts]
        inside = tags[2][firsts]
        for k in np.flatnonzero(counts > 1).tolist():
            inside[k] = tags[2][firsts[k] : firsts[k] + counts[k]].mean(0)
        self.inside[has] = inside
        self._lower = sentence.lower

    @cached_property
    def wordy(self) -> list[bool]:
        """Whether each word has a letter or digit."""
        return [any(map(str.isalnum, word)) for word in self._lower]

    def runs(self, role: int) -> Iterator[tuple[int, int]]:
        """First and last word of each run that the tags allow."""
        hot = (self.inside[:, role] >= INSIDE).tolist()
        at, count = 0, len(hot)
        while at < count:
            if not hot[at]:
                at += 1
                continue
            stop = at
            while stop < count and hot[stop]:
                stop += 1
            yield from self._region(role, at, stop)
            at = stop

    def _region(self, role: int, at: int, stop: int) -> Iterator[tuple[int, int]]:
        scored: list[tuple[float, int, int]] = []
        for first in range(at, stop):
            if not self.wordy[first]:
                continue
            soft = float(self.begin[first, role] + 0.05 * self.go_on[first, role])
            for last in range(first, min(first + LONGEST, stop)):
                if last > first:
                    soft *= float(self.go_on[last, role] + 0.05 * self.begin[last, role])
                if soft < 1e-6:
                    break
                if self.wordy[last]:
                    after = float(self.go_on[last + 1, role]) if last + 1 < len(self.go_on) else 0.0
                    scored.append((soft * (1.02 - after), first, last))
        scored.sort(reverse=True)
        for score, first, last in scored[:MOST]:
            if score >= SHARE * scored[0][0]:
                yield first, last

    def bounds(self, span: Range) -> tuple[int, int] | None:
        """First and last word of a span, or None if it holds none."""
        inside = [k for k, (a, b) in enumerate(self._words) if span[0] <= a and b <= span[1]]
        return (inside[0], inside[-1]) if inside else None

    def parts(self, role: int, first: int, last: int) -> tuple[float, ...]:
        """start, through, end, inside, other role."""
        through = float(self.go_on[first + 1 : last + 1, role].prod()) if last > first else 1.0
        after = float(self.go_on[last + 1, role]) if last + 1 < len(self.go_on) else 0.0
        means = (self.inside[first : last + 1].mean(0) if last > first else self.inside[first]).tolist()
        other = max(means[:role] + means[role + 1 :], default=0.0)
        return float(self.begin[first, role]), through, 1.0 - after, means[role], other


def _lexical(passages: Passages, number: int, ontology: Ontology) -> Iterator[tuple[int, int, int]]:
    """Noun phrases whose head is of the ontology or that were found to name somebody, and their heads alone."""
    named = passages.mentions(number, "person", "organisation", "facility", "vehicle", "weapon")
    for phrase in sentence_to_phrases(passages.sentences[number], ontology=ontology, mentions=named):
        for role in _LEXICAL.get(phrase.group, ()):
            yield ROLES.index(role), phrase.first, phrase.last - 1
            if phrase.last - 1 > phrase.first and phrase.group != "person":
                yield ROLES.index(role), phrase.last - 1, phrase.last - 1


def _add_features(
    passages: Passages,
    every: Sequence[Candidate],
    *,
    triggers: Sequence[Trigger],
    relevance: Sequence[float],
    ontology: Ontology,
) -> None:
    told = {t.sentence for t in triggers if t.mood in ("told", "attempted", "threatened")}
    untold = {t.sentence for t in triggers} - told
    document = max(relevance, default=0.0)
    count = max(len(passages.sentences), 1)
    best = {role: max((c.best for c in every if c.role == role), default=0.0) for role in ROLES}
    likely = {role: sum(c.best > 0.2 for c in every if c.role == role) for role in ROLES}
    at_sentence: dict[tuple[str, int], list[tuple[Range, float]]] = {}
    for candidate in every:
        for span, number, score in zip(candidate.spans, candidate.numbers, candidate.scores, strict=True):
            at_sentence.setdefault((candidate.role, number), []).append((span, score))
    for candidate in every:
        span, number, score = candidate.spans[candidate.top], candidate.numbers[candidate.top], candidate.best
        near = at_sentence[candidate.role, number]
        rivals = [(x, s) for x, s in near if x != span and overlaps(x, span)]
        rival = max((s for _, s in rivals), default=0.0)
        words = candidate.name.split()
        start, through, end, inside, other = candidate.parts
        kinds = {
            m.kind
            for m in passages.mentions(number, "person", "organisation", "facility")
            if overlaps((m.span.start, m.span.end), span)
        }
        raw = passages.text[slice(*span)]
        scores = candidate.scores
        nothing, mean = (
            (1 - scores[0], scores[0]) if len(scores) == 1 else (float((1 - np.array(scores)).prod()), np.mean(scores))
        )
        candidate.features = (
            _log(start),
            _log(through) / max(len(words) - 1, 1),
            _log(end),
            _log(score),
            log_odds(inside),
            log_odds(other),
            log_odds(1 - nothing),
            float(mean),
            math.log(len(set(candidate.spans))),
            math.log1p(len({x for x, _ in rivals if x[0] <= span[0] and span[1] <= x[1]})),
            math.log(len(words)),
            float(words[0] in _ARTICLES),
            float(words[0] in _NUMBERS or words[0].isdecimal()),
            float(words[0] in TITLES),
            float("of" in words),
            float("[" in raw or "(" in raw),
            float(any(words[-1] in heads for heads in ontology.heads.values())),
            float(words[-1] in ontology.heads["perpetrators"]),
            float("person" in kinds),
            float("organisation" in kinds),
            float("facility" in kinds),
            float(bool(candidate.order)),
            float(candidate.lexical),
            float(any(o.cue for o in candidate.order)),
            log_odds(max(relevance[n] for n in candidate.numbers)),
            log_odds(document),
            float(any(n in told for n in candidate.numbers)),
            float(all(n in untold for n in candidate.numbers)),
            1 - min(candidate.numbers) / count,
            math.log1p(likely[candidate.role]),
            _log(best[candidate.role]) - _log(score),
            _log(rival) - _log(score),
            log_odds(best[candidate.role]),
        )


def _log(share: float) -> float:
    return math.log(max(share, 1e-4))
