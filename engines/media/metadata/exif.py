"""EXIF: what cameras write, from its block of tags."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engines.media.metadata import cameras, dates, makernotes, positions, text
from engines.media.metadata.merge import Claims, given
from engines.media.metadata.rating import stars
from engines.media.metadata.tiff import Directory, first_directory

_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825
_DESCRIPTION, _MAKE, _MODEL, _ORIENTATION, _SOFTWARE, _ARTIST, _COPYRIGHT = (
    0x10E, 0x10F, 0x110, 0x112, 0x131, 0x13B, 0x8298,
)  # fmt: skip
_RATING, _RATING_PERCENT = 0x4746, 0x4749
_XP_TITLE, _XP_COMMENT, _XP_AUTHOR, _XP_KEYWORDS, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F
_EXPOSURE_TIME, _F_NUMBER, _SHUTTER_APEX, _APERTURE_APEX, _BIAS = 0x829A, 0x829D, 0x9201, 0x9202, 0x9204
_ISO_TAGS = (0x8827, 0x8833, 0x8832, 0x8831)  # sensitivity; where it is 65535 the wider tags say how much more
_FLASH, _FOCAL, _FOCAL_35MM = 0x9209, 0x920A, 0xA405
_USER_COMMENT, _LENS_RANGE, _LENS_MODEL = 0x9286, 0xA432, 0xA434
_TIME_ZONE_HOURS = 0x882A
# Field, date, fraction of a second, offset.
_DATES = (
    ("EXIF DateTimeOriginal", 0x9003, 0x9291, 0x9011),
    ("EXIF DateTimeDigitized", 0x9004, 0x9292, 0x9012),
)
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE, _ALTITUDE_REF, _ALTITUDE, _GPS_TIME, _DIRECTION, _GPS_DATE = (
    1, 2, 3, 4, 5, 6, 7, 17, 29,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExifBlock:
    """The directories of an EXIF block: the first, and the two it points to, where they are there and sound."""

    first: Directory
    exif: Directory | None = None
    gps: Directory | None = None

    @classmethod
    def of(cls, data: bytes | memoryview) -> ExifBlock | None:
        """From a segment, item or chunk, or from a whole TIFF-like file; None if no directory is found."""
        first = first_directory(data)
        return cls(first, first.sub(_EXIF_DIRECTORY), first.sub(_GPS_DIRECTORY)) if first else None


def read(block: ExifBlock) -> list[Claims]:
    """What the block says, apart from what only the maker's note says."""
    values = _picture(block.first)
    found: list[dates.DateClaim] = []
    note: dict[str, str] = {}
    if block.exif is not None:
        found = list(_dates(block.exif))
        values |= _exposure(block.exif)
        note = makernotes.read(block.exif, values.get("camera_make", ""))
        values["lens"] = makernotes.lens_name(block.exif.text(_LENS_MODEL))
        if not values["lens"] and "lens" not in note:
            values["lens"] = makernotes.lens_from_range(block.exif.numbers(_LENS_RANGE))
        values["caption"] = values["caption"] or text.caption(_user_comment(block.exif))
    if block.gps is not None:
        values |= _position(block.gps)
        found = _with_satellite_time(found, block.gps)
    return [Claims("exif", given(values), tuple(found)), Claims("makernote", note)]


def _picture(first: Directory) -> dict[str, Any]:
    """What the first directory says about the picture, its maker and its author."""
    orientation = first.whole(_ORIENTATION)
    rating = stars(first.number(_RATING))
    return {
        "exif_orientation": orientation if orientation in range(1, 9) else None,
        "title": text.title(_windows_text(first, _XP_TITLE)),
        "caption": text.caption(text.decode(first.text(_DESCRIPTION)))
        or text.caption(_windows_text(first, _XP_COMMENT) or _windows_text(first, _XP_SUBJECT)),
        "keywords": text.keywords(_windows_text(first, _XP_KEYWORDS).split(";")),
        "creator": _line(first, _ARTIST) or text.line(_windows_text(first, _XP_AUTHOR)),
        # The photographer's and the editor's, with a NUL between.
        "copyright": text.joined(text.decode(first.characters(_COPYRIGHT)).split("\0"), "; "),
        "software": _line(first, _SOFTWARE),
        "rating": stars(first.number(_RATING_PERCENT), percent=True) if rating is None else rating,
        **cameras.facts(_line(first, _MAKE), _line(first, _MODEL)),
    }


def _exposure(exif: Directory) -> dict[str, Any]:
    """How the picture was exposed."""
    flash = exif.whole(_FLASH)
    exposure_s, aperture = exif.number(_EXPOSURE_TIME), exif.number(_F_NUMBER)
    if not exposure_s > 0:
        exposure_s = _power_of_two(-exif.number(_SHUTTER_APEX))
    if not aperture > 0:
        aperture = _power_of_two(exif.number(_APERTURE_APEX) / 2)
    sensitivities = [exif.number(tag) for tag in _ISO_TAGS]
    sensitivity = next((number for number in sensitivities if 0 < number < 10_000_000 and number != 65_535), math.nan)
    return {
        "exposure_s": _within(exposure_s, 1e-7, 1e6, digits=8),
        "aperture": _within(aperture, 0.1, 1_000, digits=2),
        "iso": None if math.isnan(sensitivity) else round(sensitivity),
        "exposure_bias_ev": _within(exif.number(_BIAS), -20, 20, digits=2),
        "focal_mm": _within(exif.number(_FOCAL), 0.1, 10_000, digits=2),
        "focal_35mm": _within(exif.number(_FOCAL_35MM), 0.1, 10_000, digits=2),
        "flash": None if flash is None else bool(flash & 1),
    }


def _position(gps: Directory) -> dict[str, Any]:
    """latitude, longitude, altitude_m and direction_deg, where they can be true."""
    place = positions.position(
        positions.degrees(gps.numbers(_LATITUDE), text.decode(gps.text(_LATITUDE_REF))),
        positions.degrees(gps.numbers(_LONGITUDE), text.decode(gps.text(_LONGITUDE_REF))),
        _altitude(gps),
    )
    return {**positions.facts(place), "direction_deg": _within(gps.number(_DIRECTION), 0, 360, digits=2)}


def _altitude(gps: Directory) -> float | None:
    height = gps.number(_ALTITUDE)
    if math.isnan(height):
        return None
    return -height if gps.whole(_ALTITUDE_REF) == 1 else height


def _dates(exif: Directory) -> Iterator[dates.DateClaim]:
    """DateTime is left out: it tells when the file was changed last, which may be decades after it was taken."""
    zone_hours = exif.number(_TIME_ZONE_HOURS)
    zone_min = round(zone_hours * 60) if -12 <= zone_hours <= 14 else None
    for field, tag, fraction, offset in _DATES:
        yield from _date(field, exif.text(tag), exif.text(fraction), exif.text(offset), zone_min)


def _date(
    field: str, date: bytes, fraction: bytes = b"", offset: bytes = b"", zone_min: int | None = None
) -> Iterator[dates.DateClaim]:
    moment = dates.parse_date(text.decode(date))
    if moment is None:
        return
    local, offset_min = moment.local, moment.offset_min
    digits = fraction.strip()
    if digits.isdigit() and not local.microsecond:
        local = local.replace(microsecond=int(digits[:6].ljust(6, b"0")))
    if offset_min is None:
        offset_min = dates.parse_offset(text.decode(offset))
    if offset_min is None:
        offset_min = zone_min
    yield dates.DateClaim(field, dates.Moment(local, offset_min, moment.certain_to), "exif")


def _with_satellite_time(found: list[dates.DateClaim], gps: Directory) -> list[dates.DateClaim]:
    """The dates, those without a zone now with the one that explains their difference from the satellites' UTC.

    That UTC itself is no date taken: it lacks the zone, and indoors it is that of the last fix.
    """
    utc = _satellite_time(gps)
    if utc is None:
        return found
    zones = [dates.zone_between(claim.moment.local, utc) for claim in found]
    return [
        replace(claim, moment=replace(claim.moment, offset_min=zone)) if claim.moment.offset_min is None else claim
        for claim, zone in zip(found, zones, strict=True)
    ]


def _satellite_time(gps: Directory) -> datetime | None:
    day = dates.parse_date(text.decode(gps.text(_GPS_DATE)))
    clock = gps.numbers(_GPS_TIME)
    if day is None or day.local.year < dates.FIRST_DIGITAL_YEAR or len(clock) != 3:
        return None
    hours, minutes, seconds = clock
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    return day.local.replace(hour=0, minute=0, second=0) + timedelta(hours=hours, minutes=minutes, seconds=int(seconds))


def _user_comment(exif: Directory) -> str:
    """The text of UserComment, which begins with eight bytes that name its encoding."""
    data = exif.characters(_USER_COMMENT)
    code, body = data[:8].rstrip(b"\0 ").upper(), data[8:]
    if code == b"UNICODE":
        # Not every writer keeps to the block's byte order: Latin text shows the order by where its zeros are.
        little = body[1:2] == b"\0" if b"\0" in body[:2] else exif.block.order == "<"
        return text.decode_utf16(body, "little" if little else "big")
    if code == b"JIS":
        return body.decode("iso2022_jp", errors="replace")
    return text.decode((body if code in (b"ASCII", b"") else data).partition(b"\0")[0])


def _windows_text(first: Directory, tag: int) -> str:
    """The text of one of the tags that Windows writes, UTF-16 whatever the block's byte order."""
    return text.decode_utf16(first.characters(tag))


def _line(directory: Directory, tag: int) -> str:
    return text.line(text.decode(directory.text(tag)))


def _power_of_two(exponent: float) -> float:
    """NaN where the result cannot be meant."""
    return 2.0**exponent if -30 <= exponent <= 30 else math.nan


def _within(number: float, low: float, high: float, *, digits: int) -> float | None:
    """Rounded, None outside low to high and for NaN."""
    return round(float(number), digits) if low <= number <= high else None
