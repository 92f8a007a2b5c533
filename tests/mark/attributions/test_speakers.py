from __future__ import annotations

import pytest

from brackets import document, encoding, read_brackets
from firsthand.core.records import Attribution, Mention, Span
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.attributions.sources import words_to_source
from firsthand.mark.entities import encoding_to_entities


def resolve(marked: str) -> tuple[str, list[Attribution]]:
    read = read_brackets(marked)
    one, net = document(read.text), encoding(read)
    entities = encoding_to_entities(one, encoding=net)
    return read.text, encoding_to_attributions(one, encoding=net, entities=entities)


def last(marked: str) -> tuple[str | None, str | None, str]:
    """Where the last attribution's source is named in full, its name, its kind."""
    text, found = resolve(marked)
    a = found[-1]
    return (text[a.speaker.start : a.speaker.end] if a.speaker else None), a.speaker_name, a.source_kind


ANA = "[Police Chief Ana Verdugo]{1 source} [said]{1 cue} [it sank]{1 content}. "
OLAN = "[Olan Preest, the harbour master,]{2 source} [said]{2 cue} [it burned]{2 content}. "
TAIL = " [said]{9 cue} [the crew fled]{9 content}."


@pytest.mark.parametrize(
    ("before", "source", "speaker"),
    [
        (ANA, "She", "Police Chief Ana Verdugo"),
        (ANA, "Verdugo", "Police Chief Ana Verdugo"),
        (ANA, "Ms. Verdugo", "Police Chief Ana Verdugo"),
        (ANA + OLAN, "He", "Olan Preest, the harbour master,"),
        (ANA + OLAN, "Verdugo", "Police Chief Ana Verdugo"),
        (OLAN, "The harbour master", "Olan Preest, the harbour master,"),
        ("[Gen. Tomas Ruel]{1 source} [said]{1 cue} [it sank]{1 content}. ", "The general", "Gen. Tomas Ruel"),
        (
            "[The Defence Ministry]{1 source} [said]{1 cue} [it sank]{1 content}. ",
            "The ministry",
            "The Defence Ministry",
        ),
        (
            "[A senior official]{1 source} [said]{1 cue} [it sank]{1 content}. ",
            "The same official",
            "A senior official",
        ),
    ],
)
def test_short_forms_lead_to_the_full_one(before: str, source: str, speaker: str) -> None:
    assert last(before + f"[{source}]{{9 source}}" + TAIL)[0] == speaker


def test_gender_keeps_a_pronoun_from_the_last_speaker() -> None:
    mr = "[Mr. Olan Preest]{2 source} [said]{2 cue} [it burned]{2 content}. "
    ms = "[Ms. Ana Verdugo]{1 source} [said]{1 cue} [it sank]{1 content}. "
    assert last(ms + mr + "[She]{9 source}" + TAIL)[1] == "Ana Verdugo"


def test_a_full_name_needs_no_speaker() -> None:
    assert last(ANA) == (None, "Ana Verdugo", "named person")


@pytest.mark.parametrize("source", ["He", "They", "The general", "It"])
def test_nobody_to_stand_for_is_an_abstention_with_a_reason(source: str) -> None:
    marked = f"The pier burned. [{source}]{{9 source}}{TAIL}"
    assert last(marked)[:2] == (None, None)
    assert resolve(marked)[1][-1].reason


def test_two_people_of_one_surname_are_not_guessed_between() -> None:
    bo = "[Bo Verdugo]{2 source} [said]{2 cue} [it burned]{2 content}. "
    assert last(ANA + bo + "[Verdugo]{9 source}" + TAIL)[0] is None


def test_a_pronoun_does_not_reach_back_over_pages() -> None:
    assert last(ANA + "The pier was built of oak. " * 60 + "[She]{9 source}" + TAIL)[0] is None


def test_a_cue_without_a_source_goes_on_with_the_speaker_before() -> None:
    speaker, name, kind = last(ANA[:-2] + ", [adding]{9 cue} [that the crew fled]{9 content}.")
    assert (speaker, name, kind) == ("Police Chief Ana Verdugo", "Ana Verdugo", "named person")


def test_a_passive_without_a_source_stays_implicit() -> None:
    assert last(ANA + "It [was reported]{9 cue} [that the crew fled]{9 content}.") == (None, None, "implicit")


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("Defence Minister Olan Preest", "named person", "Olan Preest"),
        ("Preest’s press secretary, Ana Verdugo", "named person", "Ana Verdugo"),
        ("Gen. Omar al-Tikriti", "named person", "Omar al-Tikriti"),
        ("the Harbour Gazette", "outlet", "Harbour Gazette"),
        ("Reuters", "outlet", "Reuters"),
        ("state radio", "outlet", None),
        ("the Defence Ministry", "named body", "Defence Ministry"),
        ("Police", "named body", "Police"),
        ("two police officers", "unnamed", None),
        ("Preest aides", "unnamed", None),
        ("a spokeswoman for the coast guard", "unnamed", None),
        ("security sources", "unnamed", None),
        ("three witnesses", "witness", None),
        ("residents of Ostrava", "witness", None),
        ("a leaked memo", "document", None),
        ("the inquiry’s report", "document", None),
    ],
)
def test_source_kind(words: str, kind: str, name: str | None) -> None:
    found = words_to_source(words, (0, len(words)))
    assert (found.kind, found.name) == (kind, name)
    assert found.reason


def test_many_sources_stay_linear() -> None:
    resolve((ANA + "[He]{3 source} [said]{3 cue} [no]{3 content}. ") * 400)


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("Ana Verdugo, Olan Preest and Minister Cook", "named person", None),
        ("Verdugo and her aides", "named person", None),
        ("a friend of Ana Verdugo", "unnamed", None),
        ("the mayor of Port Aldane", "unnamed", None),
        ("a spokeswoman for Red Lantern, Ana Verdugo", "named person", "Ana Verdugo"),
        ("the captain’s testimony", "document", None),
        ("the Velta news agency", "outlet", "Velta news agency"),
    ],
)
def test_a_name_is_the_sources_own(source: str, kind: str, name: str | None) -> None:
    found = words_to_source(source, (0, len(source)))
    assert (found.kind, found.name) == (kind, name)


def test_they_goes_on_being_whoever_it_was() -> None:
    rebels = "[The rebels]{1 source} [said]{1 cue} [it sank]{1 content}. "
    they = "[They]{2 source} [said]{2 cue} [the guards fled]{2 content}. "
    i = "[I]{3 source} [think]{3 cue} [the priests did not]{3 content}. "
    assert last(rebels + they + i + "[They]{9 source}" + TAIL)[0] == "The rebels"


def test_he_in_what_somebody_is_said_to_say_is_that_somebody() -> None:
    text, found = resolve(
        "Olan Preest waited. [Mr. Cook]{source} [said]{cue} [that he does not know if it sank]{content}."
    )
    speaker = found[-1].speaker
    assert found[-1].within and speaker and text[speaker.start : speaker.end] == "Mr. Cook"


def test_a_surname_is_of_the_kind_it_mostly_has() -> None:
    person = "[Verdugo]{person} left. [Verdugo]{person} came. "
    assert last(person + "[[Verdugo]{organisation}]{9 source}" + TAIL)[2] == "named person"


def test_who_is_told_is_no_source() -> None:
    _, found = resolve("[The guards]{source} [were told]{cue} [that it sank]{content}.")
    assert [a.source for a in found] == [()]


def named(words: str, capitals: bool = False, **mentions: str) -> tuple[str | None, str]:
    """Name and kind of a source, given the mentions in it by kind."""
    found = [
        Mention(id=k, by="t", kind=k, span=Span("d", words.index(part), words.index(part) + len(part)))
        for k, part in mentions.items()
    ]
    source = words_to_source(words, (0, len(words)), mentions=found, capitals=capitals)
    return source.name, source.kind


@pytest.mark.parametrize(
    ("words", "mentions", "name", "kind"),
    [
        ("New Velta Archbishop Ana Ruel", {"place": "New Velta", "person": "Ana Ruel"}, "Ana Ruel", "named person"),
        ("the Peruvian general", {"nationality": "Peruvian"}, None, "unnamed"),
        ("Ruel, a former deputy and current chief of the Works Board", {"person": "Ruel"}, "Ruel", "named person"),
        ("Ana Ruel [Works Board secretary]", {"person": "Ana Ruel"}, "Ana Ruel", "named person"),
        ("preliminary results issued by the Works Board", {"organisation": "Works Board"}, None, "document"),
    ],
)
def test_what_stands_around_a_name_is_not_of_it(words: str, mentions: dict, name: str | None, kind: str) -> None:
    assert named(words, **mentions) == (name, kind)


def test_a_second_surname_in_capitals_belongs_to_the_name() -> None:
    assert named("MSGR ANA RUEL Y VARRA", capitals=True, person="ANA RUEL") == ("ANA RUEL Y VARRA", "named person")


def test_they_is_whoever_has_spoken_before_who_is_only_spoken_of() -> None:
    text, found = resolve(
        "[[The Works Board]{1 source}]{organisation} [said]{1 cue} [it burned]{1 content}. [Ana Verdugo]{2 source} "
        "[said]{2 cue} [the rebels]{2 content} fled. [They]{9 source} [added]{9 cue} [that it sank]{9 content}."
    )
    speaker = found[-1].speaker
    assert speaker and text[speaker.start : speaker.end] == "The Works Board"
