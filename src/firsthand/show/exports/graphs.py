"""Claims and their chains for other tools' graphs: schema.org Claim, Web Annotation, FollowTheMoney, W3C PROV."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from firsthand.casefile import CaseFile
from firsthand.core.own import GENERATOR
from firsthand.core.records import Claim, Document, Span
from firsthand.show.cases import Case, Told
from firsthand.show.files import written

PREFIX = 32
"""Code points of prefix and suffix in a TextQuoteSelector."""


def case_to_claims(case: CaseFile, out: Path) -> list[Path]:
    """`out.jsonld`: schema.org Claim, one per claim about an incident. `reviewRating` is never given: no verdicts."""
    opened = Case(case)
    claims = [_claim(opened, claim) for claim in opened.claims if claim.incident]
    return [_json(out.with_suffix(".jsonld"), {"@context": "https://schema.org", "@graph": claims})]


def _claim(case: Case, claim: Claim) -> dict[str, Any]:
    incident = case.entities[claim.incident or ""]
    told = [case.told(statement) for statement in claim.statements]
    first = next((t for t in told if t.statement.id == claim.first), None)
    return {
        "@type": "Claim",
        "@id": f"urn:firsthand:claim:{claim.id}",
        "name": f"{incident.label}: {claim.property} {claim.value}",
        "author": [{"@type": "Thing", "name": name} for name in sorted({t.chain[-1].name for t in told if t.chain})],
        "appearance": [_page(case, t.words.document) for t in told],
        "firstAppearance": _page(case, first.words.document) if first else None,
    }


def _page(case: Case, document: Document) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "@id": f"urn:firsthand:document:{document.id}",
        "url": document.url,
        "headline": document.headline,
        "datePublished": case.published(document),
        "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
    }


def case_to_annotations(case: CaseFile, out: Path) -> list[Path]:
    """`out.jsonld`: W3C Web Annotations, one per statement, with position and quote selectors together."""
    opened = Case(case)
    items = []
    for statement in sorted(opened.statements.values(), key=lambda s: (s.span, s.id)):
        document = opened.by_id[statement.span.doc]
        value = f"{statement.property}: {statement.value}"
        items.append(
            {
                "type": "Annotation",
                "id": f"urn:firsthand:statement:{statement.id}",
                "body": {"type": "TextualBody", "value": value, "purpose": "tagging"},
                "target": {
                    "source": document.url or f"urn:sha256:{document.sha256}",
                    "selector": _selectors(document, statement.span),
                },
            }
        )
    software = {"type": "Software", "name": GENERATOR}
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "generator": software,
        "items": items,
    }
    return [_json(out.with_suffix(".jsonld"), page)]


def _selectors(document: Document, span: Span) -> list[dict[str, Any]]:
    text = document.text
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - PREFIX) : span.start],
            "suffix": text[span.end : span.end + PREFIX],
        },
    ]


def case_to_ftm(case: CaseFile, out: Path) -> list[Path]:
    """`out.ftm.json`: FollowTheMoney entities, one a line: Article per document, Event per incident."""
    opened = Case(case)
    rows: list[dict[str, Any]] = []
    properties: dict[str, list[Any]]
    for document in opened.documents:
        properties = {
            "title": [document.headline],
            "author": [document.byline],
            "publisher": [document.publisher],
            "sourceUrl": [document.url],
            "publishedAt": [opened.published(document)],
            "bodyText": [document.text],
            "contentHash": [document.sha256],
        }
        rows.append(_ftm(document.id, "Article", properties))
    for incident in opened.incidents:
        documents = {opened.incident_mentions[m].span.doc for m in incident.members if m in opened.incident_mentions}
        properties = {
            "name": [incident.label],
            "date": [incident.date],
            "location": [incident.detail.get("place")],
            "proof": sorted(documents),
            "summary": ["; ".join(f"{a.actor}: {', '.join(a.confidences)}" for a in opened.accounts(incident.id))],
        }
        rows.append(_ftm(incident.id, "Event", properties))
    path = out.with_suffix(".ftm.json")
    with written(path) as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return [path]


def _ftm(key: str, schema: str, properties: dict[str, list[Any]]) -> dict[str, Any]:
    kept = {name: [v for v in values if v] for name, values in properties.items()}
    return {"id": f"firsthand-{key}", "schema": schema, "properties": {n: v for n, v in kept.items() if v}}


def case_to_prov(case: CaseFile, out: Path) -> list[Path]:
    """`out.prov.json`: PROV-JSON. Statements quoted from documents and attributed hop by hop; copies derived."""
    opened = Case(case)
    entities: dict[str, Any] = {}
    agents: dict[str, Any] = {}
    links: dict[str, dict[str, Any]] = {"wasQuotedFrom": {}, "wasAttributedTo": {}, "wasDerivedFrom": {}}
    for document in opened.documents:
        entities[f"fh:d{document.id}"] = {"prov:label": opened.name_of(document), "fh:sha256": document.sha256 or ""}
    for told in _all_told(opened):
        key = f"fh:s{told.statement.id}"
        entities[key] = {"prov:label": f"{told.statement.property}: {told.statement.value}"}
        links["wasQuotedFrom"][f"_:q{told.statement.id}"] = {
            "prov:generatedEntity": key,
            "prov:usedEntity": f"fh:d{told.statement.span.doc}",
        }
        for hop in told.chain:
            agent = f"fh:a{hop.name}"
            agents[agent] = {"prov:label": hop.name}
            links["wasAttributedTo"][f"_:h{hop.id}"] = {
                "prov:entity": key,
                "prov:agent": agent,
                "fh:position": hop.position,
                "fh:factuality": hop.factuality,
            }
    for copy in opened.copies.values():
        links["wasDerivedFrom"][f"_:c{copy.id}"] = {
            "prov:generatedEntity": f"fh:d{copy.doc}",
            "prov:usedEntity": f"fh:d{copy.of}",
            "prov:type": copy.kind,
        }
    bundle = {"prefix": {"fh": "urn:firsthand:"}, "entity": entities, "agent": agents, **links}
    return [_json(out.with_suffix(".prov.json"), bundle)]


def _all_told(case: Case) -> Iterable[Told]:
    return (case.told(statement) for statement in sorted(case.statements) if case.statements[statement].incident)


def _json(path: Path, value: object) -> Path:
    with written(path) as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
    return path
