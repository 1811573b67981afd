"""Says what looking into films comes to when a big run of them begins."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.jobs.analyser import Activity, Stage
from desktop.notices import Action
from desktop.session import Session
from desktop.views.activity.wording import cost_in_words
from engines.analysis.watch_cost import WatchCost, cost_of_rest

_BIG_S = 600  # of this computer: from here on a person may want to choose otherwise


class FilmCost(QObject):
    """cost: of the films that are looked into now, as it was when that began; None while none are."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.cost: WatchCost | None = None
        self._is_watching = False
        self._announced = 0  # films
        session.analyser.state_changed.connect(self._follow)

    @Slot(object)
    def _follow(self, activity: Activity) -> None:
        is_watching = activity.stage is Stage.WATCH
        if is_watching and not self._is_watching:
            session = self._session
            session.background.run(
                partial(cost_of_rest, session.library, session.settings),
                owner=self,
                then=self._take,
                failed=session.notices.error,
            )
        elif not is_watching and self.cost is not None:
            self.cost = None
            self.changed.emit()
        self._is_watching = is_watching

    def _take(self, cost: WatchCost | None) -> None:
        if cost is None or not self._is_watching:
            return
        self.cost = cost
        self.changed.emit()
        is_more = cost.films > self._announced  # else it goes on after a pause
        self._announced = cost.films
        if cost.seconds >= _BIG_S and is_more:
            choose = Action(self.tr("Options…"), partial(self._session.settings_requested.emit, "analysis"))
            self._session.notices.show(cost_in_words(cost), choose)
