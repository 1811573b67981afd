"""What a file says about itself: when, where and with what it was taken, and what people wrote into it.

A photo's bytes go to the reader of its format (jpeg, png, webp, gif, heif, raws), which finds the blocks of metadata in
them; exif, iptc, and xmp with xmp_facts say what a block means, as Claims; merge makes one Fact a name of all claims.
Videos are read by quicktime or, in all other containers, by FFmpeg; video_words says what their texts mean. Every
reader works within limits on bytes that may be hostile, in a worker process; a broken field costs that field, a broken
block that block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType

from engines.errors import MediaError
from engines.media.metadata import (
    exif,
    file_names,
    gif,
    heif,
    iptc,
    jpeg,
    png,
    quicktime,
    raws,
    video_words,
    webp,
    xmp,
    xmp_facts,
)
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.merge import Claims, given, merge
from engines.media.open_file import OpenFile
from engines.media.reader import Header, NoPicture, VideoHeader
from engines.types import Facts, Kind

__all__ = ["read", "read_sidecar"]

# By name of format; a raw that is not listed is built like a TIFF, and what is neither (BMP) has no metadata.
_FINDERS: Mapping[str, Callable[[bytes], Blocks]] = MappingProxyType({
    "jpeg": jpeg.find,
    "png": png.find,
    "webp": webp.find,
    "gif": gif.find,
    "tiff": raws.find_in_tiff,
    "heic": heif.find,
    "avif": heif.find,
    "cr3": raws.find_in_canon,
    "raf": raws.find_in_fuji,
    "mrw": raws.find_in_minolta,
})  # fmt: skip
_BOXED_VIDEOS = frozenset(("mp4", "mov", "3gp"))
_OWN_TYPE_END = 16  # a HEIC begins with an ftyp box of its own


def read(file: OpenFile) -> Facts:
    """All facts that the file's bytes and, for want of a date, its name give; of a damaged file what can still be read.

    Raises MediaError: UNSUPPORTED if it is neither photo nor video, REFUSED or UNREADABLE if its bytes cannot be had.
    """
    is_video = file.format.kind is Kind.VIDEO
    claims = list(_video_claims(file) if is_video else _photo_claims(file))
    with suppress(MediaError):  # a picture that cannot be decoded may still have a date
        claims.append(_picture_claims(file.header))
        if file.header.video:
            claims.append(_stream_claims(file.header.video))
    if named := file_names.date_in(file.name):
        claims.append(Claims("file name", dates=(named,)))
    return merge(claims)


def read_sidecar(data: bytes) -> Facts:
    """All facts of an XMP file beside a picture, with the source 'sidecar'; none if it is no XMP. Raises nothing."""
    return merge([xmp_facts.claims(xmp.parse(data), "sidecar")])


def _photo_claims(file: OpenFile) -> Iterator[Claims]:
    find = _FINDERS.get(file.format.name) or (raws.find_in_tiff if file.format.reader == "raw" else None)
    blocks = find(file.data) if find else Blocks()
    yield from blocks.claims
    if blocks.exif:
        yield from exif.read(blocks.exif)
    if blocks.iptc:
        yield iptc.read(blocks.iptc)
    packets = [xmp.parse(packet) for packet in blocks.xmp]
    yield from (xmp_facts.claims(packet, "xmp") for packet in packets)
    # XMP keeps its word after a program has cut the video off, so the video has to be there.
    says_so = any(xmp_facts.says_motion_photo(packet) for packet in packets)
    if blocks.holds_video or (says_so and file.data.find(b"ftyp", _OWN_TYPE_END) >= 0):
        yield Claims("container", {"motion_photo": True})


def _video_claims(file: OpenFile) -> Iterator[Claims]:
    if file.format.name in _BOXED_VIDEOS:
        with file.open() as stream:
            yield from quicktime.read(stream)
    else:
        yield video_words.claims(_tags(file), "container")


def _tags(file: OpenFile) -> Mapping[str, str]:
    """What FFmpeg reads besides the streams; nothing of a video that it cannot open."""
    from engines.media.film import opened  # FFmpeg is loaded for the first video only

    with suppress(NoPicture), opened(file) as video:
        return dict(video.container.metadata)
    return {}


def _picture_claims(header: Header) -> Claims:
    values: dict[str, object] = {
        "width": header.width,
        "height": header.height,
        "stored_width": header.stored_width,
        "stored_height": header.stored_height,
        "bit_depth": header.bit_depth,
        "has_alpha": header.has_alpha,
        "frame_count": header.frame_count if header.frame_count > 1 else None,
        "colour_profile": header.colour_profile,
    }
    return Claims("pixels", given(values))


def _stream_claims(video: VideoHeader) -> Claims:
    values = {
        "duration_s": None if video.duration_s is None else round(video.duration_s, 3),
        "fps": None if video.fps is None else round(video.fps, 3),
        "codec": video.codec,
        "audio_codec": video.audio_codec,
        "rotation_deg": video.rotation_deg,
    }
    return Claims("container", given(values))
