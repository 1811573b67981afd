"""Turns a Pillow image of any mode into 8-bit pixels without transparency, at the size of the working frame."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.media.geometry import shrink

_BAND_PIXELS = 4_000_000  # converted at a time, so that 100 megapixels need no second copy of themselves
_PLAIN = ("L", "RGB", "CMYK", "LAB")


def pixels_of(image: Image.Image, size: tuple[int, int]) -> tuple[NDArray[np.uint8], str]:
    """Pixels at `size` (width, height) and their mode: 'L', 'RGB', 'CMYK' or 'LAB'. Transparent parts are white.

    More than 8 bits are scaled to 8, numbers without a natural range by the range they have.
    """
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    bands = [band if factor == 1 else band.reduce(factor) for band in _bands(image, factor)]
    return shrink(np.concatenate([np.asarray(band) for band in bands]), size), bands[0].mode


def _bands(image: Image.Image, factor: int) -> Iterator[Image.Image]:
    """The image as plain ones of full width, from top to bottom, each but the last a multiple of `factor` high."""
    low, high = _range(image)
    rows = factor * max(1, _BAND_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        yield _plain(_scaled(band, low, high) if high else band)


def _range(image: Image.Image) -> tuple[float, float]:
    """The values that become black and white in an image of more than 8 bits; (0, 0) for any other."""
    if image.mode.startswith("I;16"):
        return 0.0, 65535.0
    if image.mode not in ("I", "F"):
        return 0.0, 0.0
    values = np.asarray(image)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    full = 1.0 if image.mode == "F" else 65535.0
    if low >= 0 and high <= full:
        return 0.0, full
    return low, max(high, low + 1e-9)


def _scaled(image: Image.Image, low: float, high: float) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), nan=low, posinf=high, neginf=low)
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
