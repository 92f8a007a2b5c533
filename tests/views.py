"""Views made by hand: from bracketed text, in which the n-th bracket is the n-th mention, or from plain texts."""

import re

from firsthand.check.views import View
from firsthand.core.records import Document, Mention, Span


def place(lat, lon):
    return {"kind": "place", "lat": lat, "lon": lon, "value": f"user:{lat},{lon}"}


def quantity(value, unit):
    return {"kind": "quantity", "value": value, "detail": {"unit": unit}}


def day(value, **detail):
    return {"kind": "date", "value": value, "detail": detail}


def view_of(text, *mentions, doc="a", published="2031-05-01"):
    plain, spans, at = "", [], 0
    for match in re.finditer(r"\[([^\]]*)\]", text):
        plain += text[at : match.start()]
        spans.append((len(plain), len(plain) + len(match.group(1))))
        plain += match.group(1)
        at = match.end()
    plain += text[at:]
    assert len(spans) == len(mentions), "one mention per bracket"
    made = [
        Mention(id=f"{doc}{n}", by="mark.test@1", span=Span(doc, *span), **fields)
        for n, (span, fields) in enumerate(zip(spans, mentions, strict=True))
    ]
    document = Document(id=doc, by="t", text=plain, publisher=f"Publisher {doc}", published=published)
    return View([document], marked=(made, (), ()))


def plain_view(*texts):
    """One document per text, published on successive days."""
    return View(
        Document(id=f"d{n}", by="t", text=text, publisher=f"Publisher {n}", published=f"2031-05-{n:02}")
        for n, text in enumerate(texts, 1)
    )
