"""Every product that a picture of the library shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.words import number
from engines.library.products import ProductRow

_Index = QModelIndex | QPersistentModelIndex


class ProductModel(QAbstractListModel):
    """A row is a product; only those whose name holds the filter's words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[ProductRow] = ()
        self._shown: list[ProductRow] = []
        self._words: Sequence[str] = ()

    def show(self, products: Sequence[ProductRow]) -> None:
        if products != self._all:
            self._all = products
            self._choose()

    def filter(self, text: str) -> None:
        self._words = text.casefold().split()
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if all(word in row.name.casefold() for word in self._words)]
        self.endResetModel()

    @property
    def count(self) -> int:
        """Of all products, whatever is filtered."""
        return len(self._all)

    def product(self, row: int) -> ProductRow:
        return self._shown[row]

    def row_of(self, name: str) -> int:
        """-1 for one that is not shown."""
        return next((row for row, product in enumerate(self._shown) if product.name == name), -1)

    def rows_with(self, media_ids: Sequence[int]) -> list[int]:
        """The rows whose picture is one of these."""
        wanted = set(media_ids)
        return [row for row, product in enumerate(self._shown) if product.best in wanted]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        product = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return product.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{product.name}, {number(product.media)}"
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join([product.name, *product.with_others])
        return None
