"""Paints the line above a group: of a day its date, its place and how many; of copies how many and how large."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop import theme
from desktop.words import day, number
from engines.library.order import Order

translate = QCoreApplication.translate

HEIGHT = 44  # px
_INSET = 4  # px, as far as a picture from the edge of its tile
_SHORTEST_DETAIL = 48  # px; less of a place says nothing
_WIDEST_DAY = 14_514  # 27 September 2009: wide figures, a long month
_UP = Qt.AlignmentFlag.AlignVCenter


def narrowest() -> int:
    """px that the line needs for any date."""
    return QFontMetrics(theme.font(semibold=True)).horizontalAdvance(day(_WIDEST_DAY)) + 2 * _INSET


def paint_header(painter: QPainter, rect: QRect, order: Order, group: int, place: str = "") -> None:
    """The title always; of the rest what there is room for. place: of a day."""
    is_mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    title, detail, count = _copies(order, group) if order.sort == "copies" else _day(order, group, place)
    inner = rect.adjusted(_INSET, 0, -_INSET, 0)
    used = _write(painter, inner, title, "text", at_end=is_mirrored, semibold=True)
    inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    if count and _width(count) <= inner.width():
        used = _write(painter, inner, count, "secondary", at_end=not is_mirrored, pixels=theme.SECONDARY_PX)
        inner = _less(inner, used + theme.SPACE_M, from_end=not is_mirrored)
    if detail and inner.width() >= _SHORTEST_DETAIL:
        used = _write(painter, inner, f"·  {detail}", "secondary", at_end=is_mirrored)
        inner = _less(inner, used + theme.SPACE_S, from_end=is_mirrored)
    if inner.width() > 0:
        painter.fillRect(QRect(inner.x(), rect.center().y(), inner.width(), 1), theme.colour("line"))


def _day(order: Order, group: int, place: str) -> tuple[str, str, str]:
    size = _size(order, group)
    return day(int(order.days[group])), place, number(size) if size > 1 else ""


def _copies(order: Order, group: int) -> tuple[str, str, str]:
    size = _size(order, group)
    copies = translate("Grid", "{count} copies").format(count=number(size))
    length = int(order.columns["size_bytes"][order.ids[order.starts[group]]])
    return copies if size > 1 else translate("Grid", "1 file"), _bytes(length), ""


def _bytes(count: int) -> str:
    return QLocale().formattedDataSize(max(0, count), 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _size(order: Order, group: int) -> int:
    return int(order.starts[group + 1] - order.starts[group])


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
