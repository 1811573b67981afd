"""Hearing of changes: what the system tells about folders, and what is made of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from types import SimpleNamespace

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs.watch import FolderWatch, Unwatched, is_remote
from desktop.jobs.watcher import Watcher, outermost
from desktop.session import Session
from engines.media.scan import LeftOut
from tests.make_media import make_photo

HEARD_S = 10


class Ear:
    """What a watch told."""

    def __init__(self) -> None:
        self.told: Queue[str] = Queue()

    def hears(self, folder: Path) -> bool:
        """Whether this comes next, apart from repetitions of what came before."""
        try:
            while True:
                if self.told.get(timeout=HEARD_S) == str(folder):
                    return True
        except Empty:
            return False


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with a file in a folder within."""
    (tmp_path / "photos" / "2019").mkdir(parents=True)
    (tmp_path / "photos" / "2019" / "a.jpg").write_bytes(b"old")
    return tmp_path / "photos"


@pytest.fixture
def watch(ear: Ear, photos: Path) -> Iterator[FolderWatch]:
    watch = FolderWatch(ear.told.put, LeftOut([".*"]).holds, photos / "library")
    assert not watch.watch([str(photos)])
    yield watch
    watch.close()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a new file": lambda folder: (folder / "b.jpg").write_bytes(b"new"),
    "a changed file": lambda folder: (folder / "a.jpg").write_bytes(b"other"),
    "a deleted file": lambda folder: (folder / "a.jpg").unlink(),
    "a file moved away": lambda folder: (folder / "a.jpg").rename(folder.parents[1] / "elsewhere.jpg"),
    "a file moved in": lambda folder: _moved_in(folder),
}


def _moved_in(folder: Path) -> None:
    (folder.parents[1] / "b.jpg").write_bytes(b"new")
    (folder.parents[1] / "b.jpg").rename(folder / "b.jpg")


@pytest.mark.usefixtures("watch")
@pytest.mark.parametrize("change", CHANGES)
def test_the_folder_is_told_of(change: str, ear: Ear, photos: Path) -> None:
    CHANGES[change](photos / "2019")
    assert ear.hears(photos / "2019")


@pytest.mark.usefixtures("watch")
def test_reading_what_is_left_out_and_our_own_files_tell_nothing(ear: Ear, photos: Path) -> None:
    (photos / "2019" / "a.jpg").read_bytes()
    (photos / "2019" / ".a.jpg.part").write_bytes(b"still coming")
    (photos / ".cache").mkdir()
    (photos / "library").mkdir()
    (photos / "library" / "library.db").write_bytes(b"rows")
    (photos / "last.jpg").write_bytes(b"new")
    assert ear.told.get(timeout=HEARD_S) == str(photos)


def test_a_folder_that_is_no_longer_wanted_is_left_alone(
    watch: FolderWatch, ear: Ear, photos: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watch.watch([str(other)])
    (photos / "b.jpg").write_bytes(b"new")
    (other / "c.jpg").write_bytes(b"new")
    assert ear.told.get(timeout=HEARD_S) == str(other)


def test_where_the_system_watches_enough_already_it_is_said(
    watch: FolderWatch, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        watch, "_may_watch_more", lambda: False
    )  # its limit is for all programs: not to be reached here
    other = tmp_path / "other"
    other.mkdir()
    assert watch.watch([str(photos), str(other)]) == [Unwatched(str(other), is_limit=True)]


@pytest.mark.skipif(os.name == "nt", reason="Windows is asked about the drive")
@pytest.mark.parametrize(("kind", "remote"), [("ext4", False), ("nfs4", True), ("CIFS", True), ("fuse.sshfs", True)])
def test_a_network_drive_is_known_by_its_file_system(kind: str, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted = [SimpleNamespace(mountpoint="/", fstype="btrfs"), SimpleNamespace(mountpoint="/mnt/nas", fstype=kind)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: mounted)
    assert is_remote("/mnt/nas/photos/2019") is remote
    assert not is_remote("/home/somebody")


def test_only_the_outermost_of_changed_folders_are_looked_into() -> None:
    assert outermost(["/p/a b", "/p/a/x", "/p/a", "/p/c/d"]) == ["/p/a", "/p/a b", "/p/c/d"]


def test_a_new_photo_comes_into_the_library_by_itself_unless_switched_off(
    session: Session, qtbot: QtBot, photos: Path
) -> None:
    (photos / "2019" / "a.jpg").write_bytes(make_photo())
    watcher = Watcher(session)
    session.analyser.start()
    with qtbot.waitSignals([session.analyser.finished] * 2, timeout=30_000):
        session.analyser.add_paths([str(photos)])
    watcher.start()
    qtbot.waitUntil(lambda: watcher._watch is not None and bool(watcher._watch._watched))
    with qtbot.waitSignal(session.analyser.finished, timeout=30_000):
        (photos / "2019" / "b.jpg").write_bytes(make_photo(size=(80, 60)))
    assert session.library.count_files(session.library.roots()[0]) == 2
    session.set_settings(session.settings.with_value("folders.watch", False))
    qtbot.waitUntil(lambda: watcher._watch is not None and not watcher._watch._watched)
