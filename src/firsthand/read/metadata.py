"""What an HTML page says of itself for machines: JSON-LD, Open Graph, meta names, microdata, time elements, links.

Own reader, since trafilatura and htmldate keep only the day of a date and one date of several (measured on one page of
each kind: shared/research/ecosystem.md, section 1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from lxml import html

from firsthand.core.records import DateCandidate
from firsthand.core.text import fold, storable
from firsthand.read.dates import date_text_to_iso, url_to_date
from firsthand.read.publishers import split_title, url_to_domain

Role = Literal["published", "modified"]

_KINDS = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|WebPage|CreativeWork|Posting)$")
_META_DATES: dict[str, Role] = {
    "article:published_time": "published", "article:published": "published", "og:published_time": "published",
    "og:article:published_time": "published", "article:modified_time": "modified", "og:updated_time": "modified",
    "article:modified": "modified", "date": "published", "pubdate": "published", "publishdate": "published",
    "publish-date": "published", "publish_date": "published", "publication_date": "published",
    "publication-date": "published", "parsely-pub-date": "published", "sailthru.date": "published",
    "dc.date": "published", "dc.date.issued": "published", "dc.date.created": "published", "dcterms.date": "published",
    "dcterms.issued": "published", "dcterms.created": "published", "dcterms.modified": "modified",
    "dc.date.modified": "modified", "citation_publication_date": "published", "citation_date": "published",
    "article_date_original": "published", "originalpublicationdate": "published", "published-date": "published",
    "created": "published", "last-modified": "modified", "lastmod": "modified", "revised": "modified",
    "date.modified": "modified", "article.published": "published", "article.updated": "modified",
    "bt:pubdate": "published", "bt:moddate": "modified", "cxenseparse:recs:publishtime": "published",
}  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
_SITES = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
    "application-name",
)
_UPDATED = re.compile(r"updat|modif|edit|revis", re.I)
_PUBLISHED = re.compile(r"publi|post|creat|issued|entry-date|dateline|timestamp", re.I)
_DATE_CLASS = re.compile(r"date|time|publi|posted|byline|meta", re.I)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]?(?:name|s|line))?(?:$|\s)", re.I)
_BY = re.compile(r"^\s*(?:written\s+|posted\s+|published\s+)?by[:\s]\s*", re.I)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_LONGEST_LINE = 120
_MOST_JSON_BYTES = 2_000_000
_MOST_NODES = 5_000


@dataclass(slots=True)
class Metadata:
    """What was found; None or empty where nothing was."""

    headline: str | None = None
    byline: str | None = None
    printed_byline: str | None = None
    publisher: str | None = None
    domain: str | None = None
    url: str | None = None
    language: str | None = None
    dates: list[DateCandidate] = field(default_factory=list)


def tree_to_metadata(tree: html.HtmlElement, *, url: str | None = None) -> Metadata:
    """Read a page's metadata.

    Args:
        tree: The parsed page.
        url: Address it was fetched from, if known.
    Returns:
        Metadata with all dates found, in the order JSON-LD, meta, microdata and time, visible line, address.
    """
    metas = _metas(tree)
    article = _json_ld_article(tree, metas)
    canonical = _first(tree.xpath("//link[@rel='canonical']/@href")) or _first(metas.get("og:url", []))
    found = Metadata(url=url or _saved_from(tree) or (canonical if url_to_domain(canonical) else None))
    found.domain = url_to_domain(found.url) or url_to_domain(canonical)
    found.publisher = _name(article.get("publisher")) or _first([v for s in _SITES for v in metas.get(s, [])])
    _read_headline(tree, metas, article, found)
    _read_byline(tree, metas, article, found)
    language = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or _text(article.get("inLanguage"))
    )
    found.language = language[:2].lower() if language and language[:2].isalpha() else None
    found.dates = list(_dates(tree, metas, article))
    for address in dict.fromkeys(a for a in (found.url, canonical) if a):
        if value := url_to_date(address):
            found.dates.append(DateCandidate(value=value, found="url"))
    return found


def _read_headline(
    tree: html.HtmlElement, metas: Mapping[str, list[str]], article: Mapping[str, Any], found: Metadata
) -> None:
    h1 = [text for e in islice(tree.iter("h1"), 5) if (text := _content(e))]
    title = _first([_content(e) for e in islice(tree.iter("title"), 1)])
    own, og = _text(article.get("headline")), _first(metas.get("og:title", []))
    if title:
        subheads = [text for e in islice(tree.iter("h2"), 5) if (text := _content(e))]
        headline, site = split_title(title, publisher=found.publisher, domain=found.domain, headings=[*h1, *subheads])
        found.publisher = found.publisher or site
        title = headline
    chosen = own or og or _first(h1) or title
    # A single h1 that the title repeats is what the reader sees; JSON-LD often cuts it short.
    if title and len(h1) == 1 and fold(h1[0])[:40] in fold(title) and fold(h1[0]).startswith(fold(own or "")[:60]):
        chosen = h1[0]
    if chosen:
        found.headline = split_title(chosen, publisher=found.publisher, domain=found.domain)[0][:500]


def _read_byline(
    tree: html.HtmlElement, metas: Mapping[str, list[str]], article: Mapping[str, Any], found: Metadata
) -> None:
    printed = None
    for element in tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class,'yline') or contains(@class,'uthor')]"
    )[:20]:
        if element.tag in ("meta", "link") or not isinstance(element.tag, str):
            continue
        named = element.get("rel") == "author" or element.get("itemprop") == "author"
        text = _content(element)
        if text and len(text) <= _LONGEST_LINE and (named or _BYLINE_CLASS.search(element.get("class") or "")):
            if _BY.match(text):
                printed = text
                break
            printed = printed or (text if len(text.split()) <= 8 and not date_text_to_iso(text) else None)
    names = _name(article.get("author")) or ", ".join(
        dict.fromkeys(v for s in _AUTHORS for v in metas.get(s, []) if v and "://" not in v and len(v) <= _LONGEST_LINE)
    )
    found.printed_byline = printed
    found.byline = _BY.sub("", names or printed or "").strip(" ,|") or None


def _metas(tree: html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in islice(tree.iter("meta"), _MOST_NODES):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "")[:2000].split())
        if name and content and len(metas) < _MOST_NODES:
            metas.setdefault(name.lower(), []).append(storable(content))
    return metas


def _json_ld_article(tree: html.HtmlElement, metas: Mapping[str, list[str]]) -> Mapping[str, Any]:
    """The JSON-LD object that is this page's article: not the teaser of another."""
    articles: list[Mapping[str, Any]] = []
    for element in tree.xpath("//script[@type='application/ld+json']")[:50]:
        text = (element.text or "").strip()
        if not text or len(text) > _MOST_JSON_BYTES:
            continue
        try:
            parsed = json.loads(text.removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        articles.extend(node for node in _nodes(parsed) if any(_KINDS.search(k) for k in _kinds(node)))
    titles = [
        fold(text)
        for text in (_first(metas.get("og:title", [])), *map(_content, islice(tree.iter("h1", "title"), 5)))
        if text
    ]

    def rank(node: Mapping[str, Any]) -> tuple[bool, bool, bool]:
        headline = fold(_text(node.get("headline")) or "")[:60]
        same = bool(headline) and any(title.startswith(headline) for title in titles)
        page = all(k in ("WebPage", "CreativeWork") for k in _kinds(node))
        return (not same, page, "datePublished" not in node)

    return min(articles, key=rank, default={})


def _nodes(parsed: Any) -> Iterator[Mapping[str, Any]]:
    waiting, seen = [parsed], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item") if k in node
            )


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)] or [""]


def _name(value: Any) -> str | None:
    """Names out of a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(n for v in value[:20] if (n := _name(v)))) or None
    if isinstance(value, dict):
        return _name(value.get("name"))
    text = _text(value)
    return text if text and "://" not in text else None


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return storable(" ".join(value[:2000].split())) or None


def _dates(
    tree: html.HtmlElement, metas: Mapping[str, list[str]], article: Mapping[str, Any]
) -> Iterator[DateCandidate]:
    stated: tuple[tuple[str, Role], ...] = (
        ("datePublished", "published"), ("dateCreated", "published"), ("uploadDate", "published"),
        ("dateModified", "modified"),
    )  # fmt: skip
    for key, role in stated:
        if value := date_text_to_iso(_text(article.get(key)) or ""):
            yield DateCandidate(value=value, found=f"json-ld {key}", role=role)
    for name, role in _META_DATES.items():
        for content in metas.get(name, [])[:3]:
            if value := date_text_to_iso(content):
                yield DateCandidate(value=value, found=f"meta {name}", role=role)
    for prop, role in (("datePublished", "published"), ("dateModified", "modified")):
        for element in tree.xpath(f"//*[@itemprop='{prop}']")[:5]:
            text = element.get("content") or element.get("datetime") or _content(element)
            if value := date_text_to_iso(text or ""):
                yield DateCandidate(value=value, found=f"microdata {prop}", role=role)
    yield from _printed_dates(tree)


def _printed_dates(tree: html.HtmlElement) -> Iterator[DateCandidate]:
    for element in tree.xpath("//time[@datetime]")[:10]:
        if value := date_text_to_iso(element.get("datetime") or ""):
            yield DateCandidate(value=value, found="time datetime", role=_role(element))
    seen = 0
    for element in islice(tree.iter("span", "div", "p", "time", "li", "small", "em"), _MOST_NODES):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.get("datetime") or not _DATE_CLASS.search(marks[:200]):
            continue
        text = _content(element)
        if text and len(text) <= _LONGEST_LINE and (value := date_text_to_iso(text)):
            yield DateCandidate(value=value, found="visible line", role=_role(element))
            seen += 1
            if seen >= 5:
                return


def _role(element: html.HtmlElement) -> Role:
    marks = " ".join(
        filter(None, (element.get("class"), element.get("id"), element.get("itemprop"), _content(element)))
    )
    around = f"{marks} {(element.getparent().text or '') if element.getparent() is not None else ''}"[:300]
    return "modified" if _UPDATED.search(around) and not _PUBLISHED.search(marks) else "published"


def _content(element: html.HtmlElement) -> str | None:
    """The element's words, white space folded; None if there are none or far too many."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 2_000:
            return None
    return storable(" ".join("".join(pieces).split())) or None


def _saved_from(tree: html.HtmlElement) -> str | None:
    for comment in tree.getroottree().xpath("/comment() | /html/comment() | /html/head/comment()")[:5]:
        if match := _SAVED_FROM.search((comment.text or "")[:3000]):
            return match[1]
    return None


def _first(values: list[Any]) -> Any:
    return next((v for v in values if v), None)
