"""What leaves the computer: small, baseline, and nothing of the file but its pixels."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engines.cloud.sending import MOST_BYTES, MOST_CLIP_BYTES, clip_of, jpeg_of, sheet_of, size_of, small_clip_of


def noise(width: int, height: int) -> NDArray[np.uint8]:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (640, 480), (1024, 1024), (4096, 512)])
def test_even_the_noisiest_picture_fits(size: tuple[int, int]) -> None:
    data = jpeg_of(noise(*size))
    assert len(data) <= MOST_BYTES
    assert max(size_of(data)) <= 1024
    with Image.open(io.BytesIO(data)) as picture:
        assert "progressive" not in picture.info
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_sheet_shows_all_frames_in_rows() -> None:
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    frames = [np.full((90, 160, 3), colour, np.uint8) for colour in colours]
    sheet = np.asarray(Image.open(io.BytesIO(sheet_of(frames))))
    height, width = sheet.shape[0] // 2, sheet.shape[1] // 2
    seen = [sheet[row * height + height // 2, column * width + width // 2] for row, column in ((0, 0), (0, 1), (1, 0))]
    assert [int(np.argmax(one)) for one in seen] == [0, 1, 2]


@pytest.mark.parametrize(("frames", "count"), [([noise(65, 33)], 10), ([noise(64, 48)] * 3, 3)])
def test_a_clip_is_h264_and_says_nothing(frames: list[NDArray[np.uint8]], count: int) -> None:
    data, size = clip_of(frames)
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == size
        assert size[0] % 2 == size[1] % 2 == 0
        assert len(list(container.decode(stream))) == count
        assert not [name for name in {**container.metadata, **stream.metadata} if "encoder" in name or "time" in name]
    assert b"x264" not in data
    assert b"Lavf" not in data
    assert data.find(b"moov") < data.find(b"mdat")  # readable while it arrives


def test_a_clip_inside_a_request_fits_whatever_it_shows() -> None:
    clip, size = small_clip_of([np.roll(noise(640, 360), 97 * number) for number in range(24)])
    assert len(clip) <= MOST_CLIP_BYTES
    assert max(size) < 640
