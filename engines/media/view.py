"""Pictures to look at, decoded in a worker: one that fits the screen, and the full one in square pieces.

The full picture stays in the worker, so that a window that shows a part of 100 megapixels holds only that part. Light
to import: the decoders are loaded only where these functions are called.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engines.types import Pixels

TILE = 512  # px of a tile's side, at every scale
_ROOM = 400_000_000  # bytes of whole pictures that stay decoded: four of 24 megapixels that are compared, or one of 100

# By path and time of the file: the picture, and halved ever again. The one asked for last is the last.
_held: dict[tuple[str, int], list[Pixels]] = {}


@dataclass(frozen=True, slots=True)
class View:
    """data: RGB, 3 bytes a pixel, row after row. full_width, full_height: of the whole picture, upright, in px."""

    data: bytes
    width: int
    height: int
    full_width: int
    full_height: int


def fit(path: str, long_side: int) -> View:
    """The picture with at most so many pixels on its long side. Raises MediaError."""
    from engines.media.geometry import fitting
    from engines.media.open_file import open_file

    frame = open_file(path).picture(fitting(long_side))
    return _view(frame.pixels, frame.width, frame.height)


def tile(path: str, halvings: int, column: int, row: int) -> View:
    """A square of the picture halved so often, at most TILE wide and high. Raises MediaError."""
    mtime_ns = _mtime_ns(path)
    pixels = _halved(path, mtime_ns, halvings)
    part = pixels[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
    height, width = _halved(path, mtime_ns, 0).shape[:2]
    return _view(part, width, height)


def _mtime_ns(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:  # open_file says why
        return 0


def _halved(path: str, mtime_ns: int, halvings: int) -> Pixels:
    """mtime_ns: of the file, so that another picture at this path is not taken for it."""
    from engines.media.geometry import full_size, shrink
    from engines.media.open_file import open_file

    steps = _held.pop((path, mtime_ns), None) or [open_file(path).picture(full_size).pixels]
    _held[path, mtime_ns] = steps
    while len(steps) <= halvings:
        above = steps[-1]
        steps.append(shrink(above, (max(1, above.shape[1] // 2), max(1, above.shape[0] // 2))))
    while len(_held) > 1 and sum(step.nbytes for kept in _held.values() for step in kept) > _ROOM:
        del _held[next(iter(_held))]
    return steps[halvings]


def _view(pixels: Pixels, width: int, height: int) -> View:
    return View(pixels.tobytes(), pixels.shape[1], pixels.shape[0], width, height)
