"""How sharp the sharpest part of a picture is.

An edge is sharp when it happens within one pixel: then its steepest step is as large as the whole difference across it.
Blurred over a Gaussian of s pixels, the steepest step is 0.4 / s of it. That ratio is taken in the liveliest tiles of
the picture, across and down; each step is averaged along its edge, where noise drowns and an edge does not. A defocused
picture is soft both ways, a motion-blurred one only along the motion: so the softer way decides, for the most part.
A slanted edge is spread by that averaging too, which is how motion aslant shows up both ways; other photos have some
upright edges besides. (Diagonals as third and fourth way were tried: upright edges look soft to them.)
"""

from __future__ import annotations

from math import ceil, sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.analysis.pixels.views import Plane, shrunk

_Tiles = NDArray[np.int16]  # (tiles, height, width), grey levels

_TILE = 32  # px
_LIVELIEST = 0.08  # share of the tiles that counts as the sharpest part; a face in the background is about that
_FEWEST, _MOST = 6, 96  # tiles
_LINE = 3  # px along the edge over which a step is averaged
_ACROSS = 16  # px; the whole of an edge that is blurred by 4 px, and enough of one that moved by 40
_FAINTEST = 15.0  # grey levels; a fainter edge says nothing
_NOISE_IN_STEP = 3.0  # standard deviations by which noise makes the steepest step of a tile look steeper
_NOISE_IN_EDGE = 6.0  # standard deviations that an edge must stand out from noise
_RARE = 0.15  # edges of one way that are that much fainter than those of the other do not count
_SOFTER_WEIGHT = 0.8  # of the softer way against the other; 15 px of motion then score as 2 px of defocus
_SOFT, _SHARP = 0.10, 0.85  # ratios: of a defocus of 5 px; of the sharpest quarter of a hundred photos


def sharpness_of(grey: Plane, noise: float) -> float:
    """From 0 (nothing sharp, or no edges at all) to 1 (at least one part is as sharp as the pixels allow).

    grey: (H, W), any size. noise: standard deviation in grey levels, as noise_of finds it.
    """
    tiles = _liveliest(grey)
    turned = np.ascontiguousarray(tiles.swapaxes(1, 2))
    measured = [_steepness(tiles, noise), _steepness(turned, noise)]
    highest = max(height for _, height in measured)
    ratios = [ratio for ratio, height in measured if height > 0 and height >= _RARE * highest]
    if not ratios:
        return 0.0
    ratio = _SOFTER_WEIGHT * min(ratios) + (1 - _SOFTER_WEIGHT) * max(ratios)
    return min(1.0, max(0.0, (ratio - _SOFT) / (_SHARP - _SOFT)))


def _liveliest(grey: Plane) -> _Tiles:
    """The tiles with the most energy in steps between neighbours: sharp edges count more there than soft ones."""
    height, width = grey.shape
    rows, columns = max(1, height // _TILE), max(1, width // _TILE)
    tall, wide = min(height, _TILE), min(width, _TILE)
    energy = _energy(grey, rows, columns)
    count = min(energy.size, max(_FEWEST, min(_MOST, ceil(_LIVELIEST * energy.size))))
    best = np.argsort(energy, axis=None)[::-1][:count]
    tops = np.minimum(best // columns * height // rows, height - tall)
    lefts = np.minimum(best % columns * width // columns, width - wide)
    cut = [grey[top : top + tall, left : left + wide] for top, left in zip(tops, lefts, strict=True)]
    return np.stack(cut).astype(np.int16)


def _energy(grey: Plane, rows: int, columns: int) -> NDArray[np.float32]:
    """The mean square of the steps to the right and down, (rows, columns) of tiles; zero without neighbours.

    Every other row is enough to compare tiles, and half the memory: fresh pages cost more than the sums.
    """
    if min(grey.shape) < 2:
        return np.zeros((rows, columns), np.float32)
    upper, lower = grey[:-1:2], grey[1::2]
    right = cv2.absdiff(upper[:, 1:], upper[:, :-1])
    down = cv2.absdiff(upper[:, :-1], lower[:, :-1])
    square = cv2.add(cv2.multiply(right, right, dtype=cv2.CV_32F), cv2.multiply(down, down, dtype=cv2.CV_32F))
    fine = shrunk(np.asarray(square, np.float32), _TILE // 8)  # most of the way in whole pixels, the rest is cheap
    return np.asarray(cv2.resize(fine, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _steepness(tiles: _Tiles, noise: float) -> tuple[float, float]:
    """The steepest step of a tile's upright edges as a part of their whole height, and that height in grey levels.

    Both are the upper quartile over the tiles that have such edges; (0.0, 0.0) if none has.
    """
    height = tiles.shape[1] - _LINE + 1
    if height < 1 or tiles.shape[2] <= _ACROSS:
        return 0.0, 0.0
    lines = sum((tiles[:, place : place + height] for place in range(1, _LINE)), start=tiles[:, :height])
    deviation = noise * sqrt(2 / _LINE)
    heights = _largest_difference(lines, _ACROSS)
    stands_out = heights >= max(_FAINTEST, _NOISE_IN_EDGE * deviation)
    if not stands_out.any():
        return 0.0, 0.0
    steepest = _largest_difference(lines[stands_out], 1) - _NOISE_IN_STEP * deviation
    ratios = np.maximum(steepest, 0) / heights[stands_out]
    return float(np.percentile(ratios, 75)), float(np.percentile(heights, 75))


def _largest_difference(lines: _Tiles, across: int) -> NDArray[np.float64]:
    """For each tile the largest difference, in grey levels, between places that far apart in a row of sums of _LINE."""
    difference = np.abs(lines[:, :, across:] - lines[:, :, :-across])
    return np.asarray(difference.reshape(len(lines), -1).max(axis=1) / _LINE, np.float64)
