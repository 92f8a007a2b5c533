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


def level(text, printed, **places):
    return [f.level for f in findings(text, printed, **places)]


def test_a_tenth_is_let_pass_and_no_more():
    assert (level(TEXT, "379"), level(TEXT, "380")) == (["note"], ["conflict"])
    assert (level(TEXT, "311"), level(TEXT, "310")) == (["note"], ["conflict"])


def test_five_kilometres_are_let_pass_and_no_more():
    near = (40.0, 20.2)  # 17.1 km
    assert (level(TEXT, "22", there=near), level(TEXT, "22.2", there=near)) == (["note"], ["conflict"])


def test_an_area_is_as_wide_as_it_is():
    for extent, expected in ((119, "conflict"), (121, "note")):
        view = view_of(TEXT, place(*OSTRAVA), quantity("512", "km"), place(*KELMIS) | {"detail": {"extent_km": extent}})
        (finding,) = view_to_distance_findings(view, options=CheckOptions())
        assert finding.level == expected, extent


def test_a_place_six_words_on_is_meant_and_seven_are_too_far():
    words = "away to the north east of"
    assert level(f"[Ostrava] lies [340 km] {words} [Kelmis].", "340") == ["note"]
    assert level(f"[Ostrava] lies [340 km] {words} distant [Kelmis].", "340") == []


def test_the_nearest_place_before_the_number_is_compared():
    text = "From [Aldin], [Ostrava] lies [340 km] away from [Kelmis]."
    view = view_of(text, place(10.0, 10.0), place(*OSTRAVA), quantity("340", "km"), place(*KELMIS))
    (finding,) = view_to_distance_findings(view, options=CheckOptions())
    assert finding.level == "note"
