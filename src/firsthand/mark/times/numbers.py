"""Numbers as time expressions use them: counts, days of the month, years.

Each reader gives (next index, value) or None.

A reader looks at a bounded number of tokens, so reading a text at every token takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.tokens import Token
from firsthand.mark.times.words import CARDINALS, FRACTIONS, ORDINALS, TENS, VAGUE_COUNTS

ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
DASHES = frozenset("-–—‐‑−")
MONEY = frozenset("$£€¥#")

NOT_YEARS = frozenset(
    "people men women troops soldiers persons victims workers students members prisoners refugees civilians km kms "
    "kilometers kilometres miles meters metres feet ft kg tons tonnes percent pounds dollars euros pesos colones hours "
    "barrels acres hectares houses homes families cases votes points square other others or more cubic killed wounded "
    "injured dead peasants guerrillas rebels police policemen jobs million billion degrees rounds horses ships guns "
    "rpm hp mhz yards inches cm mm liters litres gallons mph years days months minutes seconds gmt".split()
)
"""What follows a four-digit number that counts things. A year before such a word has a preposition in front."""


def adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token follows the one before it without white space."""
    return index > 0 and tokens[index].start == tokens[index - 1].end


def read_integer(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """`12`, `twelve`, `twenty-five`, `a hundred` → number; nothing with a decimal point or above 99,999."""
    token = tokens[i]
    if token.kind == "number":
        return (i + 1, token.value) if token.value is not None and token.value < 100_000 else None
    if token.key in CARDINALS:
        value = CARDINALS[token.key]
        return (i + 2, value * 100) if tokens[i + 1].key == "hundred" else (i + 1, value)
    if token.key in TENS:
        j = i + 2 if tokens[i + 1].key in DASHES else i + 1
        ones = CARDINALS.get(tokens[j].key, 0)
        return (j + 1, TENS[token.key] + ones) if 0 < ones < 10 else (i + 1, TENS[token.key])
    if token.key == "hundred":
        return i + 1, 100
    return None


def read_count(tokens: Sequence[Token], i: int) -> tuple[int, float | None] | None:
    """A count of units: `three`, `22.8`, `two and a half`, `half a`, `a couple of`, `several` (None, vague)."""
    token = tokens[i]
    if token.kind == "number" and token.value is None:
        return (i + 1, float(token.text)) if len(token.text) < 8 and "," not in token.text else None
    number = read_integer(tokens, i)
    if number is not None:
        j, value = number
        k = j + 1 if tokens[j].key in DASHES else j
        if tokens[k].key == "and":
            k += 2 if tokens[k + 1].key in DASHES else 1
            k += tokens[k].key in ("a", "one")
            k += tokens[k].key in DASHES
            if tokens[k].key == "half":
                return k + 1, value + 0.5
        if tokens[k].key == "dozen":
            return k + 1, value * 12
        if tokens[j].key in FRACTIONS:
            return j + 1, value + FRACTIONS[tokens[j].key]
        if tokens[k].value in (1, 3) and tokens[k + 1].key == "/" and tokens[k + 2].value in (2, 4):  # "3 1/2"
            return k + 3, value + (tokens[k].value or 0) / (tokens[k + 2].value or 1)
        return j, value
    if token.key == "half":
        j = i + 1 + (tokens[i + 1].key in ("a", "an")) + (tokens[i + 1].key in DASHES)
        return j, 0.5
    if token.key in ("a", "an"):
        following = tokens[i + 1].key
        if following in ("few", "couple", "number"):
            j = i + 2
            j += following == "few" and tokens[j].key == "more"
            return j + (tokens[j].key == "of"), 2.0 if following == "couple" else None
        if following == "half":
            return i + 2, 0.5
        if following == "dozen":
            return i + 2, 12
        if following == "hundred":
            return i + 2, 100
        return i + 1, 1
    if token.key in VAGUE_COUNTS:
        j = i + 1
        return j + (tokens[j].key == "of" and token.key in ("couple", "dozens", "hundreds")), None
    return None


def read_ordinal(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """`20th`, `third`, `twenty-first` → number."""
    token = tokens[i]
    if token.kind == "number":
        if token.value is not None and tokens[i + 1].key in ORDINAL_SUFFIXES and adjacent(tokens, i + 1):
            return i + 2, token.value
        return None
    if token.key in ORDINALS:
        return i + 1, ORDINALS[token.key]
    if token.key in TENS:
        j = i + 2 if tokens[i + 1].key in DASHES else i + 1
        ones = ORDINALS.get(tokens[j].key, 0)
        return (j + 1, TENS[token.key] + ones) if 0 < ones < 10 else None
    return None


def read_day(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A day of the month: `6`, `06`, `6th`, `the fifth`; never `6,000` or a bare cardinal word."""
    if tokens[i].key == "the":
        i += 1
    found = read_ordinal(tokens, i)
    token = tokens[i]
    if found is None and token.kind == "number" and len(token.text) <= 2 and token.value is not None:
        found = (i + 1, token.value)
    return found if found is not None and 1 <= found[1] <= 31 else None


def read_year(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year that is certain by its place beside a month or season, or by its era: `1989`, `'89`, `480 BC`, `AD 70`."""
    token = tokens[i]
    if token.kind == "bc" and token.key.startswith("a") and tokens[i + 1].value:
        return i + 2, tokens[i + 1].value or 0
    if token.kind == "mark" and token.key in "'’‘" and tokens[i + 1].kind == "number" and adjacent(tokens, i + 1):
        value = tokens[i + 1].value
        if value is not None and len(tokens[i + 1].text) == 2 and not adjacent(tokens, i + 2):
            return i + 2, two_digit_year(value)
        return None
    if token.kind != "number" or token.value is None or "," in token.text or len(token.text) > 4 or token.value == 0:
        return None
    following = tokens[i + 1]
    if following.kind == "bc":
        return i + 2, token.value if following.key.startswith("ce") else -token.value
    k = i + 2
    if (following.key in DASHES or following.key in ("to", "and", "or")) and (
        tokens[k].kind == "number" and tokens[k].value and tokens[k + 1].kind == "bc" and tokens[k + 1].key[0] == "b"
    ):
        return i + 1, -token.value
    if len(token.text) == 4 and 1000 <= token.value <= 2100:
        if following.kind == "word" and adjacent(tokens, i + 1):
            return None
        return i + 1, token.value
    return None


def two_digit_year(value: int) -> int:
    """The year meant by two digits, taken from 1930 to 2029 as POSIX takes 1969–2068; FBIS copy of "89" needs 1989.

    >>> two_digit_year(89), two_digit_year(14)
    (1989, 2014)
    """
    return 1900 + value if value >= 30 else 2000 + value


def read_year_after(tokens: Sequence[Token], i: int) -> tuple[int, Fields]:
    """What follows a month or season: `1989`, `, 1989`, `of that year`, `next year`; (i, empty) if nothing."""
    j = i + (tokens[i].key in (",", "of", "in")) if not (tokens[i].key == "," and tokens[i + 1].key == ",") else i
    j += tokens[j].key == "the" and tokens[j + 1].key == "year"
    j += tokens[j].key == "year"
    year = read_year(tokens, j)
    if year is not None and (tokens[i].key != "in" or tokens[i + 1].kind == "number"):
        return year[0], Fields(year=year[1])
    k = i + (tokens[i].key == "of")
    if tokens[k].key == "the" and tokens[k + 1].key in ("same", "following", "next", "previous", "preceding"):
        k += 1
    which = {"that": "that", "same": "that", "this": "this", "last": "last", "next": "next", "following": "next",
             "previous": "last", "preceding": "last"}.get(tokens[k].key)  # fmt: skip
    if which and tokens[k + 1].key == "year":
        story = tokens[k - 1].key == "the" and which in ("last", "next")
        return k + 2, Fields(of_year=f"story {which}" if story else which)
    return i, Fields()
