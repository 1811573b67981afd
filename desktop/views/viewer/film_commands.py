"""What can be taken out of the film that is shown: a frame, a clip."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage

from desktop.elsewhere import show_in_folder
from desktop.icons import icon
from desktop.jobs.clips import ClipJob
from desktop.notices import Action
from desktop.session import Session
from desktop.views.viewer.clip_dialog import ClipDialog
from desktop.views.viewer.film import FilmPage
from desktop.words import clock
from engines.media.clip import Clip, Cut

_ICONS = {"copy_frame": "clipboard-copy", "export_clip": "scissors"}


class FilmCommands(QObject):
    """Their actions are enabled while a film is seen; the viewer has their keys, its menu shows them."""

    def __init__(self, session: Session, page: FilmPage) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._job = ClipJob(session.background, self)
        self._job.written.connect(self._tell)
        session.closing.connect(self._job.cancel)
        self.actions: list[QAction] = [session.shortcuts.action(name) for name in _ICONS]
        for action, name in zip(self.actions, _ICONS.values(), strict=True):
            action.setIcon(icon(name))
        page.export_wanted.connect(self.export_clip)
        page.head.copied.connect(self.take_copy)
        page.head.copy_failed.connect(session.notices.error)

    @Slot(QImage, float)
    def take_copy(self, image: QImage, second: float) -> None:
        """Into the clipboard."""
        QGuiApplication.clipboard().setImage(image)
        text = self.tr("Copied the frame at {time}, {width} × {height}")  # noqa: RUF001 -- the sign for times
        time = clock(second, is_exact=True)
        self._session.notices.show(text.format(time=time, width=image.width(), height=image.height()))

    @Slot()
    def export_clip(self) -> None:
        """Ask where to, of what is marked from A to B."""
        item, stretch = self._page.item, self._page.stretch()
        if item is None or stretch is None:
            self._session.notices.show(self.tr("Mark with A and B what is to become a clip."))
            return
        ClipDialog(self._page.window(), self._session.background, self._job, Cut(item.path, *stretch), item.name).open()

    @Slot(object, str)
    def _tell(self, clip: Clip, path: str) -> None:
        text = self.tr("Exported {name}, {length}").format(
            name=os.path.basename(path), length=clock(clip.end_s - clip.start_s, is_exact=True)
        )
        notices = self._session.notices
        notices.show(text, Action(self.tr("Show in folder"), partial(show_in_folder, path, notices.show)))
