"""Answers to what is asked before something is done that cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def agree(parent: QWidget, verb: str) -> None:
    """Click the button of the one question that is open; the safe one must be its default."""
    (box,) = [one for one in parent.findChildren(QMessageBox) if one.isVisible()]
    (button,) = [one for one in box.buttons() if one.text() == verb]
    assert box.defaultButton() is not button
    button.click()
