"""The main text of an HTML page: trafilatura with pinned settings; all text of the page where that fails."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any

from lxml import etree, html

from firsthand.core.text import storable
from firsthand.read.drafts import UnreadableError, library

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "button",
        "textarea",
    ]
)
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_DEEP = re.compile(r"excessive depth|too deep|huge", re.I)
_TAGS = re.compile(r"<[/!a-zA-Z][^<>]{0,5000}>")
_BLOCK_TAGS = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})\b[^<>]{{0,5000}}>", re.I)
_SCRIPTS = re.compile(r"<(script|style)\b[^<]*(?:<(?!/\1)[^<]*)*(?:</\1[^>]*>|$)", re.I)


_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})\s[^<>]{32768,}>")
"""A tag that loses its attributes: libxml2 compares each with all before it (50,000 took 23 s), and what is so long
holds pictures or data."""


def parse_html(text: str) -> tuple[html.HtmlElement, bool]:
    """Parse a page.

    Args:
        text: Decoded HTML.
    Returns:
        The tree, and whether it holds all of the page: libxml2 stops at 256 nested elements, which keeps hostile pages
        from exhausting the stack of whatever walks the tree.
    Raises:
        UnreadableError: There is no element in it.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True)
    try:
        tree = html.document_fromstring(_LONG_TAG.sub(r"<\1>", text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError(f"has no HTML that can be parsed ({error}); look at it in a browser") from error
    complete = not any(_DEEP.search(entry.message) for entry in islice(parser.error_log, 1000))
    return tree, complete


def tree_to_body(tree: html.HtmlElement) -> tuple[str, str]:
    """Find the main text.

    Args:
        tree: Of a page of bearable size.
    Returns:
        Paragraphs, one a line, and the name and version of what found them; the text may be empty.
    """
    found = ""
    try:
        found = _extract(tree)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError, etree.LxmlError) as error:
        text, _ = plain_body(tree)
        return text, f"all text of the page ({library('trafilatura')} failed: {type(error).__name__})"
    if found:
        return found, f"{library('trafilatura')}"
    return plain_body(tree)


def plain_body(tree: html.HtmlElement) -> tuple[str, str]:
    """All text of a page, navigation and all, one block a line."""
    pieces: list[str] = []
    skipping = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        if event == "comment":
            pieces.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipping += tag in _SKIPPED
            if tag in _BLOCKS and not skipping:
                pieces.append("\n")
            if element.text and not skipping:
                pieces.append(_SPACE.sub(" ", element.text.replace("\n", " ")))
        else:
            skipping -= tag in _SKIPPED
            if tag in _BLOCKS and not skipping:
                pieces.append("\n")
            if element.tail and not skipping:
                pieces.append(_SPACE.sub(" ", element.tail.replace("\n", " ")))
    return _fold_lines("".join(pieces)), "all text of the page"


def stripped_body(text: str) -> tuple[str, str]:
    """All text between tags, for pages nested too deep to parse; three passes, no tree."""
    bare = _TAGS.sub("", _BLOCK_TAGS.sub("\n", _SCRIPTS.sub(" ", text)))
    return _fold_lines(unescape(bare)), "all text between tags (nested too deep to parse)"


def fragment_to_text(markup: str) -> str:
    """The text of a piece of HTML, as feeds hold it; text without tags is returned as it is, white space folded."""
    if "<" not in markup and "&" not in markup:
        return _fold_lines(storable(markup))
    try:
        tree, complete = parse_html(f"<div>{markup}</div>")
    except UnreadableError:
        return ""
    return plain_body(tree)[0] if complete else stripped_body(markup)[0]


def _extract(tree: html.HtmlElement) -> str:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it would log, Findings and extractor say
    document: Any = bare_extraction(tree, options=_settings())
    return _fold_lines(storable(document.text or "")) if document is not None else ""


@lru_cache(maxsize=1)
def _settings() -> Any:
    from trafilatura.settings import Extractor, use_config

    config = use_config()
    for key, value in (
        ("MIN_EXTRACTED_SIZE", "250"), ("MIN_OUTPUT_SIZE", "1"), ("MIN_OUTPUT_COMM_SIZE", "1"),
        ("MIN_DUPLCHECK_SIZE", "100"), ("MAX_REPETITIONS", "2"), ("EXTENSIVE_DATE_SEARCH", "on"),
    ):  # fmt: skip
        config.set("DEFAULT", key, value)
    return Extractor(
        config=config, output_format="python", fast=False, precision=False, recall=False, comments=False,
        formatting=False, links=False, images=False, tables=True, dedup=False, lang=None, with_metadata=False,
    )  # fmt: skip


def _fold_lines(text: str) -> str:
    return _LINES.sub("\n", _SPACE.sub(" ", text)).strip()
