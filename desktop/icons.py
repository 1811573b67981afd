"""The only place that loads icons: Lucide's line drawings, tinted from the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import theme
from desktop.marks import DRAWINGS

FOLDER = DRAWINGS

_COLOURS = {
    QIcon.Mode.Normal: "secondary",
    QIcon.Mode.Active: "text",
    QIcon.Mode.Selected: "on_accent",
    QIcon.Mode.Disabled: "disabled",
}


def of_the_program() -> QIcon:
    """What stands for the whole program in lists of windows."""
    return QIcon(str(FOLDER.parent / "icon" / "image-engine.svg"))


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon that follows the theme. name: of a file in resources/icons; colour: a field of theme.Tokens."""
    return QIcon(_Tinted(name, colour))


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor, *, filled: bool = False) -> None:
    """Draw an icon sharply into a square of device-independent pixels."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), _drawn(name, colour.name(), filled, round(rect.width()), ratio))


class _Tinted(QIconEngine):
    def __init__(self, name: str, colour: str | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        chosen = self._colour if self._colour and mode is not QIcon.Mode.Disabled else _COLOURS[mode]
        if state is QIcon.State.On and mode is QIcon.Mode.Normal and not self._colour:
            chosen = "text"
        _renderer(self._name, theme.colour(chosen).name(), False).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._colour)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, filled: bool, side: int, ratio: float) -> QPixmap:
    """Kept, since a grid draws the same few hundred times."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour, filled).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str, filled: bool) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    if filled:
        drawing = drawing.replace('fill="none"', f'fill="{colour}"', 1)
    return QSvgRenderer(QByteArray(drawing.encode()))
