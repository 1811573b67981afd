"""The nearest town to a point on earth, and the outlines of the land; where they come from says resources/places.

The tables are read when they are first asked for: 0.1 s, 15 MB.
"""

from __future__ import annotations

import gzip
import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SOURCE = "GeoNames"
_FOLDER = Path(__file__).resolve().parents[1] / "resources" / "places"
_KM_A_DEGREE = 111.195  # of latitude
_FARTHEST_KM = 100.0  # from a town; beyond that a place is at sea, or in a desert
_PEOPLE_A_KM2 = 8_000  # of a city, to guess how far it reaches


@dataclass(frozen=True, slots=True)
class Town:
    """region: the state, in the USA only. german, german_country: as the English ones where there is no other name."""

    name: str
    german: str
    region: str
    country: str
    german_country: str
    latitude: float
    longitude: float
    population: int

    def shown(self, language: str = "en") -> str:
        """'Lisbon, Portugal'; in the USA 'Springfield, Illinois, United States'."""
        is_german = language == "de"
        name, country = (self.german, self.german_country) if is_german else (self.name, self.country)
        return ", ".join(filter(None, (name, self.region, country)))

    @property
    def reach_km(self) -> float:
        """How far from its middle one is still in it, by the number of its people."""
        return math.sqrt(self.population / _PEOPLE_A_KM2 / math.pi)


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns by latitude, ascending; `rest` holds country, name, German name and region, with tabs between them."""

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.int64]
    rest: list[str]


@lru_cache(4096)
def nearest(latitude: float, longitude: float) -> Town | None:
    """The town that a point lies in, else the nearest one; None where there is none within 100 km. 0.1 ms."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    table = _table()
    belt = _FARTHEST_KM / _KM_A_DEGREE
    low, high = np.searchsorted(table.latitude, [latitude - belt, latitude + belt])
    if low == high:
        return None
    across = (table.longitude[low:high] - longitude + 180) % 360 - 180  # over the date line too
    across *= math.cos(math.radians(latitude))
    km = _KM_A_DEGREE * np.hypot(across, table.latitude[low:high] - latitude)
    people = table.population[low:high]
    within = km <= np.sqrt(people / _PEOPLE_A_KM2 / math.pi)
    place = int(np.argmax(np.where(within, people, -1)) if within.any() else np.argmin(km))
    return _town(low + place) if km[place] <= _FARTHEST_KM else None


def named(name: str) -> list[Town]:
    """The towns with this name in English or German, without regard to capitals and accents, the largest first."""
    found = [_town(row) for row in _names().get(_fold(name), ())]
    return sorted(found, key=lambda town: -town.population)


@cache
def land() -> tuple[NDArray[np.float64], ...]:
    """The outlines of the land: (points, 2) each, longitude and latitude in degrees, coarse."""
    rings = json.loads(gzip.decompress((_FOLDER / "land.json.gz").read_bytes()))
    return tuple(np.array(ring, np.float64).reshape(-1, 2) / 10 for ring in rings)


def _town(row: int) -> Town:
    table = _table()
    code, name, german, region = table.rest[row].split("\t")
    country, german_country = _countries().get(code, (code, code))
    return Town(
        name,
        german or name,
        region,
        country,
        german_country,
        float(table.latitude[row]),
        float(table.longitude[row]),
        int(table.population[row]),
    )


@cache
def _table() -> _Table:
    text = gzip.decompress((_FOLDER / "towns.tsv.gz").read_bytes()).decode("utf-8")
    rows = [line.split("\t", 3) for line in text.splitlines()]
    return _Table(
        np.array([row[0] for row in rows]).astype(np.float64),
        np.array([row[1] for row in rows]).astype(np.float64),
        np.array([row[2] for row in rows]).astype(np.int64),
        [row[3] for row in rows],
    )


@cache
def _countries() -> Mapping[str, tuple[str, str]]:
    lines = (_FOLDER / "countries.tsv").read_text("utf-8").splitlines()
    return {code: (english, german) for code, english, german in (line.split("\t") for line in lines)}


@cache
def _names() -> Mapping[str, list[int]]:
    names: defaultdict[str, list[int]] = defaultdict(list)
    for row, rest in enumerate(_table().rest):
        _, name, german, _ = rest.split("\t")
        for one in {_fold(name), _fold(german)} - {""}:
            names[one].append(row)
    return names


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
