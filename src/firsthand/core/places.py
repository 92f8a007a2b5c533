"""Places as a gazetteer gives them, and what `mark` asks of a gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from geographiclib.geodesic import Geodesic

Precision = Literal["site", "town", "district", "region", "country", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of a gazetteer.

    Attributes:
        id: `geonames:98182`, or `user:<gazetteer>:<row>`.
        name: Preferred name.
        lat: Degrees north, WGS 84.
        lon: Degrees east.
        precision: What the entry is: a site, a town, a district (second-order area), a region (first-order), a country.
        feature: GeoNames feature code (PPLA, ADM1, PCLI …) or the user's own.
        country: ISO 3166-1 alpha-2, or None.
        path: Containing areas by name, country first, the place itself last.
        population: 0 if not known.
        extent_km: Radius of a circle about (lat, lon) that holds the place; 0 for a point.
        names: Other names.
    """

    id: str
    name: str
    lat: float
    lon: float
    precision: Precision
    feature: str = ""
    country: str | None = None
    path: tuple[str, ...] = ()
    population: int = 0
    extent_km: float = 0.0
    names: tuple[str, ...] = ()


class Gazetteer(Protocol):
    """Looks names up. Several are asked as one; users' own come first."""

    @property
    def identity(self) -> str:
        """Name and checksum: part of what a marked document depends on."""
        ...

    def candidates(self, name: str) -> Sequence[Place]:
        """Entries of that name, folded (core.text.fold), in a fixed order; empty if there is none.

        A gazetteer of millions may leave out the least of some hundreds.
        """
        ...

    def longest(self, words: Sequence[str]) -> int:
        """How many of the leading words form the longest name in the gazetteer; 0 if none does."""
        ...


def point_distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Length of the geodesic between two points (degrees north, degrees east), in kilometres.

    Source:
        Karney, Algorithms for geodesics (2013), on the WGS 84 ellipsoid.

    >>> round(point_distance_km((35.47, 44.39), (34.37, 41.09)))
    325
    """
    return float(Geodesic.WGS84.Inverse(*here, *there, Geodesic.DISTANCE)["s12"]) / 1000


def distance_km(here: Place, there: Place) -> float:
    """Length of the geodesic between the points that stand for two places, in kilometres."""
    return point_distance_km((here.lat, here.lon), (there.lat, there.lon))


def distance_range_km(here: Place, there: Place) -> tuple[float, float]:
    """Shortest and longest that the distance can be, both places lying somewhere within their extents.

    Returns:
        Kilometres, low ≤ high; low is 0 if the extents touch. Equal for two points.

    >>> town = Place(id="user:t:1", name="T", lat=35.0, lon=44.0, precision="town", extent_km=5)
    >>> region = Place(id="user:t:2", name="R", lat=36.0, lon=44.0, precision="region", extent_km=50)
    >>> tuple(round(km) for km in distance_range_km(town, region))
    (56, 166)
    """
    between = distance_km(here, there)
    reach = here.extent_km + there.extent_km
    return max(0.0, between - reach), between + reach
