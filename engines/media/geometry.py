"""Sizes and rotations: what upright means, and how large a working frame is."""

from __future__ import annotations

import struct
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

LONG_SIDE = 1024  # px of a working frame; sharpness and noise are defined at this scale
PANORAMA_SHORT_SIDE = 512  # px, kept where the picture is more than twice as long as high
PANORAMA_LONG_SIDE = 4096  # px, never more

Sizing = Callable[[int, int], tuple[int, int]]  # from a picture's width and height to those it is decoded at, in px

_LARGE = 512  # px; below, a row that is left out could be seen

# EXIF orientation -> OpenCV's code of the flip that follows a transposition: 0 top to bottom, 1 left to right, -1 both.
_FLIPS = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}
_ORIENTATION = 0x0112


def working_size(width: int, height: int) -> tuple[int, int]:
    """The size of the working frame of a picture, in px; never more than the picture's own, never less than 1.

    The long side is 1024; a panorama more than twice as long as high keeps 512 on the short side, and up to 4096 on the
    long one.
    """
    long, short = max(width, height), min(width, height)
    scale = min(1.0, max(LONG_SIDE / long, PANORAMA_SHORT_SIDE / short), PANORAMA_LONG_SIDE / long)
    return max(1, round(width * scale)), max(1, round(height * scale))


def full_size(width: int, height: int) -> tuple[int, int]:
    """The picture's own size: it is decoded whole."""
    return width, height


def fitting(long_side: int) -> Sizing:
    """Sizes with at most so many pixels on the long side, for pictures to look at."""

    def size(width: int, height: int) -> tuple[int, int]:
        scale = min(1.0, long_side / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))

    return size


def shrink(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The pixels at `size` (width, height) by averaging areas; as they are if they have no more than that.

    pixels: (H, W) or (H, W, channels). Halving first is exact and three times as fast: OpenCV averages areas of 2 x 2,
    and no others, with vector instructions (12 megapixels of one channel: 7 ms instead of 20).
    """
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1] and min(pixels.shape[:2]) >= _LARGE:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: 2 * height, : 2 * width]  # a last odd row or column is too thin to be missed
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    height, width = pixels.shape[:2]
    if width <= size[0] and height <= size[1]:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def turn(pixels: Pixels, orientation: int) -> Pixels:
    """The pixels upright, in memory of their own order. orientation: 1 to 8 as EXIF defines it; others count as 1."""
    if 5 <= orientation <= 8:
        pixels = np.asarray(cv2.transpose(pixels), dtype=np.uint8)
    if orientation in _FLIPS:
        pixels = np.asarray(cv2.flip(pixels, _FLIPS[orientation]), dtype=np.uint8)
    return np.ascontiguousarray(pixels)


def orientation_of(exif: bytes | None) -> int:
    """The orientation, 1 to 8, that an EXIF block asks for; 1 if it has none or is broken.

    Only this one tag is read here, so that a block broken elsewhere still turns its picture.
    """
    block = (exif or b"").removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, length, value = struct.unpack_from(order + "HHIH", block, at)
            if tag == _ORIENTATION and kind == 3 and length == 1:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1
