"""One number and the calm line that it drew over two minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.cockpit import HISTORY

_HEIGHT = 32  # px

Shares = Sequence[float | None]  # 0 to 1, the newest last; None where nobody knew


class Gauge(QWidget):
    """title: what is measured."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("role", "secondary")
        self._number = QLabel("…")
        self._number.setFont(theme.font(theme.HEAD_PX, semibold=True))
        self._line = _Line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        for part in (self._title, self._number, self._line):
            layout.addWidget(part)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_history(self, shares: Shares, text: str) -> None:
        """text: what it is now."""
        self._number.setText(text)
        self.setAccessibleDescription(text)
        self._line.show_history(shares)


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._shares: Shares = ()
        self.setFixedHeight(_HEIGHT)

    def show_history(self, shares: Shares) -> None:
        self._shares = shares
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(self.rect()))
        base = self.height() - 1.0
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        for points in self._stretches(base):
            self._paint_stretch(painter, points, base)

    def _paint_stretch(self, painter: QPainter, points: list[QPointF], base: float) -> None:
        area = theme.colour("accent")
        area.setAlphaF(0.15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(area)
        painter.drawPolygon(QPolygonF([QPointF(points[0].x(), base), *points, QPointF(points[-1].x(), base)]))
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _stretches(self, base: float) -> Iterator[list[QPointF]]:
        """The points of each stretch that somebody knew, such as before and after a driver was away."""
        step = self.width() / (HISTORY - 1)
        first = self.width() - step * (len(self._shares) - 1)
        placed = [
            (first + place * step, None if share is None else base - 1 - min(1.0, max(0.0, share)) * (base - 2))
            for place, share in enumerate(self._shares)
        ]
        for is_known, group in groupby(placed, lambda point: point[1] is not None):
            points = [QPointF(x, y) for x, y in group if y is not None]
            if is_known and len(points) > 1:
                yield points
