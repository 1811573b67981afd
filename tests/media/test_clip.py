"""Clips: the packets of the film from a keyframe on, in a file that was not there before."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import pytest

from engines.cancel import Cancelled, CancelToken
from engines.errors import EngineError, LibraryError, MediaError
from engines.media.clip import Cut, keyframe_before, write_clip
from engines.media.film import orientation_of
from tests.make_film import make_numbered_film


def _packets(path: Path) -> list[bytes]:
    """Of the pictures."""
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]


def _shown(path: Path) -> list[float]:
    """When its frames are shown."""
    with av.open(path) as container:
        return [frame.time or 0.0 for frame in container.decode(container.streams.video[0])]


@pytest.mark.parametrize(
    ("name", "start_s", "end_s", "begins_s", "has_sound"),
    [
        ("multi_scene_h264.mp4", 8.0, 11.0, 7.04, False),
        ("multi_scene_h264.mp4", 3.0, 7.04, 3.0, False),
        ("phone_portrait_gps.mov", 2.5, 3.5, 2.002, True),
        ("geese_av1.mkv", 1.0, 2.0, 0.007, True),
        ("MVI_4823.AVI", 1.0, 2.0, 1.0, True),
        ("bird_vp9.webm", 1.0, 2.0, 0.0, False),
    ],
)
def test_a_clip_has_the_packets_of_the_film_from_a_keyframe_on(
    media_folder: Path, tmp_path: Path, name: str, start_s: float, end_s: float, begins_s: float, has_sound: bool
) -> None:
    film = media_folder / "videos" / name
    cut, told = Cut(str(film), start_s, end_s), [0.0]
    clip = tmp_path / f"clip{cut.suffix}"
    written = write_clip(cut, clip, tell=told.append)
    assert cut.suffix == film.suffix.lower()
    assert written.start_s == pytest.approx(begins_s, abs=0.034)
    assert written.end_s == pytest.approx(end_s, abs=0.1)
    assert set(_packets(clip)) <= set(_packets(film))
    wanted = [time_s - written.start_s for time_s in _shown(film) if written.start_s - 0.002 <= time_s < end_s - 0.002]
    assert _shown(clip)[: len(wanted)] == pytest.approx(wanted, abs=0.002)
    assert len(_shown(clip)) <= len(wanted) + 2, "nearly nothing of what comes after it"
    assert told == sorted(told)
    assert list(tmp_path.iterdir()) == [clip]
    with av.open(clip) as container:
        assert bool(container.streams.audio) is has_sound
        assert container.duration == pytest.approx(1e6 * (written.end_s - written.start_s), abs=2e5)


@pytest.mark.parametrize("suffix", [".ts", ".mkv", ".mp4", ".flv"])
@pytest.mark.parametrize(
    ("start_s", "frames"), [(1.0, [5, 6, 7, 8]), (0.3, [0, 1, 2, 3, 4, 5]), (1.3, [5, 6, 7, 8, 9])]
)
def test_a_clip_holds_all_that_was_asked_for_whatever_holds_the_film(
    tmp_path: Path, suffix: str, start_s: float, frames: list[int]
) -> None:
    times = [number * 0.2 for number in range(15)]
    film = make_numbered_film(tmp_path / f"film{suffix}", times)
    cut = Cut(str(film), start_s, times[frames[-1]] + 0.1)
    clip = tmp_path / f"clip{cut.suffix}"
    assert write_clip(cut, clip).start_s == pytest.approx(times[frames[0]], abs=0.002)
    shown = _shown(clip)
    assert [time_s - shown[0] for time_s in shown] == pytest.approx([0.2 * n for n in range(len(frames))], abs=0.002)


def test_a_clip_is_turned_and_dated_as_the_film(media_folder: Path, tmp_path: Path) -> None:
    film, clip = media_folder / "videos" / "phone_portrait_gps.mov", tmp_path / "clip.mov"
    write_clip(Cut(str(film), 2.5, 3.5), clip)
    told = []
    for path in (film, clip):
        with av.open(path) as container:
            frame = next(container.decode(container.streams.video[0]))
            tags = ("creation_time", "com.apple.quicktime.location.ISO6709")
            told.append((orientation_of(frame), *(container.metadata[tag] for tag in tags)))
    assert told[0] == told[1]
    assert told[0][0] == 6


def test_where_a_clip_begins_is_known_before_it_is_cut(media_folder: Path) -> None:
    path = str(media_folder / "videos" / "multi_scene_h264.mp4")
    assert keyframe_before(path, 9.9) == pytest.approx(7.04)


def test_a_file_that_is_there_is_never_written_over(media_folder: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"precious")
    cut = Cut(str(media_folder / "videos" / "multi_scene_h264.mp4"), 3.0, 5.0)
    with pytest.raises(LibraryError, match="there already"):
        write_clip(cut, clip)
    clip.unlink()
    with pytest.raises(LibraryError, match="there already"):
        write_clip(cut, clip, tell=lambda share: print(clip.write_bytes(b"came meanwhile")))
    assert clip.read_bytes() == b"came meanwhile"
    assert list(tmp_path.iterdir()) == [clip]


def test_a_clip_that_is_stopped_leaves_nothing_behind(media_folder: Path, tmp_path: Path) -> None:
    token = CancelToken()
    cut = Cut(str(media_folder / "videos" / "multi_scene_h264.mp4"), 0.0, 15.0)
    with pytest.raises(Cancelled):
        write_clip(cut, tmp_path / "clip.mp4", token=token, tell=lambda share: token.cancel())
    assert list(tmp_path.iterdir()) == []


def test_faults_are_told_in_a_sentence(media_folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\0\0\0\x18ftypmp42" + b"no film at all" * 100)
    with pytest.raises(MediaError, match=r"broken\.mp4 cannot be played"):
        write_clip(Cut(str(broken), 0.0, 1.0), tmp_path / "clip.mp4")
    film = tmp_path / "film.webm"
    shutil.copyfile(media_folder / "videos" / "multi_scene_h264.mp4", film)
    for target in (tmp_path / "nowhere" / "clip.mp4", tmp_path / "clip.webm"):  # WebM holds no H.264
        with pytest.raises(EngineError, match="could not be written"):
            write_clip(Cut(str(film), 0.0, 1.0), target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.mp4", "film.webm"]
