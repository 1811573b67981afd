"""How fast, and how long still."""

from __future__ import annotations

import pytest

from engines.analysis.pace import Pace


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_said_before_something_is_known() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert (pace.per_second, pace.seconds_left(10)) == (0.0, None)
    pace.note(0)
    clock.now += 1
    pace.note(5)
    assert (pace.per_second, pace.seconds_left(10)) == (0.0, None)


def test_the_last_half_minute_counts() -> None:
    clock = Clock()
    pace = Pace(clock)
    done = 0
    for second in range(100):
        done += 100 if second < 50 else 2
        pace.note(done)
        clock.now += 1
    assert pace.per_second == pytest.approx(2.0)
    assert pace.seconds_left(done + 20) == pytest.approx(10.0)


def test_another_stage_starts_anew() -> None:
    clock = Clock()
    pace = Pace(clock)
    for done in (0, 5000, 0):
        pace.note(done)
        clock.now += 3
    pace.note(30)
    assert pace.per_second == pytest.approx(10.0)
