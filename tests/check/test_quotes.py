import pytest

from firsthand.check import CheckOptions
from firsthand.check.quotes import view_to_quote_findings
from views import plain_view

FIRST = "“The brigade may move into the northern valley before the rains end,” the colonel said."


def findings(*texts):
    return view_to_quote_findings(plain_view(*texts), options=CheckOptions())


def test_a_changed_word_in_a_quotation_is_a_conflict_that_shows_both_wordings():
    (finding,) = findings(FIRST, FIRST.replace("may", "will"))
    assert finding.level == "conflict"
    assert "“may”" in finding.message and "“will”" in finding.message
    assert "how certain" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        FIRST,
        FIRST.replace("“", '"').replace("”", '"'),
        FIRST.upper(),
        "“The brigade may move into the northern valley,” the colonel said.",
        "“The brigade [of engineers] may move into the northern valley before the rains end,” he said.",
        "“The harvest was brought in before the rains and nobody went hungry,” the mayor said.",
    ],
    ids=["same", "typography", "case", "shorter", "inserted", "other words"],
)
def test_what_is_no_alteration_is_no_finding(other):
    assert findings(FIRST, other) == []


def test_copies_of_an_altered_quotation_are_told_once():
    altered = FIRST.replace("may", "will")
    assert len(findings(FIRST, altered, altered)) == 1
