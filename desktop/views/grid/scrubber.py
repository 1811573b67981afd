"""The strip of years beside the grid: shows where in time the view is, and is clicked or dragged to go elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.views.grid.grid import Grid
from engines.library.order import Order

_WIDTH = 44  # px
_EPOCH = date(1970, 1, 1)


class Scrubber(QWidget):
    """Hidden while what is shown has no days."""

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._hovered: int | None = None
        self._years: list[tuple[int, str]] = []  # the first row of each year, and its name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Years"))
        self.setToolTip("")
        grid.moved.connect(self.update)
        grid.tile_size_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 0)

    def show_order(self, order: Order) -> None:
        self.setVisible(len(order.days) > 1)
        self._years = _years(order)
        self.update()

    def _y_of(self, row: int) -> int:
        """Where a row's place is in the strip."""
        return round(self._grid.share_of(row) * (self.height() - theme.SPACE_XL)) + theme.SPACE_M

    def _row_at(self, y: int) -> int:
        share = (y - theme.SPACE_M) / max(1, self.height() - theme.SPACE_XL)
        return self._grid.row_at_share(min(max(share, 0.0), 1.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme.colour("window"))
        if not self._grid.verticalScrollBar().maximum():  # all is in view
            return
        painter.setFont(theme.font(theme.BADGE_PX))
        metrics = QFontMetrics(painter.font())
        free_from = 0
        for row, year in self._years:
            y = self._y_of(row)
            if y - metrics.height() // 2 < free_from:
                continue
            free_from = y + metrics.height()
            painter.setPen(theme.colour("secondary"))
            box = QRect(0, y - metrics.height() // 2, self.width() - theme.SPACE_S, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, year)
        here = self._y_of(self._grid.first_row)
        painter.fillRect(QRect(self.width() - 3, here - 8, 3, 16), theme.colour("accent"))
        if self._hovered is not None:
            self._paint_bubble(painter, self._hovered, metrics)

    def _paint_bubble(self, painter: QPainter, y: int, metrics: QFontMetrics) -> None:
        """Which month the mouse is at."""
        order = self._grid.order
        if order is None or not len(order.days):
            return
        text = _month(int(order.days[order.group_of(self._row_at(y))]))
        height = metrics.height() + 6
        box = QRectF(0, min(max(y - height / 2, 0), self.height() - height), self.width() - 2, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = event.position().toPoint().y()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def _go(self, point: QPoint) -> None:
        self._grid.jump_to(self._row_at(point.y()))


def _years(order: Order) -> list[tuple[int, str]]:
    if not len(order.days):
        return []
    years = order.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    firsts = np.concatenate([[0], np.flatnonzero(np.diff(years)) + 1])
    return [(int(order.starts[group]), str(int(years[group]))) for group in firsts]


def _month(days: int) -> str:
    try:
        found = _EPOCH + timedelta(days=days)
    except OverflowError:
        return ""
    name = QLocale().standaloneMonthName(found.month, QLocale.FormatType.ShortFormat)
    return f"{name.strip('.')} {found.year % 100:02}"
