"""Which media were taken at a place, by their positions and by what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engines import towns
from engines.library.columns import Columns, Mask
from engines.library.search_index import SearchIndex
from engines.search import patterns
from engines.search.nodes import Pattern

if TYPE_CHECKING:
    from engines.search.filter import Ground

_EARTH_KM = 6371.0088  # mean radius
_LEAST_KM = 5.0  # of a town: what a person calls so goes beyond where its people live
_BEYOND = 2.0  # times what its people need, likewise
_LONGEST = 4  # words of a name: 'Rio de Janeiro', 'Las Palmas de Gran Canaria' goes on with what is known before


def taken_in(place: str, index: SearchIndex, columns: Columns) -> Mask:
    """What was taken in a town, country or state of this name, or close to such a town."""
    return index.in_towns(towns.rows_named(place), columns) | around_towns(columns, towns.named(place))


def around_towns(columns: Columns, found: Sequence[towns.Town], km: float | None = None) -> Mask:
    """Within so many kilometres of a town, or within what it reaches."""
    masks = [around(columns, town.latitude, town.longitude, km or _reach(town)) for town in found]
    return np.logical_or.reduce(masks) if masks else np.zeros(columns.count, np.bool_)


def _reach(town: towns.Town) -> float:
    return max(_BEYOND * town.reach_km, _LEAST_KM)


def written(columns: Columns, name: str) -> Mask:
    """Where the written place holds this name."""
    return columns.with_terms("place", patterns.within(Pattern((name,)), columns.terms["place"]))


def around(columns: Columns, latitude: float, longitude: float, km: float) -> Mask:
    """Within so many kilometres along the ground; only what lies in the belt of latitudes is measured."""
    belt = np.degrees(km / _EARTH_KM)
    near = np.asarray(np.abs(columns["latitude"] - np.float32(latitude)) <= belt)
    ids = np.flatnonzero(near)
    there = np.radians(columns["latitude"][ids]), np.radians(columns["longitude"][ids])
    here = np.float32(np.radians(latitude)), np.float32(np.radians(longitude))
    half = np.sin((there[0] - here[0]) / 2) ** 2
    half += np.cos(here[0]) * np.cos(there[0]) * np.sin((there[1] - here[1]) / 2) ** 2
    near[ids] = half <= np.sin(min(km / _EARTH_KM / 2, np.pi / 2)) ** 2  # haversines on both sides
    return near


def named_by(words: Sequence[str], ground: Ground) -> Iterator[tuple[int, int, str]]:
    """The words that name a place where something was taken: first, end, and the name. The longest names first.

    A name that is an ordinary word as well, such as Nice, is none here: a person writes place:Nice.
    """
    start = 0
    while start < len(words) and ground.has_positions:
        for end in range(min(len(words), start + _LONGEST), start, -1):
            name = " ".join(words[start:end]).strip(",;.")
            if towns.is_place(name) and ground.taken_in(name).any():
                yield start, end, name
                break
        start = end
