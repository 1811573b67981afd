"""Which items are selected, and which one is current: the same in every view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

Ids = NDArray[np.int64]


class Selection(QObject):
    """ids: the selected items in the order they are shown. current: the item that keys and panels refer to, or None."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: Ids = np.empty(0, np.int64)
        self.current: int | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def select(self, ids: Ids | list[int], current: int | None) -> None:
        """Replace it all; changed is told only if something did."""
        ids = np.asarray(ids, np.int64)
        if current == self.current and np.array_equal(ids, self.ids):
            return
        self.ids, self.current = ids, current
        self.changed.emit()

    def select_one(self, media_id: int) -> None:
        self.select([media_id], media_id)

    def clear(self) -> None:
        self.select([], None)
