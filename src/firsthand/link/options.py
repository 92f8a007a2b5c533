"""What can be set about linking."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions:
    """Thresholds of linking."""

    same_at: float = field(
        default=2.5, metadata={"help": "Points from which two reports tell the same incident", "unit": "points"}
    )
    unsure_at: float = field(
        default=1.5, metadata={"help": "Points from which a pair of reports is offered to a person", "unit": "points"}
    )
    compared: int = field(
        default=40, metadata={"help": "Incidents that a report is compared with at most", "unit": "incidents"}
    )
    same_document: bool = field(
        default=False, metadata={"help": "Let two reports of one document be the same incident"}
    )
