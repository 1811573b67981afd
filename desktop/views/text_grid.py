"""A table of short texts: the first row names the columns, the first two columns are words and the others numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop import theme

_WORDS = 2  # columns


class TextGrid(QGridLayout):
    """To be put into the layout of a widget before it shows anything. spacing: px between columns."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.setHorizontalSpacing(spacing)
        self.setVerticalSpacing(theme.SPACE_XS)
        self.setColumnStretch(0, 1)
        self._labels: dict[tuple[int, int], QLabel] = {}

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """In place of those before. What stays has its label still, for numbers may be others every second."""
        texts = {(row, column): text for row, cells in enumerate(rows) for column, text in enumerate(cells)}
        for place in self._labels.keys() - texts.keys():
            label = self._labels.pop(place)
            self.removeWidget(label)
            label.hide()
            label.deleteLater()
        for place, text in texts.items():
            label = self._labels.get(place) or self._add(*place)
            label.setText(text)

    def _add(self, row: int, column: int) -> QLabel:
        label = self._labels[row, column] = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        if row == 0:
            label.setProperty("role", "secondary")
        self.addWidget(
            label, row, column, Qt.AlignmentFlag.AlignRight if column >= _WORDS else Qt.AlignmentFlag.AlignLeft
        )
        return label
