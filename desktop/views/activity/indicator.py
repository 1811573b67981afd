"""One line in the status bar about what goes on; a click opens the panel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.jobs.analyser import Activity, Stage
from desktop.views.activity.wording import in_short
from desktop.words import number


class Indicator(QWidget):
    """action: shows the panel."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QToolButton()
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(14, 14))
        self._button.setFont(theme.font(theme.SECONDARY_PX))
        self._button.setToolTip(action.toolTip())
        self._button.clicked.connect(action.trigger)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(96, 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self._bar)
        layout.addWidget(self._button)
        self._problems = 0
        self._activity = Activity()
        self.show_activity(self._activity)

    @Slot(int)
    def show_problems(self, count: int) -> None:
        """Say how many there are, as long as nothing else is to be said."""
        self._problems = count
        self.show_activity(self._activity)

    def _at_rest(self) -> str:
        if not self._problems:
            return self.tr("Up to date")
        one, many = self.tr("Up to date · 1 problem"), self.tr("Up to date · {count} problems")
        return one if self._problems == 1 else many.format(count=number(self._problems))

    @Slot(object)
    def show_activity(self, activity: Activity) -> None:
        self._activity = activity
        text = in_short(activity) or self._at_rest()
        self._button.setText(f" {text}")  # else it touches the icon
        self._button.setAccessibleName(self.tr("Activity: {text}").format(text=text))
        names = {Stage.IDLE: "circle-check", Stage.FAULT: "triangle-alert"}
        fallback = "pause" if activity.is_waiting else "activity"
        self._button.setIcon(icon(names.get(activity.stage, fallback)))
        self._bar.setVisible(activity.is_running)
        self._bar.setRange(0, activity.total)
        self._bar.setValue(activity.done)
