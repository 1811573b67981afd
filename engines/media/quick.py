"""A picture of a file in a hurry, looked at in a worker: the small one that its camera left in it, if there is one.

Light to import, as view is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engines.media.view import View, fit

if TYPE_CHECKING:
    from engines.media.jpeg_layout import Layout
    from engines.types import Pixels

_HEAD_BYTES = 256 * 1024  # the small picture lies within the first 64 KiB; some others may lie before the size is said
_START, _LENGTH = 0x0201, 0x0202  # tags of the directory about the small picture


def glimpse(path: str, long_side: int) -> View:
    """The small picture in a JPEG's EXIF block, upright: 2 ms, mostly 160 x 120 px; else what fit() gives.

    Raises MediaError.
    """
    return _embedded(path) or fit(path, long_side)


def _embedded(path: str) -> View | None:
    from engines.media.geometry import orientation_of, turn
    from engines.media.jpeg_layout import layout_of
    from engines.media.reader import NoPicture

    try:
        with open(path, "rb") as stream:
            layout = layout_of(stream.read(_HEAD_BYTES))
    except (OSError, NoPicture):  # fit() says what is wrong
        return None
    small = _small_picture(layout)
    if small is None:
        return None
    orientation = orientation_of(layout.exif)
    upright = turn(small, orientation)
    full = (layout.height, layout.width) if orientation >= 5 else (layout.width, layout.height)
    return View(upright.tobytes(), upright.shape[1], upright.shape[0], *full)


def _small_picture(layout: Layout) -> Pixels | None:
    import numpy as np
    import simplejpeg

    from engines.media.metadata.tiff import first_directory

    first = first_directory(layout.exif)
    about = first.following() if first is not None else None
    start, length = (about.whole(_START), about.whole(_LENGTH)) if about is not None else (None, None)
    data = about.block.read(start, length) if about is not None and start and length else None
    if not data:
        return None
    try:
        pixels = np.asarray(simplejpeg.decode_jpeg(data, "RGB"), np.uint8)
    except ValueError:
        return None
    return _without_bars(pixels, layout.width / layout.height)


def _without_bars(pixels: Pixels, shape: float) -> Pixels:
    """Cut to the whole picture's shape (width by height): cameras fill 160 x 120 px up with black."""
    height, width = pixels.shape[:2]
    wide, high = min(width, round(height * shape)), min(height, round(width / shape))
    left, top = (width - wide) // 2, (height - high) // 2
    return pixels[top : top + max(1, high), left : left + max(1, wide)]
