"""Reads HEIC."""

from __future__ import annotations
import pillow_heif
from engines.media.limits import refuse_if_larger
from engines.media.geometry import orientation_of
from engines.media.profiles import profile_name
from engines.media.reader import Decoded, Flaw, Header, NoPicture, Source
from engines.types import State
MAX_PIXELS = 200_000_000

def read_header(source: Source) -> Header:
    try:
        file = pillow_heif.open_heif(source.data)
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
        raise NoPicture(State.CORRUPT, f"is damaged", "damaged") from error
    image = file[file.primary_index]
    refuse_if_larger(*image.size, MAX_PIXELS)
    return Header(*image.size, orientation=1, bit_depth=image.info["bit_depth"], has_alpha=image.has_alpha, colour_profile=profile_name(image.info.get("icc_profile", b"")))


def read_frame(source: Source, header: Header) -> Decoded:
    raise NotImplementedError
