"""Has folders looked at again: every so often, and when a person comes back to the window."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from desktop.jobs.analyser import Analyser
from engines.settings import Settings

_AWAY_S = 600  # whoever was away for less hardly put files there
_MINUTE_MS = 60_000


class Lookout(QObject):
    """Looks are jobs of the analyser, so that they wait while it is paused."""

    def __init__(self, analyser: Analyser, settings: Settings, application: QGuiApplication) -> None:
        super().__init__(analyser)
        self._analyser = analyser
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._left_s: float | None = None
        application.applicationStateChanged.connect(self.take_state)
        self.take_settings(settings)

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        self._on_focus = settings.folders.rescan_on_focus
        minutes = settings.folders.rescan_minutes
        if minutes * _MINUTE_MS != self._timer.interval() * self._timer.isActive():
            self._timer.start(minutes * _MINUTE_MS) if minutes else self._timer.stop()

    @Slot()
    def look(self) -> None:
        self._analyser.look_again()

    @Slot(Qt.ApplicationState)
    def take_state(self, state: Qt.ApplicationState) -> None:
        """state: whether the person works with this program now."""
        if state is not Qt.ApplicationState.ApplicationActive:
            self._left_s = self._left_s or time.monotonic()
            return
        left, self._left_s = self._left_s, None
        if self._on_focus and left is not None and time.monotonic() - left >= _AWAY_S:
            self.look()
