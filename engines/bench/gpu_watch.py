"""How busy a graphics card is, and how much of its memory is taken, while something else is measured."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from engines.inference.gpu_monitor import GpuMonitor

_EVERY_S = 0.1


class GpuWatch:
    """What was seen so far of the card with this identity. pid: of the process whose memory counts as ours."""

    def __init__(self, uuid: str, monitor: GpuMonitor, pid: Callable[[], int | None]) -> None:
        self._uuid = uuid
        self._monitor = monitor
        self._pid = pid
        self._loads: list[int] = []
        self._held: list[int] = []

    @property
    def load(self) -> float | None:
        """The mean, in percent; None where the card does not say."""
        return statistics.fmean(self._loads) if self._loads else None

    @property
    def peak_bytes(self) -> int | None:
        return max(self._held, default=None)

    def look(self) -> None:
        pid = self._pid()
        for reading in self._monitor.read(frozenset() if pid is None else frozenset({pid})):
            if reading.gpu.uuid == self._uuid:
                self._loads += [] if reading.load is None else [reading.load]
                self._held += [reading.ours] if reading.ours else []  # in a container it finds none of our processes

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look ten times a second during the block, in a thread of its own."""
        done = Event()

        def look_again() -> None:
            while not done.wait(_EVERY_S):
                self.look()

        thread = Thread(target=look_again, name="gpu watch")
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            self._monitor.close()
