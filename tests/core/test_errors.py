from pathlib import Path

import pytest

from firsthand.core.errors import damaged, error_to_line
from firsthand.mark.quantities import value_to_bounds


def test_a_line_for_a_bug_report_says_where_in_our_own_code():
    with pytest.raises(ValueError) as caught:
        value_to_bounds("many")
    line = error_to_line(caught.value, during="firsthand 1.0, mark")
    assert line.startswith("firsthand 1.0, mark, ValueError at mark/quantities.py:")
    assert line.endswith("could not convert string to float: 'many'")


def test_an_error_from_elsewhere_names_no_place_and_long_words_are_cut():
    line = error_to_line(KeyError("x" * 500), during="link")
    assert line.startswith("link, KeyError: 'xxx") and len(line) == len("link, KeyError: ") + 200


def test_damage_is_one_sentence_of_bounded_length():
    said = str(damaged(Path("a.case"), "table claims, row 7", "broken\n  twice " + "y" * 500))
    assert said.startswith("a.case is damaged (table claims, row 7: broken twice yyy") and len(said) < 400
