"""EDTF values and the days that they allow."""

from __future__ import annotations

import time
from datetime import date

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.core.dates import (
    Interval,
    contains,
    day_of,
    edtf_to_interval,
    edtf_to_words,
    gap_days,
    interval_to_edtf,
    overlaps,
    shift,
    weekday,
)

days = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
pairs = st.tuples(days, days).map(sorted)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1989-11-16", date(1989, 11, 16), date(1989, 11, 16)),
        ("1989-11-16T22:50Z", date(1989, 11, 16), date(1989, 11, 16)),
        ("1989-02", date(1989, 2, 1), date(1989, 2, 28)),
        ("1988-02", date(1988, 2, 1), date(1988, 2, 29)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("18XX", date(1800, 1, 1), date(1899, 12, 31)),
        ("1989-XX", date(1989, 1, 1), date(1989, 12, 31)),
        ("1989-1X", date(1989, 10, 1), date(1989, 12, 31)),
        ("1989-11-XX", date(1989, 11, 1), date(1989, 11, 30)),
        ("1989-11-1X", date(1989, 11, 10), date(1989, 11, 19)),
        ("1989-21", date(1989, 3, 1), date(1989, 5, 31)),
        ("1989-24", date(1989, 12, 1), date(1990, 2, 28)),
        ("1989-35", date(1989, 7, 1), date(1989, 9, 30)),
        ("1989-11/1989-12", date(1989, 11, 1), date(1989, 12, 31)),
        ("../1989", date.min, date(1989, 12, 31)),
        ("1989/..", date(1989, 1, 1), date.max),
    ],
)
def test_the_days_that_a_value_allows(edtf: str, first: date, last: date) -> None:
    interval = edtf_to_interval(edtf)
    assert interval is not None
    assert (interval.first, interval.last) == (first, last)


@pytest.mark.parametrize(
    "not_a_date",
    ["", "soon", "2019-02-31", "2019-13", "2019-00", "99999", "XXXX-12-13", "-0479", "0000", "2020/2019", "../..", "/",
     "2019-02-3X", "1989-21-01", "9999-24", "1" * 10_000, "2019/2020/2021", "１９８９"],
)  # fmt: skip
def test_what_has_no_interval(not_a_date: str) -> None:
    assert edtf_to_interval(not_a_date) is None


def test_about_and_perhaps_are_kept() -> None:
    about, perhaps, both = (edtf_to_interval(f"1989{mark}") for mark in "~?%")
    assert about is not None and (about.approximate, about.uncertain) == (True, False)
    assert perhaps is not None and (perhaps.approximate, perhaps.uncertain) == (False, True)
    assert both is not None and (both.approximate, both.uncertain) == (True, True)


@given(pairs, st.booleans(), st.booleans())
def test_an_interval_survives_being_written_and_read(bounds: list[date], approximate: bool, uncertain: bool) -> None:
    interval = Interval(bounds[0], bounds[1], approximate, uncertain)
    assert edtf_to_interval(interval_to_edtf(interval)) == interval


@given(days, st.integers(min_value=0, max_value=3))
def test_blotting_out_digits_only_widens(day: date, hidden: int) -> None:
    sharp = day.isoformat()
    blurred = (sharp, sharp[:8] + "XX", sharp[:5] + "XX-XX", sharp[:3] + "X")[hidden]
    assert contains(blurred, sharp)
    assert overlaps(blurred, sharp)


@given(pairs, pairs)
def test_gaps_hold_every_pair_of_days(left: list[date], right: list[date]) -> None:
    a, b = (interval_to_edtf(Interval(*bounds)) for bounds in (left, right))
    gap = gap_days(a, b)
    assert gap == ((right[0] - left[1]).days, (right[1] - left[0]).days)
    assert gap_days(b, a) == (-gap[1], -gap[0])


@given(st.text(alphabet="0123456789X-/.T:Z~?%+", max_size=30))
@settings(max_examples=500)
def test_any_string_is_read_or_refused(text: str) -> None:
    interval = edtf_to_interval(text)
    assert interval is None or interval.first <= interval.last
    assert isinstance(edtf_to_words(text), str)


@given(days, st.sampled_from(["{:%Y}", "{:%Y-%m}", "{:%Y-%m-%d}"]))
@settings(max_examples=40, deadline=None)
def test_the_edtf_package_agrees_on_plain_dates(day: date, shape: str) -> None:
    text = f"{day.year:04d}{shape.format(day)[len(f'{day:%Y}') :]}"
    theirs, ours = parse_edtf(text), edtf_to_interval(text)
    assert ours is not None
    assert tuple(theirs.lower_strict()[:3]) == ours.first.timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == ours.last.timetuple()[:3]


@pytest.mark.parametrize("text", ["1989-11/1989-12", "198X", "19XX", "1989-XX", "1989-11-XX", "2004-02-01/2005-02-08"])
def test_the_edtf_package_agrees_on_blanks_and_intervals(text: str) -> None:
    theirs, ours = parse_edtf(text), edtf_to_interval(text)
    assert ours is not None
    assert tuple(theirs.lower_strict()[:3]) == ours.first.timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == ours.last.timetuple()[:3]


@given(pairs)
@settings(max_examples=25, deadline=None)
def test_what_we_write_the_edtf_package_can_read(bounds: list[date]) -> None:
    try:
        parse_edtf(interval_to_edtf(Interval(*bounds)))
    except EDTFParseException as error:  # pragma: no cover
        pytest.fail(str(error))


def test_shifting_by_months_stays_in_the_month() -> None:
    assert shift(date(2019, 12, 31), months=2) == date(2020, 2, 29)
    assert shift(date(2019, 12, 31), months=-1) == date(2019, 11, 30)
    assert shift(date(9999, 12, 31), days=1) is None
    assert shift(date(1, 1, 1), months=-1) is None


def test_weekdays_and_single_days() -> None:
    assert weekday(date(1989, 11, 16)) == "Thursday"
    assert day_of("1989-11-16T02:30") == date(1989, 11, 16)
    assert day_of("1989-11-16/1989-11-17") is None


def test_words_for_people() -> None:
    assert edtf_to_words("-0479-06") == "June 480 BC"
    assert edtf_to_words("1989-33") == "quarter 1 of 1989"
    assert edtf_to_words("1989-11-16T02:30") == "16 November 1989, 02:30"
    assert edtf_to_words("1989-11-16%") == "about 16 November 1989?"


def test_long_strings_are_refused_at_once() -> None:
    started = time.perf_counter()
    for _ in range(1000):
        edtf_to_interval("1989-" * 200_000)
    assert time.perf_counter() - started < 1
