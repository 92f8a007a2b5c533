"""How many were killed, injured or are missing, in sentences of our own."""

import time

import pytest

from brackets import document
from firsthand.core.records import Attribution, Mention, Span
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.tolls import passages_to_tolls


def tolls(text, *, persons=(), attributions=()):
    mentions = [
        Mention(id=name, by="t", span=Span("d", text.index(name), text.index(name) + len(name)), kind="person")
        for name in persons
    ]
    return passages_to_tolls(Passages(document(text), mentions=mentions, attributions=attributions))


def told(text, **known):
    return [f"{toll.property} {toll.value}{'?' if toll.possible else ''}" for toll in tolls(text, **known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The shell killed six and wounded 23.", ["killed 6", "injured 23"]),
        ("Twenty-one miners died and thirtyfour were hurt.", ["killed 21", "injured 34"]),
        ("At least nine people were killed.", ["killed 9.."]),
        ("The mine killed more than a dozen and left up to 30 injured.", ["killed 12..", "injured ..30"]),
        ("Between ten and fifteen sailors perished.", ["killed 10..15"]),
        ("Two or three farmers were slightly wounded.", ["injured 2..3"]),
        ("Hundreds were injured.", ["injured 200.."]),
        ("Six dead, 15 wounded, two missing.", ["killed 6", "injured 15", "missing 2"]),
        ("The raid left seven villagers dead and dozens injured.", ["killed 7", "injured 24.."]),
        ("Eight U.S. soldiers have been killed.", ["killed 8"]),
        ("Three members of one family were killed.", ["killed 3"]),
        ("Two Northern Highland Liberation Movement rebels were killed.", ["killed 2"]),
        ("Five prisoners were beaten to death.", ["killed 5"]),
        ("Gunmen ambushed the van and shot dead four guards.", ["killed 4"]),
        ("Ten villagers lost their lives.", ["killed 10"]),
        ("The flood cost 12 lives.", ["killed 12"]),
        ("The murder of the two teachers shocked Korva.", ["killed 2"]),
        ("The four teachers' murder was avenged.", ["killed 4"]),
        ("There were six deaths and nine minor injuries.", ["killed 6", "injured 9"]),
        ("Three crewmen suffered burns.", ["injured 3"]),
        ("Fourteen people were treated in hospital.", ["injured 14"]),
        ("Twelve bodies were found.", ["killed 12"]),
        ("Two guards and a maid who worked there were murdered.", ["killed 3"]),
        ("Two policemen guarding the bridge were killed.", ["killed 2"]),
        ("If the killers of the six monks are found, they go to court.", ["killed 6"]),
    ],
)
def test_number_and_what_happened(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A woman and her two children were killed.", ["killed 3"]),
        ("The bomb killed one officer, four soldiers, and three civilians.", ["killed 8"]),
        ("The mayor and his two bodyguards died.", ["killed 3"]),
        ("The mine went off, injuring himself and two soldiers.", ["injured 3"]),
        ("It killed two guards and a child was hurt.", ["killed 2"]),
        ("Two guards, the cook, were killed and six wounded.", ["killed 2", "injured 6"]),
        ("At least three policemen and some 20 others were hurt.", ["injured 23.."]),
    ],
)
def test_lists_are_summed(text, expected):
    assert told(text) == expected


def test_names_in_a_list_count_as_one_and_behind_a_number_as_none():
    assert told("Ana Brook and two others were killed.", persons=["Ana Brook"]) == ["killed 3"]
    names = {"persons": ["Ana Brook", "Jo Reed"]}
    assert told("Two nurses, Ana Brook and Jo Reed, were killed.", **names) == ["killed 2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No one was hurt.", ["injured 0"]),
        ("Nobody was killed or wounded.", ["killed 0", "injured 0"]),
        ("There were no casualties.", ["killed 0", "injured 0"]),
        ("They fired on the post without causing any injuries.", ["injured 0"]),
        ("No one was seriously hurt.", []),
        ("No one else was hurt.", []),
        ("There were no reports of casualties.", []),
    ],
)
def test_nobody(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many people have died? The army says seven. A nurse told me she had counted eight.", ["7", "8"]),
        ("REED: How many were killed? BROOK: Four, we think.", ["4"]),
        ("How many people live there? The army says seven.", []),
        ("Did many people die? He says seven.", []),
    ],
)
def test_a_number_that_answers_how_many(text, expected):
    assert [toll.value for toll in tolls(text) if toll.property == "killed"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nineteen people, including ten children, were killed.", ["killed 19"]),
        ("It killed 19 people, among them three nuns, and wounded five.", ["killed 19", "injured 5"]),
        ("Six priests, five of them foreigners, were murdered.", ["killed 6"]),
        ("Two of the five hostages were killed.", ["killed 2"]),
        ("One of the four guards killed in the raid was a boy.", ["killed 4"]),
        ("Nine people died. Four were women.", ["killed 9"]),
        ("Five of the dead were dockers.", []),
        ("Seven were hurt. Three were seriously wounded.", ["injured 7"]),
        ("Six people were on the bus, two of whom were killed.", ["killed 2"]),
    ],
)
def test_some_of_those_counted_are_not_the_toll(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The death toll rose to nine.", ["killed 9"]),
        ("The toll climbed from seven to nine.", ["killed 9"]),
        ("The toll rose by two to nine.", ["killed 9"]),
        ("The raid left a toll of one wounded.", ["injured 1"]),
        ("The ministry puts the number of injured at 22.", ["injured 22"]),
        ("Two more people died, bringing the total to nine.", ["killed 9"]),
        ("Two men injured in the raid have died, bringing the number of dead to nine.", ["killed 2", "killed 9"]),
        ("Two more people died on Friday.", []),
        ("It killed four and wounded another 15.", ["killed 4", "injured 15"]),
        ("A baker was killed and two others were hurt.", ["injured 2"]),
        ("Two other men were hurt.", []),
        ("Six, not eight, people were killed.", ["killed 6"]),
        ("Six guards -- not eight -- were killed.", ["killed 6"]),
        ("It was not eight but six who died.", ["killed 6"]),
        ("Six men rather than eight men died.", []),
    ],
)
def test_running_tolls_and_corrections(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested five people and seized 12 rockets.",
        "Four rockets hit six houses.",
        "The raid damaged three cars.",
        "More than 70,000 people have been killed in the ten-year war.",
        "Since 1981 eleven reporters have been killed.",
        "Gangs have killed 300 people in the last two years.",
        "Political violence has caused 19,000 deaths.",
        "They threatened to kill ten hostages.",
        "The bomb could have been meant to kill 40 people.",
        "If ten people die, the mayor must go.",
        "The rebels did not kill six men.",
        "The two gunmen killed a guard.",
        "A 12-year-old boy was killed.",
        "John Smith, 32, was killed.",
        "He was killed 12 years ago.",
        "The mother of three, died.",
        "On 16 November killed soldiers were buried.",
        "In 1989 killings rose.",
        "Thirteen soldiers were either killed or wounded.",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert told(text) == []


def test_what_may_be_so_says_so():
    assert told("As many as 30 sailors may have died.") == ["killed ..30?"]
    assert told("Ten miners are feared dead.") == ["killed 10?"]


def test_the_span_is_the_number_and_what_it_counts():
    text = "Rockets hit a depot, killing at least four dock workers and wounding 15 others."
    assert [text[slice(*toll.span)] for toll in tolls(text)] == ["at least four dock workers", "15 others"]
    assert [text[slice(*toll.cue)] for toll in tolls(text)] == ["killing", "wounding"]


def test_a_smaller_number_of_another_voice_is_no_share():
    text = "Nine died, the clinic said. The army said six died."
    content = (Span("d", text.index("six"), len(text) - 1),)
    army = Attribution(id="a", by="t", doc="d", source=(), cue=(), content=content)
    assert told(text, attributions=[army]) == ["killed 9", "killed 6"]
    assert told(text) == ["killed 9"]


@pytest.mark.parametrize(
    "hostile", ["killed two and " * 8_000, "two of " * 20_000, ", including 2, " * 9_000, "-- (" * 9_000]
)
def test_time_is_linear_on_hostile_text(hostile):
    began = time.process_time()
    tolls(hostile)
    assert time.process_time() - began < 20
