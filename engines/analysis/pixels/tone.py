"""How light and dark are spread over a picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engines.analysis.pixels.views import Views

_BLACK, _BURNT = 5, 250  # grey levels; JPEG shakes true black and white by a few
_EXTREME = 0.005  # share of the pixels beyond `darkest` and `brightest`; the moon in the sky is larger


@dataclass(frozen=True, slots=True)
class Tone:
    """Lightness is CIE L* from 0 to 1, as seen.

    exposure: mean lightness. contrast: twice its standard deviation, so 1 for half black and half white. clipped_dark,
    clipped_bright: share of all pixels of the frame that are black or burnt out. darkest, brightest: lightness beyond
    which lie the last half per cent.
    """

    exposure: float
    contrast: float
    clipped_dark: float
    clipped_bright: float
    darkest: float
    brightest: float


def tone_of(views: Views) -> Tone:
    """Measured on a picture of any size."""
    histogram = np.bincount(views.lightness.ravel(), minlength=256)
    cumulated = np.cumsum(histogram)
    mean, deviation = cv2.meanStdDev(views.lightness)
    return Tone(
        exposure=float(mean[0, 0]) / 255,
        contrast=min(1.0, 2 * float(deviation[0, 0]) / 255),
        clipped_dark=int(np.count_nonzero(views.grey <= _BLACK)) / views.grey.size,
        clipped_bright=int(np.count_nonzero(views.grey >= _BURNT)) / views.grey.size,
        darkest=int(np.searchsorted(cumulated, _EXTREME * cumulated[-1], side="right")) / 255,
        brightest=int(np.searchsorted(cumulated, (1 - _EXTREME) * cumulated[-1])) / 255,
    )
