"""Looks once a second, in a thread of its own, at how busy the computer and its graphics cards are."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import psutil
from PySide6.QtCore import QObject, QThread, Signal

from engines.inference.gpu_monitor import GpuMonitor, Reading

_EVERY_S = 1.0
_FIRST_S = 0.1  # the first time, so that nobody waits for a number


@dataclass(frozen=True, slots=True)
class Load:
    """processor: share of all cores that is busy, 0 to 1. memory_bytes: what this program and its workers hold.

    used_bytes, total_bytes: of the computer's memory. gpus: what each graphics card does, in the driver's order.
    no_gpu: why there is none, as a sentence.
    """

    processor: float
    memory_bytes: int
    used_bytes: int
    total_bytes: int
    gpus: tuple[Reading, ...] = ()
    no_gpu: str | None = None


class Monitor(QThread):
    """Call close() before the program ends. make_gpus: asks the driver; another in tests."""

    measured = Signal(object)  # Load

    def __init__(self, parent: QObject | None = None, *, make_gpus: Callable[[], GpuMonitor] = GpuMonitor) -> None:
        super().__init__(parent)
        self._make_gpus = make_gpus
        self._stop = Event()

    def close(self) -> None:
        self._stop.set()
        self.wait()

    def run(self) -> None:
        gpus = self._make_gpus()
        psutil.cpu_percent()  # what has been used since the last call: the first one starts the clock
        seconds = _FIRST_S
        while not self._stop.wait(seconds):
            self.measured.emit(_load(gpus))
            seconds = _EVERY_S
        gpus.close()


def _load(gpus: GpuMonitor) -> Load:
    own = psutil.Process(os.getpid())
    processes = [own, *own.children(recursive=True)]
    memory = psutil.virtual_memory()
    readings = gpus.read(frozenset(process.pid for process in processes))
    held = sum(map(_own_bytes, processes))
    return Load(psutil.cpu_percent() / 100, held, memory.total - memory.available, memory.total, readings, gpus.reason)


def _own_bytes(process: psutil.Process) -> int:
    """Shared pages not counted, where the system tells of them."""
    try:
        info = process.memory_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(info.rss - getattr(info, "shared", 0))
