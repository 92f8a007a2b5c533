"""Who says what somebody else denies, and two sources of one content; the sentences are invented."""

from __future__ import annotations

import pytest

from brackets import document, encoding, read_brackets
from firsthand.mark.attributions.attributions import encoding_to_attributions
from firsthand.mark.entities import encoding_to_entities


def chain(marked: str) -> list[list[str]]:
    """Source, cue and content of each attribution, the outer one first."""
    read = read_brackets(marked)
    one, net = document(read.text), encoding(read)
    found = encoding_to_attributions(one, encoding=net, entities=encoding_to_entities(one, encoding=net))
    ids = {a.id: a for a in found}
    depth = {a.id: 0 if a.within is None else 1 for a in found}
    assert all(a.within is None or a.within in ids for a in found)
    return [
        [" … ".join(read.text[s.start : s.end] for s in part) for part in (a.source, a.cue, a.content)]
        for a in sorted(found, key=lambda a: depth[a.id])
    ]


@pytest.mark.parametrize(
    ("content", "inner"),
    [
        (
            "the [Lowland Front]{organisation}’s charges against his officers",
            ["Lowland Front", "charges", "against his officers"],
        ),
        ("the rebels’ claim that his men fired", ["the rebels’", "claim", "that his men fired"]),
        (
            "reports carried by [Radio Velta]{organisation} that his men fired",
            ["Radio Velta", "reports", "that his men fired"],
        ),
        ("the hasty versions that claim his men fired", ["hasty versions", "claim", "his men fired"]),
    ],
)
def test_who_accuses_is_kept_inside_a_denial(content: str, inner: list[str]) -> None:
    outer, *rest = chain(f"[General Ruel]{{source}} [rejected]{{cue}} [{content}]{{content}}.")
    assert outer[:2] == ["General Ruel", "rejected"]
    assert rest == [inner]


def test_a_denial_of_what_nobody_says_has_nothing_inside() -> None:
    assert len(chain("[General Ruel]{source} [denied]{cue} [that his men fired]{content}.")) == 1


@pytest.mark.parametrize(("source", "outer"), [("autopsies", "Ruel"), ("Radio Velta", "Radio Velta")])
def test_a_document_is_nearer_than_who_speaks_of_it_and_an_outlet_further(source: str, outer: str) -> None:
    found = chain(
        f"[Ruel]{{1 source}} [said]{{1 cue}} [[two groups came,]{{2 content}}]{{1 content}} "
        f"[according to]{{2 cue}} [{source}]{{2 source}}."
    )
    assert [f[0] for f in found] == [outer, *({"Ruel", source} - {outer})]
