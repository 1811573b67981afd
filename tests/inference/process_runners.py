"""Runners that misbehave in the network process; a module of its own, because that process imports it."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError
from engines.inference.catalogue import Card
from engines.inference.runner import Arrays, OutOfMemory
from tests.echo_runner import EchoRunner

DEADLY, HANGING, HUNGRY, WRONG = 255, 254, 253, 252  # the colour of a picture that does this to the process


class MoodyRunner(EchoRunner):
    """Echoes, unless a picture of one of the colours above is in the batch."""

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        shown = inputs[self.card.inputs[0].name][:, 0, 0, 0]
        if (shown == DEADLY).any():
            os.kill(os.getpid(), signal.SIGKILL)
        if (shown == HANGING).any():
            time.sleep(1000)
        if (shown == HUNGRY).any():
            raise OutOfMemory("gpu_memory", "The card is full.")
        if (shown == WRONG).any():
            raise InferenceError("network_failed", "It gave no reason.")
        return super().run(inputs)


class FullRunner(EchoRunner):
    """Really needs memory for each picture, and the process has only so much: what it cannot map is not there."""

    ROOM, EACH = 400 << 20, 100 << 20  # bytes

    def load(self) -> None:
        import resource

        with open("/proc/self/statm") as file:
            mapped = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (mapped + self.ROOM, resource.RLIM_INFINITY))

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        batch = len(next(iter(inputs.values())))
        try:
            held = np.ones(batch * self.EACH, np.uint8)
        except MemoryError as error:
            raise OutOfMemory("memory", f"There is no room for {batch} pictures.") from error
        del held
        return super().run(inputs)


def moody(card: Card) -> MoodyRunner:
    return MoodyRunner(card)


def full(card: Card) -> FullRunner:
    return FullRunner(card)
