"""The blocks of metadata in a HEIC or AVIF file, which are items like its pictures."""

from __future__ import annotations

import io

from engines.media.iso_items import Item, Items
from engines.media.metadata import boxes
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.samsung import has_motion_trailer
from engines.media.metadata.xmp import MAX_PACKET

_SAMSUNG_VIDEO = b"mpvd"
_MAX_BLOCKS = 16  # items that are looked into; cameras write an EXIF block and one or two packets


def find(data: bytes) -> Blocks:
    """data: a whole file; one that is cut short gives the items before the cut."""
    stream = io.BytesIO(data)
    kinds = {box.kind for box in boxes.children(stream, boxes.file_box(stream))}
    holds_video = _SAMSUNG_VIDEO in kinds or has_motion_trailer(data)
    try:
        items = Items(data)
    except ValueError:
        return Blocks(holds_video=holds_video)
    exif = next(iter(_blocks(items, b"Exif")), b"")
    packets = [block for block in _blocks(items, b"mime") if b"rdf" in block[:1024]]
    return Blocks(ExifBlock.of(exif), tuple(packets[:1]), holds_video=holds_video)


def _blocks(items: Items, kind: bytes) -> list[bytes]:
    """The bytes of the items of a kind that are no larger than a block of metadata may be."""
    wanted = [item for item in items.by_id.values() if item.kind == kind and _size(item) <= MAX_PACKET]
    return [items.bytes_of(item) for item in wanted[:_MAX_BLOCKS]]


def _size(item: Item) -> int:
    return sum(length for _, length in item.extents)
