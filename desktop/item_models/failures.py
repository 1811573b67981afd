"""What failed, each with its cause: files that give no picture, or requests to a service that were given up."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.translation import told
from engines.library.cloud.queue import Failed
from engines.library.overview import Failure
from engines.types import Message

_Index = QModelIndex | QPersistentModelIndex


class FailureModel(QAbstractListModel):
    """A row is a file: its name above the sentence that says why; the tooltip is the whole path."""

    def __init__(self, parent: QObject | None = None, tell: Callable[[Message], str] = told) -> None:
        super().__init__(parent)
        self._tell = tell
        self._failures: Sequence[Failure | Failed] = ()

    def show(self, failures: Sequence[Failure] | Sequence[Failed]) -> None:
        self.beginResetModel()
        self._failures = failures
        self.endResetModel()

    @property
    def media_ids(self) -> list[int]:
        return [failure.media_id for failure in self._failures if isinstance(failure, Failure)]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._failures)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        failure = self._failures[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{_printable(os.path.basename(failure.path))}\n{self._tell(failure.problem)}"
            case Qt.ItemDataRole.ToolTipRole:
                return _printable(failure.path)
        return None


def _printable(path: str) -> str:
    """A path that is not UTF-8 cannot be given to Qt as it is."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
