"""The blocks of metadata in a WebP file, which is a RIFF file of chunks."""

from __future__ import annotations

from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock

_FIRST_CHUNK = 12
_MAX_CHUNKS = 100_000  # an animation has two a frame


def find(data: bytes) -> Blocks:
    """data: a whole file; a damaged one gives the blocks before the damage."""
    exif: ExifBlock | None = None
    packets: list[bytes] = []
    place = _FIRST_CHUNK
    for _ in range(_MAX_CHUNKS):
        kind, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if len(kind) < 4:
            break
        body = slice(place + 8, place + 8 + size)
        if kind == b"EXIF":
            exif = exif or ExifBlock.of(data[body])
        elif kind == b"XMP ":
            packets.append(data[body])
        place = body.stop + size % 2
    return Blocks(exif, tuple(packets[:1]))
