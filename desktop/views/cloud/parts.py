"""Small pieces that the cloud's pages share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def head(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "head")
    return label


def text_label(role: str = "", text: str = "") -> QLabel:
    """Words that wrap and are never read as HTML."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
