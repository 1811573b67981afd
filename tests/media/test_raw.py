"""Camera raws: the preview if it is large enough, else developed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media import raw
from engines.media.open_file import open_file
from engines.types import State
from tests.make_media import CORNERS, corners_of, make_photo, make_raw
from tests.media.conftest import OpenBytes

DEVELOPED = 60  # grey levels that our corners move when a raw is brightened
STORED = {1: (1200, 900), 3: (1200, 900), 6: (900, 1200), 8: (900, 1200)}


def distance_to_corners(pixels: NDArray[np.uint8]) -> int:
    return int(np.abs(np.array(corners_of(pixels)) - np.array(CORNERS)).max())


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_raw_is_developed_and_turned_once(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(make_raw((256, 192), orientation=orientation))
    assert file.frame.pixels.shape == (192, 256, 3)
    assert distance_to_corners(file.frame.pixels) < DEVELOPED
    assert (file.header.width, file.header.height) == (256, 192)


@pytest.mark.parametrize("size", [(1600, 1200), (2400, 1600)])
def test_a_developed_raw_fills_the_working_frame(open_bytes: OpenBytes, size: tuple[int, int]) -> None:
    assert open_bytes(make_raw(size)).frame.pixels.shape[1] == 1024


def preview_as_the_sensor_lies(orientation: int) -> bytes:
    """A green-tinted picture that needs the raw's rotation and says nothing of it."""
    with_exif = make_photo((1200, 900), orientation=orientation)
    return with_exif[:2] + with_exif[with_exif.index(b"\xff\xdb") :]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_large_preview_is_shown_turned_as_the_raw_says(open_bytes: OpenBytes, orientation: int) -> None:
    file = open_bytes(make_raw((2048, 1536), orientation=orientation, preview=preview_as_the_sensor_lies(orientation)))
    assert distance_to_corners(file.frame.pixels) < 8
    assert (file.frame.width, file.frame.height) == (2048, 1536)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_preview_that_names_its_own_rotation_is_turned_once(open_bytes: OpenBytes, orientation: int) -> None:
    preview = make_photo((1200, 900), orientation=orientation)
    file = open_bytes(make_raw((2048, 1536), orientation=orientation, preview=preview))
    assert distance_to_corners(file.frame.pixels) < 8


def test_a_preview_stored_upright_is_not_turned_again(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_raw((2048, 1536), orientation=6, preview=make_photo((1200, 900))))
    assert distance_to_corners(file.frame.pixels) < 8


def test_a_small_preview_is_passed_over(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_raw((2048, 1536), preview=make_photo((160, 120))))
    assert file.frame.pixels.shape[1] == 1024


def test_a_preview_of_half_the_sensors_size_is_large_enough(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_raw((640, 480), preview=make_photo((400, 300))))
    assert file.frame.pixels.shape[1] == 400


def test_a_damaged_preview_is_passed_over(open_bytes: OpenBytes) -> None:
    preview = make_photo((1200, 900))
    damaged = preview[: len(preview) // 2] + bytes(len(preview) - len(preview) // 2)
    assert open_bytes(make_raw((2048, 1536), preview=damaged)).damage is None


def test_a_raw_without_colours_is_grey() -> None:
    """As cameras without a colour filter deliver it."""
    grey = np.arange(12, dtype=np.uint8).reshape(3, 4, 1)
    assert np.array_equal(raw._with_three_channels(grey), np.concatenate([grey] * 3, axis=2))


def test_a_real_raw_is_read(media_folder: Path) -> None:
    file = open_file(str(media_folder / "photos/canon_eos_6d.dng"))
    assert (file.format.name, file.frame.width, file.frame.pixels.shape) == ("dng", 1224, (683, 1024, 3))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_raw_cut_short_is_corrupt(open_bytes: OpenBytes, share: float) -> None:
    data = make_raw((1600, 1200))
    with pytest.raises(MediaError) as caught:
        _ = open_bytes(data[: int(len(data) * share)]).frame
    assert caught.value.state is State.CORRUPT


def test_a_raw_that_libraw_does_not_know_is_unsupported(open_bytes: OpenBytes) -> None:
    with pytest.raises(MediaError, match="is a Fujifilm raw of a kind that cannot be read") as caught:
        _ = open_bytes(b"FUJIFILMCCD-RAW 0201" + bytes(2000), "DSCF1.RAF").frame
    assert caught.value.state is State.UNSUPPORTED
