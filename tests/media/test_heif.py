"""HEIC and AVIF: turned once, decoded fast where they are plain and anyhow where they are not."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media import heif
from engines.media.geometry import turn, working_size
from engines.media.heif_grid import plain_grid
from engines.media.iso_items import Items
from engines.media.open_file import OpenFile, open_file
from engines.types import State
from tests.make_media import CORNERS, corners_of, make_heic, make_photo
from tests.media.conftest import OpenBytes

PHONES = ("IMG_2682.heic", "IMG_5195.HEIC", "iphone_15_pro.heic", "iphone_7.heic", "motion_photo_samsung.heic")


def by_libheif(file: OpenFile) -> NDArray[np.uint8]:
    pixels = heif._decode_with_libheif(file.data, Items(file.data), file.header, working_size)
    return turn(pixels, file.header.orientation)


def distance_to_corners(file: OpenFile) -> int:
    return int(np.abs(np.array(corners_of(file.frame.pixels)) - np.array(CORNERS)).max())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_containers_rotation_is_obeyed_once(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(make_heic(orientation=orientation))
    assert distance_to_corners(file) < 25
    assert (file.header.width, file.header.height, file.header.orientation) == (128, 96, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_libheif_and_ffmpeg_agree_which_way_is_up(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(make_heic(orientation=orientation))
    assert np.abs(by_libheif(file).astype(int) - file.frame.pixels).mean() < 1


def without_rotation_boxes(data: bytes) -> bytes:
    """The same with its 'irot' and 'imir' no longer attached to the picture; EXIF is left to say it."""
    return data.replace(b"irot", b"none").replace(b"imir", b"none")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_exif_is_obeyed_where_the_container_says_nothing(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(without_rotation_boxes(make_heic(orientation=orientation)))
    assert file.header.orientation == orientation
    assert distance_to_corners(file) < 25


@pytest.mark.parametrize(
    ("name", "orientation", "upright"),
    [
        ("iphone_7.heic", 6, (3024, 4032)),
        ("iphone_15_pro.heic", 1, (3024, 4032)),
        ("motion_photo_samsung.heic", 1, (3000, 4000)),
        ("nokia_hdr_16mp.heif", 1, (4608, 3456)),
        ("avif-orientation.avif", 1, (3024, 4032)),
    ],
)
def test_real_phones_are_turned_once(media_folder: Path, name: str, orientation: int, upright: tuple[int, int]) -> None:
    file = open_file(str(media_folder / "photos" / name))
    assert file.header.orientation == orientation
    assert (file.frame.width, file.frame.height) == upright
    assert file.frame.pixels.shape[0] * upright[0] == pytest.approx(file.frame.pixels.shape[1] * upright[1], rel=0.01)


@pytest.mark.parametrize("name", ["iphone_7.heic", "iphone_15_pro.heic"])
def test_a_profile_of_the_picture_or_of_its_tiles_is_found(media_folder: Path, name: str) -> None:
    assert open_file(str(media_folder / "photos" / name)).header.colour_profile == "Display P3"


@pytest.mark.parametrize("name", PHONES)
def test_what_ffmpeg_decodes_looks_as_libheif_has_it(media_folder: Path, name: str) -> None:
    file = open_file(str(media_folder / "photos" / name))
    assert plain_grid(Items(file.data)) is not None
    assert np.abs(by_libheif(file).astype(int) - file.frame.pixels).mean() < 0.6


def test_limited_range_is_spread_to_the_full_one(media_folder: Path) -> None:
    file = open_file(str(media_folder / "photos/nokia_hdr_16mp.heif"))
    assert np.abs(by_libheif(file).astype(int) - file.frame.pixels).mean() < 0.8


def test_transparency_is_left_to_libheif_and_becomes_white(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_heic(mode="RGBA"))
    assert plain_grid(Items(file.data)) is None
    assert file.header.has_alpha
    assert distance_to_corners(file) < 25


def test_a_grey_heic_is_grey(open_bytes: OpenBytes) -> None:
    pixels = open_bytes(make_heic(mode="L")).frame.pixels
    assert np.ptp(pixels, axis=2).max() <= 1


def test_a_heic_cut_short_gives_the_tiles_before_the_cut(media_folder: Path) -> None:
    file = open_file(str(media_folder / "bad/truncated.heic"))
    assert file.damage is not None
    assert file.damage.text == "truncated.heic is damaged or cut short: only 31 % of its picture could be read."
    assert np.ptp(file.frame.pixels[-100:], axis=(0, 1)).max() <= 1


def test_a_heic_without_picture_data_is_corrupt_and_keeps_its_header(media_folder: Path) -> None:
    file = open_file(str(media_folder / "bad/corrupted.hif"))
    with pytest.raises(MediaError) as caught:
        _ = file.frame
    assert (caught.value.state, file.header.width, file.header.bit_depth) == (State.CORRUPT, 5472, 10)


def test_a_size_beyond_the_limit_is_refused(open_bytes: OpenBytes) -> None:
    data = make_heic()
    large = data.replace(struct.pack(">4sIII", b"ispe", 0, 128, 96), struct.pack(">4sIII", b"ispe", 0, 40_000, 40_000))
    with pytest.raises(MediaError, match=r"asks for 1\.6 gigapixels; up to 200 megapixels are opened") as caught:
        _ = open_bytes(large).header
    assert caught.value.state is State.REFUSED


def test_a_picture_of_another_size_than_announced_does_not_pass(open_bytes: OpenBytes) -> None:
    data = make_heic()
    lying = data.replace(struct.pack(">4sIII", b"ispe", 0, 128, 96), struct.pack(">4sIII", b"ispe", 0, 64, 48))
    with pytest.raises(MediaError) as caught:
        _ = open_bytes(lying).frame
    assert caught.value.state is State.CORRUPT


@pytest.mark.parametrize("cut", [9, 30, 200, 400, 600])
def test_a_list_of_items_broken_off_is_corrupt(open_bytes: OpenBytes, cut: int) -> None:
    with pytest.raises(MediaError) as caught:
        _ = open_bytes(make_heic()[:cut]).frame
    assert caught.value.state in (State.CORRUPT, State.UNSUPPORTED)


def test_an_item_never_has_more_bytes_than_its_file(open_bytes: OpenBytes) -> None:
    items = Items(make_heic())
    items.primary.extents[:] = [(0, 1 << 40)] * 1000
    assert len(items.bytes_of(items.primary)) == len(make_heic())


def test_an_avifs_bit_depth_is_in_the_header(media_folder: Path) -> None:
    assert open_file(str(media_folder / "photos/fox.avif")).header.bit_depth == 8


def test_an_avif_bomb_is_refused_by_its_list_of_items(media_folder: Path) -> None:
    with pytest.raises(MediaError, match="asks for 289 megapixels") as caught:
        _ = open_file(str(media_folder / "bad/bomb_17000x17000.avif")).header
    assert caught.value.state is State.REFUSED


@pytest.mark.parametrize("orientation", [1, 5, 8])
def test_an_avifs_rotation_is_obeyed_once(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(make_photo((128, 96), format="AVIF", orientation=orientation))
    assert (file.header.orientation, file.header.width) == (orientation, 128)
    assert distance_to_corners(file) < 25
