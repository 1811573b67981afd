"""One worker process that makes pictures of users' files, and what is wanted of it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
from typing import Any, Protocol

from PySide6.QtCore import QObject, QSize, QThread, Signal, Slot
from PySide6.QtGui import QImage

from engines.errors import EngineError, WorkerError
from engines.media import prepare_worker
from engines.media.quick import glimpse
from engines.media.view import View, fit, tile
from engines.workers.pool import Limits, Start, WorkerPool

Call = tuple[Callable[..., Any], tuple[Any, ...]]

_LIMITS = Limits(memory_bytes=4 << 30, seconds=120.0, jobs=10_000, growth_bytes=2 << 30, nice=0)


class Wanted(Protocol):
    """What a lane can be asked for: a function that works in the worker, and its arguments."""

    def call(self) -> Call: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted. side: of a fitting one, its longest in px; 0 for a tile, which has the other three.

    is_hurried: a small one that the file holds ready will do, whatever its size.
    """

    media_id: int
    path: str
    side: int = 0
    halvings: int = 0
    column: int = 0
    row: int = 0
    is_hurried: bool = False

    def call(self) -> Call:
        if self.side:
            return glimpse if self.is_hurried else fit, (self.path, self.side)
        return tile, (self.path, self.halvings, self.column, self.row)


class Lane(QThread):
    """The worker starts with the first wish. idle_s: it ends when nothing was wanted for so long; None: with close().

    A wish that is not repeated in the next call is dropped unless it is being done already.
    """

    decoded = Signal(object, QImage, QSize)  # the wish, the picture, the size of the whole one in px
    failed = Signal(object, object)  # the wish, EngineError

    def __init__(self, parent: QObject, *, idle_s: float | None = None) -> None:
        super().__init__(parent)
        self._idle_s = idle_s
        self._changed = Condition()
        self._wishes: list[Wanted] = []
        self._current: Wanted | None = None
        self._is_closing = False
        self.finished.connect(self._begin)

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return not self._wishes and self._current is None

    def want(self, wishes: Sequence[Wanted]) -> None:
        """These, the most urgent first."""
        with self._changed:
            self._wishes = [wish for wish in wishes if wish != self._current]
            self._changed.notify()
        self._begin()

    @Slot()
    def _begin(self) -> None:
        """Start unless it runs; also after it ended just when something was wanted."""
        if self._wishes and not self._is_closing and not self.isRunning():
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
                except WorkerError as error:  # no worker can be started; the next wish tries it with a new pool
                    self.failed.emit(wish, error)
                    break
            with self._changed:
                self._current = None

    def _next(self) -> Wanted | None:
        with self._changed:
            self._current = None
            is_wanted = self._changed.wait_for(lambda: self._wishes or self._is_closing, self._idle_s)
            if self._is_closing or not is_wanted:
                return None
            self._current = self._wishes.pop(0)
            return self._current

    def _answer(self, pool: WorkerPool, wish: Wanted) -> None:
        function, arguments = wish.call()
        pool.submit(wish, function, *arguments, what="The picture")
        while not (outcomes := pool.wait(0.1)):
            if self._is_closing:
                return
        for outcome in outcomes:
            if isinstance(outcome.error, EngineError):
                self.failed.emit(wish, outcome.error)
            else:
                self._tell(wish, outcome.value)

    def _tell(self, wish: Wanted, view: View) -> None:
        self.decoded.emit(wish, image_of(view), QSize(view.full_width, view.full_height))


def image_of(view: View) -> QImage:
    """A copy in the form that is painted fastest."""
    rgb = QImage(view.data, view.width, view.height, 3 * view.width, QImage.Format.Format_RGB888)
    return rgb.convertToFormat(QImage.Format.Format_RGB32)
