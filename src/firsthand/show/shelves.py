"""Records of a case that are loaded when they are asked for: a few one by one, many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from firsthand.casefile import CaseFile
from firsthand.core.records import Record

FEW = 2_000
"""Records loaded one by one; whoever asks for more gets all at once."""
SOME = 50
"""Incidents whose claims are loaded one by one, likewise."""
R = TypeVar("R", bound=Record)


class Shelf(Generic[R]):
    """Records of a kind by id: the first FEW one by one as they are asked for, then all."""

    def __init__(self, case: CaseFile, kind: type[R]) -> None:
        self._case, self._kind = case, kind
        self._few: dict[str, R] = {}

    def __getitem__(self, key: str) -> R:
        """One record; KeyError if there is none."""
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str) -> R | None:
        """One record, or None."""
        if "all" not in self.__dict__ and len(self._few) < FEW:
            if key not in self._few:
                self._few.update((r.id, r) for r in self._case.load(self._kind, where="id = ?", values=(key,)))
            return self._few.get(key)
        return self.all.get(key)

    @cached_property
    def all(self) -> dict[str, R]:
        """Every record by id, in order of id."""
        return {record.id: record for record in self._case.load(self._kind)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.all)

    def values(self) -> Collection[R]:
        """Every record, in order of id."""
        return self.all.values()

    def __len__(self) -> int:
        return len(self.all)


class ByIncident(Generic[R]):
    """Records of a kind by the incident they are about: a few incidents one by one, then all at once."""

    def __init__(self, case: CaseFile, kind: type[R]) -> None:
        self._case, self._kind = case, kind
        self._few: dict[str, list[R]] = {}

    def __getitem__(self, incident: str) -> list[R]:
        """Those of one incident, by id."""
        if "_all" not in self.__dict__ and len(self._few) < SOME:
            if incident not in self._few:
                self._few[incident] = list(self._case.load(self._kind, where="incident = ?", values=(incident,)))
            return self._few[incident]
        return self._all.get(incident, [])

    @cached_property
    def _all(self) -> dict[str, list[R]]:
        grouped: dict[str, list[R]] = {}
        for record in self._case.load(self._kind, where="incident IS NOT NULL"):
            grouped.setdefault(getattr(record, "incident"), []).append(record)  # noqa: B009 (not all kinds have it)
        return grouped
