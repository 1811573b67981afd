"""Blocks of metadata are found in the files of every format."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib

import pillow_heif
import pytest
from PIL import Image

from engines.types import Facts
from tests.media.metadata import making
from tests.media.metadata.conftest import ReadBytes
from tests.media.metadata.making import SHORT, Tags, bag, box, iptc_record, segment, text, tiff
from tests.media.metadata.making import xmp as packet

EXIF = tiff(Tags(first={0x110: text("QV-10")}))
PACKET = packet(bag("dc:title", "Ladybug", kind="Alt"))
RECORDS = iptc_record(25, b"beetle")


def told(facts: Facts, *names: str) -> dict[str, tuple[object, str]]:
    return {name: (facts[name].value, facts[name].source) for name in names if name in facts}


def test_a_jpeg_holds_all_three_blocks(read_bytes: ReadBytes) -> None:
    facts = read_bytes(making.jpeg_with(exif=EXIF, packet=PACKET, records=RECORDS))
    assert told(facts, "camera", "title", "keywords") == {
        "camera": ("QV-10", "exif"),
        "title": ("Ladybug", "xmp"),
        "keywords": (["beetle"], "iptc"),
    }


def test_a_packet_whose_name_flickr_damaged_is_found(read_bytes: ReadBytes) -> None:
    data = making.jpeg(segment(0xE1, b"XMP\0://ns.adobe.com/xap/1.0/\0" + PACKET))
    assert read_bytes(data)["title"].value == "Ladybug"


def test_a_block_split_over_two_segments_is_joined(read_bytes: ReadBytes) -> None:
    blocks = making.photoshop(iptc_record(120, b"Early winter " * 20))
    halves = (segment(0xED, b"Photoshop 3.0\0" + half) for half in (blocks[:60], blocks[60:]))
    assert read_bytes(making.jpeg(*halves))["caption"].value.startswith("Early winter")


GUID = b"0123456789ABCDEF0123456789ABCDEF"


def extension(start: int, piece: bytes, *, size: int, guid: bytes = GUID) -> bytes:
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", size, start)
    return segment(0xE1, head + piece)


def test_an_extended_packet_is_joined_from_its_pieces_in_any_order(read_bytes: ReadBytes) -> None:
    main = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(xmpNote_HasExtendedXMP=GUID.decode()))
    size = len(PACKET)
    pieces = extension(100, PACKET[100:], size=size), extension(0, PACKET[:100], size=size)
    assert read_bytes(making.jpeg(main, *pieces))["title"].value == "Ladybug"


def test_an_extended_packet_that_nothing_names_is_left_out(read_bytes: ReadBytes) -> None:
    assert "title" not in read_bytes(making.jpeg(extension(0, PACKET, size=len(PACKET))))


def test_an_extended_packet_of_gigabytes_is_left_out(read_bytes: ReadBytes) -> None:
    main = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(xmpNote_HasExtendedXMP=GUID.decode()))
    assert "title" not in read_bytes(making.jpeg(main, extension(0, PACKET, size=0xFFFFFFFF)))


def test_a_jpeg_s_comment_is_its_last_caption(read_bytes: ReadBytes) -> None:
    assert read_bytes(making.jpeg(segment(0xFE, b"Our dog\0")))["caption"].value == "Our dog"


def samsung_trailer(kind: int) -> bytes:
    content = struct.pack("<HHI", 0, kind, 16) + b"MotionPhoto_Data" + b"....ftypmp42"
    head = b"SEFH" + struct.pack("<II", 107, 1) + struct.pack("<HHII", 0, kind, len(content), len(content))
    return content + head + struct.pack("<I", len(head)) + b"SEFT"


@pytest.mark.parametrize(("kind", "holds_video"), [(0x0A30, True), (0x0A01, False)])
def test_samsung_s_trailer_tells_of_a_video(read_bytes: ReadBytes, kind: int, holds_video: bool) -> None:
    assert ("motion_photo" in read_bytes(making.jpeg() + samsung_trailer(kind))) == holds_video


@pytest.mark.parametrize("name", ["GCamera_MotionPhoto", "GCamera_MicroVideo"])
def test_google_s_motion_photo_is_one_as_long_as_its_video_is_there(read_bytes: ReadBytes, name: str) -> None:
    data = making.jpeg_with(packet=packet(**{name: "1"}))
    assert "motion_photo" not in read_bytes(data)
    assert read_bytes(data + making.video())["motion_photo"].value is True


def test_a_png_holds_exif_and_xmp(read_bytes: ReadBytes) -> None:
    itxt = b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET
    facts = read_bytes(making.png((b"eXIf", EXIF), (b"iTXt", itxt)), "a.png")
    assert told(facts, "camera", "title") == {"camera": ("QV-10", "exif"), "title": ("Ladybug", "xmp")}


def test_a_png_s_own_texts_become_facts(read_bytes: ReadBytes) -> None:
    chunks = (
        (b"tEXt", b"Title\0K\xe4fer"),
        (b"zTXt", b"Description\0\0" + zlib.compress(b"On a leaf")),
        (b"iTXt", b"Author\0\1\0de\0Autor\0" + zlib.compress("Jörg".encode())),
        (b"tEXt", b"Copyright\0CC BY"),
        (b"tEXt", b"Software\0Paint"),
        (b"tEXt", b"Creation Time\0Tue, 21 May 2019 10:45:52 +0200"),
    )
    facts = read_bytes(making.png(*chunks), "a.png")
    assert told(facts, "title", "caption", "creator", "copyright", "software", "taken", "taken_offset_min") == {
        "title": ("Käfer", "png"),
        "caption": ("On a leaf", "png"),
        "creator": ("Jörg", "png"),
        "copyright": ("CC BY", "png"),
        "software": ("Paint", "png"),
        "taken": ("2019-05-21T10:45:52", "png"),
        "taken_offset_min": (120, "png"),
    }


def test_when_a_png_was_last_written_is_no_date_of_the_picture(read_bytes: ReadBytes) -> None:
    written = struct.pack(">HBBBBB", 2019, 5, 21, 10, 45, 52)
    assert "taken" not in read_bytes(making.png((b"tIME", written)), "a.png")


def test_what_imagemagick_writes_as_hexadecimal_text_is_found(read_bytes: ReadBytes) -> None:
    def profile(name: bytes, block: bytes) -> tuple[bytes, bytes]:
        digits = b"\n%b\n%8d\n%b\n" % (name, len(block), block.hex("\n", 36).encode())
        return b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(digits)

    chunks = profile(b"exif", b"Exif\0\0" + EXIF), profile(b"iptc", making.photoshop(RECORDS))
    facts = read_bytes(making.png(*chunks), "a.png")
    assert told(facts, "camera", "keywords") == {"camera": ("QV-10", "exif"), "keywords": (["beetle"], "iptc")}


@pytest.mark.parametrize("body", [b"Title", b"Title\0\0junk", b"", b"Title\0\0" + zlib.compress(b"x")[:-6]])
def test_a_broken_text_of_a_png_costs_only_itself(read_bytes: ReadBytes, body: bytes) -> None:
    facts = read_bytes(making.png((b"zTXt", body), (b"tEXt", b"Author\0Ann")), "a.png")
    assert told(facts, "title", "creator") == {"creator": ("Ann", "png")}


def test_a_text_that_unpacks_to_gigabytes_is_cut(read_bytes: ReadBytes) -> None:
    bomb = zlib.compress(b"x" * (64 << 20))
    assert len(read_bytes(making.png((b"zTXt", b"Description\0\0" + bomb)), "a.png")["caption"].value) == 32_768


@pytest.mark.parametrize("key", [b"Title", b"x"])
def test_a_thousand_texts_that_unpack_to_gigabytes_are_not_unpacked(read_bytes: ReadBytes, key: bytes) -> None:
    bomb = (b"zTXt", key + b"\0\0" + zlib.compress(b"x" * (4 << 20)))
    data = making.png(*[bomb] * 1_000)
    tracemalloc.start()
    read_bytes(data, "a.png")
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 64 << 20


def test_a_webp_holds_exif_and_xmp(read_bytes: ReadBytes) -> None:
    facts = read_bytes(making.picture("WEBP", exif=EXIF, xmp=PACKET), "a.webp")
    assert told(facts, "camera", "title") == {"camera": ("QV-10", "exif"), "title": ("Ladybug", "xmp")}


def test_a_gif_holds_a_comment_and_xmp(read_bytes: ReadBytes) -> None:
    plain = making.picture("GIF", comment=b"Our dog")
    application = b"\x21\xff\x0bXMP DataXMP" + PACKET + bytes([1, *range(255, -1, -1), 0])
    place = plain.index(b"\x21\xfe")
    facts = read_bytes(plain[:place] + application + plain[place:], "a.gif")
    assert told(facts, "caption", "title") == {"caption": ("Our dog", "gif"), "title": ("Ladybug", "xmp")}


def test_a_tiff_holds_all_three_blocks(read_bytes: ReadBytes) -> None:
    info = {0x110: "QV-10", 700: PACKET, 33723: RECORDS}
    facts = read_bytes(making.picture("TIFF", tiffinfo=info), "a.tif")
    assert told(facts, "camera", "title", "keywords") == {
        "camera": ("QV-10", "exif"),
        "title": ("Ladybug", "xmp"),
        "keywords": (["beetle"], "iptc"),
    }


@pytest.mark.parametrize("form", ["HEIF", "AVIF"])
def test_a_heif_holds_exif_and_xmp(read_bytes: ReadBytes, form: str) -> None:
    stream = io.BytesIO()
    picture = Image.new("RGB", (64, 48))
    if form == "HEIF":
        pillow_heif.from_pillow(picture).save(stream, exif=b"Exif\0\0" + EXIF, xmp=PACKET)
    else:
        picture.save(stream, form, exif=EXIF, xmp=PACKET)
    facts = read_bytes(stream.getvalue(), "a.heic")
    assert told(facts, "camera", "title") == {"camera": ("QV-10", "exif"), "title": ("Ladybug", "xmp")}


def test_a_canon_raw_holds_exif_in_boxes(read_bytes: ReadBytes) -> None:
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    exposure = tiff(Tags(first={0x8827: (SHORT, [800])}))
    blocks = box(b"uuid", canon + box(b"CMT1", EXIF) + box(b"CMT2", exposure))
    facts = read_bytes(making.video(blocks, brand=b"crx "), "a.cr3")
    assert told(facts, "camera", "iso") == {"camera": ("QV-10", "exif"), "iso": (800, "exif")}


def test_a_fuji_raw_has_the_blocks_of_its_jpeg(read_bytes: ReadBytes) -> None:
    head = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\0") + struct.pack(">II", 128, 0)
    facts = read_bytes(head.ljust(128, b"\0") + making.jpeg_with(exif=EXIF), "a.raf")
    assert facts["camera"].value == "QV-10"


def test_a_minolta_raw_holds_a_tiff(read_bytes: ReadBytes) -> None:
    blocks = b"\0PRD" + struct.pack(">I", 4) + b"1234" + b"\0TTW" + struct.pack(">I", len(EXIF)) + EXIF
    facts = read_bytes(b"\0MRM" + struct.pack(">I", len(blocks)) + blocks, "a.mrw")
    assert facts["camera"].value == "QV-10"


def test_the_picture_s_own_facts_come_from_its_header(read_bytes: ReadBytes) -> None:
    facts = read_bytes(making.jpeg_with(exif=tiff(Tags(first={0x112: (SHORT, [6])}))))
    names = ("width", "height", "stored_width", "stored_height", "bit_depth", "has_alpha", "exif_orientation")
    assert [facts[name].value for name in names] == [16, 24, 24, 16, 8, False, 6]
    assert "frame_count" not in facts


def test_the_name_dates_a_picture_that_has_no_other_date(read_bytes: ReadBytes) -> None:
    facts = read_bytes(making.jpeg(), "IMG-20190521-WA0001.jpg")
    assert told(facts, "taken", "taken_field") == {
        "taken": ("2019-05-21T00:00:00", "file name"),
        "taken_field": ("file name", "file name"),
    }


def test_a_date_in_the_picture_beats_the_one_in_its_name(read_bytes: ReadBytes) -> None:
    data = making.jpeg_with(exif=tiff(Tags(exif={0x9003: text("2008:10:22 16:28:39")})))
    assert read_bytes(data, "IMG_20190521_104552.jpg")["taken"].value == "2008-10-22T16:28:39"


def test_a_picture_without_metadata_has_only_its_own_facts(read_bytes: ReadBytes) -> None:
    assert {fact.source for fact in read_bytes(making.picture("BMP"), "a.bmp").values()} == {"pixels"}
