"""Technical quality: each defect lowers it and is named; what is meant to be so costs little."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import cv2
import numpy as np
import pytest

from engines.analysis.pixels.noise import noise_of
from engines.analysis.pixels.quality import Quality, quality_of
from engines.analysis.pixels.sharpness import sharpness_of
from engines.analysis.pixels.tone import tone_of
from engines.analysis.pixels.views import views_of
from engines.types import Pixels

Change = Callable[[Pixels], Pixels]


def quality(pixels: Pixels, size: tuple[int, int] = (2000, 1500)) -> Quality:
    views = views_of(pixels)
    noise = noise_of(views.grey)
    return quality_of(views, sharpness_of(views.grey, noise), tone_of(views), noise, size)


def blurred(radius: float) -> Change:
    return lambda pixels: np.asarray(cv2.GaussianBlur(pixels, (0, 0), radius), np.uint8)


def lit(gain: float) -> Change:
    return lambda pixels: np.clip(pixels * np.float32(gain), 0, 255).astype(np.uint8)


def noisy(deviation: float) -> Change:
    def change(pixels: Pixels) -> Pixels:
        noise = np.random.default_rng(2).normal(0, deviation, pixels.shape)
        return np.clip(pixels + noise, 0, 255).round().astype(np.uint8)

    return change


def flattened(share: float) -> Change:
    return lambda pixels: (128 + (pixels.astype(np.float32) - 128) * share).astype(np.uint8)


DEFECTS = {
    "blurred": [blurred(radius) for radius in (1, 2, 4)],
    "too dark": [lit(gain) for gain in (0.5, 0.2, 0.07)],
    "noisy": [noisy(deviation) for deviation in (10, 20, 40)],
    "low contrast": [flattened(share) for share in (0.5, 0.3, 0.15)],
    "too bright": [lit(gain) for gain in (2, 3, 5)],
}


def scores(pixels: Pixels, changes: Iterable[Change]) -> list[float]:
    return [quality(pixels).score] + [quality(change(pixels)).score for change in changes]


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_growing_defect_lowers_a_made_picture(scene: Pixels, defect: str) -> None:
    series = scores(scene, DEFECTS[defect])
    assert all(after < before for before, after in pairwise(series))


@pytest.mark.parametrize("defect", ["blurred", "too dark", "noisy", "low contrast"])
def test_a_growing_defect_lowers_real_photos(coco_photos: dict[str, Pixels], defect: str) -> None:
    for name in list(coco_photos)[::3]:
        series = scores(coco_photos[name], DEFECTS[defect])
        assert all(after < before for before, after in pairwise(series)), name


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_strong_defect_is_named_first(photos: Callable[[str], Pixels], defect: str) -> None:
    spoilt = DEFECTS[defect][-1](photos("coco_000000005037.jpg"))
    assert quality(spoilt).reasons[0] in {defect, "burnt-out highlights"}


def test_burnt_out_highlights_are_named(photos: Callable[[str], Pixels]) -> None:
    assert "burnt-out highlights" in quality(photos("coco_000000205401.jpg")).reasons


def test_a_picture_with_nothing_in_it_has_no_detail() -> None:
    assert "no detail" in quality(np.full((480, 640, 3), 120, np.uint8)).reasons


def test_a_stamp_is_small(scene: Pixels) -> None:
    assert quality(scene, size=(120, 90)).reasons == ("small",)


def test_more_pixels_are_better(scene: Pixels) -> None:
    series = [quality(scene, size).score for size in ((80, 60), (320, 240), (640, 480), (1600, 1200))]
    assert series == sorted(series)


def test_ordinary_photos_are_good(coco_photos: dict[str, Pixels]) -> None:
    found = [quality(photo, (photo.shape[1], photo.shape[0])).score for photo in coco_photos.values()]
    assert np.mean([0.7 <= score <= 0.95 for score in found]) >= 0.95


@pytest.mark.parametrize(
    "name",
    [
        "Kodak PIXPRO FZ201.jpg",  # the moon
        "BSG1.tiff",  # a concert
        "text_japanese-shop.jpg",  # a shop at night
        "page.png",  # a scanned page
        "Screenshot 2019-05-21 at 10.45.52.png",
        "iconic_3.jpg",  # a catalogue, white all around
        "Alpha Lossless (1).webp",  # a rose, cut out
        "coco_000000165518.jpg",  # fog
    ],
)
def test_what_is_meant_so_costs_little(photos: Callable[[str], Pixels], name: str) -> None:
    assert quality(photos(name)).score > 0.6


def test_a_page_of_text_on_white_is_neither_too_bright_nor_burnt_out() -> None:
    page = np.full((1000, 700, 3), 255, np.uint8)
    for line in range(30):
        cv2.putText(page, "what is written here", (60, 60 + 30 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20, 20, 20), 2)
    assert quality(page).reasons == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (4, 4096), (16, 16)])
def test_any_size_has_a_quality(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*size, 3)).astype(np.uint8)
    assert 0 <= quality(pixels, (size[1], size[0])).score <= 1
