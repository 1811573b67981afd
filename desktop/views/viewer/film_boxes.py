"""Products over a film, at the seconds where they were seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from desktop.notices import Action
from desktop.session import Session
from desktop.views.viewer.film import FilmPage
from desktop.words import clock
from engines.library.showing import TimedBox

_NEAR_S = 0.5  # of the frame that was looked at: nothing is known of what lies farther away


class FilmBoxes(QObject):
    """Looks them up while they are switched on: for another film, and when an answer came."""

    def __init__(self, session: Session, page: FilmPage) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._is_on = False
        self._boxes: Sequence[TimedBox] = ()
        page.item_changed.connect(self._look_up)
        page.head.moved.connect(self._show_at)
        session.files_changed.connect(self._refresh)

    def switch(self, on: bool) -> None:
        self._is_on = on
        self._look_up()

    @Slot(list)
    def _refresh(self, media_ids: list[int]) -> None:
        if self._page.item is not None and self._page.item.id in media_ids:
            self._look_up()

    @Slot()
    def _look_up(self) -> None:
        self._take(())
        item, session = self._page.item, self._session
        if self._is_on and item is not None and self._page.isVisible():
            session.background.run(
                partial(session.library.timed_boxes, item.id),
                owner=self,
                then=partial(self._show, item.id),
                failed=session.notices.error,
            )

    def _show(self, media_id: int, boxes: Sequence[TimedBox]) -> None:
        if self._page.item is None or self._page.item.id != media_id or not self._is_on:
            return
        self._take(boxes)
        if boxes and not self._at(self._page.head.at_s):
            self._say_where(boxes)

    def _say_where(self, boxes: Sequence[TimedBox]) -> None:
        """They are at single seconds, and the film is at none of them."""
        nearest = min((one.time_s for one in boxes), key=lambda time_s: abs(time_s - self._page.head.at_s))
        text = self.tr("Products were seen at {times}.")
        times = ", ".join(dict.fromkeys(clock(one.time_s) for one in boxes))
        go = Action(self.tr("Go to {time}").format(time=clock(nearest)), partial(self._page.head.go_to, nearest))
        self._session.notices.show(text.format(times=times), go)

    def _take(self, boxes: Sequence[TimedBox]) -> None:
        self._boxes = boxes
        self._show_at(self._page.head.at_s)

    @Slot(float)
    def _show_at(self, second: float) -> None:
        self._page.surface.show_boxes([one.box for one in self._at(second)])

    def _at(self, second: float) -> Sequence[TimedBox]:
        """Those of the frame that is nearest, where one is near."""
        near = [one for one in self._boxes if abs(one.time_s - second) <= _NEAR_S]
        nearest = min((abs(one.time_s - second) for one in near), default=0.0)
        return [one for one in near if abs(one.time_s - second) == nearest]
