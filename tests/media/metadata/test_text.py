from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.media.metadata import text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Käfer".encode(), "Käfer"),
        ("Käfer".encode("cp1252"), "Käfer"),
        (b"\xef\xbb\xbfKn\xc3\xb6del", "Knödel"),
        ("Käfer".encode()[:2], "K"),  # cut within a character
        (b"\x81\x8d", "\x81\x8d"),  # in no table but Latin-1
    ],
)
def test_bytes_are_decoded_by_the_encoding_that_fits(data: bytes, expected: str) -> None:
    assert text.decode(data) == expected


@pytest.mark.parametrize(
    ("data", "byte_order", "expected"),
    [
        ("Käfer\0junk".encode("utf-16-le"), "little", "Käfer"),
        ("Käfer".encode("utf-16-be"), "big", "Käfer"),
        ("Käfer".encode("utf-16"), "big", "Käfer"),
        (b"K\0\x00\xd8", "little", "K\ufffd"),
    ],
)
def test_utf16_is_decoded_up_to_its_end(data: bytes, byte_order: str, expected: str) -> None:
    assert text.decode_utf16(data, byte_order) == expected


@pytest.mark.parametrize(
    "boilerplate",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SONY DSC",
        "Minolta DSC",
        "KONICA MINOLTA DIGITAL CAMERA",
        "DCIM100MEDIA",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
        "<KENOX S630  / Samsung S630>",
        "SAMSUNG",
        "Exif_JPEG_PICTURE",
        "oznor",
        "cof_soft",
        "User comments",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
        "LEAD Technologies Inc. V1.01",
        "File written by Adobe Photoshop® 5.0",
        "cmp3.10.3.2Lq3 0x756ffbf7",
        '{"filter":0}',
        "???",
        "",
    ],
)
def test_what_cameras_write_under_every_picture_is_no_caption(boilerplate: str) -> None:
    assert text.caption(boilerplate) == ""


@pytest.mark.parametrize(
    "words",
    [
        "Samsung phone on a table",
        "My first digital camera!",
        "Default settings of the mixer",
        "Gear and camera shop",
        "The HDR experiment",
        "🎉",
        "海",
        "No comment",
    ],
)
def test_what_people_write_is_a_caption(words: str) -> None:
    assert text.caption(words) == words


def test_paragraphs_keep_their_line_breaks_and_lose_all_else() -> None:
    assert text.paragraphs("  One \r\n two\x00\x07\t\r\n\r\n\r\n\r\nthree\x85 ") == "One\ntwo\n\nthree"


@given(st.text(max_size=2_000))
def test_no_control_character_comes_through(words: str) -> None:
    tidy = text.line(words)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in tidy)
    assert len(tidy) <= text.LINE_LENGTH
    assert tidy == tidy.strip()


def test_a_line_cut_at_a_space_does_not_end_with_it() -> None:
    assert text.line("x" * (text.LINE_LENGTH - 1) + " y") == "x" * (text.LINE_LENGTH - 1)


def test_a_keyword_of_ten_megabytes_becomes_a_short_one() -> None:
    assert text.keywords(["x" * 10_000_000]) == ["x" * text.LINE_LENGTH]


def test_a_million_keywords_become_a_thousand() -> None:
    assert len(text.keywords(str(number) for number in range(1_000_000))) == text.KEYWORD_COUNT


def test_keywords_are_kept_once_in_their_order() -> None:
    assert text.keywords(["Sea", " beach ", "", "sea", "\0"]) == ["Sea", "beach"]
