"""What can be set about linking."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions:
    """Thresholds of linking."""

    same_at: float = field(
        default=0.0, metadata={"help": "Log-odds from which two reports tell the same incident", "unit": "log-odds"}
    )
    unsure_at: float = field(
        default=-1.0, metadata={"help": "Log-odds from which a pair is offered to a person", "unit": "log-odds"}
    )
    compared: int = field(
        default=40, metadata={"help": "Incidents that a report is compared with at most", "unit": "incidents"}
    )
