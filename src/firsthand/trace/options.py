"""What can be set about tracing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """Settings of the verb `trace`. Measured in docs/tracing.md; `make eval` and `make bench` measure them again."""

    shingle: int = field(
        default=5, metadata={"help": "Words in a row that two texts must share to be compared at all.", "unit": "words"}
    )
    window: int = field(
        default=4,
        metadata={
            "help": "One of so many neighbouring shingles is kept: more is leaner and blinder.",
            "unit": "shingles",
        },
    )
    crowd: int = field(
        default=100,
        metadata={
            "help": "A shingle in more texts than this that share little else is boilerplate, and no sign of copying.",
            "unit": "texts",
        },
    )
    whole: float = field(
        default=0.8,
        metadata={"help": "A document goes back to another as a whole from this share on.", "unit": "share"},
    )
    passage: int = field(
        default=20,
        metadata={"help": "Fewest equal words outside quotation marks that make an excerpt.", "unit": "words"},
    )
    sentence: int = field(
        default=9,
        metadata={
            "help": "The same for a passage that begins and ends with a sentence in both texts.",
            "unit": "words",
        },
    )
