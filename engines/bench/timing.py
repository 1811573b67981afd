"""Times that mean something on a computer where other programs run too: repeated, and summed up by their order."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TypeVar

_Outcome = TypeVar("_Outcome")


def timed(work: Callable[[], _Outcome]) -> tuple[float, _Outcome]:
    """How many seconds the work took, and what came of it."""
    started = perf_counter()
    outcome = work()
    return perf_counter() - started, outcome


@dataclass(frozen=True, slots=True)
class Took:
    """ms: what a person waits. processor_ms: without what other programs had of the processor meanwhile."""

    ms: float
    processor_ms: float


def took_by(work: Callable[[], _Outcome]) -> tuple[Took, _Outcome]:
    """What the work took, and what came of it."""
    started = process_time()
    seconds, outcome = timed(work)
    return Took(1000 * seconds, 1000 * (process_time() - started)), outcome


def median_seconds(times: int, work: Callable[[], object]) -> float:
    """The middle one of several times, which one slow moment does not change."""
    return statistics.median(timed(work)[0] for _ in range(times))


def percentile(values: Sequence[float], percent: float) -> float:
    """The least of the values that at least so many percent of them do not exceed (nearest rank).

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values")
    rank = math.ceil(percent / 100 * len(values))
    return sorted(values)[max(rank, 1) - 1]
