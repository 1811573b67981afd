"""Makes photos and videos for tests: small, and so that one sees which way up they are."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

import av
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

# The corners of every made picture, clockwise from the top left; its middle is grey.
CORNERS = ((220, 30, 30), (30, 200, 40), (240, 240, 240), (30, 40, 220))
MIDDLE = (128, 128, 128)
# EXIF orientation -> what was done to the upright picture before it was stored.
_STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def make_pixels(size: tuple[int, int] = (64, 48)) -> NDArray[np.uint8]:
    """(H, W, 3) RGB: four coloured corners, each a third of the sides long, on grey. size: width, height."""
    width, height = size
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = MIDDLE
    wide, high = max(1, width // 3), max(1, height // 3)
    for (left, top), colour in zip(
        ((0, 0), (width - wide, 0), (width - wide, height - high), (0, height - high)), CORNERS, strict=True
    ):
        pixels[top : top + high, left : left + wide] = colour
    return pixels


def corners_of(pixels: NDArray[np.uint8]) -> list[tuple[int, ...]]:
    """The colours a little inside the four corners, clockwise from the top left."""
    height, width = pixels.shape[:2]
    top, left = height // 10, width // 10
    places = ((top, left), (top, -1 - left), (-1 - top, -1 - left), (-1 - top, left))
    return [tuple(int(value) for value in pixels[place]) for place in places]


def make_photo(
    size: tuple[int, int] = (64, 48),
    *,
    format: str = "JPEG",
    orientation: int = 1,
    mode: str = "RGB",
    icc: bytes | None = None,
    **options: Any,
) -> bytes:
    """The file of a picture that is `size` (width, height) when upright. options: of Pillow's save."""
    image = Image.fromarray(make_pixels(size))
    turn = _STORED_AS[orientation]
    image = (image.transpose(turn) if turn is not None else image).convert(mode)
    if orientation != 1:
        options["exif"] = make_exif(orientation)
    if icc is not None:
        options["icc_profile"] = icc
    if format == "JPEG":
        options = {"quality": 95, "subsampling": 0} | options
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def make_exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def make_heic(size: tuple[int, int] = (128, 96), *, orientation: int = 1, mode: str = "RGB", **options: Any) -> bytes:
    """A HEIC, the rotation in its container and in EXIF, as phones write it. size: upright. options: of its save."""
    turn = _STORED_AS[orientation]
    image = Image.fromarray(make_pixels(size)).convert(mode)
    heif = pillow_heif.from_pillow(image.transpose(turn) if turn is not None else image)
    buffer = io.BytesIO()
    heif.save(buffer, quality=95, exif=make_exif(orientation), **options)
    return buffer.getvalue()


def make_icc(red: Sequence[float], green: Sequence[float], blue: Sequence[float], *, name: str = "Made") -> bytes:
    """An ICC profile for RGB, gamma 2.2. red, green, blue: XYZ of the primaries under D50. Source: ICC.1:2001-04."""
    white = [sum(parts) for parts in zip(red, green, blue, strict=True)]
    text = name.encode() + b"\0"
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78),
        b"wtpt": _xyz(white),
        b"rXYZ": _xyz(red),
        b"gXYZ": _xyz(green),
        b"bXYZ": _xyz(blue),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), gamma),
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", tag, start + len(body), len(content))
        body += content
    header = struct.pack(">I4sI4s4s4s", start + len(body), bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ") + bytes(12)
    header += b"acsp" + bytes(28) + struct.pack(">III", *(round(one * 65536) for one in (0.9642, 1.0, 0.8249)))
    return header.ljust(128, b"\0") + table + body


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">iii", *(round(one * 65536) for one in values))


# sRGB's own primaries, for a profile that swaps two of them.
SRGB_PRIMARIES = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))


def make_video(
    size: tuple[int, int] = (64, 48),
    *,
    container: str = "mp4",
    codec: str = "mpeg4",
    pictures: Iterable[NDArray[np.uint8]] | None = None,
    fps: int = 10,
    clockwise_deg: int = 0,
    aspect: Fraction | None = None,
    colours: tuple[int, int, int] | None = None,
    sound: bool = False,
) -> bytes:
    """A video of `pictures`, by default of two seconds of make_pixels, `size` (width, height) as stored.

    container: as FFmpeg calls it. clockwise_deg: how a player has to turn it. aspect: width of a pixel by its height.
    colours: primaries, transfer and matrix that it says it has, by their numbers in ITU-T H.273; 'libx264' stores them.
    """
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as output:
        stream = cast(av.VideoStream, output.add_stream(codec, rate=fps))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 2_000_000
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if colours is not None:
            stream.color_primaries, stream.color_trc, stream.colorspace = colours
        if clockwise_deg:
            stream.set_display_rotation(-clockwise_deg)
        voice = output.add_stream("mp2", rate=44_100) if sound else None
        for pixels in pictures if pictures is not None else [make_pixels(size)] * (2 * fps):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode(None))
        if voice is not None:
            output.mux(voice.encode(_silence(voice)))
            output.mux(voice.encode(None))
    return buffer.getvalue()


def make_motion_jpeg(jpeg: bytes, *, frames: int = 10) -> bytes:
    """An AVI whose pictures are all this JPEG, byte for byte, as old cameras film."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="avi") as output:
        stream = output.add_stream("mjpeg", rate=10)
        stream.width, stream.height = Image.open(io.BytesIO(jpeg)).size
        stream.pix_fmt = "yuvj420p"
        for number in range(frames):
            packet: av.Packet[Any] = av.Packet(jpeg)
            packet.stream = stream
            packet.pts = packet.dts = number
            packet.time_base = Fraction(1, 10)
            packet.is_keyframe = True
            output.mux(packet)
    return buffer.getvalue()


def make_sound() -> bytes:
    """An MP4 without pictures."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as output:
        stream = output.add_stream("mp2", rate=44_100)
        output.mux(stream.encode(_silence(stream)))
        output.mux(stream.encode(None))
    return buffer.getvalue()


def _silence(stream: av.AudioStream) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.zeros((1, 2 * 1152), np.int16), format="s16", layout="stereo")
    frame.sample_rate = stream.rate
    return frame


def make_raw(
    size: tuple[int, int] = (256, 192), *, orientation: int = 1, preview: bytes | None = None, make: str = "Maker"
) -> bytes:
    """A DNG of make_pixels as a sensor would see it (RGGB, 16 bits). size: upright, even. preview: a JPEG to embed."""
    turn = _STORED_AS[orientation]
    upright = Image.fromarray(make_pixels(size))
    pixels = np.asarray(upright.transpose(turn) if turn is not None else upright)
    linear = ((pixels / 255.0) ** 2.2 * 60_000).astype("<u2")
    mosaic = linear[:, :, 1].copy()
    mosaic[::2, ::2], mosaic[1::2, 1::2] = linear[::2, ::2, 0], linear[1::2, 1::2, 2]
    height, width = mosaic.shape
    strip = mosaic.tobytes()
    previews = {_SUB_IFDS: [0]} if preview else {}
    tags: dict[int, bytes | Sequence[int]] = {
        254: [0], 256: [width], 257: [height], 258: [16], 259: [1], 262: [32803], 271: make.encode() + b"\0",
        272: b"Model\0", 273: [0], 274: [orientation], 277: [1], 278: [height], 279: [len(strip)], **previews,
        33421: [2, 2], 33422: bytes((0, 1, 1, 2)), 50706: bytes((1, 4, 0, 0)), 50708: b"Maker Model\0", 50717: [60_000],
        50721: _SRGB_MATRIX,
    }  # fmt: skip
    strip_at = 8 + len(_directory(tags, 8))
    tags[273] = [strip_at]
    if preview is None:
        return b"II*\0" + struct.pack("<I", 8) + _directory(tags, 8) + strip
    tags[_SUB_IFDS] = [strip_at + len(strip)]
    own = Image.open(io.BytesIO(preview))
    sub: dict[int, bytes | Sequence[int]] = {
        254: [1], 256: [own.width], 257: [own.height], 258: [8], 259: [7], 262: [6], 273: [0], 277: [3],
        278: [own.height], 279: [len(preview)],
    }  # fmt: skip
    sub[273] = [strip_at + len(strip) + len(_directory(sub, 0))]
    return b"II*\0" + struct.pack("<I", 8) + _directory(tags, 8) + strip + _directory(sub, 0) + preview


_SUB_IFDS = 330
_BYTES, _TEXT, _SHORT, _LONG, _FRACTION = 1, 2, 3, 4, 10
_TEXT_TAGS, _FRACTION_TAGS = (271, 272, 50708), (50721,)
# XYZ to sRGB in ten thousandths, as numerators and denominators.
_SRGB_MATRIX = [
    part for value in (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570) for part in (value, 10_000)
]


def _directory(tags: Mapping[int, bytes | Sequence[int]], start: int) -> bytes:
    """A little-endian TIFF directory that lies at `start`, with the values that do not fit behind it."""
    entries, behind = b"", b""
    values_at = start + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        kind = _TEXT if tag in _TEXT_TAGS else _FRACTION if tag in _FRACTION_TAGS else _LONG
        if isinstance(value, bytes):
            kind, count, packed = (kind if kind == _TEXT else _BYTES), len(value), value
        elif kind == _FRACTION:
            count, packed = len(value) // 2, struct.pack(f"<{len(value)}i", *value)
        else:
            kind = _SHORT if tag == 33421 else _LONG
            count, packed = len(value), struct.pack(f"<{len(value)}{'H' if kind == _SHORT else 'I'}", *value)
        if len(packed) > 4:
            offset = struct.pack("<I", values_at + len(behind))
            behind += packed + bytes(len(packed) % 2)
            packed = offset
        entries += struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0")
    return struct.pack("<H", len(tags)) + entries + bytes(4) + behind
