"""Numbers of people and lengths."""

import time

import pytest

from brackets import document
from firsthand.mark.quantities import document_to_quantities, value_to_bounds


def found(text: str) -> list[tuple[str, str, str]]:
    return [
        (text[m.span.start : m.span.end], m.value, m.detail["unit"]) for m in document_to_quantities(document(text))
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("At least 12 people died.", "12..", "people"),
        ("Between ten and fifteen soldiers were hurt.", "10..15", "people"),
        ("Dozens of civilians fled.", "24..", "people"),
        ("Up to 30 rebels came.", "..30", "people"),
        ("It wounded 1,200.", "1200", "people"),
        ("Twenty-one women spoke.", "21", "people"),
        ("The town lies 400 kilometers away.", "400", "km"),
        ("It fell a kilometer short.", "1", "km"),
        ("It is 10 miles off.", "16.0934", "km"),
    ],
)
def test_value_and_unit(text, value, unit):
    assert [(v, u) for _, v, u in found(text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text", ["On 16 November 1989 he spoke.", "Article 12 applies.", "He waited six years.", "No one came."]
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


def test_a_list_of_casualties_keeps_its_numbers_apart():
    assert [v for _, v, _ in found("The blast killed six and wounded 23.")] == ["6", "23"]


@pytest.mark.parametrize("hostile", ["(" * 200_000, "9" * 200_000, "two " * 50_000, "1,111" * 40_000])
def test_time_is_linear_on_hostile_text(hostile):
    began = time.process_time()
    document_to_quantities(document(hostile))
    assert time.process_time() - began < 10


def test_bounds_read_values_back():
    assert value_to_bounds("10..15") == (10, 15)
    assert value_to_bounds("..30") == (None, 30)
