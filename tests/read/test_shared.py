"""The real page and the real case, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.core.records import Document
from firsthand.read import read

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")]


def test_the_seed_page_is_unwrapped() -> None:
    (document,) = read([SHARED / "seed" / "article.txt"])
    assert isinstance(document, Document)
    assert (document.publisher, document.byline) == ("The Duran", "Gareth Porter")
    assert [p.kind for p in document.parts] == ["wrapper", "boilerplate", "credit", "bio", "boilerplate"]
    credit = document.parts[2]
    assert "via The American Conservative" in document.text[credit.start : credit.end]


def test_dispatches_have_nothing_set_apart() -> None:
    documents = list(read([SHARED / "cases" / "jesuits"]))
    assert len(documents) == 131
    for document in documents:
        assert isinstance(document, Document) and document.language == "en"
        assert not [p for p in document.parts if p.kind in ("wrapper", "bio", "boilerplate")]
