"""In the status bar: what runs the networks and how busy the computer is; a click opens the cockpit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desktop import theme
from desktop.cockpit import Cockpit
from desktop.icons import icon
from desktop.views.cockpit.wording import reasons, strip_texts

_BESIDE = 2 * theme.SPACE_S + theme.SPACE_XS  # px around icon and text, and between them


class Strip(QToolButton):
    """action: shows the cockpit."""

    def __init__(self, cockpit: Cockpit, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cockpit = cockpit
        self._opens = action.toolTip()
        self._texts: tuple[str, ...] = ("",)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icon("gauge"))
        self.setIconSize(QSize(14, 14))
        self.setFont(theme.font(theme.SECONDARY_PX))
        self.clicked.connect(action.trigger)
        cockpit.measured.connect(self._show)
        cockpit.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        """For all that there is to say, also while less is said."""
        return QSize(self._width(self._texts[0]), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for."""
        fitting = (text for text in self._texts if self._width(text) <= self.width())
        self.setText(f" {next(fitting, '')}")  # else it touches the icon

    def _width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + self.iconSize().width() + _BESIDE

    @Slot()
    def _show(self) -> None:
        cockpit = self._cockpit
        self._texts = strip_texts(cockpit.standing, cockpit.uses, cockpit.load)
        self.setAccessibleName(self.tr("Cockpit: {state}").format(state=self._texts[0]))
        self._fit()
        self.updateGeometry()
        self.setToolTip("\n".join([self._opens, *reasons(cockpit.standing, cockpit.uses)]))
