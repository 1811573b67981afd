"""The comparison: which two to four items are beside each other, and what takes the place of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.session import Session
from desktop.views.viewer.panes import Panes
from engines.library.showing import Item

LEAST, MOST = 2, 4


class Compare(QWidget):
    """begin() fills it. at_hand: gives the picture of an item that there is now, which may be null."""

    current_changed = Signal(int)  # media id
    shown = Signal(list)  # Items: other ones than before are compared
    too_few = Signal()  # there is nothing left to compare

    def __init__(self, session: Session, at_hand: Callable[[int], QImage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._at_hand = at_hand
        self._ids: list[int] = []
        self._current: int | None = None
        self.panes = Panes()
        self.panes.current_changed.connect(self._change_current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)

    def begin(self, media_ids: list[int], current: int | None = None) -> bool:
        """Compare these, one alone with its neighbour; False where there is nothing to compare it with."""
        wanted = media_ids if len(media_ids) >= LEAST else self._with_neighbour(media_ids)
        if len(wanted) < LEAST:
            return False
        self._current = current if current in wanted else wanted[0]
        self._look_up(wanted)
        return True

    def end(self) -> None:
        self._ids, self._current = [], None
        self.panes.clear()

    @property
    def ids(self) -> list[int]:
        return self._ids

    def put(self, media_id: int) -> None:
        """In place of the current one; one that is compared already becomes the current one."""
        if media_id in self._ids:
            self.panes.make_current(media_id)
        else:
            wanted = [media_id if one == self._current else one for one in self._ids]
            self._current = media_id
            self._look_up(wanted)

    def take_thumbnails(self) -> None:
        """There may be more at hand now."""
        self.panes.take_thumbnails(self._at_hand)

    def widen(self) -> None:
        """Compare the next item of the order too, if there is one and room for it."""
        order = self._session.shown
        rows = [row for one in self._ids if order is not None and (row := order.row_of(one)) is not None]
        if order is not None and rows and len(self._ids) < MOST and max(rows) + 1 < len(order):
            self._look_up([*self._ids, int(order.ids[max(rows) + 1])])

    def replace(self, rows: int) -> None:
        """Put the next item of the order, or the one before, that is in no pane yet."""
        order = self._session.shown
        row = order.row_of(self._current) if order is not None and self._current is not None else None
        if order is None or row is None:
            return
        row += rows
        while 0 <= row < len(order) and int(order.ids[row]) in self._ids:
            row += rows
        if 0 <= row < len(order):
            self.put(int(order.ids[row]))

    def follow(self) -> None:
        """Another order is shown, or the same with other marks: what is no longer in it is compared no more."""
        order = self._session.shown
        self._show_marks()
        left = [media_id for media_id in self._ids if order is not None and order.row_of(media_id) is not None]
        if len(left) < min(LEAST, len(self._ids)):
            for media_id in left:
                self._change_current(media_id)
            self.too_few.emit()
        elif left != self._ids:
            self._current = self._current if self._current in left else left[0]
            self._look_up(left)

    def _with_neighbour(self, media_ids: list[int]) -> list[int]:
        """One item and the next in the order, at its end the one before."""
        order = self._session.shown
        row = order.row_of(media_ids[0]) if order is not None and media_ids else None
        if order is None or row is None or len(order) < LEAST:
            return media_ids
        start = min(row, len(order) - LEAST)
        return [int(media_id) for media_id in order.ids[start : start + LEAST]]

    def _look_up(self, media_ids: list[int]) -> None:
        self._ids = media_ids
        self._session.background.run(
            partial(self._session.library.items, media_ids),
            owner=self,
            then=partial(self._show, media_ids),
            failed=self._session.notices.error,
            priority=1,
        )

    def _show(self, media_ids: list[int], items: dict[int, Item]) -> None:
        if media_ids != self._ids:
            return
        found = [items[media_id] for media_id in media_ids if media_id in items]
        if len(found) < LEAST:
            self.too_few.emit()
            return
        self.panes.show_items(found, [self._at_hand(item.id) for item in found])
        if self._current is not None:
            self.panes.make_current(self._current)
        self._show_marks()
        self.shown.emit(found)
        self.current_changed.emit(self.panes.current)

    @Slot(int)
    def _change_current(self, media_id: int) -> None:
        self._current = media_id
        self.current_changed.emit(media_id)

    def _show_marks(self) -> None:
        if self._session.shown is not None:
            self.panes.show_marks(self._session.shown.columns)
