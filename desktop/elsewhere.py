"""Asks other programs of the system to show something: a file's folder, the trash."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: str) -> None:
    """Open the system's file manager at the file; where it cannot mark a file, at its folder."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", os.path.normpath(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(path)))


def open_trash() -> None:
    """Open the system's file manager at the trash."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["shell:RecycleBinFolder"])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", [os.path.expanduser("~/.Trash")])
    else:
        QDesktopServices.openUrl(QUrl("trash:///"))
