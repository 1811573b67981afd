"""Turns a decoded video frame into sRGB pixels."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from engines.media.wide_colour import Colours, to_srgb
from engines.types import Pixels

_UNSAID = 2
_HIGH_DEFINITION = 720  # lines; from here on a film that does not name its colour matrix means BT.709, below BT.601


def rgb_of(frame: VideoFrame, size: tuple[int, int]) -> Pixels:
    """The frame at `size` (width, height), not turned."""
    high = min(frame.width, frame.height) >= _HIGH_DEFINITION
    matrix = frame.colorspace if frame.colorspace != _UNSAID else Colorspace.ITU709 if high else Colorspace.ITU601
    full_range = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    colours = Colours(frame.color_primaries, frame.color_trc)
    scaled = frame.reformat(
        *size,
        "rgb48le" if colours.is_wide else "rgb24",
        src_colorspace=matrix,
        src_color_range=ColorRange.JPEG if full_range else ColorRange.MPEG,
        interpolation="AREA",
        threads=1,
    ).to_ndarray()
    return to_srgb(scaled.astype(np.uint16), colours) if colours.is_wide else np.ascontiguousarray(scaled, np.uint8)
