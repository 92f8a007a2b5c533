from __future__ import annotations

import numpy as np
import pytest

from brackets import Marked, document, encoding, read_brackets
from firsthand.core.records import Attribution, Part, Span
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.attributions.quotations import text_to_quotations, text_to_recordings


def attribute(marked: str, **fields: object) -> tuple[str, list[Attribution]]:
    read = read_brackets(marked)
    found = encoding_to_attributions(document(read.text, **fields), encoding=encoding(read), entities=[])
    return read.text, found


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[s.start : s.end] for s in spans]


def parts(text: str, a: Attribution) -> tuple[list[str], list[str], list[str]]:
    return words(text, a.source), words(text, a.cue), words(text, a.content)


def test_links_and_not_distance_decide_which_cue_a_content_hangs_on() -> None:
    text, found = attribute(
        "[Ada]{1 source} [denied]{1 cue} it, [Bo]{2 source} [said]{2 cue}, [that the shed burned]{1 content}"
        " [on Monday]{2 content}."
    )
    assert [parts(text, a) for a in found] == [
        (["Ada"], ["denied"], ["that the shed burned"]),
        (["Bo"], ["said"], ["on Monday"]),
    ]


def test_content_interrupted_by_its_source_is_one_attribution() -> None:
    text, found = attribute("[“We saw it,”]{1 content} [she]{1 source} [said]{1 cue}, [“and we ran.”]{1 content}")
    assert [parts(text, a) for a in found] == [(["she"], ["said"], ["“We saw it,”", "“and we ran.”"])]
    assert found[0].form == "direct"


def test_two_cues_share_one_source() -> None:
    marked = read_brackets("[He]{1 source} [said]{1 cue} [no]{1 content} and [added]{2 cue} [maybe]{2 content}.")
    net = encoding(marked)
    net.link_query[0] = [1.0, 1.0, 0.0]
    found = encoding_to_attributions(document(marked.text), encoding=net, entities=[])
    assert [words(marked.text, a.source) for a in found] == [["He"], ["He"]]
    assert len({a.id for a in found}) == 2


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("“[The pier is gone]{content},” [he]{source} [said]{cue}.", "“The pier is gone,”"),
        ('"[The pier is gone]{content}," [he]{source} [said]{cue}.', '"The pier is gone,"'),
        ("''[The pier is gone]{content},'' [he]{source} [said]{cue}.", "''The pier is gone,''"),
        ("[He]{source} [said]{cue} [it was “a pity]{content}”.", "it was “a pity”"),
        ("[He]{source} [called]{cue} “it” [a pity]{content}.", "a pity"),
    ],
)
def test_quotation_marks_balance(marked: str, content: str) -> None:
    text, found = attribute(marked)
    assert words(text, found[0].content) == [content]


def test_spans_never_cut_a_word() -> None:
    marked = read_brackets("[Kowalczykowska]{source} [said]{cue} [no]{content}.")
    whole = encoding(marked)
    cut = {"offsets": np.array([[0, 5], [5, 14], *whole.offsets[1:].tolist()], np.int32)}
    for name in ("windows", "attribution", "link_query", "link_key", "entities", "entities_inner", "toponyms", "roles"):
        values = getattr(whole, name)
        cut[name] = np.concatenate([values[:1], values])
    rest = ("incident_kinds", "confidences", "stages", "relevant", "sentences", "embeddings")
    pieces = type(whole)(**cut, **{name: getattr(whole, name) for name in rest})
    pieces.attribution[1] = whole.attribution[-1]  # the net is sure that the second piece is outside
    found = encoding_to_attributions(document(marked.text), encoding=pieces, entities=[])
    assert all(s.start in (0, 15, 20) for a in found for s in (*a.source, *a.cue, *a.content))


def test_an_inside_tag_without_a_beginning_is_read_as_one_span() -> None:
    marked = read_brackets("[He]{source} [said]{cue} [the pier is gone]{content}.")
    net = encoding(marked)
    net.attribution[2, 5], net.attribution[2, 6] = -3.0, -0.1
    text, found = marked.text, encoding_to_attributions(document(marked.text), encoding=net, entities=[])
    assert words(text, found[0].content) == ["the pier is gone"]


def test_nothing_runs_over_a_paragraph_or_into_boilerplate() -> None:
    text = "He said the pier\n\nis gone. Subscribe now"
    spans = ((0, 2, "source"), (3, 7, "cue"), (8, len(text), "content"))
    part = Part(kind="boilerplate", start=text.index("Subscribe"), end=len(text))
    found = encoding_to_attributions(document(text, parts=(part,)), encoding=encoding(Marked(text, spans)), entities=[])
    assert words(text, found[0].content) == ["the pier"]


def test_quotation_that_runs_over_paragraphs_goes_on() -> None:
    text = "“One,” he said.\n\n“Two is open.\n\n“Three closes it.” Four."
    paragraphs = [(0, 17), (17, 32), (32, len(text))]
    found = text_to_quotations(text, paragraphs=paragraphs)
    assert [(text[q.start : q.end], q.closed, q.continues) for q in found] == [
        ("“One,”", True, False),
        ("“Two is open.", False, False),
        ("“Three closes it.”", True, True),
    ]


def test_a_quotation_that_goes_on_where_the_net_sees_no_cue_belongs_to_whoever_began_it() -> None:
    marked = read_brackets(
        "[Ada Lind]{source} [said]{cue}: [“The pier burned all night.]{content}\n\n"
        "[“Then it fell into the sea.”]{content}\n\nNobody was hurt."
    )
    whole = encoding(marked, window=10)
    found = encoding_to_attributions(document(marked.text), encoding=whole, entities=[])
    assert [parts(marked.text, a)[2] for a in found] == [
        ["“The pier burned all night.", "“Then it fell into the sea.”"]
    ]


def test_a_quotation_alone_has_the_speaker_before_and_no_source() -> None:
    marked = read_brackets(
        "[Ada Lind]{source} [said]{cue} [it fell]{content} in.\n\n"
        "[“Nobody was hurt that night.”]{content}\n\nIt rained."
    )
    found = encoding_to_attributions(document(marked.text), encoding=encoding(marked, window=7), entities=[])
    assert parts(marked.text, found[1]) == ([], [], ["“Nobody was hurt that night.”"])
    assert found[1].speaker_name == "Ada Lind"


def test_recorded_speech_is_direct_speech_of_the_voice_in_brackets() -> None:
    text = (
        "HE ARRIVED.\n\n[BEGIN RECORDING] [GENERAL ABARCA] WE FOUND THE [PRESIDENT'S] CAR. [WORDS INDISTINCT] YES.\n\n"
        "IT WAS EMPTY. [REPORTER] WHEN? [END RECORDING]\n\nHE LEFT."
    )
    _, found = attribute(text)
    assert [parts(text, a) for a in found] == [
        (
            ["GENERAL ABARCA"],
            ["BEGIN RECORDING"],
            ["WE FOUND THE [PRESIDENT'S] CAR. [WORDS INDISTINCT] YES.", "IT WAS EMPTY."],
        ),
        (["REPORTER"], ["BEGIN RECORDING"], ["WHEN?"]),
    ]
    assert {a.form for a in found} == {"direct"}


def test_what_is_said_in_a_recording_stands_within_it() -> None:
    text, found = attribute(
        "[BEGIN RECORDING] [ABARCA] [THE CREW]{source} [SAID]{cue} [IT SANK]{content}. [END RECORDING]"
    )
    recording, inner = found
    assert parts(text, inner)[0] == ["THE CREW"]
    assert inner.within == recording.id


@pytest.mark.parametrize(
    ("content", "form"),
    [("“It sank”", "direct"), ("that it sank", "indirect"), ("that it “sank like a stone” at dawn", "mixed")],
)
def test_form(content: str, form: str) -> None:
    _, found = attribute(f"[He]{{source}} [said]{{cue}} [{content}]{{content}}.")
    assert found[0].form == form


def test_cue_without_content_is_left_out() -> None:
    assert attribute("[He]{1 source} [said]{1 cue}.")[1] == []


def test_same_input_same_ids() -> None:
    marked = "[He]{source} [said]{cue} [it sank]{content}."
    assert attribute(marked)[1] == attribute(marked)[1]


@pytest.mark.parametrize("text", ["", " \n\n ", "\"" * 30_000, "“" * 30_000, "“”" * 20_000, "[" * 30_000,
                                  "[BEGIN RECORDING] " * 3_000, "[BEGIN RECORDING] [X] " * 3_000, "''" * 20_000,
                                  "said " * 20_000, "\n\n" * 20_000])  # fmt: skip
def test_hostile_text_neither_fails_nor_hangs(text: str) -> None:
    empty = encoding(Marked(text, ()))
    found = encoding_to_attributions(document(text), encoding=empty, entities=[])
    assert all(0 <= s.start < s.end <= len(text) for a in found for s in a.content)
    text_to_recordings(text, paragraphs=[(0, len(text))])


def test_all_content_of_repeated_words_stays_linear() -> None:
    text = "he said " * 4_000
    spans = (*((i, i + 7, "content") for i in range(0, len(text), 80)), (3, 7, "cue"))
    encoding_to_attributions(document(text), encoding=encoding(Marked(text, spans)), entities=[])
