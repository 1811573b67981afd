"""Pictures to measure: made ones, whose truth is known, and real ones, whose truth can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engines.types import Pixels

Photos = Callable[[str], Pixels]


@pytest.fixture(scope="session")
def scene() -> Pixels:
    """(480, 640, 3): triangles and upright rectangles of all colours, drawn sharp, on grey."""
    random = np.random.default_rng(7)
    pixels = np.full((480, 640, 3), 128, np.uint8)
    for _ in range(70):
        place, *corners = random.integers((0, 0), (640, 480), (3, 2)).astype(np.int32)
        triangle = np.array([place, *(place + (corner - place) // 4 for corner in corners)])
        cv2.fillPoly(pixels, [triangle], random.integers(0, 256, 3).tolist(), cv2.LINE_AA)
        left, top = random.integers((0, 0), (600, 450))
        width, height = random.integers(8, 80, 2)
        pixels[top : top + height, left : left + width] = random.integers(0, 256, 3)
    return pixels


@pytest.fixture(scope="session")
def photos(media_folder: Path) -> Photos:
    """A real photo by its name in the media's folder 'photos' or 'products', as RGB; decoded once."""
    decoded: dict[str, Pixels] = {}

    def photo(name: str) -> Pixels:
        if name not in decoded:
            folder = "photos" if (media_folder / "photos" / name).exists() else "products"
            with Image.open(media_folder / folder / name) as image:
                image.thumbnail((1024, 1024))
                decoded[name] = np.array(image.convert("RGB"))
        return decoded[name]

    return photo


@pytest.fixture(scope="session")
def coco_photos(media_folder: Path, photos: Photos) -> dict[str, Pixels]:
    """45 everyday photos of people, animals, food, streets and rooms, by name."""
    return {path.name: photos(path.name) for path in sorted((media_folder / "photos").glob("coco_*.jpg"))}
