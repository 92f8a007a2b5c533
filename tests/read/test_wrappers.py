"""Wrapped pages in many shapes, all invented. Each line of a page is marked with the kind that it must be given."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.read.wrappers import text_to_wrapping

STORY = """\
. VARDA — Three rockets hit a fuel depot near the town on Thursday, killing two guards, the ministry said.
. A spokesman for the militia denied responsibility. “We had no forces in the area,” he said from the capital.
. Police said that the launchers had been found in an abandoned truck, 12 kilometers from the depot, by a shepherd.
. Witnesses told reporters that they had seen four men leave the truck on foot, late in the evening, and walk north."""

PAGES = {
    "introduced by a quoted headline": f"""\
wrapper The Tide’s Rolf Amsel and Mira Cole discuss what the ministry said about the rockets, and what it left out.
boilerplate Support Independent Media:
boilerplate Subscribe to The Tide on YouTube – Find us on Telegram.
boilerplate The Tide Weekly Podcast:
boilerplate Listen to our episodes – Follow on Spotify.
credit “Who Fired at Varda?” authored by Ana Lindqvist, via The Harbor Ledger…
{STORY}
bio Ana Lindqvist is a freelance journalist and winner of the 2012 Sorrel Prize. She is the author of two books.
boilerplate The post Rockets and Questions (Video) appeared first on The Tide.""",
    "authored by, on a blog": f"""\
credit Authored by Omar Dane via DanesNotebook.example,
{STORY}
boilerplate Share this article""",
    "byline with via": f"""\
headline Rockets hit depot near Varda
credit By Petra Novak, via Northern Courier
{STORY}""",
    "submitted by": f"""\
credit Submitted by Petra Novak of The Northern Courier
{STORY}
. Nobody has claimed the attack.""",
    "notice above": f"""\
headline Rockets hit depot near Varda
byline By Ana Lindqvist
credit This article was originally published by The Harbor Ledger.
{STORY}""",
    "notice below, with author": f"""\
{STORY}
credit This article by Ana Lindqvist was first published in The Harbor Ledger and is republished with permission.
boilerplate Follow us on Telegram and Facebook""",
    "Creative Commons": f"""\
{STORY}
credit This article is republished from Open Quarterly under a Creative Commons license. Read the original article.
bio Rolf Amsel, a senior lecturer in history at the University of Tarn, has written on the war in the north.""",
    "republished from": f"""\
credit Republished from Harbor Ledger with permission
{STORY}
boilerplate Advertisement
boilerplate Read more: What is known of the rockets""",
    "editor's note": f"""\
wrapper Editor’s note: We publish this report because of the public interest in the case.
{STORY}
credit A version of this story was originally published by Northern Courier.""",
    "hat tip": f"""\
{STORY}
credit h/t Mira Cole""",
    "agency footers": f"""\
{STORY}
credit (Reporting by Petra Novak in Varda and Omar Dane in the capital; Writing by Mira Cole; Editing by Rolf Amsel)
boilerplate Sign up for our morning newsletter""",
    "agency signature": f"""\
{STORY}
credit — Meridian News Agency""",
    "agency copyright": f"""\
{STORY}
credit Copyright 2021 Meridian News Agency. All rights reserved. This material may not be published or rewritten.""",
    "additional reporting": f"""\
{STORY}
credit Additional reporting by Omar Dane in the capital
credit Mira Cole contributed to this report.""",
    "source line": f"""\
{STORY}
credit Source: Meridian News Agency
boilerplate Photo: Rolf Amsel/Northern Pictures
boilerplate Tags: rockets, Varda""",
    "about the author": f"""\
{STORY}
bio About the author
bio Omar Dane edits a quarterly in the capital.
bio His last book is about rivers.""",
    "video above, crossposted": f"""\
wrapper Watch the video of our talk with the author below.
credit Cross-posted from The Harbor Ledger
{STORY}""",
    "quoted headline, from": f"""\
wrapper We bring our readers a report that most papers have passed over.
credit “Who Fired at Varda?” by Ana Lindqvist, from The Harbor Ledger
{STORY}
boilerplate If you liked this article, please share it and subscribe to our newsletter.""",
}


def unmark(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Split marked lines into the text and (kind, line) of those that are set apart."""
    lines = [line.split(" ", 1) for line in page.split("\n")]
    return "\n".join(words for _, words in lines), [(kind, words) for kind, words in lines if kind != "."]


def set_apart(text: str, **known: str) -> list[tuple[str, str]]:
    parts = text_to_wrapping(text, **known).parts  # type: ignore[arg-type]
    return [(p.kind, line) for p in parts for line in text[p.start : p.end].splitlines() if line]


@pytest.mark.parametrize("name", PAGES)
def test_each_line_is_set_apart_as_marked(name: str) -> None:
    text, expected = unmark(PAGES[name])
    assert set_apart(text) == expected


@pytest.mark.parametrize("name", PAGES)
def test_blank_lines_between_paragraphs_change_nothing(name: str) -> None:
    text, expected = unmark(PAGES[name])
    found = set_apart(text.replace("\n", "\r\n\r\n"))
    assert [pair for pair in found if pair[0] != "headline"] == [pair for pair in expected if pair[0] != "headline"]


def test_what_a_wrapped_page_says_of_itself() -> None:
    text, _ = unmark(PAGES["introduced by a quoted headline"])
    found = text_to_wrapping(text)
    assert (found.publisher, found.byline, found.headline) == (
        "The Tide",
        "Ana Lindqvist",
        "Rockets and Questions (Video)",
    )


def test_a_feed_footer_that_names_another_outlet_is_a_credit() -> None:
    text = unmark(STORY)[0] + "\nThe post Rockets and Questions appeared first on The Tide."
    assert set_apart(text, publisher="The Tide")[-1][0] == "boilerplate"
    assert set_apart(text, publisher="Morning Aggregate")[-1][0] == "credit"
    assert text_to_wrapping(text, publisher="Morning Aggregate").publisher is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Support for the government fell after the attack, and our correspondent saw protests.",
        "Follow the money, the prosecutor told the court, and you will find the general.",
        "The report was first published in 1998 by a commission that the ministry had named.",
        "The video first appeared on a channel that the militia runs, the minister said.",
        "By land, via the coast road, the column reached the town on Friday.",
        "Join forces with us or leave, the general told the villagers, according to one of them.",
        "Mira Cole is a writer who was arrested by police on Friday and released a day later.",
        "Drought could have contributed to the collapse of the bridge, engineers said.",
        "Officials, via a spokesman, denied the claim.",
        "Images via satellite showed two craters. The ministry did not comment.",
        "Copyright law was changed in March. Publishers protested.",
        "Read my lips, he said: there was no order to fire.",
        "If you like your house you can keep it, the minister promised the villagers.",
        "Source material was destroyed, the archive said.",
    ],
)
def test_news_is_not_set_apart(sentence: str) -> None:
    story = unmark(STORY)[0].split("\n")
    for at in (1, 2, len(story)):
        assert set_apart("\n".join([*story[:at], sentence, *story[at:]])) == []


def test_a_person_in_the_news_has_no_bio() -> None:
    story = unmark(STORY)[0] + "\nPolice also held Mira Cole at the depot."
    assert set_apart(story + "\nMira Cole is a journalist based in the capital.") == []


def test_lines_broken_at_equal_width_are_read_as_paragraphs() -> None:
    text = (
        "   The commander said on the radio that all of his men had left the town and\n"
        "follow us on the road north, where they would wait for orders before they go\n"
        "support our troops at the depot. He did not say who had fired the rockets and\n"
        "subscribe to no account of it.\n\n"
        "   This article was originally published by The Harbor Ledger, which has its\n"
        "own correspondent in the town of Varda.\n"
    )
    assert [kind for kind, _ in set_apart(text)][:1] == ["credit"]
    assert text_to_wrapping(text).parts[0].start == text.index("This article")


LINES = st.sampled_from([line.split(" ", 1)[1] for page in PAGES.values() for line in page.split("\n")])


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30), st.sampled_from(["\n", "\n\n", "\r\n", "\r"]))
def test_parts_lie_in_the_text_in_order_and_apart(lines: list[str], end: str) -> None:
    text = end.join(lines)
    at = 0
    for part in text_to_wrapping(text).parts:
        assert at <= part.start < part.end <= len(text)
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        at = part.end


@pytest.mark.parametrize("unit", ["(", "1", "originally ", "“", "(h/t a ", "By A ", "Ana Bo is a ", "the post "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    began = process_time()
    text_to_wrapping(unit * (1_000_000 // len(unit)))
    text_to_wrapping((unit * 40 + "\n") * (200_000 // (40 * len(unit))))
    assert process_time() - began < 20  # takes under 1 s; what backtracks takes hours
