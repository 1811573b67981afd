"""Stars from the ways in which programs write a rating."""

from __future__ import annotations

import math

REJECTED = -1


def stars(number: float, *, percent: bool = False) -> int | None:
    """0 to 5, REJECTED, or None for what is no rating (NaN too).

    percent: Microsoft's scale, on which 1, 25, 50, 75 and 99 are one to five stars. Some programs write it where stars
    belong, so more than five stars are read that way.
    """
    if math.isnan(number) or not REJECTED <= number <= 100:
        return None
    if not percent and number <= 5:
        return math.floor(number + 0.5)
    return 0 if number < 1 else min(5, math.floor(number / 25 + 0.5) + 1)
