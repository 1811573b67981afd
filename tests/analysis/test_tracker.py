"""Things followed from frame to frame: how many there are, when, and through what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from engines.analysis.tracker import tracks_of
from engines.types import Box, Track

STEP_S = 1 / 6
WIDTH, HEIGHT = 0.2, 0.3

Way = Callable[[float], tuple[float, float] | None]  # where the middle is at a second; None: nowhere


def box(x: float, y: float, score: float = 0.9, label: str = "dog") -> Box:
    return Box(label, score, x - WIDTH / 2, y - HEIGHT / 2, WIDTH, HEIGHT, "yolov3-tiny")


def seen(ways: Sequence[Way], seconds: float, score: Callable[[float], float] = lambda time_s: 0.9) -> list[Track]:
    """What is made of things on their ways, each box a little off, as a detector has it."""
    random = np.random.default_rng(7)
    outlooks = []
    for time_s in np.arange(0, seconds, STEP_S).tolist():
        places = [place for way in ways if (place := way(time_s)) is not None]
        boxes = [box(x + random.normal(0, 0.01), y + random.normal(0, 0.01), score(time_s)) for x, y in places]
        outlooks.append((time_s, boxes))
    return list(tracks_of(outlooks))


def walk(start: float, speed: float, y: float = 0.5) -> Way:
    return lambda time_s: (start + speed * time_s, y)


def hidden(way: Way, start_s: float, end_s: float) -> Way:
    return lambda time_s: None if start_s <= time_s < end_s else way(time_s)


def test_each_thing_is_one_track() -> None:
    tracks = seen([walk(0.1, 0.1), walk(0.9, -0.1, 0.8), walk(0.5, 0.0, 0.15)], 4.0)
    assert [track.label for track in tracks] == ["dog"] * 3
    for track in tracks:
        assert track.start_s == 0.0
        assert track.end_s == pytest.approx(4.0 - STEP_S)
        assert track.seconds == pytest.approx(4.0, abs=0.05)


def test_two_that_cross_stay_two() -> None:
    tracks = seen([walk(0.1, 0.2), walk(0.9, -0.2)], 4.0)
    assert len(tracks) == 2
    assert all(track.seconds > 3.5 for track in tracks)


def test_one_hides_the_other_while_they_cross() -> None:
    """Of two boxes at one place a detector keeps one."""
    right, left = walk(0.1, 0.2), walk(0.9, -0.2)
    tracks = seen([right, hidden(left, 1.5, 2.5)], 4.0)
    assert len(tracks) == 2


@pytest.mark.parametrize(("absent_s", "count"), [(0.5, 1), (1.5, 1), (4.0, 2)])
def test_a_short_absence_is_forgiven_and_a_long_one_is_not(absent_s: float, count: int) -> None:
    assert len(seen([hidden(walk(0.2, 0.05), 2.0, 2.0 + absent_s)], 9.0)) == count


def test_the_seconds_of_an_absence_do_not_count() -> None:
    (track,) = seen([hidden(walk(0.2, 0.05), 2.0, 3.5)], 6.0)
    assert track.seconds == pytest.approx(5.0, abs=0.4)
    assert track.end_s - track.start_s == pytest.approx(6.0 - STEP_S, abs=0.1)


def test_a_thing_that_becomes_faint_goes_on() -> None:
    (track,) = seen([walk(0.2, 0.1)], 5.0, score=lambda time_s: 0.2 if 1 < time_s < 4 else 0.8)
    assert track.seconds == pytest.approx(5.0, abs=0.05)


def test_what_is_only_faint_is_nothing() -> None:
    assert seen([walk(0.2, 0.1)], 5.0, score=lambda time_s: 0.3) == []


def test_what_flashes_up_is_nothing() -> None:
    assert seen([hidden(hidden(walk(0.2, 0.1), 0.0, 2.0), 2.2, 9.0)], 5.0) == []


def test_a_fast_thing_is_one() -> None:
    """It moves its own width from one frame to the next."""
    assert len(seen([walk(-0.2, WIDTH / STEP_S * 0.9)], 1.4)) == 1


def test_another_kind_of_thing_is_another_track() -> None:
    outlooks = [(number * STEP_S, [box(0.5, 0.5), box(0.52, 0.5, label="cat")]) for number in range(12)]
    assert sorted(track.label for track in tracks_of(outlooks)) == ["cat", "dog"]


def test_the_best_box_is_kept_with_its_second() -> None:
    outlooks = [(number * STEP_S, [box(0.3 + 0.01 * number, 0.5, 0.95 if number == 5 else 0.7)]) for number in range(9)]
    (track,) = tracks_of(outlooks)
    assert (track.box.score, track.best_s) == (0.95, 5 * STEP_S)
    assert track.box.left + WIDTH / 2 == pytest.approx(0.35)


def test_nothing_goes_on_over_a_part_that_nobody_looked_at() -> None:
    early = [(number * STEP_S, [box(0.5, 0.5)]) for number in range(6)]
    late = [(60 + time_s, boxes) for time_s, boxes in early]
    assert len(tracks_of([*early, *late])) == 2


def test_a_crowd_is_counted() -> None:
    ways = [walk(0.15 + 0.23 * column, 0.01, 0.2 + 0.33 * row) for column in range(4) for row in range(3)]
    assert len(seen(ways, 3.0)) == 12


def test_things_that_never_meet_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    monkeypatch.setattr("engines.analysis.tracker._Following.is_double_of", lambda one, other: compared.append(one))
    outlooks = [
        (10.0 * number + STEP_S * frame, [box(0.5, 0.5, label=("bus", "truck")[number % 2])])
        for number in range(50)
        for frame in range(4)
    ]
    assert len(tracks_of(outlooks)) == 50
    assert len(compared) == 50, "each with itself"
