"""The strip at the viewer's upper edge: its commands, the name, the zoom; it comes with the pointer and goes again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.shortcuts import Shortcuts
from desktop.views.info.parts import Elided

_SHOWN_MS = 2000  # after the pointer has moved
_ICONS = {
    "close_viewer": "layout-grid",
    "previous": "chevron-left",
    "next": "chevron-right",
    "rotate_left": "rotate-ccw",
    "rotate_right": "rotate-cw",
    "actual_size": "zoom-in",
    "boxes": "scan-search",
    "compare": "columns-2",
    "slide_show": "circle-play",
    "full_screen": "fullscreen",
}


class ViewerBar(QWidget):
    """Lies over its parent; show_for_a_while() brings it."""

    vanished = Signal()  # by itself

    def __init__(self, shortcuts: Shortcuts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("viewer", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._timer.timeout.connect(self.vanished)
        self._name, self._zoom = Elided(), QLabel()
        self._name.setFont(theme.font(semibold=True))
        self._zoom.setFont(theme.font(theme.SECONDARY_PX))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, theme.SPACE_XS, theme.SPACE_S, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XS)
        for command, icon_name in _ICONS.items():
            layout.addWidget(_button(shortcuts, command, icon_name))
            if command == "close_viewer":
                layout.addWidget(self._name, 1)
        layout.addWidget(self._zoom)

    def show_for_a_while(self) -> None:
        self.show()
        self.raise_()
        self._timer.start()

    def tell(self, name: str) -> None:
        self._name.set_whole(name)

    def tell_zoom(self, scale: float | None) -> None:
        """scale: device pixels a pixel; None where there is nothing to zoom."""
        self._zoom.setText("" if scale is None else f"{scale:.0%}")

    def stop(self) -> None:
        self._timer.stop()


def _button(shortcuts: Shortcuts, command: str, icon_name: str) -> QToolButton:
    """With an icon of its own: that of the action has the colours of menus."""
    action, button = shortcuts.action(command), QToolButton()
    button.setIcon(icon(icon_name, "viewer_text"))
    keys = shortcuts.shown_keys(command)
    button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
    button.setAccessibleName(action.text())
    button.clicked.connect(action.trigger)
    return button
