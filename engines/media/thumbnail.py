"""The small picture for the grid."""

from __future__ import annotations

import io

from PIL import Image

from engines.media.geometry import shrink
from engines.types import Frame, Thumbnail

LONG_SIDE = 512  # px; at twice the pixel density a tile of the grid shows 200 to 400
_QUALITY = 80
_METHOD = 0


def encode(frame: Frame) -> Thumbnail:
    height, width = frame.pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    buffer = io.BytesIO()
    Image.fromarray(shrink(frame.pixels, size)).save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return Thumbnail(buffer.getvalue(), *size)
