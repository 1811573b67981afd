"""Noise: added noise is found again, texture is not taken for it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engines.analysis.pixels.noise import noise_of
from engines.analysis.pixels.views import Plane
from engines.types import Pixels

random = np.random.default_rng(5)


def with_noise(grey: Plane, deviation: float) -> Plane:
    return np.clip(grey + random.normal(0, deviation, grey.shape), 0, 255).round().astype(np.uint8)


def grey_of(pixels: Pixels) -> Plane:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


@pytest.mark.parametrize("deviation", [2, 5, 12, 20])
def test_noise_on_a_slope_of_grey_is_found(deviation: float) -> None:
    slope = np.broadcast_to(np.linspace(80, 180, 640), (480, 640)).astype(np.uint8)
    assert noise_of(with_noise(slope, deviation)) == pytest.approx(deviation, rel=0.15)


def test_noise_added_to_real_photos_is_found(coco_photos: dict[str, Pixels]) -> None:
    found = [noise_of(with_noise(grey_of(photo), 8)) for photo in coco_photos.values()]
    assert np.median(found) == pytest.approx(8, rel=0.1)


def test_more_noise_is_always_more(coco_photos: dict[str, Pixels]) -> None:
    for photo in list(coco_photos.values())[::4]:
        series = [noise_of(with_noise(grey_of(photo), deviation)) for deviation in (3, 8, 16)]
        assert series == sorted(series)


def test_drawings_have_none(scene: Pixels) -> None:
    assert noise_of(grey_of(scene)) < 0.5


def test_texture_of_a_few_pixels_is_not_noise() -> None:
    rough = cv2.GaussianBlur(random.normal(0, 1, (480, 640)), (0, 0), 1.5)
    texture = np.clip(120 + 20 * rough / rough.std(), 0, 255).astype(np.uint8)
    assert noise_of(texture) < 2


def test_black_and_white_say_nothing() -> None:
    grey = with_noise(np.full((480, 640), 128, np.uint8), 6)
    grey[:, :200] = 0
    grey[:, 440:] = 255
    assert noise_of(grey) == pytest.approx(6, rel=0.15)


@pytest.mark.parametrize("size", [(1, 1), (4, 6000), (15, 15), (16, 16), (31, 40)])
def test_a_flat_picture_of_any_size_has_none(size: tuple[int, int]) -> None:
    assert noise_of(np.full(size, 120, np.uint8)) == 0.0
