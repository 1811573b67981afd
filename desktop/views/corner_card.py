"""A panel that lies over the window at its lower right corner, above the status bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon


class CornerCard(QFrame):
    """Lies over `around`, above its lowest `lift` pixels, as high as what it holds; hidden at first. Widgets go into
    `content`, from top down.
    """

    def __init__(self, title: str, around: QWidget, *, width: int, lift: int = 0) -> None:
        super().__init__(around)
        self._around = around
        self._lift = lift
        self.setProperty("card", True)
        self.setFixedWidth(width)
        self.setAccessibleName(title)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_L)
        self.content.setSpacing(theme.SPACE_S)
        self.content.addLayout(self._make_head(title))
        self.hide()
        around.installEventFilter(self)

    def _make_head(self, text: str) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(text)
        title.setProperty("role", "head")
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.hide)
        head.addWidget(title, 1)
        head.addWidget(close)
        return head

    @Slot()
    def toggle(self) -> None:
        self.setVisible(not self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        self._place()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # something in it has another height
            self._place()
        return is_done

    def _place(self) -> None:
        self.resize(self.width(), self.content.totalHeightForWidth(self.width()))  # words that wrap count by lines
        right = self._around.width() - self.width() - theme.SPACE_M
        self.move(right, self._around.height() - self.height() - self._lift - theme.SPACE_M)
