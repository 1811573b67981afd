"""Reads PNG, WebP, GIF, TIFF, BMP and AVIF with Pillow."""

from __future__ import annotations

import io
import warnings
from PIL import Image

from engines.media.geometry import orientation_of
from engines.media.limits import refuse_if_larger
from engines.media.profiles import profile_name
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source
from engines.types import State

MAX_PIXELS = 300_000_000

def read_header(source: Source) -> Header:
    try:
        image = Image.open(io.BytesIO(source.data), formats=[source.format.codec])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture(State.CORRUPT, f"is damaged", "damaged") from error
    refuse_if_larger(*image.size, MAX_PIXELS)
    return Header(*image.size, orientation=orientation_of(image.info.get("exif")), frame_count=getattr(image, "n_frames", 1),
    has_alpha=image.has_transparency_data, colour_profile=profile_name(image.info.get("icc_profile", b"")))


def read_frame(source: Source, header: Header) -> Decoded:
    raise NotImplementedError
