"""Armed groups that news names, by name and short form (armed_groups.json): event coders keep such lists too."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from firsthand.core.text import fold


@cache
def _names() -> frozenset[str]:
    """All names, folded, without article."""
    table = json.loads(files("firsthand.mark").joinpath("armed_groups.json").read_text("utf-8"))
    return frozenset(fold(name).removeprefix("the ") for names in table["groups"].values() for name in names)


def is_armed_group(name: str) -> bool:
    """Whether a folded name is listed, with an article or without.

    >>> is_armed_group("the fmln"), is_armed_group("shining path"), is_armed_group("red cross")
    (True, True, False)
    """
    return name.removeprefix("the ") in _names()


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(_names(), key=len, reverse=True))) + r")\b")


def names_armed_group(words: str) -> bool:
    """Whether a listed name stands in some words.

    >>> names_armed_group("A spokesman for the FMLN"), names_armed_group("a spokesman")
    (True, False)
    """
    return _in_words().search(fold(words)) is not None
