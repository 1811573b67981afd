"""The frame of a film that is shown now, or its poster."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme


class Surface(QWidget):
    """As large as fits, in the middle."""

    painted = Signal(QImage)  # a frame that is to be seen from now on

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._poster = QImage()
        self._frame = QImage()

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
        painter.drawImage(QRectF(middle - QPointF(size.width(), size.height()) / 2, size), image)
