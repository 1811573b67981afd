"""Reads camera raws."""

from __future__ import annotations
import io
import rawpy
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source
from engines.types import State

def read_header(source: Source) -> Header:
    try:
        with rawpy.imread(io.BytesIO(source.data)) as raw:
            sizes = raw.sizes
    except rawpy.LibRawError as error:
        raise NoPicture(State.CORRUPT, f"is damaged", "damaged") from error
    return Header(sizes.width, sizes.height, {3: 3, 5: 8, 6: 6}.get(sizes.flip, 1), bit_depth=16)


def read_frame(source: Source, header: Header) -> Decoded:
    raise NotImplementedError
