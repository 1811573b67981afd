"""What only the maker's own part of an EXIF block tells: live-photo identifiers, and lenses that EXIF does not name."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from engines.media.metadata import text
from engines.media.metadata.tiff import Block, Directory, first_directory

_MAKER_NOTE = 0x927C
_MAX_NOTE = 1 << 20  # bytes; Nikon's and Canon's stay below 100 KB
_APPLE_CONTENT_IDENTIFIER = 0x11
_CANON_LENS_MODEL = 0x95
_NIKON_LENS = 0x84
_PANASONIC_LENS = 0x51
_OLYMPUS_EQUIPMENT, _OLYMPUS_LENS_MODEL = 0x2010, 0x203

# Notes lose their lens when a program moves them without their offsets; what stands there then is no lens.
_LENS = re.compile(r"(?=.*[a-z])(?=.*\d)[ -~]{4,80}", re.IGNORECASE)


def read(exif: Directory, make: str) -> dict[str, str]:
    """The facts live_id and lens, where the note has them. exif: the directory that holds the note."""
    field = exif.fields.get(_MAKER_NOTE)
    note = exif.raw(_MAKER_NOTE, _MAX_NOTE)
    if field is None or note is None:
        return {}
    reader = next((read for start, read in _READERS if note.startswith(start)), None)
    if reader is None and make.casefold().startswith("canon"):
        reader = _canon
    return reader(note, exif.block, field.start) if reader else {}


def lens_from_range(numbers: tuple[float, ...]) -> str:
    """'24-70 mm f/2.8' from the shortest and longest focal length and the f-numbers at both; '' if they are none.

    Shape of EXIF's LensSpecification and of Nikon's lens tag; f-numbers may be NaN (unknown).
    """
    if len(numbers) != 4 or not 0 < numbers[0] <= numbers[1] < 10_000:
        return ""
    focal = _span(numbers[0], numbers[1])
    apertures = [number for number in numbers[2:] if 0 < number < 100]
    return f"{focal} mm f/{_span(apertures[0], apertures[-1])}" if apertures else f"{focal} mm"


def lens_name(data: bytes) -> str:
    """A lens' name from a file, '' if it is none ('----', '0.0 mm f/0.0')."""
    name = text.line(text.decode(data))
    return name if _LENS.fullmatch(name) and not re.match(r"0(\.0)?( ?mm| )|unknown|none", name, re.IGNORECASE) else ""


def _span(low: float, high: float) -> str:
    return f"{low:.4g}" if math.isclose(low, high) else f"{low:.4g}-{high:.4g}"


def _apple(note: bytes, _block: Block, _start: int) -> dict[str, str]:
    directory = Block(memoryview(note), ">").directory(14)
    identifier = text.line(text.decode(directory.text(_APPLE_CONTENT_IDENTIFIER))) if directory else ""
    return {"live_id": identifier} if identifier else {}


def _nikon(note: bytes, _block: Block, _start: int) -> dict[str, str]:
    directory = first_directory(note[10:])
    lens = lens_from_range(directory.numbers(_NIKON_LENS)) if directory else ""
    return {"lens": lens} if lens else {}


def _canon(_note: bytes, block: Block, start: int) -> dict[str, str]:
    return _named_lens(block.directory(start), _CANON_LENS_MODEL)


def _panasonic(_note: bytes, block: Block, start: int) -> dict[str, str]:
    return _named_lens(block.directory(start + 12), _PANASONIC_LENS)


def _olympus(note: bytes, _block: Block, _start: int) -> dict[str, str]:
    start = 16 if note.startswith(b"OM SYSTEM") else 12
    order = "<" if note[start - 4 : start - 2] == b"II" else ">"
    directory = Block(memoryview(note), order).directory(start)
    return _named_lens(directory.sub(_OLYMPUS_EQUIPMENT) if directory else None, _OLYMPUS_LENS_MODEL)


def _named_lens(directory: Directory | None, tag: int) -> dict[str, str]:
    lens = lens_name(directory.text(tag)) if directory else ""
    return {"lens": lens} if lens else {}


_READERS: tuple[tuple[bytes, Callable[[bytes, Block, int], dict[str, str]]], ...] = (
    (b"Apple iOS\0", _apple),
    (b"Nikon\0\x02", _nikon),
    (b"Panasonic\0", _panasonic),
    (b"OLYMPUS\0", _olympus),
    (b"OM SYSTEM\0", _olympus),
)
