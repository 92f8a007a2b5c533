"""Gazetteers: the one that ships, users' own sites, and the full GeoNames dump, asked as one.

Besides casefile the only package that imports sqlite3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

from firsthand.core.errors import BadGazetteerError
from firsthand.core.places import Gazetteer, Place
from firsthand.gazetteers.geonames import import_geonames
from firsthand.gazetteers.indexed import IndexedGazetteer
from firsthand.gazetteers.sites import SiteGazetteer, read_sites

__all__ = ["GazetteerStack", "IndexedGazetteer", "SiteGazetteer", "import_geonames", "open_gazetteer", "read_sites"]


class GazetteerStack:
    """Several gazetteers asked as one; a name's entries come from the users' own first."""

    def __init__(self, gazetteers: Iterable[Gazetteer]) -> None:
        """Keep them in the order given."""
        self._gazetteers = tuple(gazetteers)

    def __enter__(self) -> GazetteerStack:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        for gazetteer in self._gazetteers:
            if isinstance(gazetteer, IndexedGazetteer):
                gazetteer.close()

    @property
    def identity(self) -> str:
        """The identities of all, in order."""
        return " + ".join(gazetteer.identity for gazetteer in self._gazetteers)

    def candidates(self, name: str) -> Sequence[Place]:
        """All entries of that name; of entries with the same id the first one."""
        found: dict[str, Place] = {}
        for gazetteer in self._gazetteers:
            for place in gazetteer.candidates(name):
                found.setdefault(place.id, place)
        return tuple(found.values())

    def longest(self, words: Sequence[str]) -> int:
        """How many of the leading words form the longest name in any of them."""
        return max((gazetteer.longest(words) for gazetteer in self._gazetteers), default=0)


def open_gazetteer(user_files: Sequence[Path] = ()) -> GazetteerStack:
    """The shipped gazetteer with the users' own before it.

    Args:
        user_files: CSV files of sites (see docs/places.md) and files made by `import_geonames`, strongest first.
    Returns:
        The stack.
    Raises:
        BadGazetteerError: A file cannot be used; the message lists file, line, what is wrong and what to do.
    """
    own: list[Gazetteer] = []
    for path in user_files:
        if not path.is_file():
            raise BadGazetteerError(f"{path}: there is no such file.")
        with path.open("rb") as file:
            is_database = file.read(16) == b"SQLite format 3\x00"
        own.append(IndexedGazetteer(path) if is_database else SiteGazetteer(path.stem, read_sites(path)))
    shipped = resources.files("firsthand") / "data" / "places.sqlite"
    return GazetteerStack([*own, IndexedGazetteer(Path(str(shipped)))])
