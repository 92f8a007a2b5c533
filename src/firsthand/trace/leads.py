"""Lead-ins: lines that say that what follows is another's words ("As the Harbour Post reported:", "h/t Valley Wire").

They are no prose of their own, and what they introduce is reused by the page's own word: fewer words prove it.
"""

from __future__ import annotations

import re

LONGEST = 90
"""Code points of a line that only introduces."""
_SIGNS = (":\n", ": \n", ":\r\n", "/t ", "/T ", "at tip")
"""One of these stands in every text with a lead-in: a quick look spares most texts the search."""
_LEAD = re.compile(
    rf"""(?mix)^[ \t]{{0,9}}\(?(?:
        (?:as|from|via|per|source|according[ ]to)\b[^\n:]{{1,{LONGEST}}}:
        | (?:\w[^\n:]{{0,{LONGEST}}}\s)?(?:reports|reported|writes|wrote|notes|explains)[ ]{{0,2}}:
        | (?:h/t|hat[ -]tip)\b[^\n]{{1,{LONGEST}}}
    )[ \t\r)]{{0,9}}$"""
)


def text_to_leads(text: str) -> list[tuple[int, int]]:
    r"""Find the lines that introduce another's words.

    Returns:
        Half-open ranges in order.

    >>> text_to_leads("It went on.\n\nAs the Harbour Post reported:\n\nTwo men fled.")
    [(13, 42)]
    >>> text_to_leads("Marlow said:\n\n“Two men fled.”")
    []
    """
    if not any(sign in text for sign in _SIGNS):
        return []
    return [match.span() for match in _LEAD.finditer(text)]
