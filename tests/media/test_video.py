"""Videos: what they are, and the frame that stands for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.errors import MediaError
from engines.media.open_file import open_file
from engines.types import State
from tests.make_media import CORNERS, corners_of, make_motion_jpeg, make_photo, make_pixels, make_sound, make_video
from tests.media.conftest import OpenBytes
from tests.media.labels import upright_sizes
from tests.media.test_formats import VIDEOS

BLACK = np.zeros((48, 64, 3), np.uint8)


def distance_to_corners(pixels: NDArray[np.uint8]) -> int:
    return int(np.abs(np.array(corners_of(pixels)) - np.array(CORNERS)).max())


@pytest.mark.parametrize(("container", "codec", "name"), VIDEOS)
def test_a_frame_comes_out_of_every_container(open_bytes: OpenBytes, container: str, codec: str, name: str) -> None:
    file = open_bytes(make_video(container=container, codec=codec, fps=25))
    assert distance_to_corners(file.frame.pixels) < 16
    assert (file.format.name, file.frame.width, file.frame.height) == (name, 64, 48)


def test_the_header_has_what_only_a_video_has(open_bytes: OpenBytes) -> None:
    video = open_bytes(make_video(container="avi", sound=True)).header.video
    assert video is not None
    assert (video.codec, video.audio_codec, video.fps, video.rotation_deg) == ("mpeg4", "mp2", 10.0, 0)
    assert video.duration_s == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("clockwise_deg", "orientation", "upright"), [(90, 6, (48, 64)), (180, 3, (64, 48)), (270, 8, (48, 64))]
)
def test_the_display_matrix_is_obeyed(
    open_bytes: OpenBytes, clockwise_deg: int, orientation: int, upright: tuple[int, int]
) -> None:
    file = open_bytes(make_video(clockwise_deg=clockwise_deg))
    assert file.header.video is not None
    assert (file.header.orientation, file.header.video.rotation_deg) == (orientation, clockwise_deg)
    assert (file.frame.width, file.frame.height) == upright
    turned = np.rot90(make_pixels(), -clockwise_deg // 90)
    assert np.abs(np.array(corners_of(file.frame.pixels)) - np.array(corners_of(turned))).max() < 16


def test_pixels_wider_than_high_are_stretched(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_video(aspect=Fraction(4, 3)))
    assert (file.header.stored_width, file.frame.width, file.frame.pixels.shape) == (64, 85, (48, 85, 3))


def test_a_black_beginning_is_passed_over(open_bytes: OpenBytes) -> None:
    file = open_bytes(make_video(pictures=[BLACK] * 30 + [make_pixels()] * 30))
    assert distance_to_corners(file.frame.pixels) < 40
    assert file.frame.time_s is not None
    assert 2.9 < file.frame.time_s < 6


def test_the_moment_of_the_frame_is_known(open_bytes: OpenBytes) -> None:
    brighter_and_brighter = [np.full((48, 64, 3), number, np.uint8) for number in range(250)]
    for pixels in brighter_and_brighter:
        pixels[:, :32] = 255
    frame = open_bytes(make_video(pictures=brighter_and_brighter)).frame
    assert frame.time_s == pytest.approx(2.4)  # the last keyframe before a tenth of 25 seconds
    assert int(frame.pixels[24, 50, 0]) == pytest.approx(24, abs=4)


def test_a_video_of_nothing_but_black_still_has_a_frame(open_bytes: OpenBytes) -> None:
    assert open_bytes(make_video(pictures=[BLACK] * 20)).frame.pixels.max() < 16


def test_a_video_of_one_picture_has_a_frame(open_bytes: OpenBytes) -> None:
    assert distance_to_corners(open_bytes(make_video(pictures=[make_pixels()])).frame.pixels) < 16


def test_exif_in_the_pictures_of_a_motion_jpeg_turns_them(open_bytes: OpenBytes) -> None:
    """PyAV does not know the kind of side data that FFmpeg 8 makes of it, and raises when asked for any."""
    file = open_bytes(make_motion_jpeg(make_photo((64, 48), orientation=6)))
    assert file.header.video is not None
    assert file.header.video.rotation_deg == 90
    assert distance_to_corners(file.frame.pixels) < 16


def test_sound_without_pictures_is_unsupported(open_bytes: OpenBytes) -> None:
    with pytest.raises(MediaError, match=r"song\.mp4 holds sound but no pictures") as caught:
        _ = open_bytes(make_sound(), "song.mp4").header
    assert caught.value.state is State.UNSUPPORTED


def test_a_film_without_its_index_is_corrupt(open_bytes: OpenBytes) -> None:
    data = make_video()
    with pytest.raises(MediaError, match="cannot be played") as caught:
        _ = open_bytes(data[: data.index(b"moov")]).frame
    assert caught.value.state is State.CORRUPT


def test_a_film_cut_short_says_how_much_can_be_played(media_folder: Path) -> None:
    file = open_file(str(media_folder / "bad/video_truncated_faststart.mp4"))
    assert file.damage is not None
    assert file.damage.text.endswith("is cut short: only its first 5.5 seconds can be played.")


def noisy_pictures() -> Iterator[NDArray[np.uint8]]:
    random = np.random.default_rng(7)
    yield from (random.integers(0, 255, (48, 64, 3), dtype=np.uint8) for _ in range(30))


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.99])
@pytest.mark.parametrize(
    ("container", "codec"), [("matroska", "mpeg4"), ("avi", "mpeg4"), ("mpegts", "mpeg2video"), ("flv", "flv1")]
)
def test_what_plays_of_a_stream_cut_short_is_shown(
    open_bytes: OpenBytes, container: str, codec: str, share: float
) -> None:
    data = make_video(container=container, codec=codec, pictures=noisy_pictures(), fps=25)
    assert open_bytes(data[: int(len(data) * share)]).frame.pixels.std() > 20


def test_colours_survive(open_bytes: OpenBytes) -> None:
    high = open_bytes(make_video((1280, 720), pictures=[make_pixels((1280, 720))] * 3, codec="mpeg4"))
    assert high.frame.pixels.shape == (576, 1024, 3)


def test_every_real_video_has_its_upright_size(media_folder: Path) -> None:
    sizes = upright_sizes(media_folder, "videos")
    frames = {name: open_file(str(media_folder / name)).frame for name in sizes}
    assert {name: (frame.width, frame.height) for name, frame in frames.items()} == sizes


def test_every_real_videos_frame_shows_something(media_folder: Path) -> None:
    names = upright_sizes(media_folder, "videos")
    assert min(open_file(str(media_folder / name)).frame.pixels.std() for name in names) > 12
