"""What sources say, as statements."""

from brackets import document
from firsthand.core.records import Attribution, Span
from firsthand.mark.statements import MAX_WORDS, attributions_to_statements


def test_broken_content_is_joined_and_long_content_is_cut_but_fully_anchored():
    text = "“We\nwaited,” he said, “until dawn.” He said " + "word " * 100
    first, second = text.index("We"), text.index("until")
    broken = (Span("d", first, first + 9), Span("d", second, second + 10))
    long_one = (Span("d", text.index("word"), len(text)),)
    attributions = [
        Attribution(id="a", by="t", doc="d", source=(), cue=(), content=broken),
        Attribution(id="b", by="t", doc="d", source=(), cue=(), content=long_one, factuality="PS+"),
        Attribution(id="c", by="t", doc="d", source=(), cue=(), content=()),
    ]
    said, long = attributions_to_statements(document(text), attributions=attributions)
    assert said.value == "We waited … until dawn"
    assert (said.span.start, said.mentions[0].start) == (first, second)
    assert len(long.value.split()) == MAX_WORDS + 1
    assert long.span.end == len(text)
    assert (long.attribution, long.factuality, long.incident) == ("b", "PS+", None)
