"""Paints the line above a day: date, place where it is known, a hairline, how many."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop import theme
from desktop.words import day, number
from engines.library.order import Order

HEIGHT = 44  # px
_INSET = 4  # px, as far as a picture from the edge of its tile
_SHORTEST_PLACE = 48  # px; less of a name says nothing
_WIDEST_DAY = 14_514  # 27 September 2009: wide figures, a long month
_UP = Qt.AlignmentFlag.AlignVCenter


def narrowest() -> int:
    """px that the line needs for any date."""
    return QFontMetrics(theme.font(semibold=True)).horizontalAdvance(day(_WIDEST_DAY)) + 2 * _INSET


def paint_header(painter: QPainter, rect: QRect, order: Order, group: int) -> None:
    """The date always; of the rest what there is room for."""
    is_mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    inner = rect.adjusted(_INSET, 0, -_INSET, 0)
    used = _write(painter, inner, day(int(order.days[group])), "text", at_end=is_mirrored, semibold=True)
    inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    size = int(order.starts[group + 1] - order.starts[group])
    count = number(size)
    if size > 1 and _width(count) <= inner.width():
        used = _write(painter, inner, count, "secondary", at_end=not is_mirrored, pixels=theme.SECONDARY_PX)
        inner = _less(inner, used + theme.SPACE_M, from_end=not is_mirrored)
    place = order.place_of(group)
    if place and inner.width() >= _SHORTEST_PLACE:
        used = _write(painter, inner, f"·  {place}", "secondary", at_end=is_mirrored)
        inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    if inner.width() > 0:
        painter.fillRect(QRect(inner.x(), rect.center().y(), inner.width(), 1), theme.colour("line"))


def _width(text: str) -> int:
    return QFontMetrics(theme.font(theme.SECONDARY_PX)).horizontalAdvance(text)


def _write(
    painter: QPainter,
    box: QRect,
    text: str,
    colour: str,
    *,
    at_end: bool,
    pixels: int = theme.BODY_PX,
    semibold: bool = False,
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
