"""The line below a film: where it is, its moments as stretches, what the search found as marks, and A to B."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop import theme

_STEP_MS = 1000  # by a key
_PAGES = 10  # of them from the beginning to the end
_HEIGHT, _TRACK_Y, _TRACK, _TRACK_HOVERED = 40, 16, 6, 10  # px
_MARGIN = 12  # px beside the line, so that the handle finds room
_GAP = 2  # px between two moments
_LEAST_MOMENT = 8  # px on the average; where they are narrower the line has no gaps
_HANDLE, _MARK = 6, 4  # px: radius, half of a mark's width


@dataclass(frozen=True, slots=True)
class Part:
    """Of a film, in seconds. time_s: of the frame that stands for it."""

    start_s: float
    end_s: float
    time_s: float


class FilmLine(QSlider):
    """Its value is in milliseconds. A click goes there, a drag too; keys move it while it has the focus.

    Time runs to the right in every language, as on every player.
    """

    went = Signal(float, bool)  # to this second; whether the handle is being dragged still
    pointed = Signal(object)  # at this second; None: no longer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(self.tr("Position"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the viewer
        self.setMouseTracking(True)
        self.moments: Sequence[Part] = ()
        self.hits: Sequence[Part] = ()
        self._marks: tuple[float | None, float | None] = (None, None)
        self._pointed_s: float | None = None
        self.set_length(0.0)
        self.actionTriggered.connect(lambda _: self.went.emit(self.sliderPosition() / 1000, False))  # by a key

    # what it shows

    def set_length(self, length_s: float) -> None:
        length_ms = round(1000 * length_s)
        self.setRange(0, length_ms)
        self.setSingleStep(_STEP_MS)
        self.setPageStep(max(_STEP_MS, length_ms // _PAGES))

    def show_second(self, second: float) -> None:
        self.setValue(round(1000 * second))

    def show_parts(self, moments: Sequence[Part], hits: Sequence[Part]) -> None:
        """Both in order of time."""
        self.moments, self.hits = moments, hits
        self.update()

    def show_marks(self, start_s: float | None, end_s: float | None) -> None:
        """A and B."""
        self._marks = start_s, end_s
        self.update()

    def moment_at(self, second: float) -> Part | None:
        place = bisect_right(self.moments, second, key=lambda part: part.start_s) - 1
        return self.moments[place] if place >= 0 and second <= self.moments[place].end_s else None

    # geometry

    def x_of(self, second: float) -> float:
        """In px from the left."""
        share = 1000 * second / self.maximum() if self.maximum() else 0.0
        return _MARGIN + min(max(share, 0.0), 1.0) * (self.width() - 2 * _MARGIN)

    def second_at(self, x: float) -> float:
        share = (x - _MARGIN) / max(1, self.width() - 2 * _MARGIN)
        return min(max(share, 0.0), 1.0) * self.maximum() / 1000

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.maximum():
            self.setSliderDown(True)
            self._drag(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag(event)
        self._point(self.second_at(event.position().x()) if self.maximum() else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.went.emit(self.second_at(event.position().x()), False)

    def hideEvent(self, event: QHideEvent) -> None:
        """The release of the button goes elsewhere, and the next film must not hang on the pointer."""
        self.setSliderDown(False)
        super().hideEvent(event)

    def _drag(self, event: QMouseEvent) -> None:
        second = self.second_at(event.position().x())
        self.show_second(second)
        self.went.emit(second, True)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def _point(self, second: float | None) -> None:
        self._pointed_s = second
        self.pointed.emit(second)
        self.update()

    # keys

    def event(self, event: QEvent) -> bool:
        """While it has the focus, the keys that move it are not the viewer's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        self._paint_hits(painter)
        self._paint_marks(painter)
        self._paint_handle(painter)

    def _paint_track(self, painter: QPainter) -> None:
        """Grey, brighter up to where the film is."""
        here = self.x_of(self.value() / 1000)
        hovered = self.moment_at(self._pointed_s) if self._pointed_s is not None else None
        for part, left, right in self._segments():
            rect = _band(left, right, _TRACK_HOVERED if part is not None and part is hovered else _TRACK)
            _fill(painter, rect, theme.DARK.line)
            if here > left:
                painter.save()
                painter.setClipRect(QRectF(left, 0, here - left, self.height()))
                _fill(painter, rect, theme.DARK.secondary)
                painter.restore()

    def _segments(self) -> list[tuple[Part | None, float, float]]:
        """Each moment with its left and right; where there are none, or very many, the line is one."""
        left, right = self.x_of(0), self.x_of(self.maximum() / 1000) if self.maximum() else self.width() - _MARGIN
        if not self.moments or (right - left) / len(self.moments) < _LEAST_MOMENT:
            return [(None, left, right)]
        starts = [self.x_of(part.start_s) for part in self.moments[1:]]
        lefts, rights = [left, *starts], [*(start - _GAP for start in starts), right]
        return [
            (part, from_x, max(from_x + 1, to_x))
            for part, from_x, to_x in zip(self.moments, lefts, rights, strict=True)
        ]

    def _paint_hits(self, painter: QPainter) -> None:
        for hit in self.hits:
            left = self.x_of(hit.start_s)
            _fill(painter, _band(left, max(left + _TRACK, self.x_of(hit.end_s) - _GAP), _TRACK), theme.DARK.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.DARK.accent_text))
        for hit in self.hits:
            x, top = self.x_of(hit.time_s), _TRACK_Y - _TRACK_HOVERED
            corners = [QPointF(x - _MARK, top - _MARK), QPointF(x + _MARK, top - _MARK), QPointF(x, top + _MARK / 2)]
            painter.drawPolygon(QPolygonF(corners))

    def _paint_marks(self, painter: QPainter) -> None:
        """A and B below the line, between them a second one."""
        start_s, end_s = self._marks
        painter.setFont(theme.font(theme.BADGE_PX, semibold=True))
        painter.setPen(QPen(QColor(theme.DARK.text), 2))
        y = _TRACK_Y + 10
        if start_s is not None and end_s is not None:
            painter.drawLine(QPointF(self.x_of(start_s), y), QPointF(self.x_of(end_s), y))
        for second, letter, side in ((start_s, "A", -1), (end_s, "B", 1)):
            if second is None:
                continue
            x = self.x_of(second)
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
            middle = min(max(x + 8 * side, 6), self.width() - 6)
            painter.drawText(QRectF(middle - 6, y - 2, 12, 14), Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_handle(self, painter: QPainter) -> None:
        if not self.isEnabled() or not self.maximum():
            return
        middle = QPointF(self.x_of(self.value() / 1000), _TRACK_Y)
        painter.setPen(QPen(QColor(theme.DARK.viewer), 2))
        painter.setBrush(QColor(theme.DARK.accent if self.hasFocus() else theme.DARK.text))
        painter.drawEllipse(middle, _HANDLE + 1, _HANDLE + 1)


_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


def _band(left: float, right: float, height: float) -> QRectF:
    return QRectF(left, _TRACK_Y - height / 2, right - left, height)


def _fill(painter: QPainter, rect: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, 2, 2)
