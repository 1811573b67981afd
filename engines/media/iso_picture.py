"""What the primary picture of a HEIC or AVIF file is: its size, its rotation, its colours."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engines.media.geometry import turn
from engines.media.iso_items import Items
from engines.media.profiles import profile_name
from engines.media.reader import Header
from engines.media.wide_colour import Colours

# EXIF orientation of a rotation by 0, 90, 180, 270 degrees against the clock, and of mirrors that swap top and bottom,
# or left and right.
_ROTATIONS = (1, 8, 3, 6)
_MIRRORS = (4, 2)


def container_orientation(items: Items) -> int:
    """The EXIF-style orientation, 1 to 8, that the container's own rotations and mirrors come to."""
    steps = []
    for kind, body in items.primary.properties:
        if kind == b"irot" and body:
            steps.append(_ROTATIONS[body[0] & 3])
        elif kind == b"imir" and body:
            steps.append(_MIRRORS[body[0] & 1])
    return _combined(steps)


def _combined(orientations: Iterable[int]) -> int:
    """The one orientation that does what these do one after the other."""
    probe = np.arange(6, dtype=np.uint8).reshape(2, 3, 1)
    result = probe
    for orientation in orientations:
        result = turn(result, orientation)
    return next(one for one in range(1, 9) if np.array_equal(turn(probe, one), result))


def profile_of(items: Items) -> bytes:
    """The embedded ICC profile, b'' without."""
    return items.colour(b"prof", b"rICC")


@dataclass(frozen=True, slots=True)
class Coding:
    """How a picture's colours are encoded. matrix: number in ITU-T H.273. full_range: all 256 values are used."""

    colours: Colours
    matrix: int
    full_range: bool


def coding_of(items: Items) -> Coding | None:
    """What the container says of it, None if nothing."""
    body = items.colour(b"nclx")
    if len(body) < 7:
        return None
    primaries, transfer, matrix = struct.unpack_from(">HHH", body)
    return Coding(Colours(primaries, transfer), matrix, bool(body[6] & 0x80))


def header_of(items: Items, *, decoder_turns: bool) -> Header:
    """decoder_turns: the decoder obeys the container's rotation itself; only EXIF's, if that counts, is left to do.

    Raises ValueError if the picture has no size.
    """
    stored = items.primary.size()
    if stored is None:
        raise ValueError("the picture has no size")
    own = container_orientation(items)
    left = items.exif_orientation() if decoder_turns or not items.primary.turns else own
    width, height = _cropped(stored, items.primary.attribute(b"clap"))
    # EXIF counts only where the container does not turn, so at most one of the two is not 1.
    if max(own, left) >= 5:
        width, height = height, width
    return Header(
        *stored,
        orientation=left,
        bit_depth=_bit_depth(items),
        has_alpha=items.has_alpha(),
        colour_profile=profile_name(profile_of(items)),
        width=width,
        height=height,
    )


def _cropped(size: tuple[int, int], clap: bytes | None) -> tuple[int, int]:
    """What a clean aperture leaves of a picture; its width and height are fractions."""
    if clap is None or len(clap) < 16:
        return size
    width, wide_parts, height, high_parts = struct.unpack_from(">IIII", clap)
    if not (width and wide_parts and height and high_parts):
        return size
    return min(size[0], round(width / wide_parts)), min(size[1], round(height / high_parts))


def _bit_depth(items: Items) -> int:
    """Of 'pixi' where it is there, else of the AV1 configuration (high_bitdepth, twelve_bit); 8 if neither says."""
    pixi = items.primary.attribute(b"pixi") or b""
    if len(pixi) > 5:
        return pixi[5]
    av1 = items.primary.attribute(b"av1C") or b""
    flags = av1[2] if len(av1) > 2 else 0
    return (12 if flags & 0x20 else 10) if flags & 0x40 else 8
