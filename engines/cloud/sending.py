"""What leaves the computer: pictures made anew from pixels, so that nothing else of a file can go along."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import av
import cv2
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.video.frame import VideoFrame
from PIL import Image

from engines.types import Pixels

LONG_SIDE = 1024  # px
MOST_BYTES = 130_000  # as base64 below the 180,000 characters that services take inline
_SIDES = (1024, 896, 768, 640, 512, 384)  # px, tried in this order
_QUALITIES = (85, 75, 65)
_CLIP_SIDE = 1280  # px
MOST_CLIP_BYTES = 2_000_000  # of a clip inside a request; as base64 well below the 5 MB that NVIDIA takes
_SMALL_CLIP_SIDES = (640, 448, 320)  # px
_CLIP_FRAMES = 10  # of a photo, for a detector of videos
_INDEX_BYTES = 16_384  # kept free for the index before the pictures, so that the clip can be read while it arrives
_CLIP_RATE = 5  # frames a second


def jpeg_of(pixels: Pixels) -> bytes:
    """A baseline JPEG of at most MOST_BYTES: no EXIF, no profile, no embedded thumbnail, the best that fits."""
    for side in _SIDES:
        picture = Image.fromarray(_shrunk(pixels, side))
        for quality in _QUALITIES:
            data = _encoded(picture, quality)
            if len(data) <= MOST_BYTES:
                return data
    return _encoded(Image.fromarray(_shrunk(pixels, _SIDES[-1])), 30)


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height in px, by which a detector tells its boxes."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size


def sheet_of(frames: Sequence[Pixels]) -> bytes:
    """Several frames of one video on one JPEG, in rows, all of one size."""
    columns = math.ceil(math.sqrt(len(frames)))
    rows = math.ceil(len(frames) / columns)
    height, width = frames[0].shape[:2]
    scale = min(1.0, LONG_SIDE / (columns * width), LONG_SIDE / (rows * height))
    tile = max(1, int(width * scale)), max(1, int(height * scale))
    sheet = np.zeros((rows * tile[1], columns * tile[0], 3), np.uint8)
    for place, frame in enumerate(frames):
        row, column = divmod(place, columns)
        small = cv2.resize(frame, tile, interpolation=cv2.INTER_AREA)
        sheet[row * tile[1] : (row + 1) * tile[1], column * tile[0] : (column + 1) * tile[0]] = small
    return jpeg_of(sheet)


def small_clip_of(frames: Sequence[Pixels]) -> tuple[bytes, tuple[int, int]]:
    """As clip_of(), small enough to go along in a request: the largest of some sizes that fits."""
    for side in _SMALL_CLIP_SIDES:
        clip, size = clip_of(frames, side)
        if len(clip) <= MOST_CLIP_BYTES:
            break
    return clip, size


def clip_of(frames: Sequence[Pixels], side: int = _CLIP_SIDE) -> tuple[bytes, tuple[int, int]]:
    """An H.264 MP4 of these frames, of a single one held for two seconds; and its width and height in px.

    Without sound, metadata or name of the encoder.
    """
    held = list(frames) * _CLIP_FRAMES if len(frames) == 1 else list(frames)
    first = _shrunk(held[0], side)
    size = max(2, first.shape[1] // 2 * 2), max(2, first.shape[0] // 2 * 2)
    file = io.BytesIO()
    with av.open(file, "w", format="mp4", options={"moov_size": str(_INDEX_BYTES), "fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=_CLIP_RATE)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        stream.options = {"crf": "20", "preset": "fast", "flags": "+bitexact", "x264-params": "log-level=none"}
        unsigned = BitStreamFilterContext("filter_units=remove_types=6", stream)  # x264 signs with all its settings
        for pixels in held:
            scaled = np.ascontiguousarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
            for packet in stream.encode(VideoFrame.from_ndarray(scaled, format="rgb24")):
                container.mux(unsigned.filter(packet))
        for packet in stream.encode(None):
            container.mux(unsigned.filter(packet))
    return file.getvalue(), size


def _shrunk(pixels: Pixels, side: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(width, height))
    if scale == 1.0:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _encoded(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, progressive=False)
    return buffer.getvalue()
