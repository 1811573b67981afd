"""What a library without files shows: one button, a place to drop folders, and a promise."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.views.empty_state import EmptyState

_MARGIN = theme.SPACE_XL


class FirstRun(EmptyState):
    """action_chosen: the button. dropped: what was let go over it."""

    dropped = Signal(list)  # absolute paths

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "images",
            self.tr("Add a folder with photos and videos"),
            hint=self.tr(
                "Or drop one here. Your files are never changed or moved. Everything is analysed on this computer."
            ),
            action=self.tr("Add folder…"),
            parent=parent,
        )
        self.setAcceptDrops(True)
        self._is_target = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        event.acceptProposedAction()
        self.dropped.emit(local_paths(event))

    def _mark(self, is_target: bool) -> None:
        self._is_target = is_target
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self._is_target else "line"), 1.5, Qt.PenStyle.DashLine))
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.drawRoundedRect(frame, theme.RADIUS_DIALOG, theme.RADIUS_DIALOG)


def local_paths(event: QDropEvent) -> list[str]:
    """The files and folders of this computer that are being dragged."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
