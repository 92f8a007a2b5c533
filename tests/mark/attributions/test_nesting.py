from __future__ import annotations

from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from brackets import Marked, document, encoding, read_brackets
from firsthand.core.records import Span
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.attributions.clauses import tokens_to_clauses
from firsthand.mark.attributions.phrases import text_to_tokens


def _load() -> ModuleType:
    spec = util.spec_from_file_location("chains", Path(__file__).parent / "nested" / "chains.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHAINS = _load()
GRAMMAR_FLOOR = 0.80
"""Of the tuning sentences, with the printed outermost attribution given and no net; 0.92 on 2026-11-22."""


def outer_only(marked: Marked) -> Marked:
    """What a net taught on outermost attributions would be sure of; in relays, the speaker's own."""
    chain = CHAINS.chain_of(marked)
    told = chain.get("1.1", {}).get("cue") == chain["1"]["cue"] and chain["1"]["cue"]
    spans = [(a, b, f"1 {r}") for r, v in chain["1.1" if told else "1"].items() for a, b in v]
    return Marked(marked.text, tuple(spans))


def test_grammar_alone_finds_most_chains_around_a_given_outer_attribution() -> None:
    right = []
    for _, marked in CHAINS.load("tuning.txt"):
        net = encoding(outer_only(marked))
        found = encoding_to_attributions(document(marked.text), encoding=net, entities=[])
        right.append(CHAINS.is_right(marked.text, CHAINS.chain_of(marked), found))
    assert sum(right) / len(right) >= GRAMMAR_FLOOR


def test_sets_are_large_enough_and_share_no_sentence() -> None:
    held, tuning = ({m.text for _, m in CHAINS.load(name)} for name in ("heldout.txt", "tuning.txt"))
    assert len(held) == 50
    assert len(tuning) >= 100
    assert not held & tuning


def test_a_chain_is_right_only_if_it_is_tied() -> None:
    marked = read_brackets(
        "[Velta]{1 source} [said]{1 cue} [[Bo]{1.1 source} [said]{1.1 cue} [it sank]{1.1 content}]{1 content}."
    )
    one = document(marked.text)
    found = encoding_to_attributions(one, encoding=encoding(outer_only(marked)), entities=[])
    chain = CHAINS.chain_of(marked)
    assert CHAINS.is_right(marked.text, chain, found)
    outer, inner = found
    assert inner.within == outer.id
    assert not CHAINS.is_right(marked.text, chain, [outer])


@pytest.mark.parametrize(
    "sentence",
    [
        "The crew left the ship before the storm came.",
        "His claim to the land is old.",
        "He said no more.",
        "I think we should go home now.",
        "The order of the day was read aloud.",
        "It was a fair show.",
    ],
)
def test_grammar_would_rather_find_nothing(sentence: str) -> None:
    assert [c for c in tokens_to_clauses(text_to_tokens(sentence, 0, len(sentence))) if c.cue_word != "said"] == []


@pytest.mark.parametrize("text", ["said " * 20_000, "he said that " * 10_000, "according to " * 10_000,
                                  "the claim by " * 10_000, "had " * 40_000 + "said",
                                  "X citing " * 10_000])  # fmt: skip
def test_hostile_text_stays_linear(text: str) -> None:
    tokens_to_clauses(text_to_tokens(text, 0, len(text)))
    spans = ((0, 1, "source"), (2, 3, "cue"), (4, len(text), "content"))
    encoding_to_attributions(document(text), encoding=encoding(Marked(text, spans)), entities=[])


def chain(marked: str) -> list[tuple[str, str, str, str | None]]:
    """Source, cue, content of each attribution and the source of the one that it stands in."""
    read = read_brackets(marked)
    found = encoding_to_attributions(document(read.text), encoding=encoding(read), entities=[])

    def words(spans: tuple[Span, ...]) -> str:
        return " … ".join(read.text[s.start : s.end] for s in spans)

    outer = {a.id: words(a.source) for a in found}
    return [(words(a.source), words(a.cue), words(a.content), outer.get(a.within or "")) for a in found]


def test_a_newspaper_that_was_told_stands_between_publisher_and_speaker() -> None:
    told = "[Two officers]{source} [told]{cue} the Harbour Gazette on Monday [that the pier was mined]{content}."
    assert chain(told) == [
        ("the Harbour Gazette", "told", "that the pier was mined", None),
        ("Two officers", "told", "that the pier was mined", "the Harbour Gazette"),
    ]


@pytest.mark.parametrize("hearer", ["reporters", "the court", "his radio audience", "host Ada Lind"])
def test_hearers_that_publish_nothing_are_no_relay(hearer: str) -> None:
    assert len(chain(f"[Two officers]{{source}} [told]{{cue}} {hearer} [that the pier was mined]{{content}}.")) == 1


def test_a_report_from_somebody_needs_no_verb_and_no_net() -> None:
    text = "All there was is a Lantern report from “security sources that the pier had been ‘mined,’” which Bo read."
    assert chain(text) == [
        ("a Lantern", "report", "that the pier had been ‘mined,’”", None),
        ("security sources", "from", "that the pier had been ‘mined,’”", "a Lantern"),
    ]


def test_a_headline_names_its_source_before_a_colon() -> None:
    assert chain("Minister: pier was mined\n\nThe pier burned.") == [("Minister", ":", "pier was mined", None)]
    assert chain("Update: pier was mined\n\nThe pier burned.") == []


def test_citing_something_that_cannot_speak_is_no_source() -> None:
    marked = "[The port]{source} [said]{cue} [it would close]{content}, citing safety concerns."
    assert len(chain(marked)) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It repeated his claim that rebels had fired.", ("his", "that rebels had fired")),
        ("The army's claim that rebels had fired was old.", ("The army's", None)),
    ],
)
def test_whose_a_noun_is(sentence: str, expected: tuple[str, str | None]) -> None:
    found = [c for c in tokens_to_clauses(text_to_tokens(sentence, 0, len(sentence))) if c.cue_word == "claim"]
    assert [sentence[slice(*c.source)] if c.source else None for c in found] == [expected[0]]
    assert expected[1] is None or expected[1] in sentence[slice(*found[0].content)]
