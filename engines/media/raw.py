"""Reads camera raws with LibRaw: the preview the camera stored if it is large enough, else a quick development."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import rawpy
from numpy.typing import NDArray

from engines.media import jpeg
from engines.media.formats import BY_NAME, Format
from engines.media.geometry import LONG_SIDE, Sizing, shrink, turn, working_size
from engines.media.limits import refuse_if_larger
from engines.media.reader import Decoded, Header, NoPicture, Source
from engines.types import Frame, Pixels, State

MAX_PIXELS = 250_000_000  # LibRaw holds 2 bytes a pixel of what the sensor saw, and 2 of a picture of half the size

_ORIENTATIONS = {3: 3, 5: 8, 6: 6}  # LibRaw's flip -> EXIF
_NO_PREVIEW = (
    rawpy.LibRawNoThumbnailError,
    rawpy.LibRawUnsupportedThumbnailError,
    rawpy.LibRawDataError,
    rawpy.LibRawIOError,
)
_SRGB_GAMMA = (2.4, 12.92)


@dataclass(frozen=True, slots=True)
class _Preview:
    """The JPEG inside a raw, as the JPEG reader's source."""

    data: bytes
    format: Format = BY_NAME["jpeg"]

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


def read_header(source: Source) -> Header:
    """The size is the sensor's visible part. Takes 0.1 ms: nothing is unpacked."""
    with _opened(source) as raw:
        sizes = raw.sizes
    refuse_if_larger(sizes.width, sizes.height, MAX_PIXELS)
    return Header(sizes.width, sizes.height, _ORIENTATIONS.get(sizes.flip, 1), bit_depth=16)


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    with _opened(source) as raw:
        return _preview(raw, header, sizing) or Decoded(
            Frame(_developed(raw, header, sizing), header.width, header.height)
        )


@contextmanager
def _opened(source: Source) -> Iterator[rawpy.RawPy]:
    """Raises NoPicture for what LibRaw says of the file, also within the block."""
    label = source.format.label
    try:
        with rawpy.imread(io.BytesIO(source.data)) as raw:
            yield raw
    except (rawpy.LibRawFileUnsupportedError, rawpy.LibRawNotImplementedError) as error:
        raise NoPicture(State.UNSUPPORTED, f"is a {label} of a kind that cannot be read", "unknown raw") from error
    except (rawpy.LibRawTooBigError, rawpy.LibRawUnsufficientMemoryError) as error:
        raise NoPicture(State.REFUSED, "needs more memory than a file may have", "too much memory") from error
    except rawpy.LibRawError as error:
        raise NoPicture(State.CORRUPT, "is damaged: no picture can be made of it", "damaged") from error


def _preview(raw: rawpy.RawPy, header: Header, sizing: Sizing) -> Decoded | None:
    """The embedded preview, or None if there is none that is whole and large enough."""
    try:
        thumbnail = raw.extract_thumb()
    except _NO_PREVIEW:
        return None
    if isinstance(thumbnail.data, np.ndarray):
        return _bitmap(_with_three_channels(thumbnail.data), header, sizing)
    preview = _Preview(thumbnail.data)
    try:
        own = jpeg.read_header(preview)
        if not _large_enough(own.stored_width, own.stored_height, header, sizing):
            return None
        decoded = jpeg.read_frame(preview, replace(own, orientation=_left_to_turn(own, header)), sizing)
    except NoPicture:
        return None
    return None if decoded.damage else Decoded(replace(decoded.frame, width=header.width, height=header.height))


def _bitmap(pixels: Pixels, header: Header, sizing: Sizing) -> Decoded | None:
    height, width = pixels.shape[:2]
    if not _large_enough(width, height, header, sizing):
        return None
    upright = turn(shrink(pixels, sizing(width, height)), header.orientation)
    return Decoded(Frame(upright, header.width, header.height))


def _large_enough(width: int, height: int, header: Header, sizing: Sizing) -> bool:
    """Half of a small sensor's picture will do to examine it; who wants to see more wants nearly all of it."""
    whole, wanted = max(header.width, header.height), max(sizing(header.width, header.height))
    return max(width, height) >= (min(LONG_SIDE, whole / 2) if wanted <= LONG_SIDE else 0.95 * wanted)


def _left_to_turn(preview: Header, header: Header) -> int:
    """The rotation a preview still needs; LibRaw writes the raw's own into those that name none.

    Some cameras store the preview upright: it then stands where the sensor lies, or lies where that stands.
    """
    preview_stands = preview.stored_height > preview.stored_width
    sensor_stands = header.stored_height > header.stored_width
    return 1 if preview.orientation >= 5 and preview_stands != sensor_stands else preview.orientation


def _developed(raw: rawpy.RawPy, header: Header, sizing: Sizing) -> Pixels:
    half_is_enough = max(header.width, header.height) >= 2 * max(sizing(header.width, header.height))
    pixels = raw.postprocess(
        half_size=half_is_enough,
        use_camera_wb=any(raw.camera_whitebalance),
        gamma=_SRGB_GAMMA,
        output_bps=8,
        user_flip=0,
    )
    height, width = pixels.shape[:2]
    return turn(shrink(_with_three_channels(pixels), sizing(width, height)), header.orientation)


def _with_three_channels(pixels: NDArray[np.uint8]) -> Pixels:
    """What LibRaw gives: (H, W, 3), of a camera without colours (H, W, 1) or (H, W)."""
    return (
        pixels if pixels.ndim == 3 and pixels.shape[2] == 3 else np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, 2)
    )
