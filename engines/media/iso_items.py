"""The items of a HEIC or AVIF file: which pictures it holds, where their bytes lie, how they are to be turned.

Source: ISO/IEC 14496-12 (boxes, items), ISO/IEC 23008-12 (properties of pictures). Only what is needed before decoding
is read; the decoders do their own parsing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from engines.media.geometry import orientation_of

_MOST_ITEMS = 10_000  # a grid of 200 megapixels has 800
_MOST_PIECES = 50_000  # of all items together; nearly every item is one piece


@dataclass(slots=True)
class Item:
    """kind: four characters, such as b'hvc1' or b'grid'. properties: (four characters, body) in the order they apply.

    extents: (start, length) in the file, or where in_idat in the item data box.
    """

    kind: bytes = b""
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    extents: list[tuple[int, int]] = field(default_factory=list)
    in_idat: bool = False

    def attribute(self, kind: bytes) -> bytes | None:
        return next((body for name, body in self.properties if name == kind), None)

    def size(self) -> tuple[int, int] | None:
        """Width and height in px as stored, or None if it does not say."""
        body = self.attribute(b"ispe")
        if body is None or len(body) < 12:
            return None
        width, height = struct.unpack_from(">II", body, 4)
        return int(width), int(height)

    @property
    def turns(self) -> bool:
        """Whether the container says how it is to be turned, be it not at all; then its EXIF orientation is void."""
        return any(kind in (b"irot", b"imir") for kind, _ in self.properties)


class Items:
    """What the 'meta' box of a file lists. Raises ValueError if there is none or it makes no sense."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._idat = b""
        self.by_id: dict[int, Item] = {}
        self.references: dict[tuple[bytes, int], tuple[int, ...]] = {}
        self.primary_id = 0
        try:
            self._read_meta(_meta_of(data))
        except (struct.error, IndexError) as error:
            raise ValueError("the list of items is broken off") from error
        if self.primary_id not in self.by_id:
            raise ValueError("there is no primary item")

    @property
    def primary(self) -> Item:
        return self.by_id[self.primary_id]

    def bytes_of(self, item: Item) -> bytes:
        """The item's own bytes; fewer than it says if the file is cut short, never more than the file has."""
        home = self._idat if item.in_idat else self._data
        left = len(home)
        parts = []
        for start, length in item.extents:
            parts.append(home[start : start + min(length, left)])
            left -= len(parts[-1])
        return b"".join(parts)

    def exif(self) -> bytes:
        """The primary picture's EXIF block from its byte order mark on, b'' without."""
        for item_id, item in self.by_id.items():
            if item.kind == b"Exif" and self.primary_id in self.references.get((b"cdsc", item_id), (self.primary_id,)):
                block = self.bytes_of(item)
                return block[4 + int.from_bytes(block[:4], "big") :]
        return b""

    def exif_orientation(self) -> int:
        """The EXIF orientation to be obeyed: 1 where the container itself says how to turn the picture."""
        return 1 if self.primary.turns else orientation_of(self.exif())

    def has_alpha(self) -> bool:
        """Whether another item is the primary picture's transparency."""
        own = (source for (kind, source), to in self.references.items() if kind == b"auxl" and self.primary_id in to)
        kinds = (self.by_id[item_id].attribute(b"auxC") or b"" for item_id in own if item_id in self.by_id)
        return any(b":alpha" in kind or b"auxid:1\0" in kind for kind in kinds)

    def colour(self, *kinds: bytes) -> bytes:
        """The body of the first colour box of these kinds, behind its kind, b'' without.

        Some, such as the iPhone 7, describe the colours of the tiles and not of the picture that is made of them.
        """
        tiles = self.references.get((b"dimg", self.primary_id), ())[:1]
        for item in (self.primary, *(self.by_id[tile] for tile in tiles if tile in self.by_id)):
            for kind, body in item.properties:
                if kind == b"colr" and body[:4] in kinds:
                    return body[4:]
        return b""

    def _read_meta(self, meta: bytes) -> None:
        boxes = dict(_boxes(meta, 4))
        self._idat = boxes.get(b"idat", b"")
        pitm = boxes.get(b"pitm", b"")
        self.primary_id = struct.unpack_from(">H" if pitm[:1] == b"\0" else ">I", pitm, 4)[0]
        self._read_kinds(boxes.get(b"iinf", b""))
        self._read_locations(boxes.get(b"iloc", b""))
        self._read_references(boxes.get(b"iref", b""))
        self._read_properties(boxes.get(b"iprp", b""))

    def _read_kinds(self, iinf: bytes) -> None:
        for kind, body in _boxes(iinf, 6 if iinf[:1] == b"\0" else 8):
            if kind == b"infe" and body[0] >= 2 and len(self.by_id) < _MOST_ITEMS:
                wide = body[0] > 2
                item_id = struct.unpack_from(">I" if wide else ">H", body, 4)[0]
                start = 10 if wide else 8
                self.by_id[item_id] = Item(body[start : start + 4])

    def _read_locations(self, iloc: bytes) -> None:
        reader = _Numbers(iloc, 4)
        version = iloc[0] if iloc else 0
        sizes = reader.take(2)
        offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
        index_size = sizes & 15 if version else 0
        left = _MOST_PIECES
        for _ in range(min(reader.take(4 if version == 2 else 2), _MOST_ITEMS)):
            item = self.by_id.get(reader.take(4 if version == 2 else 2), Item())
            item.in_idat = version > 0 and reader.take(2) & 15 == 1
            reader.take(2)
            base = reader.take(base_size)
            count = reader.take(2)
            left -= count
            if left < 0:  # numbers of no width take no room, so the table's size does not bound them
                raise ValueError("the items have more pieces than any file")
            for _ in range(count):
                reader.take(index_size)
                start = base + reader.take(offset_size)
                item.extents.append((start, reader.take(length_size)))

    def _read_references(self, iref: bytes) -> None:
        step = 4 if iref[:1] == b"\1" else 2
        for kind, body in _boxes(iref, 4):
            reader = _Numbers(body, 0)
            source = reader.take(step)
            self.references[kind, source] = tuple(reader.take(step) for _ in range(reader.take(2)))

    def _read_properties(self, iprp: bytes) -> None:
        boxes = list(_boxes(iprp, 0))
        known = [entry for kind, body in boxes if kind == b"ipco" for entry in _boxes(body, 0)]
        for ipma in (body for kind, body in boxes if kind == b"ipma"):
            reader = _Numbers(ipma, 4)
            wide = bool(ipma[3] & 1)
            for _ in range(min(reader.take(4), _MOST_ITEMS)):
                item = self.by_id.get(reader.take(4 if ipma[0] else 2), Item())
                places = [reader.take(2) & 0x7FFF if wide else reader.take(1) & 0x7F for _ in range(reader.take(1))]
                item.properties += [known[place - 1] for place in places if 0 < place <= len(known)]


class _Numbers:
    """Reads one big-endian number after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def take(self, size: int) -> int:
        end = self._at + size
        if end > len(self._data):
            raise IndexError("numbers are missing")
        number = int.from_bytes(self._data[self._at : end], "big")
        self._at = end
        return number


def _boxes(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each box from `at` on."""
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, begin)
            begin += 8
        end = len(data) if size == 0 else at + size
        if end < begin:
            return
        yield kind, data[begin:end]
        at = end


def _meta_of(data: bytes) -> bytes:
    """The body of the 'meta' box at the top of a file; walks over boxes without copying them."""
    at = 0
    while at + 16 <= len(data):
        size, kind, long_size = struct.unpack_from(">I4sQ", data, at)
        if kind == b"meta":
            return data[at + 8 : at + size]
        step = long_size if size == 1 else size
        if step < 8:
            break
        at += step
    raise ValueError("there is no list of items")
