"""What a JPEG says about itself in the segments before its picture data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.media.reader import NoPicture
from engines.types import State

_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_APP1, _APP2, _APP14 = 0xE1, 0xE2, 0xEE
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_ICC_START = b"ICC_PROFILE\0"


@dataclass(frozen=True, slots=True)
class Layout:
    """width, height: px as stored. precision: bits of a sample. components: 1 grey, 3 colour, 4 CMYK.

    progressive: needs memory for all its coefficients. exif, icc: the embedded blocks, b'' without.
    """

    width: int
    height: int
    precision: int
    components: int
    progressive: bool
    exif: bytes
    icc: bytes


def layout_of(data: bytes) -> Layout:
    """Raises NoPicture (CORRUPT) if the file ends, or makes no sense any more, before it has said its size."""
    frame: tuple[int, bytes] | None = None
    exif = b""
    icc_parts: dict[int, bytes] = {}
    for marker, body in segments(data):
        if marker in _FRAMES and len(body) >= 6:
            frame = frame or (marker, body)
        elif marker == _APP1 and body.startswith(b"Exif\0\0"):
            exif = exif or body
        elif marker == _APP2 and body.startswith(_ICC_START) and len(body) > 14:
            icc_parts[body[12]] = body[14:]
    if frame is None:
        raise NoPicture(State.CORRUPT, "is broken off or damaged before its picture begins", "no picture data")
    marker, body = frame
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    if not width or not height:
        raise NoPicture(State.CORRUPT, "is damaged: it has no size", "no size")
    icc = b"".join(icc_parts[number] for number in sorted(icc_parts))
    return Layout(width, height, body[0], body[5], marker in _PROGRESSIVE, exif, icc)


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment up to the picture data; stray bytes between segments are skipped."""
    at = 2
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 3:
        marker = data[at + 1]
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return
        if marker in (0x00, 0xFF) or marker in _WITHOUT_LENGTH:
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + max(2, length)
