"""What MP4, QuickTime and 3GP videos say about themselves in their boxes.

FFmpeg reads most of it too, yet rounds 3GP positions to ten metres and passes on neither XMP nor Canon's EXIF.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from engines.media.metadata import boxes, canon, dates, exif, positions, text, video_words, xmp, xmp_facts
from engines.media.metadata.boxes import Box
from engines.media.metadata.merge import Claims
from engines.media.metadata.positions import Position

_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MAX_VALUE = 65_536  # bytes
_MAX_WORDS = 500
_3GP_TEXTS = (b"titl", b"dscp", b"auth", b"cprt", b"kywd")
_UTF16_MARKS = (b"\xfe\xff", b"\xff\xfe")

# Well-known types of the values in an 'ilst'.
_UTF8, _UTF16, _SIGNED, _UNSIGNED, _FLOAT, _DOUBLE = 1, 2, 21, 22, 23, 24


def read(stream: BinaryIO) -> list[Claims]:
    """stream: the whole file. One that is cut short, or broken, gives what is found."""
    top = {box.kind: box for box in boxes.children(stream, boxes.file_box(stream))}
    movie = top.get(b"moov")
    user_data = boxes.child(stream, movie, b"udta")
    place = _3gp_position(boxes.content(stream, boxes.child(stream, user_data, b"loci"), _MAX_VALUE))
    claims = [
        video_words.claims(dict(islice(_words(stream, movie, user_data), _MAX_WORDS)), "quicktime", place),
        Claims("container", dates=tuple(_created(stream, movie))),
    ]
    packet = boxes.content(stream, top.get(_XMP)) or boxes.content(stream, boxes.child(stream, user_data, b"XMP_"))
    if packet:
        claims.append(xmp_facts.claims(xmp.parse(packet), "xmp"))
    if block := canon.find_exif(stream, movie):
        claims.extend(exif.read(block))
    return claims


def _created(stream: BinaryIO, movie: Box | None) -> Iterator[dates.DateClaim]:
    """The time stamp of the video's header, in UTC."""
    header = boxes.content(stream, boxes.child(stream, movie, b"mvhd"), _MAX_VALUE)
    width = 8 if header[:1] == b"\1" else 4
    if moment := dates.from_1904(int.from_bytes(header[4 : 4 + width], "big")):
        yield dates.DateClaim("container creation_time", moment, "container")


def _words(stream: BinaryIO, movie: Box | None, user_data: Box | None) -> Iterator[tuple[str, str]]:
    """Names with their texts; of a name that occurs several times the last counts."""
    for parent in (user_data, movie):
        if meta := boxes.child(stream, parent, b"meta"):
            yield from _list(stream, meta)
    for box in boxes.children(stream, user_data) if user_data else ():
        data = boxes.content(stream, box, _MAX_VALUE)
        if box.kind[:1] == b"\xa9":
            size = int.from_bytes(data[:2], "big")
            yield box.kind.decode("latin-1"), text.decode(data[4 : 4 + size])
        elif box.kind == b"date":
            yield "3gpp date", text.decode(data).rstrip("\0")
        elif box.kind in _3GP_TEXTS:
            yield box.kind.decode("latin-1"), _3gp_text(data)


def _list(stream: BinaryIO, meta: Box) -> Iterator[tuple[str, str]]:
    """The values of an 'ilst', named by the 'keys' box beside it or, as iTunes does, by their own kind."""
    skip = boxes.metadata_skip(stream, meta)
    keys = _keys(boxes.content(stream, boxes.child(stream, meta, b"keys", skip)))
    items = boxes.child(stream, meta, b"ilst", skip)
    for item in boxes.children(stream, items) if items else ():
        number = int.from_bytes(item.kind, "big")
        name = keys[number - 1] if 0 < number <= len(keys) else item.kind.decode("latin-1")
        data = boxes.content(stream, boxes.child(stream, item, b"data"), _MAX_VALUE)
        yield name, _value(int.from_bytes(data[1:4], "big"), data[8:])


def _keys(data: bytes) -> list[str]:
    names: list[str] = []
    place = 8
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if size < 8:
            break
        names.append(text.decode(data[place + 8 : place + size]))
        place += size
    return names


def _value(kind: int, data: bytes) -> str:
    """As text; nothing for pictures and the like."""
    if kind == _UTF8:
        return text.decode(data)
    if kind == _UTF16:
        return text.decode_utf16(data, "big")
    if kind in (_SIGNED, _UNSIGNED):
        return str(int.from_bytes(data[:8], "big", signed=kind == _SIGNED))
    form = {_FLOAT: ">f", _DOUBLE: ">d"}.get(kind)
    return str(struct.unpack_from(form, data)[0]) if form and len(data) >= struct.calcsize(form) else ""


def _3gp_text(data: bytes) -> str:
    """Text behind a version and a language; UTF-16 if it begins with a byte order mark."""
    body = data[6:]
    return text.decode_utf16(body) if body[:2] in _UTF16_MARKS else text.decode(body.partition(b"\0")[0])


def _3gp_position(data: bytes) -> Position | None:
    """From the box 'loci': version, language, a name, a role; longitude, latitude, altitude in 1/65536."""
    name = data[6:]
    if name[:2] in _UTF16_MARKS:
        end = 2 * len(name[: len(name) & ~1].decode("utf-16-be", errors="replace").partition("\0")[0]) + 2
    else:
        end = name.find(b"\0") + 1
    numbers = name[end + 1 : end + 13]
    if not end or len(numbers) < 12:
        return None
    longitude, latitude, altitude_m = (number / 65_536 for number in struct.unpack(">iii", numbers))
    return positions.position(latitude, longitude, altitude_m)
