"""Where a picture lies in the square that a network sees, so that what it finds can be told about the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Fit


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a picture that is kept whole lies in its square, in px."""

    left: int
    top: int
    width: int
    height: int
    side: int

    def to_picture(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes as fractions of the picture, cut off where they leave it.

        boxes: (N, 4) centre x, centre y, width, height as fractions of the square.
        Returns (N, 4) left, top, width, height, each 0 to 1.
        """
        origin = np.array([self.left, self.top], np.float32)
        extent = np.array([self.width, self.height], np.float32)
        start = (boxes[:, :2] - boxes[:, 2:] / 2) * self.side
        end = (boxes[:, :2] + boxes[:, 2:] / 2) * self.side
        start = np.clip((start - origin) / extent, 0, 1)
        end = np.clip((end - origin) / extent, 0, 1)
        return np.concatenate([start, end - start], axis=1).astype(np.float32)


def placement(width: int, height: int, side: int, fit: Fit = Fit.LETTERBOX) -> Placement:
    """Where a picture of this size, or of this shape, lies in the square: in its middle, or at its start (CORNER)."""
    scale = side / max(width, height)
    inner_width, inner_height = max(1, round(width * scale)), max(1, round(height * scale))
    if fit is Fit.CORNER:
        return Placement(0, 0, inner_width, inner_height, side)
    return Placement((side - inner_width) // 2, (side - inner_height) // 2, inner_width, inner_height, side)
