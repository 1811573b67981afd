"""The strip at the bottom: counts at the left, what runs in the middle, the tile size at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme


class StatusBar(QWidget):
    """Widgets are added to the middle or the right, in the order they come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.STATUS_HEIGHT)
        self.counts = QLabel()
        self.counts.setProperty("role", "secondary")
        self._middle, self._right = QHBoxLayout(), QHBoxLayout()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, 0)
        layout.setSpacing(theme.SPACE_L)
        layout.addWidget(self.counts)
        layout.addStretch()
        for section in (self._middle, self._right):
            section.setSpacing(theme.SPACE_M)
            layout.addLayout(section)

    def add_middle(self, widget: QWidget) -> None:
        self._middle.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        self._right.addWidget(widget)
