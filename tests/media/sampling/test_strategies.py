"""Strategies over footage that is made of numbers, and over films."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from engines.media.open_file import open_file
from engines.media.sampling.amounts import USUAL_PER_MINUTE
from engines.media.sampling.footage import FilmFootage
from engines.media.sampling.glance import Glance
from engines.media.sampling.strategies import (
    STRATEGIES,
    Sample,
    adaptive,
    keyframes,
    motion,
    uniform,
)
from tests.make_film import Scene, made_picture, make_film


@dataclass
class MadeFootage:
    """Shots of so many seconds, each a still of its own; a keyframe every second. asked: which parts were decoded."""

    shots: tuple[float, ...]
    sharp_s: frozenset[int] = frozenset()
    start_s: float = 0.0
    asked: list[tuple[float, float]] = field(default_factory=list)

    @property
    def end_s(self) -> float:
        return sum(self.shots)

    def keyframes(self, gap_s: float) -> Iterator[Glance]:
        for second in range(int(self.start_s), round(self.end_s), max(1, round(gap_s))):
            yield Glance(float(second), self._planes(second), is_key=True, sharpness=float(second in self.sharp_s))

    def keyframe_times(self, gap_s: float) -> Iterator[float]:
        yield from (float(second) for second in range(int(self.start_s), round(self.end_s), round(gap_s)))

    def frames(self, start_s: float, end_s: float) -> Iterator[Glance]:
        self.asked.append((start_s, end_s))
        for number in range(round(start_s * 10), round(end_s * 10)):
            yield Glance(number / 10, self._planes(number / 10))

    def _planes(self, time_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        shot = int(np.searchsorted(np.cumsum(self.shots), time_s + 1e-6))
        return np.random.default_rng(shot).integers(60, 80 + 60 * (shot % 3), (54, 64)).astype(np.uint8)


def test_uniform_decodes_nothing_to_know_its_times() -> None:
    footage = MadeFootage((5.0,))
    assert [sample.time_s for sample in uniform(footage, 60)] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert footage.asked == []


def test_uniform_goes_on_where_the_stretch_before_ended() -> None:
    whole = MadeFootage((20.0,))
    later = MadeFootage((20.0,), start_s=7.3)
    assert uniform(later, 60) == [sample for sample in uniform(whole, 60) if sample.time_s >= 7.3]


def test_keyframes_skip_the_rest() -> None:
    footage = MadeFootage((6.0,))
    assert [sample.time_s for sample in keyframes(footage, 30)] == [0.0, 2.0, 4.0]
    assert footage.asked == []


def test_motion_looks_where_much_changes() -> None:
    still, moving = MadeFootage((12.0,)), MadeFootage((6.0, 6.0))
    assert len(motion(still, 60)) == 1
    assert [round(sample.time_s) for sample in motion(moving, 60)] == [0, 6]


def test_adaptive_takes_the_sharpest_frame_of_each_shot_and_looks_closer_only_at_cuts() -> None:
    footage = MadeFootage((7.4, 6.1, 9.0), sharp_s=frozenset({2, 9, 20}))
    samples = adaptive(footage, 12)
    assert [sample.time_s for sample in samples] == [2.0, 9.0, 20.0]
    assert [sample.start_s for sample in samples] == pytest.approx([0.0, 7.4, 13.5], abs=0.11)
    assert [sample.end_s for sample in samples] == pytest.approx([7.4, 13.5, 22.5], abs=1.1)
    assert sum(end_s - start_s for start_s, end_s in footage.asked) <= 3.5


def test_adaptive_keeps_within_its_measure_and_drops_the_shortest_shots() -> None:
    footage = MadeFootage((1.0,) * 30 + (10.0,) * 3)
    samples = adaptive(footage, 12)
    assert len(samples) == 12
    assert sum(sample.seconds >= 9 for sample in samples) == 3


@pytest.mark.parametrize("keys", [25, None])
def test_adaptive_sees_every_shot_of_five_seconds_with_a_fifth_of_the_frames(tmp_path: Path, keys: int | None) -> None:
    random = np.random.default_rng(3)
    scenes = [Scene(made_picture(number), random.uniform(1.5, 9)) for number in range(12)]
    truth = make_film(tmp_path / "film.mp4", scenes, keyframes=keys)
    samples, _ = watched(tmp_path / "film.mp4", "adaptive")
    long = [(start_s, end_s) for start_s, end_s in truth.shots if end_s - start_s >= 5]
    assert all(any(start_s <= sample.time_s < end_s for sample in samples) for start_s, end_s in long)
    assert len(samples) <= 2 * truth.shots[-1][1] / 5


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_covers_a_real_film_in_order(media_folder: Path, name: str) -> None:
    samples, shown = watched(media_folder / "videos" / "multi_scene_h264.mp4", name)
    assert shown == [pytest.approx(sample.time_s, abs=0.1) for sample in samples]
    assert samples[0].start_s == 0
    for before, after in itertools.pairwise(samples):
        assert before.start_s < before.end_s <= after.start_s
        assert before.start_s <= before.time_s < before.end_s


def watched(path: Path, name: str) -> tuple[list[Sample], list[float | None]]:
    """What a strategy chooses, and the times of the pictures that are decoded for it."""
    file = open_file(str(path))
    assert file.header.video is not None
    footage = FilmFootage(file, 0.0, file.header.video.duration_s or 0.0, seconds=60)
    samples = STRATEGIES[name](footage, USUAL_PER_MINUTE[name])
    shown = [frame.time_s for frame in footage.pictures(file.header, [sample.time_s for sample in samples])]
    footage.close()
    return samples, shown
