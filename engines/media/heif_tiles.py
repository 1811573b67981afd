"""Decodes a grid of HEVC tiles with FFmpeg, at the size of the working frame.

FFmpeg needs half of libheif's time for the same tiles (12 megapixels on one core: 110 ms instead of 230), the planes
are scaled before they become RGB, and a file that is cut short gives the tiles before the cut, where libheif
gives none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import av
import cv2
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engines.media import ycbcr
from engines.media.geometry import shrink
from engines.media.heif_grid import Grid
from engines.media.iso_items import Items
from engines.media.iso_picture import Coding, coding_of
from engines.media.wide_colour import Colours
from engines.types import Pixels

_GREY = 128  # of what is missing, in all three planes
_FULL_RANGE = 2  # AVCOL_RANGE_JPEG
_EIGHT_BIT = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, slots=True)
class Picture:
    """pixels: RGB in the picture's own colours, scaled, not turned. share: of its tiles that came out, above 0."""

    pixels: Pixels
    colours: Colours
    share: float


def decode(items: Items, grid: Grid, size: tuple[int, int]) -> Picture | None:
    """The picture at `size` (width, height), or None if FFmpeg can make nothing of it."""
    canvas: _Canvas | None = None
    done = 0
    for place, tile in _tiles(items, grid):
        if (tile.width, tile.height) == grid.tile_size and tile.format.name in _EIGHT_BIT:
            canvas = canvas or _Canvas(grid, tile)
            canvas.put(place, tile)
            done += 1
    if canvas is None:
        return None
    coding = coding_of(items) or canvas.coding
    return Picture(canvas.scaled(size, coding), coding.colours, done / len(grid.tiles))


def _tiles(items: Items, grid: Grid) -> Iterator[tuple[int, av.VideoFrame]]:
    """Place in the grid and decoded tile, of each tile that is whole."""
    decoder = av.VideoCodecContext.create("hevc", "r")
    decoder.extradata = grid.tiles[0].attribute(b"hvcC")
    decoder.thread_count = 1
    decoder.options = {"max_pixels": str(4 * grid.tile_size[0] * grid.tile_size[1])}  # what 'ispe' says is checked
    for place, tile in enumerate(grid.tiles):
        data = items.bytes_of(tile)
        if len(data) < sum(length for _, length in tile.extents):
            continue
        packet = cast("av.Packet[VideoStream]", av.Packet(data))
        packet.pts = place
        yield from _decoded(decoder, packet)
    yield from _decoded(decoder, None)


def _decoded(
    decoder: av.VideoCodecContext, packet: av.Packet[VideoStream] | None
) -> Iterator[tuple[int, av.VideoFrame]]:
    try:
        frames = decoder.decode(packet)
    except av.FFmpegError:
        return  # this tile stays grey
    for frame in frames:
        if frame.pts is not None and not frame.is_corrupt:
            yield frame.pts, frame


class _Canvas:
    """The planes of the whole picture, grey where no tile was put yet. coding: as the tiles say."""

    def __init__(self, grid: Grid, tile: av.VideoFrame) -> None:
        self._grid = grid
        colours = Colours(tile.color_primaries, tile.color_trc)
        self.coding = Coding(colours, tile.colorspace, tile.color_range == _FULL_RANGE)
        width, height = tile.width * grid.columns, tile.height * grid.rows
        shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
        self._planes = [np.full(shape, _GREY, np.uint8) for shape in shapes]

    def put(self, place: int, tile: av.VideoFrame) -> None:
        row, column = divmod(place, self._grid.columns)
        for canvas, plane in zip(self._planes, tile.planes, strict=True):
            pixels = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
            top, left = row * plane.height, column * plane.width
            canvas[top : top + plane.height, left : left + plane.width] = pixels

    def scaled(self, size: tuple[int, int], coding: Coding) -> Pixels:
        """RGB at `size`; averaging before and after the conversion differs by rounding only."""
        width, height = self._grid.width, self._grid.height
        luma = _resized(self._planes[0][:height, :width], size)
        chroma = [_resized(plane[: (height + 1) // 2, : (width + 1) // 2], size) for plane in self._planes[1:]]
        planes = np.asarray(cv2.merge([luma, *chroma]), dtype=np.uint8)
        return ycbcr.to_rgb(planes, coding.matrix, full_range=coding.full_range)


def _resized(plane: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The plane averaged down to `size`, or where it is smaller, as colours may be, interpolated up to it."""
    plane = shrink(plane, size)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
