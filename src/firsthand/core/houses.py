"""Who ran a document, as far as the document says, and whether two names are one house's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from firsthand.core.records import Document, Mention, Span
from firsthand.core.text import fold

SHORTEST = 3
"""Letters from which initials stand for a name: of two letters too many names have the same."""
_SMALL = frozenset("of the and for de la del das der und y e et".split())
_LISTED = {
    "ap": "associated press",
    "afp": "agence france presse",
    "upi": "united press international",
    "dpa": "deutsche presse agentur",
    "pa": "press association",
    "thomson reuters": "reuters",
}


def document_to_house(document: Document, credits: Iterable[Mention]) -> tuple[str | None, Span | None]:
    """The outlet: from metadata, else the agency or station in the dateline of a dispatch.

    Args:
        document: The document.
        credits: Its mentions of kind credit, in order of the text.
    Returns:
        The name and the words that give it; no words if metadata does, and no name if nothing does.
    """
    if document.publisher:
        return document.publisher, None
    for credit in credits:
        agency = credit.detail.get("agency")
        if credit.detail.get("kind") == "dateline" and isinstance(agency, str) and agency:
            return agency, credit.span
    return None, None


def document_to_publisher(document: Document, credits: Iterable[Mention]) -> tuple[str, Span | None, bool]:
    """The outlet, as a chain names it.

    Args:
        document: The document.
        credits: Its mentions of kind credit, in order of the text.
    Returns:
        What `document_to_house` gives, and True; or a name for whoever it was, which is nobody else's, and False.
    """
    name, span = document_to_house(document, credits)
    if name:
        return name, span, True
    return f"publisher of {document.path or document.url or document.id} (not stated)", None, False


def label(document: Document, credits: Iterable[Mention]) -> str:
    """What to call a document in a sentence: its outlet, else headline, else file."""
    name, _ = document_to_house(document, credits)
    return name or document.headline or document.path or document.id


def name_to_house(name: str) -> str:
    """What the spellings of a house's name share, with the short forms of the great agencies written out.

    >>> name_to_house("The Harbour Post"), name_to_house("AP")
    ('harbour post', 'associated press')
    """
    folded = fold(name).removeprefix("the ") if name else ""
    return _LISTED.get(folded, folded)


def is_same_house(left: str, right: str) -> bool:
    """Whether two names, as `name_to_house` gives them, can be one house's: equal, or one the other's initials.

    Initials alone prove nothing. They count where something else ties the two: one prints the other's words, or no
    other house in the pile has them.

    >>> is_same_house("mpa", "meridian press agency"), is_same_house("mp", "meridian press")
    (True, False)
    """
    if not left or not right:
        return False
    return left == right or left == initials(right) or right == initials(left)


def is_publisher(name: str, publisher: str | None) -> bool:
    """Whether a name, as printed, can be that of the house that ran the document.

    >>> is_publisher("AFP", "Agence France-Presse"), is_publisher("AFP", None)
    (True, False)
    """
    return is_same_house(name_to_house(name), name_to_house(publisher or ""))


def initials(house: str) -> str:
    """The first letters of a name of several words, or nothing if they are too few to stand for it."""
    letters = "".join(word[0] for word in house.split() if word not in _SMALL)
    return letters if len(letters) >= SHORTEST else ""


def names_to_houses(names: Iterable[str]) -> Mapping[str, str]:
    """Learn from all names of houses in a pile which short form is whose.

    Args:
        names: Of publishers and of houses credited, as printed.
    Returns:
        For each initials in `names` that are those of exactly one other house there: the longest spelling of that
        house's name. All else stays what it is.

    >>> names_to_houses(["MPA", "Meridian Press Agency", "Valley Post"])
    {'MPA': 'Meridian Press Agency'}
    """
    spelt = {name: name_to_house(name) for name in sorted(set(names), key=lambda n: (-len(n), n))}
    meant: dict[str, set[str]] = {}
    for house in spelt.values():
        if initials(house):
            meant.setdefault(initials(house), set()).add(house)
    full = {house: name for name, house in reversed(spelt.items())}
    return {name: full[min(meant[house])] for name, house in spelt.items() if len(meant.get(house, ())) == 1}
