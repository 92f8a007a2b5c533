"""Time expressions: what is marked, what it means, and against what it was resolved."""

from __future__ import annotations

import time

import pytest

from firsthand.core.records import Document, Part
from firsthand.mark.credits import document_to_credits
from firsthand.mark.times.datings import Dating
from firsthand.mark.times.times import document_to_times

THURSDAY = "1989-11-16"


def marked(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    document = Document(id="d", by="test", text=text)
    mentions = document_to_times(document, dating=Dating(published=published, found="metadata"))
    return [(text[m.span.start : m.span.end], m.detail["timex_value"]) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on 24 June 1950.", [("24 June 1950", "1950-06-24")]),
        ("It began on Saturday, June 24, 1950.", [("Saturday, June 24, 1950", "1950-06-24")]),
        ("It began on the 3rd of March, 1918.", [("the 3rd of March, 1918", "1918-03-03")]),
        ("FIGHTING BEGAN ON 11 NOVEMBER.", [("11 NOVEMBER", "1989-11-11")]),
        ("It was signed on 1954-11-01.", [("1954-11-01", "1954-11-01")]),
        ("It was signed in Sept. 1954.", [("Sept. 1954", "1954-09")]),
        ("It lasted from 6-7 January 1916.", [("6", "1916-01-06"), ("7 January 1916", "1916-01-07")]),
        ("They met on May 4 and 5.", [("May 4", "1989-05-04"), ("5", "1989-05-05")]),
        ("the siege of 1915-17.", [("1915", "1915"), ("17", "1917")]),
        ("wars of 499-493 BC", [("499", "BC0499"), ("493 BC", "BC0493")]),
        ("Built in the 1870s.", [("the 1870s", "187")]),
        ("a nineteenth-century port", [("nineteenth-century", "18")]),
        ("It fell in late 1989.", [("late 1989", "1989")]),
        ("He spent the spring of 1916 there.", [("the spring of 1916", "1916-SP")]),
        ("Sales rose in the third quarter of 1988.", [("the third quarter of 1988", "1988-Q3")]),
        ("on the night of 10 August 1992", [("the night of 10 August 1992", "1992-08-10TNI")]),
        ("At 0430 GMT the line was cut.", [("0430 GMT", "1989-11-16T04:30Z")]),
        ("It rang at 5:30 p.m. Tuesday.", [("5:30 p.m. Tuesday", "1989-11-14T17:30")]),
        ("He came on Christmas Eve 1963.", [("Christmas Eve 1963", "1963-12-24")]),
    ],
)
def test_calendar_dates(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said today that he fled yesterday.", [("today", "1989-11-16"), ("yesterday", "1989-11-15")]),
        ("SHOTS WERE HEARD LAST NIGHT.", [("LAST NIGHT", "1989-11-15TNI")]),
        ("The bomb went off Tuesday night.", [("Tuesday night", "1989-11-14TNI")]),
        ("The court will meet on Tuesday.", [("Tuesday", "1989-11-21")]),
        ("He was shot on Thursday.", [("Thursday", "1989-11-16")]),
        ("He was shot last Thursday.", [("last Thursday", "1989-11-09")]),
        ("They left last week and return next month.", [("last week", "1989-W45"), ("next month", "1989-12")]),
        ("Prices fell last year.", [("last year", "1988")]),
        ("It burned over the weekend.", [("the weekend", "1989-W45-WE")]),
        ("By the end of the year it will open.", [("the end of the year", "1989")]),
        ("He resigned five years ago.", [("five years ago", "1984")]),
        ("He resigned ten days ago.", [("ten days ago", "1989-11-06")]),
        ("He was jailed in December.", [("December", "1988-12")]),
        ("He will be tried in December.", [("December", "1989-12")]),
        ("It is now quiet; it was recently attacked.", [("now", "PRESENT_REF"), ("recently", "PAST_REF")]),
    ],
)
def test_news_is_told_from_the_day_of_writing(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The summit is to be held Saturday.", [("Saturday", "1989-11-18")]),
        ("The trial begins Tuesday.", [("Tuesday", "1989-11-21")]),
        ("He may have left on Tuesday.", [("Tuesday", "1989-11-14")]),
        ("The fair runs from Tuesday to Friday.", [("Tuesday", "1989-11-14"), ("Friday", "1989-11-17")]),
        ("They will leave, but since August they have stayed.", [("August", "1989-08")]),
        ("It was due to open on October 5.", [("October 5", "1989-10-05")]),
        ("He was held Tuesday of last week.", [("Tuesday of last week", "1989-11-07")]),
        ("By noon Tuesday it was over.", [("noon Tuesday", "1989-11-14TMI")]),
        ("It lasted until midnight.", [("midnight", "1989-11-16TNI")]),
        ("At 8:30 a.m. EST it rose.", [("8:30 a.m. EST", "1989-11-16T08:30")]),
        ("In the third quarter of fiscal 1988 it fell.", [("the third quarter of fiscal 1988", "1988-Q3")]),
        ("It beat last year's fourth quarter.", [("last year's fourth quarter", "1988-Q4")]),
        ("Sales in 1987's final quarter fell.", [("1987's final quarter", "1987-Q4")]),
        ("In the third quarter it rose from the year-earlier quarter.",
         [("the third quarter", "1989-Q3"), ("the year-earlier quarter", "1988-Q3")]),
        ("It fell Nov. 2 and again the next day. Prices of 1980 held. That night it rose.",
         [("Nov. 2", "1989-11-02"), ("the next day", "1989-11-03"), ("1980", "1980"), ("That night", "1989-11-03TNI")]),
        ("A week later he left.", [("A week later", "XXXX-WXX")]),
        ("He left the day after the vote.", [("the day after", "P1D")]),
        ("The Nov. 20 meeting is off.", [("Nov. 20", "1989-11-20")]),
        ("Ms. June met April Jones and August Wilson.", []),
        ("He will soon leave; these days he rests.", [("soon", "FUTURE_REF"), ("these days", "PRESENT_REF")]),
        ("It blew at 60 miles per hour.", []),
        ("He rested on game days at Mar-a-Lago.", []),
        ("They rallied voters before the Jan. 9 primary.", [("Jan. 9", "1990-01-09")]),
        ("It won in the past nine votes.", []),
        ("It hit on 14 November 1988. Six weeks later, on 4 January, he quit.",
         [("14 November 1988", "1988-11-14"), ("Six weeks later", "1989-01-04"), ("4 January", "1989-01-04")]),
    ],
)  # fmt: skip
def test_habits_of_newswire(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


def test_attacks_known_by_their_day_are_of_2001_only_to_those_who_write_after_them() -> None:
    text = "It recalled the September 11 attacks."
    assert marked(text, "2013-05-02") == [("September 11", "2001-09-11")]
    assert marked(text, "1989-11-16") == [("September 11", "1989-09-11")]


def test_weekdays_make_news_of_a_text_full_of_years() -> None:
    text = "In 1964, 1970, 1971, 1980 and 1981 it burned. On Tuesday it burned again."
    assert marked(text)[-1] == ("Tuesday", "1989-11-14")
    assert marked(text.replace("On Tuesday", "In May"))[-1][1] == "1981-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lasted three years.", "P3Y"),
        ("after two and a half years", "P2.5Y"),
        ("in the past three years", "P3Y"),
        ("a ten-day siege", "P10D"),
        ("a month-long strike", "P1M"),
        ("within a few hours", "PTXH"),
        ("a 42-YEAR-OLD man", "P42Y"),
        ("They meet every Monday.", "XXXX-WXX-1"),
        ("The daily count fell.", "P1D"),
        ("for half a century", "P50Y"),
        ("in half an hour", "PT30M"),
        ("about 3 1/2 hours", "PT3.5H"),
        ("a centuries-old custom", "PXCE"),
        ("every few years", "PXY"),
        ("Weekends are quiet.", "XXXX-WXX-WE"),
        ("He earns $5 a day.", "P1D"),
    ],
)
def test_lengths_and_what_recurs(text: str, expected: str) -> None:
    assert [value for _, value in marked(text)] == [expected]


HISTORY = (
    "On 3 March 1918 the treaty was signed. In 1917 the front had collapsed. On 5 May 1918 the town was taken; two "
    "days later it burned. In June the army withdrew. That same month the bridge fell. By the end of the year it was "
    "over. In 1919 the survivors returned, and in February 1920 they rebuilt the mill."
)


def test_a_history_is_told_from_its_running_date() -> None:
    values = dict(marked(HISTORY, published="2009-12-19"))
    assert values["two days later"] == "1918-05-07"
    assert values["June"] == "1918-06"
    assert values["That same month"] == "1918-06"
    assert values["the end of the year"] == "1918"


def test_what_a_date_was_resolved_against_is_kept() -> None:
    document = Document(id="d", by="test", text="ON 13 DECEMBER THEY CAME BACK.")
    (mention,) = document_to_times(document, dating=Dating(published="1990-01-09", found="metadata"))
    assert mention.value == "1989-12-13"
    assert mention.kind == "date"
    assert "1990-01-09" in mention.detail["anchor"]
    assert "year" in mention.detail["inferred"]


def test_without_a_date_of_writing_nothing_is_made_up() -> None:
    assert marked("He fled on Tuesday.", published=None) == [("Tuesday", "XXXX-WXX-2")]
    assert marked("He fled on 13 December.", published=None) == [("13 December", "XXXX-12-13")]


def test_an_interval_of_writing_gives_an_interval() -> None:
    document = Document(id="d", by="test", text="He fled on Tuesday, after the fire of Dec. 27.")
    times = document_to_times(document, dating=Dating(published="2019-12-29/2020-01-12", found="inferred: test"))
    tuesday, fire = times
    assert (tuesday.value, tuesday.detail["timex_value"]) == ("2019-12-24/2020-01-07", None)
    assert tuesday.detail["reason"]
    assert fire.value == "2019-12-27"


def test_edtf_of_vague_dates() -> None:
    document = Document(id="d", by="test", text="in late 1989, around March 1981, two weeks later, in summer 1982")
    times = document_to_times(document, dating=Dating(published="1990-01-01", found="metadata"))
    assert [m.value for m in times] == ["1989-09~/1989-12~", "1981-03~", "1981", "1982-22"]


def test_both_ends_of_a_stretch_know_it() -> None:
    document = Document(
        id="d", by="test", text="It burned on 12-13 November and from 15 to 16 November, on May 4 and 5."
    )
    times = document_to_times(document, dating=Dating(published=THURSDAY, found="metadata"))
    stretch, later = "1989-11-12/1989-11-13", "1989-11-15/1989-11-16"
    assert [m.detail.get("range") for m in times] == [stretch, stretch, later, later, None, None]


def test_a_datelines_date_is_today() -> None:
    document = Document(id="d", by="test", text="LIMA, 5 MAR 90 (EFE) -- [TEXT] A BOMB EXPLODED YESTERDAY.")
    times = document_to_times(
        document, dating=Dating(published="1990-03-07", found="metadata"), credits=document_to_credits(document)
    )
    assert [m.value for m in times] == ["1990-03-05", "1990-03-04"]


def test_impossible_days_are_marked_and_left_without_value() -> None:
    document = Document(id="d", by="test", text="It happened on 31 February 1989.")
    (mention,) = document_to_times(document, dating=Dating(published=THURSDAY, found="metadata"))
    assert mention.value is None
    assert mention.detail["timex_value"] is None
    assert "calendar" in mention.detail["reason"]


@pytest.mark.parametrize(
    "text",
    ["They may march to the capital and fall.", "About 1500 soldiers and 2000 men marched.", "the 19 APRIL MOVEMENT",
     "Sun and rain mar the second half of the match.", "He won $1990 and 12 mules.", "year 99999"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert marked(text) == []


def test_boilerplate_is_left_alone() -> None:
    text = "It began in 1989.\nSubscribe today!"
    start = text.index("Subscribe")
    part = Part(kind="boilerplate", start=start, end=len(text))
    document = Document(id="d", by="test", text=text, parts=(part,))
    assert len(document_to_times(document, dating=Dating(published=THURSDAY, found="metadata"))) == 1


@pytest.mark.parametrize(
    "piece",
    ["1", "(", "1 ", "12 May ", "May ", "the ", "1,", "the the last year of ", "year ", "99999 ", "31 February ",
     "[[1989]] ", "two ", "a few ", "1/1/", "12:", "1-2-", "late early mid- ", "every ", "- "],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        marked(piece * (size // len(piece)))
        return time.process_time() - started

    # Four times the text: a quadratic reader would take sixteen times as long.
    assert seconds(4_000) < 10 * seconds(1_000) + 0.5
