from firsthand.check import CheckOptions
from firsthand.check.distances import view_to_distance_findings
from views import place, quantity, view_of

TEXT = "The depot at [Ostrava] lies [400 kilometres] away from [Kelmis], the ministry said."
OSTRAVA, KELMIS = (40.0, 20.0), (40.0, 24.0)  # 341 km apart on the WGS 84 ellipsoid


def findings(text, printed, *, here=OSTRAVA, there=KELMIS):
    view = view_of(text, place(*here), quantity(printed, "km"), place(*there))
    return view_to_distance_findings(view, options=CheckOptions())


def test_a_distance_that_the_map_does_not_bear_out_is_a_conflict_with_its_working():
    (finding,) = findings(TEXT, "500")
    assert finding.level == "conflict"
    assert 340 < finding.measured < 343
    assert finding.expected == 500
    assert "400 kilometres" in finding.message


def test_a_distance_within_rounding_agrees():
    (finding,) = findings(TEXT, "350")
    assert finding.level == "note"


def test_a_range_is_compared_by_its_middle():
    (finding,) = findings(TEXT, "300..380")
    assert (finding.level, finding.expected) == ("note", 340)


def test_a_bound_is_no_distance():
    assert findings("The depot at [Ostrava] lies within [10 km] of [Kelmis].", "10") == []


def test_two_names_for_one_place_are_not_compared():
    assert findings(TEXT, "400", there=OSTRAVA) == []


def test_a_place_in_the_next_sentence_is_not_meant():
    assert findings("The depot at [Ostrava] lies [400 km] away. From [Kelmis] came no word.", "400") == []
