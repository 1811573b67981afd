"""A part of the sidebar with a heading that folds it away; whether it is folded is remembered."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon

_ICON = 12


class Section(QWidget):
    """key: by which `memory` knows it. `rows` lays out what it holds."""

    def __init__(self, key: str, title: str, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = f"sidebar/folded/{key}"
        self._memory = memory
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setFont(theme.font(theme.SECONDARY_PX, semibold=True))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(_ICON, _ICON))
        self.button.setCheckable(True)
        self.button.setProperty("heading", True)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setAccessibleName(title)
        self.body = QWidget()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, theme.SPACE_S)
        self.rows.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self.body)
        self.button.toggled.connect(self._show)
        self.button.setChecked(not memory.value(self._key, False, bool))
        self._show(self.button.isChecked())

    def _show(self, unfolded: bool) -> None:
        rtl = self.isRightToLeft()
        self.button.setIcon(icon("chevron-down" if unfolded else "chevron-left" if rtl else "chevron-right"))
        self.body.setVisible(unfolded)
        self._memory.setValue(self._key, not unfolded)
