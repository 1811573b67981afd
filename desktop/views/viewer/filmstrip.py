"""The neighbours of the item that is shown, in one row of small pictures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.jobs.thumbnails import WHOLE, Thumbnails
from engines.library.order import Order

HEIGHT = 72
_CELL = 84  # px wide


class Filmstrip(QWidget):
    """A click chooses an item. Rows are looked up when painted, so a million of them cost nothing."""

    chosen = Signal(int)  # media id
    seen = Signal(bool)  # whether it can be seen from now on

    def __init__(self, pictures: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Neighbours"))
        self._pictures = pictures
        self._order: Order | None = None
        self._row = 0
        pictures.arrived.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        return QSize(4 * _CELL, HEIGHT)

    def show_row(self, order: Order | None, row: int) -> None:
        self._order, self._row = order, row
        if order is not None:
            nearest = sorted(self._rows(), key=lambda near: abs(near - row))
            self._pictures.want([int(order.ids[near]) for near in nearest], WHOLE, keeps=True)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.seen.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.show_row(self._order, self._row)

    def _rows(self) -> range:
        if self._order is None:
            return range(0)
        around = self.width() // _CELL // 2 + 1
        return range(max(0, self._row - around), min(len(self._order), self._row + around + 1))

    def _cell(self, row: int) -> QRectF:
        left = self.width() / 2 - _CELL / 2 + (row - self._row) * _CELL
        return QRectF(left + 2, 4, _CELL - 4, HEIGHT - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("viewer"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for row in self._rows():
            self._paint_cell(painter, row)

    def _paint_cell(self, painter: QPainter, row: int) -> None:
        assert self._order is not None
        cell, is_current = self._cell(row), row == self._row
        picture = self._pictures.picture(int(self._order.ids[row]))
        painter.setOpacity(1.0 if is_current else 0.55)
        if picture is None:
            painter.fillRect(cell.adjusted(8, 8, -8, -8), theme.colour("disabled"))
        else:
            size = QSizeF(picture.size()).scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(cell.center() - QPointF(size.width(), size.height()) / 2, size)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setOpacity(1.0)
        if is_current:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(cell.adjusted(-1, -1, 1, 1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _row_at(self, position: QPointF) -> int | None:
        return next((row for row in self._rows() if self._cell(row).contains(position)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is not None and self._order is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(int(self._order.ids[row]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._order is not None:
            row = self._row_at(QPointF(event.pos()))
            self.setToolTip("" if row is None else self.tr("{row} of {all}").format(row=row + 1, all=len(self._order)))
        return super().event(event)
