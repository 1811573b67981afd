"""The blocks of metadata in a PNG: EXIF, XMP and the texts of its own.

Its tIME chunk is left alone: it tells when the file was last written, which is no date of the picture.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

from engines.media.metadata import dates, iptc, text
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.xmp import MAX_PACKET

_SIGNATURE_SIZE = 8
_MAX_CHUNKS = 100_000
_XMP = "xml:com.adobe.xmp"
_PROFILE = "raw profile type "  # ImageMagick's: other formats' blocks as hexadecimal text
# Others are not unpacked: a file may have any number of them, each a bomb.
_KEYS = frozenset((
    _XMP, *(_PROFILE + name for name in ("exif", "app1", "iptc", "xmp")),
    "title", "description", "comment", "keywords", "author", "artist", "copyright", "software", "creation time",
))  # fmt: skip
_HEXADECIMAL = re.compile(rb"\s*\w+\s+\d+\s+([0-9a-fA-F\s]*)")


def find(data: bytes) -> Blocks:
    """data: a whole file; a damaged one gives the blocks before the damage."""
    exif: ExifBlock | None = None
    texts: dict[str, bytes] = {}
    for kind, body in _chunks(data):
        if kind == b"eXIf":
            exif = exif or ExifBlock.of(body)
            continue
        name, _, value = body.partition(b"\0")
        key = name[:79].decode("latin-1").casefold()
        if key in _KEYS and key not in texts:
            texts[key] = _value(kind, value)
    return _blocks(exif, texts)


def _blocks(exif: ExifBlock | None, texts: Mapping[str, bytes]) -> Blocks:
    profiles = {key.removeprefix(_PROFILE): _profile(texts[key]) for key in texts if key.startswith(_PROFILE)}
    old_exif = profiles.get("exif") or profiles.get("app1")
    packets = (texts.get(_XMP), profiles.get("xmp"))
    return Blocks(
        exif or (ExifBlock.of(old_exif) if old_exif else None),
        tuple(packet for packet in packets if packet),
        iptc.find_records(profiles.get("iptc", b"")) or profiles.get("iptc", b""),
        (_claims(texts),),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of the chunks that hold metadata. Their checksums are not compared: a wrong one costs no title."""
    place = _SIGNATURE_SIZE
    for _ in range(_MAX_CHUNKS):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        end = place + 8 + size
        if len(kind) < 4 or end > len(data):
            return
        if kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt"):
            yield kind, data[place + 8 : end]
        place = end + 4


def _value(kind: bytes, rest: bytes) -> bytes:
    """What stands behind the key of a text chunk, unpacked; nothing if it is broken."""
    if kind == b"tEXt":
        return rest[:MAX_PACKET]
    if kind == b"zTXt":
        return _unpacked(rest[1:])
    value = rest[2:].partition(b"\0")[2].partition(b"\0")[2]  # behind the language and the translated key
    return _unpacked(value) if rest[:1] == b"\1" else value[:MAX_PACKET]


def _unpacked(data: bytes) -> bytes:
    """MAX_PACKET bytes at most, so that a bomb stays small."""
    try:
        return zlib.decompressobj().decompress(data, MAX_PACKET)
    except zlib.error:
        return b""


def _profile(value: bytes) -> bytes:
    match = _HEXADECIMAL.match(value)
    if match is None:
        return b""
    digits = b"".join(match[1].split())
    return bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))


def _claims(texts: Mapping[str, bytes]) -> Claims:
    """What the registered keys say. PNG's Latin-1 texts are tried as UTF-8 first, which most writers put there."""
    words = {key: text.decode(value[: 4 * text.TEXT_LENGTH]) for key, value in texts.items()}
    values = {
        "title": text.title(words.get("title", "")),
        "caption": text.caption(words.get("description", "")) or text.caption(words.get("comment", "")),
        "keywords": text.keywords(re.split("[,;]", words.get("keywords", ""))),
        "creator": text.line(words.get("author", "")) or text.line(words.get("artist", "")),
        "copyright": text.line(words.get("copyright", "")),
        "software": text.line(words.get("software", "")),
    }
    created = dates.parse_date(words.get("creation time", ""))
    found = (dates.DateClaim("PNG Creation Time", created, "png"),) if created else ()
    return Claims("png", given(values), found)
