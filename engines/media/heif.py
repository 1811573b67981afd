"""Reads HEIC: plain ones tile by tile with FFmpeg, all others with libheif."""

from __future__ import annotations

import numpy as np
import pillow_heif
from numpy.typing import NDArray

from engines.media import heif_tiles, iso_picture
from engines.media.colour import to_srgb
from engines.media.damage import tiles_missing
from engines.media.geometry import Sizing, shrink, turn, working_size
from engines.media.heif_grid import plain_grid
from engines.media.iso_items import Items
from engines.media.limits import refuse_if_larger
from engines.media.pillow_pixels import pixels_of
from engines.media.reader import Decoded, Header, NoPicture, Source
from engines.media.wide_colour import Colours, eight_bit_to_srgb
from engines.types import Frame, Pixels, State

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


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    items = Items(source.data)
    picture = _decode_tiles(items, sizing)
    if picture is None:
        pixels = turn(_decode_with_libheif(source.data, items, header, sizing), header.orientation)
        return Decoded(Frame(pixels, header.width, header.height))
    orientation = iso_picture.container_orientation(items) if items.primary.turns else header.orientation
    pixels = turn(_in_srgb(picture.pixels, "RGB", items, picture.colours), orientation)
    damage = tiles_missing(picture.share) if picture.share < 1 else None
    return Decoded(Frame(pixels, header.width, header.height), damage)


def _in_srgb(pixels: NDArray[np.uint8], mode: str, items: Items, colours: Colours | None) -> Pixels:
    """A profile wins over the colours that the container or the stream names."""
    icc = iso_picture.profile_of(items)
    if colours is None or icc:
        return to_srgb(pixels, mode, icc)
    return eight_bit_to_srgb(to_srgb(pixels, mode, b""), colours)


def _decode_tiles(items: Items, sizing: Sizing) -> heif_tiles.Picture | None:
    grid = plain_grid(items)
    return heif_tiles.decode(items, grid, sizing(grid.width, grid.height)) if grid else None


def _decode_with_libheif(data: bytes, items: Items, header: Header, sizing: Sizing) -> Pixels:
    """sRGB turned as the container asks for."""
    width, height = sizing(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    try:
        file = pillow_heif.open_heif(data)
        image = file[file.primary_index]
        plain = np.asarray(image) if image.mode == "RGB" else None  # decodes; saves the copy that Pillow would make
        pixels, mode = (shrink(plain, size), "RGB") if plain is not None else pixels_of(image.to_pillow(), size)
    except _BROKEN as error:
        raise NoPicture(State.CORRUPT, "is damaged: no picture can be made of it", "damaged") from error
    coding = iso_picture.coding_of(items)
    return _in_srgb(pixels, mode, items, coding.colours if coding else None)
