"""What bytes are: told from their first bytes, and by the name only where the bytes leave it open."""

from __future__ import annotations

import codecs
import re

from firsthand.read.drafts import UnreadableError

HEAD_BYTES = 4096
"""Bytes looked at. The HTML standard sniffs 1,445; more is needed for pages that open with a long comment."""

_CONTAINERS = ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"WARC/", "warc"))
_OTHER = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"), (b"RIFF", "an image or sound file"),
    (b"\x00\x00\x00\x18ftyp", "a video"), (b"\x00\x00\x00\x20ftyp", "a video"), (b"\x1aE\xdf\xa3", "a video"),
    (b"OggS", "a sound file"), (b"ID3", "a sound file"), (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich text (RTF) file"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"BZh", "a bzip2 archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"), (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
)  # fmt: skip
_ADVICE = {
    "an old Office file": "save it as PDF or plain text",
    "a rich text (RTF) file": "save it as PDF or plain text",
    "a RAR archive": "unpack it and give the folder",
    "a 7-Zip archive": "unpack it and give the folder",
    "an xz archive": "unpack it first",
    "a bzip2 archive": "unpack it first",
    "a Zstandard archive": "unpack it first",
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|script|link|div|p|h1)\b", re.I)
_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|RDF)\b[^>]*(?:>|$)", re.I)
_MHTML = re.compile(rb"^mime-version:", re.I | re.M)
_ROW = re.compile(rb"\s*\{\s*\"")
_CONTROL = bytes(range(0, 9)) + b"\x0b" + bytes(range(14, 27)) + bytes(range(28, 32))
_MAX_CONTROL_SHARE = 0.03
"""Share of control bytes in the first bytes from which a file is no text. Text with stray NULs has under 1 %; random
bytes have 10.5 %, the first 4 kB of compressed or compiled files 8 to 60 % (looked at: 40 shared objects, 30
pictures of this machine)."""


def kind_of(head: bytes, name: str) -> str:
    """Tell how bytes are to be read.

    Args:
        head: The first HEAD_BYTES of them (all, if fewer).
        name: File or member name; its ending is asked last.
    Returns:
        gzip, zip, warc, rows, json, feed, html, pdf or text.
    Raises:
        UnreadableError: It is nothing that holds text that can be read.

    >>> kind_of(b"<!DOCTYPE html><title>x</title>", "story.txt"), kind_of(b"Two guards died.", "story")
    ('html', 'text')
    """
    ending = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    for magic, kind in _CONTAINERS:
        if head.startswith(magic):
            return kind
    for magic, what in _OTHER:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head):
            advice = _ADVICE.get(what, "it holds no text that can be read")
            raise UnreadableError(f"is {what}; {advice}")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _text_kind(head, ending)


def _text_kind(head: bytes, ending: str) -> str:
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or looks_utf16(head)
    bare = head.removeprefix(codecs.BOM_UTF8)
    if utf16:
        bare = bare.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    elif head and len(head.translate(None, _CONTROL)) < (1 - _MAX_CONTROL_SHARE) * len(head):
        raise UnreadableError("is a binary file; it holds no text that can be read")
    start = bare.lstrip()
    if ending in ("jsonl", "ndjson", "jsonlines"):
        return "rows"
    if start.startswith(b"<"):
        if _FEED.search(start[:2048]) and not _HTML.match(start):
            return "feed"
        if _HTML.search(start) or ending in ("html", "htm", "xhtml"):
            return "html"
    if ending == "json":
        return "json"
    if _ROW.match(start):
        return "rows"
    if _MHTML.search(start) and b"multipart/related" in start:
        raise UnreadableError("is a saved web archive (MHTML); save the page as HTML instead")
    return "html" if ending in ("html", "htm", "xhtml") else "text"


def looks_utf16(head: bytes) -> bool:
    """Whether every second byte is NUL, as in UTF-16 text of a Latin script without a byte order mark."""
    even, odd = head[0:2048:2], head[1:2048:2]
    return (
        len(head) >= 4 and max(even.count(0), odd.count(0)) > 0.8 * len(even) and min(even.count(0), odd.count(0)) == 0
    )
