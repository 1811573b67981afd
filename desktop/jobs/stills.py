"""Small pictures of moments of films, decoded off the UI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.jobs.background import Background
from desktop.jobs.thumbnails import Form, decode
from engines.errors import EngineError
from engines.library.library import Library

_KEPT = 400  # pictures of 256 px: some 60 MB
_BATCH = 4  # some 5 ms of decoding, after which another picture may be the most urgent one
FORM = Form(256, False)  # as large as the library has them


class Stills(QObject):
    """By engines.library.moments.thumbnail_key. What is wanted replaces what was wanted before."""

    arrived = Signal()  # some of what was wanted

    def __init__(self, library: Library, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._pictures: OrderedDict[bytes, QPixmap | None] = OrderedDict()
        self._queue: list[bytes] = []
        self._is_working = False

    def picture(self, key: bytes) -> QPixmap | None:
        """What is here; None while it is not, or where the library has none."""
        return self._pictures.get(key)

    def want(self, keys: Sequence[bytes]) -> None:
        """Load these, the most urgent first."""
        self._queue = [key for key in keys if key not in self._pictures]
        self._go_on()

    def _go_on(self) -> None:
        if self._is_working or not self._queue:
            return
        batch, self._queue = self._queue[:_BATCH], self._queue[_BATCH:]
        self._is_working = True
        self._background.run(
            partial(_load, self._library, batch), owner=self, then=self._take, failed=self._miss, priority=1
        )

    def _take(self, images: dict[bytes, QImage | None]) -> None:
        self._is_working = False
        for key, image in images.items():
            self._pictures[key] = QPixmap.fromImage(image) if image is not None else None
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self._go_on()
        self.arrived.emit()

    def _miss(self, error: Exception) -> None:
        """The library is told of where it matters; here a moment stays without its picture."""
        self._is_working = False
        self._queue.clear()
        if not isinstance(error, EngineError):
            raise error


def _load(library: Library, keys: Sequence[bytes]) -> dict[bytes, QImage | None]:
    found = {key: library.thumbnails.get(key) for key in keys}
    return {key: decode(small, FORM) if small is not None else None for key, small in found.items()}
