"""Whatever bytes a block of metadata has, reading it gives facts that can be stored, and raises nothing."""

from __future__ import annotations

import io
import json
import struct
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.facts import NAMES
from engines.media import metadata
from engines.media.metadata import exif, gif, heif, iptc, jpeg, png, quicktime, raws, webp
from engines.media.metadata.blocks import Blocks
from engines.media.metadata.exif import ExifBlock
from engines.media.metadata.merge import Claims, merge
from engines.types import Facts
from tests.media.metadata import making
from tests.media.metadata.making import (
    ASCII,
    BYTE,
    LONG,
    RATIONAL,
    SHORT,
    SRATIONAL,
    UNDEFINED,
    Tags,
    bag,
    box,
    directory,
    iptc_record,
    text,
    tiff,
)
from tests.media.metadata.making import xmp as packet

NOTE = b"Apple iOS\0\0\1MM" + directory({0x11: text("570F1469-09C7")}, 14, ">")
EXIF = tiff(
    Tags(
        first={
            0x10E: text("A caption"),
            0x10F: text("Canon"),
            0x110: text("Canon EOS 6D"),
            0x112: (SHORT, [6]),
            0x132: text("2008:10:22 16:28:39"),
            0x4746: (SHORT, [4]),
            0x8298: (ASCII, b"Ann\0Bob\0"),
            0x9C9E: (BYTE, list("red;green\0".encode("utf-16-le"))),
        },
        exif={
            0x829A: (RATIONAL, [(1, 250)]),
            0x9003: text("2008:10:22 16:28:39"),
            0x9201: (SRATIONAL, [(8, 1)]),
            0x927C: (UNDEFINED, NOTE),
            0x9286: (UNDEFINED, b"UNICODE\0" + "Hello".encode("utf-16-le")),
            0xA432: (RATIONAL, [(24, 1), (70, 1), (28, 10), (28, 10)]),
        },
        gps={
            1: text("N"),
            2: (RATIONAL, [(43, 1), (28, 1), (281, 100)]),
            3: text("E"),
            4: (RATIONAL, [(11, 1), (53, 1), (642, 100)]),
            5: (BYTE, [0]),
            6: (RATIONAL, [(123, 10)]),
            7: (RATIONAL, [(14, 1), (27, 1), (7, 1)]),
            29: text("2008:10:22"),
            17: (LONG, [206]),
        },
    )
)
PACKET = packet(
    bag("dc:subject", "red", "green")
    + bag("lr:hierarchicalSubject", "Places|Berlin")
    + bag("dc:title", "Beetle", kind="Alt"),
    xmp_Rating="4",
    exif_GPSLatitude="51,15.29N",
    exif_GPSLongitude="7,23.36E",
    photoshop_DateCreated="2011-07-10T19:34:28+02:00",
)
RECORDS = iptc_record(90, b"\x1b%G", record=1) + b"".join(
    iptc_record(number, value)
    for number, value in ((5, b"Canyon"), (25, b"utah"), (55, b"20220110"), (60, b"151544-0400"), (120, b"Early"))
)


def block_facts(data: bytes) -> list[Claims]:
    block = ExifBlock.of(data)
    return exif.read(block) if block else []


def found_in(find: Callable[[bytes], Blocks]) -> Callable[[bytes], list[Claims]]:
    def read(data: bytes) -> list[Claims]:
        blocks = find(data)
        return [*blocks.claims, *(exif.read(blocks.exif) if blocks.exif else []), iptc.read(blocks.iptc)]

    return read


def video_facts(data: bytes) -> list[Claims]:
    return quicktime.read(io.BytesIO(data))


WORDS = b"\0\x12\x15\xc7+51.4169-000.0806/"
VIDEO = making.video(
    box(
        b"udta",
        box(b"\xa9xyz", WORDS)
        + box(b"loci", b"\0\0\0\0\x55\xc4home\0\0" + b"\0\1\0\0" * 3)
        + box(b"date", b"2020-11-20"),
    ),
    box(b"meta", box(b"hdlr", b"\0" * 8 + b"mdta") + box(b"keys", b"\0\0\0\0\0\0\0\1\0\0\0\x0cmdtamake")),
    created=3_688_725_876,
)
PNG = making.png((b"eXIf", EXIF), (b"tEXt", b"Title\0Beetle"), (b"zTXt", b"Raw profile type exif\0\0x\x9c"))
# Each reader with a sound block for it.
READERS: dict[str, tuple[Callable[[bytes], list[Claims]], bytes]] = {
    "exif": (block_facts, EXIF),
    "iptc": (lambda data: [iptc.read(data)], RECORDS),
    "photoshop": (lambda data: [iptc.read(iptc.find_records(data))], making.photoshop(RECORDS)),
    "jpeg": (found_in(jpeg.find), making.jpeg_with(exif=EXIF, packet=PACKET, records=RECORDS) + b"\x0c\0\0\0SEFT"),
    "png": (found_in(png.find), PNG),
    "webp": (found_in(webp.find), making.picture("WEBP", exif=EXIF)),
    "gif": (found_in(gif.find), making.picture("GIF", comment=b"Our dog")),
    "tiff": (
        found_in(raws.find_in_tiff),
        making.picture("TIFF", tiffinfo={0x110: "QV-10", 700: PACKET, 33723: RECORDS}),
    ),
    "avif": (found_in(heif.find), making.picture("AVIF", exif=EXIF, xmp=PACKET)),
    "cr3": (found_in(raws.find_in_canon), VIDEO),
    "raf": (
        found_in(raws.find_in_fuji),
        b"FUJIFILMCCD-RAW".ljust(84, b"\0") + b"\0\0\0\x58" + making.jpeg_with(exif=EXIF),
    ),
    "mrw": (found_in(raws.find_in_minolta), b"\0MRM\0\0\0\0\0TTW\0\0\1\0" + EXIF),
    "video": (video_facts, VIDEO),
}


@st.composite
def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some of them replaced, a stretch taken out or put in, and perhaps the end cut off."""
    pieces = bytearray(data)
    for place in draw(st.lists(st.integers(0, len(data) - 1), max_size=12)):
        pieces[place] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF, draw(st.integers(0, 255))]))
    start = draw(st.integers(0, len(pieces)))
    pieces[start : start + draw(st.integers(0, 40))] = draw(st.binary(max_size=40))
    return bytes(pieces[: draw(st.integers(0, len(pieces)))] if draw(st.booleans()) else pieces)


def assert_storable(facts: Facts) -> None:
    assert facts.keys() <= NAMES
    written = json.dumps({name: fact.value for name, fact in facts.items()}, allow_nan=False, ensure_ascii=False)
    assert not any(unicodedata.category(character) == "Cs" for character in written)


@pytest.mark.parametrize("name", READERS)
def test_a_sound_block_says_something(name: str) -> None:
    read, sound = READERS[name]
    assert merge(read(sound)) or name == "cr3"


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_broken_block_raises_nothing(name: str, data: st.DataObject) -> None:
    read, sound = READERS[name]
    assert_storable(merge(read(data.draw(broken(sound)))))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_packet_raises_nothing(data: st.DataObject) -> None:
    assert_storable(metadata.read_sidecar(data.draw(broken(PACKET))))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    for read, _ in READERS.values():
        assert_storable(merge(read(data)))
    assert_storable(metadata.read_sidecar(data))


def test_a_kilobyte_that_lists_millions_of_pieces_is_refused() -> None:
    entry = struct.pack(">HHH", 1, 0, 65_535)
    locations = box(b"iloc", b"\0\0\0\0\0\0" + struct.pack(">H", 200) + entry * 200)
    kinds = box(b"iinf", b"\0\0\0\0\0\1" + box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0"))
    data = box(b"ftyp", b"heic\0\0\0\0heic") + box(
        b"meta", b"\0\0\0\0" + box(b"pitm", b"\0\0\0\0\0\1") + kinds + locations
    )
    assert heif.find(data) == Blocks()


HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE media; --",
    '" OR NEAR(a b) *',
    "\u202egnp.exe",
    "%s%n{0}",
    "\U0001f9ff" * 2_000,
    "a\u0300" * 5_000,
    "\ufffe\uffff\x00\x1b[31m",
    "../../etc/passwd",
    "x" * 60_000,
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text_in_every_field(words: str) -> None:
    data = words.encode()
    records = b"".join(iptc_record(number, data[:30_000]) for number in (5, 25, 55, 60, 65, 80, 90, 101, 116, 120))
    fields: dict[int, making.Value] = {tag: (ASCII, data) for tag in (0x10E, 0x10F, 0x110, 0x131, 0x132, 0x13B, 0x8298)}
    claims = [iptc.read(records), *block_facts(tiff(Tags(first=fields, exif={0xA434: (ASCII, data)})))]
    assert_storable(merge(claims))
