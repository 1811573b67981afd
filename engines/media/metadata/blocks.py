"""What the reader of a format hands over: the blocks of metadata in a file, found but not understood."""

from __future__ import annotations

from dataclasses import dataclass

from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.merge import Claims


@dataclass(frozen=True, slots=True)
class Blocks:
    """exif: the block's directories. xmp: packets, the main one first. iptc: IIM records.

    claims: what the format itself has words for. holds_video: it holds a video beside the picture, whatever XMP says.
    """

    exif: ExifBlock | None = None
    xmp: tuple[bytes, ...] = ()
    iptc: bytes = b""
    claims: tuple[Claims, ...] = ()
    holds_video: bool = False
