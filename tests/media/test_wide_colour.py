"""Wide and high-dynamic-range colours."""

from __future__ import annotations

import numpy as np
import pytest

from engines.media.wide_colour import Colours, eight_bit_to_srgb, to_srgb
from tests.make_media import CORNERS, corners_of, make_heic, make_pixels, make_video
from tests.media.conftest import OpenBytes

SDR = Colours(1, 13)
HLG, PQ, P3 = Colours(9, 18), Colours(9, 16), Colours(12, 13)


def shown(red: float, green: float, blue: float, colours: Colours) -> list[int]:
    """sRGB of one encoded colour, its parts 0 to 1."""
    encoded = np.array([[[red, green, blue]]]) * 65535
    return [int(value) for value in to_srgb(encoded.astype(np.uint16), colours)[0, 0]]


@pytest.mark.parametrize(("white", "colours"), [(0.75, HLG), (0.58, PQ), (1.0, P3)])
def test_white_paper_is_nearly_white(white: float, colours: Colours) -> None:
    assert min(shown(white, white, white, colours)) >= 240


@pytest.mark.parametrize(("grey", "colours"), [(0.38, HLG), (0.38, PQ), (0.46, P3)])
def test_a_grey_card_is_grey(grey: float, colours: Colours) -> None:
    values = shown(grey, grey, grey, colours)
    assert 90 < values[0] < 130
    assert max(values) - min(values) <= 1


@pytest.mark.parametrize("colours", [HLG, PQ, P3])
def test_black_stays_black(colours: Colours) -> None:
    assert shown(0, 0, 0, colours) == [0, 0, 0]


@pytest.mark.parametrize("colours", [HLG, PQ, Colours(9, 14), P3])
def test_brighter_is_never_darker(colours: Colours) -> None:
    ramp = np.arange(0, 65536, 16, dtype=np.uint16).reshape(1, -1, 1).repeat(3, axis=2)
    assert np.diff(to_srgb(ramp, colours)[0, :, 0].astype(int)).min() >= 0


def test_wide_colours_are_more_saturated_than_they_look() -> None:
    red, green, _ = shown(0.7, 0.4, 0.4, P3)
    assert red - green > 255 * 0.3


@pytest.mark.parametrize("primaries", [1, 2, 5, 6])
def test_ordinary_colours_are_left_alone(primaries: int) -> None:
    pixels = make_pixels()
    assert eight_bit_to_srgb(pixels, Colours(primaries, 1)) is pixels


def test_a_phones_hdr_film_is_not_washed_out(open_bytes: OpenBytes) -> None:
    paper = np.full((48, 64, 3), round(0.75 * 255), np.uint8)
    frame = open_bytes(make_video(pictures=[paper] * 5, codec="libx264", colours=(9, 18, 9))).frame
    assert frame.pixels.mean() > 235


def test_an_ordinary_film_of_the_same_values_is_grey(open_bytes: OpenBytes) -> None:
    paper = np.full((48, 64, 3), round(0.75 * 255), np.uint8)
    frame = open_bytes(make_video(pictures=[paper] * 5, codec="libx264")).frame
    assert frame.pixels.mean() == pytest.approx(191, abs=3)


def test_a_heic_that_names_wide_colours_is_converted(open_bytes: OpenBytes) -> None:
    wide = make_heic(color_primaries=12, transfer_characteristics=13, matrix_coefficients=6, full_range_flag=1)
    plain = corners_of(open_bytes(make_heic()).frame.pixels)
    converted = corners_of(open_bytes(wide).frame.pixels)
    assert converted[0][0] > plain[0][0] + 8
    assert converted[2] == pytest.approx(CORNERS[2], abs=3)
