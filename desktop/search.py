"""What is asked of the library now, and its answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engines.cancel import CancelToken
from engines.search.find import Results, find

if TYPE_CHECKING:
    from desktop.session import Session

_BURST_MS = 250  # an import tells of files several times a second; the answer is brought up to date once for a burst


class SearchController(QObject):
    """Runs one search at a time; a new one cancels the one before."""

    found = Signal(object)  # Results

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._token = CancelToken()
        self._burst = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._burst.timeout.connect(self.run)
        self.query = ""

    @Slot()
    def run(self) -> None:
        """Ask again."""
        self._token.cancel()
        self._token = CancelToken()
        self._session.background.run(
            partial(find, self._session.library, self.query, limit=None, order="date", token=self._token),
            owner=self,
            then=self._answer,
            failed=self._session.notices.error,
        )

    @Slot()
    def refresh(self) -> None:
        """Ask again soon, for the library has changed."""
        if not self._burst.isActive():
            self._burst.start()

    def cancel(self) -> None:
        self._burst.stop()
        self._token.cancel()

    def _answer(self, results: Results) -> None:
        self._session.show(results.ids, ranked=False)
        self.found.emit(results)
