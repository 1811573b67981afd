from __future__ import annotations

import struct
import tracemalloc
from typing import Any

import pytest

from engines.media.metadata import exif
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.merge import merge
from engines.types import Facts
from tests.media.metadata.making import (
    ASCII,
    BYTE,
    LONG,
    RATIONAL,
    SHORT,
    SLONG,
    SRATIONAL,
    UNDEFINED,
    Tags,
    Value,
    directory,
    fraction,
    text,
    tiff,
)

ORIGINAL, DIGITISED, DATE_TIME = 0x9003, 0x9004, 0x132


def facts_of(data: bytes) -> Facts:
    block = ExifBlock.of(data)
    return merge(exif.read(block)) if block else {}


def values_of(tags: Tags, order: str = "<") -> dict[str, Any]:
    return {name: fact.value for name, fact in facts_of(tiff(tags, order)).items()}


def place(north: float, east: float, *, ref: str = "NE") -> dict[int, Value]:
    """The GPS tags of a position in millionths of a degree."""
    return {
        1: text(ref[:1]),
        2: (RATIONAL, [(round(abs(north) * 1e6), 1_000_000), (0, 1), (0, 1)]),
        3: text(ref[1:]),
        4: (RATIONAL, [(round(abs(east) * 1e6), 1_000_000), (0, 1), (0, 1)]),
    }


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_a_camera_writes_becomes_facts(order: str) -> None:
    tags = Tags(
        first={
            0x10F: text("NIKON CORPORATION"),
            0x110: text("NIKON D300"),
            0x112: (SHORT, [6]),
            0x131: text("Ver.1.00 "),
            0x13B: text("Ilya"),
        },
        exif={
            0x829A: fraction(1, 250),
            0x829D: fraction(56, 10),
            0x8827: (SHORT, [400]),
            ORIGINAL: text("2012:07:14 16:30:12"),
            0x9291: text("25"),
            0x9011: text("+04:00"),
            0x9204: (SRATIONAL, [(-1, 3)]),
            0x9209: (SHORT, [0x19]),
            0x920A: fraction(50),
            0xA405: (SHORT, [75]),
            0xA434: text("50mm f/1.8"),
        },
        gps={**place(52.5, 13.25, ref="SW"), 5: (BYTE, [1]), 6: fraction(123, 10), 17: fraction(2705, 10)},
    )
    assert values_of(tags, order) == {
        "camera_make": "Nikon",
        "camera_model": "NIKON D300",
        "camera": "Nikon D300",
        "exif_orientation": 6,
        "software": "Ver.1.00",
        "creator": "Ilya",
        "exposure_s": 0.004,
        "aperture": 5.6,
        "iso": 400,
        "exposure_bias_ev": -0.33,
        "flash": True,
        "focal_mm": 50.0,
        "focal_35mm": 75.0,
        "lens": "50mm f/1.8",
        "latitude": -52.5,
        "longitude": -13.25,
        "altitude_m": -12.3,
        "direction_deg": 270.5,
        "taken": "2012-07-14T16:30:12.25",
        "taken_offset_min": 240,
        "taken_field": "EXIF DateTimeOriginal",
    }


def test_facts_of_exif_say_so() -> None:
    assert facts_of(tiff(Tags(first={0x110: text("QV-10")})))["camera"].source == "exif"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x829A, fraction(1, 0)),
        (0x829A, fraction(0, 10)),
        (0x829D, fraction(0, 0)),
        (0x8827, (SHORT, [0])),
        (0x8827, text("many")),
        (0x9204, (SRATIONAL, [(1, 0)])),
        (0x9204, (SRATIONAL, [(1000, 1)])),
        (0x920A, fraction(0)),
        (0x920A, (RATIONAL, [])),
        (0xA405, (SHORT, [0])),
        (0xA434, text("----")),
        (0xA434, text("0.0 mm f/0.0")),
        (0xA434, (SHORT, [1])),
        (ORIGINAL, text("0000:00:00 00:00:00")),
        (ORIGINAL, (LONG, [20_190_521])),
    ],
)
def test_a_broken_field_costs_only_itself(tag: int, value: Value) -> None:
    assert values_of(Tags(exif={tag: value, 0x9209: (SHORT, [0])})) == {"flash": False}


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_is_none(orientation: int) -> None:
    assert "exif_orientation" not in values_of(Tags(first={0x112: (SHORT, [orientation])}))


def test_exposure_in_powers_of_two_is_used_where_nothing_better_stands() -> None:
    values = values_of(Tags(exif={0x9201: (SRATIONAL, [(8, 1)]), 0x9202: fraction(4)}))
    assert (values["exposure_s"], values["aperture"]) == (0.00390625, 4.0)


def test_a_sensitivity_beyond_16_bits_is_found_in_the_wider_tags() -> None:
    values = values_of(Tags(exif={0x8827: (SHORT, [65_535]), 0x8833: (LONG, [102_400])}))
    assert values["iso"] == 102_400


def test_the_date_of_a_change_is_no_date_taken() -> None:
    changed = {DATE_TIME: text("2023:04:05 09:06:56")}
    both = values_of(Tags(first=changed, exif={DIGITISED: text("2011:02:03 04:05:06")}))
    assert both["taken_field"] == "EXIF DateTimeDigitized"
    assert "taken" not in values_of(Tags(first=changed))


def satellites(*clock: int) -> dict[int, Value]:
    return {7: (RATIONAL, [(part, 1) for part in clock]), 29: text("2008:10:22")}


def test_the_zone_follows_from_the_satellites_time() -> None:
    values = values_of(Tags(exif={ORIGINAL: text("2008:10:22 16:28:39")}, gps=satellites(14, 27, 7)))
    assert (values["taken"], values["taken_offset_min"]) == ("2008-10-22T16:28:39", 120)


def test_a_written_zone_is_not_replaced_by_the_satellites() -> None:
    tags = Tags(exif={ORIGINAL: text("2008:10:22 16:28:39"), 0x9011: text("+03:00")}, gps=satellites(14, 27, 7))
    assert values_of(tags)["taken_offset_min"] == 180


def test_the_satellites_date_alone_is_no_date_taken() -> None:
    assert "taken" not in values_of(Tags(gps=satellites(14, 27, 7)))


def test_an_impossible_satellite_time_is_ignored() -> None:
    assert "taken" not in values_of(Tags(gps=satellites(24, 60, 60)))


@pytest.mark.parametrize(
    "gps",
    [
        place(213.64, 103.48),
        place(0, 0),
        place(0, 0, ref="  "),
        place(52.5, 13.25, ref="  "),
        place(52.5, 13.25) | {2: (RATIONAL, [(52, 0), (0, 0), (0, 0)])},
        place(52.5, 13.25) | {4: text("thirteen")},
        {5: (BYTE, [0]), 6: fraction(100)},
    ],
)
def test_a_position_that_cannot_be_true_is_ignored(gps: dict[int, Value]) -> None:
    assert not {"latitude", "longitude", "altitude_m"} & values_of(Tags(gps=gps)).keys()


def test_unknown_seconds_do_not_cost_the_position() -> None:
    gps = place(52.5, 13.25) | {2: (RATIONAL, [(52, 1), (30, 1), (0, 0)])}
    assert values_of(Tags(gps=gps))["latitude"] == 52.5


@pytest.mark.parametrize(
    ("comment", "order"),
    [
        (b"ASCII\0\0\0Hello there", "<"),
        (b"UNICODE\0" + "Hello there".encode("utf-16-le"), "<"),
        (b"UNICODE\0" + "Hello there".encode("utf-16-be"), ">"),
        (b"UNICODE\0" + "Hello there".encode("utf-16-le"), ">"),  # not in the block's byte order
        (b"UNICODE\0" + "Hello there".encode("utf-16"), ">"),
        (b"JIS\0\0\0\0\0Hello there", "<"),
        (b"\0" * 8 + b"Hello there\0\0", "<"),
        (b"Hello there", "<"),  # without its code
    ],
)
def test_comments_are_read_in_the_encoding_they_name(comment: bytes, order: str) -> None:
    assert values_of(Tags(exif={0x9286: (UNDEFINED, comment)}), order)["caption"] == "Hello there"


def test_a_camera_s_name_is_no_caption_and_gives_way_to_the_comment() -> None:
    tags = Tags(first={0x10E: text("OLYMPUS DIGITAL CAMERA")}, exif={0x9286: (UNDEFINED, b"ASCII\0\0\0Our dog")})
    assert values_of(tags)["caption"] == "Our dog"


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_windows_writes_is_read_in_any_byte_order(order: str) -> None:
    def wide(words: str) -> Value:
        return BYTE, list((words + "\0").encode("utf-16-le"))

    tags = Tags(
        first={0x9C9B: wide("Käfer"), 0x9C9C: wide("On a leaf"), 0x9C9D: wide("Ann"), 0x9C9E: wide("red;green")}
    )
    assert values_of(tags, order) == {
        "title": "Käfer",
        "caption": "On a leaf",
        "creator": "Ann",
        "keywords": ["red", "green"],
    }


@pytest.mark.parametrize(
    ("first", "rating"),
    [
        ({0x4746: (SHORT, [4])}, 4),
        ({0x4746: (SHORT, [99])}, 5),
        ({0x4749: (SHORT, [50])}, 3),
        ({0x4746: (SHORT, [0])}, 0),
        ({0x4746: (SHORT, [40_000])}, None),
    ],
)
def test_stars_are_read_from_both_of_microsoft_s_scales(first: dict[int, Value], rating: int | None) -> None:
    assert values_of(Tags(first=first)).get("rating") == rating


def test_photographer_and_editor_both_hold_the_copyright() -> None:
    assert values_of(Tags(first={0x8298: (ASCII, b"Ann\0Bob\0")}))["copyright"] == "Ann; Bob"


def test_the_range_of_a_lens_stands_in_for_its_name() -> None:
    lens = (RATIONAL, [(24, 1), (70, 1), (28, 10), (28, 10)])
    assert values_of(Tags(exif={0xA432: lens}))["lens"] == "24-70 mm f/2.8"


def test_the_live_photo_s_identifier_is_found_in_apple_s_note() -> None:
    identifier = b"570F1469-09C7-4E50-9875-05F21D5BD166"
    note = b"Apple iOS\0\0\1MM" + directory({0x11: (ASCII, identifier + b"\0"), 1: (SLONG, [4])}, 14, ">")
    facts = facts_of(tiff(Tags(exif={0x927C: (UNDEFINED, note)})))
    assert (facts["live_id"].value, facts["live_id"].source) == (identifier.decode(), "makernote")


def test_nikon_s_note_names_the_lens() -> None:
    lens: dict[int, Value] = {0x84: (RATIONAL, [(28, 1), (300, 1), (35, 10), (56, 10)])}
    note = b"Nikon\0\x02\x10\0\0" + tiff(Tags(first=lens), ">")
    assert values_of(Tags(exif={0x927C: (UNDEFINED, note)}))["lens"] == "28-300 mm f/3.5-5.6"


def test_canon_s_note_names_the_lens() -> None:
    # Its offsets count from the start of the block: the note is the only long value, so its place is known.
    tags = Tags(first={0x10F: text("Canon")}, exif={0x927C: (UNDEFINED, b"?" * 40)})
    start = tiff(tags).index(b"?" * 40)
    note = directory({0x95: text("EF24-105mm f/4L")}, start, "<")
    tags.exif[0x927C] = (UNDEFINED, note.ljust(40, b"\0"))
    assert values_of(tags)["lens"] == "EF24-105mm f/4L"


def test_a_note_that_was_moved_names_no_lens() -> None:
    note = directory({0x95: text("EF24-105mm f/4L")}, 20_000, "<")
    tags = Tags(first={0x10F: text("Canon")}, exif={0x927C: (UNDEFINED, note)})
    assert "lens" not in values_of(tags)


def test_olympus_note_names_the_lens() -> None:
    head = b"OLYMPUS\0II\3\0"
    inner = len(head) + len(directory({0x2010: (LONG, [0])}, len(head), "<"))
    note = head + directory({0x2010: (LONG, [inner])}, len(head), "<")
    note += directory({0x203: text("OLYMPUS M.12-40mm F2.8")}, inner, "<")
    assert values_of(Tags(exif={0x927C: (UNDEFINED, note)}))["lens"] == "OLYMPUS M.12-40mm F2.8"


def test_directories_that_point_to_themselves_end() -> None:
    looped = struct.pack("<2sHI", b"II", 42, 8) + directory({0x8769: (LONG, [8]), 0x8825: (LONG, [8])}, 8, "<")
    assert facts_of(looped) == {}


def test_a_directory_that_is_cut_short_gives_the_tags_before_the_cut() -> None:
    whole = tiff(Tags(first={0x112: (SHORT, [3]), 0x213: (SHORT, [1])}))
    assert facts_of(whole[:24])["exif_orientation"].value == 3


def test_a_thousand_tags_that_share_a_megabyte_cost_no_gigabyte() -> None:
    count = 4_000
    entries = b"".join(struct.pack("<HHII", 0x9000 + number, 7, 1 << 20, 8) for number in range(count))
    bomb = struct.pack("<2sHIH", b"II", 42, 8, count) + entries + b"\0" * (1 << 20)
    tracemalloc.start()
    facts_of(bomb)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 8 << 20


@pytest.mark.parametrize(
    "data", [b"", b"Exif\0\0", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"\0" * 100]
)
def test_what_is_no_block_says_nothing(data: bytes) -> None:
    assert facts_of(data) == {}


def test_big_tiff_is_read() -> None:
    entry = struct.pack("<HHQQ", 0x110, 2, 6, int.from_bytes(b"QV-10\0", "little"))
    block = b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + struct.pack("<Q", 1) + entry
    assert facts_of(block)["camera"].value == "QV-10"
