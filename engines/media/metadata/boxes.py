"""Boxes: the structure of HEIC, AVIF, MP4, QuickTime and Canon's CR3 files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_PAYLOAD = 4 << 20  # bytes of one box that is read as a whole
_MAX_BOXES = 4_096  # of one parent; a fragmented video has two a second, its metadata before them


@dataclass(frozen=True, slots=True)
class Box:
    """kind: four bytes, for a 'uuid' box the sixteen of its identifier. start, end: of its content, in the stream."""

    kind: bytes
    start: int
    end: int


def file_box(stream: BinaryIO) -> Box:
    """The whole file as a box."""
    return Box(b"", 0, stream.seek(0, os.SEEK_END))


def children(stream: BinaryIO, parent: Box, skip: int = 0) -> Iterator[Box]:
    """The boxes in a box. skip: bytes before the first one. The last one of a file that is cut short ends with it."""
    place = parent.start + skip
    for _ in range(_MAX_BOXES):
        if place + 8 > parent.end:
            return
        stream.seek(place)
        head = stream.read(32)
        size, kind, start = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:  # up to the end
            size = parent.end - place
        if size < start:
            return
        if kind == b"uuid":
            kind, start = head[start : start + 16], start + 16
        yield Box(kind, place + start, min(place + size, parent.end))
        place += size


def child(stream: BinaryIO, parent: Box | None, kind: bytes, skip: int = 0) -> Box | None:
    """The first box of a kind in a box; None if there is none, or no parent."""
    return next((box for box in children(stream, parent, skip) if box.kind == kind), None) if parent else None


def content(stream: BinaryIO, box: Box | None, limit: int = MAX_PAYLOAD) -> bytes:
    """The bytes of a box; none of one that is larger than limit, or of no box."""
    if box is None or not 0 < box.end - box.start <= limit:
        return b""
    stream.seek(box.start)
    return stream.read(box.end - box.start)


def metadata_skip(stream: BinaryIO, box: Box) -> int:
    """The bytes before the first child of a 'meta' box: ISO puts a version there, QuickTime does not."""
    stream.seek(box.start)
    return 0 if stream.read(8)[4:] == b"hdlr" else 4
