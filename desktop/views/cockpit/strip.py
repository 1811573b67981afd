"""In the status bar: what runs the networks and how busy the computer is; a click opens the cockpit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from desktop import theme
from desktop.cockpit import Cockpit
from desktop.icons import icon
from desktop.views.cockpit.wording import reasons, strip_text


class Strip(QToolButton):
    """action: shows the cockpit."""

    def __init__(self, cockpit: Cockpit, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cockpit = cockpit
        self._opens = action.toolTip()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icon("gauge"))
        self.setIconSize(QSize(14, 14))
        self.setFont(theme.font(theme.SECONDARY_PX))
        self.clicked.connect(action.trigger)
        cockpit.measured.connect(self._show)
        cockpit.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        cockpit = self._cockpit
        text = strip_text(cockpit.standing, cockpit.uses, cockpit.load)
        self.setText(f" {text}")  # else it touches the icon
        self.setAccessibleName(self.tr("Cockpit: {state}").format(state=text))
        self.setToolTip("\n".join([self._opens, *reasons(cockpit.standing, cockpit.uses)]))
