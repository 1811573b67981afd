"""Thumbnails for views that show a few items at a time: read and decoded in the background, some hundred are kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engines.library.library import Library

if TYPE_CHECKING:
    from desktop.session import Session

_KEPT = 300  # of 0.5 MB at most


class SmallPictures(QObject):
    """By media id. What is asked for and not there yet is told by `ready` once it is."""

    ready = Signal(list)  # media ids

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()
        session.files_changed.connect(self.forget)

    def get(self, media_id: int) -> QImage:
        """The thumbnail; null while it is not there, or where there is none."""
        return self._images.get(media_id, QImage())

    def want(self, media_ids: Iterable[int]) -> None:
        wanted = [media_id for media_id in media_ids if media_id not in self._images and media_id not in self._asked]
        if not wanted:
            return
        self._asked.update(wanted)
        self._session.background.run(
            partial(_load, self._session.library, wanted),
            owner=self,
            then=self._take,
            failed=self._session.notices.error,
        )

    def forget(self, media_ids: Iterable[int]) -> None:
        for media_id in media_ids:
            self._images.pop(media_id, None)

    def _take(self, images: dict[int, QImage]) -> None:
        self._asked -= images.keys()
        for media_id, image in images.items():
            self._images.pop(media_id, None)
            self._images[media_id] = image
        while len(self._images) > _KEPT:
            del self._images[next(iter(self._images))]
        self.ready.emit(list(images))


def _load(library: Library, media_ids: list[int]) -> dict[int, QImage]:
    items = library.items(media_ids)
    images = {}
    for media_id in media_ids:
        item = items.get(media_id)
        small = library.thumbnails.get(item.digest) if item is not None and item.digest is not None else None
        images[media_id] = QImage.fromData(small.data) if small is not None else QImage()
    return images
