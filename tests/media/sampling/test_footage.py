"""Footage of real and damaged films."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from engines.media.open_file import open_file
from engines.media.sampling.footage import FilmFootage
from tests.make_film import Scene, made_picture, make_film
from tests.make_media import make_video
from tests.media.conftest import OpenBytes


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Eight seconds, a keyframe every second."""
    make_film(tmp_path / "film.mp4", [Scene(made_picture(1), 4.0), Scene(made_picture(2), 4.0)], keyframes=25)
    return tmp_path / "film.mp4"


def test_only_keyframes_are_decoded_where_only_they_are_asked_for(film: Path) -> None:
    footage = FilmFootage(open_file(str(film)), 0.0, 100.0, seconds=60)
    assert [glance.time_s for glance in footage.keyframes(0.5)] == pytest.approx([0, 1, 2, 3, 4, 5, 6, 7])
    assert (footage.decoded, footage.is_over) == (8, True)
    footage.close()


@pytest.mark.parametrize("suffix", [".mp4", ".ts"])
def test_keyframes_of_a_part_have_their_own_times_from_the_first_on(tmp_path: Path, suffix: str) -> None:
    film = tmp_path / f"film{suffix}"
    make_film(film, [Scene(made_picture(1), 6.0)], keyframes=25, options={"bf": "2"})
    footage = FilmFootage(open_file(str(film)), 0.0, 4.0, seconds=60)
    assert [glance.time_s for glance in footage.keyframes(0.5)] == pytest.approx([0, 1, 2, 3], abs=0.001)
    assert list(footage.keyframe_times(0.5)) == pytest.approx([0, 1, 2, 3], abs=0.001)
    footage.close()


def test_a_part_is_decoded_from_the_keyframe_before_it_to_its_end(film: Path) -> None:
    footage = FilmFootage(open_file(str(film)), 0.0, 8.0, seconds=60)
    times = [glance.time_s for glance in footage.frames(5.0, 6.0)]
    assert [times[0], times[-1]] == pytest.approx([5.0, 5.96])
    assert footage.decoded <= 30
    assert not footage.is_over
    footage.close()


def test_pictures_are_those_of_their_seconds(film: Path) -> None:
    file = open_file(str(film))
    footage = FilmFootage(file, 0.0, 8.0, seconds=60)
    frames = list(footage.pictures(file.header, [0.0, 3.48, 4.0, 7.0]))
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 3.48, 4.0, 7.0], abs=0.1)
    assert np.abs(frames[0].pixels.mean((0, 1)) - frames[1].pixels.mean((0, 1))).max() < 12
    assert np.abs(frames[1].pixels.mean((0, 1)) - frames[2].pixels.mean((0, 1))).max() > 12
    assert frames[0].pixels.shape == (180, 320, 3)
    footage.close()


def test_when_the_time_is_over_the_footage_ends(film: Path) -> None:
    footage = FilmFootage(open_file(str(film)), 0.0, 8.0, seconds=-1)
    assert list(footage.keyframes(0.5)) == []
    assert (footage.out_of_time, footage.is_over) == (True, False)
    footage.close()


def test_pictures_have_time_of_their_own(film: Path) -> None:
    """Else a film whose frames are slow to decode would never come further."""
    file = open_file(str(film))
    footage = FilmFootage(file, 0.0, 8.0, seconds=0.3)
    first = next(footage.frames(0.0, 8.0))
    time.sleep(0.4)
    assert list(footage.frames(0.0, 8.0)) == []
    assert footage.out_of_time
    assert [frame.time_s for frame in footage.pictures(file.header, [first.time_s])] == [first.time_s]
    footage.close()


@pytest.mark.parametrize("container", ["mpegts", "flv", "matroska", "avi"])
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_film_cut_short_gives_what_it_holds(open_bytes: OpenBytes, container: str, share: float) -> None:
    codec = {"mpegts": "mpeg2video", "flv": "flv1"}.get(container, "mpeg4")
    pictures = [np.roll(made_picture(3)[:48, :64], number, axis=1) for number in range(100)]
    data = make_video(container=container, codec=codec, pictures=pictures, fps=25)
    footage = FilmFootage(open_bytes(data[: int(len(data) * share)]), 0.0, 4.0, seconds=60)
    times = [glance.time_s for glance in footage.frames(0.0, 4.0)]
    assert footage.is_over
    assert 0.3 < times[-1] < 4.0
    assert times == sorted(times)
    footage.close()


def test_keyframes_are_decoded_with_little_beside_them(film: Path) -> None:
    file = open_file(str(film))
    footage = FilmFootage(file, 0.0, 8.0, seconds=60)
    times = list(footage.keyframe_times(2.0))
    assert times == pytest.approx([0, 2, 4, 6])
    assert footage.decoded == 0
    frames = list(footage.pictures(file.header, times))
    assert [frame.time_s for frame in frames] == pytest.approx(times)
    assert footage.decoded <= 4 * len(times)
    footage.close()


def test_a_stretch_without_another_keyframe_behind_it_is_not_the_film_s_end(tmp_path: Path) -> None:
    make_film(tmp_path / "film.mp4", [Scene(made_picture(1), 8.0)], keyframes=10_000)
    footage = FilmFootage(open_file(str(tmp_path / "film.mp4")), 0.0, 4.0, seconds=60)
    assert [glance.time_s for glance in footage.keyframes(0.5)] == pytest.approx([0])
    assert not footage.is_over
    footage.close()
