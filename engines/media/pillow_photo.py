"""Reads PNG, WebP, GIF, TIFF, BMP and AVIF, and the JPEGs that the fast decoder cannot, with Pillow."""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from engines.media.colour import to_srgb
from engines.media.damage import cut_short, upper_share
from engines.media.geometry import Sizing, turn, working_size
from engines.media.limits import refuse_if_larger, too_large
from engines.media.pillow_header import header_of
from engines.media.pillow_pixels import pixels_of
from engines.media.reader import Decoded, Header, NoPicture, Source
from engines.types import Frame, State

# Pillow refuses what has more than twice this on sight; ours, which names the size, comes before anything is decoded.
_SIGHT_LIMIT = Image.MAX_IMAGE_PIXELS = 1_000_000_000
logging.getLogger("PIL").addHandler(logging.NullHandler())  # else its warnings are printed where nobody set up logging

# All come to 1.2 GB of memory: WebP takes 16 bytes a pixel (its decoder keeps two canvases), AVIF 9, the others 4.
MAX_PIXELS = {"webp": 75_000_000, "avif": 130_000_000}
_MOST_PIXELS = 300_000_000

_MOST_PIXELS_A_BYTE = 10_000  # what one byte of a packed picture can come to (PNG, 1 bit: 8,256); more is a lie

# What Pillow raises for bytes it cannot make sense of, by its source and by thousands of damaged files of each format.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    OverflowError,
    RuntimeError,
    struct.error,
)


def read_header(source: Source) -> Header:
    """Takes 0.05 to 0.2 ms, for animated GIFs 1 ms a megabyte: Pillow decodes nothing for this."""
    with _opened(source) as image, _faults_named(f"is damaged, or a kind of {source.format.label} that cannot be read"):
        return header_of(image, source)


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    """Decodes the first page or animation frame; of a damaged file what comes before the damage."""
    width, height = sizing(header.width, header.height)
    size = (height, width) if header.orientation >= 5 else (width, height)
    try:
        image, whole = _loaded(source, size), True
    except NoPicture as fault:
        promised = header.stored_width * header.stored_height
        if fault.flaw.state is not State.CORRUPT or promised > _MOST_PIXELS_A_BYTE * len(source.data):
            raise
        image, whole = _loaded(source, size, incomplete=True), False
    with image:
        pixels, mode = pixels_of(image, size)
        icc = image.info.get("icc_profile") or b""
    damage = None if whole else cut_short(upper_share(pixels))
    return Decoded(Frame(turn(to_srgb(pixels, mode, icc), header.orientation), header.width, header.height), damage)


def _loaded(source: Source, size: tuple[int, int], *, incomplete: bool = False) -> Image.Image:
    """The decoded image, of a JPEG at least `size`. incomplete: data may be missing at its end."""
    image = _opened(source)
    with _faults_named("is damaged: no picture can be made of it"), _incomplete_allowed(incomplete):
        image.draft(image.mode, size)
        image.load()
    return image


def _opened(source: Source) -> Image.Image:
    """The image before decoding, small enough to be decoded. Raises NoPicture."""
    with _faults_named(f"is damaged, or a kind of {source.format.label} that cannot be read"):
        image = Image.open(io.BytesIO(source.data), formats=(source.format.codec,))
    refuse_if_larger(*image.size, MAX_PIXELS.get(source.format.name, _MOST_PIXELS))
    return image


@contextmanager
def _faults_named(what: str) -> Iterator[None]:
    """Around calls of Pillow and nothing else. what: why there is no picture, if one of them fails."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd EXIF and the like; none of them is about pixels
            yield
    except Image.DecompressionBombError as error:
        named = re.search(r"\((\d+) pixels\)", str(error))
        raise too_large(int(named[1]) if named else 2 * _SIGHT_LIMIT, _MOST_PIXELS) from error
    except _BROKEN as error:
        raise NoPicture(State.CORRUPT, what, "damaged") from error


@contextmanager
def _incomplete_allowed(allowed: bool) -> Iterator[None]:
    """Pillow knows this as a global switch only; a worker decodes one file at a time."""
    ImageFile.LOAD_TRUNCATED_IMAGES = allowed
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
