"""Facts of one item as lines to read: what it is called, what is said, where that comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desktop.sentences import in_own_words
from desktop.words import codec_name, duration, number, share_of_time, thing
from engines import towns
from engines.library.describe import Record
from engines.vocabulary import ancestors

_FOUND = re.compile(r"\*([^*\s][^*]*)\*")  # see engines.search.snippets


@dataclass(frozen=True, slots=True)
class Line:
    """title: at the left. text: the value. hint: where it comes from, for the tooltip."""

    title: str
    text: str
    hint: str = ""


def lines(record: Record) -> list[Line]:
    """What is worth a line, the most asked for first; what is not known has none."""
    facts, origins = record["facts"], record["origins"]
    return [Line(title, text, _source(origins, name)) for title, text, name in _all(record, facts, origins) if text]


def emphasised(text: str) -> str:
    """As rich text, with the words that were found, which stand between stars, in bold."""
    return _FOUND.sub(r"<b>\1</b>", escape(text))


def _all(record: Record, facts: dict[str, Any], origins: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    yield _tr("Taken"), _taken(facts), "taken"
    yield _tr("Camera"), facts.get("camera", ""), "camera"
    yield _tr("Lens"), facts.get("lens", ""), "lens"
    yield _tr("Exposure"), _exposure(facts), "exposure_s"
    yield _tr("Duration"), duration(facts["duration_s"]) if "duration_s" in facts else "", "duration_s"
    yield _tr("Film"), _film(facts), "codec"
    yield _tr("Picture"), _size(facts), "width"
    yield _tr("File"), _file(record), ""
    yield _tr("Place"), facts.get("place", ""), "place"
    yield _tr("Town"), _town(facts), "town"
    yield _tr("Position"), _position(facts), "latitude"
    yield _tr("Label"), facts.get("colour_label", ""), "colour_label"
    yield _tr("Creator"), facts.get("creator", ""), "creator"
    yield _tr("Copyright"), facts.get("copyright", ""), "copyright"
    yield _tr("Quality"), _quality(facts), "quality"


def _source(origins: dict[str, str], name: str) -> str:
    source = origins.get(name)
    return _tr("From: {source}").format(source=_sources().get(source, source)) if source else ""


def _sources() -> dict[str | None, str]:
    return {
        "user": _tr("you"),
        "sidecar": _tr("the XMP file beside it"),
        "pixels": _tr("the picture itself"),
        "file name": _tr("the file's name"),
        "exif": "EXIF",
        "xmp": "XMP",
        "iptc": "IPTC",
    }


def _taken(facts: dict[str, Any]) -> str:
    """Local time, with the zone where it is known and the field that gave it where that is not the camera's own."""
    if "taken" not in facts:
        return ""
    try:
        when = datetime.fromisoformat(facts["taken"])
    except ValueError:
        return str(facts["taken"])
    locale = QLocale()
    date = locale.toString(QDate(when.year, when.month, when.day), QLocale.FormatType.LongFormat)
    text = f"{date}, {locale.toString(QTime(when.hour, when.minute, when.second), 'HH:mm:ss')}"
    offset = facts.get("taken_offset_min")
    if offset is not None:
        sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
        text += f" (UTC{sign}{hours}:{minutes:02})"
    field = facts.get("taken_field", "")
    return text + (f"\n{field}" if field else "")


def _exposure(facts: dict[str, Any]) -> str:
    parts = []
    if facts.get("aperture"):
        parts.append(f"f/{facts['aperture']:.3g}")
    if facts.get("exposure_s"):
        seconds = facts["exposure_s"]
        parts.append(f"1/{1 / seconds:.0f} s" if seconds < 0.3 else f"{seconds:g} s")
    if facts.get("iso"):
        parts.append(f"ISO {facts['iso']}")
    if facts.get("focal_mm"):
        parts.append(f"{facts['focal_mm']:.4g} mm")
    return " · ".join(parts)


def _film(facts: dict[str, Any]) -> str:
    parts = [codec_name(facts[name]) for name in ("codec", "audio_codec") if facts.get(name)]
    if facts.get("fps"):
        parts.append(_tr("{fps} frames a second").format(fps=f"{facts['fps']:.4g}"))
    return " · ".join(parts)


def _size(facts: dict[str, Any]) -> str:
    parts = []
    if facts.get("width"):
        width, height = facts["width"], facts["height"]
        parts.append(f"{width} × {height}")  # noqa: RUF001 -- the sign for times
        if width * height >= 100_000:
            parts.append(f"{QLocale().toString(width * height / 1e6, 'f', 1)} MP")
    return " · ".join(parts)


def _file(record: Record) -> str:
    main = record["files"][0]
    size = QLocale().formattedDataSize(main["size_bytes"], 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return " · ".join(filter(None, (size, (main["format"] or "").upper())))


def _town(facts: dict[str, Any]) -> str:
    """In the language of the window, where the town has a name in it."""
    if "town" not in facts:
        return ""
    town = towns.nearest(facts["latitude"], facts["longitude"])
    language = "de" if QLocale().language() == QLocale.Language.German else "en"
    return town.shown(language) if town is not None else str(facts["town"])


def _position(facts: dict[str, Any]) -> str:
    if "latitude" not in facts or "longitude" not in facts:
        return ""
    latitude, longitude = facts["latitude"], facts["longitude"]
    north, east = _tr("N") if latitude >= 0 else _tr("S"), _tr("E") if longitude >= 0 else _tr("W")
    text = f"{abs(latitude):.4f}° {north}, {abs(longitude):.4f}° {east}"
    return text + (f" · {facts['altitude_m']:.0f} m" if "altitude_m" in facts else "")


def _quality(facts: dict[str, Any]) -> str:
    if "quality" not in facts:
        return ""
    reasons = ", ".join(_fault(reason) for reason in facts.get("quality_reasons", ()))
    return f"{facts['quality']:.0%}" + (f" · {reasons}" if reasons else "")


def _fault(reason: str) -> str:
    """What costs quality, which engines.analysis.pixels.quality names."""
    return {
        "blurred": _tr("blurred"),
        "no detail": _tr("no detail"),
        "too dark": _tr("too dark"),
        "too bright": _tr("too bright"),
        "burnt-out highlights": _tr("burnt-out highlights"),
        "low contrast": _tr("low contrast"),
        "noisy": _tr("noisy"),
        "small": _tr("small"),
    }.get(reason, reason)


def origin(tags: list[Record]) -> str:
    """Who gave a tag: 'you', 'a network (80 %)' …"""
    told = []
    for tag in tags:
        source = tag["origin"]["source"]
        if source == "user":
            told.append(_tr("given by you"))
        elif source in ("file", "sidecar"):
            told.append(_tr("from the file") if source == "file" else _tr("from the XMP file beside it"))
        else:
            told.append(_tr("seen by {network}, {score}").format(network=source, score=f"{tag['score']:.0%}"))
            told += [share_of_time(tag["share"])] if tag["share"] < 1 else []
    return ", ".join(told)


def objects_of_film(record: Record) -> list[tuple[str, str, str]]:
    """What was seen in a film, without the wider kinds of it: name, how many, how sure and how long, and who saw it."""
    seen = [tag for tag in record["tags"] if tag["origin"]["phase"] == "objects"]
    wider = {name for tag in seen for name in ancestors(tag["name"])}
    return [(thing(tag["name"]), _in_film(tag, record), origin([tag])) for tag in seen if tag["name"] not in wider]


def _in_film(tag: Record, record: Record) -> str:
    count, seconds = number(tag["count"]), tag["share"] * record["facts"].get("duration_s", 0.0)
    counted = (
        count if record["tracks"] else _tr("{count} at once").format(count=count)
    )  # those followed are all counted
    return " · ".join([*([counted] if tag["count"] > 1 else []), f"{tag['score']:.0%}", duration(seconds)])


def phase_state(phase: Record) -> str:
    """How far a phase is, in a word or its problem."""
    states = {"done": _tr("done"), "pending": _tr("waiting"), "failed": _tr("failed")}
    state = str(phase["state"])
    return in_own_words(str(phase["problem"])) if phase["problem"] else states.get(state, state)


def many(count: int) -> str:
    return _tr("{count} items selected").format(count=number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Info", text)
