"""What frames of a film say together."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.analysis.moments import moments_of, of_film
from engines.types import Box, Glimpse, Sighting, Tag

SOURCES = {"objects": "yolo", "labels": "lite", "meaning": "lite"}
DOG, BEACH = np.eye(8, dtype=np.float32)[:2]


def glimpse(
    start_s: float,
    vector: NDArray[np.float32] | None = DOG,
    *names: str,
    quality: float = 0.5,
    boxes: int = 0,
    score: float = 0.8,
    seconds: float = 2.0,
) -> Glimpse:
    """A frame in the middle of its seconds."""
    tags = {"objects": tuple(Tag(name, score, "yolo", boxes or 1) for name in names)} if names else {}
    there = tuple(Box("dog", 0.9, 0.1 * number, 0, 0.1, 0.1, "yolo") for number in range(boxes))
    seen = (Sighting(7, score),) if names else ()
    return Glimpse(start_s + seconds / 2, start_s, start_s + seconds, quality, tags, there, seen, vector)


def test_neighbours_that_show_the_same_are_one_moment() -> None:
    found = moments_of([glimpse(0), glimpse(2), glimpse(4, BEACH), glimpse(6)])
    assert [(moment.start_s, moment.end_s) for moment in found] == [(0, 4), (4, 6), (6, 8)]


def test_a_gap_that_nobody_looked_into_ends_a_moment() -> None:
    assert [(one.start_s, one.end_s) for one in moments_of([glimpse(0), glimpse(9)])] == [(0, 2), (9, 11)]


def test_frames_in_which_nothing_is_seen_are_moments_too() -> None:
    found = moments_of([glimpse(0, None), glimpse(2, None), glimpse(4)])
    assert [(moment.start_s, moment.end_s, moment.vector is None) for moment in found] == [(0, 4, True), (4, 6, False)]


def test_the_best_frame_is_a_good_one_that_shows_what_the_moment_shows() -> None:
    (moment,) = moments_of([*(glimpse(2 * number) for number in range(5)), glimpse(10, quality=0.6)])
    assert (moment.time_s, moment.quality) == (11.0, 0.6)
    odd = (DOG + 0.45 * BEACH) / np.linalg.norm(DOG + 0.45 * BEACH)
    (moment,) = moments_of([*(glimpse(2 * number) for number in range(5)), glimpse(10, odd, quality=0.55)])
    assert moment.time_s < 11.0


def test_a_tag_has_the_share_of_the_time_and_the_largest_count_in_one_frame() -> None:
    (moment,) = moments_of([glimpse(0, DOG, "dog", boxes=1), glimpse(2, DOG, "dog", boxes=3), glimpse(4)])
    (tag,) = moment.tags["objects"]
    assert (tag.name, tag.count) == ("dog", 3)
    assert tag.share == pytest.approx(2 / 3, abs=0.001)
    assert moment.sightings == (Sighting(7, 0.8),)


def test_the_film_has_the_tags_of_its_moments_by_how_long_and_how_sure() -> None:
    glimpses = [glimpse(0, DOG, "dog", boxes=2, score=0.9), glimpse(2, BEACH, "beach"), glimpse(4, BEACH, "beach")]
    found = of_film(glimpses, moments_of(glimpses), SOURCES)
    tags = {tag.name: tag for tag in found["objects"].tags}
    assert (tags["dog"].score, tags["dog"].count) == (0.9, 2)
    assert tags["dog"].share == pytest.approx(1 / 3, abs=0.001)
    assert tags["beach"].share == pytest.approx(2 / 3, abs=0.001)
    assert found["objects"].facts["object_count"].value == 2


def test_one_unsure_glance_of_many_gives_the_film_no_tag() -> None:
    glimpses = [glimpse(2 * number, DOG, *(("cat",) if number == 7 else ("dog",)), score=0.5) for number in range(40)]
    found = of_film(glimpses, moments_of(glimpses), SOURCES)
    assert [tag.name for tag in found["objects"].tags] == ["dog"]


def test_the_vector_of_a_film_is_the_middle_of_what_it_shows() -> None:
    glimpses = [glimpse(0), glimpse(2, BEACH)]
    found = of_film(glimpses, moments_of(glimpses), SOURCES)["meaning"]
    assert found.vector is not None
    assert found.vector[:2] == pytest.approx([0.707, 0.707], abs=0.001)
    assert list(found.vectors_at) == [1.0, 3.0]


def test_a_film_of_which_nothing_was_seen_has_no_moments() -> None:
    assert moments_of([]) == ()
