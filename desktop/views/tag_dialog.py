"""Asks which tags to add, proposing those that the library knows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.words import number

_WIDTH = 420


class TagDialog(QDialog):
    """One line: tags with commas between them."""

    def __init__(self, parent: QWidget, count: int, known: Sequence[str]) -> None:
        super().__init__(parent)
        title = self.tr("Tag 1 item") if count == 1 else self.tr("Tag {count} items").format(count=number(count))
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        label = QLabel(self.tr("&Tags, with commas between them"))
        self.line = TagLine(known)
        label.setBuddy(self.line)
        cancel, add = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Add tags"))
        add.setProperty("primary", True)
        add.setDefault(True)
        cancel.clicked.connect(self.reject)
        add.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(label)
        layout.addWidget(self.line)
        layout.addSpacing(theme.SPACE_S)
        layout.addLayout(buttons)

    @property
    def names(self) -> list[str]:
        return split_tags(self.line.text())


class TagLine(QLineEdit):
    """Completes the tag that is being typed, not the line."""

    def __init__(self, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("such as Lisbon, holiday"))
        self.setAccessibleName(self.tr("Tags"))
        self._completer = QCompleter(self)
        self._completer.setModel(QStringListModel(list(known), self._completer))
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._propose)

    def set_known(self, known: Sequence[str]) -> None:
        self._completer.setModel(QStringListModel(list(known), self._completer))

    def _propose(self) -> None:
        typed = self.text().rpartition(",")[2].strip()
        self._completer.setCompletionPrefix(typed)
        popup = self._completer.popup()
        if typed:
            self._completer.complete()
        elif popup is not None:
            popup.hide()

    def _take(self, name: str) -> None:
        before = self.text().rpartition(",")[0]
        self.setText(f"{before}, {name}" if before else name)


def split_tags(text: str) -> list[str]:
    """The names in a line of tags."""
    return [name.strip() for name in text.split(",") if name.strip()]


def ask_for_tags(parent: QWidget, count: int, known: Sequence[str]) -> list[str]:
    """Empty if nothing was typed or it was cancelled. count: of the items to be tagged."""
    dialog = TagDialog(parent, count, known)
    chosen = dialog.names if dialog.exec() == QDialog.DialogCode.Accepted else []
    dialog.deleteLater()
    return chosen
