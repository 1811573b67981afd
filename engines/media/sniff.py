"""What a file is, told by its first bytes; its name is asked only which of the TIFF-like raws it may be."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from engines.media.formats import BY_NAME, Format, expected

HEAD_BYTES = 64 * 1024  # the first directory of every TIFF-like raw at hand ends before 2 KiB, its strings before 4 KiB

_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"FUJIFILMCCD-RAW", "raf"),
    (b"IIU\0", "rw2"),
    (b"IIRO", "orf"),
    (b"IIRS", "orf"),
    (b"MMOR", "orf"),
    (b"II\x1a\0\0\0HEAPCCDR", "crw"),
    (b"\0MRM", "mrw"),
    (b"FOVb", "raw"),  # Sigma
    (b"0&\xb2u\x8ef\xcf\x11", "wmv"),
    (b"FLV\x01", "flv"),
    (b"\0\0\x01\xba", "mpeg"),
    (b"\0\0\x01\xb3", "mpegvideo"),
    (b"\x06\x0e+4\x02\x05\x01\x01", "mxf"),
    (b"\x1f\x07\0\x3f", "dv"),
    (b"\x1f\x07\0\xbf", "dv"),
)

_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1".split())
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})
# A QuickTime file older than 'ftyp' begins with one of these.
_BARE_MOVIE_BOXES = frozenset({b"moov", b"mdat", b"wide", b"pnot", b"free", b"skip"})

_MAKE, _DNG_VERSION, _SUB_IFDS, _NEW_SUBFILE_TYPE, _PHOTOMETRIC = 271, 50706, 330, 254, 262
_MOSAIC = 32803  # PhotometricInterpretation "colour filter array": what a sensor saw
_RAW_OF_MAKE = (
    (b"canon", "cr2"),
    (b"nikon", "nef"),
    (b"sony", "arw"),
    (b"pentax", "pef"),
    (b"ricoh", "pef"),
    (b"samsung", "srw"),
    (b"olympus", "orf"),
    (b"panasonic", "rw2"),
    (b"leica", "rw2"),
)


def sniff(head: bytes, name: str = "") -> Format | None:
    """The format of a file that begins with `head` (HEAD_BYTES of it, or all), or None if it is no photo or video.

    name: only breaks the tie between a TIFF and the camera raws that look like one.
    """
    found = _by_start(head) or _riff(head) or _iso_media(head) or _tiff(head, name) or _other(head)
    return BY_NAME[found] if found else None


def _by_start(head: bytes) -> str | None:
    return next((name for start, name in _STARTS if head.startswith(start)), None)


def _riff(head: bytes) -> str | None:
    if not head.startswith(b"RIFF"):
        return None
    return {b"WEBP": "webp", b"AVI ": "avi", b"AVIX": "avi"}.get(head[8:12])


def _brands(head: bytes) -> list[bytes]:
    """The brands of an ISO media file, the major one first; empty if it is none."""
    if head[4:8] != b"ftyp" or len(head) < 12:
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head), 256)
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _iso_media(head: bytes) -> str | None:
    brands = _brands(head)
    if not brands:
        return "mov" if head[4:8] in _BARE_MOVIE_BOXES and len(head) >= 16 else None
    major = brands[0]
    if major == b"crx ":
        return "cr3"
    if major in _HEIF_BRANDS or major in (b"avif", b"avis"):
        return "avif" if b"avif" in brands or b"avis" in brands else "heic"
    if major in _SOUND_BRANDS or major.startswith((b"jx", b"jp")):
        return None
    if major == b"qt  ":
        return "mov"
    return "3gp" if major.startswith(b"3g") else "mp4"


@dataclass(frozen=True, slots=True)
class _Directory:
    """The first directory of a TIFF: tag -> its value if a number, -> its bytes if text; other tags -> 0."""

    tags: dict[int, int | bytes]

    def number(self, tag: int) -> int:
        value = self.tags.get(tag, 0)
        return value if isinstance(value, int) else 0


def _first_directory(head: bytes) -> _Directory:
    order = "<" if head[:2] == b"II" else ">"
    tags: dict[int, int | bytes] = {}
    try:
        (start,) = struct.unpack_from(order + "I", head, 4)
        (count,) = struct.unpack_from(order + "H", head, start)
        for at in range(start + 2, start + 2 + 12 * min(count, 512), 12):
            tag, kind, length = struct.unpack_from(order + "HHI", head, at)
            if kind == 2 and length > 4:
                (place,) = struct.unpack_from(order + "I", head, at + 8)
                tags[tag] = head[place : place + min(length, 64)]
            elif kind in (3, 4) and length == 1:
                (tags[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), head, at + 8)
            else:
                tags[tag] = 0
    except struct.error:
        pass  # the directory lies outside the head: whatever was seen of it has to do
    return _Directory(tags)


def _tiff(head: bytes, name: str) -> str | None:
    if head.startswith((b"II+\0", b"MM\0+")):
        return "tiff"
    if not head.startswith((b"II*\0", b"MM\0*")):
        return None
    if head[8:10] == b"CR" and head[10:11] == b"\x02":
        return "cr2"
    directory = _first_directory(head)
    if _DNG_VERSION in directory.tags:
        return "dng"
    promised = expected(name)
    by_a_camera = _MAKE in directory.tags or not directory.tags
    if promised is not None and promised.reader == "raw" and by_a_camera:
        return promised.name
    return _raw_of_make(directory) if _looks_raw(directory) else "tiff"


def _looks_raw(directory: _Directory) -> bool:
    """Whether a camera wrote it with a mosaic, or with a small picture first and the real one in a sub-directory.

    Editors that keep the camera's name in the TIFFs they export put the full picture first.
    """
    mosaic = directory.number(_PHOTOMETRIC) == _MOSAIC
    reduced_first = directory.number(_NEW_SUBFILE_TYPE) & 1 == 1 and _SUB_IFDS in directory.tags
    return mosaic or (reduced_first and _MAKE in directory.tags)


def _raw_of_make(directory: _Directory) -> str:
    make = directory.tags.get(_MAKE)
    text = make.lower() if isinstance(make, bytes) else b""
    return next((name for start, name in _RAW_OF_MAKE if text.startswith(start)), "raw")


def _other(head: bytes) -> str | None:
    """The formats that need a closer look than their first bytes."""
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in (12, 16, 40, 52, 56, 64, 108, 124):
        return "bmp"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:128] else "mkv"
    if head.startswith(b"OggS"):
        return "ogv" if b"\x80theora" in head[:512] or b"\x01video" in head[:512] else None
    return "mpegts" if _is_transport_stream(head) else None


def _is_transport_stream(head: bytes) -> bool:
    """Five packets of 188 bytes, or of 192 as camcorders write them, each beginning with the sync byte."""
    return any(
        len(head) > start + 4 * step and all(head[start + step * packet] == 0x47 for packet in range(5))
        for start, step in ((0, 188), (4, 192))
    )
