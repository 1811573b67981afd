"""The fields of the search language: what each is called, what its values look like, whether it has data yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engines.library.columns import COLOURS
from engines.media.formats import FORMATS
from engines.search import values
from engines.search.values import Reader, choice, interval, named, number, part_or_whole, pattern, words
from engines.types import State


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. example: a value for error messages. has_data: this version collects what it asks for."""

    name: str
    read: Reader
    example: str
    aliases: tuple[str, ...] = ()
    has_data: bool = True


_FORMAT_NAMES = tuple(form.name for form in FORMATS)
_FORMAT_ALIASES = {suffix[1:]: form.name for form in FORMATS for suffix in form.suffixes if suffix[1:] != form.name}

TYPES = ("photo", "video", "raw")
TYPE_ALIASES = {
    "photos": "photo", "picture": "photo", "image": "photo", "videos": "video", "movie": "video", "film": "video",
}  # fmt: skip
ORIENTATIONS = ("landscape", "portrait", "square")
HAS = (
    "gps", "title", "caption", "tags", "date", "rating", "camera", "lens", "place", "label", "sidecar", "audio",
    "alpha", "description", "products", "objects", "transcript",
)  # fmt: skip
HAS_LATER = ("faces", "text", "album")
HAS_ALIASES = {
    "location": "gps", "tag": "tags", "keyword": "tags", "keywords": "tags", "sound": "audio", "xmp": "sidecar",
    "transparency": "alpha", "face": "faces", "object": "objects", "product": "products", "rated": "rating",
}  # fmt: skip
IS = (
    "photo", "video", "raw", "live", "motion", "panorama", "animated", "screenshot", "favourite", "picked", "hidden",
    "removed", "duplicate", "rejected", *(str(state) for state in State if state != State.OK),
)  # fmt: skip
IS_ALIASES = {
    "favorite": "favourite", "duplicated": "duplicate", "damaged": "corrupt", "broken": "corrupt", "pending": "waiting",
}  # fmt: skip

_PLAIN = {"": 1.0}
_BYTES = {"": 1, "b": 1} | {
    f"{prefix}{suffix}": base**power
    for power, prefix in enumerate("kmgt", 1)
    for suffix, base in (("", 1000), ("b", 1000), ("ib", 1024))
}
_NUMBER = "a number"
_DATE = 'a date, such as 2008, 2008-10, 2008-10-22, yesterday or "last week"'
_SCORE = number({"": 1.0, "%": 0.01})
_COUNT = number(_PLAIN, tolerance=None)

_SPECS = (
    # what is to be seen, and what was said or written about it
    FieldSpec("tag", named(_SCORE), "dog", ("tags", "keyword", "keywords")),
    FieldSpec("object", named(_COUNT), "person>=3"),
    FieldSpec("product", named(_COUNT), "milk"),
    FieldSpec("products", interval(_COUNT, _NUMBER), ">3"),
    FieldSpec("objects", interval(_COUNT, _NUMBER), ">3"),
    FieldSpec("tracks", interval(_COUNT, _NUMBER), ">=3"),
    FieldSpec("scene", named(_SCORE), "beach", has_data=False),
    FieldSpec("action", named(_SCORE), "running"),
    FieldSpec("description", words, '"red car"'),
    FieldSpec("transcript", words, "birthday"),
    FieldSpec("text", pattern, "exit", ("ocr",), has_data=False),
    FieldSpec("album", pattern, '"Lisbon 2019"', has_data=False),
    FieldSpec("title", words, "harbour"),
    FieldSpec("caption", words, "harbour"),
    FieldSpec("colour", choice("There is no colour", COLOURS, {"gray": "grey", "violet": "purple"}), "red", ("color",)),
    FieldSpec("quality", interval(_SCORE, _NUMBER), ">0.5"),
    FieldSpec("sharpness", interval(_SCORE, _NUMBER), ">0.5"),
    FieldSpec("noise", interval(number(_PLAIN), _NUMBER), "<3"),
    # when and where
    FieldSpec("date", interval(values.moment, _DATE), "2008..2010", ("taken",)),
    FieldSpec("added", interval(values.moment, _DATE), "today", ("imported",)),
    FieldSpec("place", part_or_whole, "Lisbon", ("location",)),
    FieldSpec("near", values.near, "38.7,-9.1/20km"),
    # with what
    FieldSpec("camera", part_or_whole, "canon"),
    FieldSpec("lens", part_or_whole, '"70-200"'),
    FieldSpec("iso", interval(number(_PLAIN, tolerance=None), _NUMBER), ">800"),
    FieldSpec("aperture", interval(number(_PLAIN, prefix="f/"), "an f-number"), "<=2.8", ("f",)),
    FieldSpec("exposure", interval(values.exposure, "a time, such as 1/250 or 2s"), "<1/250", ("shutter",)),
    FieldSpec("focal", interval(number({"": 1, "mm": 1}), "a focal length, such as 50mm"), ">=85mm", ("focal-length",)),
    # the file
    FieldSpec("name", part_or_whole, "IMG_12*", ("file", "filename")),
    FieldSpec("folder", part_or_whole, "Lisbon"),
    FieldSpec("path", pattern, "Pictures/2008"),
    FieldSpec(
        "type", choice("There is no type", (*TYPES, *_FORMAT_NAMES), TYPE_ALIASES | _FORMAT_ALIASES), "photo", ("kind",)
    ),
    FieldSpec("format", choice("There is no format", _FORMAT_NAMES, _FORMAT_ALIASES), "jpeg", ("ext",)),
    FieldSpec("codec", part_or_whole, "h264"),
    FieldSpec("size", interval(number(_BYTES), "a size, such as 5MB or 800KB"), ">5MB"),
    FieldSpec("width", interval(number({"": 1, "px": 1}, tolerance=None), _NUMBER), ">=4000"),
    FieldSpec("height", interval(number({"": 1, "px": 1}, tolerance=None), _NUMBER), ">=3000"),
    FieldSpec("megapixels", interval(number({"": 1, "mp": 1}), _NUMBER), ">=12", ("mp",)),
    FieldSpec("orientation", choice("There is no orientation", ORIENTATIONS, {"upright": "portrait"}), "portrait"),
    FieldSpec("duration", interval(values.duration, "a duration, such as 1:30, 90s or 2min"), ">1:30", ("length",)),
    FieldSpec("fps", interval(number(_PLAIN), _NUMBER), ">=50"),
    # what the user thinks of it, and how it stands
    FieldSpec("rating", interval(number(_PLAIN, tolerance=None), "a number of stars"), ">=4", ("stars",)),
    FieldSpec("label", part_or_whole, "red"),
    FieldSpec("state", choice("There is no state", tuple(State)), "partial"),
    FieldSpec("has", choice("Nothing has", (*HAS, *HAS_LATER), HAS_ALIASES), "gps"),
    FieldSpec("is", choice("Nothing can be", IS, IS_ALIASES), "video"),
)

FIELDS: Mapping[str, FieldSpec] = MappingProxyType(
    {name: spec for spec in _SPECS for name in (spec.name, *spec.aliases)}
)
