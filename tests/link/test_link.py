"""Linking end to end: what is one incident, who is one actor, and that a copy is no origin."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.core.records import Copy
from firsthand.link import Linked, LinkOptions, link
from link.cases import Report, as_copy, copied, mark, person


def linked(marks, copies=(), judgements=(), options=None) -> Linked:
    return link(marks[0], copies=copies, marked=marks[1:], judgements=judgements, options=options or LinkOptions())


def incidents(result):
    return sorted((e.detail["documents"], e.label) for e in result.entities if e.kind == "incident")


def accused(result):
    return {c.value: (c.origins_low, c.origins_high) for c in result.claims if c.property == "perpetrator_group"}


A = Report("a")


def test_two_reports_of_one_day_place_and_victim_are_one_incident_and_another_victim_is_not():
    other = Report("c", victim="Judge Orme", date="2031-05-20", town="Silt")
    result = linked(mark(A, Report("b", speaker="Osk Varn"), other))
    assert [n for n, _ in incidents(result)] == [1, 2]
    main = [e for e in result.entities if e.kind == "incident" and e.detail["main"]]
    assert [e.date for e in main] == ["2031-05-03"]


def test_a_title_alone_is_no_name():
    other = Report("c", victim="Bishop Orme", date=None)
    assert [n for n, _ in incidents(linked(mark(A, other)))] == [1, 1]


def test_a_given_name_alone_joins_no_two_people_and_a_surname_on_the_day_does():
    """Names are compared as names: "Luis" in two victims' names says nothing once each has a surname of his own."""
    luis = replace(A, victim="Luis Tarn")
    other = Report("c", victim="Luis Orme", date="2031-05-20", town="Silt")
    assert [n for n, _ in incidents(linked(mark(luis, other)))] == [1, 1]
    assert [n for n, _ in incidents(linked(mark(luis, Report("b", victim="Tarn"))))] == [2]


def test_a_list_of_murders_joins_no_two_incidents_whose_reports_agree_on_days():
    """Reports that name both victims stand between two incidents: that is offered to a person, and joins nothing."""
    first = [Report(f"a{k}", publisher=f"Paper {k}", victim="Luis Tarn") for k in range(6)]
    late = {"victim": "Sela Orme", "date": "2031-07-20", "published": "2031-07-21", "town": "Silt"}
    second = [Report(f"b{k}", publisher=f"Post {k}", **late) for k in range(4)]
    marks = mark(*first, *second)
    lists = [
        replace(s, id=f"more-{s.id}", value="Luis Tarn")
        for s in marks[3]
        if s.value == "Sela Orme" and s.span.doc in ("b0", "b1")
    ]
    marks[3].extend(lists)
    result = linked(marks)
    assert [n for n, _ in incidents(result)] == [4, 6]


def test_a_report_cannot_tell_of_what_happened_after_it():
    early = Report("b", date=None, published="2031-04-01", victim="a farmer")
    assert [n for n, _ in incidents(linked(mark(replace(A, victim="a farmer"), early)))] == [1, 1]


def test_a_retrospective_report_that_names_the_victim_in_full_joins_and_a_surname_in_one_report_does_not():
    late = Report("b", victim="Luis Tarn", date=None, published="2032-01-01")
    told = [Report(name, publisher=f"Paper {name}", victim="Luis Tarn") for name in ("a", "c")]
    assert [n for n, _ in incidents(linked(mark(*told, late)))] == [3]
    assert [n for n, _ in incidents(linked(mark(A, replace(late, victim="Tarn"))))] == [1, 1]


def test_named_speakers_are_independent_and_one_speaker_in_two_papers_is_one_origin():
    assert accused(linked(mark(A, Report("b", speaker="Osk Varn")))) == {"Northern Front": (2, 2)}
    assert accused(linked(mark(A, Report("b", publisher="Valley Post")))) == {"Northern Front": (1, 1)}


def test_unnamed_sources_are_not_established():
    officials = [
        Report(x, publisher=f"Paper {x}", speaker="an official", source_kind="unnamed") for x in ("a", "b", "c")
    ]
    assert accused(linked(mark(*officials))) == {"Northern Front": (1, 3)}
    assert accused(linked(mark(A, Report("d", speaker="Osk Varn"), *officials[1:]))) == {"Northern Front": (2, 4)}


def test_a_speaker_who_is_accused_elsewhere_is_an_interested_party():
    rival = Report("b", speaker="Northern Front", accused="army")
    result = linked(mark(A, rival))
    assert {o.name: o.interested for o in result.origins} == {"Ana Ruiz": False, "Northern Front": True}


def test_chain_runs_from_publisher_over_relay_to_source():
    result = linked(mark(Report("a", relay="Radio Korva")))
    for statement in {h.statement for h in result.hops}:
        chain = [(h.position, h.name, h.kind) for h in result.hops if h.statement == statement]
        assert chain == [
            (0, "Daily Bell", "publisher"),
            (1, "Radio Korva", "relay"),
            (2, "Ana Ruiz", "named person"),
        ]


def test_copied_own_words_rest_on_the_first_publisher():
    base = Report("a", speaker=None)
    marks, copy = copied(mark(base), as_copy(base, "b"), of="a")
    result = linked(marks, [copy])
    assert {o.name for o in result.origins} == {"Daily Bell"}
    assert [(h.name, h.kind) for h in result.hops if h.statement in result.claims[0].statements and h.position] == [
        ("Daily Bell", "republished")
    ]


def test_a_denial_is_a_claim_of_its_own():
    denial = Report("b", speaker="Northern Front", confidence="denied")
    result = linked(mark(A, denial))
    kinds = sorted(c.confidence for c in result.claims if c.property == "perpetrator_group")
    assert kinds == ["accused", "denied"]


def test_a_denial_without_another_source_rests_on_the_accused():
    result = linked(mark(Report("a", speaker=None, confidence="denied")))
    (claim,) = [c for c in result.claims if c.property == "perpetrator_group"]
    chain = [(h.name, h.kind) for h in result.hops if h.statement in claim.statements]
    assert chain == [("Daily Bell", "publisher"), ("Northern Front", "named body")]


def chain_of(result, prop="perpetrator_group"):
    claim = next(c for c in result.claims if c.property == prop)
    return [(h.name, h.kind) for h in result.hops if h.statement in claim.statements]


def test_a_denial_that_somebody_else_passes_on_rests_on_the_accused_through_them():
    assert chain_of(linked(mark(replace(A, confidence="denied")))) == [
        ("Daily Bell", "publisher"),
        ("Ana Ruiz", "relay"),
        ("Northern Front", "named body"),
    ]
    own = replace(A, speaker="Northern Front Command", accused="Northern Front", confidence="denied")
    assert [name for name, _ in chain_of(linked(mark(own)))] == ["Daily Bell", "Northern Front Command"]


@pytest.mark.parametrize(("relay", "last"), [(None, ("Daily Bell", "publisher")), ("Osk Varn", ("Osk Varn", "outlet"))])
def test_we_is_whoever_speaks_already(relay, last):
    report = replace(A, relay=relay, speaker="We", source_kind="unnamed")
    assert chain_of(linked(mark(report)))[-1] == last


def test_a_body_that_speaks_in_its_commands_words_is_no_further_hop():
    report = replace(A, relay="Command of the Grey League", speaker="Grey League", source_kind="named body")
    assert [name for name, _ in chain_of(linked(mark(report)))] == ["Daily Bell", "Command of the Grey League"]


def test_an_acronym_joins_where_a_text_prints_both():
    reports = [Report("a", accused="Northern Liberation Front (NLF)"), Report("b", accused="NLF")]
    marks = mark(*reports)
    long = replace(marks[3][0], value="Northern Liberation Front")
    marks[3][0] = long
    assert len({c.actor for c in linked(marks).claims if c.property == "perpetrator_group"}) == 1
    marks[0][0] = replace(marks[0][0], text=marks[0][0].text.replace("(NLF)", "     "))
    assert len({c.actor for c in linked(marks).claims if c.property == "perpetrator_group"}) == 2


def test_a_person_splits_and_merges_and_the_machine_gives_way():
    marks = mark(A, Report("b", speaker="Osk Varn"), Report("c", victim="Judge Orme", date="2031-05-20", town="Silt"))
    a, b, c = (m.id for m in marks[1])
    split = linked(marks, judgements=[person("incident", a, b, "different")])
    assert [n for n, _ in incidents(split)] == [1, 1, 1]
    merged = linked(marks, judgements=[person("incident", a, c, "same")])
    assert [n for n, _ in incidents(merged)] == [3]
    entity = next(e.id for e in split.entities if e.kind == "incident" and a in e.members)
    by_entity = linked(marks, judgements=[person("incident", entity, c, "same")])
    assert [n for n, _ in incidents(by_entity)] == [3]
    undone = replace(person("incident", a, b, "different"), withdrawn="2031-07-01")
    assert linked(marks, judgements=[undone]).entities == linked(marks).entities


SPEAKERS = st.sampled_from(
    [("Ana Ruiz", "named person"), ("Osk Varn", "named person"), ("an official", "unnamed"), (None, "")]
)
REPORTS = st.lists(
    st.builds(
        lambda who, victim, accused, date, publisher: (who, victim, accused, date, publisher),
        SPEAKERS,
        st.sampled_from(["Bishop Tarn", "Judge Orme", "farmers"]),
        st.sampled_from(["Northern Front", "army"]),
        st.sampled_from(["2031-05-03", "2031-04-20", None]),
        st.sampled_from(["Daily Bell", "Valley Post", None]),
    ),
    min_size=1,
    max_size=6,
)


def build(drawn):
    return [
        Report(f"d{k}", speaker=who, source_kind=kind, victim=victim, accused=accused, date=date, publisher=publisher)
        for k, ((who, kind), victim, accused, date, publisher) in enumerate(drawn)
    ]


def counts(result):
    return sorted((c.property, c.value, c.confidence or "", c.origins_low, c.origins_high) for c in result.claims)


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.integers(0, 5), st.integers(1, 3))
def test_adding_copies_of_a_document_changes_no_origin_count(drawn, which, times):
    reports = build(drawn)
    original = reports[which % len(reports)]
    marks = mark(*reports)
    before = counts(linked(marks))
    copies: list[Copy] = []
    for k in range(times):
        marks, copy = copied(marks, as_copy(original, f"x{k}"), of=original.id)
        copies.append(copy)
    assert counts(linked(marks, copies)) == before


@settings(max_examples=30, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_order_changes_nothing(drawn, rng):
    marks = mark(*build(drawn))
    shuffled = tuple(rng.sample(part, len(part)) for part in marks)
    assert linked(marks) == linked(shuffled)


@pytest.mark.parametrize("n", [400])
def test_many_reports_are_not_compared_pair_by_pair(n, monkeypatch):
    import firsthand.link.incidents as module

    calls = 0
    plain = module.compare

    def counted(*args, **kwargs):
        nonlocal calls
        calls += 1
        return plain(*args, **kwargs)

    monkeypatch.setattr(module, "compare", counted)
    linked(mark(*(Report(f"d{k}", victim=f"Bishop T{k}arn", date=f"2031-05-{k % 28 + 1:02d}") for k in range(n))))
    assert calls < n * 2 * LinkOptions().compared
