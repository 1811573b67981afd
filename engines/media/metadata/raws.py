"""The blocks of metadata in TIFF files and camera raws."""

from __future__ import annotations

import io
from dataclasses import replace

from engines.media.metadata import boxes, canon, iptc, jpeg
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.xmp import MAX_PACKET

_XMP, _IPTC, _PHOTOSHOP = 700, 33_723, 34_377
_MAX_IPTC = 1 << 20  # bytes
_FUJI_PREVIEW = 84  # where a RAF file says at which byte its JPEG begins
_MINOLTA_FIRST_BLOCK, _MINOLTA_TIFF, _MINOLTA_MAX_BLOCKS = 8, b"\0TTW", 16


def find_in_tiff(data: bytes) -> Blocks:
    """data: a whole TIFF, or a raw of the same structure."""
    exif = ExifBlock.of(data)
    if exif is None:
        return Blocks()
    packet = exif.first.raw(_XMP, MAX_PACKET)
    records = exif.first.raw(_IPTC, _MAX_IPTC) or iptc.find_records(exif.first.raw(_PHOTOSHOP, _MAX_IPTC) or b"")
    return Blocks(exif, (packet,) if packet else (), records)


def find_in_canon(data: bytes) -> Blocks:
    """data: a whole CR3 file."""
    stream = io.BytesIO(data)
    return Blocks(canon.find_exif(stream, boxes.child(stream, boxes.file_box(stream), b"moov")))


def find_in_fuji(data: bytes) -> Blocks:
    """data: a whole RAF file: what its embedded JPEG has."""
    start = int.from_bytes(data[_FUJI_PREVIEW : _FUJI_PREVIEW + 4], "big")
    # The JPEG's own end does not matter here, only its first segments do, which are below a megabyte.
    return replace(jpeg.find(data[start : start + (1 << 20)]), holds_video=False) if start else Blocks()


def find_in_minolta(data: bytes) -> Blocks:
    """data: a whole MRW file: its block TTW is a TIFF."""
    place = _MINOLTA_FIRST_BLOCK
    for _ in range(_MINOLTA_MAX_BLOCKS):
        kind, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "big")
        if kind == _MINOLTA_TIFF:
            return Blocks(ExifBlock.of(data[place + 8 : place + 8 + size]))
        place += 8 + size
    return Blocks()
