"""How late the UI thread comes to what it has to do: a timer that ticks every 16 ms, and when it did."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from engines.bench.timing import percentile

_TICK_MS = 16


class Heartbeat(QObject):
    """Ticks from start() on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticks: list[float] = []
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._ticks = [time.perf_counter()]
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._tick()

    @property
    def seconds(self) -> float:
        """From start to stop."""
        return self._ticks[-1] - self._ticks[0]

    @property
    def worst_ms(self) -> float:
        """The longest time between two ticks."""
        return max(self._gaps())

    @property
    def p99_ms(self) -> float:
        return percentile(self._gaps(), 99)

    def _tick(self) -> None:
        self._ticks.append(time.perf_counter())

    def _gaps(self) -> list[float]:
        return [1000 * float(gap) for gap in np.diff(self._ticks)]
