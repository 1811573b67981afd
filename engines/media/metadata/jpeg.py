"""The blocks of metadata in a JPEG, which lie in segments before the picture data."""

from __future__ import annotations

from engines.media.jpeg_layout import segments
from engines.media.metadata import iptc, text
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.samsung import has_motion_trailer
from engines.media.metadata.xmp import MAX_PACKET

_APP1, _APP13, _COMMENT = 0xE1, 0xED, 0xFE
_EXIF = b"Exif\0"
_XMP = b"://ns.adobe.com/xap/1.0/\0"  # behind 'http', which Flickr writes as 'XMP\0'
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"


def find(data: bytes) -> Blocks:
    """data: a whole file; a damaged one gives the blocks before the damage."""
    exif: ExifBlock | None = None
    packets: list[bytes] = []
    extensions: dict[bytes, bytearray] = {}
    resources: list[bytes] = []
    comment = ""
    for marker, body in segments(data):
        if marker == _APP1 and body.startswith(_EXIF):
            exif = exif or ExifBlock.of(body)
        elif marker == _APP1 and body.startswith(_XMP, 4):
            packets.append(body[4 + len(_XMP) :])
        elif marker == _APP1 and body.startswith(_EXTENDED_XMP):
            _add_extension(extensions, body[len(_EXTENDED_XMP) :])
        elif marker == _APP13 and body.startswith(_PHOTOSHOP):
            resources.append(body[len(_PHOTOSHOP) :])
        elif marker == _COMMENT:
            comment = comment or text.caption(text.decode(body))
    # A packet names its extension by a digest; one that no packet names was left behind by another program.
    named = [bytes(extension) for guid, extension in extensions.items() if any(guid in packet for packet in packets)]
    return Blocks(
        exif,
        (*packets[:1], *named),
        iptc.find_records(b"".join(resources)),
        (Claims("container", given({"caption": comment})),),
        has_motion_trailer(data),
    )


def _add_extension(extensions: dict[bytes, bytearray], body: bytes) -> None:
    """Put one piece of an extended packet in its place. One too large to be read is left out: it holds a depth map."""
    guid, size, start = body[:32], int.from_bytes(body[32:36], "big"), int.from_bytes(body[36:40], "big")
    piece = body[40:]
    if not size <= MAX_PACKET or start + len(piece) > size or (guid not in extensions and len(extensions) >= 4):
        return
    extensions.setdefault(guid, bytearray(size))[start : start + len(piece)] = piece
