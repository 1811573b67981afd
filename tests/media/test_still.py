"""Single frames of films: exactly the one that is meant, whatever came before."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from engines.errors import MediaError
from engines.media.still import Still, let_go, still
from tests.make_film import make_numbered_film

TIMES = (0.0, 0.04, 0.08, 0.5, 0.52, 0.533, 1.2, 1.24, 1.28, 2.0, 2.04, 2.08, 3.0)  # s; uneven


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_numbered_film(tmp_path_factory.mktemp("stills") / "uneven.mp4", TIMES)


def _number(shown: Still) -> int:
    """Of the frame, by its brightness."""
    return round((float(np.frombuffer(shown.data, np.uint8).mean()) - 8) / 16)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_second_shows_the_frame_that_lasts_there(film: Path, backwards: bool) -> None:
    numbers = sorted(range(len(TIMES)), reverse=backwards)
    ends = (*TIMES[1:], TIMES[-1] + 0.04)
    for number in numbers:
        for time_s in (TIMES[number], (TIMES[number] + ends[number]) / 2):
            shown = still(str(film), time_s)
            assert _number(shown) == number
            assert shown.time_s == pytest.approx(TIMES[number], abs=0.001)


def test_steps_go_from_frame_to_frame_and_stop_at_the_ends(film: Path) -> None:
    there = [0]
    time_s = 0.0
    for steps in [1] * len(TIMES) + [-1] * len(TIMES) + [3, 3, -4]:
        shown = still(str(film), time_s, steps=steps)
        time_s = shown.time_s
        there.append(_number(shown))
    last = len(TIMES) - 1
    assert there == [*range(last + 1), last, *range(last - 1, -1, -1), 0, 3, 6, 2]


@pytest.mark.parametrize(
    ("number", "steps"), [(10, -1), (10, -3), (12, -1), (7, -1), (3, 3), (3, 6), (9, 1), (1, -1), (0, -1), (5, 20)]
)
def test_steps_reach_beyond_what_is_held(film: Path, monkeypatch: pytest.MonkeyPatch, number: int, steps: int) -> None:
    monkeypatch.setattr("engines.media.reel._KEPT_BYTES", 1)
    let_go()
    assert _number(still(str(film), TIMES[number], steps=steps)) == min(max(number + steps, 0), len(TIMES) - 1)


def test_the_first_seconds_of_a_broadcast_are_shown(tmp_path: Path) -> None:
    film = make_numbered_film(tmp_path / "broadcast.ts", TIMES, keyframes=6)
    let_go()
    assert [_number(still(str(film), TIMES[number])) for number in (2, 0, 7)] == [2, 0, 7]


def test_in_a_hurry_the_keyframe_before_is_shown(film: Path) -> None:
    assert _number(still(str(film), 1.29, is_hurried=True)) == 5


@pytest.mark.parametrize(
    "name", ["MVI_4823.AVI", "bird_vp9.webm", "geese_av1.mkv", "geese_h264.mp4", "gopher_vfr_portrait.mp4",
             "tablet_hevc_portrait.mov", "thermal_vfr.mp4"],
)  # fmt: skip
def test_a_frame_of_a_real_film_is_the_one_that_is_met_from_the_beginning(media_folder: Path, name: str) -> None:
    path = media_folder / "videos" / name
    with av.open(path) as container:
        stream = container.streams.video[0]
        start_s = (container.start_time or 0) / av.time_base
        known = [max(0.0, (frame.time or 0.0) - start_s) for frame in container.decode(stream)]
    places = np.random.default_rng(3).permutation(len(known))[:6].tolist()
    for place in places:
        shown = still(str(path), known[place], 64)
        assert shown.time_s == pytest.approx(known[place], abs=0.0005)
        assert max(shown.width, shown.height) == 64
        later = still(str(path), shown.time_s, 64, steps=1)
        assert later.time_s == pytest.approx(known[min(place + 1, len(known) - 1)], abs=0.0005)


def test_a_frame_tells_how_long_the_film_is_and_when_its_clock_begins(media_folder: Path, tmp_path: Path) -> None:
    shown = still(str(media_folder / "videos" / "multi_scene_h264.mp4"), 1.0, 64)
    assert shown.duration_s == pytest.approx(15.96)
    assert shown.begins_s == 0.0
    shown = still(str(make_numbered_film(tmp_path / "broadcast.ts", TIMES)), 1.0, 64)
    assert shown.begins_s > 0
    assert shown.time_s == pytest.approx(0.533, abs=0.001)


def test_what_is_turned_stands_upright(media_folder: Path) -> None:
    shown = still(str(media_folder / "videos" / "phone_portrait_gps.mov"), 1.0)
    assert (shown.width, shown.height) == (320, 568)


def test_no_film_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "no.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + b"no film at all" * 100)
    with pytest.raises(MediaError, match=r"no\.mp4 cannot be played"):
        still(str(path), 1.0)
