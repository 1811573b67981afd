"""How fields and their values are called on chips and in facets."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale, QTime

from desktop.words import codec_name, thing
from engines.search.chips import Chip
from engines.search.nodes import Choice, Field, Interval, Named, Pattern

_TITLES = {
    "tag": QT_TRANSLATE_NOOP("Search", "Tag"),
    "object": QT_TRANSLATE_NOOP("Search", "Object"),
    "product": QT_TRANSLATE_NOOP("Search", "Product"),
    "products": QT_TRANSLATE_NOOP("Search", "Products"),
    "objects": QT_TRANSLATE_NOOP("Search", "Objects"),
    "tracks": QT_TRANSLATE_NOOP("Search", "Followed"),
    "action": QT_TRANSLATE_NOOP("Search", "Action"),
    "description": QT_TRANSLATE_NOOP("Search", "Description"),
    "transcript": QT_TRANSLATE_NOOP("Search", "Said"),
    "title": QT_TRANSLATE_NOOP("Search", "Title"),
    "caption": QT_TRANSLATE_NOOP("Search", "Caption"),
    "colour": QT_TRANSLATE_NOOP("Search", "Colour"),
    "quality": QT_TRANSLATE_NOOP("Search", "Quality"),
    "sharpness": QT_TRANSLATE_NOOP("Search", "Sharpness"),
    "noise": QT_TRANSLATE_NOOP("Search", "Noise"),
    "date": QT_TRANSLATE_NOOP("Search", "Date"),
    "added": QT_TRANSLATE_NOOP("Search", "Added"),
    "place": QT_TRANSLATE_NOOP("Search", "Place"),
    "near": QT_TRANSLATE_NOOP("Search", "Near"),
    "camera": QT_TRANSLATE_NOOP("Search", "Camera"),
    "lens": QT_TRANSLATE_NOOP("Search", "Lens"),
    "iso": QT_TRANSLATE_NOOP("Search", "ISO"),
    "aperture": QT_TRANSLATE_NOOP("Search", "Aperture"),
    "exposure": QT_TRANSLATE_NOOP("Search", "Exposure"),
    "focal": QT_TRANSLATE_NOOP("Search", "Focal length"),
    "name": QT_TRANSLATE_NOOP("Search", "File"),
    "folder": QT_TRANSLATE_NOOP("Search", "Folder"),
    "path": QT_TRANSLATE_NOOP("Search", "Path"),
    "type": QT_TRANSLATE_NOOP("Search", "Type"),
    "format": QT_TRANSLATE_NOOP("Search", "Format"),
    "codec": QT_TRANSLATE_NOOP("Search", "Codec"),
    "size": QT_TRANSLATE_NOOP("Search", "Size"),
    "width": QT_TRANSLATE_NOOP("Search", "Width"),
    "height": QT_TRANSLATE_NOOP("Search", "Height"),
    "megapixels": QT_TRANSLATE_NOOP("Search", "Megapixels"),
    "orientation": QT_TRANSLATE_NOOP("Search", "Orientation"),
    "duration": QT_TRANSLATE_NOOP("Search", "Duration"),
    "fps": QT_TRANSLATE_NOOP("Search", "Frames a second"),
    "rating": QT_TRANSLATE_NOOP("Search", "Rating"),
    "label": QT_TRANSLATE_NOOP("Search", "Colour label"),
    "state": QT_TRANSLATE_NOOP("Search", "State"),
    "has": QT_TRANSLATE_NOOP("Search", "Has"),
    "is": QT_TRANSLATE_NOOP("Search", "Is"),
}
_HEADS = {
    "type": QT_TRANSLATE_NOOP("Search", "Type"),
    "is": QT_TRANSLATE_NOOP("Search", "Kind"),
    "has": QT_TRANSLATE_NOOP("Search", "With"),
    "state": QT_TRANSLATE_NOOP("Search", "Problems"),
    "rating": QT_TRANSLATE_NOOP("Search", "Rating"),
    "quality": QT_TRANSLATE_NOOP("Search", "Quality"),
    "camera": QT_TRANSLATE_NOOP("Search", "Cameras"),
    "lens": QT_TRANSLATE_NOOP("Search", "Lenses"),
    "place": QT_TRANSLATE_NOOP("Search", "Places"),
    "duration": QT_TRANSLATE_NOOP("Search", "Duration"),
    "fps": QT_TRANSLATE_NOOP("Search", "Frames a second"),
    "codec": QT_TRANSLATE_NOOP("Search", "Codecs"),
    "film": QT_TRANSLATE_NOOP("Search", "Videos"),
    "folder": QT_TRANSLATE_NOOP("Search", "Folders"),
    "colour": QT_TRANSLATE_NOOP("Search", "Colours"),
    "tag": QT_TRANSLATE_NOOP("Search", "Tags"),
    "object": QT_TRANSLATE_NOOP("Search", "Objects"),
    "product": QT_TRANSLATE_NOOP("Search", "Products"),
    "field": QT_TRANSLATE_NOOP("Search", "Fields"),
    "kind": QT_TRANSLATE_NOOP("Search", "Kinds"),
    "date": QT_TRANSLATE_NOOP("Search", "Dates"),
    "file": QT_TRANSLATE_NOOP("Search", "Files"),
}
_VALUES = {
    "type:photo": QT_TRANSLATE_NOOP("Search", "Photos"),
    "type:video": QT_TRANSLATE_NOOP("Search", "Videos"),
    "type:raw": QT_TRANSLATE_NOOP("Search", "Raw photos"),
    "is:favourite": QT_TRANSLATE_NOOP("Search", "Favourites"),
    "is:picked": QT_TRANSLATE_NOOP("Search", "Picked"),
    "is:live": QT_TRANSLATE_NOOP("Search", "Live photos"),
    "is:motion": QT_TRANSLATE_NOOP("Search", "Motion photos"),
    "is:panorama": QT_TRANSLATE_NOOP("Search", "Panoramas"),
    "is:animated": QT_TRANSLATE_NOOP("Search", "Animations"),
    "is:screenshot": QT_TRANSLATE_NOOP("Search", "Screenshots"),
    "is:duplicate": QT_TRANSLATE_NOOP("Search", "Duplicates"),
    "is:hidden": QT_TRANSLATE_NOOP("Search", "Hidden"),
    "is:removed": QT_TRANSLATE_NOOP("Search", "Removed from library"),
    "has:description": QT_TRANSLATE_NOOP("Search", "Descriptions"),
    "has:products": QT_TRANSLATE_NOOP("Search", "Products"),
    "has:transcript": QT_TRANSLATE_NOOP("Search", "Speech"),
    "state:partial": QT_TRANSLATE_NOOP("Search", "Partly damaged"),
    "state:corrupt": QT_TRANSLATE_NOOP("Search", "Damaged"),
    "state:refused": QT_TRANSLATE_NOOP("Search", "Too large"),
    "state:unreadable": QT_TRANSLATE_NOOP("Search", "Not readable"),
    "state:offline": QT_TRANSLATE_NOOP("Search", "Offline"),
    "state:missing": QT_TRANSLATE_NOOP("Search", "Missing"),
    "state:unsupported": QT_TRANSLATE_NOOP("Search", "Not supported"),
    "duration:<10s": QT_TRANSLATE_NOOP("Search", "Under 10 seconds"),
    "duration:10s..1min": QT_TRANSLATE_NOOP("Search", "10 seconds to 1 minute"),
    "duration:1min..10min": QT_TRANSLATE_NOOP("Search", "1 to 10 minutes"),
    "duration:>10min": QT_TRANSLATE_NOOP("Search", "Over 10 minutes"),
    "fps:<20": QT_TRANSLATE_NOOP("Search", "Fewer than 20"),
    "fps:20..35": QT_TRANSLATE_NOOP("Search", "About 25 to 30"),
    "fps:35..70": QT_TRANSLATE_NOOP("Search", "About 50 to 60"),
    "fps:>70": QT_TRANSLATE_NOOP("Search", "More, for slow motion"),
    "quality:>=0.75": QT_TRANSLATE_NOOP("Search", "Very good"),
    "quality:0.5..0.75": QT_TRANSLATE_NOOP("Search", "Good"),
    "quality:0.25..0.5": QT_TRANSLATE_NOOP("Search", "Fair"),
    "quality:<0.25": QT_TRANSLATE_NOOP("Search", "Poor"),
    "colour:black": QT_TRANSLATE_NOOP("Search", "Black"),
    "colour:white": QT_TRANSLATE_NOOP("Search", "White"),
    "colour:grey": QT_TRANSLATE_NOOP("Search", "Grey"),
    "colour:red": QT_TRANSLATE_NOOP("Search", "Red"),
    "colour:orange": QT_TRANSLATE_NOOP("Search", "Orange"),
    "colour:yellow": QT_TRANSLATE_NOOP("Search", "Yellow"),
    "colour:green": QT_TRANSLATE_NOOP("Search", "Green"),
    "colour:cyan": QT_TRANSLATE_NOOP("Search", "Cyan"),
    "colour:blue": QT_TRANSLATE_NOOP("Search", "Blue"),
    "colour:purple": QT_TRANSLATE_NOOP("Search", "Purple"),
    "colour:pink": QT_TRANSLATE_NOOP("Search", "Pink"),
    "colour:brown": QT_TRANSLATE_NOOP("Search", "Brown"),
    "colour:beige": QT_TRANSLATE_NOOP("Search", "Beige"),
}
_STARS = 5
_SIGNS = ((">=", "≥ "), ("<=", "≤ "), (">", "> "), ("<", "< "), ("=", ""))


translate = QCoreApplication.translate


def tr(text: object) -> str:
    """text: English; QT_TRANSLATE_NOOP gives it as an object."""
    return translate("Search", str(text))


def head(name: str) -> str:
    """What a facet or a group of proposals is called."""
    return tr(_HEADS[name])


def value_text(query: str, label: str) -> str:
    """What a value is called. query: the part of a query that finds it; label: the engine's word for it."""
    if query in _VALUES:
        return tr(_VALUES[query])
    name, _, written = query.partition(":")
    if name == "rating" and written.isdecimal() and 0 < int(written) <= _STARS:
        return "★" * int(written) + "☆" * (_STARS - int(written))
    if query.startswith(("tag", "object")):
        return thing(label)
    return codec_name(label) if name.startswith("codec") else label


def field_text(field: Field) -> str:
    """A field's value, short: 'Canon EOS 5', '≥ 400', 'March 2008'."""
    if str(field) in _VALUES or field.name == "rating":
        return value_text(str(field), _amount(field.written))
    match field.test:
        case Interval():
            return _dates(field.written) if field.name in ("date", "added") else _amount(field.written)
        case Pattern(pieces):
            text = "*".join(pieces)
            if field.name == "codec":
                return codec_name(text)
            return text.rstrip("/").rpartition("/")[2] or text if field.name == "folder" else text
        case Choice(value):
            return value
        case Named(name, amount):
            shown = thing(str(name)) if field.name in ("tag", "object") else str(name)
            return f"{shown} {_amount(field.written[len(str(name)) :])}" if amount is not None else shown
        case _:
            return field.written.replace('"', "")


def chip_text(chip: Chip) -> tuple[str, str]:
    """What a chip asks for and its value: 'Camera', 'Canon EOS 5 or Nikon D70'."""
    values = translate("Search", "{one} or {other}")
    text = field_text(chip.fields[0])
    for field in chip.fields[1:]:
        text = values.format(one=text, other=field_text(field))
    title = tr(_TITLES.get(chip.name, chip.name))
    return (translate("Search", "not {field}").format(field=title) if chip.excluded else title), text


def number(count: int) -> str:
    return QLocale().toString(count)


def span(low: str, high: str) -> str:
    return f"{low} \u2013 {high}"  # an en dash, as between numbers


def _amount(written: str) -> str:
    written = written.replace('"', "").strip()
    for sign, shown in _SIGNS:
        if written.startswith(sign):
            return shown + written[len(sign) :].strip()
    low, dots, high = written.partition("..")
    if not dots:
        return written
    return span(low, high) if low and high else f"≥ {low}" if low else f"≤ {high}"


def _dates(written: str) -> str:
    plain = written.replace('"', "")
    low, dots, high = plain.partition("..")
    if dots and low and high:
        return span(day_text(low), day_text(high))
    return _amount(plain) if dots or plain[:1] in "<>=" else day_text(plain)


def day_text(written: str) -> str:
    """'2008-03' as people of this locale write it: 'March 2008'."""
    for pattern, shown in (("%Y-%m-%dT%H", "d MMM yyyy, H:00"), ("%Y-%m-%d", "d MMM yyyy"), ("%Y-%m", "MMMM yyyy")):
        try:
            moment = datetime.strptime(written, pattern)
        except ValueError:
            continue
        time = QDateTime(QDate(moment.year, moment.month, moment.day), QTime(moment.hour, 0))
        return QLocale().toString(time, shown)
    return written
