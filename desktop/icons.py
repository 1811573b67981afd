"""The only place that loads icons: Lucide's line drawings, tinted from the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import theme

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"

_COLOURS = {
    QIcon.Mode.Normal: "secondary",
    QIcon.Mode.Active: "text",
    QIcon.Mode.Selected: "on_accent",
    QIcon.Mode.Disabled: "disabled",
}


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon that follows the theme. name: of a file in resources/icons; colour: a field of theme.Tokens."""
    return QIcon(_Tinted(name, colour))


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon sharply into a square of device-independent pixels."""
    _renderer(name, colour.name()).render(painter, rect)


class _Tinted(QIconEngine):
    def __init__(self, name: str, colour: str | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        chosen = self._colour if self._colour and mode is not QIcon.Mode.Disabled else _COLOURS[mode]
        if state is QIcon.State.On and mode is QIcon.Mode.Normal and not self._colour:
            chosen = "text"
        paint(painter, QRectF(rect), self._name, theme.colour(chosen))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._colour)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))
