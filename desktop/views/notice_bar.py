"""Shows notices at the bottom of the window, one line each, two at most."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.notices import Notice
from desktop.views.info.parts import Elided

_AT_MOST = 2
_WIDEST = 720  # px
_HEIGHT = 40  # px


class NoticeBar(QWidget):
    """Lies over `around`, above its lowest `lift` pixels, as large as its notices need."""

    def __init__(self, around: QWidget, *, lift: int = 0) -> None:
        super().__init__(around)
        self._around = around
        self._lift = lift
        self._rise = 0
        self.shown_ms = 6000
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE_S)
        self._lines: list[_Line] = []
        around.installEventFilter(self)
        self.hide()

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """The same text again only begins its time anew; the oldest one makes room."""
        for line in [line for line in self._lines if line.notice.text == notice.text]:
            self._remove(line)
        while len(self._lines) >= _AT_MOST:
            self._remove(next((line for line in self._lines if not line.notice.is_error), self._lines[0]))
        line = _Line(notice, self)
        line.close_button.clicked.connect(partial(self._remove, line))
        if line.action_button is not None:
            line.action_button.clicked.connect(partial(self._act, line))
        if not notice.is_error:
            line.timer.timeout.connect(partial(self._remove, line))
            line.timer.start(self.shown_ms)
        self._lines.append(line)
        self._layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def rise(self, height: int) -> None:
        """Lie so many pixels higher than usual, above something that is there for a while."""
        self._rise = height
        self._place()

    @property
    def texts(self) -> list[str]:
        """What is shown now, oldest first."""
        return [line.notice.text for line in self._lines]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _act(self, line: _Line) -> None:
        self._remove(line)
        if line.notice.action is not None:
            line.notice.action.run()

    def _remove(self, line: _Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
            line.timer.stop()
            line.hide()
            self._layout.removeWidget(line)
            line.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self._lines))
        if not self._lines:
            return
        width = min(_WIDEST, self._around.width() - 2 * theme.SPACE_XL)
        for line in self._lines:
            line.setMaximumWidth(width)
            line.show()
        height = len(self._lines) * (_HEIGHT + theme.SPACE_S) - theme.SPACE_S
        left = (self._around.width() - width) // 2
        bottom = self._around.height() - self._lift - self._rise - theme.SPACE_L
        self.setGeometry(left, bottom - height, width, height)
        self.raise_()


class _Line(QWidget):
    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.timer = QTimer(self, singleShot=True)
        self.setFixedHeight(_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_S, 0)
        layout.setSpacing(theme.SPACE_M)
        label = Elided(notice.text)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        label.setMinimumWidth(1)  # else it would be as wide as its text
        layout.addWidget(label, 1)
        self.action_button = self._add_action(layout)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("x"))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        layout.addWidget(self.close_button)

    def _add_action(self, layout: QHBoxLayout) -> QPushButton | None:
        if self.notice.action is None:
            return None
        button = QPushButton(self.notice.action.text)
        button.setProperty("link", True)
        layout.addWidget(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("error" if self.notice.is_error else "line"))
        painter.setBrush(theme.colour("raised"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.RADIUS_TILE, theme.RADIUS_TILE)
        if self.notice.is_error:
            mark = QRectF(QPointF(0, theme.RADIUS_TILE), QPointF(3, self.height() - theme.RADIUS_TILE))
            painter.fillRect(mark, theme.colour("error"))
