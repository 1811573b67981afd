"""What is known of an item, in words, where a field of the query found it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import asin, cos, radians, sin, sqrt

from engines import towns
from engines.library.columns import TERM_KINDS, Columns
from engines.search.dates import day_text
from engines.search.nodes import Choice, Field, Interval, Near
from engines.search.wording import DATES, describe_field, describe_limits

_EARTH_KM = 6371.0088


def shown_field(field: Field, media_id: int, columns: Columns) -> str:
    """Why the field finds this item: 'date 2008-10-22 is in 2008 or later', 'camera: Canon EOS 6D', 'is video'."""
    match field.test:
        case Interval() as interval:
            value = f"{field.name} {_VALUES[field.name](columns, media_id)}"
            is_exact = not field.written.startswith((">", "<")) and ".." not in field.written
            return value if is_exact and field.name not in DATES else f"{value} is {describe_limits(field, interval)}"
        case Near() as near:
            return _distance(near, media_id, columns)
        case Choice():
            return describe_field(field)
    if field.name == "place" and not columns.known("place")[media_id]:
        return _town(media_id, columns)
    if field.name in TERM_KINDS:
        return f"{field.name}: {columns.terms[field.name].get(int(columns[field.name][media_id]), '')}"
    folder = columns.folders.get(int(columns["folder_id"][media_id]))
    return f"folder: {folder.path}" if folder is not None else describe_field(field)


def _town(media_id: int, columns: Columns) -> str:
    town = towns.nearest(float(columns["latitude"][media_id]), float(columns["longitude"][media_id]))
    return f"place: {town.shown()} ({towns.SOURCE})" if town is not None else "place: near by"


def _distance(near: Near, media_id: int, columns: Columns) -> str:
    place = columns.terms["place"].get(int(columns["place"][media_id]))
    if near.latitude is None or near.longitude is None:
        return f"near {near.place}{f': {place}' if place else ''}"
    latitude, longitude = radians(columns["latitude"][media_id]), radians(columns["longitude"][media_id])
    here = radians(near.latitude), radians(near.longitude)
    half = sin((latitude - here[0]) / 2) ** 2 + cos(latitude) * cos(here[0]) * sin((longitude - here[1]) / 2) ** 2
    km = 2 * _EARTH_KM * asin(sqrt(min(half, 1.0)))
    return f"{km:.1f} km from {near.latitude:g}, {near.longitude:g}{f': {place}' if place else ''}"


def _number(name: str, form: str = "{:g}") -> Callable[[Columns, int], str]:
    return lambda columns, media_id: form.format(columns[name][media_id].item())


def _exposure(columns: Columns, media_id: int) -> str:
    seconds = float(columns["exposure_s"][media_id])
    return f"1/{1 / seconds:.0f} s" if 0 < seconds < 0.3 else f"{seconds:g} s"


def _duration(columns: Columns, media_id: int) -> str:
    minutes, seconds = divmod(round(float(columns["duration_s"][media_id])), 60)
    return f"{minutes}:{seconds:02}"


def _size(columns: Columns, media_id: int) -> str:
    size = float(columns["size_bytes"][media_id])
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"


_VALUES: Mapping[str, Callable[[Columns, int], str]] = {
    "added": lambda columns, media_id: day_text(int(columns["added_s"][media_id])),
    "aperture": _number("aperture", "f/{:.3g}"),
    "date": lambda columns, media_id: day_text(int(columns["taken_s"][media_id])),
    "duration": _duration,
    "exposure": _exposure,
    "focal": _number("focal_mm", "{:.4g} mm"),
    "fps": _number("fps", "{:.4g}"),
    "height": _number("height", "{} px"),
    "iso": _number("iso", "{}"),
    "megapixels": lambda columns, media_id: (
        f"{int(columns['width'][media_id]) * int(columns['height'][media_id]) / 1e6:.1f}"
    ),
    "noise": _number("noise", "{:.2g}"),
    "objects": _number("objects", "{}"),
    "products": _number("products", "{}"),
    "quality": _number("quality", "{:.2f}"),
    "rating": _number("rating", "{}"),
    "sharpness": _number("sharpness", "{:.2f}"),
    "size": _size,
    "tracks": _number("tracks", "{}"),
    "width": _number("width", "{} px"),
}
