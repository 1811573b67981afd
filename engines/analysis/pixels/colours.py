"""Which colours a picture has, in the words that people use for them.

Each pixel is looked up in a table that says what a colour is called; resources/colours.toml draws the borders in OKLCh,
a space of lightness, chroma and hue made so that equal steps look equal.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Pixels

_Numbers = NDArray[np.float32]

_BORDERS = Path(__file__).resolve().parents[3] / "resources" / "colours.toml"
_BITS = 6  # of each channel that the table tells apart: 64 steps, 4 levels wide
_LEAST_SHARE = 0.02
_WHOLE = {"lightness": (0.0, 2.0), "chroma": (0.0, 1.0), "hue": (0.0, 360.0)}  # what a box without that range spans

# Björn Ottosson, "A perceptual color space for image processing", 2020: from linear sRGB to what the cones of the eye
# receive, and from the cube roots of that to OKLab.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
_OPPONENTS = np.array([[1, -1, 0], [0.5, 0.5, -1]], np.float32)  # red against green, yellow against blue


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of a picture. share: of its pixels, rounded down. hex: the mean of those pixels, such as '#8a6f52'."""

    name: str
    share: float
    hex: str


@dataclass(frozen=True, slots=True)
class Palette:
    """names: of all colours there are. index: for each cell of the colour cube, red slowest, its place in names."""

    names: tuple[str, ...]
    index: NDArray[np.uint8]


def colours_of(small: Pixels) -> tuple[Colour, ...]:
    """The colours with at least 2 % of the pixels, largest first; the shares sum to 1 at most. small: (h, w, 3) RGB."""
    palette = load_palette()
    channels = small.reshape(-1, 3).T.astype(np.int32)
    red, green, blue = channels >> (8 - _BITS)
    named = palette.index[red << (2 * _BITS) | green << _BITS | blue]
    counts = np.bincount(named, minlength=len(palette.names))
    totals = np.array([np.bincount(named, channel, len(palette.names)) for channel in channels])
    shares = 10_000 * counts // counts.sum() / 10_000
    return tuple(
        Colour(palette.names[place], float(shares[place]), _hex(totals[:, place] / counts[place]))
        for place in np.argsort(-counts, kind="stable")
        if shares[place] >= _LEAST_SHARE
    )


def mean_colour_of(small: Pixels) -> str:
    """The mean of all pixels, such as '#8a6f52'."""
    return _hex(np.array(cv2.mean(small)[:3]))


def colourfulness_of(small: Pixels) -> float:
    """0 for grey, above 60 for very colourful: Hasler and Süsstrunk, "Measuring colourfulness in natural images", 2003

    small: (h, w, 3) RGB.
    """
    mean, deviation = cv2.meanStdDev(cv2.transform(small.astype(np.float32), _OPPONENTS))
    return float(np.linalg.norm(deviation) + 0.3 * np.linalg.norm(mean))


@cache
def load_palette() -> Palette:
    """What every colour is called; read and worked out once in a process, in some 40 ms."""
    boxes = tomllib.loads(_BORDERS.read_text("utf-8"))["box"]
    names = tuple(dict.fromkeys(box["name"] for box in boxes))
    encoded = ((np.arange(1 << _BITS) + 0.5) * (256 >> _BITS) - 0.5) / 255  # the middle of each cell
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)
    cube = np.stack(np.meshgrid(linear, linear, linear, indexing="ij"), axis=-1).reshape(-1, 3)
    measures = dict(zip(("lightness", "chroma", "hue"), _oklch_of(cube), strict=True))
    index = np.empty(len(cube), np.uint8)
    for box in reversed(boxes):  # the first box has the last word
        inside = np.ones(len(cube), bool)
        for measure, values in measures.items():
            inside &= _is_within(values, *box.get(measure, _WHOLE[measure]))
        index[inside] = names.index(box["name"])
    return Palette(names, index)


def _oklch_of(linear: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Lightness 0 to 1, chroma, and hue in degrees from 0 to 360. linear: (n, 3) RGB in linear light from 0 to 1."""
    lightness, green_red, blue_yellow = (np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T).T
    return lightness, np.hypot(green_red, blue_yellow), np.degrees(np.arctan2(blue_yellow, green_red)) % 360


def _is_within(values: _Numbers, low: float, high: float) -> NDArray[np.bool_]:
    """From low up to, not including, high; a range of hues that runs through 0 has the larger number first."""
    if low < high:
        return (values >= low) & (values < high)
    return (values >= low) | (values < high)


def _hex(colour: NDArray[np.float64]) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in colour.tolist())
