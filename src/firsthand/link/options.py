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
    fame: float = field(
        default=0.15,
        metadata={
            "help": "Points that each report of an incident adds for one that names the same victims, up to 1",
            "unit": "points",
        },
    )
    compared: int = field(
        default=40, metadata={"help": "Incidents that a report is compared with at most", "unit": "incidents"}
    )
    same_document: float = field(
        default=1.5,
        metadata={
            "help": "Points that two reports of one incident in the same document must have more",
            "unit": "points",
        },
    )
