"""Role fillers of one act → who they are: mentions of one actor put together under one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.core.spans import Range
from firsthand.core.text import fold
from firsthand.mark.incidents.role_phrases import Filler

_LEADING = re.compile(
    r"(?:(?:the|a|an|this|that|these|those|his|her|their|its|our|some|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+)+",
    re.I,
)
PRONOUNS = frozenset(
    "i we you he she it they them him this that these those who which others anyone everyone someone nobody any all "
    "some".split()
)
"""Words that name nobody."""
_POSSESSIVE = re.compile(r"['’]s?\Z", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One actor or thing in one role.

    Attributes:
        role: As the fillers'.
        name: White space squeezed, no article.
        main: The span the name is read from.
        spans: All spans, in order.
        fillers: All fillers, in order.
    """

    role: str
    name: str
    main: Range
    spans: tuple[Range, ...]
    fillers: tuple[Filler, ...]


def fillers_to_named(text: str, fillers: Sequence[Filler]) -> list[Named]:
    """Put fillers of one role together that name the same actor.

    Args:
        text: The document's.
        fillers: Of one act.

    Returns:
        One entry a name, in order of first mention. Joined are: equal strings, a string that another contains as whole
        words ("policemen", "two policemen"; "Quintero", "Col Franklin Quintero"), and an acronym with its long form.
    """
    groups: list[list[tuple[Filler, Range, str]]] = []
    met: list[tuple[str, dict[str, None], set[Range]]] = []  # of each group its role, its names and its places
    for filler in sorted(fillers, key=lambda f: (f.span, f.role)):
        span = without_article(text, filler.span)
        key = fold(text[slice(*span)])
        if not key:
            continue
        home = next(
            (
                k
                for k, (role, held, _) in enumerate(met)
                if role == filler.role and any(same_name(key, x) for x in held)
            ),
            None,
        )
        if home is None:
            groups.append([(filler, span, key)])
            met.append((filler.role, {key: None}, {span}))
        elif span not in met[home][2]:
            groups[home].append((filler, span, key))
            met[home][1][key] = None
            met[home][2].add(span)
    return [_named(text, group) for group in groups]


def _named(text: str, group: list[tuple[Filler, Range, str]]) -> Named:
    total: dict[str, float] = {}
    for filler, _, key in group:
        total[key] = total.get(key, 0.0) + filler.score
    best = max(total, key=lambda key: (total[key], len(key)))
    if group[0][0].role in ("victim", "perpetrator_person"):
        best = max((key for key in total if key.endswith(f" {best}")), key=len, default=best)
    main = next(span for _, span, key in group if key == best)
    return Named(
        role=group[0][0].role,
        name=" ".join(text[slice(*main)].split()),
        main=main,
        spans=tuple(span for _, span, _ in group),
        fillers=tuple(filler for filler, _, _ in group),
    )


def without_article(text: str, span: Range) -> Range:
    """Shrink a span past leading articles and numerals, and past punctuation and a possessive at its ends.

    >>> without_article("the two gunmen,", (0, 15)), without_article("the Front's", (0, 11))
    ((8, 14), (4, 9))
    """
    start, end = span
    found = _LEADING.match(text, start, end)
    if found and found.end() < end:
        start = found.end()
    while start < end and not (text[start].isalnum() or text[start] in "\"'("):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "\"').]"):
        end -= 1
    if text[end - 1 : end] in (")", "]") and not set("([") & set(text[start:end]):
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive and possessive.start() > start:
        end = possessive.start()
    if text[start : start + 1] in ('"', "'", "(") and end - start > 1 and text[start:end].count(text[start]) == 1:
        start += 1
    return start, end


def same_name(left: str, right: str) -> bool:
    """Whether two folded names can stand for one actor in one document.

    >>> same_name("policemen", "two policemen"), same_name("fmln", "farabundo marti national liberation front")
    (True, True)
    >>> same_name("army", "air force")
    False
    """
    if left == right:
        return True
    a, b = (left, right) if len(left) <= len(right) else (right, left)
    if f" {a} " in f" {b} ":
        return True
    return " " not in a and len(a) > 1 and is_acronym(a, b)


def is_acronym(short: str, long: str) -> bool:
    """Whether a one-word name is made of first letters of a longer one, in any order: acronyms are kept untranslated.

    >>> is_acronym("fmln", "farabundo marti national liberation front"), is_acronym("nlf", "northern front")
    (True, False)
    """
    words = long.split()
    if not 3 <= len(short) <= len(words):
        return False
    return not Counter(short) - Counter(word[0] for word in words)
