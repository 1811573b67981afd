"""A little window from which a file or folder can be dragged into another program: `drag_source.py PATH X Y`."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def __init__(self, path: str) -> None:
        super().__init__("Drag me", alignment=Qt.AlignmentFlag.AlignCenter)
        self._path = path

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self._path)])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


application = QApplication(["drag source"])
source = Source(sys.argv[1])
source.setGeometry(int(sys.argv[2]), int(sys.argv[3]), 120, 60)
source.show()
sys.exit(application.exec())
