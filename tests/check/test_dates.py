from firsthand.check import CheckOptions
from firsthand.check.dates import view_to_date_findings
from views import day, view_of


def findings(view):
    return [(f.check, f.level) for f in view_to_date_findings(view, options=CheckOptions())]


def test_a_weekday_that_the_date_was_not_is_a_conflict():
    view = view_of("It happened on [Tuesday, 14 March 2018].", day("2018-03-14"))  # a Wednesday
    (finding,) = view_to_date_findings(view, options=CheckOptions())
    assert (finding.check, finding.level) == ("weekday", "conflict")
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
