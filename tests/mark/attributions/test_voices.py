"""Whose words a whole text or a turn is; the dispatches are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest

from brackets import document, encoding, read_brackets
from firsthand.core.records import Attribution
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.attributions.quotations import text_to_recordings
from firsthand.mark.attributions.voices import document_to_voices
from firsthand.mark.entities import encoding_to_entities

HEAD = "LINDAL, 4 MAR 91 (RADIO VELTA) -- "


def voices(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and the first words of the content of each voice."""
    found = document_to_voices(document(text), entities=[]).drafts
    return [tuple(" ".join(text[slice(*part[0])].split()[:4]) for part in (d.source, d.cue, d.content)) for d in found]


def attribute(marked: str) -> tuple[str, list[Attribution]]:
    read = read_brackets(marked)
    one, net = document(read.text), encoding(read)
    return read.text, encoding_to_attributions(one, encoding=net, entities=encoding_to_entities(one, encoding=net))


@pytest.mark.parametrize(
    ("brackets", "source", "cue"),
    [
        ("[SPEECH] [PRESIDENT ANA RUEL] [TEXT]", "PRESIDENT ANA RUEL", "SPEECH"),
        ("[SPEECH] [PRESIDENT ANA RUEL, IN PROGRESS] [TEXT]", "PRESIDENT ANA RUEL", "SPEECH"),
        ("[COMMUNIQUE] [GENERAL COMMAND OF THE FRONT] [TEXT] [CONTINUED]", "GENERAL COMMAND OF THE", "COMMUNIQUE"),
        ("[STATEMENT BY BISHOP OLAN PREEST] [TEXT]", "BISHOP OLAN PREEST", "STATEMENT BY"),
        ("[REPORT] [COLONEL TOMAS RUEL, ARMY CHIEF] [TEXT]", "COLONEL TOMAS RUEL, ARMY", "REPORT"),
    ],
)
def test_a_text_under_a_speaker_is_that_speakers_to_its_end(brackets: str, source: str, cue: str) -> None:
    text = f"{HEAD}{brackets} WE LOST SIX MEN.\n\n   I SAY SO."
    assert voices(text) == [(source, cue, "WE LOST SIX MEN.")]
    assert document_to_voices(document(text), entities=[]).drafts[0].content[0][1] == len(text)


@pytest.mark.parametrize(
    "brackets",
    [
        "[TEXT]",
        "[COMMENTARY] [TEXT]",
        "[REPORT] [ANA VERDUGO] [TEXT]",  # a byline: the publisher's own voice
        "[COMMENTARY] [STATION CORRESPONDENT GENERAL AFFAIRS] [TEXT]",
        "[EXCERPT] [PASSAGE OMITTED]",
        "[SPEECH] [WORDS INDISTINCT] [TEXT]",
    ],
)
def test_a_byline_or_a_genre_alone_is_no_voice_but_the_publishers(brackets: str) -> None:
    assert voices(f"{HEAD}{brackets} WE LOST SIX MEN [AS HEARD] TODAY.") == []


def test_each_turn_of_an_interview_is_its_speakers() -> None:
    text = (
        f"{HEAD}[INTERVIEW WITH FRONT LEADER ANA RUEL BY UNIDENTIFIED REPORTER] [TEXT] [REPORTER] WHO FIRED?\n\n"
        "   [RUEL] THE ARMY [WORDS INDISTINCT] FIRED.  THE FRONT [LINDAL LIBERATION FRONT] DID NOT.\n\n"
        "   [REPORTER] WHEN?\n\n   [RUEL] AT DAWN."
    )
    assert voices(text) == [
        ("REPORTER", "]", "WHO FIRED?"),
        ("RUEL", "]", "THE ARMY [WORDS INDISTINCT]"),
        ("REPORTER", "]", "WHEN?"),
        ("RUEL", "]", "AT DAWN."),
    ]


def test_an_editors_insertion_is_no_turn() -> None:
    assert voices(f"{HEAD}[TEXT] THE FRONT [LFL] FIRED.\n\n   [LFL] MEN FLED.  [PASSAGE OMITTED] THEY HID.") == []


def test_i_in_a_speech_is_its_speaker_and_he_is_whoever_spoke_before() -> None:
    _, found = attribute(
        f"{HEAD}[SPEECH] [[PRESIDENT ANA RUEL]{{person}}] [TEXT] "
        "[I]{1 source} [BELIEVE]{1 cue} [THE ARMY FIRED FIRST]{1 content}. "
        "[[MR. COOK]{2 source}]{person} [SAID]{2 cue} [IT DID NOT]{2 content}. "
        "[HE]{3 source} [ADDED]{3 cue} [IT NEVER HAD]{3 content}."
    )
    voice, *rest = found
    assert [a.within for a in rest if a.within] and {a.within for a in rest} == {voice.id}
    assert [a.speaker_name for a in found] == ["ANA RUEL", "ANA RUEL", "COOK", "COOK"]
    assert voice.form == "direct"


def test_what_is_issued_is_its_issuers_to_the_end_of_a_dispatch_only() -> None:
    lead = "[THE LINDAL FRONT]{1 source} [ISSUES]{1 cue} THE FOLLOWING [STATEMENT]{1 content} ON THE FIRE: "
    rest = "THE ARMY LIT IT.\n\n   SIX DIED."
    text, (first, *_) = attribute(f"{HEAD}[TEXT] {lead}{rest}")
    assert text[first.content[0].start : first.content[0].end] == rest
    text, (first, *_) = attribute(lead + rest)
    assert text[first.content[0].start : first.content[0].end] == "STATEMENT"


def test_a_communique_named_before_a_colon() -> None:
    assert voices(f"{HEAD}[TEXT] COMMUNIQUE ISSUED BY THE NORTHERN COMMAND: WE FIRED FIRST.") == [
        ("THE NORTHERN COMMAND", "COMMUNIQUE", "WE FIRED FIRST.")
    ]


def test_a_recording_that_is_cut_off_runs_to_the_end_of_the_dispatch() -> None:
    text = "HE WAS ASKED.\n\n   [BEGIN RECORDING] [RUEL] WE FIRED.\n\n   THEY FLED."
    cuts = [0, text.index("   [BEGIN"), text.index("   THEY"), len(text)]
    (recording,) = text_to_recordings(text, paragraphs=list(pairwise(cuts)))
    assert [text[slice(*c)] for c in recording.content] == ["WE FIRED.", "THEY FLED."]


def test_a_man_is_called_by_the_first_of_his_two_surnames() -> None:
    _, found = attribute(
        "[Colonel Tomas Ruel Ortiz]{1 source} [said]{1 cue} [it sank]{1 content}. "
        "[Ruel]{2 source} [said]{2 cue} [it burned]{2 content}."
    )
    assert found[-1].speaker_name == "Tomas Ruel Ortiz"


def test_a_command_is_named_with_whose_it_is() -> None:
    _, found = attribute(
        "[The General Command of the Lowland Front]{1 source} [said]{1 cue} [it fired]{1 content}. "
        "[The Command]{2 source} [said]{2 cue} [it burned]{2 content}."
    )
    assert [a.speaker_name for a in found] == ["General Command of the Lowland Front"] * 2
