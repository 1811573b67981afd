"""Makes a picture of any size into the square that a network wants to see, in a worker process.

Colours stay as they are, 0 to 255: scaling them is the first step of the network itself.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from engines.inference.catalogue import Card, Filter, Fit, PictureInput
from engines.inference.placement import placement
from engines.types import Pixels

GREY = 127  # around a letterboxed picture, as Darknet has it


def prepare(pixels: Pixels, card: Card) -> Pixels:
    """The picture as the network of this card takes it: (side, side, 3) uint8.

    pixels: (H, W, 3) RGB, upright. Raises ValueError for the card of a network that takes no pictures.
    """
    picture = card.picture
    if picture is None:
        raise ValueError(f"{card.title} takes no pictures.")
    square = _MAKE[picture.fit](pixels, picture)
    return square if picture.colours == "RGB" else np.ascontiguousarray(square[:, :, ::-1])


def _centre(pixels: Pixels, picture: PictureInput) -> Pixels:
    """The middle of the picture: a square with `share` of its short side."""
    if picture.filter is Filter.EXACT:
        return _centre_exact(pixels, picture)
    height, width = pixels.shape[:2]
    cut = max(1, round(min(height, width) * picture.share))
    left, top = (width - cut) // 2, (height - cut) // 2
    middle = pixels[top : top + cut, left : left + cut]
    return _scaled(middle, (picture.side, picture.side), cv2.INTER_CUBIC)


def _centre_exact(pixels: Pixels, picture: PictureInput) -> Pixels:
    """As transformers' image processors do it: scaled first, so that the edge sees what lies outside, then cut."""
    height, width = pixels.shape[:2]
    side, short = picture.side, min(height, width)
    scaled_width, scaled_height = int(side * width / short), int(side * height / short)
    left, top = (scaled_width - side) // 2, (scaled_height - side) // 2
    scaled = _scaled_exactly(pixels, (scaled_width, scaled_height), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(scaled[top : top + side, left : left + side])


def _letterbox(pixels: Pixels, picture: PictureInput) -> Pixels:
    return _within(np.full((picture.side, picture.side, 3), GREY, np.uint8), pixels, picture)


def _corner(pixels: Pixels, picture: PictureInput) -> Pixels:
    """What lies outside the picture is black; the network does not look at it."""
    return _within(np.zeros((picture.side, picture.side, 3), np.uint8), pixels, picture)


def _within(square: Pixels, pixels: Pixels, picture: PictureInput) -> Pixels:
    """The square with the whole picture in its place."""
    place = placement(pixels.shape[1], pixels.shape[0], picture.side, picture.fit)
    size = (place.width, place.height)
    exact = picture.filter is Filter.EXACT
    inner = (
        _scaled_exactly(pixels, size, Image.Resampling.BILINEAR) if exact else _scaled(pixels, size, cv2.INTER_LINEAR)
    )
    square[place.top : place.top + place.height, place.left : place.left + place.width] = inner
    return square


_MAKE = {Fit.CENTRE_CROP: _centre, Fit.LETTERBOX: _letterbox, Fit.CORNER: _corner}


def _scaled_exactly(pixels: Pixels, size: tuple[int, int], resampling: Image.Resampling) -> Pixels:
    """The pixels at `size` (width, height), each of them looked at: some 5 ms."""
    return np.asarray(Image.fromarray(pixels).resize(size, resampling))


def _scaled(pixels: Pixels, size: tuple[int, int], interpolation: int) -> Pixels:
    """The pixels at `size` (width, height).

    Halved first as often as that goes: OpenCV's interpolation looks at two or four pixels however far it scales, so
    fine patterns would turn into coarse ones. Takes 0.3 ms where Pillow's, which looks at all of them, takes 5 ms.
    """
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.resize(pixels, size, interpolation=interpolation), dtype=np.uint8)
