"""Incidents from word lists and word order, without a net."""

import time
from dataclasses import replace

import numpy as np
import pytest

from brackets import document, encoding, read_brackets
from firsthand.core.encodings import INCIDENT_KINDS, ROLE_TAGS
from firsthand.core.records import Attribution, Mention, Part, Span
from firsthand.mark.incidents.incidents import document_to_incidents
from firsthand.mark.incidents.role_bounds import fillers_to_tidy
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.ontology import default_ontology


def read(text, *, attributions=(), published="2031-05-04", dates=(), encoding=None):
    """Incidents and their statements; `dates` are (words, EDTF) that stand in the text."""
    mentions = [
        Mention(
            id=f"date{k}",
            by="test",
            span=Span("d", text.index(words), text.index(words) + len(words)),
            kind="date",
            value=value,
        )
        for k, (words, value) in enumerate(dates)
    ]
    return document_to_incidents(
        document(text), encoding=encoding, mentions=mentions, attributions=attributions, dating=published
    )


def slots(statements, prop):
    return [s.value for s in statements if s.property == prop]


def attribution(text, source, content, factuality="CT+"):
    def span(words):
        return Span("d", text.index(words), text.index(words) + len(words))

    return Attribution(
        id="a", by="test", doc="d", source=(span(source),), cue=(), content=(span(content),), factuality=factuality,
        source_kind="named body", speaker_name=source,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "prop", "value"),
    [
        ("Masked gunmen killed two teachers in Korva.", "attack", "victim", "teachers"),
        ("Masked gunmen killed two teachers in Korva.", "attack", "perpetrator_person", "Masked gunmen"),
        ("Two teachers were murdered by the Red Army.", "attack", "perpetrator_group", "Red Army"),
        ("A powerful bomb exploded outside the embassy.", "bombing", "weapon", "powerful bomb"),
        ("Rebels kidnapped the mayor.", "kidnapping", "victim", "mayor"),
        ("The murder of the priests shocked Korva.", "attack", "victim", "priests"),
        ("Guerrillas burned nine vehicles; the soldiers fled.", "arson", "target", "vehicles"),
    ],
)
def test_who_did_what_to_whom(text, kind, prop, value):
    incidents, statements = read(text)
    assert [m.value for m in incidents] == [kind]
    assert value in slots(statements, prop)


@pytest.mark.parametrize(
    "text",
    [
        "Officials feared that rebels would kill hostages.",
        "The rebels did not kill the mayor.",
        "He wants to murder the king.",
        "He attacked the tax plan in a speech.",
        "She died of a heart attack.",
        "The band will shoot its next video in Korva.",
    ],
)
def test_no_incident(text):
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Gunmen tried to kidnap the mayor.", "attempted"),
        ("The caller threatened to kill the judge.", "threatened"),
        ("Gunmen kidnapped the mayor.", "accomplished"),
    ],
)
def test_stage(text, stage):
    assert [m.detail["stage"] for m in read(text)[0]] == [stage]


def test_date_is_the_one_in_the_sentence_and_not_when_it_was_said():
    text = "The army said on Friday that rebels killed a farmer on 3 May."
    incidents, statements = read(text, dates=[("Friday", "2031-05-04"), ("3 May", "2031-05-03")])
    assert incidents[0].detail["date"] == "2031-05-03"
    assert incidents[0].detail["date_from"] == "sentence"
    assert slots(statements, "date") == ["2031-05-03"]


def test_without_a_date_the_report_only_bounds_it():
    incidents, statements = read("Rebels killed a farmer.")
    assert incidents[0].detail["date"] == "../2031-05-04"
    assert slots(statements, "date") == []


def test_counts():
    _, statements = read("The explosion killed at least six people and wounded 23.")
    assert (slots(statements, "killed"), slots(statements, "injured")) == (["6.."], ["23"])


def test_a_toll_belongs_to_the_act_told_before_it():
    text = "A bomb exploded at the market.\n\nSmoke hung over Korva. Seven people had died by the evening."
    incidents, statements = read(text)
    assert [(s.incident, s.value) for s in statements if s.property == "killed"] == [(incidents[0].id, "7")]


def test_casualties_behind_a_blast_are_of_the_blast():
    incidents, statements = read("A bomb exploded at the market. Four persons were killed and fifteen injured.")
    assert [m.value for m in incidents] == ["bombing"]
    assert (slots(statements, "killed"), slots(statements, "injured")) == (["4"], ["15"])


def test_the_attack_points_back_to_the_blast():
    assert len(read("A bomb exploded at the market.\n\nThe attack killed six people.")[0]) == 1


def test_the_wounded_were_not_wounded_there():
    assert read("The wounded were taken to the clinic, where a nurse washed them.")[0] == []


def test_each_voice_has_its_toll():
    text = "A bomb exploded. Six people died, the army said. A nurse counted nine dead."
    _, statements = read(text, attributions=[attribution(text, "army", "Six people died")])
    assert [(s.value, s.attribution) for s in statements if s.property == "killed"] == [("6", "a"), ("9", None)]


def test_one_number_of_one_voice_is_one_statement():
    _, statements = read("Gunmen killed six people. Korva mourned the six people killed.")
    (killed,) = [s for s in statements if s.property == "killed"]
    assert len(killed.mentions) == 1


def test_as_of_a_day_is_no_date_of_the_act():
    text = "The bomb in Korva exploded on 1 May. As of 3 May six people were killed in Korva."
    incidents, _ = read(text, dates=[("1 May", "2031-05-01"), ("3 May", "2031-05-03")])
    assert [m.detail["date"] for m in incidents] == ["2031-05-01"]


def test_the_lead_is_read_behind_a_byline_without_a_full_stop():
    text = "Blast in Korva\nBy Ana Brook\nA bomb killed six people."
    parts = (Part(kind="headline", start=0, end=14), Part(kind="byline", start=15, end=27))
    _, statements = document_to_incidents(
        replace(document(text), parts=parts), encoding=None, mentions=(), attributions=(), dating="2031-05-04"
    )
    assert slots(statements, "killed") == ["6"]


def test_what_happened_long_before_is_background():
    text = "Rebels killed a farmer in March 2030."
    assert read(text, dates=[("March 2030", "2030-03")])[0][0].detail["background"]


def test_two_days_are_two_incidents_and_a_repeated_one_is_one():
    text = (
        "Rebels killed a farmer in Korva on Monday.\n\nThe murder of the farmer shocked the town.\n\n"
        "On 2 March gunmen killed two teachers."
    )
    incidents, _ = read(text, dates=[("Monday", "2031-05-03"), ("2 March", "2031-03-02")])
    assert len(incidents) == 2


@pytest.mark.parametrize(
    ("text", "source", "content", "factuality", "confidence"),
    [
        ("", "", "", "CT+", "reported as fact"),
        ("Police said {}", "Police", "{}", "CT+", "accused by authorities"),
        ("A neighbour said {}", "A neighbour", "{}", "CT+", "accused"),
        ("The Red Army said {}", "The Red Army", "{}", "CT+", "claimed"),
        ("A neighbour said {}", "A neighbour", "{}", "PS+", "possible"),
        ("The Red Army said {}", "The Red Army", "{}", "CT-", "denied"),
    ],
)
def test_confidence_rests_on_who_speaks(text, source, content, factuality, confidence):
    told = "the Red Army killed two teachers"
    said = (text or "{}").format(told) + "."
    attributions = [attribution(said, source, told, factuality)] if text else []
    _, statements = read(said, attributions=attributions)
    accused = [s for s in statements if s.property == "perpetrator_group"]
    assert [(s.value, s.confidence) for s in accused] == [("Red Army", confidence)]
    assert accused[0].attribution == ("a" if text else None)


def test_the_net_fills_roles_where_it_is_sure():
    marked = read_brackets("[Kestrel]{perpetrator_group} struck [the depot]{target} and killed men.")
    net = encoding(marked)
    for start, end, label in marked.spans:
        first, last = np.searchsorted(net.offsets[:, 0], (start, end)).tolist()
        net.roles[first:last] = -9
        net.roles[first:last, ROLE_TAGS.index(f"I-{label}")] = 0
        net.roles[first] = -9
        net.roles[first, ROLE_TAGS.index(f"B-{label}")] = 0
        net.incident_kinds[first:last] = -9
        net.incident_kinds[first:last, INCIDENT_KINDS.index("attack")] = 0
    net.relevant[:] = 0
    _, statements = read(marked.text, encoding=net)
    assert slots(statements, "perpetrator_group") == ["Kestrel"]
    assert slots(statements, "target") == ["depot"]


def test_every_span_lies_in_the_text_and_holds_the_value():
    text = "Masked gunmen killed two teachers. Police said\nthe Red\nArmy murdered a judge with a bomb."
    _, statements = read(text)
    assert statements
    for s in statements:
        assert " ".join(text[s.span.start : s.span.end].split()) == s.value or s.property in ("killed", "injured")


@pytest.mark.parametrize("hostile", ["killed " * 20_000, "Rebels killed men. " * 4_000, "(" * 100_000, "7" * 100_000])
def test_time_is_linear_on_hostile_text(hostile):
    began = time.process_time()
    read(hostile)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "text",
    [
        "Two teachers killed on Monday were murdered by masked gunmen in Korva.",
        "The murder of the teachers shocked Korva. The teachers killed that night taught there.",
    ],
)
def test_nobody_did_what_was_done_to_them(text):
    _, statements = read(text)
    assert "teachers" in {v.lower() for v in slots(statements, "victim")}
    assert not [v for v in slots(statements, "perpetrator_person") if "teachers" in v.lower()]


def test_a_description_does_not_end_with_its_participle():
    fillers = [Filler(role="perpetrator_group", span=(0, 11), sentence=0, score=0.5)]
    assert [f.span for f in fillers_to_tidy("men wearing", fillers, ontology=default_ontology())] == [(0, 3)]
    assert fillers_to_tidy("everyone", [replace(fillers[0], span=(0, 8))], ontology=default_ontology()) == []
