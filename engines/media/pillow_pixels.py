"""Turns a Pillow image of any mode into 8-bit pixels without transparency, at the size of the working frame."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.media.geometry import shrink

_STRIP_PIXELS = 4_000_000  # converted at a time, so that 100 megapixels need no second copy of themselves
_PLAIN = ("L", "RGB", "CMYK", "LAB")


def pixels_of(image: Image.Image, size: tuple[int, int]) -> tuple[NDArray[np.uint8], str]:
    """Pixels at `size` (width, height) and their mode: 'L', 'RGB', 'CMYK' or 'LAB'. Transparent parts are white.

    More than 8 bits are scaled to 8, numbers without a natural range by the range they have.
    """
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    bands = [band if factor == 1 else band.reduce(factor) for band in _bands(image, factor)]
    return shrink(np.concatenate([np.asarray(band) for band in bands]), size), bands[0].mode


def _bands(image: Image.Image, factor: int) -> Iterator[Image.Image]:
    """The image in plain modes as strips of full width, each but the last a multiple of `factor` high."""
    low, high = _range(image)
    for strip in _strips(image, factor):
        yield _plain(_scaled(strip, low, high) if high > low else strip)


def _strips(image: Image.Image, factor: int = 1) -> Iterator[Image.Image]:
    rows = factor * max(1, _STRIP_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


def _range(image: Image.Image) -> tuple[float, float]:
    """The values that become black and white in an image of more than 8 bits; (0, 0) for any other."""
    if image.mode.startswith("I;16"):
        return 0.0, 65535.0
    if image.mode not in ("I", "F"):
        return 0.0, 0.0
    full = 1.0 if image.mode == "F" else 65535.0
    finite = (strip[np.isfinite(strip)] for strip in map(np.asarray, _strips(image)))
    extremes = [(float(values.min()), float(values.max())) for values in finite if values.size]
    low = min((least for least, _ in extremes), default=0.0)
    high = max((most for _, most in extremes), default=full)
    return (0.0, full) if low >= 0 and high <= full else (low, max(high, low + 1e-9))


def _scaled(image: Image.Image, low: float, high: float) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, dtype=np.float64), nan=low, posinf=high, neginf=low)
    return Image.fromarray(np.clip((values - low) * (255 / (high - low)) + 0.5, 0, 255).astype(np.uint8))


def _plain(image: Image.Image) -> Image.Image:
    """The image in a mode without palette or transparency."""
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode in _PLAIN:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    grey = image.mode in ("L", "LA", "La")
    opaque = Image.new("L" if grey else "RGB", image.size, "white")
    full = image.convert("LA" if grey else "RGBA")
    opaque.paste(full.convert(opaque.mode), mask=full.getchannel("A"))
    return opaque
