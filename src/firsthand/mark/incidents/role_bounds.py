"""Where a role filler begins and ends: lists are taken apart, and of a title with a name the name is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from firsthand.core.spans import Range, trim
from firsthand.mark.incidents.names import PRONOUNS, without_article
from firsthand.mark.incidents.role_phrases import TITLES, Filler
from firsthand.mark.ontology import Ontology

_JOINT = re.compile(r"\s*(?:,\s*(?:and\b)?|;|\band\b|&)\s*", re.IGNORECASE)
_QUANTIFIER = re.compile(
    r"(?:(?:of|the|a|an|his|her|their|its|several|various|some|many|other|another|numerous|at least|about|more than|"
    r"over|approximately|nearly|(?:large |great )?number of|dozens of|hundreds of|thousands of|scores of|groups? of|"
    r"bod(?:y|ies) of|roof of|part of|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*['’]s?|\s+(?:who|which|that|in|at|on|from|by|with|near|while|when|was|were|has|had|owned|located|"
    r"exploded|placed|planted|belonging|used|killed|wounded|injured|of the words)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY = PRONOUNS.union("of the a an in at on to and or by for from with us different".split())
_LOOSE_END = re.compile(r"\s+(?:wearing|carrying|dressed|linked|collaborating)$", re.IGNORECASE)
"""Participles that a description goes on with: where it ends with one, its end was cut off wrongly."""
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_DESCRIBING = frozenset(
    "jesuit colleague director pilot citizen spaniard american colombian salvadoran rector lawyer professor chief head "
    "spokesman mrs mr miss ms dr msgr monsignor archbishop bishop father rev gen col maj capt lt sgt cpl friend "
    "partner husband wife assistant aide adviser coordinator owner member national dean veteran "
    "retired former ex".split()
)
_GROUP_TAILS = frozenset(
    "guerrillas guerrilla rebels members member terrorists terrorist troops soldiers group groups militants fighters "
    "gunmen insurgents elements commandos".split()
)
MAX_LENGTH = 300


def fillers_to_tidy(text: str, fillers: Iterable[Filler], *, ontology: Ontology) -> list[Filler]:
    """Cut fillers to what names somebody or something.

    Args:
        text: The document's.
        fillers: By the net or by word order.
        ontology: Head words, which end a description before a name.

    Returns:
        The fillers in order of the text: the items of lists joined by commas and "and" apart, leading articles and
        numbers and trailing clauses cut off, of "the pilot Ana Ruiz" the name, of "ELN guerrillas" as a group the ELN.
    """
    tidy: list[Filler] = []
    for filler in fillers:
        for part in _parts(text, filler.span):
            span = _cut(text, part, filler.role, ontology)
            if set(text[slice(*span)].lower().split()) - _EMPTY:
                tidy.append(replace(filler, span=span))
    return sorted(tidy, key=lambda f: (f.span, f.role))


def _parts(text: str, span: Range) -> list[Range]:
    """A list's items; a filler in quotation marks or longer than MAX_LENGTH is left whole."""
    start, end = span
    if end - start > MAX_LENGTH or '"' in text[start:end]:
        return [span]
    parts, at = [], start
    for joint in _JOINT.finditer(text, start, end):
        parts.append((at, joint.start()))
        at = joint.end()
    parts.append((at, end))
    return [part for part in (trim(text, p) for p in parts) if part[1] - part[0] > 1]


def _cut(text: str, span: Range, role: str, ontology: Ontology) -> Range:
    start, end = without_article(text, span)
    lead = _QUANTIFIER.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    if end - start <= MAX_LENGTH:
        tail = _TAIL.search(text[start:end])
        if tail and tail.start() > 0:
            end = start + tail.start()
        loose = _LOOSE_END.search(text[start:end])
        if loose:
            end = start + loose.start()
    words = [(m.start(), m.end(), m.group().lower().rstrip(".")) for m in _WORD.finditer(text, start, end)]
    if role == "perpetrator_group" and len(words) > 1 and words[-1][2] in _GROUP_TAILS and words[-2][2] != "of":
        return start, words[-2][1]
    if role in ("victim", "perpetrator_person"):
        start = _name_start(words, start, ontology)
    return without_article(text, (start, end))


def _name_start(words: list[tuple[int, int, str]], start: int, ontology: Ontology) -> int:
    """Where the name begins behind a title or description: two to four words that are no head words follow it."""
    people = ontology.heads["people"] | ontology.heads["perpetrators"]
    for k in range(len(words) - 1, -1, -1):
        word = words[k][2].removesuffix("'s")
        if word in TITLES or word in _DESCRIBING or word in people:
            behind = words[k + 1 :]
            titled = word in TITLES or word in _DESCRIBING
            return behind[0][0] if (1 if titled else 2) <= len(behind) <= 5 else start
    return start
