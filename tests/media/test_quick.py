"""A small picture in a hurry, from what a camera leaves in its files."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.errors import MediaError
from engines.media.quick import glimpse
from engines.media.view import View
from tests.make_media import make_photo

RED, BLUE = (220, 30, 30), (30, 40, 220)


def with_small_picture(size: tuple[int, int], small: Image.Image, orientation: int = 1) -> bytes:
    """A blue JPEG whose EXIF block holds another picture."""
    jpeg, block = io.BytesIO(), io.BytesIO()
    small.save(jpeg, "JPEG", quality=95, subsampling=0)
    block.write(b"Exif\0\0II*\0" + struct.pack("<I", 8))
    block.write(struct.pack("<HHHII", 1, 0x0112, 3, 1, orientation) + struct.pack("<I", 26))
    start = 26 + 2 + 2 * 12 + 4
    block.write(struct.pack("<HHHIIHHII", 2, 0x0201, 4, 1, start, 0x0202, 4, 1, len(jpeg.getvalue())) + bytes(4))
    block.write(jpeg.getvalue())
    whole = io.BytesIO()
    Image.new("RGB", size, BLUE).save(whole, "JPEG", exif=block.getvalue())
    return whole.getvalue()


def pixels(view: View) -> np.ndarray:
    return np.frombuffer(view.data, np.uint8).reshape(view.height, view.width, 3)


def test_the_small_picture_is_taken_upright_and_without_its_bars(tmp_path: Path) -> None:
    small = Image.new("RGB", (160, 120))
    small.paste(RED, (0, 6, 160, 114))  # a picture of 3 to 2 between black bars
    path = tmp_path / "camera.jpg"
    path.write_bytes(with_small_picture((600, 400), small, orientation=6))
    found = glimpse(str(path), 512)
    assert (found.full_width, found.full_height) == (400, 600)
    assert (found.width, found.height) == (107, 160)
    assert pixels(found).reshape(-1, 3).mean(axis=0) == pytest.approx(RED, abs=8)


def test_a_file_without_one_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "plain.jpg"
    path.write_bytes(make_photo((600, 400)))
    found = glimpse(str(path), 60)
    assert (found.width, found.height, found.full_width, found.full_height) == (60, 40, 600, 400)


@pytest.mark.parametrize("damage", ["cut", "garbage", "nowhere"])
def test_a_small_picture_that_is_broken_is_passed_over(tmp_path: Path, damage: str) -> None:
    data = bytearray(with_small_picture((600, 400), Image.new("RGB", (160, 120), RED)))
    start = data.index(b"\xff\xd8", 2)
    if damage == "garbage":
        data[start : start + 40] = bytes(40)
    elif damage == "nowhere":
        at = data.index(struct.pack("<HHI", 0x0201, 4, 1)) + 8
        data[at : at + 4] = struct.pack("<I", 0xFFFFFF)
    else:
        at = data.index(struct.pack("<HHI", 0x0202, 4, 1)) + 8
        data[at : at + 4] = struct.pack("<I", 0xFFFFFFFF)
    path = tmp_path / "camera.jpg"
    path.write_bytes(bytes(data))
    assert pixels(glimpse(str(path), 100)).reshape(-1, 3).mean(axis=0) == pytest.approx(BLUE, abs=8)


def test_what_is_no_picture_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.jpg"
    path.write_bytes(b"")
    with pytest.raises(MediaError):
        glimpse(str(path), 100)
    with pytest.raises(MediaError):
        glimpse(str(tmp_path / "gone.jpg"), 100)
