"""RSS and Atom → one document an entry."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from firsthand.core.records import DateCandidate
from firsthand.core.text import storable
from firsthand.read.bodies import fragment_to_text
from firsthand.read.dates import date_text_to_iso, url_to_date
from firsthand.read.drafts import Draft, UnreadableError, library
from firsthand.read.options import ReadOptions
from firsthand.read.publishers import split_title, url_to_domain

VERSION = "feeds@1"
_LONGEST_NAME = 200


def feed_to_entries(data: bytes, *, options: ReadOptions) -> Iterator[tuple[str, bytes]]:
    """Split a feed.

    Args:
        data: The feed.
        options: Bounds.
    Returns:
        The entry's id (or its position from 1) and what it says as canonical JSON, in order.
    Raises:
        UnreadableError: It is no feed, or has no entry.
    """
    import feedparser

    try:
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, RecursionError, LookupError, AttributeError, TypeError, AssertionError) as error:
        raise UnreadableError(f"is no feed that can be parsed ({error}); fetch it again") from error
    if not parsed.entries:
        reason = parsed.get("bozo_exception")
        raise UnreadableError(f"is a feed without entries ({reason or 'nothing in it'}); fetch it again")
    for number, entry in enumerate(parsed.entries[: options.max_members], 1):
        row = _entry(entry, parsed.feed)
        name = str(row.get("guid") or "")
        member = name if 0 < len(name) <= _LONGEST_NAME and name.isprintable() else str(number)
        yield member, json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    stamps = {name: entry[name] for name in ("published", "updated") if name in entry}  # not get(): it mixes them
    contents = [c.get("value") or "" for c in entry.get("content") or []]
    content, summary = max(contents, key=len, default=""), entry.get("summary") or ""
    row = {
        "guid": entry.get("id"), "title": entry.get("title"), "link": entry.get("link"), "author": entry.get("author"),
        "content": content, "summary": "" if content else summary, "source": (entry.get("source") or {}).get("title"),
        "feed": feed.get("title"), "published": stamps.get("published"), "updated": stamps.get("updated"),
        "language": (entry.get("title_detail") or {}).get("language") or feed.get("language"),
    }  # fmt: skip
    return {key: value for key, value in row.items() if isinstance(value, str) and value}


def entry_to_draft(data: bytes) -> Draft:
    """Read one entry.

    Args:
        data: As feed_to_entries gave it.
    Returns:
        The draft: headline, byline and full content below each other, or the summary where the feed has no more, which
        the extractor then says. Publisher is the entry's `<source>`, else the feed's title.
    Raises:
        UnreadableError: It has no text.
    """
    row: dict[str, str] = json.loads(data)
    body = fragment_to_text(row.get("content") or row.get("summary") or "")
    if not body:
        raise UnreadableError("is a feed entry with neither content nor summary; give the page it links to")
    publisher = storable(" ".join((row.get("source") or row.get("feed") or "").split())) or None
    url = row.get("link") if url_to_domain(row.get("link")) else None
    title = fragment_to_text(row.get("title", ""))
    headline, _ = split_title(title, publisher=publisher, domain=url_to_domain(url))
    byline = fragment_to_text(row.get("author", ""))
    lines = [piece for piece in (headline, byline) if piece and piece not in body.split("\n", 4)[:4]]
    roles: tuple[Literal["published", "modified"], ...] = ("published", "modified")
    dates = [
        DateCandidate(value=value, found=f"feed {name}", role=role)
        for name, role in zip(("published", "updated"), roles, strict=True)
        if (value := date_text_to_iso(row.get(name, "")))
    ]
    if url and (value := url_to_date(url)):
        dates.append(DateCandidate(value=value, found="url"))
    what = "content" if row.get("content") else "summary only"
    return Draft(
        text="\n".join([*lines, body]),
        extractor=f"{VERSION} {library('feedparser')} {what}",
        media_type="application/feed-entry",
        headline=headline or None,
        byline=byline or None,
        publisher=publisher,
        guessed_publisher=url_to_domain(url),
        url=url,
        language=row.get("language", "")[:2].lower() or None,
        dates=dates,
    )
