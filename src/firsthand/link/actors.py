"""Who the accused, the victims and the things attacked are, across documents.

An actor's members are Statement ids. Equal names are one actor; an acronym and a long form are one where a text of the
case prints them side by side; "the Salvadoran army" and "the army" are one where the incident is in El Salvador; words
for a country's forces, and words for irregulars that name nobody, are offered to a person as `unsure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from firsthand.core.records import Document, Judgement, Statement
from firsthand.core.text import fold
from firsthand.link.clusters import make_judgement

ROLES = ("perpetrator_person", "perpetrator_group", "victim", "target")

_BRACKETED = re.compile(r"[(\[]\s?([A-Z][A-Z0-9-]{1,9})\s?[)\]]")
_LONG_IN_BRACKETS = re.compile(r"\b([A-Z][A-Z0-9-]{1,9})\s{1,3}\[([A-Z][^\[\]()]{5,80})\]")
_SMALL = frozenset("of the and for de la el del los las y".split())
_TITLES = frozenset(
    "mr mrs ms dr gen general col colonel lt lieutenant maj major capt captain sgt sergeant cpl president "
    "minister senator sen governor gov mayor judge father fr reverend rev bishop archbishop monsignor msgr priest "
    "professor prof commander chief former ex deputy secretary sir".split()
)
_LEADING = frozenset(["the", "a", "an"])
_DEMONYMS = {
    "salvadoran": "el salvador", "colombian": "colombia", "guatemalan": "guatemala", "peruvian": "peru",
    "chilean": "chile", "honduran": "honduras", "nicaraguan": "nicaragua", "bolivian": "bolivia",
    "panamanian": "panama", "argentine": "argentina", "iraqi": "iraq", "iranian": "iran", "syrian": "syria",
    "israeli": "israel", "american": "united states", "russian": "russia", "ukrainian": "ukraine",
    "turkish": "turkey", "lebanese": "lebanon", "afghan": "afghanistan", "pakistani": "pakistan", "indian": "india",
    "mexican": "mexico", "venezuelan": "venezuela", "ecuadorian": "ecuador", "spanish": "spain", "french": "france",
    "british": "united kingdom", "egyptian": "egypt", "libyan": "libya", "yemeni": "yemen", "saudi": "saudi arabia",
    "sudanese": "sudan", "nigerian": "nigeria", "somali": "somalia", "kenyan": "kenya", "ethiopian": "ethiopia",
    "haitian": "haiti", "cuban": "cuba", "brazilian": "brazil", "philippine": "philippines", "burmese": "myanmar",
    "chinese": "china",
}  # fmt: skip
_FORCES = dict.fromkeys(("army", "military", "soldiers", "troops"), "armed forces") | {"armed forces": "armed forces"}
"""Words that a country's armed forces go by; "army" for the whole is a habit of dispatches, so these tie as unsure."""
_IRREGULARS = frozenset("guerrillas rebels guerrilla insurgents terrorists militants subversives".split())


def statements_to_actors(
    statements: Sequence[Statement], *, documents: Mapping[str, Document], countries: Mapping[str, str]
) -> list[Judgement]:
    """Judge which statements name the same actor.

    Args:
        statements: Of any property; those of roles are used.
        documents: By id, read for acronyms that they spell out. Leave copies out.
        countries: Statement id → folded country of its incident, where known.

    Returns:
        One judgement between each statement and the next of the same name, and one between names that may be one actor.
    """
    named: dict[str, list[str]] = {}
    for statement in sorted(statements, key=lambda s: s.id):
        if statement.property in ROLES:
            key = canonical(statement.value, country=countries.get(statement.id))
            if key:
                named.setdefault(key, []).append(statement.id)
    judgements = [
        make_judgement("actor", pair, verdict="same", score=0.95, reason=f"same name: {key}")
        for key, ids in named.items()
        for pair in pairwise(ids)
    ]
    judgements.extend(_acronyms(named, documents.values()))
    judgements.extend(_partial_names(named))
    judgements.extend(_descriptions(named))
    return judgements


def canonical(name: str, *, country: str | None = None) -> str:
    """A name as actors are keyed by it: folded, without article, title, or the demonym of the incident's own country.

    >>> canonical("the Salvadoran Army", country="el salvador"), canonical("Col. Ana Ruiz")
    ('army', 'ana ruiz')
    """
    words = fold(name).split()
    while len(words) > 1 and (words[0] in _LEADING or words[0] in _TITLES):
        words = words[1:]
    if len(words) > 1 and country and _DEMONYMS.get(words[0]) == country:
        words = words[1:]
    return " ".join(words)


def _acronyms(named: Mapping[str, list[str]], documents: Iterable[Document]) -> list[Judgement]:
    """Names tied by a long form printed beside its acronym."""
    seen: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for short, long in printed_acronyms(document.text):
            seen[short, long] += 1
    found = []
    for (short, long), count in sorted(seen.items()):
        for left in (short,):
            if left in named and long in named and left != long:
                reason = f"{count} document{'s' if count > 1 else ''} print {short.upper()} beside its long form"
                pair = (named[left][0], named[long][0])
                found.append(make_judgement("actor", pair, verdict="same", score=0.9, reason=reason))
    return found


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


def _partial_names(named: Mapping[str, list[str]]) -> list[Judgement]:
    """A surname alone and the one longer name that ends in it: the same if only one does, else unsure."""
    longer: dict[str, list[str]] = {}
    for key in named:
        words = key.split()
        if 2 <= len(words) <= 4:
            longer.setdefault(words[-1], []).append(key)
            if len(words) > 2:
                longer.setdefault(words[-2], []).append(key)
    found = []
    for key, ids in named.items():
        if " " in key or key in _FORCES or key in _IRREGULARS or len(key) < 4 or key.endswith("s"):
            continue
        candidates = sorted(set(longer.get(key, [])))
        if len(candidates) == 1:
            pair = (ids[0], named[candidates[0]][0])
            found.append(
                make_judgement("actor", pair, verdict="unsure", score=0.6, reason=f"{key} may be {candidates[0]}")
            )
    return found


def _descriptions(named: Mapping[str, list[str]]) -> list[Judgement]:
    """Words for a country's forces, or for irregulars, that may stand for one another: offered, never merged."""
    found = []
    for word, whole in _FORCES.items():
        if word != whole and word in named and whole in named:
            pair = (named[word][0], named[whole][0])
            found.append(
                make_judgement("actor", pair, verdict="unsure", score=0.5, reason=f"{word} may stand for the {whole}")
            )
    irregular = sorted(key for key in named if key in _IRREGULARS)
    for left, right in pairwise(irregular):
        pair = (named[left][0], named[right][0])
        found.append(
            make_judgement("actor", pair, verdict="unsure", score=0.4, reason=f'"{left}" and "{right}" are not named')
        )
    return found
