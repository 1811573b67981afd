"""EXIF as Canon puts it into CR3 raws and into videos: each directory in a box of its own."""

from __future__ import annotations

from typing import BinaryIO

from engines.media.metadata import boxes
from engines.media.metadata.boxes import Box
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.tiff import first_directory

_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_FIRST, _EXIF, _GPS = b"CMT1", b"CMT2", b"CMT4"


def find_exif(stream: BinaryIO, movie: Box | None) -> ExifBlock | None:
    """movie: the file's 'moov' box; None without one, or where Canon's boxes are not in it."""
    canon = boxes.child(stream, movie, _CANON)
    if canon is None:
        return None
    found = {box.kind: first_directory(boxes.content(stream, box)) for box in boxes.children(stream, canon)}
    first = found.get(_FIRST)
    return ExifBlock(first, found.get(_EXIF), found.get(_GPS)) if first else None
