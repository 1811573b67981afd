"""One photo, as large as the view or closer: first what is at hand, then what is sharp."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.jobs.decoder import Wish
from desktop.views.viewer.boxes import paint_box, within
from desktop.views.viewer.camera import Camera
from engines.library.showing import Box, Item
from engines.media.view import TILE

_WHEEL_STEP = 1.25  # a notch
_SHARP_ENOUGH = 0.98  # of the pixels that could be seen


class PictureView(QWidget):
    """Shows an item's picture. The wheel zooms at the pointer, dragging pans, a double click goes to 100 % and back.

    What is decoded for it is given to take(). tiles_kept: of 1 MB each.
    """

    camera_changed = Signal()
    steered = Signal()  # a person zoomed or panned
    tiles_wanted = Signal(list)  # Wishes, instead of all before

    def __init__(self, tiles_kept: int = 240, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles_kept = tiles_kept
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._item: Item | None = None
        self._base = QImage()  # all of the picture, as sharp as it came so far
        self._tiles: dict[Wish, QImage] = {}
        self._drag: QPointF | None = None
        self._boxes: Sequence[Box] = ()
        self.camera = Camera(QSizeF(), QSizeF())

    # what is shown

    def show_item(self, item: Item, at_hand: QImage) -> None:
        """at_hand: the thumbnail or a picture that was decoded before; may be null."""
        self._item = item
        self._base = at_hand
        self._tiles.clear()
        self._boxes = ()
        size = QSizeF(item.width, item.height) if item.width else QSizeF(at_hand.size())
        self.camera = self._camera(size)
        self.setAccessibleName(item.name)
        self._changed()

    def take_at_hand(self, image: QImage) -> None:
        """A first picture, if there is none yet."""
        if self._item is None or not self._base.isNull():
            return
        self._base = image
        if self.camera.picture.isEmpty():
            self.camera = self._camera(QSizeF(image.size()))
        self._changed()

    def clear(self) -> None:
        self._item, self._base = None, QImage()
        self._tiles.clear()
        self.update()

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self.update()

    @property
    def item(self) -> Item | None:
        return self._item

    @property
    def is_sharp(self) -> bool:
        """Whether every device pixel shows as much as the picture has to give."""
        return self._covers(self._base) or all(wish in self._tiles for wish in self._wanted_tiles())

    @Slot(object, QImage, QSize)
    def take(self, wish: Wish, image: QImage, whole: QSize) -> None:
        """A picture that was decoded; one that is for another item is passed over."""
        if self._item is None or wish.media_id != self._item.id:
            return
        if wish.side:
            self._base = image
        else:
            while len(self._tiles) >= self._tiles_kept:
                self._tiles.pop(next(iter(self._tiles)))
            self._tiles[wish] = image
        if whole != self.camera.picture.toSize():
            before = self.camera
            self.camera = replace(self._camera(QSizeF(whole)), quarter_turns=before.quarter_turns).in_step_with(before)
            self._changed()
        self.update()

    def _camera(self, picture: QSizeF) -> Camera:
        return Camera(picture, self._view_size(), density=self.devicePixelRatioF())

    # how it is seen

    def zoom_to(self, zoom: float | None, at: QPointF | None = None) -> None:
        """zoom: device pixels a pixel; None: fit. at: a point of the widget that stays."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        self.camera = self.camera.zoomed(zoom, (at or middle) * self.devicePixelRatioF())
        self._changed()
        self.steered.emit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        self.zoom_to(self.camera.scale * factor, at)

    def toggle_actual_size(self, at: QPointF | None = None) -> None:
        self.zoom_to(1.0 if self.camera.zoom is None else None, at)

    def follow(self, camera: Camera) -> None:
        """Show the same part, as close as this one."""
        self.camera = self.camera.in_step_with(camera)
        self._changed()

    def turn(self, quarter_turns: int) -> None:
        self.camera = self.camera.turned(quarter_turns)
        self._changed()

    def _view_size(self) -> QSizeF:
        return QSizeF(self.size()) * self.devicePixelRatioF()

    def _changed(self) -> None:
        if self._item is not None and self._item.has_file and not self._item.is_video and not self._covers(self._base):
            self.tiles_wanted.emit([wish for wish in self._wanted_tiles() if wish not in self._tiles])
        self.update()
        self.camera_changed.emit()

    def _covers(self, image: QImage) -> bool:
        if image.isNull() or self.camera.picture.isEmpty():
            return False
        return image.width() >= _SHARP_ENOUGH * min(1.0, self.camera.scale) * self.camera.picture.width()

    def _wanted_tiles(self) -> list[Wish]:
        """The tiles that are seen, those in the middle first; none where the fitting picture will do."""
        if self._item is None or self.camera.zoom is None:
            return []
        halvings = max(0, math.floor(-math.log2(self.camera.scale)))
        side, seen = TILE << halvings, self.camera.seen
        columns = range(int(seen.left() // side), math.ceil(seen.right() / side))
        rows = range(int(seen.top() // side), math.ceil(seen.bottom() / side))
        middle = seen.center() / side - QPointF(0.5, 0.5)
        places = sorted(
            ((column, row) for column in columns for row in rows),
            key=lambda place: math.hypot(place[0] - middle.x(), place[1] - middle.y()),
        )
        item = self._item
        return [Wish(item.id, item.path, halvings=halvings, column=column, row=row) for column, row in places]

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("viewer"))
        if self._base.isNull():
            return
        scale = self.camera.scale
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
        painter.setTransform(self.camera.transform * painter.transform())
        painter.drawImage(QRectF(QPointF(), self.camera.picture), self._base)
        seen = self.camera.seen
        for wish, image in sorted(self._tiles.items(), key=lambda one: -one[0].halvings):
            place = _place(wish, image)
            if place.intersects(seen):
                painter.drawImage(place, image)
        self._paint_boxes(painter)

    def _paint_boxes(self, painter: QPainter) -> None:
        to_widget = painter.transform()
        painter.resetTransform()
        ratio, picture = self.devicePixelRatioF(), QRectF(QPointF(), self.camera.picture)
        for box in self._boxes:
            shown = self.camera.transform.mapRect(within(box, picture))
            paint_box(painter, box, QRectF(shown.topLeft() / ratio, shown.size() / ratio))
        painter.setTransform(to_widget)

    # mouse

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera = replace(self.camera, view=self._view_size())
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom_by(_WHEEL_STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.camera.zoom is not None:
            self._drag = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self.camera = self.camera.moved((event.position() - self._drag) * self.devicePixelRatioF())
            self._drag = event.position()
            self._changed()
            self.steered.emit()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle_actual_size(event.position())


def _place(wish: Wish, image: QImage) -> QRectF:
    """Where a tile lies in the whole picture."""
    pixel = 1 << wish.halvings
    side = TILE * pixel
    return QRectF(wish.column * side, wish.row * side, image.width() * pixel, image.height() * pixel)
