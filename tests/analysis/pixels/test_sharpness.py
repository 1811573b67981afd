"""Sharpness of the sharpest part: what counts as sharp, and what only looks like it to a computer."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engines.analysis.pixels.noise import noise_of
from engines.analysis.pixels.sharpness import sharpness_of
from engines.types import Pixels


def sharpness(pixels: Pixels) -> float:
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return sharpness_of(grey, noise_of(grey))


def blurred(pixels: Pixels, radius: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), radius), np.uint8)


def moved(pixels: Pixels, length: int, degrees: float) -> Pixels:
    """As if the camera had moved by that many pixels in that direction while the shutter was open."""
    line = np.zeros((length, length), np.float32)
    line[length // 2] = 1
    turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), degrees, 1)
    kernel = cv2.warpAffine(line, turn, (length, length))
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum()), np.uint8)


def noisy(pixels: Pixels, deviation: float) -> Pixels:
    noise = np.random.default_rng(1).normal(0, deviation, pixels.shape)
    return np.clip(pixels + noise, 0, 255).round().astype(np.uint8)


def test_drawn_edges_are_sharp(scene: Pixels) -> None:
    assert sharpness(scene) > 0.9


def test_the_softer_a_picture_the_lower(scene: Pixels) -> None:
    series = [sharpness(scene)] + [sharpness(blurred(scene, radius)) for radius in (0.7, 1, 1.5, 2, 3, 5)]
    assert series == sorted(series, reverse=True)


def test_two_pixels_of_defocus_are_not_sharp(scene: Pixels) -> None:
    assert sharpness(blurred(scene, 2)) < 0.2


def test_a_sharp_face_before_a_soft_background_is_sharp(scene: Pixels) -> None:
    portrait = blurred(scene, 6)
    portrait[150:330, 240:400] = scene[150:330, 240:400]
    assert sharpness(portrait) > 0.8


@pytest.mark.parametrize("degrees", [0, 25, 45, 90, 135])
@pytest.mark.parametrize("length", [11, 25])
def test_a_moved_camera_is_not_sharp(scene: Pixels, length: int, degrees: float) -> None:
    assert sharpness(moved(scene, length, degrees)) < 0.35


def test_edges_in_one_direction_alone_can_be_sharp() -> None:
    stripes = np.zeros((300, 400, 3), np.uint8)
    stripes[:, (np.arange(400) // 20) % 2 == 1] = 200
    assert sharpness(stripes) == 1.0


@pytest.mark.parametrize("deviation", [3, 10, 25])
def test_noise_alone_is_not_sharp(deviation: float) -> None:
    assert sharpness(noisy(np.full((480, 640, 3), 120, np.uint8), deviation)) < 0.1


@pytest.mark.parametrize("deviation", [5, 15])
def test_noise_does_not_sharpen_a_soft_picture(scene: Pixels, deviation: float) -> None:
    soft = blurred(scene, 3)
    assert sharpness(noisy(soft, deviation)) < sharpness(soft) + 0.05


def test_noise_leaves_a_sharp_picture_sharp(scene: Pixels) -> None:
    assert sharpness(noisy(scene, 10)) > 0.6


def test_compression_does_not_sharpen_a_soft_picture(scene: Pixels) -> None:
    _, coded = cv2.imencode(".jpg", blurred(scene, 4), [cv2.IMWRITE_JPEG_QUALITY, 40])
    assert sharpness(np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)) < 0.2


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 500), (500, 1), (4, 6000), (33, 17), (16, 16)])
def test_a_flat_picture_of_any_size_has_none(size: tuple[int, int]) -> None:
    assert sharpness(np.full((*size, 3), 90, np.uint8)) == 0.0


def test_a_strip_of_four_rows_can_be_sharp() -> None:
    strip = np.repeat(np.random.default_rng(3).integers(0, 2, 600).astype(np.uint8) * 200, 10)
    assert sharpness(np.broadcast_to(strip[None, :, None], (4, 6000, 3)).copy()) == 1.0


def test_real_photos_are_sharper_than_after_two_pixels_of_blur(coco_photos: dict[str, Pixels]) -> None:
    least = min(sharpness(photo) for photo in coco_photos.values())
    assert all(sharpness(blurred(photo, 2)) < least for photo in coco_photos.values())


@pytest.mark.parametrize("degrees", [0, 60, 90])
def test_real_photos_are_sharper_than_with_a_moved_camera(coco_photos: dict[str, Pixels], degrees: float) -> None:
    ratios = [sharpness(moved(photo, 15, degrees)) / sharpness(photo) for photo in coco_photos.values()]
    assert max(ratios) < 0.7
