"""Identifiers: a hash of a canonical JSON array, so that the same input gives the same id on every machine and run."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
ID_LENGTH = 16
"""Hex digits in an id: 64 bits, one chance in 10^6 of any collision among six million records of one kind."""


def make_id(kind: str, *parts: Any) -> str:
    """Hash the parts that make a record what it is.

    Args:
        kind: The record's kind, so that two kinds with equal parts differ.
        *parts: JSON values (str, int, float, bool, None, lists and tuples of these), in a fixed order.
    Returns:
        16 lower-case hex digits.
    Raises:
        TypeError: A part is not a JSON value.

    >>> make_id("copy", "a", "b") == make_id("copy", "a", "b")
    True
    >>> make_id("copy", "a.b") == make_id("copy", "a", "b")  # joined strings would collide, arrays do not
    False
    """
    canonical = _CANONICAL.encode([kind, *parts])
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
