"""Never more than so many requests within any minute."""

from __future__ import annotations

import pytest

from engines.cancel import Cancelled, CancelToken
from engines.cloud.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_no_window_ever_holds_more() -> None:
    clock = Clock()
    pace = Pace(7, 60.0, clock=clock, sleep=clock.sleep)
    times = []
    for number in range(100):
        pace.wait(CancelToken())
        times.append(clock.now)
        clock.now += (number * 7919 % 13) / 2  # at odd moments
    assert max(sum(start <= one < start + 60 for one in times) for start in times) == 7


def test_the_pace_is_used_up() -> None:
    clock = Clock()
    pace = Pace(100, 60.0, clock=clock, sleep=clock.sleep)
    for _ in range(1000):
        pace.wait(CancelToken())
    assert 1000 / ((clock.now - 1000) / 60 + 1) >= 95


def test_what_was_sent_before_a_restart_counts() -> None:
    clock = Clock()
    pace = Pace(3, 60.0, ages_s=[10, 20, 50, 100, -5], clock=clock, sleep=clock.sleep)
    pace.wait(CancelToken())
    assert 10 <= clock.now - 1000 <= 12


def test_a_cancel_ends_the_waiting() -> None:
    pace, token = Pace(1), CancelToken()
    pace.wait(token)
    token.cancel()
    with pytest.raises(Cancelled):
        pace.wait(token)
