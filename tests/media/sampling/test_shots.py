"""Shot boundaries: films whose truth is known, and the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engines.media.open_file import open_file
from engines.media.sampling.footage import FilmFootage
from engines.media.sampling.glance import Glance
from engines.media.sampling.shots import boundaries
from engines.media.sampling.strategies import looked_into
from tests.make_film import Scene, made_picture, make_film, real_picture

NEAR_S = 0.5
KINDS = ("cut", "fade", "dissolve")
ENCODERS = {
    "phone.mp4": ("libx264", 25),
    "edited.mp4": ("libx264", None),
    "camera.avi": ("mpeg4", 12),
    "web.webm": ("libvpx-vp9", None),
}
MULTI_SCENE = (3.0, 7.0, 10.0, 13.5)


def found_in(path: Path) -> list[float]:
    file = open_file(str(path))
    duration_s = file.header.video.duration_s if file.header.video else None
    footage = FilmFootage(file, 0.0, duration_s or 0.0, seconds=60)
    try:
        return boundaries(list(looked_into(footage)))
    finally:
        footage.close()


def hits(found: Sequence[float], truth: Sequence[float]) -> int:
    """How many true boundaries have a found one near, each for itself."""
    left = list(found)
    count = 0
    for time_s in truth:
        near = min(left, key=lambda one: abs(one - time_s), default=None)
        if near is not None and abs(near - time_s) <= NEAR_S:
            left.remove(near)
            count += 1
    return count


def f1(pairs: Sequence[tuple[Sequence[float], Sequence[float]]]) -> float:
    """Of found and true boundaries of several films."""
    right = sum(hits(found, truth) for found, truth in pairs)
    return 2 * right / sum(len(found) + len(truth) for found, truth in pairs)


def made_scenes(seed: int, count: int = 8) -> list[Scene]:
    random = np.random.default_rng(seed)
    return [
        Scene(made_picture(100 * seed + number), float(random.uniform(2, 6)), KINDS[random.integers(len(KINDS))])
        for number in range(count)
    ]


@pytest.mark.parametrize("name", ENCODERS)
def test_cuts_of_made_scenes_are_found_whatever_the_encoder(tmp_path: Path, name: str) -> None:
    codec, keyframes = ENCODERS[name]
    scenes = [Scene(made_picture(number), 2.0 + 0.7 * (number % 4)) for number in range(8)]
    fast = {"cpu-used": "8", "deadline": "realtime"} if codec == "libvpx-vp9" else {}
    truth = make_film(tmp_path / name, scenes, codec=codec, keyframes=keyframes, options=fast)
    assert f1([(found_in(tmp_path / name), truth.boundaries)]) >= 0.9


def test_boundaries_of_real_photos_are_found(tmp_path: Path, media_folder: Path) -> None:
    photos = [real_picture(path) for path in sorted((media_folder / "photos").glob("coco_*.jpg"))]
    random = np.random.default_rng(5)
    pairs = []
    for number in range(3):
        chosen = [photos[place] for place in random.permutation(len(photos))[:10]]
        scenes = [Scene(photo, random.uniform(2.5, 6), KINDS[random.integers(3)], 0.8) for photo in chosen]
        path = tmp_path / f"{number}.mp4"
        truth = make_film(path, scenes, keyframes=(25, 250, None)[number])
        pairs.append((found_in(path), truth.boundaries))
    assert f1(pairs) >= 0.9


def test_the_cuts_of_a_real_film_are_found(media_folder: Path) -> None:
    found = found_in(media_folder / "videos" / "multi_scene_h264.mp4")
    assert hits(found, MULTI_SCENE) == len(found) == len(MULTI_SCENE)


@pytest.mark.parametrize("name", ["bird_h264.mp4", "geese_av1.mkv", "phone_portrait_gps.mov", "MVI_4823.AVI"])
def test_a_film_of_one_shot_has_no_boundary(media_folder: Path, name: str) -> None:
    assert found_in(media_folder / "videos" / name) == []


def still(seed: int, first_s: float, count: int, light: float = 1.0) -> list[Glance]:
    """Frames, 25 a second, of one picture that never moves."""
    random = np.random.default_rng(seed)
    planes = (random.integers(0, 256, (54, 64)) * light).astype(np.uint8)
    return [Glance(first_s + number / 25, planes) for number in range(count)]


def test_a_flash_is_no_shot() -> None:
    flash = [Glance(2.0, np.full((54, 64), 250, np.uint8)), Glance(2.04, np.full((54, 64), 240, np.uint8))]
    assert boundaries([*still(1, 0.0, 50), *flash, *still(1, 2.08, 50)]) == []


def test_a_dip_to_black_within_a_shot_is_no_boundary() -> None:
    black = [Glance(2.0 + number / 25, np.zeros((54, 64), np.uint8)) for number in range(10)]
    assert boundaries([*still(1, 0.0, 50), *black, *still(1, 2.4, 50)]) == []


def test_black_between_two_shots_is_one_boundary_in_its_middle() -> None:
    black = [Glance(2.0 + number / 25, np.full((54, 64), 128, np.uint8)) for number in range(11)]
    found = boundaries([*still(1, 0.0, 50), *black, *still(9, 2.44, 50, light=0.5)])
    assert found == [pytest.approx(2.2)]


def test_a_film_without_a_picture_has_no_boundary() -> None:
    assert boundaries([]) == []
