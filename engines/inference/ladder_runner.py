"""Runs a network on the first back end that takes it, and on the next when its card has no room for one picture."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.ladder import Skipped
from engines.inference.runner import Arrays, OutOfMemory, Runner
from engines.inference.sparing import SparingRunner

Start = Callable[[Card], Runner]

log = logging.getLogger(__name__)


class LadderRunner:
    """Fulfils `Runner`. starts: the back ends by name, the fastest first, each with what makes a runner of a network.

    skipped: those that this network could not be run on, with the reasons.
    """

    def __init__(self, card: Card, starts: Sequence[tuple[str, Start]]) -> None:
        self._card = card
        self._left = list(starts)
        self._runner: Runner | None = None
        self.skipped: list[Skipped] = []

    @property
    def card(self) -> Card:
        return self._card

    @property
    def precision(self) -> str:
        return self._runner.precision if self._runner is not None else "unknown"

    @property
    def back_end(self) -> str | None:
        """The one that it runs on; None before it was loaded."""
        return self._left[0][0] if self._runner is not None else None

    @property
    def batch(self) -> int | None:
        """Pictures at once, for now; None where nobody counts them."""
        return self._runner.limit if isinstance(self._runner, SparingRunner) else None

    def load(self) -> None:
        """Raises InferenceError, with what the last one says, if none takes the network."""
        while True:
            name, start = self._left[0]
            runner = None
            try:
                runner = start(self._card)
                runner.load()
            except InferenceError as error:
                if runner is not None:
                    runner.free()  # what it holds of the card, and the process that only it was in
                if len(self._left) == 1:
                    raise
                self._step_down(name, error)
                continue
            self._runner = runner
            return

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        while True:
            if self._runner is None:
                raise RuntimeError(f"{self._card.title} was not loaded.")
            try:
                return self._runner.run(inputs)
            except OutOfMemory as error:
                if len(self._left) == 1:
                    raise
                self.free()
                self._step_down(self._left[0][0], error)
                self.load()

    def free(self) -> None:
        if self._runner is not None:
            self._runner.free()
            self._runner = None

    def _step_down(self, name: str, error: InferenceError) -> None:
        log.warning("%s does not run on %s: %s", self._card.title, name, error)
        self.skipped.append(Skipped(name, str(error)))
        self._left.pop(0)
