"""Brings single frames of films that nobody has opened, as large as the film has them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop.jobs.film_frames import FilmFrames, FrameWish
from desktop.session import Session
from engines.media.still import Still


class FrameCopier(QObject):
    """Answers session.frame_requested; its worker starts with the first one."""

    frame_copied = Signal(QImage, float)  # and its second

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = FilmFrames(self)
        self._frames.shown.connect(self._take)
        self._frames.failed.connect(self._miss)
        session.frame_requested.connect(self._copy)
        session.closing.connect(self._frames.close)

    @Slot(str, float)
    def _copy(self, path: str, second: float) -> None:
        self._frames.copy(FrameWish(path, second))

    @Slot(object, QImage, object)
    def _take(self, wish: FrameWish, image: QImage, made: Still) -> None:
        self.frame_copied.emit(image, made.time_s)
        if self._frames.is_idle:
            self._frames.let_go()

    @Slot(object, object)
    def _miss(self, wish: FrameWish, error: Exception) -> None:
        self._session.notices.error(error)
