"""The switch in the toolbar between the views of the centre."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon


class ViewSwitch(QWidget):
    """One button for each view; the one that is shown is pressed."""

    chosen = Signal(str)  # the name of a view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE_XS)

    def add(self, name: str, icon_name: str, text: str) -> None:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(16, 16))
        button.setText(f" {text}")  # else it touches the icon
        button.setAccessibleName(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.clicked.connect(lambda checked: self.chosen.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._layout.addWidget(button)

    @Slot(str)
    def show_view(self, name: str) -> None:
        self._buttons[name].setChecked(True)
