"""Asks other programs of the system to show something: a file's folder, the trash."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_MANAGER = "org.freedesktop.FileManager1"
_ANSWER_MS = 10_000  # a file manager may have to be started first


def show_in_folder(path: str, tell: Callable[[str], object]) -> None:
    """Open the system's file manager at the file; where it cannot mark a file, at its folder.

    path: absolute. tell: called, perhaps later, with why nothing opens.
    """
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", os.path.normpath(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    else:
        from PySide6.QtDBus import QDBusConnection

        ask_file_manager(QDBusConnection.sessionBus(), path, lambda: _open_folder(path, tell))


def ask_file_manager(bus: QDBusConnection, path: str, refused: Callable[[], object]) -> None:
    """Have the file manager on this bus mark the file. refused: called if there is none, or it fails."""
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

    if not bus.isConnected():
        refused()
        return
    call = QDBusMessage.createMethodCall(_MANAGER, "/org/freedesktop/FileManager1", _MANAGER, "ShowItems")
    call.setArguments([[Path(path).as_uri()], ""])  # spelled by its bytes, also where they are no UTF-8
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call, _ANSWER_MS), QCoreApplication.instance())

    def take() -> None:
        watcher.deleteLater()
        if watcher.isError():
            refused()

    watcher.finished.connect(take)


def _open_folder(path: str, tell: Callable[[str], object]) -> None:
    if not QDesktopServices.openUrl(QUrl.fromEncoded(Path(path).parent.as_uri().encode())):
        tell(QCoreApplication.translate("Elsewhere", "No program here shows folders."))


def open_trash() -> None:
    """Open the system's file manager at the trash."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["shell:RecycleBinFolder"])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", [os.path.expanduser("~/.Trash")])
    else:
        QDesktopServices.openUrl(QUrl("trash:///"))
