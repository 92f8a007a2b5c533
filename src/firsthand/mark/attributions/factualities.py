"""Cue and content → how certain the source is made to sound: FactBank's scale (Saurí and Pustejovsky 2009).

The scale is about the content as printed: of "she denied that he was there" the content "that he was there" is CT-,
while of "she said that he was not there" the content "that he was not there" is CT+.

The cue's own word gives a value (cues.tsv). A negation before it turns it ("did not deny" PS+), and a hedge on the
content's main clause lowers it ("said he may have" PS+), never raises it. docs/attributions.md has the table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from firsthand.mark.attributions.cues import load_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from firsthand.core.records import Factuality

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATIONS = frozenset("not never n't no nobody none neither nor cannot without hardly barely".split())
_WITHHELD = frozenset("declined refused declines refuses declining refusing unable failed".split())
_UNCLEAR = frozenset("unclear unknown uncertain unconfirmed undetermined unresolved".split())
_OPEN_CONTENT = frozenset("whether if who what when where why how which".split())
_HEDGES: dict[str, Factuality] = {
    **dict.fromkeys(("may", "might", "could", "possibly", "perhaps", "maybe", "possible", "conceivably"), "PS+"),
    **dict.fromkeys(("probably", "likely", "apparently", "presumably", "probable", "seems", "seemed", "appears",
                     "appeared", "allegedly", "reportedly", "supposedly", "believed", "thought", "suspected"), "PR+"),
    **dict.fromkeys(("unlikely", "improbable", "doubtful"), "PR-"),
}  # fmt: skip
_NEGATED: dict[str, tuple[Factuality, str]] = {
    "CT-": ("PS+", "a denial that is not made leaves it possible"),
    "PR-": ("PR+", "no doubt"),
    "PR+": ("PR-", "belief that is not held"),
    "PS+": ("PR-", "not even suggested"),
    "CT+": ("Uu", "what is not said is left open"),
    "Uu": ("Uu", "left open either way"),
}
_STRENGTH = {"CT": 3, "PR": 2, "PS": 1}
_CLAUSE_WORDS = 12
"""Words of a content in which the main clause's hedge is looked for; later ones mostly belong to other clauses."""


def cue_to_factuality(cue: str, *, content: Sequence[str] = (), before: str = "") -> tuple[Factuality, str]:
    """How certain the source is made to sound.

    Args:
        cue: the cue's words, spans joined by spaces; empty if there is none.
        content: the words of each content span.
        before: up to a few words before the cue, for negations and modals that the cue leaves out.

    Returns:
        The value and the words or rule that decided it.

    >>> cue_to_factuality("denied")[0], cue_to_factuality("did not deny")[0]
    ('CT-', 'PS+')
    >>> cue_to_factuality("said", content=["he may have fled"])
    ('PS+', '“said” CT+ (the source commits itself), lowered by “may”')
    """
    value, reason = _of_cue(cue, before)
    hedge = _hedge(content)
    if hedge is None or value == "Uu":
        return value, reason
    word, level = hedge
    if level == "Uu":
        return ("Uu", f"{reason}; “{word}” leaves it open") if value == "CT+" else (value, reason)
    if value[-1] == level[-1] == "+" and _STRENGTH[level[:2]] < _STRENGTH[value[:2]]:
        return level, f"{reason}, lowered by “{word}”"
    if value == "CT+" and level[-1] == "-":
        return level, f"{reason}, lowered by “{word}”"
    return value, reason


def _of_cue(cue: str, before: str) -> tuple[Factuality, str]:
    words = [m.group().lower() for m in _WORD.finditer(cue)]
    lead = [m.group().lower() for m in _WORD.finditer(before)][-3:]
    if not words:
        return "CT+", "no cue word: as if said"
    joined = " ".join(words)
    if unclear := _UNCLEAR.intersection(words):
        return "Uu", f"“{min(unclear)}”"
    lexicon = load_cues()
    negated = any(w in _NEGATIONS or w.endswith(("n't", "n’t")) for w in words)
    # "he never said": the negation may stand outside the cue that the net found, at most an auxiliary away.
    negated = negated or any(w in _NEGATIONS or w.endswith(("n't", "n’t")) for w in lead[-2:])
    if negated and "clear" in words:
        return "Uu", f"“{joined}”"
    if negated and ("rule" in words or "ruled" in words) and "out" in words:
        return "PS+", f"“{joined}”: not ruled out"
    if ("rule" in words or "ruled" in words or "rules" in words) and "out" in words:
        return "CT-", f"“{joined}”"
    if withheld := _WITHHELD.intersection(words):
        return "Uu", f"“{min(withheld)}”: withheld"
    for phrase in ("according to",):
        if phrase in joined:
            return "CT+", f"“{phrase}” CT+ (the source commits itself)"
    entries = [(w, lexicon[w]) for w in words if w in lexicon]
    verbs = [(w, e) for w, e in entries if any(k not in ("noun", "adverb") for k in e.kinds)]
    # The last verb carries the meaning ("continued to claim").
    for word, entry in [*reversed(verbs[-1:]), *reversed(entries)]:
        kind = entry.kinds[0]
        value, reason = entry.factuality[kind], entry.reason[kind]
        if negated:
            turned, why = _NEGATED.get(value, ("Uu", "negated"))
            if value == "CT+" and kind == "think":
                turned, why = "Uu", "not known"
            return turned, f"“{joined}”: {why}"
        return value, f"“{word}” {value} ({reason})"
    for word in words:
        if word in _HEDGES:
            return _HEDGES[word], f"“{word}”"
    if negated:
        return "Uu", f"“{joined}”: negated"
    return "CT+", f"“{joined}” is not in the lexicon: as if said"


def _hedge(content: Sequence[str]) -> tuple[str, Factuality] | None:
    for piece in content[:1]:
        words = [m.group().lower() for m in _WORD.finditer(piece[:200])][:_CLAUSE_WORDS]
        if words[:1] and words[0] in _OPEN_CONTENT:
            return words[0], "Uu"
        for i, word in enumerate(words):
            if word in _HEDGES:
                negative = any(w == "not" or w.endswith(("n't", "n’t")) for w in words[i : i + 2])
                level = _HEDGES[word]
                if word == "likely" and words[i - 1 : i] == ["not"]:
                    level = "PR-"
                # "may not have" is possible, of the content as printed.
                return (f"{word} not" if negative and word != "not" else word), level
            if word in ("that", "which", "who") and i > 0:
                break
    return None
