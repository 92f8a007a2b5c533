from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from firsthand.mark.taggings import Habits, tags_to_spans, viterbi


def legal(tags: tuple[int, ...], breaks: list[bool]) -> bool:
    """Every I- (2, 4, …) follows its own B- or I-, and none stands at a break."""
    return all(
        not tag or tag % 2 or (k and not breaks[k] and tags[k - 1] in (tag - 1, tag)) for k, tag in enumerate(tags)
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_legal_tagging_scores_higher(seed: int) -> None:
    random = np.random.default_rng(seed)
    words, tags = 6, 5
    scores = random.normal(size=(words, tags))
    breaks = [True, *(random.random(words - 1) < 0.3).tolist()]
    habits = Habits(ties=random.normal(size=(3, tags, tags)), numbers=random.integers(0, 3, words))

    def value(found: tuple[int, ...]) -> float:
        ties = sum(habits.ties[habits.numbers[k], (0, *found)[k], tag] for k, tag in enumerate(found))
        return float(sum(scores[k, tag] for k, tag in enumerate(found)) + ties - 0.5 * sum(t % 2 for t in found))

    best = max((t for t in product(range(tags), repeat=words) if legal(t, breaks)), key=value)
    solved = viterbi(scores, breaks=np.array(breaks), begin_cost=0.5, habits=habits, sure=np.inf)
    assert tuple(solved) == best


def test_stretches_are_solved_as_if_each_stood_alone() -> None:
    random = np.random.default_rng(7)
    parts = [np.log(random.dirichlet([1.0] * 7, size=n)) for n in (1, 9, 4, 30, 2)]
    sure = np.log(np.array([[0.9999, *[0.0001 / 6] * 6]]))
    whole = np.concatenate([row for part in parts for row in (part, sure)])
    alone = [tag for part in parts for tag in [*viterbi(part, breaks=np.zeros(len(part), np.bool_)), 0]]
    assert viterbi(whole, breaks=np.zeros(len(whole), np.bool_)) == alone


def test_nothing_open_nothing_tagged() -> None:
    assert viterbi(np.zeros((0, 3)), breaks=np.zeros(0, np.bool_)) == []
    assert viterbi(np.zeros((2, 3)), breaks=np.zeros(2, np.bool_)) == [0, 0]
    assert tags_to_spans([0, 0]) == []
