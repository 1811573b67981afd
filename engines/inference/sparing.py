"""Keeps batches as large as the memory allows: halves them when it runs out, and lets them grow again later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.inference.catalogue import Card
from engines.inference.runner import Arrays, OutOfMemory, Runner, batch_of

UNKNOWN = 16  # pictures at once where nobody can say how much memory there is
_CALM = 50  # batches in a row without want, after which twice as many pictures are tried

MemoryUsed = Callable[[], int | None]  # bytes of the device that this program holds; None where nobody knows

log = logging.getLogger(__name__)


class SparingRunner:
    """Another runner, given no more pictures at once than it has memory for; fulfils `Runner`.

    limit: pictures at once, for now; at the start what was chosen, else what `fit` says of the loaded runner. `run`
    raises OutOfMemory only when a single picture is too much.
    """

    def __init__(self, runner: Runner, limit: int | None = None, fit: Callable[[Runner], int] | None = None) -> None:
        self._runner = runner
        self._fit = fit
        self._most = min(limit or UNKNOWN, runner.card.batch_limit)
        self.limit = self._most
        self._calm = 0

    @property
    def card(self) -> Card:
        return self._runner.card

    @property
    def precision(self) -> str:
        return self._runner.precision

    def load(self) -> None:
        self._runner.load()
        if self._fit is not None:
            self._most = self.limit = self._fit(self._runner)

    def free(self) -> None:
        self._runner.free()

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        batch = batch_of(inputs, self.card)
        parts, start = [], 0
        while start < batch:
            end = min(batch, start + self.limit)
            try:
                parts.append(self._runner.run({name: array[start:end] for name, array in inputs.items()}))
            except OutOfMemory:
                if end - start == 1:
                    raise
                self._shrink(end - start)
                continue
            self._note(end - start)
            start = end
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _shrink(self, tried: int) -> None:
        self.limit, self._calm = max(1, tried // 2), 0
        log.warning("%s had no memory for %d pictures at once; now %d", self.card.title, tried, self.limit)

    def _note(self, done: int) -> None:
        """Count a batch that went well and was as large as it might be."""
        if self.limit >= self._most or done < self.limit:
            return
        self._calm += 1
        if self._calm >= _CALM:
            self.limit, self._calm = min(self._most, 2 * self.limit), 0


def fitting_batch(runner: Runner, example: Callable[[int], Arrays], used: MemoryUsed, budget: int | None) -> int:
    """How many pictures at once stay within the budget, found by running one and then four. Powers of two.

    runner: loaded. example: inputs for so many pictures. budget: bytes of the device. Where memory cannot be measured,
    or does not grow, it is UNKNOWN; at most what the card allows.
    """
    most = runner.card.batch_limit
    one = _peak(runner, example(1), used)
    four = _peak(runner, example(min(4, most)), used)
    if budget is None or one is None or four is None or four <= one or most < 4:
        return min(UNKNOWN, most)
    each = (four - one) / 3
    batch = 1
    while 2 * batch <= most and one + (2 * batch - 1) * each <= budget:
        batch *= 2
    return batch


def _peak(runner: Runner, inputs: Arrays, used: MemoryUsed) -> int | None:
    """Bytes that are held after a run: back ends keep what the largest batch needed."""
    try:
        runner.run(inputs)
    except OutOfMemory:
        return None
    return used()


def _joined(parts: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
