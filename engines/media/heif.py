"""Reads HEIC: plain ones tile by tile with FFmpeg, all others with libheif."""

from __future__ import annotations

import numpy as np
import pillow_heif
from numpy.typing import NDArray

from engines.media import heif_tiles, iso_picture
from engines.media.colour import to_srgb
from engines.media.damage import tiles_missing
from engines.media.geometry import shrink, turn, working_size
from engines.media.heif_grid import plain_grid
from engines.media.iso_items import Items
from engines.media.limits import refuse_if_larger
from engines.media.pillow_pixels import pixels_of
from engines.media.reader import Decoded, Header, NoPicture, Source
from engines.types import Frame, State

MAX_PIXELS = 200_000_000  # libheif takes 5 bytes a pixel

pillow_heif.options.DECODE_THREADS = 1  # the other core has its own worker; a second thread gained nothing here anyway
pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False

_BROKEN = (ValueError, EOFError, SyntaxError, RuntimeError, OSError, IndexError)  # the last: no picture was found


def read_header(source: Source) -> Header:
    """Reads the list of items only: 0.5 ms."""
    try:
        header = iso_picture.header_of(Items(source.data), decoder_turns=True)
    except ValueError as error:
        raise NoPicture(State.CORRUPT, "is damaged, or a kind of HEIC that cannot be read", "damaged") from error
    refuse_if_larger(header.stored_width, header.stored_height, MAX_PIXELS)
    return header


def read_frame(source: Source, header: Header) -> Decoded:
    items = Items(source.data)
    icc = iso_picture.profile_of(items)
    picture = _decode_tiles(items, header)
    if picture is not None:
        orientation = iso_picture.container_orientation(items) if items.primary.turns else header.orientation
        pixels, mode = picture.pixels, "RGB"
    else:
        orientation = header.orientation
        pixels, mode = _decode_with_libheif(source.data, header)
    upright = turn(to_srgb(pixels, mode, icc), orientation)
    damage = None if picture is None or picture.share == 1 else tiles_missing(picture.share)
    return Decoded(Frame(upright, header.width, header.height), damage)


def _decode_tiles(items: Items, header: Header) -> heif_tiles.Picture | None:
    grid = plain_grid(items)
    return heif_tiles.decode(items, grid, working_size(grid.width, grid.height)) if grid else None


def _decode_with_libheif(data: bytes, header: Header) -> tuple[NDArray[np.uint8], str]:
    """Pixels turned as the container asks for, at the working frame's size, and their mode."""
    width, height = working_size(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    try:
        file = pillow_heif.open_heif(data)
        image = file[file.primary_index]
        if image.mode == "RGB":
            return shrink(np.asarray(image), size), "RGB"
        return pixels_of(image.to_pillow(), size)
    except _BROKEN as error:
        raise NoPicture(State.CORRUPT, "is damaged: no picture can be made of it", "damaged") from error
