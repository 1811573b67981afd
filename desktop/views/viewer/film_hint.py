"""What lies over a film while the pointer is on its line: the moment's small picture, the time, what is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop import theme

_PICTURE = QSize(208, 156)  # px at most
_LINE = 20  # px of a line of text
_LEAST_WIDTH = 56


class FilmHint(QWidget):
    """Belongs to a film page and never takes the pointer away from it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture: QPixmap | None = None
        self._time, self._words = "", ""
        self.hide()

    def show_over(self, foot: QPoint, time: str, words: str, picture: QPixmap | None) -> None:
        """foot: on the page, above which it stands, as near as the edges allow. words: may be ''."""
        self._time, self._words, self._picture = time, words, picture
        size = self._size()
        farthest = self._page.width() - size.width() - theme.SPACE_S
        left = min(max(foot.x() - size.width() // 2, theme.SPACE_S), farthest)
        self.setGeometry(left, max(theme.SPACE_S, foot.y() - size.height()), size.width(), size.height())
        self.show()
        self.raise_()
        self.update()

    @property
    def text(self) -> str:
        """What it says, for tests and for those who look at it by other means."""
        return " ".join(filter(None, (self._time, self._words)))

    @property
    def has_picture(self) -> bool:
        return self._picture is not None

    def _shown(self) -> QSize:
        """Of the picture, in px of the window."""
        if self._picture is None:
            return QSize(0, 0)
        return self._picture.size().scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)

    def _size(self) -> QSize:
        picture, pad = self._shown(), theme.SPACE_XS
        figures = QFontMetrics(theme.font(theme.SECONDARY_PX, semibold=True))
        width = max(picture.width(), figures.horizontalAdvance(self._time) + 2 * pad, _LEAST_WIDTH)
        lines = 1 + bool(self._words and picture.height())
        return QSize(width + 2 * pad, picture.height() + lines * _LINE + pad + (pad if picture.height() else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        around = QPainterPath()
        around.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_TILE, theme.RADIUS_TILE)
        painter.fillPath(around, QColor(theme.DARK.raised))
        painter.setPen(QColor(theme.DARK.line))
        painter.drawPath(around)
        self._paint_inside(painter)

    def _paint_inside(self, painter: QPainter) -> None:
        picture, pad = self._shown(), theme.SPACE_XS
        top = pad
        if self._picture is not None:
            left = (self.width() - picture.width()) // 2
            painter.drawPixmap(QRectF(left, pad, picture.width(), picture.height()), self._picture, QRectF())
            top += picture.height()
        row = QRectF(pad, top, self.width() - 2 * pad, _LINE)
        painter.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        painter.setPen(QColor(theme.DARK.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, self._time)
        if self._words and picture.height():
            painter.setFont(theme.font(theme.BADGE_PX))
            painter.setPen(QColor(theme.DARK.secondary))
            words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, int(row.width()))
            painter.drawText(row.translated(0, _LINE), Qt.AlignmentFlag.AlignCenter, words)
