"""Exposure, contrast and clipping, on pictures whose numbers are known."""

from __future__ import annotations

import numpy as np
import pytest

from engines.analysis.pixels.tone import Tone, tone_of
from engines.analysis.pixels.views import views_of


def tone(*columns: int) -> Tone:
    """Of a picture that is striped in these grey levels, ten pixels each."""
    row = np.repeat(np.array(columns, np.uint8), 10)
    return tone_of(views_of(np.ascontiguousarray(np.broadcast_to(row[None, :, None], (50, row.size, 3)))))


def test_a_black_picture_has_no_light_and_is_clipped() -> None:
    assert tone(0) == Tone(0.0, 0.0, clipped_dark=1.0, clipped_bright=0.0, darkest=0.0, brightest=0.0)


def test_a_white_picture_is_all_light_and_clipped() -> None:
    assert tone(255) == Tone(1.0, 0.0, clipped_dark=0.0, clipped_bright=1.0, darkest=1.0, brightest=1.0)


def test_what_looks_middle_grey_has_an_exposure_of_a_half() -> None:
    assert tone(119).exposure == pytest.approx(0.5, abs=0.01)


def test_half_black_and_half_white_is_full_contrast() -> None:
    assert tone(0, 255).contrast == pytest.approx(1.0)


def test_clipped_shares_are_those_of_the_pixels() -> None:
    stripes = tone(0, 120, 130, 255, 255)
    assert (stripes.clipped_dark, stripes.clipped_bright) == (0.2, 0.4)


def test_darkest_and_brightest_are_what_the_picture_holds() -> None:
    stripes = tone(50, 119, 200)
    assert stripes.darkest < 0.25 < 0.75 < stripes.brightest


def test_a_moon_in_the_night_is_its_brightest_part() -> None:
    night = np.zeros((100, 100, 3), np.uint8)
    night[40:50, 40:50] = 200
    assert tone_of(views_of(night)).brightest > 0.7
