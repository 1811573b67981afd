"""The towns of the earth by position and by name, and the outlines of the land; resources/places says where from.

The tables are read when they are first asked for: by position 0.1 s, by name 0.1 s more; 40 MB.
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
_CELLS = 100  # a degree: what lies within a kilometre is in one town, and looked up once
_TOGETHER = 2_000  # points whose distances are measured at once: with a thousand towns 16 MB
_ALSO = {  # what countries, by code, and states are called besides
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Great Britain", "Britain", "Großbritannien"),
    "HK": ("Hongkong",),
    "MO": ("Macau",),
    "NL": ("Netherlands", "Holland"),
    "US": ("USA", "America", "Amerika"),
    "California": ("Kalifornien",),
}
_SHORTEST = 3  # letters of a name that is known without its field
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
    """The town that a point lies in, else the nearest one; None where there is none within 100 km. 0.2 ms."""
    row = int(nearest_rows(np.array([latitude]), np.array([longitude]))[0])
    return None if row < 0 else _town(row)


def nearest_rows(latitudes: NDArray[np.floating], longitudes: NDArray[np.floating]) -> NDArray[np.int32]:
    """nearest() of many points in degrees: the row of each one's town, -1 where there is none. 10 us a point."""
    rows = np.full(len(latitudes), -1, np.int32)
    known = np.flatnonzero((np.abs(latitudes) <= 90) & (np.abs(longitudes) <= 180))
    cells, at = np.unique(
        np.rint(latitudes[known].astype(np.float64) * _CELLS) * 1000 * _CELLS
        + np.rint(longitudes[known].astype(np.float64) * _CELLS),
        return_inverse=True,
    )
    y = np.rint(cells / (1000 * _CELLS))
    x = (cells - y * 1000 * _CELLS) / _CELLS
    y /= _CELLS
    found = np.empty(len(cells), np.int32)
    _, squares = np.unique(np.floor(y) * 1000 + np.floor(x), return_inverse=True)
    order = np.argsort(squares, kind="stable")
    for of_square in np.split(order, np.flatnonzero(np.diff(squares[order])) + 1):
        for part in np.split(of_square, range(_TOGETHER, len(of_square), _TOGETHER)):
            found[part] = _nearest_of_square(y[part], x[part])
    rows[known] = found[at]
    return rows


def _nearest_of_square(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.int32]:
    """Of points that lie within a degree of each other."""
    table = _table()
    if not len(latitudes):
        return np.empty(0, np.int32)
    belt = _FARTHEST_KM / _KM_A_DEGREE
    low, high = np.searchsorted(table.latitude, [latitudes.min() - belt, latitudes.max() + belt])
    shrinking = np.cos(np.radians(min(np.abs(latitudes).max() + belt, 89.0)))
    off = (table.longitude[low:high] - longitudes[0] + 180) % 360 - 180  # over the date line too
    near = low + np.flatnonzero(np.abs(off) <= belt / shrinking + 1)
    if not len(near):
        return np.full(len(latitudes), -1, np.int32)
    across = (table.longitude[near] - longitudes[:, None] + 180) % 360 - 180
    across *= np.cos(np.radians(latitudes))[:, None]
    km = _KM_A_DEGREE * np.hypot(across, table.latitude[near] - latitudes[:, None])
    people = table.population[near]
    within = np.where(km <= np.sqrt(people / _PEOPLE_A_KM2 / math.pi), people, -1)
    best = np.where(within.max(axis=1) >= 0, within.argmax(axis=1), km.argmin(axis=1))
    is_near = km[np.arange(len(best)), best] <= _FARTHEST_KM
    return np.where(is_near, near[best], -1).astype(np.int32)


def named(name: str) -> list[Town]:
    """The towns with this name in English or German, without regard to capitals and accents, the largest first."""
    found = [_town(row) for row in _names().get(_fold(name), ())]
    return sorted(found, key=lambda town: -town.population)


@lru_cache(256)
def rows_named(name: str) -> NDArray[np.int64]:
    """The rows of the towns with this name, and of all towns in a country or US state of this name."""
    name = _fold(name)
    return np.unique(np.array([*_names().get(name, ()), *_areas().get(name, ())], np.int64))


def prepare() -> None:
    """Read now what is otherwise read when a name is first asked for."""
    for load in (_names, _areas, _ordinary):
        load()


def positions(rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes of these towns."""
    return _table().latitude[rows], _table().longitude[rows]


def is_place(name: str) -> bool:
    """Whether who writes this means a place: a town, country or US state, and its name is no ordinary word as well."""
    folded = _fold(name)
    return len(folded) >= _SHORTEST and folded not in _ordinary() and (folded in _names() or folded in _areas())


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


@cache
def _areas() -> Mapping[str, list[int]]:
    """The rows of the towns in each country and US state."""
    of_code: defaultdict[str, list[int]] = defaultdict(list)
    areas: defaultdict[str, list[int]] = defaultdict(list)
    for row, rest in enumerate(_table().rest):
        code, _, _, region = rest.split("\t")
        of_code[code].append(row)
        for name in (region, *_ALSO.get(region, ())) if region else ():
            areas[_fold(name)].append(row)
    for code, rows in of_code.items():
        names = {_fold(name) for name in (*_countries().get(code, ()), *_ALSO.get(code, ()))}
        for name in names:
            areas[name] += rows
    return areas


@cache
def _ordinary() -> frozenset[str]:
    return frozenset((_FOLDER / "ordinary.txt").read_text("utf-8").split())


def _fold(name: str) -> str:
    if name.isascii():
        return name.lower().strip()
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
