"""Stretches of real films, as a worker looks at them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from engines.analysis import squares
from engines.analysis.phases import chosen
from engines.analysis.worker import examine, frames_at_once
from engines.media.open_file import open_file
from engines.media.times import mtime_ns
from engines.types import FilmTask, Phase, Sampling, Stretch, Wanted, Watched
from tests.make_film import Scene, made_picture, make_film

PHASES = ("objects",)


def watch(path: Path, start_s: float, sampling: Sampling) -> Watched:
    status = os.stat(path)
    size = squares.bytes_of(squares.seen_by(chosen(PHASES)))
    slot = np.zeros(size * frames_at_once(size), np.uint8)
    wanted = Wanted(
        1,
        str(path),
        status.st_size,
        mtime_ns(status),
        PHASES,
        digest=open_file(str(path)).content.digest,
        stretch=Stretch(start_s, sampling),
    )
    watched = examine(wanted, slot).watched
    assert watched is not None
    places = [slot[number * size : (number + 1) * size].any() for number in range(frames_at_once(size))]
    assert places == [number < len(watched.frames) for number in range(len(places))]
    return watched


def test_a_frame_that_lasts_is_looked_at_once_and_stands_for_all_its_time(tmp_path: Path) -> None:
    """Such are slide shows and recordings of screens; a second answer about one frame would never be waited out."""
    path = tmp_path / "film.mp4"
    scenes = [Scene(made_picture(number), 4.0) for number in range(3)]
    make_film(path, scenes, fps=1, keyframes=100, options={"bf": "0"})
    found, start_s = [], 0.0
    while True:
        watched = watch(path, start_s, Sampling("uniform", 240))
        assert len({frame.time_s for frame in watched.frames}) == len(watched.frames)
        found += [(frame.start_s, frame.time_s, frame.end_s) for frame in watched.frames]
        if watched.through_s is None:
            break
        assert watched.through_s > start_s
        start_s = watched.through_s
    times = [time_s for _, time_s, _ in found]
    assert sorted(set(times)) == list(range(12))
    assert max(end_s for *_, end_s in found) >= 11.25


def test_a_film_is_followed_frame_by_frame_without_gaps(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    make_film(path, [Scene(made_picture(1), 12.0)], fps=10, keyframes=30, options={"bf": "0"})
    detector = Phase("tracks", 1, networks=("yolov3-tiny",))
    size = squares.bytes_of(detector.networks)
    room = frames_at_once(size, FilmTask.FOLLOW)
    slot = np.zeros(size * room, np.uint8)
    status = path.stat()
    digest, start_s = open_file(str(path)).content.digest, 1.05
    times: list[float] = []
    while start_s < 10.9:
        stretch = Stretch(start_s, Sampling("uniform", 360), FilmTask.FOLLOW, end_s=10.9)
        wanted = Wanted(1, str(path), status.st_size, mtime_ns(status), ("tracks",), digest=digest, stretch=stretch)
        watched = examine(wanted, slot).watched
        assert watched is not None
        assert watched.through_s is not None
        assert 0 < len(watched.frames) <= room
        times += [frame.time_s for frame in watched.frames]
        start_s = watched.through_s
    assert start_s == 10.9
    assert times == sorted(set(times))
    assert [round(time_s, 3) for time_s in (times[0], times[-1])] == [1.2, 10.9]
    assert max(np.diff(times)) <= 0.2 + 1e-6
