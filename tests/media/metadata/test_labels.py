"""Every real photo and video has the facts that labels.csv says, apart from the exceptions named here."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest

from engines.errors import MediaError
from engines.facts import VOCABULARY
from engines.media import metadata
from engines.media.open_file import open_file

Row = dict[str, str]
Values = dict[str, Any]
Told = list[tuple[Row, Values]]
_Label = TypeVar("_Label")

# labels.csv has the date only where exiftool prints DateTimeOriginal; these have another one.
OTHER_DATES = {
    "photos/flower2.jpg": "XMP xmp:CreateDate",
    "photos/Screenshot 2019-05-21 at 10.45.52.png": "file name",
    "videos/phone_portrait_gps.mov": "QuickTime creationdate",
    "videos/tablet_hevc_portrait.mov": "QuickTime creationdate",
    "videos/very_short_1s.mp4": "container creation_time",
    "videos/very_short_0.2s_gps.mp4": "container creation_time",
    "videos/gopher_vfr_portrait.mp4": "container creation_time",
}
# exiftool does not look for a position in Matroska's tags.
OTHER_POSITIONS = {"videos/geese_av1.mkv": (52.3693, 6.6761)}
TYPES = {"extended webp": "webp", "heif": "heic"}


@pytest.fixture(scope="module")
def told(media_folder: Path) -> Told:
    """Each row of the sound files with the facts of its file."""
    with (media_folder / "labels.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if not row["file"].startswith("bad/")]
    return [(row, values_of(media_folder / row["file"])) for row in rows]


def values_of(path: Path) -> Values:
    file = open_file(str(path))
    return {name: fact.value for name, fact in metadata.read(file).items()} | {"type": file.format.name}


def differing(told: Told, label: Any, fact: Any) -> dict[str, tuple[Any, Any]]:
    """The files whose label and fact are not the same, with both."""
    pairs = ((row["file"], label(row), fact(values)) for row, values in told)
    return {name: (wanted, found) for name, wanted, found in pairs if wanted != found}


def test_all_rows_are_compared(told: Told) -> None:
    assert len(told) == 182


def test_every_type_is_its_label(told: Told) -> None:
    def label(row: Row) -> str:
        name = row["file_type"].lower()
        return TYPES.get(name, name)

    assert differing(told, label, lambda values: values["type"]) == {}


def test_every_size_is_its_label(told: Told) -> None:
    def label(row: Row) -> tuple[int, int]:
        return int(row["width"]), int(row["height"])

    assert differing(told, label, lambda values: (values["stored_width"], values["stored_height"])) == {}


def test_every_orientation_is_its_label(told: Told) -> None:
    def label(row: Row) -> int | None:
        return int(row["exif_orientation"]) if row["exif_orientation"] else None

    assert differing(told, label, lambda values: values.get("exif_orientation")) == {}


def test_every_date_is_its_label(told: Told) -> None:
    def label(row: Row) -> str | None:
        """'2021:05:16 19:27:55Z' → '2021-05-16T19:27:55'"""
        return re.sub(r"^(\d+):(\d+):(\d+) ([\d:]+).*", r"\1-\2-\3T\4", row["taken"]) or None

    def fact(values: Values) -> str | None:
        return values.get("taken", "")[:19] or None

    found = differing(told, label, fact)
    fields = {name: next(values["taken_field"] for row, values in told if row["file"] == name) for name in found}
    assert fields == OTHER_DATES


def test_every_zone_is_its_label_where_it_has_one(told: Told) -> None:
    def label(row: Row) -> int | None:
        match = re.search(r"(Z|([+-])(\d\d):(\d\d))$", row["taken"])
        if match is None:
            return None
        minutes = int(match[3] or 0) * 60 + int(match[4] or 0)
        return -minutes if match[2] == "-" else minutes

    with_zone = [(row, values) for row, values in told if label(row) is not None]
    assert len(with_zone) == 6
    assert differing(with_zone, label, lambda values: values.get("taken_offset_min")) == {}


def test_every_position_is_its_label(told: Told) -> None:
    for row, values in told:
        place = (values["latitude"], values["longitude"]) if "latitude" in values else None
        label = (float(row["gps_lat"]), float(row["gps_lon"])) if row["gps_lat"] else OTHER_POSITIONS.get(row["file"])
        assert place == (pytest.approx(label, abs=1e-5) if label else None), row["file"]


def test_every_camera_has_the_words_of_its_label(told: Told) -> None:
    def unsaid(row: Row, values: Values) -> set[str]:
        """Words of the label that the camera's name lacks, without what makers add to their own names."""
        legal = {"corporation", "co", "ltd", "inc", "jk", "imaging"}
        words = set(re.findall(r"[\w/-]+", row["camera"].casefold())) - legal
        return words - set(re.findall(r"[\w/-]+", values.get("camera", "").casefold()))

    assert {row["file"]: unsaid(row, values) for row, values in told if unsaid(row, values)} == {}


def test_no_camera_appears_where_no_label_has_one(told: Told) -> None:
    assert [row["file"] for row, values in told if "camera" in values and not row["camera"]] == []


def test_every_fact_has_the_type_of_its_name(told: Told) -> None:
    types = {fact.name: fact.type for fact in VOCABULARY} | {"type": str}
    wrong = {
        (name, type(value)) for _, values in told for name, value in values.items() if type(value) is not types[name]
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("photos/motion_photo_samsung.heic", {"motion_photo": True}),
        ("photos/panorama360.jpg", {"projection": "equirectangular"}),
        ("photos/xmp_rating.jpg", {"rating": 3, "title": "Mongol Els"}),
        ("photos/IMG_5195.HEIC", {"live_id": "570F1469-09C7-4E50-9875-05F21D5BD166"}),
        ("photos/32-lens_data.jpeg", {"lens": "28-300 mm f/3.5-5.6"}),
        ("photos/canon_eos_6d.dng", {"lens": "EF24-105mm f/4L IS USM"}),
        ("photos/multipage.tif", {"frame_count": 3}),
        ("photos/rgb_16bit.png", {"bit_depth": 16}),
        ("photos/IMG_4120.JPG", {"taken_offset_min": 120}),  # from the satellites' time
        ("videos/MVI_4823.AVI", {"software": "CanonMVI06"}),
        ("videos/phone_portrait_gps.mov", {"rotation_deg": 90, "width": 320, "height": 568, "codec": "h264"}),
        ("videos/tablet_hevc_portrait.mov", {"codec": "hevc", "audio_codec": "aac"}),
    ],
)
def test_what_makes_a_file_special_is_seen(media_folder: Path, name: str, facts: Values) -> None:
    values = values_of(media_folder / name)
    assert {name: values.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("bad_exif_1.jpg", {"taken", "latitude", "camera"}),
        ("bad_gps_out_of_range.jpg", {"latitude", "longitude", "altitude_m"}),
        ("bad_date_zero.jpg", {"taken", "taken_field", "taken_offset_min"}),
    ],
)
def test_what_is_broken_is_left_out(media_folder: Path, name: str, missing: set[str]) -> None:
    assert not missing & values_of(media_folder / "bad" / name).keys()


def test_a_block_that_other_parsers_fail_at_is_read(media_folder: Path) -> None:
    values = values_of(media_folder / "bad" / "bad_exif_2.jpg")
    assert (values["camera"], values["taken"]) == ("Canon PowerShot G9", "2008-05-25T19:31:26")


def test_sound_metadata_beside_a_broken_picture_are_read(media_folder: Path) -> None:
    values = values_of(media_folder / "bad" / "corrupted.hif")
    assert (values["camera"], values["iso"]) == ("Canon EOS-1D X Mark III", 2000)


def test_a_bad_file_gives_facts_or_the_error_of_files(media_folder: Path) -> None:
    for path in sorted((media_folder / "bad").iterdir()):
        with suppress(MediaError):
            values_of(path)
