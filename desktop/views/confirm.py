"""Asks in one sentence before something is done that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(
    parent: QWidget,
    question: str,
    consequence: str,
    verb: str,
    run: Callable[[], object],
    *,
    refused: Callable[[], object] = lambda: None,
) -> QMessageBox:
    """verb: what the button says that calls `run`. The safe answer is the default, and so is closing it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(consequence)
    agree = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    cancel = QCoreApplication.translate("Confirm", "Cancel")
    box.setDefaultButton(box.addButton(cancel, QMessageBox.ButtonRole.RejectRole))
    agree.clicked.connect(lambda: run())
    box.rejected.connect(lambda: refused())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
