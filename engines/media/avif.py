"""Reads AVIF with Pillow, turned as the container asks for, or if it asks for nothing as EXIF does."""

from __future__ import annotations

from dataclasses import replace

from PIL import AvifImagePlugin

from engines.media import iso_picture, pillow_photo
from engines.media.geometry import Sizing, working_size
from engines.media.iso_items import Items
from engines.media.limits import refuse_if_larger
from engines.media.reader import Decoded, Header, NoPicture, Source
from engines.media.wide_colour import eight_bit_to_srgb
from engines.types import State

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the other core has its own worker


def read_header(source: Source) -> Header:
    try:  # Pillow tells neither the bit depth nor, where the container does not turn, EXIF's orientation
        own = iso_picture.header_of(Items(source.data), decoder_turns=False)
    except ValueError as error:
        raise NoPicture(State.CORRUPT, "is damaged, or a kind of AVIF that cannot be read", "damaged") from error
    refuse_if_larger(own.stored_width, own.stored_height, pillow_photo.MAX_PIXELS["avif"])
    theirs = pillow_photo.read_header(source)
    return replace(own, has_alpha=theirs.has_alpha, frame_count=theirs.frame_count)


def read_frame(source: Source, header: Header, sizing: Sizing = working_size) -> Decoded:
    decoded = pillow_photo.read_frame(source, header, sizing)
    items = Items(source.data)
    coding = iso_picture.coding_of(items)
    if coding is None or iso_picture.profile_of(items):
        return decoded
    pixels = eight_bit_to_srgb(decoded.frame.pixels, coding.colours)
    return replace(decoded, frame=replace(decoded.frame, pixels=pixels))
