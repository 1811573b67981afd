"""One frame of a film at a size at which thousands can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 64, 36  # px of the luma; chroma has half of each
_STEPS = 16  # of a histogram, of each of luma and the two chromas

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Glance:
    """planes: (54, 64) uint8, YUV 4:2:0: 36 rows of luma, then the two chromas, 9 rows each.

    time_s: from the beginning of the film. is_key: the frame can be decoded alone. sharpness: of a keyframe, in any
    unit that is the same within a film; 0 where nobody measured it.
    """

    time_s: float
    planes: NDArray[np.uint8]
    is_key: bool = False
    sharpness: float = 0.0

    @cached_property
    def brightness(self) -> float:
        """Mean luma, 0 to 255."""
        return float(self.planes[:HEIGHT].mean())

    @cached_property
    def spread(self) -> float:
        """Standard deviation of luma: black, white and fog have less than 6, every ordinary picture more than 12."""
        return float(self.planes[:HEIGHT].std())

    @cached_property
    def blocks(self) -> Floats:
        """(3, 18, 32): luma and the two chromas at half the size, so that a little motion changes little."""
        luma = self.planes[:HEIGHT].reshape(HEIGHT // 2, 2, WIDTH // 2, 2).mean((1, 3), dtype=np.float32)
        chroma = self.planes[HEIGHT:].reshape(2, HEIGHT // 2, WIDTH // 2).astype(np.float32)
        return np.concatenate([luma[np.newaxis], chroma])

    @cached_property
    def histogram(self) -> Floats:
        """(3, 16): shares of the pixels by brightness and by each chroma, which camera motion hardly changes."""
        parts = self.planes[:HEIGHT], *self.planes[HEIGHT:].reshape(2, -1)
        counts = [np.bincount(part.ravel() >> 4, minlength=_STEPS) / part.size for part in parts]
        return np.array(counts, np.float32)


def change(first: Glance, second: Glance) -> float:
    """By how many grey levels the pixels differ on average, luma and chroma added up."""
    return float(np.abs(first.blocks - second.blocks).mean((1, 2)).sum())


def recolouring(first: Glance, second: Glance) -> float:
    """0 to 1: which share of the pixels has another brightness or colour, wherever they are."""
    return float(np.abs(first.histogram - second.histogram).sum() / 2 / len(first.histogram))
