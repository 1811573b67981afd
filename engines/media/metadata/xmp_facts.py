"""Which XMP properties give which facts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engines.media.metadata import cameras, dates, positions, text
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.rating import stars
from engines.media.metadata.xmp import Properties

# The first property that is there gives the fact.
_TEXTS: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "title": (text.title, ("dc:title", "photoshop:Headline")),
    "caption": (text.caption, ("dc:description", "exif:UserComment", "tiff:ImageDescription")),
    "copyright": (text.line, ("dc:rights", "tiff:Copyright")),
    "software": (text.line, ("xmp:CreatorTool", "tiff:Software")),
    "lens": (text.line, ("exifEX:LensModel", "aux:Lens")),
    "projection": (text.line, ("GPano:ProjectionType",)),
}
# Lowest and highest value that can be meant.
_NUMBERS: dict[str, tuple[str, float, float]] = {
    "aperture": ("exif:FNumber", 0.1, 1_000),
    "exposure_s": ("exif:ExposureTime", 1e-7, 1e6),
    "exposure_bias_ev": ("exif:ExposureBiasValue", -20, 20),
    "focal_mm": ("exif:FocalLength", 0.1, 10_000),
    "focal_35mm": ("exif:FocalLengthIn35mmFilm", 0.1, 10_000),
    "direction_deg": ("exif:GPSImgDirection", 0, 360),
}
_PLACE_PARTS = ("Sublocation", "City", "ProvinceState", "CountryName")
_PLACES = (
    ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State", "photoshop:Country"),
    tuple(f"Iptc4xmpExt:LocationShown/Iptc4xmpExt:{part}" for part in _PLACE_PARTS),
    tuple(f"Iptc4xmpExt:LocationCreated/Iptc4xmpExt:{part}" for part in _PLACE_PARTS),
)
# Keywords with their levels, and what stands between the levels.
_HIERARCHIES = (
    ("lr:hierarchicalSubject", "|"),
    ("digiKam:TagsList", "/"),
    ("MicrosoftPhoto:LastKeywordXMP", "/"),
    ("mediapro:CatalogSets", "|"),
)
_DIGIKAM_LABELS = ("", "Red", "Orange", "Yellow", "Green", "Blue", "Magenta", "Grey", "Black", "White")
_DARKTABLE_LABELS = ("Red", "Yellow", "Green", "Blue", "Purple")
_DATES = (
    ("XMP exif:DateTimeOriginal", "exif:DateTimeOriginal"),
    ("XMP photoshop:DateCreated", "photoshop:DateCreated"),
    ("XMP xmp:CreateDate", "xmp:CreateDate"),
)


def claims(properties: Properties, source: str) -> Claims:
    """What a packet's properties say. source: 'xmp', or 'sidecar' for a file of their own.

    A sidecar's xmp:CreateDate is left out: there it would beat the date in the picture, and it is often the scanner's.
    """
    values: dict[str, Any] = {}
    for name, (tidy, candidates) in _TEXTS.items():
        values[name] = next(filter(None, (tidy(_first(properties, candidate)) for candidate in candidates)), None)
    for name, (candidate, low, high) in _NUMBERS.items():
        number = _number(_first(properties, candidate))
        values[name] = round(number, 8) if low <= number <= high else None
    values |= {
        "keywords": _keywords(properties),
        "rating": _rating(properties),
        "colour_label": _colour_label(properties),
        "creator": text.joined(properties.get("dc:creator", ())) or text.line(_first(properties, "tiff:Artist")),
        "place": next(filter(None, (_place(properties, parts) for parts in _PLACES)), None),
        "iso": _iso(properties),
        "exif_orientation": _orientation(properties),
        "flash": {"true": True, "false": False}.get(_first(properties, "exif:Flash/exif:Fired").strip().casefold()),
        **cameras.facts(_first(properties, "tiff:Make"), _first(properties, "tiff:Model")),
        **_position(properties),
    }
    wanted = (pair for pair in _DATES if source == "xmp" or pair[1] != "xmp:CreateDate")
    return Claims(source, given(values), tuple(_dates(properties, wanted, source)))


def says_motion_photo(properties: Properties) -> bool:
    """Google's cameras say that a video follows the picture; a program that cut it off may have left the words."""
    return any(_first(properties, name).strip() == "1" for name in ("GCamera:MotionPhoto", "GCamera:MicroVideo"))


def _first(properties: Properties, name: str) -> str:
    return next(iter(properties.get(name, ())), "")


def _number(value: str) -> float:
    """A number or a fraction such as '28/10'; NaN if it is none."""
    above, _, below = value.strip().partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return math.nan


def _keywords(properties: Properties) -> list[str]:
    """Those with levels as 'Places/Berlin'; flat ones only where they are no level of one of those."""
    nested = [
        "/".join(filter(None, map(str.strip, path.split(separator))))
        for name, separator in _HIERARCHIES
        for path in properties.get(name, ())[: text.KEYWORD_COUNT]
    ]
    levels = {level.casefold() for path in nested for level in path.split("/")}
    flat = [word for word in properties.get("dc:subject", ()) if word.strip().casefold() not in levels]
    return text.keywords([*flat, *nested])


def _rating(properties: Properties) -> int | None:
    rating = stars(_number(_first(properties, "xmp:Rating")))
    return stars(_number(_first(properties, "MicrosoftPhoto:Rating")), percent=True) if rating is None else rating


def _colour_label(properties: Properties) -> str:
    """In the words of the program that set it; digiKam and darktable write numbers."""
    if label := text.line(_first(properties, "xmp:Label")):
        return label
    for name, labels in (("digiKam:ColorLabel", _DIGIKAM_LABELS), ("darktable:colorlabels", _DARKTABLE_LABELS)):
        number = _first(properties, name).strip()
        if number.isascii() and number.isdigit() and int(number[:4]) < len(labels):
            return labels[int(number[:4])]
    return ""


def _place(properties: Properties, parts: Iterable[str]) -> str:
    return text.joined(_first(properties, part) for part in parts)


def _iso(properties: Properties) -> int | None:
    for name in ("exif:ISOSpeedRatings", "exifEX:PhotographicSensitivity"):
        number = _number(_first(properties, name))
        if 0 < number < 10_000_000 and number != 65_535:  # 65535: more than EXIF's field can hold
            return round(number)
    return None


def _orientation(properties: Properties) -> int | None:
    number = _number(_first(properties, "tiff:Orientation"))
    return int(number) if number in range(1, 9) else None


def _position(properties: Properties) -> dict[str, float | None]:
    altitude_m = _number(_first(properties, "exif:GPSAltitude"))
    if _first(properties, "exif:GPSAltitudeRef").strip() == "1":
        altitude_m = -altitude_m
    place = positions.position(
        positions.parse_xmp_degrees(_first(properties, "exif:GPSLatitude")),
        positions.parse_xmp_degrees(_first(properties, "exif:GPSLongitude")),
        None if math.isnan(altitude_m) else altitude_m,
    )
    return positions.facts(place)


def _dates(properties: Properties, wanted: Iterable[tuple[str, str]], source: str) -> Iterator[dates.DateClaim]:
    for field, name in wanted:
        if moment := dates.parse_date(_first(properties, name)):
            yield dates.DateClaim(field, moment, source)
