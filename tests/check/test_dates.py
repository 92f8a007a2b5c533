from datetime import date, timedelta

from firsthand.check import CheckOptions
from firsthand.check.dates import view_to_date_findings
from views import day, view_of


def findings(view):
    return [(f.check, f.level) for f in view_to_date_findings(view, options=CheckOptions())]


def test_a_weekday_that_the_date_was_not_is_a_conflict():
    view = view_of("It happened on [Tuesday, 14 March 2018].", day("2018-03-14"))  # a Wednesday
    (finding,) = view_to_date_findings(view, options=CheckOptions())
    assert (finding.check, finding.level) == ("weekday", "conflict")
    assert (finding.measured, finding.expected) == (3, 2)  # ISO 8601: Monday is 1
    assert "was not a Tuesday but a Wednesday" in finding.message


def test_a_right_weekday_agrees_and_says_that_its_year_was_inferred():
    view = view_of("It happened on [Wednesday, 14 March].", day("2018-03-14", inferred="the dateline"))
    (finding,) = view_to_date_findings(view, options=CheckOptions())
    assert finding.level == "note"
    assert "inferred from the dateline" in finding.message


def test_a_weekday_alone_was_resolved_by_itself_and_is_not_checked():
    assert findings(view_of("It happened on [Tuesday].", day("2018-03-13"))) == []


def test_an_interval_agrees_with_any_of_the_dates_named_shortly_before():
    view = view_of(
        "On [December 13] he spoke of raids on [Dec. 7]. Two weeks later, on [December 27], came the third.",
        day("2031-12-13"), day("2031-12-07"), day("2031-12-27"),
    )  # fmt: skip
    assert findings(view) == [("interval", "note")]


def test_an_interval_that_fits_no_date_is_a_conflict():
    view = view_of(
        "The raid was on [2 May]. Three days later, on [9 May], it was denied.", day("2031-05-02"), day("2031-05-09")
    )
    (finding,) = view_to_date_findings(view, options=CheckOptions())
    assert (finding.level, finding.measured, finding.expected) == ("conflict", 7, 3)


def test_an_interval_without_a_date_before_it_is_left_alone():
    assert findings(view_of("Two weeks later, on [9 May], it was denied.", day("2031-05-09"))) == []


def interval(gap, phrase="Twenty days later"):
    text = f"The raid was on [2 May]. {phrase}, on [the day], it was denied."
    then = (date(2031, 5, 2) + timedelta(days=gap)).isoformat()
    return [found for _, found in findings(view_of(text, day("2031-05-02"), day(then)))]


def test_an_interval_may_miss_by_a_tenth_or_a_day():
    assert [interval(gap) for gap in (18, 22)] == [["note"], ["note"]]
    assert [interval(gap) for gap in (17, 23)] == [["conflict"], ["conflict"]]
    assert [interval(gap, "Two days later") for gap in (1, 3)] == [["note"], ["note"]]
    assert [interval(gap, "Two days later") for gap in (0, 4)] == [["conflict"], ["conflict"]]


def test_an_interval_is_counted_from_dates_of_the_last_three_paragraphs():
    def told(breaks):
        text = f"The raid was on [2 May].{chr(10) * breaks}Two days later, on [4 May], it was denied."
        return findings(view_of(text, day("2031-05-02"), day("2031-05-04")))

    assert (told(2), told(4)) == ([("interval", "note")], [])


def test_earlier_counts_backwards():
    text = "The raid was on [9 May]. Two days earlier, on [7 May], it was planned."
    assert findings(view_of(text, day("2031-05-09"), day("2031-05-07"))) == [("interval", "note")]
