"""Pictures for the viewer, decoded by worker processes: no byte of a user's file is read in this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
from typing import Any

from PySide6.QtCore import QObject, QSize, QThread, Signal, Slot
from PySide6.QtGui import QImage

from engines.errors import EngineError, WorkerError
from engines.media import prepare_worker
from engines.media.view import View, fit, tile
from engines.workers.pool import Limits, Start, WorkerPool

_LIMITS = Limits(memory_bytes=4 << 30, seconds=120.0, jobs=10_000, growth_bytes=2 << 30, nice=0)


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted. side: of a fitting one, its longest in px; 0 for a tile, which has the other three."""

    media_id: int
    path: str
    side: int = 0
    halvings: int = 0
    column: int = 0
    row: int = 0

    def call(self) -> tuple[Callable[..., View], tuple[Any, ...]]:
        if self.side:
            return fit, (self.path, self.side)
        return tile, (self.path, self.halvings, self.column, self.row)


class Decoder(QObject):
    """Two workers, so that a large picture does not keep the next one waiting: one fits pictures, one cuts tiles.

    A wish that is not repeated in the next call is dropped unless it is being done already.
    """

    decoded = Signal(object, QImage, QSize)  # Wish, picture, size of the whole one in px
    failed = Signal(object, object)  # Wish, EngineError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fits, self._tiles = (_Lane(self) for _ in range(2))
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


class _Lane(QThread):
    """One worker and what is wanted of it; it starts with the first wish."""

    decoded = Signal(object, QImage, QSize)
    failed = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._wishes: list[Wish] = []
        self._current: Wish | None = None
        self._is_closing = False

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return not self._wishes and self._current is None

    def want(self, wishes: Sequence[Wish]) -> None:
        with self._changed:
            self._wishes = [wish for wish in wishes if wish != self._current]
            self._changed.notify()
        if wishes and not self.isRunning():
            self.start()

    def close(self) -> None:
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        """In the lane's own thread."""
        with WorkerPool(1, start=Start(prepare_worker), limits=_LIMITS) as pool:
            while (wish := self._next()) is not None:
                try:
                    self._answer(pool, wish)
                except WorkerError as error:  # no worker can be started
                    self.failed.emit(wish, error)

    def _next(self) -> Wish | None:
        with self._changed:
            self._current = None
            self._changed.wait_for(lambda: self._wishes or self._is_closing)
            if self._is_closing:
                return None
            self._current = self._wishes.pop(0)
            return self._current

    def _answer(self, pool: WorkerPool, wish: Wish) -> None:
        function, arguments = wish.call()
        pool.submit(wish, function, *arguments, what="The picture")
        while not (outcomes := pool.wait(0.1)):
            if self._is_closing:
                return
        for outcome in outcomes:
            if isinstance(outcome.error, EngineError):
                self.failed.emit(wish, outcome.error)
            else:
                view: View = outcome.value
                self.decoded.emit(wish, _image(view), QSize(view.full_width, view.full_height))


def _image(view: View) -> QImage:
    """A copy in the form that is painted fastest."""
    rgb = QImage(view.data, view.width, view.height, 3 * view.width, QImage.Format.Format_RGB888)
    return rgb.convertToFormat(QImage.Format.Format_RGB32)
