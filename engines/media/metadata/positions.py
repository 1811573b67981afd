"""Places on earth as files spell them, and whether they can be true."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

# Challenger Deep to the height of airliners and balloons; beyond lies what a broken receiver says.
_LOWEST_M, _HIGHEST_M = -11_000, 50_000
_ISO_6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?(?:CRS\w*)?/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east (WGS 84), and metres above the sea where known."""

    latitude: float
    longitude: float
    altitude_m: float | None = None


def position(latitude: float, longitude: float, altitude_m: float | None = None) -> Position | None:
    """None for what is not on earth, and for exactly 0, 0: what receivers write that have found no satellite yet.

    A NaN is not on earth. An altitude that no camera reaches is left out.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None
    if altitude_m is not None and not _LOWEST_M <= altitude_m <= _HIGHEST_M:
        altitude_m = None
    return Position(round(latitude, 7), round(longitude, 7), None if altitude_m is None else round(altitude_m, 2))


def facts(place: Position | None) -> dict[str, float | None]:
    """The facts latitude, longitude and altitude_m; none of no place."""
    if place is None:
        return {}
    return {"latitude": place.latitude, "longitude": place.longitude, "altitude_m": place.altitude_m}


def degrees(parts: Sequence[float], reference: str) -> float:
    """Signed degrees from degrees, minutes, seconds (the last one or two may be missing or NaN), NaN if they are none.

    reference: 'N', 'E', 'S' or 'W'; anything else leaves the sign unknown, which gives NaN.
    """
    sign = {"N": 1, "E": 1, "S": -1, "W": -1}.get(reference.strip()[:1].upper())
    if sign is None or not parts:
        return math.nan
    # Writers that know no seconds leave 0/0, which EXIF defines as 'unknown'.
    minutes, seconds = ([0.0 if math.isnan(part) else part for part in parts[1:3]] + [0.0, 0.0])[:2]
    if not (parts[0] >= 0 and 0 <= minutes <= 60 and 0 <= seconds <= 60):
        return math.nan
    return sign * (parts[0] + minutes / 60 + seconds / 3600)


def parse_iso6709(text: str) -> Position | None:
    """The position of a text such as '+52.4597+013.3220+051.178/', or with minutes '+5227.58+01319.32/'; else None."""
    match = _ISO_6709.fullmatch(text.strip())
    if match is None:
        return None
    altitude_m = float(match[3]) if match[3] else None
    return position(_sexagesimal(match[1], 2), _sexagesimal(match[2], 3), altitude_m)


def parse_xmp_degrees(text: str) -> float:
    """Signed degrees of XMP's '51,15.2911N' or '51,15,17.5N', NaN if it is none."""
    text = text.strip()
    try:
        return degrees([float(part) for part in text[:-1].split(",")], text[-1:])
    except ValueError:
        return math.nan


def _sexagesimal(text: str, degree_digits: int) -> float:
    """±DD.d, ±DDMM.m or ±DDMMSS.s as degrees: the digits before the point tell which; degree_digits: 2 or 3."""
    digits = text[1:].partition(".")[0]
    if len(digits) <= degree_digits:
        return float(text)
    sign = "S" if text[0] == "-" else "N"
    split = degree_digits + 2
    if len(digits) <= split:
        return degrees([float(text[1 : 1 + degree_digits]), float(text[1 + degree_digits :])], sign)
    parts = text[1 : 1 + degree_digits], text[1 + degree_digits : 1 + split], text[1 + split :]
    return degrees([float(part) for part in parts], sign)
