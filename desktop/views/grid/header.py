"""Paints the line above a day: date, place where it is known, a hairline, how many."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop import theme
from desktop.words import day, number
from engines.library.order import Order

HEIGHT = 44  # px
_MARGIN = theme.SPACE_L
_UP = Qt.AlignmentFlag.AlignVCenter


def paint_header(painter: QPainter, rect: QRect, order: Order, group: int) -> None:
    """On an opaque ground, since tiles pass below it."""
    painter.fillRect(rect, theme.colour("window"))
    is_mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    inner = rect.adjusted(_MARGIN + 4, 0, -_MARGIN - 4, 0)
    count = number(int(order.starts[group + 1] - order.starts[group]))
    used = _write(painter, inner, count, theme.SECONDARY_PX, "secondary", at_end=not is_mirrored)
    inner = _less(inner, used + theme.SPACE_M, from_end=not is_mirrored)
    place = order.place_of(group)
    date = day(int(order.days[group]))
    used = _write(painter, inner, date, theme.BODY_PX, "text", at_end=is_mirrored, semibold=True)
    inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    if place:
        used = _write(painter, inner, f"·  {place}", theme.BODY_PX, "secondary", at_end=is_mirrored)
        inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    line = QRect(inner.x(), rect.center().y(), inner.width(), 1)
    painter.fillRect(line, theme.colour("line"))


def _write(
    painter: QPainter, box: QRect, text: str, pixels: int, colour: str, *, at_end: bool, semibold: bool = False
) -> int:
    """Returns the width that the text takes."""
    font = theme.font(pixels, semibold=semibold)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, _UP | side | Qt.AlignmentFlag.AlignAbsolute, text)
    return metrics.horizontalAdvance(text)


def _less(box: QRect, width: int, *, from_end: bool) -> QRect:
    return box.adjusted(0, 0, -width, 0) if from_end else box.adjusted(width, 0, 0, 0)
