"""Measures on a person's own photos what each precision costs and gains, while the window goes on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs.background import Background
from engines.analysis import price_list
from engines.analysis.price_list import Measured
from engines.cancel import Cancelled, CancelToken
from engines.library.library import Library
from engines.search.find import matching
from engines.settings import Settings


class Pricing(QObject):
    """Made and called in the UI thread.

    known: what was measured last, by network; None before anybody looked. under_way: the title of the network that is
    measured now, and how much of that is done, 0 to 1; None at rest.
    """

    changed = Signal()
    failed = Signal(object)  # Exception

    _told = Signal(str, float)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = Background(self, threads=1)
        self._token = CancelToken()
        self.known: dict[str, Measured] | None = None
        self.under_way: tuple[str, float] | None = None
        self._told.connect(self._take_progress)

    def look(self) -> None:
        """See what is known."""
        if self.under_way is None:
            self._background.run(price_list.known, owner=self, then=self._learn, failed=self.failed.emit)

    def measure(self, settings: Settings) -> None:
        """All networks that look at pictures with these settings, in each precision that they are run in here."""
        if self.under_way is not None:
            return
        self.under_way, self._token = ("", 0.0), CancelToken()
        work = partial(_measured, self._library, settings, self._told.emit, self._token)
        self._background.run(work, owner=self, then=self._take, failed=self._fail)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """What was measured of single networks so far is kept."""
        self._token.cancel()

    def close(self) -> None:
        self._token.cancel()
        self._background.close()

    @Slot(str, float)
    def _take_progress(self, title: str, share: float) -> None:
        if self.under_way is not None:
            self.under_way = title, share
            self.changed.emit()

    def _take(self, known: dict[str, Measured]) -> None:
        self.under_way = None
        self._learn(known)

    def _learn(self, known: dict[str, Measured]) -> None:
        """Also while more is measured."""
        self.known = known
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.under_way = None
        self.changed.emit()
        self.failed.emit(error)


def _measured(library: Library, settings: Settings, tell: price_list.Tell, token: CancelToken) -> dict[str, Measured]:
    try:
        return price_list.measure_all(library, matching(library, "type:photo"), settings, tell, token)
    except Cancelled:
        return price_list.known()
