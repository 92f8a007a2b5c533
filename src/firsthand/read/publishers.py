"""Whose page it is: the name a site gives itself, and the same name taken off the ends of its titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from firsthand.core.text import fold

_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]\s+|\s*[|»]\s*")
_LONGEST_NAME = 60
_MOST_NAME_WORDS = 5
_SECOND_LEVEL = {"co", "com", "org", "net", "gov", "ac", "edu", "gob"}


def split_title(
    title: str, *, publisher: str | None, domain: str | None = None, headings: Sequence[str] = ()
) -> tuple[str, str | None]:
    """Take the site's name off a page title.

    Args:
        title: Of the page: "Rockets hit depot | The Harbor Ledger".
        publisher: The site's name, if known.
        domain: Of the page, if known; a name that it spells is the site's.
        headings: On the page; if one of them is the title up to a separator, what follows is the site's name.
    Returns:
        The headline, and the site's name if one stood there and an argument bears it out.

    >>> split_title("Rockets hit depot | World | The Harbor Ledger", publisher=None, domain="harborledger.example")
    ('Rockets hit depot', 'The Harbor Ledger')
    >>> split_title("Two dead - The Tide", publisher=None, headings=["Two dead"])
    ('Two dead', 'The Tide')
    >>> split_title("Two dead - what we know", publisher=None, headings=["Two dead"])
    ('Two dead - what we know', None)
    """
    title = " ".join(title.split())
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title[:1000])]
    if not cuts:
        return title, None
    last = title[cuts[-1][1] :].strip()
    first = title[: cuts[0][0]].strip()
    if last and len(last) <= _LONGEST_NAME and _is_name(last, publisher, domain):
        kept = title[: cuts[-1][0]]
        if len(cuts) > 1 and "|" in title[cuts[-2][0] : cuts[-2][1]] and len(title[cuts[-2][1] : cuts[-1][0]]) <= 25:
            kept = title[: cuts[-2][0]]  # the section: "… | World | The Harbor Ledger"
        return kept.strip() or title, last
    if first and len(first) <= _LONGEST_NAME and _is_name(first, publisher, domain):
        return title[cuts[0][1] :].strip() or title, first
    known = {fold(heading) for heading in headings}
    if fold(title[: cuts[0][0]]) in known and last[:1].isupper() and len(last.split()) <= _MOST_NAME_WORDS:
        return first, last
    return title, None


def _is_name(candidate: str, publisher: str | None, domain: str | None) -> bool:
    folded = _bare(candidate)
    if publisher and folded == _bare(publisher):
        return True
    if not domain:
        return False
    squeezed, site = folded.replace(" ", ""), _site(domain)
    initials = "".join(w[0] for w in folded.split())
    return len(site) >= 3 and (
        squeezed in (site, _bare(site)) or site == squeezed or (len(site) >= 3 and initials == site)
    )


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")


def _site(domain: str) -> str:
    labels = [label for label in domain.lower().split(".") if label not in ("www", "m", "amp", "en", "news")]
    while len(labels) > 1 and (len(labels[-1]) <= 2 or labels[-1] in _SECOND_LEVEL or len(labels) == 2):
        labels.pop()
    return (labels[-1] if labels else "").replace("-", "").removeprefix("the")


def same_name(left: str, right: str) -> bool:
    """Whether two names are one but for case, accents and "The".

    >>> same_name("The Harbor Ledger", "HARBOR LEDGER")
    True
    """
    return _bare(left) == _bare(right)


def url_to_domain(url: str | None) -> str | None:
    """The host of an address without `www.`.

    >>> url_to_domain("https://www.harborledger.example/a"), url_to_domain("file:///a.html")
    ('harborledger.example', None)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url[:2000])
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
