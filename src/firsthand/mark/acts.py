"""Triggers and role fillers of one document → acts: which of them tell the same incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.dates import edtf_to_interval
from firsthand.core.dates import overlaps as dates_overlap
from firsthand.core.records import Mention
from firsthand.core.text import fold
from firsthand.mark.ontology import Ontology
from firsthand.mark.role_phrases import Filler
from firsthand.mark.triggers import Sentence, Trigger

_CORROBORATING = frozenset(
    "killed dead died wounded injured murdered kidnapped assassinated casualties bomb bombs grenade grenades "
    "rocket rockets dynamite gunmen guerrillas rebels terrorists militants soldiers troops victims bodies shots "
    "explosives rifle rifles massacre hostages arrested police bullets".split()
)
_LINKABLE = frozenset({frozenset({"violence", "blast"}), frozenset({"violence", "seizure"})})
"""Families whose words can tell one incident: a bomb kills, a kidnapped man is murdered. Only in one sentence or with a
shared victim."""
NEAR_SENTENCES = 3
"""How far apart mentions of one incident may stand if nothing but the kind ties them."""
MAX_GAP_DAYS = 3
"""Dates this close do not tell two incidents apart: dispatches are loose with "yesterday" and "last night"."""


@dataclass(slots=True, kw_only=True)
class Act:
    """What a document tells of one incident; built up while reading.

    Attributes:
        kinds: Ontology kinds of its triggers and fillers, with weights.
        triggers: In order of the text.
        fillers: Likewise.
        sentences: Indexes of the sentences that tell it.
        dates: Mentions of dates standing with its triggers.
        places: Mentions of places standing with its triggers.
    """

    kinds: dict[str, float] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    fillers: list[Filler] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)
    dates: list[Mention] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)

    def kind(self) -> str:
        """The kind with most weight; the first of equals."""
        return max(self.kinds, key=lambda name: self.kinds[name])


def to_acts(
    text: str,
    *,
    sentences: Sequence[Sentence],
    found: tuple[Sequence[Trigger], Sequence[Filler]],
    mentions: Sequence[Mention],
    ontology: Ontology,
) -> list[Act]:
    """Group what a document tells into incidents.

    Args:
        text: The document's.
        sentences: In order.
        found: Triggers and fillers.
        mentions: Dates and places of the document.
        ontology: Families of kinds.

    Returns:
        Acts in order of their first words. Acts that nothing but a weak word, or a word about the future, tells of are
        left out.
    """
    units = _units(sentences, found, mentions, ontology)
    acts: list[Act] = []
    for unit in units:
        best, score = None, 0.0
        for act in acts:
            fit = _fit(text, act, unit, ontology)
            if fit > score:
                best, score = act, fit
        if best is None:
            acts.append(unit)
        else:
            _absorb(best, unit)
    return acts


def _units(
    sentences: Sequence[Sentence],
    found: tuple[Sequence[Trigger], Sequence[Filler]],
    mentions: Sequence[Mention],
    ontology: Ontology,
) -> list[Act]:
    """One draft per trigger, or per sentence of fillers without one."""
    triggers, fillers = found
    live = {k: t for k, t in enumerate(triggers) if t.mood in ("told", "attempted", "threatened")}
    weak = {k for k, t in live.items() if not _corroborated(sentences, t, ontology, text_words=None)}
    units: dict[int, Act] = {}
    loose: dict[int, Act] = {}
    for k, trigger in live.items():
        if k not in weak:
            unit = units.setdefault(k, Act())
            unit.triggers.append(trigger)
            unit.sentences.add(trigger.sentence)
            unit.kinds[trigger.kind] = unit.kinds.get(trigger.kind, 0) + 1
    by_sentence: dict[int, list[int]] = {}
    for k in units:
        by_sentence.setdefault(triggers[k].sentence, []).append(k)
    for filler in fillers:
        home = by_sentence.get(filler.sentence, [])
        if filler.trigger is not None:
            target = units.get(filler.trigger)
        elif home:
            target = units[min(home, key=lambda k: _distance(filler, triggers[k], ontology))]
        else:
            target = loose.setdefault(filler.sentence, Act(sentences={filler.sentence}))
        if target is None:
            continue
        target.fillers.append(filler)
        for kind, share in filler.kinds.items():
            target.kinds[kind] = target.kinds.get(kind, 0) + share
    every = [unit for unit in (*units.values(), *loose.values()) if unit.kinds]
    by_place: dict[int, list[Mention]] = {}
    starts = [s.span for s in sentences]
    for mention in mentions:
        number = _sentence_of(mention, starts)
        if number is not None:
            by_place.setdefault(number, []).append(mention)
    for unit in every:
        for number in unit.sentences:
            for mention in by_place.get(number, []):
                if mention.kind == "date" and mention.value and edtf_to_interval(mention.value):
                    unit.dates.append(mention)
                elif mention.kind == "place":
                    unit.places.append(mention)
    return sorted(every, key=lambda u: (min(u.sentences), u.triggers[0].word if u.triggers else 10**6))


def _sentence_of(mention: Mention, spans: Sequence[tuple[int, int]]) -> int | None:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= mention.span.start:
            low = middle + 1
        else:
            high = middle
    return low if low < len(spans) and spans[low][0] <= mention.span.start else None


def _distance(filler: Filler, trigger: Trigger, ontology: Ontology) -> float:
    """Code points between a filler and a trigger, less where the net gives the filler the trigger's kind."""
    gap = max(trigger.span[0] - filler.span[1], filler.span[0] - trigger.span[1], 0)
    agreement = filler.kinds.get(ontology.kind(trigger.kind).written, 0.0)
    return gap - 100 * agreement


def _corroborated(sentences: Sequence[Sentence], trigger: Trigger, ontology: Ontology, text_words: None) -> bool:
    """Whether a trigger is strong, or a weak one has another sign of violence in its paragraph."""
    words = sentences[trigger.sentence].lower
    if not set(words[trigger.word : trigger.last]) & ontology.weak or trigger.last - trigger.word > 1:
        return True
    paragraph = sentences[trigger.sentence].paragraph
    for number in range(max(0, trigger.sentence - 2), min(len(sentences), trigger.sentence + 3)):
        near = sentences[number]
        if near.paragraph != paragraph and number != trigger.sentence:
            continue
        other = set(near.lower) & _CORROBORATING
        if other - set(words[trigger.word : trigger.last]):
            return True
    return False


def _fit(text: str, act: Act, unit: Act, ontology: Ontology) -> float:
    """How well a unit fits an act; above 0 means that they tell the same incident."""
    left, right = ontology.kind(act.kind()).family, ontology.kind(unit.kind()).family
    gap = min(abs(a - b) for a in act.sentences for b in unit.sentences)
    if _dates_clash(act, unit) or _places_clash(act, unit):
        return -1.0
    shared = victims(text, act) & victims(text, unit)
    if left != right:
        if frozenset({left, right}) not in _LINKABLE or not (gap == 0 or shared):
            return -1.0
        return 1.0 + len(shared)
    named_left, named_right = names(text, act), names(text, unit)
    if named_left and named_right and not shared:
        return 0.1 if gap == 0 else -1.0
    return 2.0 + len(shared) - 0.1 * gap


def _dates_clash(left: Act, right: Act) -> bool:
    pairs = [(a.value, b.value) for a in left.dates for b in right.dates if a.value and b.value]
    return bool(pairs) and not any(_near(a, b) for a, b in pairs)


def _near(left: str, right: str) -> bool:
    if dates_overlap(left, right):
        return True
    a, b = edtf_to_interval(left), edtf_to_interval(right)
    if a is None or b is None:
        return True
    return min(abs((a.first - b.last).days), abs((b.first - a.last).days)) <= MAX_GAP_DAYS


def _places_clash(left: Act, right: Act) -> bool:
    a = [p for m in left.places if len(p := path_of(m)) > 1]
    b = [p for m in right.places if len(p := path_of(m)) > 1]
    return bool(a and b) and not any(within(x, y) or within(y, x) for x in a for y in b)


def path_of(place: Mention) -> tuple[str, ...]:
    """Containing areas of a place, country first; empty if it was not resolved."""
    path = place.detail.get("path")
    return tuple(fold(str(part)) for part in path) if isinstance(path, list | tuple) else ()


def within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Whether one path of areas begins with the other."""
    return inner[: len(outer)] == outer


def victims(text: str, act: Act) -> set[str]:
    """What its victims and targets are called, folded."""
    return {fold(text[slice(*f.span)]) for f in act.fillers if f.role in ("victim", "target")} - {""}


def names(text: str, act: Act) -> set[str]:
    """Victims and targets of more than one word: enough to tell two incidents apart."""
    return {name for name in victims(text, act) if " " in name}


def _absorb(act: Act, unit: Act) -> None:
    for kind, weight in unit.kinds.items():
        act.kinds[kind] = act.kinds.get(kind, 0) + weight
    act.triggers.extend(unit.triggers)
    act.fillers.extend(unit.fillers)
    act.sentences |= unit.sentences
    act.dates.extend(unit.dates)
    act.places.extend(unit.places)
