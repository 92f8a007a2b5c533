from dataclasses import replace

import pytest

from firsthand.check import CheckOptions, View
from firsthand.check.certainties import view_to_certainty_findings
from firsthand.core.records import Attribution, Claim, Copy, Document, Hop, Span, Statement

WIRE = "Hospital officials said four dockers died. Officials believed the Front may have fired on the depot."
PAPER = "Four dockers died. The Front fired on the depot."


def span(doc, text, words):
    return Span(doc, text.index(words), text.index(words) + len(words))


def statement(name, doc, text, words, **fields):
    return Statement(id=name, by="t", incident="i", property="killed", value="4", span=span(doc, text, words), **fields)


def findings(*, copies=(), hops=(), days=("2031-05-01", "2031-05-01"), prop="killed", attributed=True):
    documents = [
        Document(id="wire", by="t", text=WIRE, publisher="Aldine News", published=days[0]),
        Document(id="paper", by="t", text=PAPER, publisher="Korva Post", published=days[1]),
    ]
    said = Attribution(id="said", by="t", doc="wire", source=(), cue=(), content=())
    one = statement("a", "wire", WIRE, "four", attribution="said" if attributed else None)
    two = statement("b", "paper", PAPER, "Four")
    one, two = (replace(s, property=prop) for s in (one, two))
    claim = Claim(id="c", by="t", incident="i", property=prop, value="4", statements=("a", "b"))
    view = View(documents, copies=copies, marked=((), (said,), (one, two)), linked=(hops, ()), across=((), (claim,)))
    return view_to_certainty_findings(view, options=CheckOptions())


COPY = Copy(id="x", by="t", doc="paper", of="wire", kind="edited", similarity=0.7)
FROM_WIRE = Hop(id="h1", by="t", statement="b", position=1, name="ALDINE NEWS", kind="wire")
PAGE = Hop(id="h0", by="t", statement="b", position=0, name="Korva Post", kind="publisher")


@pytest.mark.parametrize("how", [{"copies": [COPY]}, {"hops": [PAGE, FROM_WIRE]}], ids=["copy", "chain"])
def test_a_copy_or_a_report_of_a_report_that_drops_the_source_is_drift_for_every_property(how):
    (finding,) = findings(**how)
    assert finding.level == "drift" and [s.doc for s in finding.spans] == ["wire", "paper"]
    assert findings(**how, attributed=False) == []


def test_over_time_a_toll_may_become_known_but_who_did_it_is_told():
    assert findings(days=("2031-05-01", "2031-05-02")) == []
    assert len(findings(days=("2031-05-01", "2031-05-02"), prop="cause")) == 1
    assert findings(days=("2031-05-02", "2031-05-01"), prop="cause") == []


def reused(before, after, *, sourced=False):
    """Findings where one document reuses a sentence of another; `sourced`: the first is on somebody's word."""
    documents = [
        Document(id="of", by="t", text=before, publisher="Aldine News"),
        Document(id="doc", by="t", text=after, publisher="Korva Post"),
    ]
    said = Attribution(
        id="said", by="t", doc="of", source=(Span("of", 0, 8),), cue=(), content=(Span("of", 13, len(before)),)
    )
    copy = Copy(id="x", by="t", doc="doc", of="of", kind="excerpt", similarity=0.7)
    view = View(documents, copies=[copy], marked=((), (said,) if sourced else (), ()))
    return [f.message for f in view_to_certainty_findings(view, options=CheckOptions())]


HEDGED = "Officials said the Red Column may have fired on the grain depot at night."


def test_a_word_of_doubt_left_out_of_a_reused_sentence_is_drift():
    (message,) = reused(HEDGED, "The Red Column fired on the grain depot at night, officials said.")
    assert "“may”" in message
    assert reused(HEDGED, "The Red Column might have fired on the grain depot at night, officials said.") == []
    assert reused(HEDGED, "The harvest was brought in before the rains and nobody went hungry.") == []


def test_a_source_left_out_of_a_reused_sentence_is_drift():
    sure = HEDGED.replace("may have fired", "fired")
    (message,) = reused(sure, "The Red Column fired on the grain depot at night.", sourced=True)
    assert "on the word of Official" in message
    assert reused(sure, "The Red Column fired on the grain depot at night.") == []
