"""One picture in the forms that the measurements share, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

Plane = NDArray[np.uint8]  # (height, width)
_Number = TypeVar("_Number", np.uint8, np.float32)

SMALL_AREA = 256 * 192  # px; enough for shares of colour and light, in a sixteenth of the time


@dataclass(frozen=True, slots=True)
class Views:
    """pixels: (H, W, 3) RGB. grey: (H, W), its luma.

    small: (h, w, 3) RGB, the pixels averaged down to SMALL_AREA or less. lightness: (h, w), CIE L* of small, 255 for
    white: as bright as people see it.
    """

    pixels: Pixels
    grey: Plane
    small: Pixels
    lightness: Plane


def views_of(pixels: Pixels) -> Views:
    """All views of a picture of any size from one pixel up. pixels: (H, W, 3) RGB."""
    height, width = pixels.shape[:2]
    small = shrunk(pixels, ceil(sqrt(height * width / SMALL_AREA)))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2Lab)
    return Views(pixels, np.asarray(grey, np.uint8), small, np.asarray(lab[:, :, 0], np.uint8))


def shrunk(picture: NDArray[_Number], factor: int) -> NDArray[_Number]:
    """The means of squares of factor by factor pixels; what is left over at the right and lower edges is left out.

    picture: (H, W) or (H, W, 3). A side shorter than the factor becomes one pixel. Squares of whole pixels, because
    OpenCV takes three to seven times as long where they are not.
    """
    height, width = picture.shape[:2]
    down, across = min(factor, height), min(factor, width)
    rows, columns = height // down, width // across
    whole = picture[: rows * down, : columns * across]
    return cast(NDArray[_Number], cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA))
