"""The perceptual hash: near for what looks the same, far for what does not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.analysis.pixels.perceptual_hash import perceptual_hash_of
from engines.analysis.pixels.views import Plane
from engines.types import Pixels


def hash_of(pixels: Pixels) -> str:
    return perceptual_hash_of(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8))


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def scaled(pixels: Pixels, factor: float) -> Pixels:
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def compressed(pixels: Pixels, quality: int) -> Pixels:
    _, coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def lit(pixels: Pixels, gain: float) -> Pixels:
    return np.asarray(np.clip(pixels * np.float32(gain), 0, 255), np.uint8)


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: scaled(pixels, 0.5),
        lambda pixels: scaled(pixels, 0.37),
        lambda pixels: scaled(pixels, 2),
        lambda pixels: compressed(pixels, 30),
        lambda pixels: compressed(pixels, 10),
        lambda pixels: lit(pixels, 0.85),
        lambda pixels: lit(pixels, 1.15),
        lambda pixels: cv2.GaussianBlur(pixels, (0, 0), 2),
    ],
    ids=["half", "third", "double", "JPEG 30", "JPEG 10", "darker", "brighter", "blurred"],
)
def test_a_changed_copy_is_near(coco_photos: dict[str, Pixels], change: Callable[[Pixels], Pixels]) -> None:
    distances = [distance(hash_of(photo), hash_of(change(photo))) for photo in coco_photos.values()]
    assert max(distances) <= 6


def test_a_copy_without_a_percent_at_each_edge_is_near(coco_photos: dict[str, Pixels]) -> None:
    for photo in coco_photos.values():
        down, across = photo.shape[0] // 100, photo.shape[1] // 100
        assert distance(hash_of(photo), hash_of(photo[down:-down, across:-across])) <= 10


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("faces_portrait.jpg", "faces_portrait_orientation_6.jpg"),
        ("china.jpg", "cmyk.jpg"),
        ("coffee.png", "progressive.jpg"),
        ("coco_000000002149.jpg", "multipage.tif"),
    ],
)
def test_two_files_of_one_photo_are_near(photos: Callable[[str], Pixels], one: str, other: str) -> None:
    turned = np.rot90(photos(other), -1) if "orientation_6" in other else photos(other)
    assert distance(hash_of(photos(one)), hash_of(np.ascontiguousarray(turned))) <= 6


def test_unrelated_photos_are_far(coco_photos: dict[str, Pixels]) -> None:
    hashes = [hash_of(photo) for photo in coco_photos.values()]
    distances = [distance(one, other) for one, other in itertools.combinations(hashes, 2)]
    assert min(distances) > 12
    assert np.mean(np.array(distances) > 18) > 0.99


def test_a_mirrored_photo_is_another(coco_photos: dict[str, Pixels]) -> None:
    photo = coco_photos["coco_000000007108.jpg"]
    assert distance(hash_of(photo), hash_of(np.ascontiguousarray(photo[:, ::-1]))) > 18


@pytest.mark.parametrize("size", [(1, 1), (4, 6000), (31, 33)])
def test_a_flat_picture_of_any_size_sets_no_bit(size: tuple[int, int]) -> None:
    flat: Plane = np.full(size, 200, np.uint8)
    assert perceptual_hash_of(flat) == "0" * 16
