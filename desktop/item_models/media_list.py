"""The items in the grid, in order: ids only. What is shown of them is looked up when it is painted or asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl, Slot

from desktop.jobs.thumbnails import Thumbnails
from desktop.words import about
from engines.library.order import Order

MEDIA_ID = int(Qt.ItemDataRole.UserRole)
_MOST_RUNS = 100  # of changed rows that are told one by one
_MOST_DRAGGED = 2_000  # files: more than any program takes
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class MediaListModel(QAbstractListModel):
    """MEDIA_ID gives an item's id; the roles for text give its name; the tooltip and a screen reader get more."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._order: Order | None = None

    @property
    def order(self) -> Order | None:
        return self._order

    def show(self, order: Order) -> None:
        self.beginResetModel()
        self._order = order
        self.endResetModel()

    @Slot(list)
    def refresh(self, media_ids: Iterable[int]) -> None:
        """Tell the view to look at these again; those that are not shown are passed over."""
        if self._order is None:
            return
        rows = self._order.rows_of(np.fromiter(media_ids, np.int64))
        breaks = np.flatnonzero(np.diff(rows) > 1) + 1
        runs = np.split(rows, breaks) if len(breaks) < _MOST_RUNS else [rows]  # a million signals would take seconds
        for run in runs:
            if len(run):
                self.dataChanged.emit(self.index(int(run[0])), self.index(int(run[-1])))

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._order is None else len(self._order)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._order is None or not index.isValid() or index.row() >= len(self._order):
            return None
        media_id = int(self._order.ids[index.row()])
        if role == MEDIA_ID:
            return media_id
        if role == Qt.ItemDataRole.DisplayRole:
            tile = self._thumbnails.tile_now(media_id)
            return tile.name if tile is not None else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            parted = "\n" if role == Qt.ItemDataRole.ToolTipRole else ", "
            tile, hits = self._thumbnails.tile_now(media_id), self._thumbnails.hits(media_id)
            return parted.join(about(media_id, tile, self._order.columns, hits))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemNeverHasChildren if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The files themselves, as links: another program copies them."""
        data = QMimeData()
        if self._order is not None:
            ids = [int(self._order.ids[index.row()]) for index in indexes]
            data.setUrls(self.urls(ids))
        return data

    def urls(self, media_ids: list[int]) -> list[QUrl]:
        """Where these files lie."""
        tiles = self._thumbnails.tiles_now(media_ids[:_MOST_DRAGGED])
        return [QUrl.fromLocalFile(tile.path) for tile in tiles.values()]
