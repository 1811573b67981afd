"""Runs one call on a pool of threads and brings its outcome back to the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

from engines.cancel import Cancelled

_Outcome = TypeVar("_Outcome")


class Background(QObject):
    """Made in the UI thread; `then` and `failed` are called there. threads: at most so many at a time."""

    _finished = Signal(object, object)  # owner, the call to make or None

    def __init__(self, parent: QObject | None = None, *, threads: int = 4) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._unfinished = 0
        self._finished.connect(self._deliver)

    def run(
        self,
        work: Callable[[], _Outcome],
        *,
        owner: QObject,
        then: Callable[[_Outcome], Any],
        failed: Callable[[Exception], Any],
        priority: int = 0,
    ) -> None:
        """Run the work elsewhere. owner: gone by then? The outcome is dropped. Work that raises Cancelled has none."""
        self._unfinished += 1
        self._pool.start(partial(self._run, work, owner, then, failed), priority)

    @property
    def is_idle(self) -> bool:
        """Whether all outcomes have been delivered."""
        return not self._unfinished

    def close(self) -> None:
        """Drop what has not begun and wait for the rest; cancel its tokens first."""
        self._pool.clear()
        self._pool.waitForDone()

    def _run(
        self,
        work: Callable[[], _Outcome],
        owner: QObject,
        then: Callable[[_Outcome], Any],
        failed: Callable[[Exception], Any],
    ) -> None:  # in a thread of the pool
        outcome: Callable[[], Any] | None
        try:
            outcome = partial(then, work())
        except Cancelled:
            outcome = None
        except Exception as error:
            outcome = partial(failed, error)
        self._finished.emit(owner, outcome)

    @Slot(object, object)
    def _deliver(self, owner: QObject, outcome: Callable[[], Any] | None) -> None:
        self._unfinished -= 1
        if outcome is not None and isValid(owner):
            outcome()
