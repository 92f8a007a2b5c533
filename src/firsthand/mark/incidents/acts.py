"""Triggers and role fillers of one document → acts: which of them tell the same incident."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from firsthand.core.dates import edtf_to_interval
from firsthand.core.dates import overlaps as dates_overlap
from firsthand.core.records import Mention
from firsthand.core.text import fold
from firsthand.mark.incidents.dates import in_reach, usable_dates
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.triggers import Trigger
from firsthand.mark.ontology import Ontology

_CORROBORATING = frozenset(
    "killed dead died wounded injured murdered kidnapped assassinated casualties bomb bombs grenade grenades rocket "
    "rockets dynamite gunmen guerrillas rebels terrorists militants soldiers troops victims bodies shots explosives "
    "rifle rifles massacre hostages arrested police bullets".split()
)
_LINKABLE = frozenset({frozenset({"violence", "blast"}), frozenset({"violence", "seizure"})})
"""Families whose words can tell one incident: a bomb kills, a kidnapped man is murdered. Only in one sentence or with a
shared victim."""
_CASUALTIES = frozenset("killed wounded injured hurt deaths death".split())
_DEADLY = frozenset(["blast", "arson"])
"""Families of acts whose own words do not tell of people."""
TOLL_GAP = 2
"""Sentences behind an act in which a sentence that tells nothing but casualties ("Four persons were killed and fifteen
injured") tells of the same incident."""
MAX_GAP_DAYS = 3
"""Dates this close do not tell two incidents apart: dispatches are loose with "yesterday" and "last night"."""
VAGUE = 0.5
"""What a word of killing or attacking weighs for the kind beside a word of blast or seizure: bombs kill as well (kinds
of MUC-4 dev: F1 .711 at 1, .749 at 0.5, .733 at 0.3)."""
COMPARED = 40
"""Acts back to which a new one is compared; a document that tells more than that is a list."""
_KEPT = 60


@dataclass(slots=True, kw_only=True)
class Act:
    """What a document tells of one incident; built up while reading.

    Attributes:
        kinds: Ontology kinds of its triggers and fillers, with weights.
        triggers: In order of the text.
        fillers: Likewise.
        sentences: Indexes of the sentences that tell it.
        dates: Dates that can belong to its triggers.
        places: Mentions of places in its triggers' sentences.
        victims: What victims and targets are called, folded.
    """

    kinds: dict[str, float] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    fillers: list[Filler] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)
    dates: list[Mention] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    victims: set[str] = field(default_factory=set)

    def kind(self) -> str:
        """The kind with most weight; the first of equals."""
        return max(self.kinds, key=lambda name: self.kinds[name])


def to_acts(
    passages: Passages,
    *,
    found: tuple[Sequence[Trigger], Sequence[Filler]],
    published: str | None,
    ontology: Ontology,
    counted: Collection[int] = (),
) -> list[Act]:
    """Group what a document tells into incidents.

    Args:
        passages: The document.
        found: Triggers and fillers.
        published: Publication date (ISO) or None.
        ontology: Families of kinds.
        counted: Indexes of the sentences that number casualties.

    Returns:
        Acts in order of their first words. Acts that nothing but a weak word, or a word about the future, tells of are
        left out.
    """
    acts: list[Act] = []
    for unit in _units(passages, found, published, ontology):
        toll = unit.sentences <= set(counted) and _tells_a_toll(passages, unit)
        best, score = None, 0.0
        for act in acts[-COMPARED:]:
            fit = _fit(act, unit, passages, ontology, toll=toll)
            if fit > score:
                best, score = act, fit
        if best is None:
            acts.append(unit)
        else:
            _absorb(best, unit)
    return acts


def _units(
    passages: Passages, found: tuple[Sequence[Trigger], Sequence[Filler]], published: str | None, ontology: Ontology
) -> list[Act]:
    """One draft per trigger, or per sentence of fillers without one."""
    triggers, fillers = found
    units: dict[int, Act] = {}
    loose: dict[int, Act] = {}
    by_sentence: dict[int, list[int]] = {}
    for k, trigger in enumerate(triggers):
        if trigger.mood in ("told", "attempted", "threatened") and _corroborated(passages, trigger, ontology):
            weight = VAGUE if ontology.kind(trigger.kind).written == "attack" else 1.0
            units[k] = Act(triggers=[trigger], sentences={trigger.sentence}, kinds={trigger.kind: weight})
            by_sentence.setdefault(trigger.sentence, []).append(k)
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
        if filler.role in ("victim", "target"):
            target.victims.add(fold(passages.text[slice(*filler.span)]))
        for kind, share in filler.kinds.items():
            target.kinds[kind] = target.kinds.get(kind, 0) + share
    every = [unit for unit in (*units.values(), *loose.values()) if unit.kinds]
    for unit in every:
        for number in unit.sentences:
            dates = usable_dates(passages, number, published)
            unit.dates = [m for m in dates if any(in_reach(passages, t, m) for t in unit.triggers)]
            unit.places = passages.mentions(number, "place")
    return sorted(every, key=lambda u: (min(u.sentences), u.triggers[0].word if u.triggers else MANY))


MANY = 10**6


def _distance(filler: Filler, trigger: Trigger, ontology: Ontology) -> float:
    """Code points between a filler and a trigger, less where the net gives the filler the trigger's kind."""
    gap = max(trigger.span[0] - filler.span[1], filler.span[0] - trigger.span[1], 0)
    return gap - 100 * filler.kinds.get(ontology.kind(trigger.kind).written, 0.0)


def _corroborated(passages: Passages, trigger: Trigger, ontology: Ontology) -> bool:
    """Whether a trigger is strong, or a weak one has another sign of violence near it in its paragraph."""
    sentences = passages.sentences
    words = set(sentences[trigger.sentence].lower[trigger.word : trigger.last])
    if not words & ontology.weak or len(words) > 1:
        return True
    paragraph = sentences[trigger.sentence].paragraph
    near = range(max(0, trigger.sentence - 2), min(len(sentences), trigger.sentence + 3))
    return any((set(sentences[n].lower) & _CORROBORATING) - words for n in near if sentences[n].paragraph == paragraph)


def _fit(act: Act, unit: Act, passages: Passages, ontology: Ontology, *, toll: bool) -> float:
    """How well a unit fits an act; above 0 means that they tell the same incident."""
    if _dates_clash(act, unit) or places_clash(act, unit):
        return -1.0
    left, right = ontology.kind(act.kind()).family, ontology.kind(unit.kind()).family
    gap = max(min(unit.sentences) - max(act.sentences), 0)
    shared = act.victims & unit.victims
    if left != right:
        if frozenset({left, right}) not in _LINKABLE or not (gap == 0 or shared):
            again = frozenset({left, right}) in _LINKABLE and _tells_again(passages, unit)
            return 0.5 if again or (left in _DEADLY and gap <= TOLL_GAP and toll) else -1.0
        return (2.5 if gap == 0 else 1.0) + len(shared)
    if _named(act) and _named(unit) and not shared:
        return 0.1 if gap == 0 else -1.0
    return 2.0 + len(shared) - min(0.1 * gap, 1.5)


def _tells_again(passages: Passages, unit: Act) -> bool:
    """Whether a unit's noun points back: "the attack", "this assault"."""
    return bool(unit.triggers) and all(
        t.voice == "noun" and t.word and passages.sentences[t.sentence].lower[t.word - 1] in ("the", "this", "that")
        for t in unit.triggers
    )


def _tells_a_toll(passages: Passages, unit: Act) -> bool:
    """Whether a unit tells that people were killed or hurt, and not how, by whom or where."""
    words = {passages.text[slice(*trigger.span)].lower() for trigger in unit.triggers}
    elsewhere = any(len(path_of(place)) > 1 for place in unit.places)
    return bool(words) and words <= _CASUALTIES and not elsewhere and {f.role for f in unit.fillers} <= {"victim"}


def _named(act: Act) -> bool:
    """Whether some victim or target is called by more than one word: enough to tell two incidents apart."""
    return any(" " in name for name in act.victims)


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


def places_clash(left: Act, right: Act) -> bool:
    """Whether both name places and none of the one's lies in, or around, one of the other's."""
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


def _absorb(act: Act, unit: Act) -> None:
    for kind, weight in unit.kinds.items():
        act.kinds[kind] = act.kinds.get(kind, 0) + weight
    act.triggers.extend(unit.triggers)
    act.fillers.extend(unit.fillers)
    act.sentences |= unit.sentences
    if len(act.victims) < _KEPT:
        act.victims |= unit.victims
    act.dates = (act.dates + unit.dates)[:_KEPT]
    act.places = (act.places + unit.places)[:_KEPT]
