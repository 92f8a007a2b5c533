from firsthand.check import CheckOptions
from firsthand.check.counts import view_to_count_findings
from firsthand.check.views import View
from firsthand.core.records import Claim, Copy, Document, Entity, Mention, Span, Statement


def findings(*told, text="x" * 9, copies=(), dates=()):
    """told: (day, value) per document, all of one incident."""
    documents = [
        Document(id=f"d{n}", by="t", text=text, published=f"2031-05-{d:02}" if d else None)
        for n, (d, _) in enumerate(told)
    ]
    statements = [
        Statement(id=f"s{n}", by="t", incident="m", property="killed", value=value, span=Span(f"d{n}", 0, 1))
        for n, (_, value) in enumerate(told)
    ]
    values = sorted({value for _, value in told})
    claims = [
        Claim(
            id=f"c{v}", by="t", incident="i", property="killed", value=v,
            statements=tuple(s.id for s in statements if s.value == v), origins_low=1, origins_high=2,
        )
        for v in values
    ]  # fmt: skip
    incident = Entity(id="i", by="t", kind="incident", label="fire at the depot", members=("m",))
    view = View(documents, copies=copies, marked=(dates, (), statements), across=([incident], claims))
    return view_to_count_findings(view, options=CheckOptions())


def test_numbers_that_cannot_all_be_so_are_a_conflict():
    (finding,) = findings((1, "4"), (1, "9"))
    assert finding.level == "conflict"
    assert "4 (1 to 2 origins)" in finding.message and "9" in finding.message


def test_a_toll_that_only_rises_with_the_days_is_drift():
    (finding,) = findings((1, "4"), (2, "7"), (3, "9"))
    assert finding.level == "drift"


def test_a_toll_that_falls_again_is_a_conflict():
    conflict, drift = findings((1, "4"), (2, "9"), (3, "7"))
    assert (conflict.level, drift.level) == ("conflict", "drift")
    assert conflict.about == ("c7", "c9")
    assert [span.doc for span in conflict.spans] == ["d2", "d1"]


def test_a_copy_gives_the_number_of_the_day_of_what_it_copies():
    copy = Copy(id="k", by="t", doc="d1", of="d0", kind="wire", similarity=1.0)
    told = (1, "4"), (3, "4"), (2, "7")
    assert [f.level for f in findings(*told)] == ["conflict"]
    assert [f.level for f in findings(*told, copies=[copy])] == ["drift"]


def test_a_number_holds_as_of_the_day_that_it_names():
    text = "As of Tuesday four had died."
    date = Mention(id="t", by="t", span=Span("d1", 6, 13), kind="date", value="2031-05-01")
    told = (2, "9"), (3, "4")
    assert [f.level for f in findings(*told, text=text)] == ["conflict"]
    assert [f.level for f in findings(*told, text=text, dates=[date])] == ["drift"]


def test_a_number_without_a_day_may_be_of_any():
    assert [f.level for f in findings((None, "12"), (2, "9"))] == ["drift"]


def test_at_least_four_and_six_fit():
    assert findings((1, "4.."), (1, "6"), (2, "5..8")) == []
