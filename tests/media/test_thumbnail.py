"""The small picture for the grid."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from engines.media.thumbnail import encode
from engines.types import Frame, Thumbnail
from tests.make_media import make_pixels


def thumbnail_of(size: tuple[int, int]) -> Thumbnail:
    return encode(Frame(make_pixels(size), *size))


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1024, 768), (512, 384)),
        ((768, 1024), (384, 512)),
        ((300, 200), (300, 200)),
        ((512, 512), (512, 512)),
        ((4096, 3), (512, 1)),
        ((1, 1), (1, 1)),
        ((3, 4096), (1, 512)),
    ],
)
def test_the_long_side_is_at_most_512_and_the_short_one_at_least_1(
    size: tuple[int, int], small: tuple[int, int]
) -> None:
    thumbnail = thumbnail_of(size)
    assert (thumbnail.width, thumbnail.height) == small


def test_it_is_a_webp_of_the_size_it_says() -> None:
    thumbnail = thumbnail_of((1024, 700))
    image = Image.open(io.BytesIO(thumbnail.data))
    assert (image.format, image.size) == ("WEBP", (thumbnail.width, thumbnail.height))


def test_it_looks_like_the_frame() -> None:
    image = Image.open(io.BytesIO(thumbnail_of((300, 200)).data))
    assert np.abs(np.asarray(image).astype(int) - make_pixels((300, 200))).mean() < 3


def test_it_is_the_same_for_the_same_frame() -> None:
    assert thumbnail_of((640, 480)) == thumbnail_of((640, 480))
