"""When the items of the answer were taken, as bars; a range is chosen by dragging over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.views.search.wording import day_text, number, span, translate
from engines.search.histogram import Histogram

_HEIGHT = 64
_LABELS = 18
_LEAST = 2  # px; what holds anything is seen


class DateHistogram(QWidget):
    """The arrow keys move between bars, with Shift they widen the range, Return chooses it."""

    chosen = Signal(str)  # a part of a query

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates = Histogram("year")
        self._range: tuple[int, int] | None = None  # where it began, and where it is now
        self._pressed = False
        self.setFixedHeight(_HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("Search", "Dates"))

    def show_dates(self, dates: Histogram) -> None:
        if self._pressed:
            return  # the person is choosing among those that are shown
        self._dates, self._range = dates, None
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.SIDEBAR_WIDTH, _HEIGHT)

    def _tell(self) -> None:
        bars = self._dates.bars
        if not bars:
            self.setAccessibleDescription("")
            return
        low, high = self._span()
        count = sum(bar.count for bar in bars[low : high + 1])
        self.setAccessibleDescription(f"{self._text(low, high)}: {number(count)}")

    def _span(self) -> tuple[int, int]:
        """The first and the last bar of the range, or of all."""
        if self._range is None:
            return 0, len(self._dates.bars) - 1
        return min(self._range), max(self._range)

    def _text(self, low: int, high: int) -> str:
        first, last = self._dates.bars[low].written, self._dates.bars[high].written
        first, last = first.partition("..")[0], last.rpartition("..")[2]
        return day_text(first) if first == last else span(day_text(first), day_text(last))

    # mouse and keys

    def _bar_at(self, x: float) -> int:
        count = len(self._dates.bars)
        place = int(x * count / max(self.width(), 1))
        place = count - 1 - place if self.isRightToLeft() else place
        return min(max(place, 0), count - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._dates.bars:
            at = self._bar_at(event.position().x())
            self._range, self._pressed = (at, at), True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed and self._range is not None:
            self._range = (self._range[0], self._bar_at(event.position().x()))
            self._tell()
            self._show_tip(event.globalPosition().toPoint(), *self._span())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._pressed:
            self._pressed = False
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._dates.bars) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps and last >= 0:
            step = -steps[Qt.Key(key)] if self.isRightToLeft() else steps[Qt.Key(key)]
            start, at = self._range if self._range is not None else (last, last + (step < 0))
            at = min(max(at + step, 0), last)
            self._range = (start if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else at, at)
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._range is not None:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._range is not None:
            self.chosen.emit(self._dates.query(*self._span()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._dates.bars:
            assert isinstance(event, QHelpEvent)
            at = self._bar_at(event.pos().x())
            self._show_tip(event.globalPos(), at, at)
            return True
        return super().event(event)

    def _show_tip(self, place: QPoint, low: int, high: int) -> None:
        count = sum(bar.count for bar in self._dates.bars[low : high + 1])
        QToolTip.showText(place, f"{self._text(low, high)}: {number(count)}", self)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bars = self._dates.bars
        highest = max((bar.count for bar in bars), default=0)
        low, high = self._span()
        room = self.height() - _LABELS
        for place, bar in enumerate(bars):
            height = max(_LEAST, round(bar.count / highest * (room - 2))) if bar.count else 0
            chosen = self._range is not None and low <= place <= high
            area = self._bar_area(place)
            if chosen:
                painter.fillRect(QRectF(area.left(), 0, area.width(), room), theme.colour("hover"))
            colour = theme.colour("accent" if chosen else "disabled")
            gap = 1 if area.width() >= 4 else 0
            painter.fillRect(QRectF(area.left(), room - height, area.width() - gap, height), colour)
        painter.fillRect(0, room, self.width(), 1, theme.colour("line"))
        if bars:
            self._paint_labels(painter, QRect(0, room, self.width(), _LABELS))
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _bar_area(self, place: int) -> QRectF:
        count = len(self._dates.bars)
        place = count - 1 - place if self.isRightToLeft() else place
        left, right = round(place * self.width() / count), round((place + 1) * self.width() / count)
        return QRectF(left, 0, right - left, self.height())

    def _paint_labels(self, painter: QPainter, area: QRect) -> None:
        """The first and the last time, or the range that is being chosen."""
        painter.setFont(theme.font(theme.BADGE_PX))
        painter.setPen(theme.colour("secondary"))
        low, high = self._span()
        middle = Qt.AlignmentFlag.AlignVCenter
        first, last = self._text(low, low), self._text(high, high)
        if self._range is not None or first == last:
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignHCenter, self._text(low, high))
            return
        day, comma, hour = last.rpartition(", ")
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeading, first)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignTrailing, hour if first.startswith(day + comma) else last)
