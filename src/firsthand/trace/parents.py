"""Matches of one document → its Copies: the one parent of the whole, and the passages that come from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.core.ids import make_id
from firsthand.core.records import Copy, CopyKind, Span
from firsthand.trace.directions import Standpoint, credit_supports, same_publisher
from firsthand.trace.matches import STANDING, VERBATIM, Match, Passage
from firsthand.trace.options import TraceOptions

BY = "trace.copies@4"
PLAIN = 0.5
"""Of a copy's own words, outside quotation marks, this share must be the other's too: the same speech is no copy."""
MOSTLY = 0.9
"""From this share on a document is a copy as a whole, whatever else is in it."""
OWN_SHARE, OWN = 0.1, (80, 240)
"""Below it, not if a tenth of its code points on end is its own, but no less than 80 (a credit line) and no more than
240 (some forty words): a page around a long excerpt. `make_reuse.py` (docs/tracing.md): ARI of PolNeAR seed 8 .992 with
240 alone, .996 so; no seed loses."""
PIECE, TOP = 0.4, 600
"""A page that has less than this share of another, and nothing of its first 600 code points, quotes a piece of it,
however little it adds: copies are cut from the bottom or have most of the text. ARI of PolNeAR seeds 1 and 3 .988 and
.955 without, .995 and .962 so; of five shares and places tried these cost the MUC-4 seeds nothing."""
SLACK_WORDS, SLACK_SHARE = 6, 0.02
"""A later text is named as the parent only if so many more words agree with it than with an earlier one: the edits of
another copyist, inherited. Credit lines of an agency alone (2 to 7 words) do not suffice."""
EXCERPT_SLACK = 2
"""The same for excerpts, whose edits are fewer."""
NEW, LEFT = 0.5, 120
"""A further passage is reported if less than this share of it is already traced to another document, or if so many code
points of it (some twenty words) are not: of two hosts that quote one story, the later may quote more of it."""
RECURS = 4
"""So many documents with the same short passage, and nothing else in common, make it standing matter."""
SAME_PAGE = 0.5
"""Two texts of one outlet that share so much of the older one are states of one page."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What the documents that decisions are about say about themselves, in order of rank."""

    views: Sequence[Standpoint]
    options: TraceOptions

    def copies(self, found: Sequence[tuple[Match, str]], standing: frozenset[tuple[int, int]]) -> list[Copy]:
        """Decide for one document.

        Args:
            found: All its matches, each with what settles the direction.
            standing: What `standing` gave.
        Returns:
            The copy of the whole first, if it is one; then the excerpts that this does not explain, greatest first.
        """
        found = sorted(found, key=lambda f: f[0].of)
        whole = [f for f in found if self.is_whole(f[0])]
        copies: list[Copy] = []
        traced: list[tuple[int, int]] = []
        if whole:
            exact = [m.exact for m, _ in whole]
            best = max(exact)
            slack = max(SLACK_WORDS, SLACK_SHARE * best)
            # The earliest, unless another agrees with so many more words that its edits must have been inherited.
            parent, direction = whole[0 if exact[0] >= best - slack else exact.index(best)]
            copies.append(self.copy(parent, direction, whole=True))
            if self._own(parent) < self.options.sentence:
                return copies
            traced = [(p.start, p.end) for p in parent.passages]
        set_apart = {p.start for m, _ in found for p in m.passages if (m.of, p.of_start) in standing}
        rest = [(m, direction, self._excerpts(m, set_apart)) for m, direction in found]
        while True:
            rest = [(m, direction, [p for p in ps if _untraced(p, traced)]) for m, direction, ps in rest]
            gains = [sum(p.exact for p in ps) for _, _, ps in rest]
            best = max(gains, default=0)
            if not best:
                return copies
            slack = max(EXCERPT_SLACK, SLACK_SHARE * best)
            match, direction, passages = rest[next(k for k, gain in enumerate(gains) if gain >= max(1, best - slack))]
            copies.append(self.copy(match._replace(passages=tuple(passages)), direction, whole=False))
            traced += [(p.start, p.end) for p in passages]

    def is_whole(self, match: Match) -> bool:
        """Whether the document goes back to the other as a whole."""
        page = self.views[match.doc].url
        if page and page == self.views[match.of].url:
            return True
        if match.share < self.options.whole or match.plain_share < PLAIN or self._is_piece(match):
            return False
        return match.share >= MOSTLY or self._longest_own(match) < self._room(match)

    def _is_piece(self, match: Match) -> bool:
        """Whether all that the document has of the other is a piece of it, and not its beginning."""
        return match.of_share < PIECE and min(p.of_start for p in match.passages if p.solid) > TOP

    def _room(self, match: Match) -> float:
        """Code points on end that a copy may add."""
        return min(max(OWN_SHARE * self.views[match.doc].size, OWN[0]), OWN[1])

    def _own(self, match: Match) -> int:
        """Code points of a document that are in no passage: with fewer than there are words in one, none is left."""
        reached, own = 0, 0
        for passage in match.passages:
            own += max(0, passage.start - reached)
            reached = max(reached, passage.end)
        return own + self.views[match.doc].size - reached

    def _longest_own(self, match: Match) -> int:
        """Code points of the longest stretch of a document that is not in the other."""
        reached, longest = 0, 0
        for passage in match.passages:
            longest = max(longest, passage.start - reached)
            reached = max(reached, passage.end)
        return max(longest, self.views[match.doc].size - reached)

    def standing(self, matches: Iterable[Sequence[tuple[Match, str]]]) -> frozenset[tuple[int, int]]:
        """Short passages, by document and offset, of many documents that share nothing else with it.

        Notes of the editor, sign-up lines, formulas ("It takes so many delegates to win"): they belong to nobody.
        """
        seen: Counter[tuple[int, int]] = Counter()
        for found in matches:
            if not any(self.is_whole(m) for m, _ in found):
                seen.update({(m.of, start) for m, _ in found for start in short_passages(m)})
        return frozenset(place for place, count in seen.items() if count >= RECURS)

    def copy(self, match: Match, direction: str, *, whole: bool) -> Copy:
        """Write one decision down."""
        view, of_view = self.views[match.doc], self.views[match.of]
        doc, of = view.doc, of_view.doc
        kind = _kind(match, view, of_view) if whole else "excerpt"
        return Copy(
            id=make_id("copy", doc, of, kind),
            by=BY,
            doc=doc,
            of=of,
            kind=kind,
            similarity=round(min(1.0, sum(p.words for p in match.passages) / match.words), 4),
            spans=tuple((Span(doc, p.start, p.end), Span(of, p.of_start, p.of_end)) for p in match.passages),
            evidence="both" if credit_supports(view, of_view) else "text",
            direction=direction,
        )

    def _excerpts(self, match: Match, set_apart: set[int]) -> list[Passage]:
        """The passages that are worth reporting on their own: an outlet's own phrases are not."""
        own = same_publisher(self.views[match.doc], self.views[match.of])
        least = self.options.sentence
        return [
            p
            for p in match.passages
            if p.solid and p.words >= least and (p.words >= STANDING or not (own or p.start in set_apart))
        ]


def short_passages(match: Match) -> frozenset[int]:
    """Where in the other document the passages begin that could be standing matter."""
    return frozenset(p.of_start for p in match.passages if p.words < STANDING)


def _untraced(passage: Passage, traced: Sequence[tuple[int, int]]) -> bool:
    held = sum(max(0, min(passage.end, end) - max(passage.start, start)) for start, end in traced)
    length = passage.end - passage.start
    return held < NEW * length or length - held >= LEFT


def _kind(match: Match, copy: Standpoint, source: Standpoint) -> CopyKind:
    """Of a document that is a copy as a whole."""
    if copy.url and copy.url == source.url:
        return "revision"
    if same_publisher(copy, source) and match.of_share >= SAME_PAGE and match.exact < match.words:
        return "revision"
    if copy.republished:
        return "republished"
    if copy.agencies:
        return "wire"
    if min(match.share, match.of_share) >= VERBATIM and match.exact >= VERBATIM * match.words:
        return "duplicate"
    return "wire" if match.from_the_top else "edited"
