"""One part of the query as a small button: a click on it edits it, a click on its cross takes it away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop import icons, theme
from desktop.views.search.wording import translate

_HEIGHT = 24
_CROSS = 12
_WIDEST = 240


class ChipButton(QAbstractButton):
    """Delete and Backspace take it away, Return edits it."""

    removed = Signal(str)  # how the chip is written
    edited = Signal(str)

    def __init__(self, written: str, title: str, value: str, parent: QWidget | None = None) -> None:
        """written: how the query says it; title and value: what stands on it."""
        super().__init__(parent)
        self.written = written
        self._title, self._value = title, value
        self.setFont(theme.font(theme.SECONDARY_PX))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{self._title}: {self._value}")
        self.setAccessibleDescription(translate("Search", "Part of the search. Delete takes it away, Return edits it."))
        self.setToolTip(f"{self._title}: {self._value}\n{written}".strip())
        self.clicked.connect(lambda: self.edited.emit(self.written))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        text = metrics.horizontalAdvance(self._title + self._value)
        wanted = text + _CROSS + 3 * theme.SPACE_S + 2 * theme.SPACE_XS  # a letter may be wider than it says
        return QSize(min(wanted, _WIDEST), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def _cross(self) -> QRect:
        x = theme.SPACE_S if self.isRightToLeft() else self.width() - _CROSS - theme.SPACE_S
        return QRect(x, (self.height() - _CROSS) // 2, _CROSS, _CROSS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        reach = self._cross().adjusted(-theme.SPACE_S, -theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        if event.button() is Qt.MouseButton.LeftButton and reach.contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit(self.written)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.written)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edited.emit(self.written)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("hover" if self.underMouse() or self.isDown() else "window"))
        painter.setPen(theme.colour("accent" if self.hasFocus() else "line"))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        self._paint_text(painter)
        icons.paint(painter, QRectF(self._cross()), "x", theme.colour("secondary"))
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        space = QRect(theme.SPACE_S, 0, self.width() - _CROSS - 3 * theme.SPACE_S, self.height())
        if self.isRightToLeft():
            space.translate(_CROSS + theme.SPACE_S, 0)
        title = metrics.horizontalAdvance(self._title) + theme.SPACE_XS
        start, end = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        painter.setPen(theme.colour("secondary"))
        painter.drawText(space, start | Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setPen(theme.colour("text"))
        value = metrics.elidedText(self._value, Qt.TextElideMode.ElideMiddle, space.width() - title)
        painter.drawText(space, end | Qt.AlignmentFlag.AlignVCenter, value)
