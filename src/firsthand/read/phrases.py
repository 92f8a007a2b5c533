"""Lists of phrases as regular expressions, so that rules can be read."""

from __future__ import annotations


def any_of(*phrases: str) -> str:
    r"""One of several phrases.

    Args:
        *phrases: Regular expressions; a space in them stands for any white space.
    Returns:
        A regular expression in a group of its own.

    >>> any_of("sign up", "subscribe")
    '(?:sign\\s+up|subscribe)'
    """
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases) + ")"
