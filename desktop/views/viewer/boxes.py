"""Frames around what is seen, over a picture or a film."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop import theme
from desktop.words import thing
from engines.library.showing import Box

_LABEL_HEIGHT = 20  # px


def paint_box(painter: QPainter, box: Box, shown: QRectF) -> None:
    """shown: where it lies in the widget."""
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shown, 3, 3)
    painter.setFont(theme.font(theme.SECONDARY_PX))
    text = f"{thing(box.label)} {box.score:.0%}"
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.SPACE_XS
    top = shown.top() - _LABEL_HEIGHT if shown.top() >= _LABEL_HEIGHT else shown.top()
    label = QRectF(shown.left() - 1, top, width, _LABEL_HEIGHT)
    painter.fillRect(label, theme.colour("accent"))
    painter.setPen(QColor(theme.tokens().on_accent))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def within(box: Box, picture: QRectF) -> QRectF:
    """Where a box lies in a picture that is shown there."""
    left, top = picture.left() + box.left * picture.width(), picture.top() + box.top * picture.height()
    return QRectF(left, top, box.width * picture.width(), box.height * picture.height())
