"""Blocks of metadata and files with them, made byte by byte so that tests can break them where they like."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SLONG, SRATIONAL = 1, 2, 3, 4, 5, 7, 9, 10
_CODES = {BYTE: "B", SHORT: "H", LONG: "I", SLONG: "i"}

Value = tuple[int, bytes | Sequence[int] | Sequence[tuple[int, int]]]


@dataclass
class Tags:
    """The tags of an EXIF block: of the first directory and of the two it points to, as (field type, values)."""

    first: dict[int, Value] = field(default_factory=dict)
    exif: dict[int, Value] = field(default_factory=dict)
    gps: dict[int, Value] = field(default_factory=dict)


def text(value: str) -> Value:
    return ASCII, value.encode() + b"\0"


def fraction(above: int, below: int = 1) -> Value:
    return RATIONAL, [(above, below)]


def tiff(tags: Tags, order: str = "<") -> bytes:
    """A TIFF block: header, first directory, EXIF directory, GPS directory."""
    start = 8
    first = dict(tags.first)
    if tags.exif:
        first[0x8769] = (LONG, [0])
    if tags.gps:
        first[0x8825] = (LONG, [0])
    exif_start = start + len(directory(first, start, order))
    gps_start = exif_start + len(directory(tags.exif, exif_start, order))
    if tags.exif:
        first[0x8769] = (LONG, [exif_start])
    if tags.gps:
        first[0x8825] = (LONG, [gps_start])
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return header + b"".join(
        directory(tags, place, order)
        for tags, place in ((first, start), (tags.exif, exif_start), (tags.gps, gps_start))
        if tags
    )


def directory(tags: Mapping[int, Value], start: int, order: str) -> bytes:
    """One directory that lies at start, followed by the values that do not fit into its entries."""
    entries, values = b"", b""
    values_start = start + 2 + 12 * len(tags) + 4
    for tag, (kind, value) in sorted(tags.items()):
        data = _packed(kind, value, order)
        count = len(value) if kind not in (ASCII, UNDEFINED) else len(data)
        if len(data) <= 4:
            entries += struct.pack(order + "HHI", tag, kind, count) + data.ljust(4, b"\0")
        else:
            entries += struct.pack(order + "HHII", tag, kind, count, values_start + len(values))
            values += data + b"\0" * (len(data) % 2)
    return struct.pack(order + "H", len(tags)) + entries + b"\0\0\0\0" + values if tags else b""


def _packed(kind: int, value: bytes | Sequence[int] | Sequence[tuple[int, int]], order: str) -> bytes:
    if isinstance(value, bytes):
        return value
    if kind in (RATIONAL, SRATIONAL):
        code = "II" if kind == RATIONAL else "ii"
        return b"".join(struct.pack(order + code, *pair) for pair in value if isinstance(pair, tuple))
    return struct.pack(f"{order}{len(value)}{_CODES[kind]}", *value)


def iptc_record(number: int, value: bytes, record: int = 2) -> bytes:
    return bytes((0x1C, record, number)) + struct.pack(">H", len(value)) + value


def photoshop(records: bytes) -> bytes:
    """Photoshop's resource blocks with the records among them."""
    other = b"8BIM\x03\xed\0\0" + struct.pack(">I", 3) + b"abc\0"
    return other + b"8BIM\x04\x04\x04name\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)


NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "darktable": "http://darktable.sf.net/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "GPano": "http://ns.google.com/photos/1.0/panorama/",
    "GCamera": "http://ns.google.com/photos/1.0/camera/",
}


def xmp(elements: str = "", **attributes: str) -> bytes:
    """A packet with one description. attributes: names with '_' for ':'."""
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
    short = " ".join(f'{name.replace("_", ":")}="{value}"' for name, value in attributes.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {short}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>'
        f"{' ' * 200}<?xpacket end='w'?>"
    ).encode()


def bag(name: str, *values: str, kind: str = "Bag") -> str:
    """An element with a list of values."""
    items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def picture(form: str, **options: object) -> bytes:
    """A small picture in one of Pillow's formats."""
    stream = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 120, 40)).save(stream, form, **options)
    return stream.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes) -> bytes:
    """A JPEG with these segments behind its first two bytes."""
    plain = picture("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def jpeg_with(*, exif: bytes = b"", packet: bytes = b"", records: bytes = b"") -> bytes:
    """A JPEG with the blocks that are given."""
    return jpeg(
        *([segment(0xE1, b"Exif\0\0" + exif)] if exif else []),
        *([segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)] if packet else []),
        *([segment(0xED, b"Photoshop 3.0\0" + photoshop(records))] if records else []),
    )


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with these chunks behind its header."""
    plain = picture("PNG")
    added = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return plain[:33] + added + plain[33:]


def box(kind: bytes, body: bytes) -> bytes:
    """A box of an MP4 or HEIC file."""
    return struct.pack(">I", len(body) + 8) + kind + body


def video(*movie_boxes: bytes, created: int = 0, brand: bytes = b"mp42", behind: bytes = b"") -> bytes:
    """An MP4 without any stream. created: seconds since 1904. behind: boxes that follow the film's."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, created, created, 600, 0) + b"\0" * 80)
    return box(b"ftyp", brand + b"\0\0\0\0" + brand) + box(b"moov", header + b"".join(movie_boxes)) + behind
