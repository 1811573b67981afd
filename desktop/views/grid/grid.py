"""The grid of pictures: a list view whose geometry is arithmetic, so that a million items open at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop import theme
from desktop.item_models.media_list import MEDIA_ID, MediaListModel
from desktop.jobs.thumbnails import Form, Thumbnails
from desktop.selection import Selection
from desktop.views.first_run import local_paths
from desktop.views.grid.geometry import Geometry
from desktop.views.grid.header import HEIGHT, paint_header
from desktop.views.grid.tile import HEART, INSET, Look, TilePainter, mark_at
from engines.library.order import Order

SMALLEST, LARGEST, USUAL = 72, 480, 152  # px: how wide a tile may be chosen
_STEP = 1.15  # of the tile's width, by one turn of the wheel or one press of a key
_AHEAD = 1.0  # views above and below that are loaded as well
_MOST_AHEAD = 400  # tiles
_Index = QModelIndex | QPersistentModelIndex
_Command = QItemSelectionModel.SelectionFlag


class Grid(QListView):
    """Shows the items of an Order. Its own selection and the session's Selection follow each other."""

    opened = Signal(int)  # media id, by Enter or a double click
    dropped = Signal(list)  # absolute paths
    menu_wanted = Signal(QPoint)  # on the screen; it is about what is selected
    tile_size_changed = Signal(int)  # px
    rated = Signal(int, int)  # media id, stars; by a click on a star, 0 by a second one on the same
    favoured = Signal(int)  # media id, by a click on the heart
    moved = Signal()  # what is in view is other than before

    def __init__(self, thumbnails: Thumbnails, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._shared = selection
        self._model = MediaListModel(thumbnails, self)
        self._geometry = Geometry(np.zeros(1, np.int64), 1, USUAL, 0)
        self._tile_size = USUAL
        self._is_cropped = False
        self._hovered = -1
        self._anchor = 0  # the row that a range of Shift begins at
        self._band: QRect | None = None
        self._band_from = QPoint()
        self._is_following = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)
        self._set_up()
        self.setModel(self._model)
        thumbnails.arrived.connect(self._repaint)
        selection.changed.connect(self._follow)

    def _set_up(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(self.tr("Photos and videos"))
        self.viewport().setAutoFillBackground(False)

    # what is shown

    @property
    def order(self) -> Order | None:
        return self._model.order

    def show_order(self, order: Order) -> None:
        """Show these; what is selected stays selected and the view stays where it is, as far as it is still there."""
        held = self._hold()
        ids, current = self._shared.ids, self._shared.current
        self._is_following = True
        self._model.show(order)
        self._hovered = -1
        self._rebuild()
        self._release(held)
        self._select_ids(ids, current)
        self._is_following = False
        self._tell_selection()
        self._load_soon()

    @Slot(list)
    def refresh(self, media_ids: list[int]) -> None:
        """These have changed."""
        self._thumbnails.forget(media_ids)
        self._model.refresh(media_ids)
        self._load_soon()

    @property
    def tile_size(self) -> int:
        """How wide tiles should at least be, in px."""
        return self._tile_size

    @Slot(int)
    def set_tile_size(self, size: int) -> None:
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._tile_size:
            return
        held = self._hold()
        self._tile_size = size
        self._rebuild()
        self._release(held)
        self._load_soon()
        self.tile_size_changed.emit(size)

    @Slot()
    def enlarge(self) -> None:
        self.set_tile_size(max(self._tile_size + 1, round(self._tile_size * _STEP)))

    @Slot()
    def shrink(self) -> None:
        self.set_tile_size(round(self._tile_size / _STEP))

    @Slot(bool)
    def set_cropped(self, is_cropped: bool) -> None:
        """Whether pictures fill their tiles; otherwise they are shown whole."""
        if is_cropped != self._is_cropped:
            self._is_cropped = is_cropped
            self.viewport().update()
            self._load_soon()

    # geometry, which the base class would keep an item at a time

    def _rebuild(self) -> None:
        order = self._model.order
        starts = order.starts if order is not None else np.zeros(1, np.int64)
        header = HEIGHT if order is not None and len(order.days) else 0
        self._geometry = Geometry(
            starts,
            self.viewport().width(),
            self._tile_size,
            header,
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
        self._load_soon()

    def _hold(self) -> tuple[int, int] | None:
        """The item that the view stays at: its id, and how far below the view's top it lies. None at the very top."""
        order, scroll = self._model.order, self.verticalOffset()
        if order is None or not len(order) or scroll == 0:
            return None
        view = self.viewport().height()
        current = self.currentIndex()
        rows = self._geometry.between(scroll, scroll + view)
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

    def visualRect(self, index: _Index) -> QRect:
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

    def _header_at(self, point: QPoint) -> int | None:
        """The group whose header, be it stuck to the top, is at this point."""
        if not self._geometry.header or not self._geometry.rows:
            return None
        for group, top in self._headers():
            if top <= point.y() < top + HEIGHT:
                return group
        return None

    def _headers(self) -> Iterator[tuple[int, int]]:
        """The groups in view, each with where its header is in the view; the first one's stays at the top."""
        scroll, view = self.verticalOffset(), self.viewport().height()
        tops = self._geometry.tops
        first, last = self._geometry.group_at(scroll), self._geometry.group_at(scroll + view)
        for group in range(last, first, -1):
            yield group, int(tops[group]) - scroll
        yield first, min(max(int(tops[first]) - scroll, 0), int(tops[first + 1]) - scroll - HEIGHT)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # the base class asks for every selected item: a second for a million

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()  # the stuck header does not move along
        self._load_soon()
        self.moved.emit()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
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

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self._paint(painter, event.rect())
        finally:
            painter.end()  # Qt dies of a painter that outlives the event, as it would in the stack of an exception

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        painter.fillRect(dirty, theme.colour("window"))
        order = self._model.order
        if order is not None and len(order):
            self._paint_tiles(painter, order, dirty)
            for group, top in self._headers() if self._geometry.header else ():
                paint_header(painter, QRect(0, top, self.viewport().width(), HEIGHT), order, group)
        if self._band is not None:
            self._paint_band(painter, self._band)

    def _paint_tiles(self, painter: QPainter, order: Order, dirty: QRect) -> None:
        scroll = self.verticalOffset()
        rows = self._geometry.between(dirty.top() + scroll - INSET, dirty.bottom() + scroll + INSET)
        tiles = TilePainter(painter, order.columns, is_cropped=self._is_cropped)
        selection, current = self.selectionModel(), self.currentIndex().row()
        has_selection, has_focus = selection.hasSelection(), self.hasFocus()
        for row in rows:
            media_id = int(order.ids[row])
            look = Look(
                has_selection and selection.isSelected(self._model.index(row)),
                has_focus and row == current,
                row == self._hovered,
            )
            picture = self._thumbnails.picture(media_id)
            tiles.paint(self._rect(row), media_id, picture, self._thumbnails.tile(media_id), look)

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        fill = theme.colour("accent")
        painter.setPen(QPen(fill))
        fill.setAlpha(40)
        painter.setBrush(fill)
        painter.drawRect(QRectF(band.translated(0, -self.verticalOffset())).adjusted(0.5, 0.5, -0.5, -0.5))

    @Slot(list)
    def _repaint(self, media_ids: list[int]) -> None:
        order = self._model.order
        if order is None:
            return
        for row in map(order.row_of, media_ids):
            if row is not None and row < self._geometry.rows:
                self.viewport().update(self._rect(row).adjusted(-INSET, -INSET, INSET, INSET))

    # loading

    def _load_soon(self) -> None:
        self._soon.start()

    @Slot()
    def _load(self) -> None:
        order = self._model.order
        if order is None or not self.isVisible():
            return
        rows = self._nearest_first()
        ratio = self.devicePixelRatioF()
        form = Form(round((self._geometry.side - 2 * INSET) * ratio), self._is_cropped)
        self._thumbnails.want(order.ids[rows].tolist(), form)

    def _nearest_first(self) -> NDArray[np.int64]:
        """The rows in view from its middle outwards, then those a view further up and down."""
        scroll, view = self.verticalOffset(), self.viewport().height()
        far = int(view * _AHEAD)
        seen = self._geometry.between(scroll, scroll + view)
        around = self._geometry.between(scroll - far, scroll + view + far)
        rows = np.arange(around.start, around.stop, dtype=np.int64)
        middle = (seen.start + seen.stop) / 2
        rows = rows[np.argsort(np.abs(rows - middle), kind="stable")]
        return rows[: max(_MOST_AHEAD, len(seen))]

    # selecting

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
        self.selectionModel().select(self._ranges(np.arange(min(first, row), max(first, row) + 1)), command)

    def _select_band(self, command: QItemSelectionModel.SelectionFlag) -> None:
        if self._band is None:
            return
        band = self._band
        rows = self._geometry.inside(band.left(), band.top(), band.right(), band.bottom())
        self.selectionModel().select(self._ranges(rows), command)

    def _ranges(self, rows: NDArray[np.int64]) -> QItemSelection:
        """These rows, ascending, as few ranges."""
        selection = QItemSelection()
        if not len(rows):
            return selection
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        for first, last in zip(rows[[0, *breaks]], rows[[*(breaks - 1), -1]], strict=True):
            selection.select(self._model.index(int(first)), self._model.index(int(last)))
        return selection

    def selectAll(self) -> None:
        self.selectionModel().select(self._ranges(np.arange(self._geometry.rows)), _Command.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()
        self._tell_selection()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
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

    # keys

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows = self._geometry.rows
        if not rows:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            first = self._geometry.between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())
            return self._model.index(first.start)
        return self._model.index(min(max(self._moved(current.row(), action), 0), rows - 1))

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        """Where a key leads from here; at the ends it may be one too far."""
        Action = QAbstractItemView.CursorAction  # noqa: N806 -- a class
        page = max(1, (self.viewport().height() - self._geometry.header) // self._geometry.step)
        forward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        if action in (Action.MoveUp, Action.MovePageUp):
            return self._geometry.above(row, page if action is Action.MovePageUp else 1)
        if action in (Action.MoveDown, Action.MovePageDown):
            return self._geometry.below(row, page if action is Action.MovePageDown else 1)
        if action is Action.MoveHome:
            return 0
        if action is Action.MoveEnd:
            return self._geometry.rows - 1
        if action in (Action.MoveLeft, Action.MovePrevious):
            return row - (forward if action is Action.MoveLeft else 1)
        return row + (forward if action is Action.MoveRight else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        else:
            super().keyPressEvent(event)

    @Slot()
    def open_current(self) -> None:
        if self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(MEDIA_ID))

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

    def keyboardSearch(self, search: str) -> None:
        """Letters are for commands; to find by name there is the search."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        group = self._header_at(event.position().toPoint())
        if group is not None and event.button() is Qt.MouseButton.LeftButton:
            self._select_group(group, event.modifiers())
            return
        if event.button() is Qt.MouseButton.LeftButton and self._mark(event.position().toPoint()):
            return
        self._band_from = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def _mark(self, point: QPoint) -> bool:
        """Rate or favour the item whose star or heart is at this point; False where there is none."""
        order, row = self._model.order, self.indexAt(point).row()
        if order is None or row < 0 or row != self._hovered:
            return False
        media_id = int(order.ids[row])
        mark = mark_at(point, self._rect(row)) if self._thumbnails.picture(media_id) is not None else None
        if mark == HEART:
            self.favoured.emit(media_id)
        elif mark is not None:
            has_it = media_id < order.columns.count and int(order.columns["rating"][media_id]) == mark
            self.rated.emit(media_id, 0 if has_it else mark)
        return mark is not None

    def _select_group(self, group: int, modifiers: Qt.KeyboardModifier) -> None:
        rows = np.arange(self._geometry.starts[group], self._geometry.starts[group + 1])
        adds = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._anchor = int(rows[0])
        self.selectionModel().setCurrentIndex(self._model.index(int(rows[0])), _Command.NoUpdate)
        self.selectionModel().select(self._ranges(rows), _Command.Select if adds else _Command.ClearAndSelect)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.state() is QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._band = QRect(self._band_from, here).normalized()
            self.viewport().update()
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover(self.indexAt(event.position().toPoint()).row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(index.data(MEDIA_ID))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for changed in (before, row):
                if 0 <= changed < self._geometry.rows:
                    self.viewport().update(self._rect(changed))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y():
            (self.enlarge if event.angleDelta().y() > 0 else self.shrink)()
            event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    # dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Links to all selected files, with a small picture of the one under the mouse."""
        order = self._model.order
        if order is None or not len(self._shared):
            return
        data = self._model.mimeData([self._model.index(row) for row in order.rows_of(self._shared.ids).tolist()])
        drag = QDrag(self)
        drag.setMimeData(data)
        current = self._shared.current
        picture = self._thumbnails.picture(current) if current is not None else None
        if picture is not None:
            drag.setPixmap(picture.scaled(QSize(96, 96), Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    def _welcome(self, event: QDragMoveEvent) -> None:
        if event.source() is not self and local_paths(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        self._welcome(event)  # type: ignore[arg-type]  # the same event, let go
        if event.isAccepted():
            self.dropped.emit(local_paths(event))

    # jumping, for the date scrubber

    def jump_to(self, row: int) -> None:
        """Bring the line of this row to the top."""
        _, y, _, _ = self._geometry.rect(row)
        self.verticalScrollBar().setValue(y - self._geometry.header - self._geometry.gap)

    def ids_in_view(self) -> list[int]:
        """Of all tiles of which a part can be seen."""
        order = self._model.order
        rows = self._geometry.between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())
        return [] if order is None else [int(media_id) for media_id in order.ids[rows.start : rows.stop]]

    def share_of(self, row: int) -> float:
        """How far down in the whole grid a row lies, 0 to 1."""
        return self._geometry.rect(row)[1] / max(1, self._geometry.height)

    def row_at_share(self, share: float) -> int:
        """The first row of the line that lies so far down."""
        top = int(share * self._geometry.height)
        return min(self._geometry.between(top, top + self._geometry.step * 2).start, self._geometry.rows - 1)

    @property
    def first_row(self) -> int:
        """The first one in view."""
        scroll = self.verticalOffset() + self._geometry.header
        return self._geometry.between(scroll, scroll + self.viewport().height()).start
