"""Photos to measure with where none are given: made ones, with the sizes, formats and EXIF of real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

_FOLDER_FILES = 200  # in each folder
_SMALL = (320, 240)  # px
_LARGEST = (4000, 3000)  # px
# What a phone, a messenger and a screen leave behind, in tenths: format, size and how many of ten photos.
_MIXTURE = (
    *[("jpg", (4000, 3000))] * 5,
    *[("jpg", (1632, 1224))] * 3,
    ("png", (1280, 960)),
    ("webp", (1632, 1224)),
)
_DIFFERENT = 24  # pictures that copies are made of
_FIRST = datetime(2012, 3, 1, 9, 30)
_CAMERAS = (("Canon", "Canon EOS 6D"), ("NIKON CORPORATION", "NIKON D750"), ("Apple", "iPhone 12"))
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825


def photos(folder: Path, count: int) -> None:
    """Photos of up to 12 megapixels; 0.2 s each to make."""
    scene = _Scene(*_LARGEST)
    for number in range(count):
        suffix, size = _MIXTURE[number % len(_MIXTURE)]
        _save(scene, folder, number, suffix, size)


def copies(folder: Path, count: int, size: tuple[int, int] = (2400, 1800)) -> None:
    """JPEGs of which every 24th shows the same, though each is another file; 3 ms each to make."""
    scene = _Scene(*size)
    for number in range(min(count, _DIFFERENT)):
        _save(scene, folder, number, "jpg", size)
    pictures = [path.read_bytes() for path in sorted(folder.rglob("*.jpg"))]
    for number in range(len(pictures), count):
        place = folder / f"{number // _FOLDER_FILES:04}"
        place.mkdir(exist_ok=True)
        (place / f"IMG_{number:05}.jpg").write_bytes(pictures[number % _DIFFERENT] + number.to_bytes(4))


def small_files(folder: Path, numbers: range) -> None:
    """JPEGs of 320 x 240 pixels, a different one for each number, 200 in each folder; 2 ms each to make."""
    scene = _Scene(*_SMALL)
    for number in numbers:
        _save(scene, folder, number, "jpg", _SMALL)


def _save(scene: _Scene, folder: Path, number: int, suffix: str, size: tuple[int, int]) -> None:
    place = folder / f"{number // _FOLDER_FILES:04}"
    place.mkdir(parents=True, exist_ok=True)
    scene.piece(number, size).save(place / f"IMG_{number:05}.{suffix}", quality=88, exif=_exif(number))


class _Scene:
    """Something to photograph: random blots of all sizes over each other, as photos have detail at all scales."""

    def __init__(self, width: int, height: int) -> None:
        """Wide enough for many different pictures of this size, in px."""
        size = width * 3 // 2, height * 3 // 2
        random = np.random.default_rng(1)
        total = np.zeros((size[1], size[0], 3), np.float32)
        for blots in (width >> shift for shift in range(0, 11, 2)):
            small = random.integers(0, 256, (max(1, blots * 3 // 4), max(1, blots), 3), np.uint8)
            total += np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BILINEAR), np.float32)
        self._views = {1: Image.fromarray((total / 6).astype(np.uint8))}  # by how far away it is seen from

    def piece(self, number: int, size: tuple[int, int]) -> Image.Image:
        """Another part of it for each number."""
        distance = max(1, self._views[1].width // (2 * size[0]))
        if distance not in self._views:
            self._views[distance] = self._views[1].reduce(distance)
        view = self._views[distance]
        row, x = divmod(number, view.width - size[0])
        y = row % (view.height - size[1])
        return view.crop((x, y, x + size[0], y + size[1]))


def _exif(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = _CAMERAS[number % len(_CAMERAS)]
    exif[0x0112] = (1, 6, 1, 8)[number % 4]  # orientation: every other one was held upright
    exif.get_ifd(_EXIF_IFD).update(
        {
            0x9003: f"{_FIRST + timedelta(minutes=number * 97):%Y:%m:%d %H:%M:%S}",
            0x829A: 1 / (60 + number % 900),  # s, exposure
            0x829D: 2.8,  # f-number
            0x8827: 100 * (1 + number % 16),  # ISO
            0x920A: 35.0,  # mm, focal length
        }
    )
    if number % 3 == 0:
        degrees = (float(number % 60), float(number % 59), 0.0)
        exif.get_ifd(_GPS_IFD).update({1: "N", 2: degrees, 3: "E", 4: degrees})
    return exif
