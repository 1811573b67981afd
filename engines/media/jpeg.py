"""Reads JPEGs, scaled down while they are decoded."""

from __future__ import annotations

import simplejpeg

from engines.media import jpeg_layout

from engines.media.geometry import orientation_of, shrink, turn, working_size
from engines.media.limits import refuse_if_larger
from engines.media.profiles import profile_name
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source
from engines.types import Frame, Pixels, State

# A baseline JPEG is scaled while it is read, so a gigapixel needs 50 MB; a progressive one needs all its coefficients at once,
# 3 bytes a pixel where the colours are stored at half size, 6 where they are not.
MAX_PIXELS = 1_000_000_000
MAX_PROGRESSIVE_PIXELS = 250_000_000


def read_header(source: Source) -> Header:
    layout = jpeg_layout.layout_of(source.data)
    refuse_if_larger(layout.width, layout.height, MAX_PROGRESSIVE_PIXELS if layout.progressive else MAX_PIXELS)
    return Header(
        layout.width,
        layout.height,
        orientation=orientation_of(layout.exif),
        bit_depth=layout.precision,
        colour_profile=profile_name(layout.icc),
    )


def read_frame(source: Source, header: Header) -> Decoded:
    raise NotImplementedError
