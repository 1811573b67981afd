"""Telling formats apart."""

from __future__ import annotations

import io
import struct
from collections import Counter

import pytest
from PIL import Image

from engines.media.formats import BY_NAME, FORMATS, expected, promises_media, suffix_of
from engines.media.readers import reader_of
from engines.media.sniff import sniff
from engines.media.unknown import describe
from engines.types import Kind
from tests.make_media import make_heic, make_photo, make_raw, make_sound, make_video

VIDEOS = (
    ("mp4", "mpeg4", "mp4"),
    ("mov", "mpeg4", "mov"),
    ("3gp", "mpeg4", "3gp"),
    ("avi", "mpeg4", "avi"),
    ("matroska", "mpeg4", "mkv"),
    ("webm", "libvpx", "webm"),
    ("mpegts", "mpeg2video", "mpegts"),
    ("mpeg", "mpeg1video", "mpeg"),
    ("mpeg1video", "mpeg1video", "mpegvideo"),
    ("asf", "wmv2", "wmv"),
    ("flv", "flv1", "flv"),
    ("mxf", "mpeg2video", "mxf"),
)


def name_of(head: bytes, name: str = "") -> str | None:
    form = sniff(head, name)
    return form.name if form else None


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WebP", "GIF", "TIFF", "BMP", "AVIF"])
def test_a_photo_is_known_by_its_bytes(format: str) -> None:
    assert name_of(make_photo(format=format)) == format.lower()


def test_a_heic_is_known_by_its_bytes() -> None:
    assert name_of(make_heic()) == "heic"


@pytest.mark.parametrize(("container", "codec", "name"), VIDEOS)
def test_a_video_is_known_by_its_bytes(container: str, codec: str, name: str) -> None:
    assert name_of(make_video(container=container, codec=codec, fps=25)) == name


def test_a_camcorders_transport_stream_of_192_byte_packets_is_known() -> None:
    plain = make_video(container="mpegts", codec="mpeg2video", fps=25)
    packets = [plain[at : at + 188] for at in range(0, len(plain), 188)]
    assert name_of(b"".join(bytes(4) + packet for packet in packets)) == "mpegts"


@pytest.mark.parametrize("name", ["IMG.NEF", "IMG.heic", "IMG.png", "IMG.mp4", "notes.txt", "IMG"])
def test_the_name_does_not_make_a_jpeg_anything_else(name: str) -> None:
    assert name_of(make_photo(), name) == "jpeg"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"II*\0\x10\0\0\0CR\x02\0", "cr2"),
        (b"FUJIFILMCCD-RAW 0201FF", "raf"),
        (b"IIRO\x08\0\0\0", "orf"),
        (b"IIU\0\x18\0\0\0", "rw2"),
        (b"\0MRM\0\0", "mrw"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "cr3"),
    ],
)
def test_raws_with_a_signature_of_their_own_need_no_suffix(head: bytes, name: str) -> None:
    assert name_of(head) == name


def test_a_dng_is_known_by_its_version_tag() -> None:
    assert name_of(make_raw(), "IMG.tif") == "dng"


def tiff_with_tags(*, photometric: int = 2, make: str | None = None) -> bytes:
    tags = {262: photometric} | ({271: make} if make else {})
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "TIFF", tiffinfo={key: value for key, value in tags.items() if key != 262})
    data = bytearray(buffer.getvalue())
    place = data.index(struct.pack("<HHI", 262, 3, 1)) + 8
    data[place : place + 2] = struct.pack("<H", photometric)
    return bytes(data)


def test_a_tiff_with_a_sensors_mosaic_is_the_makers_raw() -> None:
    assert name_of(tiff_with_tags(photometric=32803, make="NIKON CORPORATION"), "IMG.tif") == "nef"


def test_a_tiff_that_names_its_camera_is_a_tiff() -> None:
    assert name_of(tiff_with_tags(make="Canon"), "IMG.tif") == "tiff"


def test_the_suffix_decides_between_raws_that_look_like_a_tiff() -> None:
    assert name_of(tiff_with_tags(make="PENTAX"), "IMG.PEF") == "pef"


def test_a_tiff_without_a_camera_stays_a_tiff_whatever_its_suffix() -> None:
    assert name_of(make_photo(format="TIFF"), "IMG.nef") == "tiff"


@pytest.mark.parametrize("tail", [b"", b"\xff" * 4, b"\x08\0\0\0", b"\x08\0\0\0\xff\xff"])
def test_a_tiff_cut_off_in_its_directory_is_still_a_tiff(tail: bytes) -> None:
    assert name_of(b"II*\0" + tail) == "tiff"


@pytest.mark.parametrize(
    ("brands", "name"),
    [
        (b"heic", "heic"),
        (b"mif1\0\0\0\0mif1heic", "heic"),
        (b"mif1\0\0\0\0mif1avif", "avif"),
        (b"avis", "avif"),
        (b"qt  ", "mov"),
        (b"3gp4", "3gp"),
        (b"isom", "mp4"),
        (b"XAVC", "mp4"),
        (b"M4A ", None),
        (b"jxl ", None),
    ],
)
def test_an_iso_media_file_is_what_its_brands_say(brands: bytes, name: str | None) -> None:
    assert name_of(struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands) == name


def test_a_quicktime_film_older_than_brands_is_known() -> None:
    assert name_of(b"\0\0\0\x08wide" + b"\0\0\x10\0mdat") == "mov"


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (b"", "is empty"),
        (bytes(100), "holds nothing but zeros, as after a failed copy or recovery"),
        ("Grüße aus Köln\n".encode(), "is plain text, not a picture"),
        ("Grüße aus Köln\n".encode("utf-16"), "is plain text, not a picture"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>404</title>", "is a web page, not a picture"),
        (b"<?xml version='1.0'?><svg/>", "is an SVG drawing, which cannot be read"),
        (b"%PDF-1.7", "is a PDF document, not a picture"),
        (b"\xff\x0a\xfa\x1f", "is a JPEG XL picture, which cannot be read yet"),
        (b"\x93\x02\x11\xfe\x80\x81\x82\x83", "is neither a photo nor a video of a known kind"),
    ],
)
def test_a_file_of_no_known_format_is_described(head: bytes, sentence: str) -> None:
    assert sniff(head) is None
    assert describe(head) == sentence


def test_a_sound_file_is_no_video() -> None:
    assert describe(b"RIFF\0\0\0\0WAVEfmt ") == "is a sound file, not a video"


def test_sound_in_a_film_container_is_told_only_by_opening_it() -> None:
    assert name_of(make_sound()) == "mp4"


def test_every_suffix_belongs_to_one_format() -> None:
    counts = Counter(suffix for form in FORMATS for suffix in form.suffixes)
    assert counts.most_common(1)[0][1] == 1


def test_every_format_has_a_reader() -> None:
    assert all(hasattr(reader_of(form.reader), "read_frame") for form in FORMATS)


def test_videos_are_read_by_the_video_reader_alone() -> None:
    assert {form.kind for form in FORMATS if form.reader == "video"} == {Kind.VIDEO}


@pytest.mark.parametrize(
    ("name", "suffix"), [("A.B.JPG", ".jpg"), (".jpg", ""), ("jpg", ""), ("a.", "."), ("\udcff.Gif", ".gif")]
)
def test_the_suffix_is_what_follows_the_last_dot(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize("name", ["a.jpg", "a.HEIC", "a.dng", "a.mov"])
def test_a_name_can_promise_a_photo_or_video(name: str) -> None:
    assert promises_media(name)


@pytest.mark.parametrize("name", ["a.txt", "a.xmp", "a", "script.ts", "song.ogg"])
def test_a_name_that_may_mean_anything_promises_nothing(name: str) -> None:
    assert not promises_media(name)


def test_a_name_lets_expect_a_format() -> None:
    assert expected("a.CR3") is BY_NAME["cr3"]
