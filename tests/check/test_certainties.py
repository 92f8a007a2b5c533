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
    assert len(findings(days=("2031-05-01", "2031-05-02"), prop="weapon")) == 1
    assert findings(days=("2031-05-02", "2031-05-01"), prop="weapon") == []


def test_a_word_of_doubt_left_out_between_copied_words_is_drift():
    spans = tuple(
        (span("paper", PAPER, words), span("wire", WIRE, words)) for words in ("the Front"[4:], "fired on the")
    )
    (finding,) = [f for f in findings(copies=[replace(COPY, spans=spans)]) if f.unit == "words"]
    assert "“may”" in finding.message
    kept = [f for f in findings(copies=[replace(COPY, spans=((spans[0][0], spans[0][1]),))]) if f.unit == "words"]
    assert kept == []
