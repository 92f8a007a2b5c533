from __future__ import annotations

import pytest

from firsthand.mark.attributions.cues import load_cues
from firsthand.mark.attributions.factualities import cue_to_factuality


@pytest.mark.parametrize(
    ("cue", "content", "value"),
    [
        ("said", "that the pier burned", "CT+"),
        ("confirmed", "that the pier burned", "CT+"),
        ("according to", "the pier burned", "CT+"),
        ("claimed", "the pier burned", "PR+"),
        ("alleges", "the pier burned", "PR+"),
        ("believes", "the pier burned", "PR+"),
        ("said", "the pier may have burned", "PS+"),
        ("said", "the pier probably burned", "PR+"),
        ("claimed", "the pier could have burned", "PS+"),
        ("suggested", "the pier probably burned", "PS+"),
        ("said", "it was unlikely the pier burned", "PR-"),
        ("denied", "that the pier burned", "CT-"),
        ("doubted", "that the pier burned", "PR-"),
        ("did not deny", "that the pier burned", "PS+"),
        ("didn’t say", "that the pier burned", "Uu"),
        ("does not believe", "that the pier burned", "PR-"),
        ("declined to say", "whether the pier burned", "Uu"),
        ("did not say", "whether the pier burned", "Uu"),
        ("said", "whether the pier burned", "Uu"),
        ("It was not clear", "who burned the pier", "Uu"),
        ("ruled out", "arson", "CT-"),
        ("could not rule out", "arson", "PS+"),
        ("asked", "whether the pier burned", "Uu"),
        ("ordered", "the pier burned", "Uu"),
        ("SAID", "THAT THE PIER MAY HAVE BURNED", "PS+"),
        (":", "pier burned", "CT+"),
        ("", "pier burned", "CT+"),
        ("zorbled", "the pier burned", "CT+"),
    ],
)
def test_scale(cue: str, content: str, value: str) -> None:
    assert cue_to_factuality(cue, content=[content])[0] == value


def test_a_later_clauses_hedge_does_not_lower() -> None:
    content = "the pier burned to the water on Monday after men in two boats came ashore, and it may be rebuilt"
    assert cue_to_factuality("said", content=[content])[0] == "CT+"


def test_a_negation_outside_the_cue_counts() -> None:
    assert cue_to_factuality("said", content=["that it burned"], before="the mayor never ")[0] == "Uu"
    assert cue_to_factuality("said", content=["that it burned"], before="nothing. The mayor ")[0] == "CT+"


def test_a_hedge_never_raises() -> None:
    order = ["PS+", "PR+", "CT+"]
    for cue in ("said", "claimed", "suggested"):
        plain = cue_to_factuality(cue, content=["it burned"])[0]
        hedged = cue_to_factuality(cue, content=["it may have burned"])[0]
        assert order.index(hedged) <= order.index(plain)


def test_the_reason_names_the_word() -> None:
    assert "“claimed”" in cue_to_factuality("has claimed", content=["it burned"])[1]


def test_every_cue_has_a_value_and_a_reason_for_each_kind() -> None:
    cues = load_cues()
    assert {"said", "told", "according to", "claim", "citing", "reportedly"} <= set(cues)
    assert all(set(cue.kinds) == set(cue.factuality) == set(cue.reason) for cue in cues.values())
    assert all(reason for cue in cues.values() for reason in cue.reason.values())


def test_long_cue_is_read_in_linear_time() -> None:
    cue_to_factuality("not " * 100_000, content=["may " * 100_000])
