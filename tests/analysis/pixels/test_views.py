"""The forms of a picture that the measurements share."""

from __future__ import annotations

import numpy as np
import pytest

from engines.analysis.pixels.views import SMALL_AREA, shrunk, views_of


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 7), (4, 6000), (6000, 4), (1, 40_000), (768, 1024), (683, 1024), (512, 4096)]
)
def test_the_small_view_has_few_pixels_and_at_least_one(size: tuple[int, int]) -> None:
    small = views_of(np.zeros((*size, 3), np.uint8)).small
    assert 0 < small.shape[0] * small.shape[1] <= SMALL_AREA


def test_a_picture_that_is_small_already_stays_as_it_is(scene: np.ndarray) -> None:
    corner = scene[:100, :120]
    assert np.array_equal(views_of(corner).small, corner)


def test_shrinking_takes_the_mean_of_squares() -> None:
    picture = np.array([[0, 10, 100, 100, 7], [20, 30, 100, 100, 7]], np.uint8)
    assert shrunk(picture, 2).tolist() == [[15, 100]]


def test_lightness_is_255_for_white_and_half_for_what_looks_middle_grey() -> None:
    pixels = np.array([[[255, 255, 255], [119, 119, 119], [0, 0, 0]]], np.uint8)
    assert views_of(pixels).lightness.tolist() == [[255, 128, 0]]
