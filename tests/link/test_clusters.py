"""Judgements to clusters."""

from firsthand.link.clusters import judgements_to_clusters, make_judgement
from link.cases import person


def same(left, right, score=0.9):
    return make_judgement("actor", (left, right), verdict="same", score=score, reason="test")


def test_a_person_who_puts_two_apart_stops_every_path_between_them():
    machine = [same("a", "b"), same("b", "c"), same("c", "d")]
    clusters = judgements_to_clusters("actor", list("abcd"), [*machine, person("actor", "a", "d", "different")])
    assert not any({"a", "d"} <= set(cluster) for cluster in clusters)
    assert sorted(x for cluster in clusters for x in cluster) == list("abcd")


def test_the_surest_judgement_wins_where_not_all_can_hold():
    machine = [same("a", "b", 0.6), same("b", "c", 0.9)]
    clusters = judgements_to_clusters("actor", list("abc"), [*machine, person("actor", "a", "c", "different")])
    assert clusters == [("a",), ("b", "c")]


def test_the_later_of_a_persons_verdicts_holds():
    both = [person("actor", "a", "b", "different", "2031-01-01"), person("actor", "a", "b", "same", "2031-01-02")]
    assert judgements_to_clusters("actor", ["a", "b"], both) == [("a", "b")]


def test_unsure_merges_nothing():
    unsure = make_judgement("actor", ("a", "b"), verdict="unsure", score=0.9, reason="test")
    assert judgements_to_clusters("actor", ["a", "b"], [unsure]) == [("a",), ("b",)]
