"""The blocks of metadata in a GIF: comments, and XMP as an application's extension."""

from __future__ import annotations

from engines.media.metadata import text
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.xmp import MAX_PACKET

_SCREEN_END = 13
_EXTENSION, _COMMENT, _APPLICATION = 0x21, 0xFE, 0xFF
_XMP = b"\x0bXMP DataXMP"  # block size, application, its code
_MAX_BLOCKS = 64  # before the first frame


def find(data: bytes) -> Blocks:
    """data: a whole file, of which what lies before the first frame is read: programs put it there."""
    comments: list[str] = []
    packet = b""
    place = _SCREEN_END + _palette_size(data)
    for _ in range(_MAX_BLOCKS):
        if data[place : place + 1] != bytes((_EXTENSION,)) or place + 3 > len(data):
            break
        kind, start = data[place + 1], place + 2
        if kind == _APPLICATION and not packet and data.startswith(_XMP, start):
            # Stored without the lengths of sub-blocks, up to a trailer that leads readers of sub-blocks to its end.
            packet = data[start + len(_XMP) : start + MAX_PACKET].partition(b"\x01\xff\xfe")[0]
        body, place = _sub_blocks(data, start)
        if kind == _COMMENT:
            comments.append(text.decode(body))
    claims = Claims("gif", given({"caption": text.caption("\n".join(comments))}))
    return Blocks(xmp=(packet,) if packet else (), claims=(claims,))


def _palette_size(data: bytes) -> int:
    flags = data[10] if len(data) > 10 else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, place: int) -> tuple[bytes, int]:
    """The joined sub-blocks from a place on (no more than a caption needs), and the place behind them."""
    parts: list[bytes] = []
    while place < len(data) and (size := data[place]):
        if len(parts) < 4 * text.TEXT_LENGTH // 255:
            parts.append(data[place + 1 : place + 1 + size])
        place += 1 + size
    return b"".join(parts), place + 1
