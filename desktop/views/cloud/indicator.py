"""A word in the status bar about the cloud queue, while there is one; a click opens the panel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.jobs.requests import Queue, Stage
from desktop.views.activity.wording import number
from desktop.views.cloud.wording import counted


class CloudIndicator(QToolButton):
    """action: shows the panel."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setFont(theme.font(theme.SECONDARY_PX))
        self.setToolTip(action.toolTip())
        self.clicked.connect(action.trigger)
        self.show_queue(Queue())

    @Slot(object)
    def show_queue(self, queue: Queue) -> None:
        text = self._text(queue)
        is_fault = queue.stage is Stage.STOPPED or (queue.failed > 0 and not queue.queued)
        self.setIcon(icon("triangle-alert" if is_fault else "cloud"))
        self.setText(f" {text}")  # else it touches the icon
        self.setAccessibleName(self.tr("Cloud: {state}").format(state=text))
        self.setVisible(not queue.is_empty)

    def _text(self, queue: Queue) -> str:
        if not queue.queued:
            return self.tr("{count} failed").format(count=number(queue.failed)) if queue.failed else self.tr("Asking")
        texts = {
            Stage.RUNNING: (self.tr("Asking, 1 waits"), self.tr("Asking, {count} wait")),
            Stage.PAUSED: (self.tr("Paused, 1 waits"), self.tr("Paused, {count} wait")),
            Stage.STOPPED: (self.tr("Stopped, 1 waits"), self.tr("Stopped, {count} wait")),
        }
        return counted(*texts.get(queue.stage, (self.tr("1 waits"), self.tr("{count} wait"))), queue.queued)
