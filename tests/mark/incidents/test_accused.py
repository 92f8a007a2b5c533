"""Which group is written down for which act of a report, and how surely; by hand-made fillers, without a net."""

import re

import pytest

from brackets import document
from firsthand.core.records import Attribution, Mention, Span
from firsthand.core.text import fold
from firsthand.mark.incidents.accused import acts_to_accused
from firsthand.mark.incidents.acts import Act
from firsthand.mark.incidents.confidence_signs import SIGNS, Report, group_to_signs, signs_to_shares, strongest_signs
from firsthand.mark.incidents.groups import Group, candidates_to_groups
from firsthand.mark.incidents.passages import Passages
from firsthand.mark.incidents.role_candidates import Candidate
from firsthand.mark.incidents.role_filters import choose
from firsthand.mark.incidents.role_phrases import Filler
from firsthand.mark.incidents.rows import markup_to_incident_rows
from firsthand.mark.incidents.triggers import sentences_to_triggers
from firsthand.mark.ontology import default_ontology


def read(text, *groups, likely=0.9, cue="", attributions=()):
    """Passages, one act a trigger's sentence, and a group a name wherever it stands."""
    passages = Passages(document(text), attributions=attributions)
    acts = {}
    for trigger in sentences_to_triggers(passages.sentences, default_ontology()):
        act = acts.setdefault(trigger.sentence, Act(sentences={trigger.sentence}))
        act.kinds[trigger.kind] = 1.0
        act.triggers.append(trigger)
    named = []
    for name in groups:
        fillers = [
            Filler(role="perpetrator_group", span=m.span(), sentence=passages.number(m.start()), score=likely, cue=cue)
            for m in re.finditer(re.escape(name), text)
        ]
        names = {fold(name): tuple(f.span for f in fillers)}
        named.append(Group(name=name, names=names, fillers=fillers, likely=likely, tagged=likely))
    return passages, list(acts.values()), named


def accused(text, *groups, **options):
    passages, acts, named = read(text, *groups, **options)
    return acts_to_accused(passages, acts, groups=named)


def said(text, source, content):
    def span(words):
        return Span("d", text.index(words), text.index(words) + len(words))

    return Attribution(
        id="a", by="test", doc="d", source=(span(source),), cue=(), content=(span(content),), speaker_name=source
    )


SERIES = "The Dawn Column bombed a mill in Korva. Grenades were thrown. Hours later the bank of Lesk was bombed."


def test_who_is_named_once_for_a_series_did_them_all():
    first, second = accused(SERIES, "Dawn Column")
    assert [(a.name, a.carried) for a in first] == [("Dawn Column", False)]
    assert [(a.name, a.carried) for a in second] == [("Dawn Column", True)]
    assert second[0].share < first[0].share
    assert second[0].spans == ((4, 15),), "it leads to the words that name it"


def test_a_doubtful_group_is_not_carried():
    first, second = accused(SERIES, "Dawn Column", likely=0.5)
    assert first
    assert not second


def test_an_act_that_names_its_own_takes_no_other():
    text = "The Dawn Column bombed a mill in Korva. Hours later the Night League bombed the bank of Lesk."
    assert [[a.name for a in act] for act in accused(text, "Dawn Column", "Night League")] == [
        ["Dawn Column"],
        ["Night League"],
    ]


@pytest.mark.parametrize("case", [str, str.upper])
@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("The Dawn Column claimed responsibility for the bombing of the mill.", "claimed"),
        ("The Dawn Column has accepted full responsibility for the bombing of the mill.", "claimed"),
        ("The Dawn Column bombed the mill on Sunday.", "reported as fact"),
        ("Suspected members of the Dawn Column bombed the mill; villagers blamed them.", "accused"),
    ],
)
def test_confidence_by_the_words_in_any_case(text, confidence, case):
    ((group,),) = accused(case(text), case("Dawn Column"))
    assert group.confidence == confidence
    assert group.signs or confidence == "reported as fact", "it says why"


def test_denied_by_every_voice_is_denied():
    text = "The Dawn Column denied the bombing of the mill."
    ((group,),) = accused(text, "Dawn Column", cue="denied")
    assert (group.confidence, group.signs) == ("denied", ("words",))


def test_an_authority_s_word_weighs_towards_accused_by_authorities():
    text = "Police said that the Dawn Column bombed the mill."
    shares = []
    for attributions in ((), [said(text, "Police", text[17:-1])]):
        passages, (act,), (group,) = read(text, "Dawn Column", attributions=attributions)
        signs = group_to_signs(Report(passages), act, group=group, others=0)
        shares.append(signs_to_shares(signs)["accused by authorities"])
    assert shares[1] > shares[0]


@pytest.mark.parametrize(
    ("name", "other"),
    [("Shining Path", "Dawn Committee"), ("armed forces", "Dawn Committee")],
)
def test_who_is_known_to_fight_is_likelier_to_be_meant(name, other):
    known, unknown = (
        accused(f"In Korva the mill was bombed. The {n} is strong there.", n, likely=0.35) for n in (name, other)
    )
    assert known[0]
    assert not unknown[0]


def test_a_group_is_all_its_names():
    """Acronym and long form are one group, a span belongs to the likelier name, a target is not lost sight of."""
    text = "The National Dawn Front (NDF) bombed a mill. The NDF held the mayor. The mill burned."
    strings = [("the national dawn front", 0.2), ("dawn front", 0.1), ("ndf", 0.4), ("mill", 0.05), ("mayor", 0.01)]
    candidates = [_candidate(text, name) for name, _ in strings]
    candidates.append(_candidate(text, "mill", role="target"))
    first, second = candidates_to_groups(text, candidates, [*(share for _, share in strings), 0.7])
    assert (first.name, first.likely, sorted(first.names)) == ("NDF", 0.4, ["dawn front", "national dawn front", "ndf"])
    assert [text[slice(*f.span)] for f in first.fillers] == ["National Dawn Front", "NDF", "NDF"]
    assert (second.name, second.struck, first.struck) == ("mill", 0.7, 0.0)


def test_a_listed_name_is_printed_before_a_likelier_one():
    text = "The guerrilla group Shining Path bombed a mill. The group fled."
    candidates = [_candidate(text, name) for name in ("guerrilla group shining path", "shining path")]
    (group,) = candidates_to_groups(text, candidates, [0.4, 0.3])
    assert group.name == "Shining Path"
    assert [text[slice(*span)] for span in group.names["shining path"]] == ["Shining Path"]


def _candidate(text, name, role="perpetrator_group"):
    spans = [m.span() for m in re.finditer(name, text, re.IGNORECASE)]
    numbers = [text.count(". ", 0, start) for start, _ in spans]
    return Candidate(role=role, name=name, spans=spans, numbers=numbers, scores=[0.5] * len(spans))


def test_shares_sum_to_one_and_signs_speak_for_them():
    signs = tuple(float(sign == "claim") for sign in SIGNS)
    assert sum(signs_to_shares(signs).values()) == pytest.approx(1)
    assert strongest_signs(signs, "claimed") == ["claim"]


def test_a_group_is_one_with_its_article_and_without():
    """Neither string is likely enough alone; together they are."""
    both = [
        Candidate(role="perpetrator_group", name=name, spans=[span], numbers=[0], scores=[0.5])
        for name, span in (("the column", (0, 10)), ("column", (4, 10)))
    ]
    assert len(choose(both, [0.2, 0.2], keep={"perpetrator_group": 0.26})) == 1
    assert not choose(both[:1], [0.2], keep={"perpetrator_group": 0.26})


def test_rows_hold_the_groups_of_the_whole_report():
    from firsthand.core.records import Markup

    text = SERIES
    detail = {
        "coded": True,
        "accused": [{"name": "Dawn Column", "mentions": [[4, 15]], "confidence": "accused", "share": 0.7, "signs": []}],
    }
    incident = Mention(
        id="i", by="mark.incidents@1+encoder", span=Span("d", 16, 22), kind="incident", value="bombing", detail=detail
    )
    (row,) = markup_to_incident_rows(document(text), Markup(doc="d", mentions=(incident,)), muc4=True)
    assert row["roles"]["perpetrator_group"] == [
        {"text": "Dawn Column", "mentions": [[4, 15]], "mentions_text": ["Dawn Column"], "confidence": "accused"}
    ]
