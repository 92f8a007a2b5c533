"""Who is one actor across documents, and who is none."""

from dataclasses import replace

import pytest

from firsthand.core.records import Document
from firsthand.link import link
from firsthand.link.aliases import names_to_aliases
from firsthand.link.names import canonical, names_nobody
from link.cases import Report, mark


def linked(*reports, country="Ruritania", texts=()):
    marks = mark(*reports)
    marks[1][:] = [replace(m, detail={**m.detail, "place": [country, "Korva"]}) for m in marks[1]]
    for doc, more in texts:
        at = next(k for k, d in enumerate(marks[0]) if d.id == doc)
        marks[0][at] = replace(marks[0][at], text=f"{marks[0][at].text} {more}")
    return link(marks[0], marked=marks[1:])


def actors(result):
    """Names accused, by actor; those of no actor last."""
    grouped = {}
    for claim in result.claims:
        if claim.property == "perpetrator_group":
            grouped.setdefault(claim.actor, []).append(claim.value)
    return sorted(sorted(names) for actor, names in grouped.items() if actor), sorted(grouped.get(None, []))


def test_words_for_a_countrys_forces_are_one_actor_but_each_its_own_claim():
    reports = [Report(str(n), accused=a) for n, a in enumerate(["the army", "soldiers", "members of the armed forces"])]
    assert actors(linked(*reports)) == ([["members of the armed forces", "soldiers", "the army"]], [])


def test_the_army_of_one_country_is_not_that_of_another():
    here, there = Report("a", accused="the army"), Report("b", accused="the army", victim="Judge Orme", town="Silt")
    marks = mark(here, there)
    marks[1][1] = replace(marks[1][1], detail={**marks[1][1].detail, "place": ["Borduria", "Silt"]})
    assert len({c.actor for c in link(marks[0], marked=marks[1:]).claims if c.property == "perpetrator_group"}) == 2


def test_the_guerrillas_are_the_group_that_texts_call_so_if_there_is_one():
    reports = [Report(x, accused="Northern Front") for x in "abc"] + [Report("d", accused="guerrillas")]
    texts = [(x, "Northern Front guerrillas hold the hills.") for x in "abc"]
    assert actors(linked(*reports, texts=texts)) == ([["Northern Front", "guerrillas"]], [])
    assert actors(linked(*reports)) == ([["Northern Front"], ["guerrillas"]], [])


@pytest.mark.parametrize("words", ["they", "men", "some of its members", "murderers of the bishop"])
def test_words_that_name_nobody_are_claims_without_an_actor(words):
    assert actors(linked(Report("a", accused=words))) == ([], [words])


def test_an_accused_whom_more_reports_name_as_the_victim_is_no_actor():
    victims = [Report(x, victim="the nuns", accused="Northern Front") for x in "abc"]
    slip = Report("d", victim="Bishop Tarn", accused="nuns")
    marks = mark(*victims, slip)
    marks[3][-1] = replace(marks[3][-1], value="the nuns")
    assert actors(link(marks[0], marked=marks[1:])) == ([["Northern Front"]], ["nuns"])


def test_canonical_names():
    assert canonical("Northern Front [NF]") == "northern front"
    assert canonical("some 30 unidentified men in uniform") == "men in uniform"
    assert not names_nobody("death squads")


@pytest.mark.parametrize(
    ("names", "score"),
    [
        ({"tarn": {"a"}, "osk tarn": {"a"}}, 0.85),
        ({"tarn": {"a"}, "osk tarn": {"b"}}, 0.6),
        ({"osk tarn": {"a"}, "osk velius tarn": {"b"}}, 0.85),
        ({"tarn": {"a"}, "osk tarn": {"a"}, "ana tarn": {"b"}}, None),
    ],
    ids=["surname beside", "surname elsewhere", "middle name", "two bearers"],
)
def test_a_shorter_name_is_the_only_longer_one(names, score):
    found = names_to_aliases(names, people=names.keys(), documents={})
    assert [a.score for a in found] == ([score] if score else [])


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Colonel Osk Velius Tarn was held. Tarn denied it.", 0.85),
        ("Osk was held beside Velius. Tarn denied it.", 0.6),
    ],
)
def test_a_full_name_stands_beside_the_surname_with_a_middle_name_too(text, score):
    names = {"tarn": {"a"}, "osk tarn": {"b"}}
    (found,) = names_to_aliases(names, people=names.keys(), documents={"a": Document(id="a", by="test", text=text)})
    assert found.score == score


def test_one_speaker_under_a_short_and_a_full_name_is_one_origin():
    full, short = Report("a", speaker="Osk Varn"), Report("b", speaker="Varn", publisher="Valley Post")
    texts = [("b", "Osk Varn is the mayor.")]
    claims = [c for c in linked(full, short, texts=texts).claims if c.property == "perpetrator_group"]
    assert [(c.origins_low, c.origins_high) for c in claims] == [(1, 1)]
    apart = [c for c in linked(full, short).claims if c.property == "perpetrator_group"]
    assert [(c.origins_low, c.origins_high) for c in apart] == [(1, 2)]
