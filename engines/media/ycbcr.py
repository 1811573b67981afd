"""Turns the planes that video decoders give into RGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

# Shares of red and blue in luma, by the matrix number of ITU-T H.273.
_WEIGHTS = {1: (0.2126, 0.0722), 4: (0.3, 0.11), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}
_BT601 = 6  # where a still picture says nothing


def to_rgb(planes: NDArray[np.uint8], matrix: int, *, full_range: bool) -> Pixels:
    """planes: (H, W, 3), Y, Cb, Cr. matrix: its number in ITU-T H.273; an unknown one counts as BT.601.

    full_range: 0 to 255 mean something, else only 16 to 235 (Cb and Cr: 240).
    """
    red, blue = _WEIGHTS.get(matrix, _WEIGHTS[_BT601])
    green = 1 - red - blue
    luma, chroma, black = (1.0, 1.0, 0.0) if full_range else (255 / 219, 255 / 224, 16.0)
    weights = np.array(
        [
            [luma, 0, 2 * (1 - red) * chroma],
            [luma, -2 * (1 - blue) * blue / green * chroma, -2 * (1 - red) * red / green * chroma],
            [luma, 2 * (1 - blue) * chroma, 0],
        ]
    )
    offsets = -weights @ np.array([black, 128.0, 128.0])
    return np.asarray(cv2.transform(planes, np.column_stack([weights, offsets])), dtype=np.uint8)
