from __future__ import annotations

import json

import pytest

from firsthand.core.records import Document
from firsthand.core.rows import document_to_row
from firsthand.read import Known, Source, row_to_document, source_to_documents

TEXT = """Title: Rockets hit depot
Publisher: The Harbor Ledger
Date: 4 March 2021, 08:15 UTC
Byline: Ana Lindqvist

VARDA — Two guards died on Thursday when three rockets hit a depot, the interior ministry said in a statement.
Follow us on Telegram."""


def read_text(text: str) -> Document:
    source = Source(id="d1", path="s.txt", kind="text", data=text.encode(), sha256="0", known=Known())
    (document,) = source_to_documents(source)
    assert isinstance(document, Document)
    return document


def test_what_read_prints_mark_takes_in_unchanged() -> None:
    document = read_text(TEXT)
    assert row_to_document(json.loads(json.dumps(document_to_row(document)))) == document


def test_header_lines_of_a_text_are_metadata_and_stay_in_the_text() -> None:
    document = read_text(TEXT)
    assert document.text == TEXT
    assert (document.headline, document.byline) == ("Rockets hit depot", "Ana Lindqvist")
    assert (document.publisher, document.published) == ("The Harbor Ledger", "2021-03-04T08:15:00Z")
    shown = [(p.kind, TEXT[p.start : p.end]) for p in document.parts]
    assert ("headline", "Rockets hit depot") in shown and ("byline", "Ana Lindqvist") in shown
    assert shown[-1] == ("boilerplate", "Follow us on Telegram.")


@pytest.mark.parametrize("text", ["Title: only one line\n\nTwo died.", "Police: two died.\nArmy: three died.\n\nMore."])
def test_lines_with_colons_are_not_taken_for_headers(text: str) -> None:
    assert [p for p in read_text(text).parts if p.kind != "headline"] == []


def test_a_row_keeps_its_id_and_its_text() -> None:
    text = "  Two died.\r\n\tThree \u202e hurt\x00 \ud800.\n"
    document = row_to_document(
        {"id": 17, "text": text, "outlet": "The Tide", "published": "2021-03-04", "byline": ["A", "B"]}
    )
    assert document.id == "17"
    assert document.text == text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert (document.publisher, document.published, document.byline) == ("The Tide", "2021-03-04", "A, B")
    assert row_to_document({"id": "e", "text": ""}).text == ""


@pytest.mark.parametrize(
    "row",
    [
        [],
        None,
        {},
        {"id": 1},
        {"id": 1, "text": 7},
        {"id": 1, "text": "abc", "parts": [{"kind": "bio", "start": 0, "end": 9}]},
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(row: object) -> None:
    with pytest.raises(ValueError, match="line 3"):
        row_to_document(row, line=3)  # type: ignore[arg-type]
