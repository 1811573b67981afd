"""The frame of a film that is shown now, or its poster."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.views.viewer.boxes import paint_box, within
from engines.library.showing import Box


class Surface(QWidget):
    """As large as fits, in the middle."""

    painted = Signal(QImage)  # a frame that is to be seen from now on

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._poster = QImage()
        self._frame = QImage()
        self.boxes: Sequence[Box] = ()

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Of the frame that is shown; the poster has none."""
        if boxes != self.boxes:
            self.boxes = boxes
            self.update()

    def show_poster(self, poster: QImage) -> None:
        self._poster = poster
        self.update()

    def show_frame(self, image: QImage) -> None:
        self._frame = image
        self.update()
        self.painted.emit(image)

    def clear_frame(self) -> None:
        self._frame = QImage()

    @property
    def has_poster(self) -> bool:
        return not self._poster.isNull()

    @property
    def has_frame(self) -> bool:
        """Whether a frame is shown, not the poster."""
        return not self._frame.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("viewer"))
        image = self._frame if self.has_frame else self._poster
        if image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        middle = QPointF(self.width() / 2, self.height() / 2)
        place = QRectF(middle - QPointF(size.width(), size.height()) / 2, size)
        painter.drawImage(place, image)
        for box in self.boxes if self.has_frame else ():
            paint_box(painter, box, within(box, place))
