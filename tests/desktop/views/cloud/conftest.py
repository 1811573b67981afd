"""A session over real photos, whose settings lead to a server of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.notices import Notice
from desktop.session import Session
from tests.cloud_server import CloudServer, serving
from tests.make_media import make_photo

PHOTOS = 3


@pytest.fixture(scope="module")
def _server() -> Iterator[CloudServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(_server: CloudServer) -> CloudServer:
    _server.forget()
    _server.order()
    return _server


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(PHOTOS):
        (folder / f"{number}.jpg").write_bytes(make_photo(size=(64 + number, 48)))
    return folder


@pytest.fixture
def items(session: Session, photos: Path, server: CloudServer, qtbot: QtBot) -> list[int]:
    """The photos in the library, all of them selected."""
    chosen = session.settings.with_value("cloud.server", "other").with_value("cloud.address", server.base)
    session.set_settings(chosen)
    session.analyser.start()
    with qtbot.waitSignals([session.analyser.finished] * 2, timeout=60_000):
        session.analyser.add_paths([str(photos)])
    found: list[int] = session.library.index.columns().newest.tolist()
    session.selection.select(found, found[0])
    return found


@pytest.fixture
def told(session: Session) -> list[Notice]:
    found: list[Notice] = []
    session.notices.listen(found.append)
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window: QWidget, qtbot: QtBot) -> Callable[[type[QDialog]], QDialog]:
    """The dialog of this kind that is open over the window, once it is."""

    def find(kind: type[QDialog] = QMessageBox) -> QDialog:
        qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)), timeout=30_000)
        (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
        return found

    return find
