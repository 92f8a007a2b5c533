"""Which language a text is in."""

from __future__ import annotations

_SAMPLE = 500
"""Code points looked at: on 400 newspaper articles the same answers as 1,500 give, in a third of the time."""
_FEWEST_LETTERS = 60
"""Below it no language is guessed: py3langid is right on all sentences of 60 letters and more in
tests/read/test_languages.py, and wrong on some names and headlines of half that."""


def text_to_language(text: str, *, declared: str | None = None) -> str | None:
    """Name the language.

    Args:
        text: Of the document; its first 500 code points are looked at.
        declared: What the page says; believed only of texts too short to tell.
    Returns:
        ISO 639-1, or None if the text has fewer than 60 letters and nothing was declared.

    >>> text_to_language("Rockets hit a depot.", declared="en"), text_to_language("K1")
    ('en', None)
    """
    sample = text[:_SAMPLE]
    if sample.isupper():
        sample = sample.lower()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return declared
    import py3langid  # loads its model, 0.4 s, when first asked

    code = str(py3langid.classify(sample)[0])
    return code if len(code) == 2 else declared
