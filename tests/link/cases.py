"""Small invented cases for tests of linking: documents with their marks made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from firsthand.core.ids import make_id
from firsthand.core.records import Attribution, Copy, Document, Judgement, Mention, Span, Statement


@dataclass(frozen=True)
class Report:
    """One document that tells one incident: `{speaker} said {accused} killed {victim} in {town}.`"""

    id: str
    publisher: str | None = "Daily Bell"
    published: str = "2031-05-04"
    speaker: str | None = "Ana Ruiz"
    source_kind: str = "named person"
    accused: str = "Northern Front"
    victim: str = "Bishop Tarn"
    town: str = "Korva"
    date: str | None = "2031-05-03"
    confidence: str = "accused"
    relay: str | None = None

    @property
    def text(self) -> str:
        """The words."""
        said = f"{self.speaker} said " if self.speaker else ""
        relayed = f"{self.relay} reported that " if self.relay else ""
        return f"{relayed}{said}{self.accused} killed {self.victim} in {self.town}."


Marks = tuple[list[Document], list[Mention], list[Attribution], list[Statement]]


def mark(*reports: Report) -> Marks:
    """Documents and marks of reports."""
    marks: Marks = ([], [], [], [])
    for report in reports:
        text = report.text

        def span(words: str, report: Report = report, text: str = text) -> Span:
            return Span(report.id, text.index(words), text.index(words) + len(words))

        marks[0].append(
            Document(id=report.id, by="test", text=text, publisher=report.publisher, published=report.published)
        )
        incident = Mention(
            id=make_id("mention", report.id), by="test", span=span("killed"), kind="incident", value="attack",
            detail={"date": report.date, "place": ["Ruritania", report.town], "place_from": "sentence"},
        )  # fmt: skip
        marks[1].append(incident)
        inner = outer = None
        if report.relay:
            outer = Attribution(
                id=make_id("outer", report.id), by="test", doc=report.id, source=(span(report.relay),), cue=(),
                content=(Span(report.id, text.index("reported") + 14, len(text)),), factuality="CT+",
                source_kind="outlet", speaker_name=report.relay,
            )  # fmt: skip
            marks[2].append(outer)
        if report.speaker:
            named = report.source_kind.startswith("named")
            inner = Attribution(
                id=make_id("inner", report.id), by="test", doc=report.id, source=(span(report.speaker),), cue=(),
                content=(Span(report.id, text.index(report.accused), len(text)),), factuality="CT+",
                source_kind=report.source_kind, speaker_name=report.speaker if named else None,
                within=outer.id if outer else None,
            )  # fmt: skip
            marks[2].append(inner)
        attribution = inner or outer
        for prop, words in (("perpetrator_group", report.accused), ("victim", report.victim)):
            marks[3].append(
                Statement(
                    id=make_id("statement", report.id, prop),
                    by="test",
                    incident=incident.id,
                    property=prop,
                    value=words,
                    span=span(words),
                    attribution=attribution.id if attribution else None,
                    confidence=report.confidence if prop.startswith("perp") else None,
                )
            )
    return marks


def copied(marks: Marks, report: Report, *, of: str) -> tuple[Marks, Copy]:
    """Marks with one report more that copies another's words, and the Copy that says so."""
    more = mark(report)
    original = next(d for d in marks[0] if d.id == of)
    spans = ((Span(report.id, 0, len(report.text)), Span(of, 0, len(original.text))),)
    copy = Copy(
        id=make_id("copy", report.id), by="test", doc=report.id, of=of, kind="wire", similarity=1.0, spans=spans
    )
    joined: Marks = ([*marks[0], *more[0]], [*marks[1], *more[1]], [*marks[2], *more[2]], [*marks[3], *more[3]])
    return joined, copy


def person(kind: str, left: str, right: str, verdict: str, made: str = "2031-06-01") -> Judgement:
    """A person's judgement."""
    left, right = min(left, right), max(left, right)
    return Judgement(
        id=make_id("judgement", left, right, made), by="person:ana", kind=kind, left=left, right=right,
        verdict=verdict, made=made,
    )  # fmt: skip


def as_copy(report: Report, name: str) -> Report:
    """The same words under another publisher, a day later."""
    return replace(report, id=name, publisher=f"Paper {name}", published="2031-05-05")
