"""HTML pages → drafts: main text below headline and byline, and what the page says of itself."""

from __future__ import annotations

from lxml import html

from firsthand.core.records import DateCandidate
from firsthand.core.text import fold
from firsthand.read.bodies import parse_html, plain_body, stripped_body, tree_to_body
from firsthand.read.charsets import bytes_to_text
from firsthand.read.drafts import Draft, Source, UnreadableError
from firsthand.read.metadata import Metadata, tree_to_metadata
from firsthand.read.options import ReadOptions

VERSION = "pages@1"
_TOP_LINES = 8
_EARLIEST, _LATEST = "1990-01-01", "2100-01-01"
"""Bounds given to htmldate, whose own upper bound is the day it runs: the same page must give the same date any day."""


def html_to_draft(source: Source, *, options: ReadOptions) -> Draft:
    """Read one page.

    The text begins with headline and byline as printed on the page, unless the main text has them already; then comes
    the main text, one paragraph a line.

    Args:
        source: Of kind html.
        options: Bounds.
    Returns:
        The draft; its extractor says how the text was found.
    Raises:
        UnreadableError: The page has no text.
    """
    text, note = bytes_to_text(source.data, declared=source.known.charset, markup=True)
    tree, complete = parse_html(text)
    large = sum(1 for _ in zip(tree.iter(), range(options.max_elements + 1), strict=False)) > options.max_elements
    metadata = tree_to_metadata(tree, url=source.known.url)
    if not complete:
        body, how = stripped_body(text)
    elif large:
        body, how = plain_body(tree)
        how += f" (more than {options.max_elements} elements)"
    else:
        body, how = tree_to_body(tree)
    if not body.strip():
        raise UnreadableError("has no text; if a script draws the page, print it to PDF and give that")
    if not large and not any(c.role == "published" for c in metadata.dates):
        modified = {c.value[:10] for c in metadata.dates if c.role == "modified"}
        metadata.dates.extend(c for c in _searched_date(tree) if c.value not in modified)
    return Draft(
        text=_with_headings(body, metadata),
        extractor=f"{VERSION} {how}",
        media_type="text/html",
        headline=metadata.headline,
        byline=metadata.byline,
        publisher=metadata.publisher,
        guessed_publisher=metadata.domain,
        url=metadata.url,
        language=metadata.language,
        dates=metadata.dates,
        notes=[note] if note else [],
    )


def _with_headings(body: str, metadata: Metadata) -> str:
    """Put headline and byline above the body where its first lines lack them; the byline below the headline."""
    lines = body.split("\n")
    top = [fold(line) for line in lines[:_TOP_LINES]]
    byline = metadata.printed_byline or metadata.byline
    at = 0
    if metadata.headline:
        wanted = fold(metadata.headline)
        if wanted in top:
            at = top.index(wanted) + 1
        else:
            lines.insert(0, metadata.headline)
            at = 1
    if byline and not any(fold(metadata.byline or byline) in line and len(line) < 160 for line in top):
        lines.insert(at, byline)
    return "\n".join(lines)


def _searched_date(tree: html.HtmlElement) -> list[DateCandidate]:
    """What htmldate finds where the page states nothing; its guesses from years in footers are not asked for."""
    import htmldate

    try:
        found = htmldate.find_date(
            tree,
            extensive_search=False,
            original_date=True,
            min_date=_EARLIEST,
            max_date=_LATEST,
            outputformat="%Y-%m-%d",
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return []
    return [DateCandidate(value=found, found="htmldate")] if found else []
