"""One row per incident, for those who fill conflict-event tables: UCDP GED and ACLED columns.

Both forms hold one value where a case holds rival ones. What is lost is kept beside it: a long table of every figure
and account goes into a second file, with ids and origins.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.dates import edtf_to_interval
from firsthand.core.own import ACLED, FIGURES, GED
from firsthand.core.records import Claim, Entity
from firsthand.show.cases import ACCOUNT, SLOTS, Case
from firsthand.show.exports.tables import harmless
from firsthand.show.files import written


def case_to_ged(case: CaseFile, out: Path) -> list[Path]:
    """`out.csv` in UCDP GED's columns, and `out-figures.csv`. `number_of_sources` is the low count of origins."""
    return _write(Case(case), out, GED, _ged)


def case_to_acled(case: CaseFile, out: Path) -> list[Path]:
    """`out.csv` in ACLED's columns, and `out-figures.csv`. Actor 1 is the account with most origins; notes hold all."""
    return _write(Case(case), out, ACLED, _acled)


def _write(case: Case, out: Path, columns: Sequence[str], row_of: object) -> list[Path]:
    assert callable(row_of)
    main, figures = out.with_suffix(".csv"), out.with_name(f"{out.name}-figures.csv")
    incidents = [e for e in case.incidents if not e.detail.get("background")]
    _csv(main, columns, [row_of(case, incident) for incident in incidents])
    _csv(figures, FIGURES, [_figure(case, claim) for e in incidents for claim in case.claims_of(e.id, ACCOUNT + SLOTS)])
    return [main, figures]


def _csv(path: Path, columns: Sequence[str], rows: list[dict[str, object]]) -> None:
    with written(path, newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({name: harmless(row.get(name)) for name in columns} for row in rows)


def _figure(case: Case, claim: Claim) -> dict[str, object]:
    first = case.statements.get(claim.first or "")
    return {
        "incident": claim.incident,
        "property": claim.property,
        "value": claim.value,
        "confidence": claim.confidence,
        "origins_low": claim.origins_low,
        "origins_high": claim.origins_high,
        "statements": len(claim.statements),
        "first_published": case.published(case.by_id[first.span.doc]) if first else None,
        "claim": claim.id,
    }


def _dates(incident: Entity) -> tuple[str | None, str | None, int]:
    """First and last day, and GED's precision: 1 a day, 2 a few days, 3 a week … 5 a year or more, 0 unknown."""
    interval = edtf_to_interval(incident.date) if incident.date else None
    if interval is None:
        return None, None, 0
    if interval.open_start or interval.open_end:  # "no later than": the end that is not known is not the year 1
        first = None if interval.open_start else interval.first.isoformat()
        return first, None if interval.open_end else interval.last.isoformat(), 0
    days = (interval.last - interval.first).days + 1
    precision = next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
    return interval.first.isoformat(), interval.last.isoformat(), precision


def _deaths(case: Case, incident: Entity) -> tuple[int | None, int | None, int | None]:
    """Low, best, high. Best is the figure with most origins; None where the figures are silent."""
    claims = [c for c in case.claims_of(incident.id, ("killed",)) if c.value.replace(".", "").isdecimal()]
    if not claims:
        return None, None, None
    ends = [[int(float(end)) for end in claim.value.split("..") if end] for claim in claims]
    best = max(zip(claims, ends, strict=True), key=lambda pair: (pair[0].origins_low, len(pair[0].statements)))
    return min(e[0] for e in ends), best[1][0], max(e[-1] for e in ends)


def _ged(case: Case, incident: Entity) -> dict[str, object]:
    start, end, precision = _dates(incident)
    low, best, high = _deaths(case, incident)
    accounts = case.accounts(incident.id)
    claims = case.claims_of(incident.id, ACCOUNT + SLOTS)
    told = case.told(claims[0].first or claims[0].statements[0]) if claims else None
    document = told.words.document if told else None
    return {
        "id": incident.id,
        "year": (start or "")[:4],
        "side_a": accounts[0].actor if accounts else None,
        "number_of_sources": max((c.origins_low for c in claims), default=0),
        "source_article": document.url or document.path if document else None,
        "source_office": document.publisher if document else None,
        "source_date": case.published(document) if document else None,
        "source_headline": document.headline if document else None,
        "source_original": told.chain[-1].name if told and told.chain else None,
        "where_coordinates": incident.detail.get("place"),
        "where_description": incident.detail.get("place"),
        "latitude": incident.lat,
        "longitude": incident.lon,
        "date_prec": precision or None,
        "date_start": start,
        "date_end": end,
        "best": best,
        "high": high,
        "low": low,
    }


def _acled(case: Case, incident: Entity) -> dict[str, object]:
    start, _, precision = _dates(incident)
    accounts = case.accounts(incident.id)
    claims = case.claims_of(incident.id, ACCOUNT + SLOTS)
    publishers = {case.told(s).words.document.publisher for c in claims for s in c.statements}
    victims = [c.value for c in case.claims_of(incident.id, ("victim", "target"))]
    kind, sub_kind = (incident.detail.get("acled") or ["", ""])[:2]
    told = [f"{a.actor}: {', '.join(a.confidences)} ({len(a.origins)} origins)" for a in accounts]
    return {
        "event_id_cnty": incident.id,
        "event_date": start,
        "year": (start or "")[:4],
        "time_precision": {1: 1, 2: 2, 3: 2, 4: 3}.get(precision),
        "event_type": kind,
        "sub_event_type": sub_kind,
        "actor1": accounts[0].actor if accounts else None,
        "actor2": victims[0] if victims else None,
        "location": incident.detail.get("place"),
        "latitude": incident.lat,
        "longitude": incident.lon,
        "source": "; ".join(sorted(filter(None, publishers))),
        "notes": f"{incident.label}. Said to have done it: {'; '.join(told) or 'nobody'}.",
        "fatalities": _deaths(case, incident)[1],
    }
