"""Hears from the system in which folders something changed; knows nothing of Qt."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

# All that means another content, and nothing that reading a file causes.
_EVENTS: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent),
]
# File systems whose servers do not tell what others change there.
_REMOTE = frozenset({"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"})
_REMOTE_PREFIX = "fuse."  # sshfs, rclone and the like; what is mounted so is rarely local


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A folder of which the system tells nothing, and why: is_limit, because it watches as many as it may already."""

    folder: str
    is_limit: bool


class FolderWatch:
    """Watches folders with all below them. close() ends its threads.

    changed: called in one of them with a folder in which something changed. is_ignored: whether a path, relative to the
    watched folder, is of no interest. own: a folder in which we write ourselves.
    """

    def __init__(self, changed: Callable[[str], None], is_ignored: Callable[[bytes], bool], own: Path) -> None:
        self._changed = changed
        self._is_ignored = is_ignored
        self._own = os.path.realpath(own)
        self._observer = Observer()
        self._observer.start()
        self._watched: dict[str, ObservedWatch] = {}

    def watch(self, folders: Collection[str]) -> list[Unwatched]:
        """Watch these and no others; takes a second for some ten thousand folders. Returns those that cannot be."""
        for folder in self._watched.keys() - set(folders):
            self._observer.unschedule(self._watched.pop(folder))
        found = (self._begin(folder) for folder in folders if folder not in self._watched)
        return [unwatched for unwatched in found if unwatched is not None]

    def close(self) -> None:
        self._observer.stop()
        self._observer.join()

    def _begin(self, folder: str) -> Unwatched | None:
        if is_remote(folder):
            return Unwatched(folder, is_limit=False)
        try:
            handler = _Handler(partial(self._take, folder))
            watch = self._observer.schedule(handler, folder, recursive=True, event_filter=_EVENTS)
        except OSError as error:
            return Unwatched(folder, is_limit=os.path.isdir(folder) and not isinstance(error, PermissionError))
        if not self._may_watch_more():  # below it some are left out in silence, and other programs get none at all
            self._observer.unschedule(watch)
            return Unwatched(folder, is_limit=True)
        self._watched[folder] = watch
        return None

    def _take(self, watched: str, path: str) -> None:
        below = os.path.relpath(path, watched)
        if not is_inside(path, self._own) and (below == os.curdir or not self._is_ignored(os.fsencode(below))):
            self._changed(os.path.dirname(path) if below != os.curdir else watched)

    def _may_watch_more(self) -> bool:
        with tempfile.TemporaryDirectory() as probe:
            try:
                watch = self._observer.schedule(FileSystemEventHandler(), probe)
            except OSError:
                return False
            self._observer.unschedule(watch)
        return True


class _Handler(FileSystemEventHandler):
    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._take(os.fsdecode(path))


def is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def is_remote(folder: str) -> bool:
    """Whether what lies there is on another computer."""
    if sys.platform == "win32":
        import ctypes

        drive = Path(folder).drive + "\\"
        return folder.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == 4  # DRIVE_REMOTE
    kind = _file_system(os.path.realpath(folder))
    return kind in _REMOTE or kind.startswith(_REMOTE_PREFIX)


def _file_system(folder: str) -> str:
    """The name of the one that is mounted nearest above; '' where that cannot be told."""
    mounted = {one.mountpoint: one.fstype for one in psutil.disk_partitions(all=True)}
    above = [folder, *map(str, Path(folder).parents)]
    return next((mounted[place].lower() for place in above if place in mounted), "")
