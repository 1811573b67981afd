"""The folder manager: what it shows of each folder, and that nothing happens before a person agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.views.folders.manager import FolderManager


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    session.library.add_root(str(folder))
    return folder


@pytest.fixture
def manager(session: Session, folder: Path, qtbot: QtBot) -> FolderManager:
    manager = FolderManager(session)
    qtbot.addWidget(manager)
    manager.show()
    qtbot.waitUntil(lambda: bool(manager.findChildren(QPushButton)))
    return manager


def press(manager: FolderManager, text: str) -> None:
    (button,) = [one for one in manager.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    button.click()


def says(manager: FolderManager, text: str) -> bool:
    return any(text in label.text() for label in manager.findChildren(QLabel) if label.isVisibleTo(manager))


def test_each_folder_is_shown_with_its_files(manager: FolderManager, folder: Path) -> None:
    assert says(manager, str(folder))
    assert says(manager, "0 files")


def test_an_unplugged_folder_says_so(manager: FolderManager, session: Session, qtbot: QtBot) -> None:
    (root,) = session.library.roots()
    session.library.set_offline(root, "The folder cannot be reached.")
    manager.refresh()
    qtbot.waitUntil(lambda: says(manager, "cannot be reached"))


@pytest.mark.parametrize("agreed", [True, False])
def test_a_folder_is_taken_out_only_after_yes(
    manager: FolderManager, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    monkeypatch.setattr("desktop.views.folders.manager.agreed", lambda *texts: agreed)
    press(manager, "Take out…")
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert bool(session.library.removed_roots()) is agreed


def test_a_removed_folder_can_be_forgotten(
    manager: FolderManager, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.folders.manager.agreed", lambda *texts: True)
    press(manager, "Take out…")
    qtbot.waitUntil(lambda: says(manager, "Taken out"))
    press(manager, "Forget…")
    qtbot.waitUntil(lambda: not session.library.removed_roots())


def test_a_removed_folder_can_be_added_again(
    manager: FolderManager, session: Session, folder: Path, qtbot: QtBot
) -> None:
    (root,) = session.library.roots()
    session.library.remove_root(root)
    manager.refresh()
    qtbot.waitUntil(lambda: says(manager, "Taken out"))
    with qtbot.waitSignal(session.import_requested) as asked:
        press(manager, "Add again")
    assert asked.args == [[str(folder)]]
