"""What failed, each with its cause: files that give no picture, requests that were given up, or what a run said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.translation import told
from desktop.words import phase_title
from engines.library.cloud.queue import Failed
from engines.library.overview import Failure
from engines.types import Message

_Index = QModelIndex | QPersistentModelIndex


class FailureModel(QAbstractListModel):
    """A row is a file: its name and the sentence that says why; the tooltip is the whole path.

    Above the files stands what was said about no single one.
    """

    def __init__(self, parent: QObject | None = None, tell: Callable[[Message], str] = told) -> None:
        super().__init__(parent)
        self._tell = tell
        self._rows: Sequence[Message | Failure | Failed] = ()

    def show(self, failures: Sequence[Failure] | Sequence[Failed], said: Sequence[Message] = ()) -> None:
        self.beginResetModel()
        self._rows = [*said, *failures]
        self.endResetModel()

    def media_ids(self, rows: Iterable[int]) -> list[int]:
        """Of the files in these rows, each once."""
        files = (self._rows[row] for row in rows)
        return list(dict.fromkeys(file.media_id for file in files if isinstance(file, Failure)))

    def request_ids(self, rows: Iterable[int]) -> list[int]:
        """Of the requests in these rows."""
        requests = (self._rows[row] for row in rows)
        return [request.id for request in requests if isinstance(request, Failed)]

    def is_said(self, row: int) -> bool:
        """Whether it is about no single file."""
        return isinstance(self._rows[row], Message)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._tell(row) if isinstance(row, Message) else self._said_of(row)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tell(row) if isinstance(row, Message) else _printable(row.path)
        return None

    def _said_of(self, row: Failure | Failed) -> str:
        """Below the file's name and what was asked of it, unless the sentence begins with that anyway."""
        title, sentence = _title(row), self._tell(row.problem)
        return sentence if sentence.startswith(title) else f"{title}\n{sentence}"


def _title(row: Failure | Failed) -> str:
    name = _printable(os.path.basename(row.path))
    return f"{name} · {phase_title(row.phase)}" if row.phase else name


def _printable(path: str) -> str:
    """A path that is not UTF-8 cannot be given to Qt as it is."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
