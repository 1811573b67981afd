"""Looks once a second, in a thread of its own, at how busy the computer is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from threading import Event

import psutil
from PySide6.QtCore import QObject, QThread, Signal

_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Load:
    """processor: share of all cores that is busy, 0 to 1. memory_bytes: what this program and its workers hold.

    total_bytes: what the computer has.
    """

    processor: float
    memory_bytes: int
    total_bytes: int


class Monitor(QThread):
    """Call close() before the program ends."""

    measured = Signal(object)  # Load

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def close(self) -> None:
        self._stop.set()
        self.wait()

    def run(self) -> None:
        psutil.cpu_percent()  # what has been used since the last call: the first one starts the clock
        total = psutil.virtual_memory().total
        while not self._stop.wait(_EVERY_S):
            self.measured.emit(Load(psutil.cpu_percent() / 100, _held_bytes(), total))


def _held_bytes() -> int:
    """Of this process and its children, shared pages not counted twice where the system tells of them."""
    own = psutil.Process(os.getpid())
    return sum(map(_own_bytes, [own, *own.children(recursive=True)]))


def _own_bytes(process: psutil.Process) -> int:
    try:
        info = process.memory_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(info.rss - getattr(info, "shared", 0))
