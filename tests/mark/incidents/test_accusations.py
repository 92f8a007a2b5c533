"""Who is named as the perpetrator in words other than those of violence."""

import re

import pytest

from firsthand.core.records import Attribution, Document, Mention, Span, Statement
from firsthand.mark.incidents.accusations import mentions_to_accusations


def accusations(bracketed, *, told=True, content=None, statements=()):
    """(name, confidence) of the accusations; [brackets] are organisations, the incident stands at the first word."""
    text, spans, at = "", [], 0
    for match in re.finditer(r"\[([^\]]*)\]", bracketed):
        text += bracketed[at : match.start()]
        spans.append(Span("d", len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        at = match.end()
    text += bracketed[at:]
    mentions = [Mention(id=f"m{n}", by="t", span=span, kind="organisation") for n, span in enumerate(spans)]
    if told:
        mentions.append(Mention(id="i", by="t", span=Span("d", 0, 5), kind="incident", value="attack"))
    said = []
    if content:
        start = text.index(content)
        words = (Span("d", start, start + len(content)),)
        said = [
            Attribution(
                id="a",
                by="t",
                doc="d",
                source=(),
                cue=(),
                content=words,
                factuality="PR+",
                speaker_name="Interior Minister",
            )
        ]
    document = Document(id="d", by="t", text=text)
    found = mentions_to_accusations(document, mentions=mentions, attributions=said, statements=statements)
    return [(s.value, s.confidence) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rockets hit the depot. The town blamed the [Red Column].", [("Red Column", "accused")]),
        ("Rockets hit the depot. A paper attributed the attack to the [Red Column].", [("Red Column", "accused")]),
        ("Rockets hit the depot. They were fired by a cell of the [Red Column].", [("Red Column", "reported as fact")]),
        ("Rockets hit the depot. The [Red Column] may have fired on it.", [("Red Column", "possible")]),
        ("Rockets hit the depot. The [Red Column] denied it.", [("Red Column", "denied")]),
        (
            "Rockets hit the depot. Raids on the [Red Column], which they were blaming, began.",
            [("Red Column", "accused")],
        ),
        (
            "Rockets hit the depot. She said the [Red Column] on [Gull Head] fired the rockets.",
            [("Red Column", "reported as fact")],
        ),
        ("Rockets hit the depot. Somebody at [Gull Head] fired the rockets.", []),
        ("Rockets hit the depot. The [Red Column] did not fire on the town.", [("Red Column", "denied")]),
        (
            "Rockets hit the depot. The attack that the [Red Column] launched failed.",
            [("Red Column", "reported as fact")],
        ),
        ("Rockets hit the depot. The [Red Column] denied that the talks had failed.", []),
        ("Rockets hit the depot. The inquiry carried out by the [Red Column] goes on.", []),
        ("Rockets hit the depot. The mayor declined to blame the [Red Column].", []),
        ("Rockets hit the depot. The mayor accused the [Red Column] of lying about the price of bread.", []),
        (
            "Rockets hit the depot. The mayor accused the [Red Column] of killing two men.",
            [("Red Column", "accused by authorities")],
        ),
        ("Rockets hit the depot. The [Red Column] launched a campaign for schools.", []),
        (
            "Rockets hit the depot. The [Red Column] denied this and accused the [army].",
            [("Red Column", "denied"), ("army", "accused")],
        ),
    ],
)
def test_constructions(text, expected):
    assert accusations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit the depot. The [Red Column] runs a school.",
        "Rockets hit the depot. The mayor thanked the [Red Column] for its help.",
    ],
)
def test_a_name_with_other_words_around_it_is_accused_of_nothing(text):
    assert accusations(text) == []


def test_a_group_that_no_net_has_seen_is_known_by_its_capitals():
    assert accusations("Rockets hit the depot. The town blamed the Red Column.") == [("Red Column", "accused")]


def test_an_official_word_makes_it_an_accusation_by_authorities():
    text = "Rockets hit the depot. The minister said the [Red Column] was behind the attack."
    said = accusations(text, content="the Red Column was behind the attack")
    assert said == [("Red Column", "accused by authorities")]


def test_without_an_incident_there_is_nothing_to_be_accused_of():
    assert accusations("The town blamed the [Red Column] for the weather.", told=False) == []


@pytest.mark.parametrize("nobody", ["Everyone", "those", "others", "Any one"])
def test_words_that_name_nobody_are_not_accused(nobody):
    assert accusations(f"Rockets hit the depot. The town blamed [{nobody}].") == []


def test_nobody_is_accused_of_what_was_done_to_them():
    text = "Rockets hit the depot. The town accused the [dockers] of it."
    victim = Statement(id="v", by="t", incident="i", property="victim", value="Dockers", span=Span("d", 0, 5))
    assert accusations(text) == [("dockers", "accused")]
    assert accusations(text, statements=[victim]) == []
