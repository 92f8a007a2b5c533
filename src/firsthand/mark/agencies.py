"""News agencies, and publishers whom others carry, by the names and short forms that credit them (agencies.json)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from firsthand.core.text import fold

SHORT_FORM = 4
"""Forms of up to so many letters ("AP", "NA", "TASS") count only in the case in which they are listed."""
_FORM = re.compile(
    r"\b(?:news|press|telegraph|telegraphic|information|wire) (?:agency|association|service|services|trust)$"
    r"|\bnews ?wires?$|^(?:agence|agencia|agenzia|agência|agentur) |\bnachrichtenagentur$|\bpresse agentur$"
)
"""What agencies call themselves: a name of this form in a byline or dateline is one, listed or not."""


@cache
def _names(kind: str) -> tuple[dict[str, str], dict[str, str]]:
    """Of the agencies, or the publishers, short forms as printed and long forms folded."""
    table = json.loads((Path(__file__).parent / "agencies.json").read_text(encoding="utf-8"))
    short: dict[str, str] = {}
    long: dict[str, str] = {}
    for row in table[kind]:
        for form in (row["name"], *row["aliases"]):
            if len(form) <= SHORT_FORM:
                short[form] = row["name"]
            else:
                long[fold(form)] = row["name"]
    return short, long


def _look_up(name: str, kind: str) -> str | None:
    short, long = _names(kind)
    bare = name.strip(" .,;:")
    if bare in short:
        return short[bare]
    folded = fold(bare)
    return long.get(folded) or long.get(folded.removeprefix("the "))


def name_to_agency(name: str) -> str | None:
    """The agency that a credit names, or None if it is none that is listed.

    >>> name_to_agency("AP"), name_to_agency("the associated press"), name_to_agency("ap"), name_to_agency("ACAN - EFE")
    ('Associated Press', 'Associated Press', None, 'ACAN-EFE')
    """
    return _look_up(name, "agencies")


def name_to_carried(name: str) -> str | None:
    """The publisher, no agency, that a credit names, or None if it is none that is listed.

    >>> name_to_carried("New York Times"), name_to_carried("CNN Business"), name_to_carried("AP")
    ('The New York Times', 'CNN', None)
    """
    return _look_up(name, "publishers")


def is_agency_by_form(name: str) -> bool:
    """Whether a name says of itself that it is a news agency's.

    >>> is_agency_by_form("Meridian Press Agency"), is_agency_by_form("The Valley Press")
    (True, False)
    """
    return _FORM.search(fold(name)) is not None
