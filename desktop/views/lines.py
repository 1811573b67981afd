"""The hairlines that part the areas of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


def horizontal_line(parent: QWidget | None = None) -> QFrame:
    line = QFrame(parent)
    line.setProperty("line", True)
    line.setFixedHeight(1)
    return line


def vertical_line(parent: QWidget | None = None) -> QFrame:
    line = QFrame(parent)
    line.setProperty("line", True)
    line.setFixedWidth(1)
    return line
