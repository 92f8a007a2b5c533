from __future__ import annotations

from brackets import Marked, document, encoding, read_brackets
from firsthand.core.records import Mention, Part
from firsthand.mark.entities import encoding_to_entities


def entities(marked: str) -> tuple[str, list[Mention]]:
    read = read_brackets(marked)
    return read.text, encoding_to_entities(document(read.text), encoding=encoding(read))


def shown(text: str, found: list[Mention]) -> list[tuple[str, str]]:
    return [(text[m.span.start : m.span.end], m.kind) for m in found]


def test_kinds_nest() -> None:
    text, found = entities("[the [Varran]{nationality} army]{organisation} near [Ostrava]{place}")
    assert shown(text, found) == [
        ("the Varran army", "organisation"),
        ("Varran", "nationality"),
        ("Ostrava", "place"),
    ]


def test_a_span_inside_one_of_its_own_kind_comes_from_the_inner_layer() -> None:
    text, found = entities("[[Council]{organisation} of Elders]{organisation}")
    assert shown(text, found) == [("Council of Elders", "organisation"), ("Council", "organisation")]


def test_a_place_with_a_facility_for_its_head_is_both() -> None:
    text, found = entities("They left [Ostrava Prison]{place}.")
    assert shown(text, found) == [("Ostrava Prison", "facility"), ("Ostrava Prison", "place")]


def test_neighbours_stay_apart() -> None:
    text, found = entities("[Ana Verdugo]{person} [Olan Preest]{person} met")
    assert shown(text, found) == [("Ana Verdugo", "person"), ("Olan Preest", "person")]


def test_nothing_in_parts_that_are_set_apart() -> None:
    text = "Ana left. Written by Bo"
    spans = ((0, 3, "person"), (21, 23, "person"))
    part = Part(kind="bio", start=10, end=len(text))
    found = encoding_to_entities(document(text, parts=(part,)), encoding=encoding(Marked(text, spans)))
    assert shown(text, found) == [("Ana", "person")]


def test_a_name_on_either_side_of_a_paragraph_is_two() -> None:
    text = "Ana\n\nVerdugo"
    found = encoding_to_entities(document(text), encoding=encoding(Marked(text, ((0, 12, "person"),))))
    assert all("\n" not in shown_text for shown_text, _ in shown(text, found))


def test_no_words() -> None:
    assert entities("")[1] == []
    assert entities("\n \n")[1] == []
