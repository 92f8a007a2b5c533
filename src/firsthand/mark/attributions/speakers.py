"""Sources resolved inside the document: "he", "the general", "the ministry", "the same source", "Porter" → who that is.

Reads the sources in order of the text and keeps who has been named so far. It answers with the place where the source
is named in full, or abstains with the reason. Linear time: each list that is looked through has a fixed length.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from firsthand.core.records import Attribution, Span
from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.attributions.sources import ARTICLES, Source, words_to_source
from firsthand.mark.attributions.transitions import is_capitals
from firsthand.mark.attributions.voices import HANDED_OVER, VOICE

if TYPE_CHECKING:
    from firsthand.core.records import Document, Mention, SourceKind

_MEMORY = 12
"""Named people and bodies that a pronoun or a short form may go back to."""
_PRONOUN_REACH = 700
"""Code points that a pronoun may reach back: some five sentences. Beyond, PolNeAR's writers name the speaker anew."""
_GENDERS = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince", "father", "fr", "msgr", "monsignor", "bishop", "archbishop",
                     "cardinal", "pope", "imam", "sheikh", "rabbi", "brother", "congressman", "chairman", "spokesman",
                     "councilman", "man", "husband", "businessman", "don", "son", "widower", "uncle", "boy"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "lady", "dame", "queen", "princess", "sister", "congresswoman", "chairwoman",
                     "spokeswoman", "nun", "woman", "mother", "wife", "widow", "daughter", "aunt", "girl", "actress",
                     "businesswoman", "waitress"), "she"),
}  # fmt: skip
_VOICES = ("recorded speech", VOICE, HANDED_OVER)
_SHORT = {"gen": "general", "col": "colonel", "lt": "lieutenant", "capt": "captain", "maj": "major", "sgt": "sergeant",
          "sen": "senator", "rep": "representative", "gov": "governor", "msgr": "monsignor", "adm": "admiral",
          "pres": "president", "prof": "professor", "dr": "doctor", "rev": "reverend", "amb": "ambassador",
          "congresswoman": "representative", "congressman": "representative"}  # fmt: skip
_GENDER_OF = {"he": "he", "him": "he", "his": "he", "himself": "he",
              "she": "she", "her": "she", "hers": "she", "herself": "she"}  # fmt: skip
_INHERITING = frozenset(
    "adding added saying noting continued continuing stressing insisting explaining claiming arguing telling "
    "calling warning concluding recalling".split()
)


@dataclass(slots=True, eq=False)
class _Known:
    """Somebody named in the document so far."""

    span: Range
    name: str
    kind: SourceKind
    words: frozenset[str]  # folded words of the name and of what was said along with it
    last: str  # folded last word of the name
    gender: str | None
    at: int  # where it was last spoken of
    plural: bool
    spoke: int = -1  # where it last said something, or -1


def attributions_to_speakers(
    document: Document, *, attributions: Sequence[Attribution], entities: Sequence[Mention]
) -> list[Attribution]:
    """Say who each source is.

    Args:
        document: the document.
        attributions: of the document, in order of the text.
        entities: of the document, in order of the text.

    Returns:
        The attributions in the same order with source_kind, speaker, speaker_name and reason filled in. `speaker` is
        None if the source is itself the fullest form, or if it cannot be resolved; `reason` says which.
    """
    return _Resolver(document, entities).resolve(attributions)


class _Resolver:
    def __init__(self, document: Document, entities: Sequence[Mention]) -> None:
        self._document = document
        self._capitals = is_capitals(document.text)
        self._people = _settled(document.text, entities)
        self._next = 0  # of self._people, the first not yet registered
        self._person_end = 0  # of the last mention of a person
        self._known: deque[_Known] = deque(maxlen=_MEMORY)
        self._surnames: dict[str, list[_Known]] = {}
        self._heads: dict[str, _Known] = {}  # head noun → the last one described by it
        self._unnamed: dict[str, Span] = {}
        self._speaker: _Known | None = None  # of the attribution before
        self._before: Attribution | None = None
        self._they: _Known | None = None  # whom the last "they" stood for

    def resolve(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        resolved: dict[str, Attribution] = {}
        speakers: dict[str, _Known | None] = {}
        by_id = {a.id: a for a in attributions}
        order = sorted(attributions, key=lambda a: (_place(a), a.within is not None))
        for attribution in order:
            outer = by_id.get(attribution.within or "")
            outer_speaker = speakers.get(outer.id) if outer else None
            done, known = self._one(attribution, outer_speaker, outer)
            resolved[attribution.id], speakers[attribution.id] = done, known
            if known is not None:
                known.spoke = _place(attribution)
            if outer is None or _is_voice(outer):
                self._before = done
                if not self._is_first_person(attribution) and not _is_voice(attribution):
                    self._speaker = known
        return [resolved[a.id] for a in attributions]

    def _one(
        self, attribution: Attribution, outer_speaker: _Known | None, outer: Attribution | None
    ) -> tuple[Attribution, _Known | None]:
        self._register_up_to(_place(attribution))
        if not attribution.source:
            return self._implicit(attribution, outer)
        span = (attribution.source[0].start, attribution.source[0].end)
        near = self._around(span)
        source = words_to_source(self._document.text, span, mentions=near, capitals=self._capitals)
        if source.pronoun:
            quoted = outer is None or outer.form != "indirect"
            return self._pronoun(attribution, source, (span, quoted), outer_speaker)
        known, reason = self._earlier(source, span)
        if known is not None:
            known.at = span[0]
            self._touch(known)
            kind = source.kind if source.kind in ("outlet", "document", "witness") else known.kind
            full = known.span if known.span != span and not _inside(known.span, span) else None
            return (
                replace(
                    attribution,
                    source_kind=kind,
                    speaker=Span(self._document.id, *full) if full else None,
                    speaker_name=known.name or None,
                    reason=_join(attribution.reason, f"{source.reason}; {reason}"),
                ),
                known,
            )
        fresh = self._register(span, source)
        same = self._unnamed.get(source.head) if source.name is None and self._is_definite(span) else None
        if source.name is None and source.kind in ("unnamed", "witness", "document"):
            self._unnamed[source.head] = same or Span(self._document.id, *span)
        return (
            replace(
                attribution,
                source_kind=source.kind,
                speaker=same,
                speaker_name=source.name,
                reason=_join(attribution.reason, source.reason + ("; named like it before" if same else reason)),
            ),
            fresh,
        )

    def _implicit(self, attribution: Attribution, outer: Attribution | None) -> tuple[Attribution, _Known | None]:
        cue = self._text(attribution.cue).lower().split()
        before = self._before
        goes_on = not cue or bool(_INHERITING.intersection(cue[:2]))
        if before is not None and (outer is None or _is_voice(outer)) and goes_on and self._close(attribution, before):
            speaker = before.speaker or (before.source[0] if before.source else None)
            reason = f"“{cue[0] if cue else 'quotation'}” goes on with the speaker before"
            return (
                replace(
                    attribution,
                    source_kind=before.source_kind,
                    speaker=speaker,
                    speaker_name=before.speaker_name,
                    reason=_join(attribution.reason, reason),
                ),
                self._speaker,
            )
        return replace(attribution, reason=_join(attribution.reason, "no source printed")), None

    def _close(self, attribution: Attribution, before: Attribution) -> bool:
        first, last = _place(before), _place(attribution)
        between = self._document.text[min(first, last) : last]
        return len(between) < _PRONOUN_REACH and (not attribution.cue or "\n\n" not in between)

    def _pronoun(
        self, attribution: Attribution, source: Source, where: tuple[Range, bool], outer_speaker: _Known | None
    ) -> tuple[Attribution, _Known | None]:
        word = source.pronoun or ""
        span, quoted = where
        known: _Known | None = None
        reason = source.reason
        if word in ("i", "we", "my", "our"):
            known = outer_speaker
            reason = f"“{word}” is who speaks" if known else f"“{word}” outside any named speech: not resolved"
        elif word in ("who", "which", "whom"):
            known = next(
                (k for k in reversed(self._known) if 0 <= span[0] - k.span[1] <= 3 or 0 <= span[0] - k.at <= 60), None
            )
        else:
            gender = _GENDER_OF.get(word)
            known, reason = self._last_spoken_of(word, gender, span, outer_speaker if quoted else None)
            if not quoted and outer_speaker is not None and _fits(outer_speaker, word):
                known, reason = outer_speaker, ""  # "Lind said that she knew nothing"
        if known is None:
            return replace(attribution, source_kind="unnamed", reason=_join(attribution.reason, reason)), None
        gender = _GENDER_OF.get(word)
        if gender and known.gender is None:
            known.gender = gender
        known.at = span[0]
        self._touch(known)
        self._they = known if word == "they" else self._they
        return (
            replace(
                attribution,
                source_kind=known.kind,
                speaker=Span(self._document.id, *known.span),
                speaker_name=known.name or None,
                reason=_join(attribution.reason, f"“{word}” → “{self._document.text[slice(*known.span)]}”"),
            ),
            known,
        )

    def _last_spoken_of(
        self, word: str, gender: str | None, span: Range, outer_speaker: _Known | None
    ) -> tuple[_Known | None, str]:
        near = [k for k in self._known if span[0] - k.at <= _PRONOUN_REACH and k is not outer_speaker]
        if gender:
            fits = [k for k in near if _fits(k, word)]
            sure = [k for k in fits if k.gender == gender]
            if sure and (self._speaker not in fits or self._speaker.gender == gender):
                fits = sure
        else:
            fits = [k for k in near if _fits(k, word)]
        if not fits:
            return None, f"“{word}”: nobody near fits"
        # Whoever spoke last goes on speaking; else whoever was spoken of last.
        if self._speaker in fits:
            return self._speaker, ""
        if word in ("they", "their", "them") and self._they in fits:
            return self._they, ""
        if word == "they":  # whoever has spoken lately, before who is only spoken of
            return max(fits, key=lambda k: (span[0] - k.spoke <= _PRONOUN_REACH and k.spoke >= 0, k.at)), ""
        return max(fits, key=lambda k: k.at), ""

    def _earlier(self, source: Source, span: Range) -> tuple[_Known | None, str]:
        """Who of those named before this source is, with the reason."""
        if source.kind in ("named person", "named body", "outlet") and source.name:
            words = [fold(word) for word in source.name.split()]  # "Bolton-Pompeo" is one word, and neither of them
            if not any(words):
                return None, ""
            words = [word for word in words if word]
            same = [k for k in self._surnames.get(words[-1], []) if set(words) <= k.words or k.words <= set(words)]
            longer = [k for k in same if k.span[1] <= span[0] or k.span[0] >= span[1] or _inside(k.span, span)]
            names = {fold(k.name) for k in longer if len(k.name.split()) > 1}
            if len(words) == 1 and len(names) > 1:
                return None, "; several are called so, not resolved"
            if longer:
                best = max(longer, key=lambda k: (len(k.name), -k.span[0]))
                if len(best.name) >= len(source.name):
                    return best, f"“{source.name}” is “{best.name}”"
            return None, ""
        if self._is_definite(span):
            head = _SHORT.get(source.head, source.head)
            if head in self._heads:
                known = self._heads[head]
                if known.span[1] <= span[0]:
                    return known, f"“the {source.head}” is “{known.name}”"
        return None, ""

    def _is_first_person(self, attribution: Attribution) -> bool:
        return self._text(attribution.source).lower() in ("i", "we")

    def _is_definite(self, span: Range) -> bool:
        first = self._document.text[slice(*span)].split(None, 1)[0].lower()
        return first in ("the", "that", "this", "these", "those")

    def _register_up_to(self, at: int) -> None:
        while self._next < len(self._people) and self._people[self._next].span.start < at:
            mention = self._people[self._next]
            self._next += 1
            if mention.kind == "person":
                self._person_end = max(self._person_end, mention.span.end)
            part_of_title = mention.kind == "organisation" and mention.span.end <= self._person_end
            if mention.kind in ("person", "organisation") and not part_of_title:
                span = (mention.span.start, mention.span.end)
                source = words_to_source(self._document.text, span, mentions=[mention], capitals=self._capitals)
                if source.name and source.kind in ("named person", "named body", "outlet"):
                    known, _ = self._earlier(source, span)
                    if known is None:
                        self._register(span, source)
                    else:
                        known.at = span[0]
                        self._touch(known)
                elif source.plural and source.kind in ("named person", "named body"):
                    self._register(span, source)  # "Lind and her aides": for "they"

    def _register(self, span: Range, source: Source) -> _Known:
        text = self._document.text
        # The words before a name and the apposition after it describe it: "Gen. X", "X, the army chief".
        own = fold(text[slice(*span)]).split()
        before = fold(text[max(0, span[0] - 12) : span[0]]).split()[-1:]
        name = [word for part in (source.name or "").split() if (word := fold(part))]
        titles = {_SHORT.get(w, w) for w in own + before}
        if text[span[1] : span[1] + 2] == ", ":
            apposition = text[span[1] + 2 : span[1] + 60].split(",")[0].split(".")[0]
            titles |= (
                {_SHORT.get(w, w) for w in fold(apposition).split()} if apposition[:2] in ("a ", "th", "an") else set()
            )
        if {"former", "ex"} & {*own, *before}:  # "the minister" is not the former one
            titles = set()
        gender = next((_GENDERS[w] for w in [*own, *before] if w in _GENDERS), None)
        known = _Known(
            span=span,
            name=source.name or "",
            kind=source.kind,
            words=frozenset(name),
            last=name[-1] if name else "",
            gender=gender,
            at=span[0],
            plural=source.plural,
        )
        self._known.append(known)
        if name:
            for surname in {known.last, *_short_forms(name, source)}:
                self._surnames.setdefault(surname, []).append(known)
                if len(self._surnames[surname]) > _MEMORY:
                    self._surnames[surname].pop(0)
            for word in titles - set(name) - ARTICLES if source.kind == "named person" else {source.head}:
                self._heads[word] = known
        return known

    def _touch(self, known: _Known) -> None:
        if known in self._known:
            self._known.remove(known)
        self._known.append(known)

    def _around(self, span: Range) -> list[Mention]:
        found = []
        for k in range(max(0, self._next - _MEMORY), len(self._people)):
            mention = self._people[k]
            if mention.span.start >= span[1]:
                break
            if mention.span.end > span[0]:
                found.append(mention)
        return found

    def _text(self, spans: Sequence[Span]) -> str:
        return " ".join(self._document.text[s.start : s.end] for s in spans)


def _settled(text: str, entities: Sequence[Mention]) -> list[Mention]:
    """Names of people, bodies and places, each of the kind that it is most often given in the document.

    The encoder wavers: the same surname is now a person, now an organisation. People win a draw.
    """
    votes: dict[str, dict[str, int]] = {}
    named = [m for m in entities if m.kind in ("person", "organisation", "place", "facility", "nationality")]
    keys = [fold(text[m.span.start : m.span.end]) for m in named]
    for mention, key in zip(named, keys, strict=True):
        of_key = votes.setdefault(key, {})
        of_key[mention.kind] = of_key.get(mention.kind, 0) + 1
    settled = []
    for mention, key in zip(named, keys, strict=True):
        people, bodies = votes[key].get("person", 0), votes[key].get("organisation", 0)
        if mention.kind != ("organisation" if people >= bodies else "person") or not (people and bodies):
            settled.append(mention)
    return settled


def _short_forms(name: Sequence[str], source: Source) -> list[str]:
    """Words besides the last by which one is called: Tomas Ruel Ortiz is "Ruel", the Ministry of Works a ministry."""
    if source.kind == "named body":
        return [source.head] if source.head in name else []
    if source.kind != "named person" or len(name) < 3:
        return []
    return [word for word in name[1:-1] if len(word) > 2][-1:]


def _fits(known: _Known, word: str) -> bool:
    """Whether a pronoun can stand for somebody, by number, gender and sort."""
    if gender := _GENDER_OF.get(word):
        alone = known.kind in ("named person", "unnamed", "witness") and not known.plural
        return alone and known.gender in (None, gender)
    if word == "it":
        return known.kind in ("named body", "outlet", "document")
    return known.plural or known.kind == "named body"


def _is_voice(attribution: Attribution) -> bool:
    """Whether it gives a whole text or turn to its speaker: what stands in it is read as if it stood alone."""
    return (attribution.reason or "").startswith(_VOICES)


def _place(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start


def _inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _join(*reasons: str | None) -> str:
    return "; ".join(r.strip("; ") for r in reasons if r)
