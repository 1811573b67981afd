"""Has folders looked into soon after the system told that something changed in them."""

from __future__ import annotations

import os
from collections.abc import Collection
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.jobs.analyser import Stage
from engines.media.scan import LeftOut
from engines.settings import Settings

if TYPE_CHECKING:
    from desktop.jobs.watch import FolderWatch, Unwatched
    from desktop.session import Session

_LOOK_MS = 2_000  # after a change; what changes meanwhile is looked at with it
_MOST_FOLDERS = 50  # when more than these changed, all are looked at again


class Watcher(QObject):
    """Made in the UI thread; call start() once the window is there. Looks are jobs of the analyser."""

    _changed = Signal()  # for the first time since the last look

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._watch: FolderWatch | None = None
        self._lock = Lock()  # of _watch
        self._noting = Lock()  # of _folders
        self._folders: set[str] = set()
        self._told: set[str] = set()  # folders of which it was said that they cannot be watched
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._changed.connect(self._timer.start)
        self._take_rules(session.settings)

    def start(self) -> None:
        """Watch the library's folders, and whatever becomes one."""
        self._session.library_changed.connect(self.watch)
        self._session.settings_changed.connect(self.take_settings)
        self._session.closing.connect(self.close)
        self.watch()

    @Slot(object)
    def take_settings(self, settings: Settings) -> None:
        was_wanted = self._is_wanted
        self._take_rules(settings)
        if was_wanted != self._is_wanted:
            self.watch()

    def _take_rules(self, settings: Settings) -> None:
        self._is_wanted = settings.folders.watch
        self._left_out = LeftOut(settings.folders.exclude)

    @Slot()
    def watch(self) -> None:
        """Watch what is in the library now, or nothing if the settings say so."""
        self._session.background.run(self._watch_now, owner=self, then=self._tell, failed=self._session.notices.error)

    @Slot()
    def close(self) -> None:
        self._is_wanted = False
        self._timer.stop()
        with self._lock:
            watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    def _watch_now(self) -> Collection[Unwatched]:
        """In a thread of the pool: it takes a second for some ten thousand folders."""
        with self._lock:
            folders = self._wanted_folders()
            if self._watch is None:
                if not folders:
                    return ()
                from desktop.jobs.watch import FolderWatch  # not before the window is there

                own = self._session.library.folder
                self._watch = FolderWatch(self._take, lambda path: self._left_out.holds(path), own)
            return self._watch.watch(folders)

    def _wanted_folders(self) -> list[str]:
        if not self._is_wanted:
            return []
        folders = [os.fsdecode(root.path) for root in self._session.library.roots() if root.whole]
        return [folder for folder in folders if os.path.isdir(folder)]

    def _take(self, folder: str) -> None:
        """In a thread of the watch."""
        with self._noting:
            is_first = not self._folders
            self._folders.add(folder)
        if is_first:
            self._changed.emit()

    @Slot()
    def _look(self) -> None:
        """Unless something is being done or waited for: then later."""
        analyser = self._session.analyser
        if analyser.activity.stage is not Stage.IDLE:
            self._timer.start()
            return
        with self._noting:
            folders, self._folders = self._folders, set()
        if len(folders) > _MOST_FOLDERS:
            analyser.look_again()
        elif folders:
            analyser.look_into(outermost(folders))

    def _tell(self, unwatched: Collection[Unwatched]) -> None:
        """Once of each folder, and nothing of network drives, of which nobody expects it."""
        for one in unwatched:
            if one.is_limit and one.folder not in self._told:
                self._told.add(one.folder)
                text = self.tr(
                    "Changes in {folder} are not noticed by themselves, since the system watches as many folders as it "
                    "may; they are found when folders are looked at again."
                )
                self._session.notices.show(text.format(folder=one.folder))


def outermost(folders: Collection[str]) -> list[str]:
    """Those that lie in no other one, in order."""
    found: list[str] = []
    for folder in sorted(folders, key=lambda folder: folder.split(os.sep)):
        if not found or not folder.startswith(found[-1].rstrip(os.sep) + os.sep):
            found.append(folder)
    return found
