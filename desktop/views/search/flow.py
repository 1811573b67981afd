"""A layout that puts widgets side by side and begins a new row where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Rows as high as their highest widget; right to left where the language is. spacing: between widgets and rows."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 0) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(widest, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _place(self, area: QRect, *, really: bool) -> int:
        """The height that is needed."""
        margins = self.contentsMargins()
        area = area.marginsRemoved(margins)
        x = y = row = 0
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 10_000))
            if x and x + size.width() > area.width():
                x, y, row = 0, y + row + self.spacing(), 0
            if really:
                left = area.right() + 1 - x - size.width() if mirrored else area.left() + x
                item.setGeometry(QRect(QPoint(left, area.top() + y), size))
            x, row = x + size.width() + self.spacing(), max(row, size.height())
        return y + row + margins.top() + margins.bottom()
