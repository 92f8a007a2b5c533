import pytest

from firsthand.check import CheckOptions
from firsthand.check.evidence import view_to_evidence_findings
from firsthand.check.views import View
from firsthand.core.records import Document
from views import plain_view


def kinds(*texts):
    return [f.about[1] for f in view_to_evidence_findings(plain_view(*texts), options=CheckOptions())]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ministry has not provided any evidence for the claim.", "evidence"),
        ("No evidence was shown to reporters.", "evidence"),
        ("It was not clear who fired the rockets.", "unknown"),
        ("Nobody knows why; the cause remains unknown.", "unknown"),
        ("No group claimed the attack.", "unknown"),
        ("The governor promised a full investigation.", "investigation"),
        ("An inquiry into the fire is under way.", "investigation"),
        ("What is the evidence? None has been published.", "evidence"),
        ("It rests on findings which cannot be made public.", "evidence"),
        ("The proof must stay secret, she said.", "evidence"),
        ("The company would publish the recordings next week, he said.", "promise"),
        ("“The firing log will be published,” the general said.", "promise"),
    ],
)
def test_words_that_raise_a_question(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The evidence was shown to reporters.",
        "It was clear who fired the rockets.",
        "The investigation found two rockets.",
        "The company would not publish the recordings.",
        "The paper will publish it.",
    ],
)
def test_words_that_raise_none(text):
    assert kinds(text) == []


def test_an_inquiry_is_open_until_a_later_document_tells_of_a_result():
    promised = "The governor promised a full investigation."
    assert kinds(promised, "Harvest was poor.") == ["investigation"]
    assert kinds(promised, "The investigation concluded that a fuse had failed.") == []
    assert kinds("The investigation concluded that a fuse had failed.", promised) == ["investigation"]


def test_a_promise_is_open_until_a_later_document_tells_that_it_was_kept():
    promised = "The company would publish the recordings next week."
    assert kinds(promised, "The ministry published its budget.") == ["promise"]
    assert kinds(promised, "On Friday the company published the recordings.") == []
    assert kinds("On Friday the company published the recordings.", promised) == ["promise"]


def test_a_copied_sentence_raises_its_question_once():
    assert kinds("No evidence was shown to reporters.", "No evidence was shown to reporters.") == ["evidence"]


def at(*told):
    """Kinds asked about, of documents published at these moments."""
    view = View(Document(id=f"d{n}", by="t", text=text, published=when) for n, (when, text) in enumerate(told))
    return [f.about[1] for f in view_to_evidence_findings(view, options=CheckOptions())]


@pytest.mark.parametrize(
    ("promised", "kept"),
    [
        ("The governor promised a full investigation.", "The investigation concluded that a fuse had failed."),
        ("The company would publish the recordings next week.", "The company published the recordings."),
    ],
)
def test_only_a_later_day_answers(promised, kept):
    assert len(at(("2031-05-01T08:00:00Z", promised), ("2031-05-02T07:00:00Z", kept))) == 0
    assert len(at(("2031-05-01T08:00:00Z", promised), ("2031-05-01T23:00:00Z", kept))) == 1
    assert len(at(("2031-05-01T08:00:00Z", promised), (None, kept))) == 1
