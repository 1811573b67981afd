"""How good a picture is technically: not whether it is beautiful, but whether it came out.

Each possible defect is a factor from its floor to 1, read from a curve; their product is the quality. A defect that
costs enough is named. The curves were drawn so that ordinary good photos come to lie between 0.7 and 0.95, and so that
what is meant to be so (night, fog, white paper) costs little.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10, prod

import cv2
import numpy as np

from engines.analysis.pixels.tone import Tone
from engines.analysis.pixels.views import Views

_BEST = 0.95  # of a picture without any defect: what it shows can still be improved
_NAMED_BELOW = 0.80  # a factor; what costs less is not worth a word

_Curve = tuple[tuple[float, ...], tuple[float, ...]]  # rising places, and the factor at each; flat beyond both ends

_SHARPNESS: _Curve = (0.0, 0.06, 0.13, 0.20, 0.34, 0.45, 0.65, 1.0), (0.25, 0.36, 0.50, 0.62, 0.80, 0.88, 0.95, 1.0)
_BRIGHTEST: _Curve = (0.05, 0.35, 0.55, 0.75), (0.25, 0.62, 0.90, 1.0)  # what is lit in a night shot is bright
_DARK_MEAN: _Curve = (0.0, 0.05, 0.15, 0.30), (0.88, 0.92, 0.97, 1.0)
_DARKEST: _Curve = (0.30, 0.60, 0.90), (1.0, 0.88, 0.50)
_BRIGHT_MEAN: _Curve = (0.70, 0.85, 1.0), (1.0, 0.88, 0.55)
_BURNT: _Curve = (0.02, 0.15, 0.50), (1.0, 0.88, 0.70)
_RANGE: _Curve = (0.0, 0.20, 0.45, 0.75), (0.40, 0.65, 0.88, 1.0)  # of lightness, from darkest to brightest
_NOISE: _Curve = (1.5, 4.0, 8.0, 15.0, 30.0), (1.0, 0.95, 0.83, 0.62, 0.35)  # grey levels
_PIXELS: _Curve = (3.5, 4.5, 5.0, 5.5, 6.3), (0.45, 0.70, 0.84, 0.95, 1.0)  # log10 of their number: 6.3 is 2 megapixels

_PAPER_AT_EDGE = 0.92  # share of the outermost pixels that is white where something was cut out or laid on white
_PAPER_FLAT = 0.65  # share of pixels equal to their neighbours: 0.73 in a screenshot, 0.55 at most in a hundred photos
_PAPER_WHITE = 250  # level


@dataclass(frozen=True, slots=True)
class Quality:
    """score: 0 to 1. reasons: what costs quality, worst first: 'blurred', 'no detail', 'too dark', 'too bright',
    'burnt-out highlights', 'low contrast', 'noisy', 'small'."""

    score: float
    reasons: tuple[str, ...]


def quality_of(views: Views, sharpness: float, tone: Tone, noise: float, size: tuple[int, int]) -> Quality:
    """Judged by what the other modules measured. size: width and height in pixels of the full picture."""
    factors = {
        "blurred" if sharpness > 0 else "no detail": _at(_SHARPNESS, sharpness),
        "too dark": _at(_BRIGHTEST, tone.brightest) * _at(_DARK_MEAN, tone.exposure),
        "too bright": _at(_DARKEST, tone.darkest) * _at(_BRIGHT_MEAN, tone.exposure),
        "burnt-out highlights": _at(_BURNT, tone.clipped_bright),
        "low contrast": _at(_RANGE, tone.brightest - tone.darkest),
        "noisy": _at(_NOISE, noise),
        "small": _at(_PIXELS, log10(size[0] * size[1])),
    }
    if min(factors["too bright"], factors["burnt-out highlights"]) < 1 and _is_on_paper(views):
        factors["too bright"] = factors["burnt-out highlights"] = 1.0
    reasons = sorted((name for name in factors if factors[name] < _NAMED_BELOW), key=factors.__getitem__)
    return Quality(_BEST * prod(factors.values()), tuple(reasons))


def _is_on_paper(views: Views) -> bool:
    """Is white the ground on which things lie (a page, a screen, a catalogue) rather than light that was too much?"""
    small = views.small
    edge = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    if np.mean(edge.min(axis=1) >= _PAPER_WHITE) >= _PAPER_AT_EDGE:
        return True
    return _flatness(views) >= _PAPER_FLAT


def _flatness(views: Views) -> float:
    """The share of pixels that equal their neighbours to the right and below, of those that are not black or white."""
    grey = views.grey
    here, right, below = grey[:-1, :-1], grey[:-1, 1:], grey[1:, :-1]
    if here.size == 0:
        return 0.0
    inner = cv2.inRange(here, np.array(8), np.array(247))
    alike = cv2.bitwise_and(cv2.compare(here, right, cv2.CMP_EQ), cv2.compare(here, below, cv2.CMP_EQ))
    return cv2.countNonZero(cv2.bitwise_and(inner, alike)) / max(1, cv2.countNonZero(inner))


def _at(curve: _Curve, place: float) -> float:
    return float(np.interp(place, *curve))
