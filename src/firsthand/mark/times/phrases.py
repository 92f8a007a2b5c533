"""What a time expression says, before it is known when that was: the grammar's output, the resolver's input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PhraseKind = Literal["calendar", "relative", "shift", "duration", "set", "reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The parts of a calendar date that are printed; None is not printed.

    Attributes:
        year: Negative for BC (-480 is 480 BC).
        month: 1–12.
        day: 1–31, not checked against the month.
        weekday: 1 Monday – 7 Sunday.
        season: SP, SU, FA or WI.
        quarter: 1–4.
        half: 1–2.
        decade: The decade's leading digits: 198 for the 1980s; 8 for "the eighties"; negative BC.
        century: The century's leading digits: 18 for the 19th century; negative BC.
        part: TIMEX3 part of day: MO MI AF EV NI DT.
        clock: `22:50`.
        zone: `Z`, `-05`, or empty.
        holiday: Index into the holiday tables, resolved by year.
        stage: START, MID or END: which stretch of the whole.
        approximate: "about".
        of_year: "of that year", "of last year": what the year is, if not printed: `that`, `this`, `last`, `next`;
            `2001` of "the September 11 attacks", if told after them.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    part: str | None = None
    clock: str | None = None
    zone: str = ""
    holiday: tuple[str, ...] | None = None
    stage: str | None = None
    approximate: bool = False
    of_year: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One time expression.

    Attributes:
        start: Index of its first token.
        end: Past its last token.
        kind: `calendar` names fields of the calendar ("16 November"); `relative` picks one of a kind by its neighbour
            ("last year", "that night", "next Friday"); `shift` moves by a count ("two weeks later"); `duration` is a
            length; `set` recurs; `reference` is a fixed TIMEX3 value ("now").
        fields: Calendar fields, also of relatives ("next" + Friday, "that" + night).
        count: How many units; None if vague ("several").
        unit: TIMEX3 letter(s) of the unit, see words.UNITS.
        which: Relatives: `last`, `next`, `this` (from the time of writing) or `that`, `previous`, `following` (from the
            story's running date). Shifts: `ago`, `from now`, `earlier`, `later`, or `before`/`after` when an event
            follows that is not resolved.
        value: References and sets: the TIMEX3 value.
        modifier: TIMEX3-like `about`, `more`, `less` or None.
    """

    start: int
    end: int
    kind: PhraseKind
    fields: Fields = field(default_factory=Fields)
    count: float | None = None
    unit: str | None = None
    which: str | None = None
    value: str | None = None
    modifier: str | None = None
