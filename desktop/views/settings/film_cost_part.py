"""What looking into all videos of the library would come to with the settings of now."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from desktop import theme
from desktop.session import Session
from desktop.views.activity.wording import cost_in_words
from engines.analysis.watch_cost import WatchCost, cost_of_all


class FilmCostPart(QLabel):
    """Reckons only while it is seen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "secondary")
        self.setWordWrap(True)
        self.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_M)
        session.settings_changed.connect(self._reckon)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reckon()

    @Slot()
    def _reckon(self) -> None:
        session = self._session
        if self.isVisible():
            session.background.run(
                partial(cost_of_all, session.library, session.settings),
                owner=self,
                then=self._show,
                failed=session.notices.error,
            )

    def _show(self, cost: WatchCost | None) -> None:
        if cost is None:
            self.setText(self.tr("Videos are found by their poster and their file alone."))
        elif not cost.films:
            self.setText(self.tr("There is no video in the library yet."))
        else:
            self.setText(self.tr("All in the library, {cost}.").format(cost=cost_in_words(cost)))
