"""Pictures for the viewer, decoded by worker processes: no byte of a user's file is read in this one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage

from desktop.jobs.lane import Lane, Wish

__all__ = ["Decoder", "Wish"]


class Decoder(QObject):
    """Two workers, so that a large picture does not keep the next one waiting: one fits pictures, one cuts tiles."""

    decoded = Signal(object, QImage, QSize)  # Wish, picture, size of the whole one in px
    failed = Signal(object, object)  # Wish, EngineError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fits, self._tiles = (Lane(self) for _ in range(2))
        for lane in (self._fits, self._tiles):
            lane.decoded.connect(self.decoded)
            lane.failed.connect(self.failed)

    def want_fits(self, wishes: Sequence[Wish]) -> None:
        """These, the most urgent first."""
        self._fits.want(wishes)

    def want_tiles(self, wishes: Sequence[Wish]) -> None:
        self._tiles.want(wishes)

    @property
    def is_idle(self) -> bool:
        return self._fits.is_idle and self._tiles.is_idle

    @Slot()
    def close(self) -> None:
        for lane in (self._fits, self._tiles):
            lane.close()
