"""Bytes to text: which character encoding, and how that is known."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from itertools import islice

from firsthand.core.text import storable
from firsthand.read.kinds import looks_utf16
from firsthand.read.languages import text_to_language

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_.:-]{2,40})", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""Pages that declare Latin-1 are in Windows-1252 (WHATWG Encoding standard, section 4.2)."""
_SAMPLE_BYTES = 65_536
_WESTERN = frozenset("ca da de en es eu fi fr ga gl is it nb nl no pt sv".split())
"""Languages written in Windows-1252 before Unicode."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MOST_COUNTED = 100_000
_MAX_BROKEN_SHARE = 0.5
"""Broken sequences for each valid one up to which bytes are taken for damaged UTF-8. Text in another encoding read as
UTF-8 has next to no valid sequences (tests/read/test_charsets.py reads six languages in their older encodings)."""


def bytes_to_text(data: bytes, *, declared: str | None = None, markup: bool = False) -> tuple[str, str | None]:
    r"""Decode; never fails.

    Asked in this order: byte order mark; UTF-8 if the bytes are valid UTF-8; the declared encoding; UTF-8 with damage;
    charset-normalizer's guess; Windows-1252.

    Args:
        data: The bytes.
        declared: By an HTTP header.
        markup: Look for a declaration in the first bytes (HTML, XML).
    Returns:
        The text, NUL and lone surrogates as U+FFFD and the byte order mark gone, and a note for the reader if the
        encoding had to be guessed or bytes were replaced, else None.

    >>> bytes_to_text("café".encode())
    ('café', None)
    >>> bytes_to_text(b"caf\xe9", declared="latin-1")
    ('café', None)
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replace(data[len(mark) :], encoding)
    if looks_utf16(data[:2048]):
        encoding = "utf-16-le" if data[1:2048:2].count(0) else "utf-16-be"
        return _replace(data, encoding)
    try:
        return storable(data.decode("utf-8")), None
    except UnicodeDecodeError:
        pass
    names = [declared] if declared else []
    if markup and (match := _DECLARED.search(data[:4096])):
        names.append(match[1].decode("ascii"))
    for name in names:
        encoding_name = _codec(name)
        if encoding_name is None or encoding_name == "utf-8":
            continue
        try:
            return storable(data.decode(encoding_name)), None
        except UnicodeDecodeError:
            continue
    return _guess(data)


def _guess(data: bytes) -> tuple[str, str | None]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for _ in islice(_NOT_ASCII.finditer(text), _MOST_COUNTED)) - min(broken, _MOST_COUNTED)
    if valid >= 2 and broken <= _MAX_BROKEN_SHARE * valid:
        return storable(text), f"{broken} invalid UTF-8 sequences were replaced by U+FFFD"
    from charset_normalizer import from_bytes
    from charset_normalizer.utils import is_multi_byte_encoding

    best = from_bytes(_around_first_high(data)).best()
    guesses = [best.encoding if best is not None else "cp1252"]
    if text_to_language(data[:_SAMPLE_BYTES].decode("cp1252", "replace"), declared="en") in _WESTERN:
        # the guess mixes up the Latin code pages, which differ in a few letters only; any other single-byte page would
        # fit any bytes, a picture's too
        guesses = ["cp1252", *filter(is_multi_byte_encoding, guesses)]
    for encoding in guesses:
        with suppress(UnicodeDecodeError):
            decoded = data.decode(encoding)
            return storable(decoded), f"no valid UTF-8 and no declared encoding: read as {encoding}, a guess"
    decoded = data.decode("cp1252", "replace")
    return storable(decoded), "no encoding fits all bytes: read as cp1252, what does not fit replaced by U+FFFD"


def _around_first_high(data: bytes) -> bytes:
    """A sample for the guess, begun near the first byte that is not ASCII, so that there is something to guess from."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(0, (match.start() if match else 0) - 1024)
    return data[start : start + _SAMPLE_BYTES]


def _replace(data: bytes, encoding: str) -> tuple[str, str | None]:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    note = f"{broken} invalid {encoding} sequences were replaced by U+FFFD" if broken else None
    return storable(text), note


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True):
        return None
    return _AS_BROWSERS_DO.get(found.name, found.name)
