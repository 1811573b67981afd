"""Paints one product: its best picture, its name, how often and when it is seen, and with what."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDate, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import icons, theme
from desktop.item_models.products import ProductModel
from desktop.jobs.thumbnails import WHOLE, Thumbnails
from desktop.views.cloud.wording import counted, day
from engines.library.products import ProductRow

CARD = QSize(220, 268)  # px, with the gap around it
_GAP = theme.SPACE_S
_PICTURE_HEIGHT = 160  # px


class ProductCard(QStyledItemDelegate):
    """pictures: asked for those of the cards that are painted."""

    def __init__(self, model: ProductModel, pictures: Thumbnails) -> None:
        super().__init__(model)
        self._model = model
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CARD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        product = self._model.product(index.row())
        area: QRect = option.rect.adjusted(_GAP // 2, _GAP // 2, -_GAP // 2, -_GAP // 2)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.colour("hover" if is_hovered else "panel"))
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.colour("accent"), 2) if has_focus else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(area), theme.RADIUS_TILE, theme.RADIUS_TILE)
        self._paint_picture(painter, area.adjusted(_GAP, _GAP, -_GAP, 0), product)
        self._paint_words(painter, area.adjusted(_GAP, _GAP + _PICTURE_HEIGHT, -_GAP, -_GAP), product)
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, product: ProductRow) -> None:
        frame = QRect(area.topLeft(), QSize(area.width(), _PICTURE_HEIGHT - _GAP))
        self._pictures.want([product.best], WHOLE, keeps=True)
        picture = self._pictures.picture(product.best)
        if picture is None:
            side = 32
            middle = frame.center()
            square = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            icons.paint(painter, square, "shopping-bag", theme.colour("disabled"))
            return
        size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(frame.topLeft(), size)
        place.moveCenter(frame.center())
        painter.drawPixmap(place, picture)

    def _paint_words(self, painter: QPainter, area: QRect, product: ProductRow) -> None:
        lines = [
            (product.name, theme.font(semibold=True), "text"),
            (_tr_count(product.media), theme.font(theme.SECONDARY_PX), "secondary"),
            (_when(product), theme.font(theme.SECONDARY_PX), "secondary"),
            (_company(product), theme.font(theme.SECONDARY_PX), "secondary"),
        ]
        top = area.top()
        for text, font, colour in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            line = QRect(area.left(), top, area.width(), metrics.height() + 4)
            painter.drawText(
                line,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
                metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width()),
            )
            top += line.height()


def _tr_count(media: int) -> str:
    return counted(_tr("on 1 picture"), _tr("on {count} pictures"), media)


def _when(product: ProductRow) -> str:
    first, last = (_day(seconds) for seconds in (product.first_s, product.last_s))
    return first if first == last else f"{first} – {last}"  # noqa: RUF001 -- the sign for a stretch of time


def _company(product: ProductRow) -> str:
    return _tr("with {others}").format(others=", ".join(product.with_others)) if product.with_others else ""


def _day(seconds: int) -> str:
    """seconds: local time as if it were UTC."""
    try:
        when = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    return day(QDate(when.year, when.month, when.day))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Products", text)
