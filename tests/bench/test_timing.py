"""Percentiles and medians of times."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engines.bench import timing
from engines.bench.timing import median_seconds, percentile, timed


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1), (1, 1), (50, 50), (50.5, 51), (95, 95), (99, 99), (99.5, 100), (100, 100)]
)
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(percent: float, value: float) -> None:
    hundred = [float(number) for number in range(100, 0, -1)]
    assert percentile(hundred, percent) == value


def test_every_percentile_of_one_value_is_that_value() -> None:
    assert {percentile([4.0], percent) for percent in (0, 50, 99, 100)} == {4.0}


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The times that the clock shows, one after the other."""
    times: list[float] = []
    monkeypatch.setattr(timing, "perf_counter", lambda: times.pop(0))
    return times


def test_work_is_timed_from_its_start_to_its_end(clock: list[float]) -> None:
    clock += [10.0, 12.5]
    assert timed(lambda: "done") == (2.5, "done")


def test_one_slow_moment_does_not_change_the_median(clock: list[float]) -> None:
    clock += [0.0, 1.0, 1.0, 101.0, 101.0, 103.0]
    done: Iterator[int] = iter(range(3))
    assert median_seconds(3, lambda: next(done)) == 2.0
