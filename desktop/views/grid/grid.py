"""The grid of pictures: paints its tiles, loads what comes into view, and answers the mouse on a tile."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
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
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop import theme
from desktop.item_models.media_list import MEDIA_ID
from desktop.jobs.thumbnails import Form, Thumbnails
from desktop.selection import Selection
from desktop.views.first_run import local_paths
from desktop.views.grid.header import HEIGHT, paint_header
from desktop.views.grid.leafing import Film, Leafing
from desktop.views.grid.selecting import SelectingView
from desktop.views.grid.tile import HEART, INSET, Look, Part, TilePainter, mark_at
from desktop.words import span, town_name
from engines.library.order import Order

_AHEAD = 1.0  # views above and below that are loaded as well
_AHEAD_MS = 300  # after another answer came: to decode all that while a person types would hold the next answer up
_MOST_AHEAD = 400  # tiles
_TELLING = 0.25  # of what is seen of a day has to be taken in a town for the day to be said to be there


class Grid(SelectingView):
    """Shows the items of an Order."""

    opened = Signal(int)  # media id, by Enter or a double click
    moment_opened = Signal(int, float)  # media id of a film and a second of it, where its tile shows what lies there
    dropped = Signal(list)  # absolute paths
    menu_wanted = Signal(QPoint)  # on the screen; it is about what is selected
    rated = Signal(int, int)  # media id, stars; by a click on a star, 0 by a second one on the same
    favoured = Signal(int)  # media id, by a click on the heart

    def __init__(
        self,
        thumbnails: Thumbnails,
        selection: Selection,
        parent: QWidget | None = None,
        *,
        leafing: Leafing | None = None,
    ) -> None:
        """leafing: goes through films on their tiles."""
        super().__init__(thumbnails, selection, parent)
        self._thumbnails = thumbnails
        self._leafing = leafing
        self._is_cropped = False
        self._hovered = -1
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)
        self._later = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._later.timeout.connect(self._load)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos and videos"))
        self.viewport().setAutoFillBackground(False)
        thumbnails.arrived.connect(self._repaint)
        for changed in (self.moved, self.tile_size_changed):
            changed.connect(self._load_soon)
        if leafing is not None:
            self.moved.connect(leafing.stop)
            leafing.changed.connect(lambda media_id: self._repaint([media_id]))
            leafing.stepped.connect(self._announce)
            selection.changed.connect(self._end_keys)

    # what is shown

    def show_order(self, order: Order) -> None:
        """Show these; what is selected stays selected and the view stays where it is, as far as it is still there."""
        held = self._hold()
        ids, current = self._shared.ids, self._shared.current
        self._is_following = True
        self._model.show(order)
        self._hovered = -1
        self._leaf_off()
        self._rebuild()
        self._release(held)
        self._select_ids(ids, current)
        self._is_following = False
        self._tell_selection()
        self._load_soon()
        self._later.start()

    @Slot(list)
    def refresh(self, media_ids: list[int]) -> None:
        """These have changed."""
        self._thumbnails.forget(media_ids)
        self._model.refresh(media_ids)
        self._load_soon()

    @Slot(bool)
    def set_cropped(self, is_cropped: bool) -> None:
        """Whether pictures fill their tiles; otherwise they are shown whole."""
        if is_cropped != self._is_cropped:
            self._is_cropped = is_cropped
            self.viewport().update()
            self._load_soon()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:  # Qt dies of one that outlives the event, such as in a traceback
            self._paint(painter, event.rect())

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        painter.fillRect(dirty, theme.colour("window"))
        order = self._model.order
        if order is not None and len(order):
            self._paint_tiles(painter, order, dirty)
            self._paint_headers(painter, order)
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
            part = self._part_of(media_id)
            if part is not None and part.is_leafed and self._leafing is not None:
                picture = self._leafing.picture(media_id) or picture
            tiles.paint(self._rect(row), media_id, picture, self._thumbnails.tile(media_id), look, part)

    def _paint_headers(self, painter: QPainter, order: Order) -> None:
        """On an opaque ground, since tiles pass below those that are stuck to the top."""
        for shelf, top in self._headers():
            painter.fillRect(QRect(0, top, self.viewport().width(), HEIGHT), theme.colour("window"))
            for group in self._geometry.groups_of(shelf):
                place = order.place_of(group) or self._town_of(order, group)
                paint_header(painter, self._header_rect(group, top), order, group, place)

    def _town_of(self, order: Order, group: int) -> str:
        """Where much of what is seen of a group was taken, as far as it is here; '' if nobody knows."""
        seen = self._rows_in_view()
        rows = range(max(seen.start, int(order.starts[group])), min(seen.stop, int(order.starts[group + 1])))
        tiles = (self._thumbnails.tile(int(order.ids[row])) for row in rows)
        towns = Counter(town_name(tile.town) for tile in tiles if tile is not None and tile.town is not None)
        town, count = towns.most_common(1)[0] if towns else ("", 0)
        return town if count >= _TELLING * len(rows) else ""

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
        tiles = map(self._thumbnails.tile, media_ids)
        if any(tile is not None and tile.town is not None for tile in tiles):
            self.viewport().update()  # the headers name it
            return
        for row in map(order.row_of, media_ids):
            if row is not None and row < self._geometry.rows:
                self.viewport().update(self._rect(row).adjusted(-INSET, -INSET, INSET, INSET))

    # loading

    @Slot()
    def _load_soon(self) -> None:
        self._soon.start()

    @Slot()
    def _load(self) -> None:
        order = self._model.order
        if order is None or not self.isVisible():
            return
        rows = self._nearest_first(0 if self._later.isActive() else _AHEAD)
        ratio = self.devicePixelRatioF()
        form = Form(round((self._geometry.side - 2 * INSET) * ratio), self._is_cropped)
        self._thumbnails.want(order.ids[rows].tolist(), form)

    def _nearest_first(self, ahead: float) -> NDArray[np.int64]:
        """The rows in view from its middle outwards, then those so many views further up and down."""
        scroll, view = self.verticalOffset(), self.viewport().height()
        far = int(view * ahead)
        seen = self._rows_in_view()
        around = self._geometry.between(scroll - far, scroll + view + far)
        rows = np.arange(around.start, around.stop, dtype=np.int64)
        middle = (seen.start + seen.stop) / 2
        rows = rows[np.argsort(np.abs(rows - middle), kind="stable")]
        return rows[: max(_MOST_AHEAD, len(seen))]

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        else:
            super().keyPressEvent(event)

    @Slot()
    def open_current(self) -> None:
        if self.currentIndex().isValid():
            self._open(self.currentIndex().data(MEDIA_ID))

    def _open(self, media_id: int) -> None:
        """A film at what was found in it, or what keys led to; the mouse passes over much that nobody means."""
        part = self._part_of(media_id)
        is_meant = self._leafing is not None and self._leafing.is_by_key
        if part is not None and (is_meant or not part.is_leafed or self._thumbnails.hits(media_id)):
            self.moment_opened.emit(media_id, part.start_s)
        else:
            self.opened.emit(media_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, is_left = event.position().toPoint(), event.button() is Qt.MouseButton.LeftButton
        group = self._header_at(point)
        if is_left and group is not None:
            self.select_group(group, event.modifiers())
        elif not (is_left and self._mark(point)):
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            row = self.indexAt(event.position().toPoint()).row()
            self._hover(row)
            self._leaf_to(row, event.position().x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton and not self._mark(point):
            self._open(index.data(MEDIA_ID))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        self._leaf_off()
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for changed in (before, row):
                if 0 <= changed < self._geometry.rows:
                    self.viewport().update(self._rect(changed))

    # films

    def _part_of(self, media_id: int) -> Part | None:
        """What of a film its tile shows: what a person leafed to, else the best of what was found."""
        leafed = self._leafing.part(media_id) if self._leafing is not None else None
        if leafed is not None:
            return leafed
        hits = self._thumbnails.hits(media_id)
        return Part(hits[0].start_s, hits[0].end_s, others=len(hits) - 1) if hits else None

    def _film(self, row: int) -> Film | None:
        """The item of a row, if it is a film whose picture is here."""
        order = self._model.order
        if order is None or not 0 <= row < len(order):
            return None
        media_id = int(order.ids[row])
        tile = self._thumbnails.tile(media_id)
        if tile is None or not tile.is_video or tile.digest is None or media_id >= order.columns.count:
            return None
        duration_s = float(order.columns["duration_s"][media_id])
        known_s = duration_s if duration_s == duration_s else 0.0
        return Film(media_id, tile.digest, known_s, self._thumbnails.hits(media_id))

    def _leaf_to(self, row: int, x: float) -> None:
        """The mouse is on this row, -1 for none."""
        if self._leafing is not None:
            rect = self._rect(row) if row >= 0 else QRect(0, 0, 1, 1)
            self._leafing.point(self._film(row), min(max((x - rect.x()) / rect.width(), 0.0), 1.0))

    def _leaf_off(self) -> None:
        if self._leafing is not None:
            self._leafing.stop()

    def leaf(self, moments: int) -> None:
        """Show of the current item, if it is a film, the moment so many further on."""
        film = self._film(self.currentIndex().row())
        if film is not None and self._leafing is not None:
            self._leafing.step(film, moments)

    @Slot()
    def _end_keys(self) -> None:
        """Another item is current: keys go through that one next."""
        if self._leafing is not None and self._leafing.is_by_key:
            self._leafing.stop()

    @Slot(int)
    def _announce(self, media_id: int) -> None:
        part = self._part_of(media_id)
        if part is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, span((part.start_s, part.end_s))))

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
