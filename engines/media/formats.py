"""Which formats are read, by which reader, and which file names promise one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from engines.types import Kind

ReaderName = Literal["jpeg", "pillow", "heif", "avif", "raw", "video"]  # the modules are named in readers.py


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    name: as stored and searched for (`type:jpeg`). label: as people say it. suffixes: lower case, with the dot.
    reader: who decodes it. codec: what the reader's library calls it: Pillow's format, FFmpeg's demuxer; '' where the
    library finds out by itself. Only this codec is tried, so that bytes which look like a PNG reach no other parser.
    """

    name: str
    kind: Kind
    label: str
    suffixes: tuple[str, ...]
    reader: ReaderName
    codec: str = ""


def _photo(name: str, label: str, suffixes: str, reader: ReaderName = "pillow", codec: str = "") -> Format:
    return Format(name, Kind.PHOTO, label, tuple(suffixes.split()), reader, codec or name.upper())


def _raw(name: str, label: str, suffixes: str) -> Format:
    return Format(name, Kind.PHOTO, label, tuple(suffixes.split()), "raw")


def _video(name: str, label: str, suffixes: str, demuxer: str) -> Format:
    return Format(name, Kind.VIDEO, label, tuple(suffixes.split()), "video", demuxer)


FORMATS = (
    _photo("jpeg", "JPEG", ".jpg .jpeg .jpe .jfif .jif .mpo", "jpeg"),
    _photo("png", "PNG", ".png .apng"),
    _photo("webp", "WebP", ".webp"),
    _photo("gif", "GIF", ".gif"),
    _photo("tiff", "TIFF", ".tif .tiff"),
    _photo("bmp", "BMP", ".bmp .dib"),
    _photo("heic", "HEIC", ".heic .heif .hif .heics .heifs", "heif"),
    _photo("avif", "AVIF", ".avif .avifs", "avif"),
    _raw("dng", "DNG raw", ".dng .gpr"),
    _raw("cr2", "Canon raw (CR2)", ".cr2"),
    _raw("cr3", "Canon raw (CR3)", ".cr3"),
    _raw("crw", "Canon raw (CRW)", ".crw"),
    _raw("nef", "Nikon raw", ".nef .nrw"),
    _raw("arw", "Sony raw", ".arw .sr2 .srf .arq"),
    _raw("raf", "Fujifilm raw", ".raf"),
    _raw("orf", "Olympus raw", ".orf .ori"),
    _raw("rw2", "Panasonic raw", ".rw2 .rwl"),
    _raw("pef", "Pentax raw", ".pef"),
    _raw("srw", "Samsung raw", ".srw"),
    _raw("mrw", "Minolta raw", ".mrw"),
    _raw("raw", "camera raw", ".raw .3fr .fff .iiq .erf .kdc .dcr .dcs .mos .mef .cap .x3f"),
    _video("mp4", "MP4", ".mp4 .m4v .f4v", "mov"),
    _video("mov", "QuickTime", ".mov .qt", "mov"),
    _video("3gp", "3GP", ".3gp .3g2 .3gpp", "mov"),
    _video("avi", "AVI", ".avi .divx", "avi"),
    _video("mkv", "Matroska", ".mkv .mk3d", "matroska"),
    _video("webm", "WebM", ".webm", "matroska"),
    _video("mpegts", "MPEG transport stream", ".ts .mts .m2ts .m2t .tp", "mpegts"),
    _video("mpeg", "MPEG", ".mpg .mpeg .vob .m2p .mod", "mpeg"),
    _video("mpegvideo", "MPEG video", ".m1v .m2v .mpv", "mpegvideo"),
    _video("wmv", "Windows Media", ".wmv .asf", "asf"),
    _video("flv", "Flash video", ".flv", "flv"),
    _video("ogv", "Ogg video", ".ogv .ogm .ogg", "ogg"),
    _video("mxf", "MXF", ".mxf", "mxf"),
    _video("dv", "DV", ".dv .dif", "dv"),
)

BY_NAME: Mapping[str, Format] = MappingProxyType({form.name: form for form in FORMATS})

# .ogg is nearly always sound, .ts mostly TypeScript in a programmer's folders, .raw, .mod and .cap mean many things:
# such a file is taken when its content is a photo or video, but nobody is told when it is not.
_DOUBTFUL = frozenset({".ogg", ".ts", ".tp", ".raw", ".mod", ".cap", ".dif", ".qt", ".mos", ".fff"})

_BY_SUFFIX: Mapping[str, Format] = MappingProxyType({suffix: form for form in FORMATS for suffix in form.suffixes})


def suffix_of(name: str) -> str:
    """The part of a file name from its last dot, lower case: '.jpg'; '' where there is none, also for '.jpg' alone."""
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem.strip("./\\") else ""


def expected(name: str) -> Format | None:
    """The format that a file name lets one expect, or None; only a hint, content decides."""
    return _BY_SUFFIX.get(suffix_of(name))


def promises_media(name: str) -> bool:
    """Whether people would call a file of this name a photo or a video, so that a note is due when it is none."""
    suffix = suffix_of(name)
    return suffix in _BY_SUFFIX and suffix not in _DOUBTFUL
