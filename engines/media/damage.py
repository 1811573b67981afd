"""Says how much of a damaged picture came out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.media.reader import Flaw, NoPicture
from engines.types import State

_HARDLY = 0.99


def cut_short(share: float) -> Flaw:
    """share: of the picture's height that could be read, 0 to 1. Raises NoPicture (CORRUPT) if that is nothing."""
    if share <= 0:
        raise NoPicture(State.CORRUPT, "is cut short before its picture begins", "cut short")
    if share > _HARDLY:
        return Flaw(State.PARTIAL, "is damaged near its end; hardly anything of the picture is missing", "cut short")
    percent = max(1, round(share * 100))
    return Flaw(State.PARTIAL, f"is cut short: only the upper {percent} % of its picture could be read", "cut short")


def tiles_missing(share: float) -> Flaw:
    """share: of the picture's tiles that could be read, more than 0."""
    percent = max(1, round(share * 100))
    return Flaw(State.PARTIAL, f"is damaged or cut short: only {percent} % of its picture could be read", "cut short")


def wrong_in_places() -> Flaw:
    return Flaw(State.PARTIAL, "is damaged: parts of its picture are missing or wrong", "damaged")


def upper_share(pixels: NDArray[np.uint8], filler: int | None = None) -> float:
    """The share of rows above those at the bottom that hold nothing but filler.

    filler: the value of all channels that a decoder puts where data are missing; None: whatever the last pixel is.
    """
    empty = pixels.reshape(len(pixels), -1, pixels[0, 0].size) == (pixels[-1, -1] if filler is None else filler)
    filled = np.flatnonzero(~empty.all(axis=(1, 2)))
    return float(filled[-1] + 1) / len(pixels) if filled.size else 0.0
