"""Writes a clip of a film in the background, tells how far it is, and can be stopped."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs.background import Background
from engines.cancel import CancelToken
from engines.media.clip import Clip, Cut, write_clip


class ClipJob(QObject):
    """One clip at a time."""

    progressed = Signal(float)  # 0 to 1
    written = Signal(object, str)  # Clip, path
    failed = Signal(object)  # the error

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._token = CancelToken()

    def start(self, cut: Cut, target: str) -> None:
        self._token = CancelToken()
        self._background.run(
            partial(write_clip, cut, Path(target), token=self._token, tell=self.progressed.emit),
            owner=self,
            then=partial(self._tell, target),
            failed=self.failed.emit,
        )

    @Slot()
    def cancel(self) -> None:
        """Nothing is left of it, and nothing told."""
        self._token.cancel()

    def _tell(self, target: str, clip: Clip) -> None:
        self.written.emit(clip, target)
