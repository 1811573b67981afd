from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.media.metadata.positions import Position, degrees, parse_iso6709, parse_xmp_degrees, position


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(213.64, 103.48), (-90.1, 0.5), (10.0, 180.1), (0.0, 0.0), (math.nan, 5.0), (5.0, math.nan), (math.inf, 5.0)],
)
def test_what_is_not_on_earth_is_no_position(latitude: float, longitude: float) -> None:
    assert position(latitude, longitude) is None


def test_the_equator_and_the_prime_meridian_are_positions() -> None:
    assert position(0.0, 103.48) == Position(0.0, 103.48)
    assert position(51.47, 0.0) == Position(51.47, 0.0)


@pytest.mark.parametrize("altitude_m", [1e9, -20_000.0, math.nan])
def test_an_impossible_altitude_costs_only_itself(altitude_m: float) -> None:
    assert position(51.0, 7.0, altitude_m) == Position(51.0, 7.0)


@pytest.mark.parametrize(
    ("parts", "reference", "expected"),
    [
        ((43, 28, 2.814), "N", 43.467448333),
        ((34, 1, 16.89), "S", -34.021358333),
        ((52.5,), "E", 52.5),
        ((52, 30), "W", -52.5),
        ((52, 30, math.nan), "N", 52.5),
    ],
)
def test_degrees_minutes_and_seconds_add_up(parts: tuple[float, ...], reference: str, expected: float) -> None:
    assert degrees(parts, reference) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("parts", "reference"),
    [
        ((43, 28, 2.8), ""),
        ((43, 28, 2.8), "X"),
        ((), "N"),
        ((math.nan, 1, 1), "N"),
        ((43, 99, 0), "N"),
        ((-43, 1, 0), "N"),
    ],
)
def test_degrees_without_a_sign_or_a_number_are_none(parts: tuple[float, ...], reference: str) -> None:
    assert math.isnan(degrees(parts, reference))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+52.4597+013.3220+051.178/", Position(52.4597, 13.322, 51.18)),
        ("+51.4169-000.0806/", Position(51.4169, -0.0806)),
        ("+34.0754-118.2543", Position(34.0754, -118.2543)),
        ("-3356.5+15112.75/", Position(-33.9416667, 151.2125)),
        ("+273530-0824530+010CRSWGS_84/", Position(27.5916667, -82.7583333, 10.0)),
        ("+0.0+0.0/", None),
        ("+95.0+013.0/", None),
        ("Berlin", None),
        ("", None),
    ],
)
def test_positions_of_videos_are_read(text: str, expected: Position | None) -> None:
    assert parse_iso6709(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("51,15.2911N", 51.254851667), ("7,23,22.08E", 7.3894667), ("43,30,0S", -43.5)]
)
def test_positions_of_xmp_are_read(text: str, expected: float) -> None:
    assert parse_xmp_degrees(text) == pytest.approx(expected, abs=1e-7)


@given(st.text(alphabet="0123456789+-.,/NESWC ", max_size=40))
def test_any_text_is_a_position_on_earth_or_none(text: str) -> None:
    place = parse_iso6709(text)
    assert place is None or (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180)
    assert isinstance(parse_xmp_degrees(text), float)
