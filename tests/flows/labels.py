"""labels.csv: what is truly in each file of the test media, as exiftool reads it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_DATE = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)(\.\d+)?(?:([+-])(\d\d):(\d\d))?")


@dataclass(frozen=True)
class Label:
    """One file. Sizes are before any rotation; taken is local time; what the file does not say is None or ''."""

    name: str
    format: str
    width: int | None
    height: int | None
    orientation: int | None
    taken: datetime | None
    offset_min: int | None
    position: tuple[float, float] | None
    camera: str
    size_bytes: int
    expect: str


def read_labels(media_folder: Path, folder: str) -> list[Label]:
    """The rows of one folder of the test media, such as 'photos'."""
    with open(media_folder / "labels.csv", encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["file"].startswith(f"{folder}/")]
    return [_label(row) for row in rows]


def _label(row: dict[str, str]) -> Label:
    taken, offset_min = _date(row["taken"])
    return Label(
        name=row["file"].partition("/")[2],
        format=row["file_type"].lower().removeprefix("extended "),
        width=_number(row["width"]),
        height=_number(row["height"]),
        orientation=_number(row["exif_orientation"]),
        taken=taken,
        offset_min=offset_min,
        position=(float(row["gps_lat"]), float(row["gps_lon"])) if row["gps_lat"] else None,
        camera=row["camera"],
        size_bytes=int(row["bytes"]),
        expect=row["expect"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _date(text: str) -> tuple[datetime | None, int | None]:
    """Local time and the zone's minutes east of UTC; a date of zeros is none."""
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "0000":
        return None, None
    year, month, day, time, fraction, sign, hours, minutes = found.groups()
    taken = datetime.fromisoformat(f"{year}-{month}-{day}T{time}{(fraction or '').ljust(4, '0') if fraction else ''}")
    return taken, int(f"{sign}1") * (int(hours) * 60 + int(minutes)) if sign else None
