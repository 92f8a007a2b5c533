from __future__ import annotations

import pytest

from firsthand.core.records import DateCandidate
from firsthand.read.dates import choose_dates, date_text_to_iso, is_only_date, url_to_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-03-04T08:15:00+03:00", "2021-03-04T08:15:00+03:00"),
        ("2021-03-04T08:15:00.123456Z", "2021-03-04T08:15:00Z"),
        ("2021-03-04 08:15", "2021-03-04T08:15:00"),
        ("2021-03-04T08:15+0330", "2021-03-04T08:15:00+03:30"),
        ("Thu, 04 Mar 2021 08:15:00 -0500", "2021-03-04T08:15:00-05:00"),
        ("Thu, 04 Mar 2021 08:15:00 GMT", "2021-03-04T08:15:00Z"),
        ("D:20210304081500+03'00'".removeprefix("D:"), "2021-03-04T08:15:00+03:00"),
        ("20210304", "2021-03-04"),
        ("4 March 2021", "2021-03-04"),
        ("Published: March 4th, 2021 | 8.15 pm", "2021-03-04T20:15:00"),
        ("Sept. 4, 2021, 12:05 a.m. EDT", "2021-09-04T00:05:00-04:00"),
        ("12:05 IST, 4 May 2021", "2021-05-04T12:05:00"),  # IST names three zones: kept without one
        ("25/03/2021", "2021-03-25"),
        ("03/25/2021", "2021-03-25"),
        ("04/04/2021", "2021-04-04"),
        ("03/04/2021", None),
        ("31 February 2021", None),
        ("4 March 0021", None),
        ("2021-13-04", None),
        ("2021-03-04T25:61", None),
        ("three days ago", None),
        ("4 March 2021 " + "x" * 200, None),
        ("", None),
    ],
)
def test_dates_are_read_or_refused(text: str, iso: str | None) -> None:
    assert date_text_to_iso(text) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://a.example/2021/03/04/rockets", "2021-03-04"),
        ("https://a.example/news/2021-03-04-rockets", "2021-03-04"),
        ("https://a.example/2021/mar/04/rockets", "2021-03-04"),
        ("https://a.example/rockets-20210304.html", "2021-03-04"),
        ("https://a.example/2021/03/rockets", None),
        ("https://a.example/id/12345678/rockets", None),
        ("https://a.example/2021/13/40/rockets", None),
    ],
)
def test_dates_in_addresses(url: str, iso: str | None) -> None:
    assert url_to_date(url) == iso


def test_a_line_is_only_a_date_if_nothing_else_is_said() -> None:
    assert is_only_date("Last updated: Friday, 5 March 2021, 10:20 UTC")
    assert is_only_date("MARCH 5, 2021")
    assert not is_only_date("On 5 March 2021 two guards died")
    assert not is_only_date("Friday")


def test_what_machines_are_told_is_preferred_and_nothing_is_lost() -> None:
    candidates = [
        DateCandidate(value="2021-03-01", found="url"),
        DateCandidate(value="2021-03-02T08:00:00Z", found="meta article:published_time"),
        DateCandidate(value="2021-03-05", found="json-ld dateModified", role="modified"),
        DateCandidate(value="2021-03-03", found="json-ld datePublished"),
        DateCandidate(value="2021-03-01", found="url"),
    ]
    ordered, published, modified = choose_dates(candidates)
    assert published is not None and published.found == "json-ld datePublished"
    assert modified is not None and modified.value == "2021-03-05"
    assert len(ordered) == 4 and set(ordered) == set(candidates)
    assert choose_dates(reversed(candidates))[1] == published


def test_modified_says_nothing_if_it_equals_published() -> None:
    same = [DateCandidate(value="2021-03-03", found="x", role=role) for role in ("published", "modified")]  # type: ignore[arg-type]
    assert choose_dates(same)[2] is None
