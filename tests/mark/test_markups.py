from __future__ import annotations

from dataclasses import replace

import pytest

from brackets import document, encoding, read_brackets
from firsthand.core.rows import markup_to_row
from firsthand.gazetteers import open_gazetteer
from firsthand.mark import mark

MARKED = read_brackets("[Police]{source} [said]{cue} [the bridge had fallen]{content}. ")


@pytest.mark.parametrize(("more", "said"), [("", False), (" …\n\n", False), ("The mayor doubted it.", True)])
def test_what_the_net_did_not_reach_is_said(more: str, said: bool) -> None:
    one = replace(document(MARKED.text + more), published="2021-03-04", published_from="metadata")
    with open_gazetteer(()) as gazetteer:
        markup = mark(one, encoding=encoding(MARKED), gazetteer=gazetteer)
    found = [f for f in markup.findings if f.check == "unread"]
    assert bool(found) == said
    assert ("unread" in markup_to_row(one, markup, incidents=[])) == said
    for finding in found:
        assert one.text[finding.spans[0].start : finding.spans[0].end] == more
