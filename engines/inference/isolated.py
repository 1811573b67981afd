"""Runs networks in a process of their own: a crash, a hang or a fault of a GPU's driver costs a batch, not the window.

`NetworkProcess` is that process, owned by one thread; its `runner` fulfils `Runner` for any back end. A batch that
kills the process is done once more in a new one. If it kills that too, its error rises, and whoever gave the batch
gives its pictures one by one, until the culprit is alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.errors import InferenceError, WorkerError
from engines.inference.catalogue import Card
from engines.inference.runner import Arrays, OutOfMemory, Runner, batch_of
from engines.workers.alone import Alone, Memory

Make = Callable[[Card], Runner]  # can be sent to another process: a class, or functools.partial of one
_Layout = Sequence[tuple[str, str, tuple[int, ...], int]]  # name, dtype, shape, where it begins

_RUN_S = 120.0  # a batch, on the slowest processor
_LOAD_S = 1800.0  # which may build an engine
_ALIGNMENT = 64  # bytes

log = logging.getLogger(__name__)


class NetworkProcess:
    """The process in which runners run. log: file for what native libraries complain about.

    deaths: how often it died. It ends when its last runner is freed, and with it all that a driver holds.
    """

    def __init__(self, log: Path | None = None) -> None:
        self.alone = Alone(log)
        self.deaths = 0
        self._loaded: set[str] = set()

    def runner(self, card: Card, make: Make) -> IsolatedRunner:
        """One network in this process. make: makes its runner there."""
        return IsolatedRunner(self, card, make)

    def load(self, card: Card, make: Make) -> str:
        """The precision. Raises InferenceError, WorkerError."""
        precision: str = self.alone.call(_load, card, make, seconds=_LOAD_S)
        self._loaded.add(card.name)
        return precision

    def run(self, card: Card, make: Make, inputs: Arrays) -> dict[str, NDArray[Any]]:
        """Raises InferenceError, WorkerError."""
        try:
            memory = self.alone.memory(_room(card, inputs))
        except WorkerError as error:
            if error.message.code != "shared_memory":
                raise
            return self._run_through_pipe(card, make, inputs)
        self._need(card, make)
        layout = _put(memory, inputs)
        found = self.alone.call(_run_shared, card.name, layout, seconds=_RUN_S, shared=True)
        return {name: array.copy() for name, array in _taken(memory, found).items()}

    def _run_through_pipe(self, card: Card, make: Make, inputs: Arrays) -> dict[str, NDArray[Any]]:
        """Slower, but a container may have little shared memory."""
        self._need(card, make)
        found: dict[str, NDArray[Any]] = self.alone.call(_run, card.name, dict(inputs), seconds=_RUN_S)
        return found

    def _need(self, card: Card, make: Make) -> None:
        """Load the network again if the process is a new one."""
        if self.alone.pid is None:
            self._loaded.clear()
        if card.name not in self._loaded:
            self.load(card, make)

    def free(self, name: str) -> None:
        if name in self._loaded and self.alone.pid is not None and len(self._loaded) > 1:
            try:
                self.alone.call(_free, name, seconds=_RUN_S)
            except WorkerError as error:
                log.warning("%s", error)
        self._loaded.discard(name)
        if not self._loaded:
            self.alone.close()

    def bury(self, error: WorkerError) -> None:
        """Note that it died, so that everything is loaded again."""
        log.warning("%s", error)
        self.deaths += 1
        self._loaded.clear()


class IsolatedRunner:
    """A network in a process of its own; fulfils `Runner`."""

    def __init__(self, process: NetworkProcess, card: Card, make: Make) -> None:
        self._process = process
        self._card = card
        self._make = make
        self._precision: str | None = None

    @property
    def card(self) -> Card:
        return self._card

    @property
    def precision(self) -> str:
        return self._precision or "unknown"

    def load(self) -> None:
        try:
            self._precision = self._process.load(self._card, self._make)
        except WorkerError as error:
            self._process.bury(error)
            raise self._as_ours(error, "loaded") from error

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        if self._precision is None:
            raise RuntimeError(f"{self._card.title} was not loaded.")
        batch_of(inputs, self._card)
        try:
            return self._process.run(self._card, self._make, inputs)
        except WorkerError as error:
            self._process.bury(error)
            if error.message.code == "out_of_memory":
                raise self._as_ours(error, "run") from error
        try:
            return self._process.run(self._card, self._make, inputs)
        except WorkerError as error:
            self._process.bury(error)
            raise self._as_ours(error, "run") from error

    def free(self) -> None:
        self._process.free(self._card.name)
        self._precision = None

    def _as_ours(self, error: WorkerError, done: str) -> InferenceError:
        kind = OutOfMemory if error.message.code == "out_of_memory" else InferenceError
        text = f"The network {self._card.title} could not be {done}: {error}"
        return kind("network_crashed", text, network=self._card.name)


# what runs in the process

_runners: dict[str, Runner] = {}


def _load(card: Card, make: Make) -> str:
    runner = make(card)
    runner.load()
    _runners[card.name] = runner
    return runner.precision


def _run(name: str, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return _runners[name].run(inputs)


def _run_shared(name: str, layout: _Layout, *, slot: Memory) -> _Layout:
    """The outputs take the place of the inputs."""
    return _put(slot, _runners[name].run(_taken(slot, layout)))


def _free(name: str) -> None:
    _runners.pop(name).free()


# shared memory


def _room(card: Card, inputs: Arrays) -> int:
    """Bytes for what goes in, or what comes out if that is more."""
    batch = len(next(iter(inputs.values())))
    goes_in = sum(_aligned(array.nbytes) for array in inputs.values())
    comes_out = 0
    for spec in card.outputs:
        sizes = [int(size) for size in spec.shape[1:]]
        comes_out += _aligned(batch * int(np.prod(sizes, initial=1)) * np.dtype(spec.dtype).itemsize)
    return max(goes_in, comes_out)


def _put(memory: Memory, arrays: Arrays) -> _Layout:
    layout, start = [], 0
    for name, array in arrays.items():
        part = memory[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
        part[...] = array
        layout.append((name, array.dtype.str, array.shape, start))
        start += _aligned(array.nbytes)
    return layout


def _taken(memory: Memory, layout: _Layout) -> dict[str, NDArray[Any]]:
    """Views into the memory."""
    found = {}
    for name, dtype, shape, start in layout:
        size = int(np.prod(shape, initial=1)) * np.dtype(dtype).itemsize
        found[name] = memory[start : start + size].view(dtype).reshape(shape)
    return found


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
