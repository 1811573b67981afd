"""How busy the computer is: two calm lines over two minutes, with what they are now in numbers."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.jobs.monitor import Load
from desktop.views.activity.wording import size

_SAMPLES = 120  # one a second


class LoadStrip(QWidget):
    """Shows what a Monitor measures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._processor = _Gauge(self.tr("Processor"))
        self._memory = _Gauge(self.tr("Memory"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_L)
        layout.addWidget(self._processor, 1)
        layout.addWidget(self._memory, 1)

    @Slot(object)
    def take(self, load: Load) -> None:
        self._processor.take(load.processor, self.tr("{percent} %").format(percent=round(load.processor * 100)))
        self._memory.take(load.memory_bytes / load.total_bytes, size(load.memory_bytes))


class _Gauge(QWidget):
    def __init__(self, title: str) -> None:
        super().__init__()
        self._number = QLabel("…")
        self._number.setFont(theme.font(theme.HEAD_PX, semibold=True))
        name = QLabel(title)
        name.setProperty("role", "secondary")
        self._line = _Line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        for part in (name, self._number, self._line):
            layout.addWidget(part)
        self.setAccessibleName(title)

    def take(self, share: float, text: str) -> None:
        self._number.setText(text)
        self._line.take(share)


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._shares: deque[float] = deque(maxlen=_SAMPLES)
        self.setFixedHeight(32)

    def take(self, share: float) -> None:
        self._shares.append(min(1.0, max(0.0, share)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - 1.0
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        if len(self._shares) < 2:
            return
        step = self.width() / (_SAMPLES - 1)
        first = self.width() - step * (len(self._shares) - 1)
        points = [
            QPointF(first + place * step, base - 1 - share * (base - 2)) for place, share in enumerate(self._shares)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        area = theme.colour("accent")
        area.setAlphaF(0.15)
        painter.setBrush(area)
        painter.drawPolygon(QPolygonF([QPointF(points[0].x(), base), *points, QPointF(points[-1].x(), base)]))
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setClipRect(QRectF(self.rect()))
        painter.drawPolyline(QPolygonF(points))
