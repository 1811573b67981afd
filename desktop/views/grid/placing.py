"""A list view that asks arithmetic where its items lie, scrolls among them and stays at one when all else changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.item_models.media_list import MediaListModel
from desktop.jobs.thumbnails import Thumbnails
from desktop.views.grid.geometry import Geometry
from desktop.views.grid.header import HEIGHT, narrowest
from engines.library.order import Order

SMALLEST, LARGEST, USUAL = 72, 480, 152  # px: how wide a tile may be chosen
_STEP = 1.15  # of the tile's width, by one turn of the wheel or one press of a key
Index = QModelIndex | QPersistentModelIndex


class PlacedView(QListView):
    """The base class would keep the geometry an item at a time: seconds for a million, at every resize.

    Subclasses call setModel(self._model) once they are ready for what it calls.
    """

    tile_size_changed = Signal(int)  # px
    moved = Signal()  # what is in view is other than before

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MediaListModel(thumbnails, self)
        self._geometry = Geometry(np.zeros(1, np.int64), 1, USUAL, 0)
        self._tile_size = USUAL
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QListView.Shape.NoFrame)

    @property
    def order(self) -> Order | None:
        return self._model.order

    # the size of tiles

    @property
    def tile_size(self) -> int:
        """How wide tiles should at least be, in px."""
        return self._tile_size

    def set_tile_size(self, size: int) -> None:
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._tile_size:
            return
        held = self._hold()
        self._tile_size = size
        self._rebuild()
        self._release(held)
        self.tile_size_changed.emit(size)

    def enlarge(self) -> None:
        self.set_tile_size(max(self._tile_size + 1, round(self._tile_size * _STEP)))

    def shrink(self) -> None:
        self.set_tile_size(round(self._tile_size / _STEP))

    # geometry

    def _rebuild(self) -> None:
        order = self._model.order
        has_headers = order is not None and order.has_groups
        self._geometry = Geometry(
            order.starts if order is not None else np.zeros(1, np.int64),
            self.viewport().width(),
            self._tile_size,
            HEIGHT if has_headers else 0,
            narrowest=narrowest() if has_headers else 0,
            is_mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft,
        )
        self.updateGeometries()
        self.viewport().update()

    def doItemsLayout(self) -> None:
        self._rebuild()

    def updateGeometries(self) -> None:
        view = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(view)
        bar.setSingleStep(max(20, self._geometry.step // 2))
        bar.setRange(0, max(0, self._geometry.height - view))

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = self._hold()
        self._rebuild()
        self._release(held)
        self.moved.emit()

    def _hold(self) -> tuple[int, int] | None:
        """The item that the view stays at: its id, and how far below the view's top it lies. None at the very top."""
        order, scroll = self._model.order, self.verticalOffset()
        if order is None or not len(order) or scroll == 0:
            return None
        rows = self._rows_in_view()
        current = self.currentIndex()
        if current.isValid() and current.row() in rows:
            row = current.row()
        elif rows:
            row = rows.start
        else:
            return None
        return int(order.ids[min(row, len(order) - 1)]), self._geometry.rect(row)[1] - scroll

    def _release(self, held: tuple[int, int] | None) -> None:
        order = self._model.order
        if held is None or order is None:
            return
        row = order.row_of(held[0])
        if row is not None:
            self.verticalScrollBar().setValue(self._geometry.rect(row)[1] - held[1])

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._geometry.rows:
            return QRect()
        return self._rect(index.row())

    def _rect(self, row: int) -> QRect:
        x, y, width, height = self._geometry.rect(row)
        return QRect(x, y - self.verticalOffset(), width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self._header_at(point) is not None:
            return QModelIndex()
        row = self._geometry.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._model.index(row)

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # the base class asks for every selected item: a second for a million

    # headers

    def _header_at(self, point: QPoint) -> int | None:
        """The group whose header, be it stuck to the top, is at this point; between two, the first one."""
        for shelf, top in self._headers():
            if top <= point.y() < top + HEIGHT:
                groups = self._geometry.groups_of(shelf)
                reached = [group for group in groups if self._reach(group, top).contains(point)]
                return reached[0] if reached else groups[-1]
        return None

    def _reach(self, group: int, top: int) -> QRect:
        return self._header_rect(group, top).adjusted(-self._geometry.margin, 0, self._geometry.margin, 0)

    def _header_rect(self, group: int, top: int) -> QRect:
        x, width = self._geometry.header_of(group)
        return QRect(x, top, width, HEIGHT)

    def _headers(self) -> Iterator[tuple[int, int]]:
        """The shelves in view, each with where its headers are in the view; the first one's stay at the top."""
        if not self._geometry.header or not self._geometry.rows:
            return
        scroll, view = self.verticalOffset(), self.viewport().height()
        tops = self._geometry.tops
        first, last = self._geometry.shelf_at(scroll), self._geometry.shelf_at(scroll + view)
        for shelf in range(last, first, -1):
            yield shelf, int(tops[shelf]) - scroll
        yield first, min(max(int(tops[first]) - scroll, 0), int(tops[first + 1]) - scroll - HEIGHT)

    # scrolling

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()  # the stuck header does not move along
        self.moved.emit()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        _, y, _, height = self._geometry.rect(index.row())
        bar, view = self.verticalScrollBar(), self.viewport().height()
        top, bottom = y - self._geometry.header - self._geometry.gap, y + height + self._geometry.gap
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(y + height // 2 - view // 2)
        elif top < bar.value() or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif bottom > bar.value() + view:
            bar.setValue(bottom - view)

    def jump_to(self, row: int) -> None:
        """Bring the line of this row to the top."""
        if not self._geometry.rows:
            return
        _, y, _, _ = self._geometry.rect(row)
        self.verticalScrollBar().setValue(y - self._geometry.header - self._geometry.gap)

    def _rows_in_view(self) -> range:
        """Of all tiles of which a part can be seen."""
        scroll = self.verticalOffset()
        return self._geometry.between(scroll, scroll + self.viewport().height())

    def ids_in_view(self) -> list[int]:
        order, rows = self._model.order, self._rows_in_view()
        return [] if order is None else [int(media_id) for media_id in order.ids[rows.start : rows.stop]]

    @property
    def first_row(self) -> int:
        """The first one in view that no header lies over."""
        scroll = self.verticalOffset() + self._geometry.header
        return self._geometry.between(scroll, scroll + self.viewport().height()).start

    def share_of(self, row: int) -> float:
        """How far down in the whole grid a row lies, 0 to 1."""
        top = self._geometry.rect(row)[1] - self._geometry.header if self._geometry.rows else 0
        return max(0, top) / max(1, self._geometry.height)

    def row_at_share(self, share: float) -> int:
        """The first row of the line that lies so far down."""
        top = int(share * self._geometry.height)
        row = self._geometry.between(top, top + self._geometry.step * 2).start
        return max(0, min(row, self._geometry.rows - 1))
