"""The document's own date."""

from __future__ import annotations

import pytest

from firsthand.core.records import Document
from firsthand.mark.credits import document_to_credits
from firsthand.mark.times.datings import Dating, document_to_dating


def dating(text: str, published: str | None = None) -> Dating:
    document = Document(id="d", by="test", text=text, published=published)
    return document_to_dating(document, document_to_credits(document))


def test_metadata_first() -> None:
    assert dating("LIMA, 5 MAR 90 (EFE) -- [TEXT] A", published="1990-03-07T10:00:00Z").published == "1990-03-07"
    assert dating("LIMA, 5 MAR 90 (EFE) -- [TEXT] A", published="1990-03-07").found == "metadata"


def test_the_dateline_and_its_words() -> None:
    text = "LIMA, 5 MAR 90 (EFE) -- [TEXT] A BOMB EXPLODED."
    got = dating(text)
    assert (got.published, got.found) == ("1990-03-05", "dateline")
    assert [text[s.start : s.end] for s in got.evidence] == ["LIMA, 5 MAR 90 (EFE)"]


def test_internal_evidence_is_an_interval_with_its_reason() -> None:
    text = "In May 2019 they met. He was fired in September. On December 13 it burned; on Dec. 29 the bridge fell."
    got = dating(text)
    assert got.published == "2019-12-29/2020-02-27"
    assert got.found.startswith("inferred: between 2019-12-29 and 2020-02-27, because")
    assert [text[s.start : s.end] for s in got.evidence] == ["Dec. 29", "May 2019", "December 13"]


def test_one_day_without_a_year_is_of_the_last_twelve_months() -> None:
    got = dating("In May 2019 they met. He was fired in September. On Dec. 29 the bridge fell.")
    assert got.published == "2019-12-29/2020-08-31"


def test_a_text_was_not_written_before_its_weekdays_had_come() -> None:
    got = dating(
        "They met in May 2019. On Dec. 13 it burned. On Dec. 29 the bridge fell. The inquiry ended on Tuesday."
    )
    assert got.published == "2019-12-31/2020-02-27"
    assert "“Tuesday” has come since" in got.found


def test_a_date_beside_its_own_year_is_of_that_year() -> None:
    got = dating("They met in May 2019. It was as in August 1964. On Aug. 4 a ship was hit. On Dec. 1 the mill burned.")
    assert got.published == "2019-12-01/2020-11-30"


def test_printed_years_alone_give_an_earliest_day() -> None:
    assert dating("The mill burned in May 2019.").published == "2019-05-01/.."


def test_plans_do_not_date_a_text() -> None:
    assert dating("The mill burned in May 2019. It will reopen in June 2031.").published == "2019-05-01/.."


def test_nothing_to_go_by_is_said() -> None:
    got = dating("The mill burned on Tuesday.")
    assert got.published is None
    assert got.found.startswith("not found")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Ministry of Harbours\nThursday, 15 March 2018\n\nStatement", "2018-03-15"),
        ("THE HARBOUR POST\nKorva, March 20, 2018\n\nDockers", "2018-03-20"),
        ("On 14 March 2018 rockets hit the depot.\n\nDockers", None),
    ],
)
def test_a_date_in_the_letterhead_is_the_documents_own(head: str, published: str | None) -> None:
    document = Document(id="d", by="t", text=f"{head} were killed in an attack on 2 March 2017, the ministry said.")
    dating = document_to_dating(document)
    assert (dating.published == published) == (published is not None)
    assert dating.found.startswith("head") == (published is not None)
