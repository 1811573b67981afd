"""The trailer that Samsung's cameras put behind a picture."""

from __future__ import annotations

_END, _DIRECTORY = b"SEFT", b"SEFH"
_MOTION_PHOTO = 0x0A30
_MAX_ENTRIES = 1_000


def has_motion_trailer(data: bytes) -> bool:
    """Whether the trailer at the end of the file, if there is one, lists a video.

    Layout: directory, its length, 'SEFT'; the directory is 'SEFH', version, count and per entry two bytes of nothing, a
    type, an offset and a size, all little-endian.
    """
    if not data.endswith(_END):
        return False
    length = int.from_bytes(data[-8:-4], "little")
    start = len(data) - 8 - length
    if start < 0 or data[start : start + 4] != _DIRECTORY:
        return False
    count = min(int.from_bytes(data[start + 8 : start + 12], "little"), _MAX_ENTRIES)
    entries = (data[place : place + 12] for place in range(start + 12, start + 12 + 12 * count, 12))
    return any(int.from_bytes(entry[2:4], "little") == _MOTION_PHOTO for entry in entries)
