"""Which items of the grid are selected and which one is current: by keys, by the mouse, or by another view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.jobs.thumbnails import Thumbnails
from desktop.selection import Selection
from desktop.views.grid.placing import Index, PlacedView

_Command = QItemSelectionModel.SelectionFlag
_Action = QAbstractItemView.CursorAction
_MOVING = frozenset(
    getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown")
)


class SelectingView(PlacedView):
    """Its own selection and the session's Selection follow each other."""

    def __init__(self, thumbnails: Thumbnails, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(thumbnails, parent)
        self._shared = selection
        self._anchor = 0  # the row that a range of Shift begins at
        self._band: QRect | None = None
        self._band_from = QPoint()
        self._is_following = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setModel(self._model)
        selection.changed.connect(self._follow)

    # by the mouse

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """rect: of the view. A band takes what it touches; Shift takes all from the anchor to the current item."""
        if self.state() is QAbstractItemView.State.DragSelectingState:
            self._select_band(command)
            return
        row = self.currentIndex().row()
        if not command & _Command.Current:
            at = self.indexAt(rect.topLeft())
            row = at.row() if at.isValid() else -1
            if at.isValid():
                self._anchor = row
        if row < 0:
            self.selectionModel().select(QItemSelection(), command)
            return
        first = self._anchor if command & _Command.Current else row
        self._select_span(min(first, row), max(first, row) + 1, command)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._band_from = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.state() is QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._band = QRect(self._band_from, here).normalized()
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def _select_band(self, command: QItemSelectionModel.SelectionFlag) -> None:
        if self._band is None:
            return
        band = self._band
        rows = self._geometry.inside(band.left(), band.top(), band.right(), band.bottom())
        self.selectionModel().select(self._ranges(rows), command)

    def select_group(self, group: int, modifiers: Qt.KeyboardModifier) -> None:
        """All of a day; with Ctrl beside what is selected already."""
        first, end = (int(row) for row in self._geometry.starts[group : group + 2])
        adds = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._anchor = first
        self.selectionModel().setCurrentIndex(self._model.index(first), _Command.NoUpdate)
        self._select_span(first, end, _Command.Select if adds else _Command.ClearAndSelect)

    def selectAll(self) -> None:
        self._select_span(0, self._geometry.rows, _Command.ClearAndSelect)

    def _select_span(self, first: int, end: int, command: QItemSelectionModel.SelectionFlag) -> None:
        """The rows from `first` until before `end`."""
        span = QItemSelection()
        if first < end:
            span.select(self._model.index(first), self._model.index(end - 1))
        self.selectionModel().select(span, command)

    def _ranges(self, rows: NDArray[np.int64]) -> QItemSelection:
        """These rows, ascending, as few ranges."""
        selection = QItemSelection()
        if not len(rows):
            return selection
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        for first, last in zip(rows[[0, *breaks]], rows[[*(breaks - 1), -1]], strict=True):
            selection.select(self._model.index(int(first)), self._model.index(int(last)))
        return selection

    # together with the other views

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()
        self._tell_selection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell_selection()

    def _tell_selection(self) -> None:
        """Let all views know what is selected here."""
        order = self._model.order
        if self._is_following or order is None:
            return
        parts_of = self.selectionModel().selection().toList()
        ranges = sorted((part.top(), part.bottom()) for part in parts_of)
        parts = [order.ids[top : bottom + 1] for top, bottom in ranges]
        current = self.currentIndex()
        media_id = int(order.ids[current.row()]) if current.isValid() else None
        self._is_following = True
        self._shared.select(np.concatenate(parts) if parts else [], media_id)
        self._is_following = False

    @Slot()
    def _follow(self) -> None:
        """Another view has selected something."""
        if self._is_following:
            return
        self._is_following = True
        self._select_ids(self._shared.ids, self._shared.current)
        self._is_following = False
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)

    def _select_ids(self, ids: NDArray[np.int64], current: int | None) -> None:
        order = self._model.order
        if order is None:
            return
        row = order.row_of(current) if current is not None else None
        selection = self.selectionModel()
        index = QModelIndex() if row is None else self._model.index(row)
        selection.setCurrentIndex(index, _Command.NoUpdate)
        selection.select(self._ranges(order.rows_of(ids)), _Command.ClearAndSelect)
        if row is not None:
            self._anchor = row

    # by keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that leads nowhere, such as Home on the first item, selects at least what it stays at."""
        super().keyPressEvent(event)
        current = self.currentIndex()
        moves = event.key() in _MOVING and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if moves and current.isValid() and not self.selectionModel().hasSelection():
            self._anchor = current.row()
            self.selectionModel().select(current, _Command.ClearAndSelect)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows = self._geometry.rows
        if not rows:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._model.index(self._rows_in_view().start)
        return self._model.index(min(max(self._moved(current.row(), action), 0), rows - 1))

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        """Where a key leads from here; at the ends it may be one too far."""
        page = max(1, (self.viewport().height() - self._geometry.header) // self._geometry.step)
        forward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        if action in (_Action.MoveUp, _Action.MovePageUp):
            return self._geometry.above(row, page if action is _Action.MovePageUp else 1)
        if action in (_Action.MoveDown, _Action.MovePageDown):
            return self._geometry.below(row, page if action is _Action.MovePageDown else 1)
        if action is _Action.MoveHome:
            return 0
        if action is _Action.MoveEnd:
            return self._geometry.rows - 1
        if action in (_Action.MoveLeft, _Action.MovePrevious):
            return row - (forward if action is _Action.MoveLeft else 1)
        return row + (forward if action is _Action.MoveRight else 1)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for commands; to find by name there is the search."""

    def go(self, unit: str, groups: int) -> None:
        """Make the first item of the next (1) or previous (-1) day, month or year current. unit: 'D', 'M' or 'Y'."""
        order = self._model.order
        if order is None or not len(order.days):
            return
        row = max(self.currentIndex().row(), 0)
        days = order.days.astype("datetime64[D]").astype(f"datetime64[{unit}]")
        firsts = np.concatenate([[0], np.flatnonzero(days[1:] != days[:-1]) + 1])
        here = int(np.searchsorted(firsts, order.group_of(row), side="right")) - 1
        there = int(firsts[min(max(here + groups, 0), len(firsts) - 1)])
        index = self._model.index(int(order.starts[there]))
        self.selectionModel().setCurrentIndex(index, _Command.ClearAndSelect)
        self._anchor = index.row()
        self.jump_to(index.row())
