"""One self-contained HTML file: no network, no scripts; every number leads to the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from firsthand import __version__
from firsthand.casefile import CaseFile
from firsthand.core.credits import CARRYING
from firsthand.core.records import Document, Span
from firsthand.core.spans import Range
from firsthand.show.cases import SLOTS, Case, Words
from firsthand.show.terminal import origins
from firsthand.show.texts import Coloured, document_to_html
from firsthand.show.timelines import days_to_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """How many of each the page lists; the rest are counted, and stand in the case file."""

    incidents: int
    dated: int
    undated: int
    findings: int
    documents: int


MAX_TEXTS = 600
"""Documents printed in full. Beyond that only those the report cites are, else the page is too large to open."""
MAX_TOLD = 12
"""Statements printed under one origin; the rest are counted and stand in the case file."""
MOST_ACCOUNTS = 6
"""Accounts laid side by side; those of fewer origins fold away below them."""
MOST_ORIGINS = 12
"""Origins listed under one account; the rest fold away below them."""
MOST_LISTED = Most(incidents=40, dated=120, undated=60, findings=80, documents=MAX_TEXTS)
MOST_OF_A_LARGE_CASE = Most(incidents=10, dated=60, undated=20, findings=20, documents=100)
"""The page of a large case would not open if it listed as much."""
PARTS_ASIDE = ("boilerplate", "wrapper", "bio")


def case_to_report(case: CaseFile) -> str:
    """Render the report.

    Args:
        case: The open case.
    Returns:
        HTML. Its content security policy forbids scripts, frames, forms and every request.
    """
    page = _Page(Case(case))
    environment = Environment(
        loader=PackageLoader("firsthand.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        case=page.case,
        page=page,
        origins=origins,
        version=__version__,
        slots=SLOTS,
        carrying=CARRYING,
        max_told=MAX_TOLD,
        most_accounts=MOST_ACCOUNTS,
        most_origins=MOST_ORIGINS,
        most=MOST_LISTED if len(page.case.documents) <= MAX_TEXTS else MOST_OF_A_LARGE_CASE,
    )
    css = environment.loader.get_source(environment, "report.css")[0]  # type: ignore[union-attr]
    body = environment.get_template("report.html.j2").render(css=Markup(css), texts=page.texts)
    return body


class _Page:
    """What the template asks for, and which spans it was led to."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.numbers = {document.id: number for number, document in enumerate(case.documents, 1)}
        self._cited: dict[str, set[Range]] = defaultdict(set)

    def link(self, span: Span) -> str:
        """The address of a span inside this page; remembers that the document is cited."""
        self._cited[span.doc].add((span.start, span.end))
        return f"#d{self.numbers[span.doc]}-{span.start}-{span.end}"

    def at(self, document: str) -> str:
        """The address of a document inside this page; remembers that it is to be printed."""
        self._cited[document] |= set()
        return f"#d{self.numbers[document]}"

    def words(self, span: Span) -> Words:
        """A span with its context."""
        return self.case.words(span)

    def strip(self) -> Markup | None:
        """The timeline drawing."""
        published = [day for d in self.case.documents if (day := self.case.published(d))]
        return days_to_svg(published, incidents=self.case.incidents)

    def inferred(self, members: Iterable[str]) -> str | None:
        """What an incident's date was inferred from, if the text does not print its year."""
        for member in members:
            mention = self.case.incident_mentions.get(member)
            if mention and mention.detail.get("inferred"):
                return str(mention.detail["inferred"])
        return None

    def texts(self) -> list[dict[str, Any]]:
        """Documents to print: all if they are few, else those cited. Called last, when links are known."""
        few = len(self.case.documents) <= MAX_TEXTS
        chosen = [d for d in self.case.documents if few or d.id in self._cited]
        spans = self._colours({d.id for d in chosen})
        return [
            {
                "document": document,
                "number": self.numbers[document.id],
                "html": document_to_html(
                    document,
                    anchors=self._cited[document.id],
                    colours=spans[document.id] + _aside(document),
                    name=f"d{self.numbers[document.id]}",
                ),
            }
            for document in chosen
        ]

    def _colours(self, docs: set[str]) -> dict[str, list[Coloured]]:
        colours: dict[str, list[Coloured]] = defaultdict(list)
        for attribution in self.case.attributions.values():
            if attribution.doc in docs:
                for role in ("source", "cue", "content"):
                    colours[attribution.doc] += [(s.start, s.end, role) for s in getattr(attribution, role)]
        for statement in self.case.statements.values():
            if statement.incident and statement.span.doc in docs:
                colours[statement.span.doc].append((statement.span.start, statement.span.end, "slot"))
        return colours


def _aside(document: Document) -> list[Coloured]:
    return [(part.start, part.end, "aside") for part in document.parts if part.kind in PARTS_ASIDE]
