"""Words that attribute: the lexicon that grammar and factuality read.

The words, the kinds and the reasons stand in cues.tsv beside this file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from firsthand.core.records import Factuality

CueKind = Literal["say", "tell", "think", "act", "cite", "noun", "phrase", "adverb"]
VERBS: tuple[CueKind, ...] = ("say", "tell", "think", "act", "cite")
_TABLE = Path(__file__).with_name("cues.tsv")
_HEADS = Path(__file__).with_name("sources.tsv")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_HISSING = re.compile(r"(?:s|sh|ch|x|z)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One word that attributes.

    Attributes:
        base: The base of a verb, else the word.
        kinds: What it can be; several for words like "claim" and "report".
        factuality: By kind.
        reason: By kind.
        finite: Whether this form can be the verb of a clause by itself (not "saying").
    """

    base: str
    kinds: tuple[CueKind, ...]
    factuality: dict[CueKind, Factuality]
    reason: dict[CueKind, str]
    finite: bool


def inflect(base: str) -> tuple[str, str, str, str, str]:
    """The forms of a regular English verb.

    Args:
        base: in lower case.

    Returns:
        Base, third person, past, past participle, present participle.

    >>> inflect("deny")
    ('deny', 'denies', 'denied', 'denied', 'denying')
    """
    if _CONSONANT_Y.search(base):
        return base, base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    if base.endswith("e"):
        stem = base if base.endswith("ee") else base[:-1]
        return base, base + "s", base + "d", base + "d", stem + "ing"
    third = base + ("es" if _HISSING.search(base) else "s")
    return base, third, base + "ed", base + "ed", base + "ing"


@cache
def load_cues() -> dict[str, Cue]:
    """The lexicon.

    Returns:
        Cue by form, in lower case; phrases with single spaces.
    """
    found: dict[str, Cue] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, factuality, reason, words = line.split("\t")
        kind = cast("CueKind", name)
        for word in words.split("|") if kind == "phrase" else words.split(" "):
            forms = tuple(word.split("/")) if "/" in word else inflect(word) if kind in VERBS else (word,)
            for i, form in enumerate(dict.fromkeys(forms)):
                known = found.get(form)
                found[form] = Cue(
                    base=known.base if known else forms[0],
                    kinds=(*(known.kinds if known else ()), kind),
                    factuality={kind: cast("Factuality", factuality)} | (known.factuality if known else {}),
                    reason={kind: reason} | (known.reason if known else {}),
                    finite=bool(known and known.finite) or (kind in VERBS and not (form.endswith("ing") and i > 0)),
                )
    return found


@cache
def load_heads() -> dict[str, frozenset[str]]:
    """The lists of sources.tsv.

    Returns:
        Words in lower case by kind.
    """
    lists: dict[str, frozenset[str]] = {}
    for line in _HEADS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            lists[kind] = frozenset(words.split(" "))
    return lists
