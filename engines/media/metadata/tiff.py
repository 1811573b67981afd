"""Directories of tags: the structure of TIFF files, EXIF blocks, most camera raws and maker notes.

Pillow's reader is not used here: it copies every tag before one is asked for (entries that all point to the same
megabyte make it use gigabytes), drops a whole directory when one of its tags is broken, and knows no maker notes. This
one reads the tags it is asked for, each within limits.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass

MAX_NUMBERS = 64  # of one tag; the longest that is asked for has four
MAX_TEXT = 65_536  # bytes
_MAX_ENTRIES = 4_096  # of one directory; sound ones have below 200

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8, 129: 1}
_CODES = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_FRACTION_CODES = {5: "II", 10: "ii"}
_TEXT_TYPES = frozenset((1, 2, 7, 129))  # BYTE, ASCII, UNDEFINED, and EXIF 3's UTF-8

# TIFF, BigTIFF, Panasonic's and Olympus' raws; containers put 'Exif\0\0' or an offset before it.
_HEADER = re.compile(rb"II(?:\*\0|\+\0|U\0|RO|RS)|MM(?:\0\*|\0\+|OR)")
_BIG = (b"+\0", b"\0+")


@dataclass(frozen=True, slots=True)
class Field:
    """Where the values of one tag lie. kind: TIFF's field type. start: in the block."""

    kind: int
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes with directories in them. order: '<' little-endian or '>'. big: with BigTIFF's wider numbers."""

    data: memoryview
    order: str
    big: bool = False

    def read(self, start: int, size: int) -> bytes | None:
        """None unless all of it lies within the block."""
        return bytes(self.data[start : start + size]) if 0 <= start <= start + size <= len(self.data) else None

    def directory(self, start: int) -> Directory | None:
        """The directory at a place in the block, None if there is none; if it is cut short, with the tags before."""
        head, entry, width = ("Q", "HHQ", 8) if self.big else ("H", "HHI", 4)
        head_size, value_at = struct.calcsize("=" + head), struct.calcsize("=" + entry)
        count_data = self.read(start, head_size)
        if count_data is None:
            return None
        start += head_size
        entry_size = value_at + width
        count = struct.unpack(self.order + head, count_data)[0]
        count = min(count, _MAX_ENTRIES, (len(self.data) - start) // entry_size)
        fields: dict[int, Field] = {}
        for place in range(start, start + count * entry_size, entry_size):
            tag, kind, length = struct.unpack_from(self.order + entry, self.data, place)
            value = place + value_at
            if length * _SIZES.get(kind, 0) > width:
                value = struct.unpack_from(self.order + entry[-1], self.data, value)[0]
            fields.setdefault(tag, Field(kind, length, value))
        return Directory(self, fields, start + count * entry_size)


@dataclass(frozen=True, slots=True)
class Directory:
    """The tags of one directory. One that is missing, broken or of another type gives None, NaN or nothing.

    end: where in the block the place of the following directory is written.
    """

    block: Block
    fields: Mapping[int, Field]
    end: int

    def raw(self, tag: int, limit: int = MAX_TEXT) -> bytes | None:
        """The bytes of a tag, limit of them at most."""
        field = self.fields.get(tag)
        if field is None or field.kind not in _SIZES:
            return None
        return self.block.read(field.start, min(field.count * _SIZES[field.kind], limit))

    def characters(self, tag: int) -> bytes:
        """The bytes of a tag that holds text, NULs included; none if it holds numbers."""
        field = self.fields.get(tag)
        return (self.raw(tag) or b"") if field is not None and field.kind in _TEXT_TYPES else b""

    def text(self, tag: int) -> bytes:
        """The bytes of a tag that holds text, up to the first NUL."""
        return self.characters(tag).partition(b"\0")[0]

    def numbers(self, tag: int) -> tuple[float, ...]:
        """The numbers of a tag, MAX_NUMBERS of them at most; a fraction without denominator is NaN."""
        field = self.fields.get(tag)
        code = (_CODES.get(field.kind) or _FRACTION_CODES.get(field.kind)) if field else None
        if field is None or code is None:
            return ()
        form = self.block.order + code * min(field.count, MAX_NUMBERS)
        data = self.block.read(field.start, struct.calcsize(form))
        if data is None:
            return ()
        values = struct.unpack(form, data)
        if field.kind in _CODES:
            return values
        pairs = zip(values[::2], values[1::2], strict=True)
        return tuple(above / below if below else math.nan for above, below in pairs)

    def number(self, tag: int) -> float:
        """The first number of a tag, NaN if there is none."""
        return next(iter(self.numbers(tag)), math.nan)

    def whole(self, tag: int) -> int | None:
        """The first number of a tag as an integer, None if there is none."""
        number = self.number(tag)
        return int(number) if math.isfinite(number) else None

    def following(self) -> Directory | None:
        """The next directory, if there is one: after an EXIF block's first comes that of its thumbnail."""
        place = self.block.read(self.end, 8 if self.block.big else 4)
        start = int.from_bytes(place, "little" if self.block.order == "<" else "big") if place else 0
        return self.block.directory(start) if start else None

    def sub(self, tag: int) -> Directory | None:
        """The directory that a tag points to."""
        start = self.whole(tag)
        return None if start is None else self.block.directory(start)


def first_directory(data: bytes | memoryview) -> Directory | None:
    """The first directory of an EXIF segment, item or chunk, or of a whole TIFF-like file; None if it has none."""
    view = memoryview(data)
    header = _HEADER.search(bytes(view[:64]))
    if header is None:
        return None
    order = "<" if header[0][:1] == b"I" else ">"
    block = Block(view[header.start() :], order, big=header[0][2:] in _BIG)
    place = block.read(8, 8) if block.big else block.read(4, 4)
    return None if place is None else block.directory(int.from_bytes(place, "little" if order == "<" else "big"))
