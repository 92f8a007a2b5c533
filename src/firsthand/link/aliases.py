"""Names that may be one: an acronym and what it stands for, a shorter name and the only longer one it can stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from firsthand.core.records import Document
from firsthand.core.text import fold
from firsthand.link.names import is_force, is_irregular

_BRACKETED = re.compile(r"[(\[]\s?([A-Z][A-Z0-9-]{1,9})\s?[)\]]")
_LONG_IN_BRACKETS = re.compile(r"\b([A-Z][A-Z0-9-]{1,9})\s{1,3}\[([A-Z][^\[\]()]{5,80})\]")
_COMMON_HEADS = frozenset(
    "government police party church ministry university embassy company department union council court command guard "
    "committee commission association federation bank agency authorities officials office board service".split()
)
"""Last words that many bodies of one case share: "the police" is not the Treasury Police."""
_SMALL = frozenset("of the and for de la el del los las y".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Two canonical names that may be one.

    Attributes:
        short: The one that stands for the other.
        long: The other.
        score: 0–1.
        reason: In words.
    """

    short: str
    long: str
    score: float
    reason: str


def names_to_aliases(
    names: Mapping[str, Collection[str]], *, people: Collection[str], documents: Mapping[str, Document]
) -> list[Alias]:
    """Find names that stand for others.

    Args:
        names: Canonical name → ids of the documents that print it.
        people: Those names that are people's.
        documents: By id, read for what their texts spell out; leave copies out.

    Returns:
        In order of the short names. Acronyms 0.9; a person's shorter name (a surname, one without the middle name) and
        the only longer one 0.85 where one document prints both, else 0.6; the last word of a group's name ("the Front")
        likewise. A first and last name without the middle one 0.85.
    """
    return [*_acronyms(names, documents.values()), *_shorter(names, people, documents)]


def _acronyms(names: Collection[str], documents: Iterable[Document]) -> list[Alias]:
    """Names tied by a long form printed beside its acronym."""
    seen: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for short, long in printed_acronyms(document.text):
            seen[short, long] += 1
    return [
        Alias(
            short=short, long=long, score=0.9,
            reason=f"{count} document{'s' if count > 1 else ''} print {short.upper()} beside its long form",
        )
        for (short, long), count in sorted(seen.items())
        if short in names and long in names and short != long
    ]  # fmt: skip


def printed_acronyms(text: str) -> set[tuple[str, str]]:
    """Acronyms that a text spells out.

    Args:
        text: Any.

    Returns:
        (acronym, long form) folded: "Long Form Name (LFN)", "LFN [Long Form Name]". The long form before a bracket is
        the shortest run of words whose first letters, small words skipped or not, spell the acronym.

    >>> printed_acronyms("The Northern Liberation Front (NLF) said")
    {('nlf', 'northern liberation front')}
    """
    found = set()
    for match in _LONG_IN_BRACKETS.finditer(text):
        found.add((fold(match[1]), fold(match[2])))
    for match in _BRACKETED.finditer(text):
        before = fold(text[max(0, match.start() - 120) : match.start()]).split()
        letters = match[1].lower().replace("-", "")
        for size in range(2, min(len(before), len(letters) + 4) + 1):
            words = before[-size:]
            full = "".join(w[0] for w in words)
            bare = "".join(w[0] for w in words if w not in _SMALL)
            if words[0] not in _SMALL and letters in (full, bare):
                found.add((fold(match[1]), " ".join(words)))
                break
    return found


def _shorter(
    names: Mapping[str, Collection[str]], people: Collection[str], documents: Mapping[str, Document]
) -> list[Alias]:
    by_word: dict[str, list[str]] = {}
    for name in names:
        for word in {*name.split()}:
            by_word.setdefault(word, []).append(name)
    folded: dict[str, str] = {}
    found = []
    for short in sorted(names):
        words = short.split()
        if is_force(short) or is_irregular(short) or len(short) < 4 or len(words) > 3 or short in _COMMON_HEADS:
            continue
        rarest = min((by_word[w] for w in words), key=len)
        longer = sorted(
            n for n in rarest if n != short and _stands_for(words, n.split(), person=n in people and short in people)
        )
        longest = [n for n in longer if all(m == n or _stands_for(m.split(), n.split(), person=True) for m in longer)]
        if len(longest) != 1:
            continue
        long = longest[0]
        middle = len(words) > 1 and (words[0], words[-1]) == (long.split()[0], long.split()[-1])
        person = long in people and short in people
        beside = middle or _in_one_document(short, long, names, documents, folded, person=person)
        found.append(
            Alias(
                short=short, long=long, score=0.85 if beside else 0.6,
                reason=f"{long} is the only longer name of the case that {short} can stand for"
                + (", but for a middle name" if middle else ", and one document prints both" if beside else ""),
            )
        )  # fmt: skip
    return found


def _stands_for(short: list[str], long: list[str], *, person: bool) -> bool:
    """Whether a shorter name can stand for a longer one: a person's in order of its words, a group's by its last."""
    if len(short) >= len(long) or len(long) > 5:
        return False
    if not person:
        return len(short) == 1 and short[0] == long[-1] and not short[0].endswith("s")
    if len(short) == 1:
        return short[0] in ((long[-1], long[-2]) if len(long) > 2 else (long[-1],))
    rest = iter(long)
    return all(word in rest for word in short) and (short[-1] == long[-1] or short == long[: len(short)])


def _in_one_document(
    short: str,
    long: str,
    names: Mapping[str, Collection[str]],
    documents: Mapping[str, Document],
    folded: dict[str, str],
    *,
    person: bool,
) -> bool:
    """Whether a document with the shorter name prints the longer one too, a person's with middle names or not."""
    between = r" (?:[^\W\d_]+ ){0,2}" if person else " "
    printed = re.compile(f" {between.join(map(re.escape, long.split()))} ")
    for doc in sorted(names[short]):
        if doc in names[long]:
            return True
        if doc in documents:
            if doc not in folded:
                folded[doc] = f" {fold(documents[doc].text)} "
            if printed.search(folded[doc]):
                return True
    return False
