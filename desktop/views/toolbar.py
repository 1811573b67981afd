"""The strip at the top: sidebar switch and library name, views in the middle, buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop import theme


class Toolbar(QWidget):
    """Widgets are added to the left, the middle or the right, in the order they come."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.TOOLBAR_HEIGHT)
        self._title = QLabel(title)
        self._title.setFont(theme.font(semibold=True))
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._left, self._middle, self._right = (self._section() for _ in range(3))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        layout.setSpacing(0)
        layout.addLayout(self._left, 1)
        layout.addLayout(self._middle)
        layout.addLayout(self._right, 1)
        self._left.addWidget(self._title)
        self._left.addStretch()
        self._right.addStretch()

    def _section(self) -> QHBoxLayout:
        section = QHBoxLayout()
        section.setSpacing(theme.SPACE_XS)
        return section

    def add_left(self, widget: QWidget) -> None:
        """Before the title."""
        self._left.insertWidget(self._left.count() - 2, widget)

    def add_middle(self, widget: QWidget) -> None:
        self._middle.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        self._right.addWidget(widget)

    def set_title(self, title: str) -> None:
        self._title.setText(title)


def tool_button(action: QAction, *, with_text: bool = False) -> QToolButton:
    """A button of the toolbar for an action; its tooltip names the key."""
    button = QToolButton()
    button.setDefaultAction(action)
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.text())
    return button
