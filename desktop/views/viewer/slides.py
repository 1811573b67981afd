"""The slide show: when the next one is due. A photo stays for some seconds, a film for as long as it plays."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_PHOTO_MS = 4000


class SlideShow(QObject):
    """Begun and ended by a person; whoever shows the slides says when a photo is there, and when a film has ended."""

    due = Signal()  # the next one
    began_or_ended = Signal(bool)  # whether it runs from now on

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_running = False
        self.photo_ms = _PHOTO_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.due)

    @Slot()
    def start(self) -> None:
        self.is_running = True
        self.began_or_ended.emit(True)

    @Slot()
    def stop(self) -> None:
        self._timer.stop()
        if self.is_running:
            self.is_running = False
            self.began_or_ended.emit(False)

    def count_from_now(self) -> None:
        """A photo is there, or what stands for one."""
        if self.is_running:
            self._timer.start(self.photo_ms)

    def wait(self) -> None:
        """A film is there, and plays."""
        self._timer.stop()

    def go_on(self) -> None:
        """The film has ended."""
        if self.is_running:
            self.due.emit()
