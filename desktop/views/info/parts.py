"""The small widgets that the info panel is made of: stars, tags to confirm, colours, a preview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QToolButton, QWidget

from desktop import icons, theme
from desktop.words import duration, thing
from engines import towns

_STAR = 18
_MOST = 5
_PREVIEW_HEIGHT = 200
_WIDEST_TAG = 180  # px
_CAPTION_LINES = 8  # that are seen; more are scrolled
_MAP_HEIGHT = 118
_MAP_DEGREES = 146  # from 60 south to 86 north: the rest is ice
_MAP_SHIFT = 13  # degrees that the equator lies below the middle


class Stars(QWidget):
    """Five stars to click; a click on the last one that shines takes the rating away."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = 0
        self.setFixedSize(_MOST * (_STAR + theme.SPACE_XS), _STAR + theme.SPACE_S)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Rating"))
        self.setToolTip(self.tr("Rating (keys 0 to 5)"))

    def show_stars(self, stars: int) -> None:
        self._stars = stars
        self.setAccessibleDescription(self.tr("{stars} of 5 stars").format(stars=max(stars, 0)))
        self.update()

    @property
    def stars(self) -> int:
        return self._stars

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place in range(_MOST):
            rect = QRectF(place * (_STAR + theme.SPACE_XS), theme.SPACE_XS, _STAR, _STAR)
            is_given = place < self._stars
            icons.paint(painter, rect, "star", theme.colour("rating" if is_given else "disabled"), filled=is_given)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        star = min(_MOST, int(event.position().x() // (_STAR + theme.SPACE_XS)) + 1)
        self.chosen.emit(0 if star == self._stars else star)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self.chosen.emit(min(max(self._stars + step, 0), _MOST))
        else:
            super().keyPressEvent(event)


class Caption(QPlainTextEdit):
    """A few lines to type in, as high as they need. Left, or with Ctrl+Return, it tells its text; Esc forgets it."""

    typed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._before = text
        self.setPlaceholderText(self.tr("Add a caption"))
        self.setAccessibleName(self.tr("Caption"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def is_being_typed(self) -> bool:
        return self.hasFocus() and self.toPlainText() != self._before

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.setPlainText(self._before)
            self.clearFocus()
        elif event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tell()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        text = self.toPlainText()
        if text.strip() != self._before.strip():
            self._before = text
            self.typed.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(1, int(self.document().size().height()))
        lines = min(needed, _CAPTION_LINES)
        is_scrolled = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(is_scrolled)
        margins = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins)


class TagChip(QWidget):
    """A tag with ✓ (it is right) and ✕ (it is wrong, or away with it).

    score: None for what a person or file says. seconds: of a film, during which it is to be seen.
    """

    judged = Signal(str, bool)

    def __init__(self, name: str, score: float | None, hint: str, *, mine: bool, seconds: float | None = None) -> None:
        super().__init__()
        self.name = name
        shown = name if score is None else thing(name)
        self.setProperty("chip", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setToolTip(f"{shown}: {hint}")
        self.setAccessibleName(f"{shown}, {hint}")
        label = QLabel()
        label.setText(label.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, _WIDEST_TAG))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_XS, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(label)
        if score is not None:
            percent = QLabel(f"{score:.0%}" if seconds is None else f"{score:.0%} · {duration(seconds)}")
            percent.setProperty("role", "secondary")
            layout.addWidget(percent)
        if not mine:
            layout.addWidget(self._button("check", self.tr("“{name}” is right").format(name=shown), right=True))
        wrong = self.tr("Take “{name}” away") if mine else self.tr("“{name}” is wrong")
        layout.addWidget(self._button("x", wrong.format(name=shown), right=False))

    def _button(self, icon_name: str, text: str, *, right: bool) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon_name))
        button.setIconSize(QSize(12, 12))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFixedSize(20, 20)
        button.clicked.connect(lambda: self.judged.emit(self.name, right))
        return button


class Colours(QWidget):
    """The colours of a picture as stripes in proportion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours: Sequence[dict[str, object]] = ()
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_colours(self, colours: Sequence[dict[str, object]]) -> None:
        self._colours = colours
        names = ", ".join(f"{colour['name']} {float(str(colour['share'])):.0%}" for colour in colours)
        self.setToolTip(names)
        self.setAccessibleName(names)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shares = [float(str(colour["share"])) for colour in self._colours]
        left, total = 0.0, sum(shares) or 1.0
        for colour, share in zip(self._colours, shares, strict=True):
            width = self.width() * share / total
            painter.fillRect(QRectF(left, 0, max(1.0, width - 2), self.height()), QColor(str(colour["hex"])))
            left += width


class Preview(QWidget):
    """The picture, as large as the panel; a double click opens it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setFixedHeight(_PREVIEW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("tile"))
        if self._image.isNull():
            side = 32
            icons.paint(
                painter,
                QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side),
                "image",
                theme.colour("disabled"),
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawImage(QRectF(middle - QPointF(size.width(), size.height()) / 2, size), self._image)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


class WorldMap(QWidget):
    """The land, a dot where the photo was taken. Parallels and meridians are straight, as many degrees each."""

    def __init__(self, latitude: float, longitude: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = QPointF(longitude, -latitude)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_MAP_HEIGHT)
        self.setAccessibleName(self.tr("On the map of the world"))
        self.setToolTip(self.tr("Towns: GeoNames, CC BY 4.0. Map: Natural Earth."))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("tile"))
        scale = min(self.width() / 360, self.height() / _MAP_DEGREES)
        middle = QPointF(self.width() / 2, self.height() / 2 + _MAP_SHIFT * scale)
        painter.translate(middle)
        painter.scale(scale, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("disabled"))
        painter.drawPath(_land())
        painter.resetTransform()
        dot = middle + self._point * scale
        painter.setPen(QPen(theme.colour("on_accent"), 1.5))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(dot, 4.5, 4.5)


@cache
def _land() -> QPainterPath:
    path = QPainterPath()
    for ring in towns.land():
        path.addPolygon(QPolygonF([QPointF(x, -y) for x, y in ring.tolist()]))
    return path


class Elided(QLabel):
    """One line that loses its middle where there is no room; the whole is in the tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        super().setText(text)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a path begins with its slash everywhere
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width())
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute, text)
