"""Arithmetic on points of time."""

import pytest

from firsthand.mark.times.points import Point, move

EVENING = Point(year=1989, month=11, day=30, clock="22:30")


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (1, "H", ((1989, 11, 30), "23:30")),
        (2, "H", ((1989, 12, 1), "00:30")),
        (49, "H", ((1989, 12, 2), "23:30")),
        (-23, "H", ((1989, 11, 29), "23:30")),
        (89, "MI", ((1989, 11, 30), "23:59")),
        (90, "MI", ((1989, 12, 1), "00:00")),
        (1530, "MI", ((1989, 12, 2), "00:00")),
        (1, "D", ((1989, 12, 1), None)),
        (31 + 31, "D", ((1990, 1, 31), None)),
    ],
)
def test_hours_and_minutes_carry_into_days(count, unit, expected):
    moved = move(EVENING, count, unit)
    assert ((moved.year, moved.month, moved.day), moved.clock) == expected


def test_months_carry_into_years_and_a_week_is_seven_days():
    assert move(Point(year=1989, month=11, day=30), 2, "M") == Point(year=1990, month=1)
    assert move(Point(year=1989, month=11), -11, "M") == Point(year=1988, month=12)
    assert move(Point(year=1989, month=11, day=1), 1, "W") == move(Point(year=1989, month=11, day=8), 0, "W")
    assert move(Point(year=1989), 3, "Y") == Point(year=1992)


def test_what_is_not_known_is_not_made_up():
    assert move(Point(year=1989, month=11, day=30), 2, "H").blank == "hour"
    assert move(Point(year=1989), 2, "D").blank == "day" and move(Point(), 2, "D").year is None
    assert move(Point(year=1989), 1, "M").month is None
