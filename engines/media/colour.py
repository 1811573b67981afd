"""Brings every colour space to sRGB."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engines.types import Pixels

# What a profile calls its colours -> what Pillow calls pixels of them.
_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}
_SAME = 2  # grey levels; a transform that moves no colour further is not worth 18 ms a frame


def to_srgb(pixels: NDArray[np.uint8], mode: str, icc: bytes) -> Pixels:
    """The pixels as sRGB.

    pixels: (H, W) of mode 'L', (H, W, 3) of 'RGB' or 'LAB', (H, W, 4) of 'CMYK' (0 is no ink).
    icc: the embedded profile, b'' without; a broken one, or one for other colours than these, is ignored.
    Without a profile RGB counts as sRGB, and CMYK is converted as light minus ink, as browsers do.
    """
    transform = _transform(icc, mode)
    if transform is not None:
        return np.asarray(ImageCms.applyTransform(Image.fromarray(pixels, mode), transform))
    if mode == "RGB":
        return pixels
    if mode == "L":
        return np.repeat(pixels[:, :, np.newaxis], 3, axis=2)
    return np.asarray(Image.fromarray(pixels, mode).convert("RGB"))


@lru_cache(maxsize=32)  # a library has photos of few profiles; making a transform takes 3 ms, for CMYK 30 ms
def _transform(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """What turns pixels of this mode into sRGB, or None if nothing has to be done or the profile is of no use."""
    try:
        profile = _profile(icc, mode)
        if profile is None:
            return None
        transform = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
        return None if mode == "RGB" and _changes_nothing(transform) else transform
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _profile(icc: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    if not icc:
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")) if mode == "LAB" else None
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    return profile if _MODES.get(profile.profile.xcolor_space) == mode else None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(len(steps), -1, 3)
    changed = np.asarray(ImageCms.applyTransform(Image.fromarray(colours, "RGB"), transform))
    return bool(np.abs(changed.astype(np.int16) - colours).max() <= _SAME)
