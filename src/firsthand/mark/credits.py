"""Credits: whose words these were first. Wire agencies, datelines, republication notices, hat tips, bylines.

This module is the looking: a document that went through it and has no credit has none that these rules know.
core/credits.py keeps that apart from a document that nobody looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from firsthand.core.credits import HEAD, TAIL
from firsthand.core.dates import edtf_to_interval
from firsthand.core.houses import is_publisher
from firsthand.core.ids import make_id
from firsthand.core.records import Document, Json, Mention, Span
from firsthand.core.spans import Range
from firsthand.mark.agencies import is_agency_by_form, name_to_agency, name_to_carried
from firsthand.mark.credit_lines import House, byline_to_house, text_to_houses
from firsthand.mark.datelines import Dateline, text_to_dateline
from firsthand.mark.times.phrases import Fields
from firsthand.mark.times.points import Point, point_to_edtf, valid

BY = "mark.credits@4"
"""Bump when output changes, also when agencies.json does."""

_NAME = (
    r"(?<!\w)(?:[Tt]he\s{1,3})?[A-Z0-9][\w.&'’/\-]{0,40}"
    r"(?:\s{1,3}(?:[A-Z0-9&][\w.&'’/\-]{0,40}|of|the|and|for|de|la|el|al|del|in|on)){0,7}"
)
"""Up to eight capitalised words. Every repetition is bounded, so that a search stays linear on any text."""
_WORK = (
    r"(?:article|story|piece|post|report|essay|column|op-?ed|commentary|analysis|interview|item|dispatch|text|excerpt)"
)
_FIRST = r"(?:first|originally|previously|initially)"

_INTRODUCED = re.compile(
    rf"(?:[“\"‘'](?P<headline>[^“”\"\n]{{3,250}}?)[,.]?[”\"’']\s*,?\s*)?(?:[Aa]uthored|[Ww]ritten|[Ss]ubmitted|[Pp]osted|[Bb]y)\s*(?:by\s+)?"
    rf"(?P<author>[A-Z][\w.'’\-]*(?:\s+[A-Z][\w.'’\-]*){{0,5}})\s*,?\s+(?:via|for|of|at)\s+(?P<name>{_NAME})"
)
_WHERE = re.compile(rf"(?P<name>{_NAME}),?\s+where\s+this\s+{_WORK}\s+(?:was\s+)?{_FIRST}\s+(?:published|appeared|ran)")
_REPUBLISHED = (
    re.compile(rf"\b{_WORK}\b(?:\s+\w+){{0,3}}?\s+(?:was|is|has\s+been)?\s*{_FIRST}\s+(?:published|posted|appeared|ran|printed|aired)\s+(?:here\s+)?(?:by|in|on|at|with)\s+(?P<name>{_NAME})"),
    re.compile(rf"\b[Tt]he\s+(?:post|article|story)\s+(?P<headline>[^\n]{{1,300}}?)\s+(?:appeared|was)\s+first\s+(?:published\s+)?(?:on|at|in)\s+(?P<name>{_NAME})"),
    re.compile(rf"\b(?:{_FIRST[3:-1].capitalize()}|First|Originally|first|originally)\s+(?:published|posted|appeared)\s+(?:by|in|on|at)\s+(?P<name>{_NAME})"),
    re.compile(rf"\b(?:appeared|published)\s+(?:first|originally)\s+(?:by|in|on|at)\s+(?P<name>{_NAME})"),
    re.compile(rf"\b[Rr]ead\s+(?:the\s+)?(?:full\s+|original\s+){{1,2}}(?:{_WORK}\s+|version\s+)?(?:at|on|in|from)\s+(?P<name>{_NAME})"),
    re.compile(rf"\b(?:[Rr]epublished|[Rr]eprinted|[Rr]eposted|[Cc]ross-?posted|[Ss]yndicated|[Ee]xcerpted)\s+(?:here\s+)?(?:with\s+(?:the\s+)?(?:kind\s+)?permission\s+)?(?:from|of|by|courtesy\s+of)\s+(?P<name>{_NAME})"),
    _WHERE,
    re.compile(
        rf"(?m)^[^\w\n]{{0,20}}(?:[Vv]ia|Source|SOURCE|Original source|Courtesy(?:\s+of)?)"
        rf"[ \t]{{0,3}}:?[ \t]{{1,3}}(?P<name>{_NAME})"
        r"[^\w\n]{0,20}$"
    ),
)  # fmt: skip
_INTRODUCES = re.compile(
    rf"(?m)^[^\w\n]{{0,20}}(?:As\s+)?(?P<name>{_NAME})[ \t]{{1,3}}(?:reports|reported)[ \t]{{0,3}}:[ \t]{{0,10}}$"
)
"""What follows is the other house's, and no more than that: the page as a whole need not be."""
_HAT_TIP = re.compile(rf"(?<!\w)(?:[Hh]/[Tt]|HT|[Hh]at[- ][Tt]ip)\b\s*(?:to\b)?\s*[:–—]?\s*(?P<name>@?{_NAME})")
_CONTRIBUTED = re.compile(rf"(?P<name>{_NAME})\s+contributed\s+(?:reporting\s+)?to\s+this\s+(?:{_WORK}|file)")
_WIRE = (
    re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright)[\s©]*(?:\([Cc]\))?\s*(?:\d{{4}})?[\s,]*(?:by\s+)?(?P<name>{_NAME})"),
    re.compile(rf"\b[Cc]\.?\s?\d{{4}},?\s+(?P<name>{_NAME})"),
    _CONTRIBUTED,
    re.compile(rf"(?:[Ww]ith|[Aa]dditional)\s+(?:reporting|files|material|input|information)\s+(?:by|from)\s+(?P<name>{_NAME})"),
    re.compile(rf"\n[ \t]*[(\[—–\-]{{0,3}}[ \t]*(?P<name>{_NAME})[ \t]*[)\]]?\.?\s{{0,10}}\Z"),
    re.compile(rf"\((?:[Vv]ia\s{{1,3}})?(?P<name>{_NAME})\)\s{{0,10}}\Z"),
)  # fmt: skip
_NEEDED = {_WHERE: "where", _INTRODUCES: "report", _CONTRIBUTED: "contributed"}
"""Rules that begin with a name, and what must stand somewhere for one to hold: in capitals anything begins a name."""
_INITIALS = re.compile(
    r"(?:\A|\n)[ \t]{0,9}(?:(?:[—–]|--?)[ \t]{0,3}(?P<name>[A-Z]{2,6})|\((?P<enclosed>[A-Z]{2,6})\))"
    r"[ \t]{0,9}\.?\s{0,10}\Z"
)
_HOUSE_INITIALS = re.compile(r"[A-Z]{3,6}")
_NO_INITIALS = frozenset(
    "END ENDS MORE TEXT NNNN NNN FIN STOP MTF PHOTO VIDEO UPDATE NOTE ED EDS PS OK II III IV".split()
)
"""Capitals at the foot of a page that stand for no house."""
_REUTERS_CLOSE = re.compile(
    r"\(\s*(?:Additional\s+|Writing\s+and\s+)?(?:Reporting|Writing|Compiled)\s+(?:and\s+\w+\s+)?by\s+[^()\n]{2,400}?[;.]\s*(?:Writing|Editing|Additional|Compiled)"
)
_BYLINE = re.compile(r"(?:\A|\n[ \t]*\n)[ \t]*(?:By|BY)[ \t]+(?P<name>[^\n]{3,100})(?=\n|\Z)")
_BYLINE_ON_A_LINE = re.compile(r"(?m)^[ \t]{0,9}By[ \t]{1,3}(?P<name>[A-Z][^\n.:…]{2,100})$")
"""In pages whose blank lines are lost; all of its words must then look like names."""
_SMALL = frozenset("and of for the in at de la van von al bin y".split())
_AGENCY_IN_BYLINE = re.compile(r"[,|/(–—-]|\bof\b|\bfor\b|\bvia\b|\band\b")


def document_to_credits(document: Document) -> list[Mention]:
    """Find the credits of a document.

    Args:
        document: All its parts are read; `credit`, `headline` and `byline` parts are where credits stand most often.
    Returns:
        Mentions of kind credit in text order. `value` is the name, an agency's in full ("AP" → "Associated Press").
        `detail.kind` is wire, dateline, republished, hat tip or byline; `detail` further has, for datelines, `place`,
        `date` (EDTF), `agency`, `speaker`, `genres`; for republished `headline`, `author`; `found` says which rule, and
        `printed` what the page says for the name. A byline that only metadata gives has an empty span at 0.
    """
    found: dict[tuple[int, int, str], Mention] = {}
    for span, kind, name, detail in _find(document):
        start, end = span
        key = (start, end, kind)
        if key not in found and not any(k[2] == kind and k[0] < end and start < k[1] for k in found):
            found[key] = Mention(id=make_id("mention", document.id, start, end, f"credit {kind}"), by=BY,
                                 span=Span(document.id, start, end), kind="credit", value=name,
                                 detail={"kind": kind, **detail})  # fmt: skip
    return [found[key] for key in sorted(found)]


Credit = tuple[Range, str, str | None, dict[str, Json]]


def _find(document: Document) -> Iterator[Credit]:
    text = document.text
    line = text_to_dateline(text)
    if line is not None:
        yield from _dateline(line, document)
    yield from _bylines(document)
    yield from _credit_lines(document)
    for part in document.parts:
        if part.kind == "credit":
            yield from _notices(text, part.start, part.end, whole=True)
    yield from _notices(text, 0, min(HEAD, len(text)), whole=False)
    yield from _notices(text, max(0, len(text) - TAIL), len(text), whole=True)


def _credit_lines(document: Document) -> Iterator[Credit]:
    for house in text_to_houses(document.text, publisher=document.publisher, headline=document.headline):
        if house.place is not None:
            place = " ".join(document.text[slice(*house.place)].split())
            line = (house.place[0], house.span[1] + 1)
            yield line, "dateline", house.name, {
                "place": place, "place_span": list(house.place), "date": None, "agency": house.name, "speaker": None,
                "genres": [], "found": "credit line",
            }  # fmt: skip
        yield _carried(house, "credit line")


def _carried(house: House, found: str, start: int = 0) -> Credit:
    """The credit to a house that stands in words which begin at `start`."""
    a, b = house.span
    detail: dict[str, Json] = {"found": found, "printed": house.printed, "known": house.agency}
    return (start + a, start + b), "wire" if house.agency else "republished", house.name, detail


def _dateline(line: Dateline, document: Document) -> Iterator[Credit]:
    agency = name_to_agency(line.agency) if line.agency else None
    edtf, inferred = _dateline_edtf(line.date, document.published)
    detail: dict[str, Json] = {
        "place": line.place, "date": edtf, "agency": agency or line.agency, "speaker": line.speaker,
        "genres": list(line.genres), "found": "dateline",
    }  # fmt: skip
    if line.place_span is not None:
        detail["place_span"] = list(line.place_span)
    if inferred is not None:
        detail["inferred"] = inferred
    yield line.span, "dateline", agency or line.agency or line.place, detail
    if line.agency is not None and line.agency_span is not None:
        carried = None if agency else name_to_carried(line.agency)
        found: dict[str, Json] = {"found": "dateline", "printed": line.agency, "known": agency is not None}
        yield line.agency_span, "republished" if carried else "wire", agency or carried or line.agency, found


def _dateline_edtf(fields: Fields | None, published: str | None) -> tuple[str | None, str | None]:
    """The dateline's date, with the year that is nearest to publication if none is printed."""
    if fields is None:
        return None, None
    point = Point(year=fields.year, month=fields.month, day=fields.day)
    if not valid(point):
        return None, None
    interval = edtf_to_interval(published[:10]) if published else None
    if point.year is not None or interval is None or point.month is None or point.day is None:
        return point_to_edtf(point), None
    days = [
        date(year, point.month, point.day)
        for year in (interval.first.year - 1, interval.first.year, interval.first.year + 1)
        if 1 <= year <= 9999 and valid(Point(year=year, month=point.month, day=point.day))
    ]
    nearest = min(days, key=lambda day: abs((day - interval.first).days), default=None)
    return (nearest.isoformat(), f"year from document date {published[:10]}") if nearest and published else (None, None)


def _bylines(document: Document) -> Iterator[Credit]:
    text = document.text
    for part in document.parts:
        if part.kind == "byline":
            words = text[part.start : part.end]
            lead = re.match(r"\s*(?:[Bb]y|BY)\s+", words)
            first = lead.end() if lead else 0
            yield from _byline(document, words[first:], part.start + first, "byline")
    for match in _BYLINE.finditer(text[:HEAD]):
        words = match["name"]
        if sum(word[:1].isupper() for word in words.split()) * 2 >= len(words.split()) and not words.endswith(
            (".", ":", "…")
        ):
            yield from _byline(document, words, match.start("name"), "byline")
    for match in _BYLINE_ON_A_LINE.finditer(text[:HEAD]):
        names = match["name"].split()
        if 2 <= len(names) <= 12 and all(name[:1].isupper() or name in _SMALL for name in names):
            yield from _byline(document, match["name"], match.start("name"), "byline")
    if document.byline:
        at = text.find(document.byline, 0, HEAD) if len(document.byline) > 3 else -1
        if at >= 0 and text[at : at + len(document.byline)] == document.byline and "\n" in text[: at + 1][-1:]:
            yield from _byline(document, document.byline, at, "metadata")
        else:
            yield (0, 0), "byline", document.byline, {"found": "metadata"}
            for name, _, known in _agencies_in(document.byline):
                yield (0, 0), "wire", name, {"found": "metadata", "printed": document.byline, "known": known}


def _byline(document: Document, words: str, start: int, found: str) -> Iterator[Credit]:
    words = words.rstrip()
    if not words or len(words) > 160:
        return
    yield (start, start + len(words)), "byline", words, {"found": found}
    for name, (a, b), known in _agencies_in(words):
        yield (start + a, start + b), "wire", name, {"found": found, "printed": words[a:b], "known": known}
    house = byline_to_house(words)
    if house is not None and (house.agency or not is_publisher(house.name, document.publisher)):
        yield _carried(house, found, start)


def _agencies_in(words: str) -> Iterator[tuple[str, Range, bool]]:
    """Agencies named in a byline ("Ana Ruiz, Associated Press", "AP", "Reuters Staff"), and whether each is listed."""
    pieces, last = [], 0
    for match in _AGENCY_IN_BYLINE.finditer(words):
        pieces.append((last, match.start()))
        last = match.end()
    pieces.append((last, len(words)))
    for start, end in pieces:
        name = words[start:end].strip(" )(.")
        agency = name_to_agency(name) if name else None
        # Initials alone as a byline are a house's: people sign with more.
        house = name == words.strip() and _HOUSE_INITIALS.fullmatch(name) and name not in _NO_INITIALS
        if agency is not None or house or is_agency_by_form(name):
            at = words.find(name, start)
            yield agency or name, (at, at + len(name)), agency is not None


def _notices(text: str, begin: int, end: int, *, whole: bool) -> Iterator[Credit]:
    """Credits in a stretch of text; `whole` also takes the rules that hold only at a text's end or in a credit line."""
    words = text[begin:end]
    for match in _INTRODUCED.finditer(words):
        name = _clean(match["name"])
        detail: dict[str, Json] = {"author": match["author"], "headline": match["headline"], "found": "introduction"}
        agency = name_to_agency(name)
        kind = "wire" if agency or is_agency_by_form(name) else "republished"
        if (
            not words[max(0, match.start("author") - 3) : match.start("author")].lower().startswith("by")
            or "via" in match.group()
        ):
            yield _span(match, "name", begin, name), kind, agency or name, detail
    if not whole:
        return
    for rule in _REPUBLISHED:
        for match in _matches(rule, words):
            name = _clean(match["name"])
            headline = match.groupdict().get("headline")
            detail = {"found": "republication notice"} | ({"headline": headline} if headline else {})
            agency = name_to_agency(name)
            kind = "wire" if agency or is_agency_by_form(name) else "republished"
            yield _span(match, "name", begin, name), kind, agency or name, detail
    for rule, found in ((_HAT_TIP, "hat tip"), (_INTRODUCES, "introduces an excerpt")):
        for match in _matches(rule, words):
            name = _clean(match["name"])
            yield _span(match, "name", begin, name), "hat tip", name_to_agency(name) or name, {"found": found}
    for rule in _WIRE:
        for match in _matches(rule, words):
            name = _clean(match["name"])
            agency = name_to_agency(name)
            if agency is not None:
                detail = {"found": "closing credit", "printed": name, "known": True}
                yield _span(match, "name", begin, name), "wire", agency, detail
    initials = _INITIALS.search(words)
    if initials is not None:
        group = "name" if initials["name"] else "enclosed"
        name = initials[group]
        if name not in _NO_INITIALS:
            agency = name_to_agency(name)
            detail = {"found": "initials at the foot", "printed": name, "known": agency is not None}
            yield _span(initials, group, begin, name), "wire", agency or name, detail
    for match in _REUTERS_CLOSE.finditer(words):
        detail = {"found": "closing line in Reuters' form", "known": True}
        yield (begin + match.start(), begin + match.end()), "wire", "Reuters", detail


def _matches(rule: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    return rule.finditer(words) if _NEEDED.get(rule, "") in words else iter(())


def _clean(name: str) -> str:
    """Cut what the pattern of capitals swallowed too much: closing stops, dangling small words."""
    name = name.rstrip(".…'’-/&")
    words = name.split()
    while words and words[-1] in ("of", "the", "and", "for", "de", "la", "el", "al", "del", "in", "on"):
        words.pop()
    cut = next(
        (k for k, word in enumerate(words) if k and words[k - 1].endswith(".") and len(words[k - 1]) > 3), len(words)
    )
    return " ".join(words[:cut]).rstrip(".")


def _span(match: re.Match[str], group: str, begin: int, name: str) -> Range:
    start = match.start(group)
    length = len(match[group])
    # The cleaned name has its inner white space normalised: measure it in the text as printed.
    printed, used = 0, 0
    squeezed = name.replace(" ", "")
    while printed < length and used < len(squeezed):
        used += not match[group][printed].isspace()
        printed += 1
    return begin + start, begin + start + printed
