"""The nearest town to a point on earth."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest

from engines.towns import is_place, land, named, nearest, nearest_rows, positions, rows_named
from engines.vocabulary import nodes, spellings

KNOWN_BY_THEIR_TOWNS = {
    "milan",
    "cairns",
    "flagstaff",
    "lhasa",
    "aalen",
    "bergen",
    "hayes",
    "barnes",
    "cowes",
    "trappes",
}


@pytest.mark.parametrize(
    ("latitude", "longitude", "shown", "german"),
    [
        (38.7139, -9.1394, "Lisbon, Portugal", "Lissabon, Portugal"),
        (48.1549, 11.5418, "Munich, Germany", "München, Deutschland"),
        (52.5163, 13.3777, "Berlin, Germany", "Berlin, Deutschland"),
        (39.7817, -89.6501, "Springfield, Illinois, United States", "Springfield, Illinois, Vereinigte Staaten"),
        (-17.7134, 178.065, None, None),  # in the middle of Fiji's main island; what is nearest may be told otherwise
    ],
)
def test_a_point_is_told_by_its_town(latitude: float, longitude: float, shown: str | None, german: str | None) -> None:
    town = nearest(latitude, longitude)
    assert town is not None
    if shown is not None:
        assert (town.shown(), town.shown("de")) == (shown, german)


def test_a_large_city_is_told_before_its_quarter() -> None:
    town = nearest(48.8867, 2.3431)  # Montmartre
    assert town is not None
    assert town.name == "Paris"


def test_at_sea_there_is_no_town() -> None:
    assert nearest(0.0, -30.0) is None
    assert nearest(90.0, 0.0) is None
    assert nearest(213.6, 103.5) is None


def test_the_date_line_is_no_border() -> None:
    east, west = nearest(-16.8, 179.99), nearest(-16.8, -179.99)
    assert east is not None
    assert east == west


def test_towns_are_found_by_either_name() -> None:
    assert [town.country for town in named("lissabon")] == ["Portugal"]
    assert named("Lisbon")[0].country == "Portugal"
    assert named("münchen")[0] == named("Munich")[0]
    assert named("no such town") == []


def test_a_lookup_takes_less_than_a_millisecond() -> None:
    nearest(0.5, 9.5)
    started = perf_counter()
    for step in range(200):
        nearest(45 + step / 100, 9 + step / 50)
    assert (perf_counter() - started) / 200 < 0.001


def test_the_land_has_outlines() -> None:
    rings = land()
    assert len(rings) > 200
    assert all(abs(ring[:, 0]).max() <= 180 and abs(ring[:, 1]).max() <= 90 for ring in rings)


def test_many_points_are_told_as_single_ones_are() -> None:
    dice = np.random.default_rng(4)
    latitudes, longitudes = dice.uniform(-89, 89, 400), dice.uniform(-180, 180, 400)
    latitudes[:200], longitudes[:200] = dice.normal(47, 2, 200), dice.normal(8, 2, 200)
    rows = nearest_rows(latitudes, longitudes)
    for row, latitude, longitude in zip(rows.tolist(), latitudes, longitudes, strict=True):
        town = nearest(float(latitude), float(longitude))
        assert (town is None) == (row < 0)
        if town is not None:
            assert (town.latitude, town.longitude) == tuple(map(float, positions(np.array(row))))
    assert 200 < (rows >= 0).sum() < 400
    assert nearest_rows(np.array([np.nan, 91.0, 48.15]), np.array([0.0, 0.0, 11.54])).tolist()[:2] == [-1, -1]


def test_a_country_holds_its_towns() -> None:
    assert set(rows_named("lisbon")) & set(rows_named("Portugal"))
    assert set(rows_named("Portugal")).isdisjoint(rows_named("Spain"))
    assert len(rows_named("no such place")) == 0


def test_no_thing_that_pictures_show_is_taken_for_a_town() -> None:
    names = {word for name in nodes() for word in spellings(name) if is_place(word)}
    assert {name.casefold() for name in names} <= KNOWN_BY_THEIR_TOWNS
    assert not any(map(is_place, ("nice", "reading", "Essen", "sunset", "orange", "May", "an")))
    assert all(map(is_place, ("Lisbon", "münchen", "New York", "Portugal", "Milan", "Kalifornien")))
