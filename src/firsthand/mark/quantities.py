"""Numbers with what they count or measure: "at least 12 people", "between ten and fifteen", "400 kilometers", "a mile".

A value is `6`, a range `10..15`, or open: `12..` (at least), `..12` (at most). Lengths are in km whatever is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.core.ids import make_id
from firsthand.core.records import Document, Json, Mention, Span
from firsthand.core.spans import overlaps
from firsthand.mark.ontology import default_ontology

BY = "mark.quantities@1"

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?(?![\w])|\d{1,15}(?:\.\d{1,9})?|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|\S"
)

_ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_ONES |= {ten + one: n + k for ten, n in _TENS.items() for one, k in _ONES.items() if 0 < k < 10}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_VAGUE = {
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "several": (3, None),
    "tens": (20, None),
}
"""Fewest that the plural can mean: two dozen, two score, two hundred; "several" is more than two."""

_BEGINNINGS = frozenset([*_ONES, *_TENS, *_VAGUE, "dozen", "a", "an", "half"])
"""A number in words begins with one of these."""
_LENGTHS = {
    **dict.fromkeys("km kms kilometer kilometers kilometre kilometres".split(), 1.0),
    **dict.fromkeys(("mile", "miles"), 1.609344),
    **dict.fromkeys("meter meters metre metres".split(), 0.001),
    **dict.fromkeys(("yard", "yards"), 0.0009144),
    **dict.fromkeys(("foot", "feet"), 0.0003048),
}
"""Kilometres in one."""
_UNITS = {
    **dict.fromkeys(("percent", "%"), "percent"),
    **dict.fromkeys("kg kilo kilos kilogram kilograms".split(), "kg"),
    **dict.fromkeys("ton tons tonne tonnes".split(), "t"),
    "dollars": "dollars",
    "pounds": "lb",
    "rounds": "rounds",
}
_THINGS = frozenset(
    "rockets mortars missiles bombs shells grenades houses homes buildings vehicles cars buses attacks bombings".split()
)
_PEOPLE_EXTRA = frozenset(
    "dead wounded injured killed casualties deaths fatalities others persons americans troops members bodies "
    "demonstrators protesters supporters personnel contractors lives".split()
)
_CASUALTY_VERBS = frozenset(
    "killed killing kills wounded wounding injured injuring murdered kidnapped arrested died dead captured".split()
)
_AT_LEAST = (
    ("at", "least"),
    ("more", "than"),
    ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("not", "less", "than"),
    ("upwards", "of"),
    ("over",),
    ("in", "excess", "of"),
)
_AT_MOST = (
    ("at", "most"),
    ("up", "to"),
    ("fewer", "than"),
    ("less", "than"),
    ("under",),
    ("no", "more", "than"),
    ("as", "many", "as"),
)
_ABOUT = (
    ("about",),
    ("some",),
    ("around",),
    ("roughly",),
    ("nearly",),
    ("almost",),
    ("approximately",),
    ("an", "estimated"),
)
_WITHIN = 4
"""Words between a number and the noun it counts: "six leading Salvadoran university priests"."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec".split()
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the tokens [first, last), its bounding words included; None is an open bound."""

    first: int
    last: int
    low: float | None
    high: float | None
    notes: dict[str, Json] = field(default_factory=dict)


def document_to_quantities(document: Document) -> list[Mention]:
    """Find numbers that count people or things, or measure a length, a weight or a share.

    Args:
        document: The text; nothing is read in parts that are boilerplate, wrapper or bio.

    Returns:
        Mentions of kind quantity in order of the text, none overlapping. `detail.unit` is people, km, percent, kg, t,
        lb, dollars, rounds, or the plural noun; `detail.printed_unit` and `detail.approximate` where they apply.
    """
    text = document.text
    aside = [(p.start, p.end) for p in document.parts if p.kind in ("boilerplate", "wrapper", "bio")]
    tokens = text_to_tokens(text)
    words = [text[a:b].lower() for a, b in tokens]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        at = number.last
        unit, last, factor, printed = _unit(words, number)
        if unit is None:
            continue
        span = (tokens[number.first][0], tokens[last - 1][1])
        if any(overlaps(span, part) for part in aside):
            continue
        detail: dict[str, Json] = {"unit": unit, **number.notes}
        if printed:
            detail["printed_unit"] = printed
        value = bounds_to_value(number.low, number.high, factor=factor)
        mention_id = make_id("mention", document.id, span[0], span[1], "quantity")
        found.append(
            Mention(id=mention_id, by=BY, span=Span(document.id, *span), kind="quantity", value=value, detail=detail)
        )
        at = max(at, last)
    return found


def text_to_tokens(text: str) -> list[tuple[int, int]]:
    """Offsets of the words, numbers and marks of a text, as numbers are read from them."""
    return [(m.start(), m.end()) for m in _TOKEN.finditer(text)]


def value_to_bounds(value: str) -> tuple[float | None, float | None]:
    """Read a quantity's value back.

    >>> value_to_bounds("6"), value_to_bounds("10..15"), value_to_bounds("12..")
    ((6.0, 6.0), (10.0, 15.0), (12.0, None))
    """
    low, dots, high = value.partition("..")
    if not dots:
        return float(low), float(low)
    return (float(low) if low else None), (float(high) if high else None)


def bounds_to_value(low: float | None, high: float | None, *, factor: float = 1) -> str:
    """Write a value that `value_to_bounds` reads.

    >>> bounds_to_value(4, None), bounds_to_value(4, 4)
    ('4..', '4')
    """

    def show(x: float | None) -> str:
        return "" if x is None else f"{x * factor:.6g}" if factor != 1 or x != int(x) else str(int(x))

    return show(low) if low == high else f"{show(low)}..{show(high)}"


def _phrase_before(words: Sequence[str], at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Length of the phrase that ends just before token `at`, longest first; 0 if none does."""
    return max((len(p) for p in phrases if at >= len(p) and tuple(words[at - len(p) : at]) == p), default=0)


def number_at(words: Sequence[str], at: int) -> Number | None:
    """Read a number, a pair of numbers, or a bounded one.

    Args:
        words: Tokens in lower case (`text_to_tokens`).
        at: The token that the number itself begins with; its bounding words stand before.

    Returns:
        The number, or None if there is none.

    >>> number_at("at least a dozen men".split(), 2)
    Number(first=0, last=4, low=12.0, high=None, notes={})
    """
    one = _single_at(words, at)
    if one is None:
        return None
    low, high, last = one
    first, notes = at, dict[str, Json]()
    joined = last < len(words) and words[last] in ("to", "or", "and", "-", "–")
    if joined and (other := _single_at(words, last + 1)) is not None:
        between = at > 0 and words[at - 1] in ("between", "from")
        if low is not None and other[1] is not None and low < other[1] and (words[last] != "and" or between):
            return Number(at - between, other[2], low, other[1], notes)
    if low == high:
        if tuple(words[last : last + 2]) == ("or", "more"):
            return Number(first, last + 2, low, None, notes)
        if n := _phrase_before(words, at, _AT_LEAST):
            low, high, first = low, None, at - n
        elif n := _phrase_before(words, at, _AT_MOST):
            low, high, first = None, high, at - n
        elif n := _phrase_before(words, at, _ABOUT):
            first, notes = at - n, {"approximate": True}
    return Number(first, last, low, high, notes)


def _single_at(words: Sequence[str], at: int) -> tuple[float | None, float | None, int] | None:
    """(low, high, end) of the number that begins at token `at`."""
    if at >= len(words):
        return None
    word = words[at]
    if word not in _BEGINNINGS and not word[:1].isdecimal():
        return None
    if word[:1].isdecimal():
        value = float(word.replace(",", ""))
        last = at + 1
        if last < len(words) and words[last] in _SCALES:
            value, last = value * _SCALES[words[last]], last + 1
        return value, value, last
    if word in _VAGUE:
        last = at + 2 if at + 2 < len(words) and words[at + 1] == "of" else at + 1
        return *_VAGUE[word], last
    if word == "dozen":
        return 12.0, 12.0, at + 1
    if word in ("a", "an"):
        return _after_article(words, at)
    if (
        word == "half"
        and at + 2 < len(words)
        and words[at + 1] in ("a", "an")
        and words[at + 2] in ("dozen", *_LENGTHS)
    ):
        return (6.0, 6.0, at + 3) if words[at + 2] == "dozen" else (0.5, 0.5, at + 2)
    return _words_to_number(words, at)


def _after_article(words: Sequence[str], at: int) -> tuple[float, float, int] | None:
    """The numbers in "a dozen", "a hundred", "a mile", "a kilometer"."""
    if at + 1 >= len(words):
        return None
    following = words[at + 1]
    if following == "dozen":
        return 12.0, 12.0, at + 2
    if following in _SCALES:
        return float(_SCALES[following]), float(_SCALES[following]), at + 2
    return (1.0, 1.0, at + 1) if following in _LENGTHS and following not in ("foot", "meter", "metre", "yard") else None


def _words_to_number(words: Sequence[str], at: int) -> tuple[float, float, int] | None:
    total, current, last, seen = 0.0, 0.0, at, False
    while last < len(words):
        word = words[last]
        if word in _ONES and (not seen or current % 10 == 0 or current == 0):
            current += _ONES[word]
        elif word in _TENS and (not seen or current % 100 == 0):
            current += _TENS[word]
        elif word == "dozen" and seen:
            current *= 12
        elif word == "hundred" and seen:
            current *= 100
        elif word in _SCALES and seen:
            total, current = total + current * _SCALES[word], 0.0
        elif (
            word == "-" and seen and last + 1 < len(words) and words[last + 1] in _ONES and words[last - 1] in _TENS
        ) or (
            word == "and"
            and seen
            and words[last - 1] in ("hundred", "thousand")
            and last + 1 < len(words)
            and (words[last + 1] in _ONES or words[last + 1] in _TENS)
        ):
            last += 1
            continue
        else:
            break
        seen, last = True, last + 1
    return (total + current, total + current, last) if seen else None


def _unit(words: Sequence[str], number: Number) -> tuple[str | None, int, float, str | None]:
    """(unit, token past the unit, factor to it, unit as printed); the unit is None if nothing is counted."""
    at = number.last
    nearby = words[at : at + _WITHIN]
    whole = number.low is None or number.low == int(number.low)
    if nearby and nearby[0] == "-" and len(nearby) > 1:
        nearby, at = nearby[1:], at + 1
    if nearby and nearby[0] in _LENGTHS:
        printed = nearby[0]
        return "km", at + 1, _LENGTHS[printed], None if _LENGTHS[printed] == 1 else printed
    if nearby and nearby[0] in _UNITS:
        return _UNITS[nearby[0]], at + 1, 1.0, None
    if number.first and words[number.first - 1] in ("$", "£", "€"):
        return "dollars", at, 1.0, words[number.first - 1]
    is_date = bool(nearby and nearby[0] in _MONTHS) or (number.first > 0 and words[number.first - 1] in _MONTHS)
    if is_date or not whole:
        return None, at, 1.0, None
    heads = default_ontology().heads
    for k, word in enumerate(nearby):
        if not word[0].isalpha():
            break
        if word in _PEOPLE_EXTRA or (word in heads["people"] or word in heads["perpetrators"]):
            if not _singular(word) or number.high == 1:
                return "people", at + k + 1, 1.0, None
        elif word in _THINGS:
            return word, at + k + 1, 1.0, None
        elif word in (
            "and",
            "or",
            "of",
            "were",
            "was",
            "in",
            "by",
            "at",
            "on",
            "for",
            "to",
            "years",
            "year",
            "days",
            "hours",
            "months",
            "weeks",
        ):
            following = words[at + k + 1 : at + k + 3]
            if word == "were" and _CASUALTY_VERBS & set(following):
                return "people", at + k, 1.0, None
            break
    before = words[number.first - 1] if number.first else ""
    if before in _CASUALTY_VERBS and not (
        nearby and nearby[0] in ("years", "days", "hours", "months", "weeks", "minutes")
    ):
        return "people", at, 1.0, None
    return None, at, 1.0, None


def _singular(word: str) -> bool:
    return not (word.endswith(("s", "men", "people", "children", "personnel")) or word in _PEOPLE_EXTRA)
