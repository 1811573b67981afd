"""One window a library: a second start asks the first to come to the front, and ends."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_MS = 500
_PATIENCE_S = 3.0  # the first may just be starting: it has the library's lock before it listens


class Instance(QObject):
    """Listens for later starts. To be made by whoever holds the library's lock, so that there is one a library."""

    raised = Signal()  # somebody started the program again with this library

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        QLocalServer.removeServer(_name(library))  # of a process that was killed: we hold the lock, so it is gone
        self._server.listen(_name(library))

    @Slot()
    def _hear(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.raised.emit()

    def close(self) -> None:
        self._server.close()


def raise_first(library: Path, patience_s: float = _PATIENCE_S) -> bool:
    """Ask the window that has this library to come to the front; False if none answers."""
    until = time.monotonic() + patience_s
    while True:
        caller = QLocalSocket()
        caller.connectToServer(_name(library))
        if caller.waitForConnected(_CONNECT_MS):
            caller.waitForDisconnected(_CONNECT_MS)
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)


def _name(library: Path) -> str:
    """The same for every way to spell the folder, another for each user."""
    place = f"{os.path.realpath(library)}\0{Path.home()}"
    return f"image-engine-{hashlib.blake2b(os.fsencode(place), digest_size=8).hexdigest()}"
