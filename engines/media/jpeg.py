"""Reads JPEGs, scaled down while they are decoded."""

from __future__ import annotations

import re

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from engines.media import pillow_photo
from engines.media.colour import to_srgb
from engines.media.damage import cut_short, upper_share, wrong_in_places
from engines.media.geometry import Sizing, orientation_of, shrink, turn, working_size
from engines.media.jpeg_layout import Layout, layout_of
from engines.media.limits import refuse_if_larger
from engines.media.profiles import profile_name
from engines.media.reader import Decoded, Flaw, Header, Source
from engines.types import Frame, State

# A baseline JPEG is scaled while it is read, so a gigapixel needs 50 MB; a progressive one needs all its coefficients
# at once: 3 bytes a pixel where the colours are stored at half size, 6 where they are not.
MAX_PIXELS = 1_000_000_000
MAX_PROGRESSIVE_PIXELS = 200_000_000

_MODES = {1: "L", 4: "CMYK"}
_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
_FILLER = 128  # what libjpeg puts where data are missing
_CUT = "Premature end"
# What libjpeg says when pixels are lost. It also complains of odd headers and profiles, which costs nothing.
_LOSS = re.compile(rf"{_CUT}|Corrupt JPEG data(?!: bad ICC)")


def read_header(source: Source) -> Header:
    """Walks the segments before the picture data; takes 0.02 ms."""
    layout = layout_of(source.data)
    refuse_if_larger(layout.width, layout.height, MAX_PROGRESSIVE_PIXELS if layout.progressive else MAX_PIXELS)
    return Header(
        layout.width,
        layout.height,
        orientation=orientation_of(layout.exif),
        bit_depth=layout.precision,
        colour_profile=profile_name(layout.icc),
    )


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    """Decodes at the eighths of the full size that lie just above the wanted one, then averages to it."""
    layout = layout_of(source.data)
    size = sizing(layout.width, layout.height)
    mode = _MODES.get(layout.components, "RGB")
    try:
        pixels, complaint = _decode(source.data, mode, size)
    except ValueError:  # such as arithmetic coding, which this library was built without
        return pillow_photo.read_frame(source, header, sizing)
    pixels = shrink(pixels, size)
    damage = _damage(pixels, complaint, layout) if _LOSS.match(complaint) else None
    upright = turn(to_srgb(pixels, mode, layout.icc), header.orientation)
    return Decoded(Frame(upright, header.width, header.height), damage)


def _decode(data: bytes, mode: str, size: tuple[int, int]) -> tuple[NDArray[np.uint8], str]:
    """Pixels of at least `size`, and what libjpeg complained of. Raises ValueError if it makes nothing of the data."""
    try:
        return _decode_scaled(data, mode, size, strict=True), ""
    except ValueError as error:
        return _decode_scaled(data, mode, size, strict=False), str(error)


def _decode_scaled(data: bytes, mode: str, size: tuple[int, int], *, strict: bool) -> NDArray[np.uint8]:
    """Raises ValueError; strict: also where something could be made of damaged data."""
    pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(
        data, _SPACES[mode], min_width=size[0], min_height=size[1], strict=strict
    )
    if mode == "L":
        return pixels[:, :, 0]
    # Adobe stores the absence of ink, and whoever else writes CMYK into a JPEG does so too.
    return 255 - pixels if mode == "CMYK" else pixels


def _damage(pixels: NDArray[np.uint8], complaint: str, layout: Layout) -> Flaw:
    """What is missing. Raises NoPicture (CORRUPT) if that is everything."""
    if not complaint.startswith(_CUT):
        return wrong_in_places()
    filler = 255 - _FILLER if layout.components == 4 else _FILLER
    share = upper_share(pixels, filler)
    if layout.progressive and share == 1:
        return Flaw(State.PARTIAL, "is cut short: its picture is coarse or incomplete", "cut short")
    return cut_short(share)
