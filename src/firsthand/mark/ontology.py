"""Kinds of incident: the words that trigger them and what other coding schemes call them. The data is ontology.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of incident.

    Attributes:
        name: As the ontology calls it.
        muc4: MUC-4's kind, "" if none fits.
        acled: ACLED's event and sub-event type.
        plover: PLOVER's event.
        family: Mentions of one family can tell the same incident.
    """

    name: str
    muc4: str
    acled: str
    plover: str
    family: str

    @property
    def written(self) -> str:
        """The kind that records and rows carry: MUC-4's where it fits, else the finer one."""
        return self.muc4 or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Kinds with their trigger words, and the words that name who fills a role.

    Attributes:
        kinds: By name.
        verbs: Inflected form → (kind, form: base, third, past or ing).
        particles: First word's inflected form → (particle that must follow within five words, kind).
        nouns: Lower-case noun of one or two words → kind.
        heads: Class of filler (people, perpetrators, groups, targets, weapons) → singular and plural words.
        weak: Trigger words that need another sign of violence near them.
    """

    kinds: Mapping[str, Kind]
    verbs: Mapping[str, tuple[str, str]]
    particles: Mapping[str, tuple[tuple[str, str], ...]]
    nouns: Mapping[str, str]
    heads: Mapping[str, frozenset[str]]
    weak: frozenset[str]

    def kind(self, name: str) -> Kind:
        """A kind by its own name or by the name that records carry."""
        return self.kinds.get(name) or Kind(name=name, muc4="", acled="", plover="", family=name)


def text_to_ontology(*sources: str) -> Ontology:
    """Merge TOML texts of the shape of ontology.toml, later ones over earlier ones.

    Args:
        *sources: TOML texts.

    Returns:
        The ontology.

    Raises:
        tomllib.TOMLDecodeError: One of them is not TOML.

    >>> text_to_ontology('[kinds.looting]' + chr(10) + 'verbs = ["loot"]').verbs["looted"]
    ('looting', 'past')
    """
    kinds: dict[str, dict[str, object]] = {}
    heads: dict[str, list[str]] = {}
    weak: set[str] = set()
    for source in sources:
        data = tomllib.loads(source)
        weak.update(data.get("weak", ()))
        for name, fields in data.get("kinds", {}).items():
            kinds.setdefault(name, {}).update(fields)
        for name, words in data.get("heads", {}).items():
            heads.setdefault(name, []).extend(words)
    made: dict[str, Kind] = {}
    verbs: dict[str, tuple[str, str]] = {}
    particles: dict[str, list[tuple[str, str]]] = {}
    nouns: dict[str, str] = {}
    for name, fields in kinds.items():
        texts = {key: str(fields.get(key, "")) for key in ("muc4", "acled", "plover")}
        made[name] = Kind(name=name, family=str(fields.get("family", name)), **texts)
        for verb in _strings(fields.get("verbs")):
            base, _, particle = verb.partition(" * ")
            for form, role in _inflect(base):
                if particle:
                    particles.setdefault(form, []).append((particle, name))
                else:
                    verbs[form] = (name, role)
        for noun in _strings(fields.get("nouns")):
            nouns[noun] = name
    return Ontology(
        kinds=made,
        verbs=verbs,
        particles={form: tuple(found) for form, found in particles.items()},
        nouns=nouns,
        heads={
            name: frozenset(form for word in words for form in (word, _plural(word))) for name, words in heads.items()
        },
        weak=frozenset(weak),
    )


@lru_cache(maxsize=1)
def default_ontology() -> Ontology:
    """The ontology that ships with Firsthand; a constant, read once."""
    return text_to_ontology(files("firsthand.mark").joinpath("ontology.toml").read_text("utf-8"))


def _strings(value: object) -> Iterable[str]:
    return (str(item) for item in value) if isinstance(value, list) else ()


def _inflect(verb: str) -> list[tuple[str, str]]:
    if verb == "set":
        return [("set", "past"), ("sets", "third"), ("setting", "ing")]
    if "|" in verb:
        forms = verb.split("|")
        past = forms[2:-1]
        return [(forms[0], "base"), (forms[1], "third"), *((form, "past") for form in past), (forms[-1], "ing")]
    base, _, double = verb.partition("+")
    stem = base + double
    if base.endswith("e"):
        return [(base, "base"), (base + "s", "third"), (base + "d", "past"), (base[:-1] + "ing", "ing")]
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return [(base, "base"), (third, "third"), (stem + "ed", "past"), (stem + "ing", "ing")]


def _plural(word: str) -> str:
    if word.endswith(("s", "men", "people", "children")):
        return word if word.endswith(("men", "people", "children", "ies", "forces", "squads")) else word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("sh", "ch", "x")) else "s")
