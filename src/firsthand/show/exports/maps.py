"""Incidents on a map and on a line of time: GeoJSON, and the spreadsheet that TimelineJS reads."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from firsthand.casefile import CaseFile
from firsthand.core.dates import edtf_to_interval
from firsthand.core.own import GENERATOR, TIMELINE
from firsthand.show.cases import Case
from firsthand.show.exports.tables import harmless
from firsthand.show.files import written


def case_to_geojson(case: CaseFile, out: Path) -> list[Path]:
    """`out.geojson`: a point per incident whose place is resolved; those without coordinates have a null geometry."""
    opened = Case(case)
    features = []
    for incident in opened.incidents:
        located = incident.lat is not None and incident.lon is not None
        features.append(
            {
                "type": "Feature",
                "id": incident.id,
                "geometry": {"type": "Point", "coordinates": [incident.lon, incident.lat]} if located else None,
                "properties": {
                    "label": incident.label,
                    "kind": incident.value,
                    "date": incident.date,
                    "accused": [
                        {"actor": a.actor, "confidence": a.confidences, "origins": len(a.origins)}
                        for a in opened.accounts(incident.id)
                    ],
                    **incident.detail,
                },
            }
        )
    path = out.with_suffix(".geojson")
    collection = {"type": "FeatureCollection", "generator": GENERATOR, "features": features}
    with written(path) as file:
        json.dump(collection, file, ensure_ascii=False, indent=1)
    return [path]


def case_to_timeline(case: CaseFile, out: Path) -> list[Path]:
    """`out.csv` in TimelineJS's columns; open, approximate and interval dates keep their EDTF in Display Date."""
    opened = Case(case)
    path = out.with_suffix(".csv")
    with written(path, newline="") as file:
        writer = csv.DictWriter(file, TIMELINE)
        writer.writeheader()
        for incident in opened.dated_incidents:
            interval = edtf_to_interval(incident.date or "")
            if interval is None or (interval.open_start and interval.open_end):
                continue
            first = interval.last if interval.open_start else interval.first
            last = first if interval.open_start or interval.open_end else interval.last
            one_day = last is None or first == last
            accounts = "; ".join(f"{a.actor} ({', '.join(a.confidences)})" for a in opened.accounts(incident.id))
            row: dict[str, object] = {
                "Year": first.year,
                "Month": first.month,
                "Day": first.day,
                "End Year": None if one_day else last and last.year,
                "End Month": None if one_day else last and last.month,
                "End Day": None if one_day else last and last.day,
                "Display Date": incident.date,
                "Headline": incident.label,
                "Text": f"Said to have done it: {accounts}." if accounts else "",
                "Group": incident.value,
            }
            writer.writerow({name: harmless(cell) for name, cell in row.items()})
    return [path]
