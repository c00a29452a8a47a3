"""Points on the earth, how far they are from each other, and the grid by which what is near is looked up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from leeward.library.directory.gathering import Data

EARTH_KM = 6_371.0088
"""Mean radius of the earth (IUGG)."""
DEGREE_KM = 111.195
CELL = 0.25
"""Degrees of a cell of the grid: 28 km from south to north."""
ACROSS = round(360 / CELL)
NO_PLACE = frozenset({"postal", "virtual"})
"""Kinds of locations and of addresses at which nobody can be met."""
MOST_CELLS = 20
"""In more cells than this the whole table is gone through sooner."""


@dataclass(frozen=True)
class Spot:
    """A point, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Box:
    """What surrounds a spot so far as a distance, in degrees; `longitudes` from west to east, two where they meet.

    Args:
        south: its southern edge.
        north: its northern edge.
        longitudes: its western and eastern edges.
        shrink: how much shorter a degree of longitude is there than one of latitude.
    """

    south: float
    north: float
    longitudes: tuple[tuple[float, float], ...]
    shrink: float

    def cells(self) -> list[int] | None:
        """The cells of the grid that it touches; None where there are too many to be named."""
        found: list[int] = []
        for row in range(_step(self.south + 90), _step(self.north + 90) + 1):
            for west, east in self.longitudes:
                first, last = _step(west + 180), _step(east + 180)
                if len(found) + last - first > MOST_CELLS:
                    return None
                found += [row * ACROSS + column % ACROSS for column in range(first, last + 1)]
        return found


def spot_of(data: Data) -> Spot | None:
    """Where a location says that it is; None where it does not say, or says nowhere on earth."""
    latitude, longitude = _number(data.get("latitude")), _number(data.get("longitude"))
    if latitude is None or longitude is None or not is_place(data):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None  # 0, 0 is how many directories write "unknown"; it lies in the sea
    return Spot(latitude, longitude)


def is_place(data: Data) -> bool:
    """Whether one can go to a location: not to a box for letters, nor to a line."""
    return data.get("location_type") not in NO_PLACE


def cell_of(spot: Spot) -> int:
    """The cell of the grid in which a spot is."""
    return _step(spot.latitude + 90) * ACROSS + _step(spot.longitude + 180) % ACROSS


def kilometres(one: Spot, other: Spot) -> float:
    """How far apart two spots are, along the earth (haversine)."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def around(spot: Spot, distance: float) -> Box:
    """What surrounds a spot.

    Args:
        spot: the middle.
        distance: in kilometres.
    """
    up = distance / DEGREE_KM
    south, north = max(-90.0, spot.latitude - up), min(90.0, spot.latitude + up)
    shrink = math.cos(math.radians(max(abs(south), abs(north))))
    across = up / shrink if shrink > 0.01 else 180.0
    return Box(south, north, tuple(_longitudes(spot.longitude, across)), math.cos(math.radians(spot.latitude)))


def _longitudes(middle: float, across: float) -> Iterator[tuple[float, float]]:
    west, east = middle - across, middle + across
    if across >= 180:
        yield -180.0, 180.0
    elif west < -180:
        yield from ((west + 360, 180.0), (-180.0, east))
    elif east > 180:
        yield from ((west, 180.0), (-180.0, east - 360))
    else:
        yield west, east


def _step(degrees: float) -> int:
    return int(degrees // CELL)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
