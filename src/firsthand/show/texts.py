"""A document's text as HTML in which every span that the report leads to has an anchor and a colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup, escape

from firsthand.core.records import Document
from firsthand.core.spans import Range

Coloured = tuple[int, int, str]
"""Start, end, CSS class."""


def document_to_html(document: Document, *, anchors: Iterable[Range], colours: Iterable[Coloured], name: str) -> Markup:
    """Cut the text at every boundary and wrap each piece in the classes that hold there.

    Args:
        document: Its text is escaped, whatever it holds.
        anchors: Ranges that links lead to; each gets `id="{name}-{start}-{end}"` at its start.
        colours: Ranges and their class; may overlap.
        name: Prefix of the ids, unique in the page.
    Returns:
        HTML in which removing all tags and unescaping gives the text back.
    """
    text = document.text
    opened: dict[int, list[str]] = defaultdict(list)
    closed: dict[int, list[str]] = defaultdict(list)
    for start, end, colour in colours:
        if start < end:
            opened[start].append(colour)
            closed[end].append(colour)
    targets: dict[int, list[str]] = defaultdict(list)
    for start, end in sorted(set(anchors)):
        targets[start].append(f"{name}-{start}-{end}")
    cuts = sorted({0, len(text), *opened, *closed, *targets})
    active: dict[str, int] = defaultdict(int)
    pieces: list[Markup] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        for colour in closed[start]:
            active[colour] -= 1
        for colour in opened[start]:
            active[colour] += 1
        pieces += [Markup('<a id="{}"></a>').format(target) for target in targets[start]]
        if start < end:
            classes = " ".join(sorted(colour for colour, count in active.items() if count > 0))
            piece = escape(text[start:end])
            pieces.append(Markup('<span class="{}">{}</span>').format(classes, piece) if classes else piece)
    return Markup("").join(pieces)
