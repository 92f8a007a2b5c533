"""Each origin is counted once: the thesis of the tool."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from firsthand.core.records import Claim, Hypothesis, Judgement, Rating
from firsthand.core.unions import origins_range
from firsthand.weigh import weigh


def claim(name, confidence="accused", *, actor=None, origins=("o1",), incident="i"):
    return Claim(
        id=f"{name}-{confidence}",
        by="t",
        incident=incident,
        property="perpetrator_group",
        value=name,
        statements=("s",),
        origins=origins,
        confidence=confidence,
        actor=actor or name,
    )


def tie(left, right, verdict):
    return Judgement(id=f"{left}{right}", by="t", kind="origin", left=left, right=right, verdict=verdict)


def standings(claims, **people):
    weighed = weigh(claims, **people)
    texts = {h.id: h.actor for h in [*weighed.hypotheses, *people.get("hypotheses", ())]}
    return {texts[s.hypothesis]: s for s in weighed.standings}


def test_an_accusation_speaks_for_its_account_and_against_the_rival():
    found = standings([claim("army", origins=("o1", "o2")), claim("rebels", origins=("o3",))])
    assert (found["army"].consistent, found["army"].inconsistent) == (2, 1)
    assert (found["rebels"].consistent, found["rebels"].inconsistent) == (1, 2)


def test_a_denial_speaks_against_its_own_account_only():
    found = standings([claim("army"), claim("army", "denied", origins=("o2",))])
    assert (found["army"].consistent, found["army"].inconsistent) == (1, 1)


def test_incidents_do_not_mix():
    found = standings([claim("army", incident="i"), claim("rebels", incident="j", origins=("o2",))])
    assert found["army"].inconsistent == 0


def test_a_persons_rating_takes_the_suggestions_place_until_withdrawn():
    claims = [claim("army")]
    hypothesis = weigh(claims).hypotheses[0]
    rating = Rating(id="r", by="person:ana", hypothesis=hypothesis.id, evidence=claims[0].id, value="II")
    assert standings(claims, ratings=[rating])["army"].inconsistent == 1
    withdrawn = replace(rating, withdrawn="2031-01-01T00:00:00Z")
    assert standings(claims, ratings=[withdrawn])["army"].consistent == 1


def test_origins_not_established_make_a_range():
    ties = [tie("a", "b", "same"), tie("b", "c", "unsure"), tie("c", "d", "different")]
    assert origins_range("abcd", ties) == (2, 3)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(["same", "unsure", "different"])
        )
    )
)
def test_low_never_exceeds_high_nor_high_the_origins(pairs):
    low, high = origins_range("abcdef", [tie(*pair) for pair in pairs])
    assert 1 <= low <= high <= 6


@given(copies=st.integers(0, 5))
def test_adding_statements_of_a_known_origin_changes_no_standing(copies):
    claims = [claim("army", origins=("o1", "o2")), claim("rebels", origins=("o3",))]
    more = [replace(c, statements=c.statements + tuple(f"copy{n}" for n in range(copies))) for c in claims]
    assert weigh(claims).standings == weigh(more).standings


def hypothesis_of(person, **fields):
    return Hypothesis(id="mine", by=f"person:{person}", incident="i", text="they did it", actor="rebels", **fields)


def test_a_persons_hypothesis_is_weighed_until_it_is_withdrawn():
    claims = [claim("army")]
    assert standings(claims, hypotheses=[hypothesis_of("ana")])["rebels"].inconsistent == 1
    gone = hypothesis_of("ana", withdrawn="2031-01-01T00:00:00Z")
    assert {s.hypothesis for s in weigh(claims, hypotheses=[gone]).standings} == {
        h.id for h in weigh(claims).hypotheses
    }


def test_a_standing_counts_the_fewest_origins_and_says_how_many_there_may_be():
    claims = [claim("army", origins=("a", "b")), claim("army", "denied", origins=("c", "d"))]
    found = standings(claims, judgements=[tie("a", "b", "unsure"), tie("c", "d", "unsure")])["army"]
    assert (found.consistent, found.inconsistent) == (1, 1)
    assert (found.origins_low, found.origins_high) == (2, 4)


def test_a_withdrawn_tie_joins_nothing():
    claims = [claim("army", origins=("a", "b"))]
    undone = replace(tie("a", "b", "same"), withdrawn="2031-01-01T00:00:00Z")
    assert standings(claims, judgements=[undone])["army"].consistent == 2


def test_a_rating_of_a_machine_is_no_persons():
    claims = [claim("army")]
    made = weigh(claims)
    rating = Rating(id="r", by="weigh@1", hypothesis=made.hypotheses[0].id, evidence=claims[0].id, value="II")
    assert standings(claims, ratings=[rating])["army"].consistent == 1


def test_a_claim_without_an_actor_suggests_nothing():
    assert weigh([replace(claim("men"), actor=None)]).standings == ()


def test_evidence_that_says_nothing_is_not_counted():
    found = standings([claim("army"), claim("rebels", "denied", origins=("o2",))])["army"]
    assert (found.evidence, found.origins_high) == (("army-accused",), 1)
