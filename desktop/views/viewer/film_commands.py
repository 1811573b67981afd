"""What can be taken out of the film that is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage

from desktop.icons import icon
from desktop.session import Session
from desktop.views.viewer.film import FilmPage, clock

_ICONS = {"copy_frame": "clipboard-copy"}


class FilmCommands(QObject):
    """Their actions are enabled while a film is seen; the viewer has their keys, its menu shows them."""

    def __init__(self, session: Session, page: FilmPage) -> None:
        super().__init__(page)
        self._session = session
        self.actions: list[QAction] = [session.shortcuts.action(name) for name in _ICONS]
        for action, name in zip(self.actions, _ICONS.values(), strict=True):
            action.setIcon(icon(name))
        page.frame_copied.connect(self.take_copy)
        page.copy_failed.connect(session.notices.error)

    @Slot(QImage, float)
    def take_copy(self, image: QImage, second: float) -> None:
        """Into the clipboard."""
        QGuiApplication.clipboard().setImage(image)
        text = self.tr("Copied the frame at {time}, {width} × {height}")  # noqa: RUF001 -- the sign for times
        time = clock(second, is_exact=True)
        self._session.notices.show(text.format(time=time, width=image.width(), height=image.height()))
