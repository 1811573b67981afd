"""What Pillow and the bytes tell about a picture before it is decoded."""

from __future__ import annotations

import struct

from PIL import Image, TiffImagePlugin

from engines.media.geometry import orientation_of
from engines.media.profiles import profile_name
from engines.media.reader import Header, Source

_MOST_PAGES = 10_000
_DEPTHS = {"1": 1, "I;16": 16, "I;16B": 16, "I;16L": 16, "I": 32, "F": 32}


def header_of(image: Image.Image, source: Source) -> Header:
    """image: opened, not loaded. May raise what Pillow does for damaged files."""
    profile = profile_name(image.info.get("icc_profile") or b"")
    alpha = image.has_transparency_data
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return _tiff_header(image, source.data, profile, alpha)
    return Header(
        *image.size,
        orientation=_orientation(image, source),
        bit_depth=_bit_depth(image, source),
        has_alpha=alpha,
        frame_count=getattr(image, "n_frames", 1) if source.format.name != "jpeg" else 1,
        colour_profile=profile,
    )


def _orientation(image: Image.Image, source: Source) -> int:
    if source.format.name == "png":
        return orientation_of(_png_chunk(source.data, b"eXIf"))
    return orientation_of(image.info.get("exif"))


def _bit_depth(image: Image.Image, source: Source) -> int:
    if source.format.name == "png":
        return source.data[24]  # of IHDR, which is always the first chunk
    return _DEPTHS.get(image.mode, 8)


def _png_chunk(data: bytes, kind: bytes) -> bytes:
    """The body of the first such chunk, b'' without. Pillow finds one behind the picture only once that is decoded."""
    at = 8
    while at + 12 <= len(data):
        length, found = struct.unpack_from(">I4s", data, at)
        if found == kind:
            return data[at + 8 : at + 8 + length]
        at += 12 + length
    return b""


def _tiff_header(image: TiffImagePlugin.TiffImageFile, data: bytes, profile: str | None, alpha: bool) -> Header:
    """Pillow turns TIFFs itself while it decodes them, and gives their upright size before."""
    tags = image.tag_v2
    depth = tags.get(TiffImagePlugin.BITSPERSAMPLE, 1)
    return Header(
        tags[TiffImagePlugin.IMAGEWIDTH],
        tags[TiffImagePlugin.IMAGELENGTH],
        bit_depth=max(depth) if isinstance(depth, tuple) else depth,
        has_alpha=alpha,
        frame_count=_page_count(data),
        colour_profile=profile,
        width=image.width,
        height=image.height,
    )


def _page_count(data: bytes) -> int:
    """How many directories a TIFF's chain has; Pillow's own count takes minutes for a hundred thousand."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    count_format, next_format, entry = (order + "Q", order + "Q", 20) if big else (order + "H", order + "I", 12)
    places: set[int] = set()
    try:
        (at,) = struct.unpack_from(next_format, data, 8 if big else 4)
        while at and at not in places and len(places) < _MOST_PAGES:
            places.add(at)
            (entries,) = struct.unpack_from(count_format, data, at)
            (at,) = struct.unpack_from(next_format, data, at + struct.calcsize(count_format) + entry * entries)
    except struct.error:
        pass  # the chain leaves the file: the pages up to there count
    return max(1, len(places))
