"""The line of time as an SVG: when documents appeared, and when what they tell of happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from firsthand.core.dates import edtf_to_interval
from firsthand.core.records import Entity

WIDTH, HEIGHT, BASE = 960, 132, 92
_MARGIN = 28
_TICKS = 6


def days_to_svg(published: Sequence[str], *, incidents: Sequence[Entity]) -> Markup | None:
    """Draw one strip: bars of documents per day above the line, incidents as dots on it.

    Args:
        published: ISO dates of the documents.
        incidents: Those with a date; a dot links to `#i-{id}`.
    Returns:
        SVG, or None if fewer than two days are known. Old incidents are left to the list: the strip begins at most
        a year before the first document, else one anniversary would squeeze the week that matters.
    """
    bars = Counter(day for text in published if (day := _day(text)))
    if not bars:
        return None
    first, last = min(bars), max(bars)
    dots = [(day, incident) for incident in incidents if incident.date and (day := _day(incident.date))]
    dots = [(day, incident) for day, incident in dots if first - timedelta(days=365) <= day <= last]
    first = min([first, *(day for day, _ in dots)])
    if first == last:
        return None
    days = (last - first).days

    def x(day: date) -> float:
        return _MARGIN + (WIDTH - 2 * _MARGIN) * (day - first).days / days

    tallest = max(bars.values())
    width = max(3.0, min(18.0, (WIDTH - 2 * _MARGIN) / (days + 1) * 0.7))
    parts = [f'<line class="axis" x1="{_MARGIN}" x2="{WIDTH - _MARGIN}" y1="{BASE}" y2="{BASE}"/>']
    for day, count in sorted(bars.items()):
        height = 62 * count / tallest
        parts.append(
            f'<rect class="bar" x="{x(day) - width / 2:.1f}" y="{BASE - height - 6:.1f}" width="{width:.1f}" '
            f'height="{height:.1f}"><title>{day.isoformat()}: {count} documents</title></rect>'
        )
    for day, incident in dots:
        main = " main" if incident.detail.get("main") else ""
        dot = Markup('<a href="#i-{}"><circle class="dot{}" cx="{}" cy="{}" r="{}"><title>{} {}</title></circle></a>')
        at, radius = f"{x(day):.1f}", 7 if main else 4
        parts.append(dot.format(incident.id, main, at, BASE, radius, incident.date, incident.label))
    steps = min(_TICKS, days)
    for step in range(steps + 1):
        day = first + timedelta(days=round(days * step / steps))
        anchor = "start" if step == 0 else "end" if step == steps else "middle"
        parts.append(f'<text x="{x(day):.1f}" y="{BASE + 26}" text-anchor="{anchor}">{day.isoformat()}</text>')
    label = f"Documents per day and incidents, {first.isoformat()} to {last.isoformat()}"
    return (
        Markup(f'<svg class="strip" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">')
        + Markup("".join(parts))
        + Markup("</svg>")
    )


def _day(text: str) -> date | None:
    interval = edtf_to_interval(text[:10] if "T" in text else text)
    return interval.first if interval else None
