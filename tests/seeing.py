"""A runner that sees what its pictures say, so that tests of the hop need no weights and no time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card, starter_cards
from engines.types import Pixels, ToInfer

LABELS, OBJECTS = "efficientnet-lite2", "yolov3-tiny"
BROKEN = 255  # a picture of this colour makes every batch fail that holds it


class SeeingRunner:
    """Fulfils Runner: the first pixel of a picture is the number of its label and of the one object it shows.

    batches: sizes of what it was given. fault: raised by load().
    """

    def __init__(self, card: Card, fault: InferenceError | None = None) -> None:
        self.card = card
        self.precision = "fp32"
        self.batches: list[int] = []
        self.freed = 0
        self.fault = fault

    def load(self) -> None:
        if self.fault is not None:
            raise self.fault

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        (pictures,) = inputs.values()
        self.batches.append(len(pictures))
        shown = pictures[:, 0, 0, 0]
        if (shown == BROKEN).any():
            raise InferenceError("network_failed", "The network could not be run: out of luck.")
        return self._labels(shown) if self.card.name == LABELS else self._objects(shown)

    def free(self) -> None:
        self.freed += 1

    def _labels(self, shown: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        probabilities = np.zeros((len(shown), 1000), np.float32)
        probabilities[range(len(shown)), shown] = 0.9
        return {"probabilities": probabilities}

    def _objects(self, shown: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        boxes = np.full((len(shown), 2535, 4), 0.5, np.float32)
        scores = np.zeros((len(shown), 2535, 80), np.float32)
        scores[range(len(shown)), 0, shown % 80] = 0.8
        return {"boxes": boxes, "scores": scores}


class Cabinet:
    """Starts runners and keeps them by name. change: applied to each new one. loads: how many there were in all."""

    def __init__(self, change: Callable[[SeeingRunner], None] = lambda runner: None) -> None:
        self.runners: dict[str, SeeingRunner] = {}
        self._change = change
        self.loads = 0

    def __call__(self, card: Card) -> SeeingRunner:
        runner = SeeingRunner(card)
        self._change(runner)
        self.runners[card.name] = runner
        self.loads += 1
        return runner


def picture(number: int, *phases: str, digest: bytes | None = None) -> ToInfer:
    """A picture that shows label and object of this number, on its way to these phases."""
    squares = {name: square(name, number) for name in (LABELS, OBJECTS)}
    return ToInfer(
        digest or bytes([number] * 16), phases or ("objects", "labels"), 640, 480, (LABELS, OBJECTS), squares
    )


def square(network: str, number: int) -> Pixels:
    shown = starter_cards()[network].picture
    assert shown is not None
    return np.full((shown.side, shown.side, 3), number, np.uint8)
