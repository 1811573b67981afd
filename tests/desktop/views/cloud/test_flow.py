"""From a click in the menu to an answer: nothing leaves before it was said what, and to whom."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QListWidget, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.notices import Notice
from desktop.session import Session
from desktop.views.cloud.consent import ConsentDialog
from desktop.views.cloud.flow import Asking
from desktop.views.menu import stretch_menu
from engines.errors import LibraryError
from tests.cloud_server import ANSWER, CloudServer
from tests.make_media import make_video

Find = Callable[..., QDialog]


@pytest.fixture
def asking(session: Session, window: QWidget, items: list[int]) -> Asking:
    return Asking(session, window)


def button(dialog: QWidget, text: str) -> QPushButton:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    return found


def texts(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def wait_for_answers(session: Session, count: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(described(session)) == count, timeout=60_000)


def described(session: Session) -> list[int]:
    ids = session.library.index.columns().newest.tolist()
    return [one for one in ids if "description" in session.library.facts(one)]


def agree(dialog: QDialog, server: CloudServer, qtbot: QtBot) -> None:
    send = button(dialog, f"Send to {server.host.removeprefix('http://')}")
    qtbot.waitUntil(send.isEnabled, timeout=60_000)
    send.click()


def test_the_first_time_the_very_bytes_are_shown_and_nothing_leaves_unasked(
    session: Session, asking: Asking, server: CloudServer, dialog: Find, qtbot: QtBot, photos: Path
) -> None:
    session.asking_requested.emit("description")
    first = dialog(ConsentDialog)
    assert isinstance(first, ConsentDialog)
    qtbot.waitUntil(lambda: not first._picture.pixmap().isNull(), timeout=60_000)
    said = texts(first)
    assert "nothing leaves it" in said  # the server is on this computer
    assert re.search("a JPEG of 6[456] × 48 pixels", said)  # noqa: RUF001
    assert first.allowed == [str(photos)]
    button(first, "Cancel").click()
    assert server.asked == []
    assert session.library.cloud.permissions() == []
    session.asking_requested.emit("description")
    agree(dialog(ConsentDialog), server, qtbot)
    wait_for_answers(session, 3, qtbot)
    assert len(server.asked) == 3
    assert session.library.facts(described(session)[0])["description"].value == ANSWER["description"]


def test_what_cannot_be_shown_is_not_sent(
    session: Session, asking: Asking, server: CloudServer, told: list[Notice], window: QWidget,
    qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuse(*_: object) -> None:
        raise LibraryError("disk_full", "The disk is full.")

    monkeypatch.setattr("desktop.views.cloud.consent.preview", refuse)
    session.asking_requested.emit("description")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert not [shown for shown in window.findChildren(ConsentDialog) if shown.isVisible()]
    assert told[0].text == "The disk is full."
    assert server.asked == []


def test_what_is_allowed_is_asked_without_another_word(
    session: Session,
    asking: Asking,
    items: list[int],
    server: CloudServer,
    dialog: Find,
    told: list[Notice],
    photos: Path,
    window: QWidget,
    qtbot: QtBot,
) -> None:
    session.library.cloud.allow(str(photos), server.host.removeprefix("http://"))
    session.library.cloud.book(server.host.removeprefix("http://")).begin("test", 1)
    session.selection.select_one(items[0])
    session.asking_requested.emit("description")
    wait_for_answers(session, 1, qtbot)
    assert not window.findChildren(ConsentDialog)
    assert told[-1].text.startswith("Describe 1 file: asking 127.0.0.1")
    session.asking_requested.emit("description")
    qtbot.waitUntil(lambda: told[-1].text == "1 file has a description already", timeout=10_000)
    assert told[-1].action is not None
    told[-1].action.run()
    qtbot.waitUntil(lambda: len(server.asked) == 2, timeout=60_000)


def test_a_folder_that_is_not_ticked_is_not_sent(
    session: Session, asking: Asking, server: CloudServer, dialog: Find, told: list[Notice], qtbot: QtBot
) -> None:
    session.asking_requested.emit("suggested tags")
    consent = dialog(ConsentDialog)
    (folders,) = consent.findChildren(QListWidget)
    folders.item(0).setCheckState(Qt.CheckState.Unchecked)
    agree(consent, server, qtbot)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[-1].text == "No folder was allowed, so nothing is sent."
    assert server.asked == []


def test_what_comes_later_is_asked_about_by_itself(
    session: Session, asking: Asking, items: list[int], server: CloudServer, dialog: Find, photos: Path, qtbot: QtBot
) -> None:
    session.selection.select_one(items[0])
    session.asking_requested.emit("description")
    consent = dialog(ConsentDialog)
    (always,) = consent.findChildren(QCheckBox)
    always.click()
    qtbot.waitUntil(lambda: "2 more files: 2 requests, about " in texts(consent), timeout=60_000)
    agree(consent, server, qtbot)
    wait_for_answers(session, 3, qtbot)
    (photos / "new.jpg").write_bytes((photos / "0.jpg").read_bytes() + b"\0")
    session.analyser.look_again()
    wait_for_answers(session, 4, qtbot)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("cloud.server", "nvidia", "There is no API key yet."),
        ("cloud.offline", True, "Nothing is sent while “Stay offline” is on"),
        ("cloud.address", "", "The address of the service is missing"),
        ("cloud.address", "http://example.com/v1", "has to begin with https"),
    ],
)
def test_what_stands_in_the_way_is_said_and_leads_to_the_settings(
    session: Session,
    asking: Asking,
    server: CloudServer,
    dialog: Find,
    qtbot: QtBot,
    key: str,
    value: str | bool,
    sentence: str,
) -> None:
    chosen = session.settings.with_value(key, value)
    session.set_settings(chosen.with_value("cloud.address", "") if value == "nvidia" else chosen)
    session.asking_requested.emit("description")
    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert sentence in box.text()
    with qtbot.waitSignal(session.settings_requested) as asked:
        button(box, "Open the settings").click()
    assert asked.args == ["cloud"]
    assert server.asked == []


def test_never_is_never(
    session: Session, asking: Asking, server: CloudServer, told: list[Notice], photos: Path, qtbot: QtBot
) -> None:
    session.library.cloud.forbid(str(photos))
    session.asking_requested.emit("description")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[-1].text == "3 files lie in folders from which nothing may ever be sent."
    assert server.asked == []


def test_of_a_clip_its_own_first_picture_is_shown(
    session: Session, asking: Asking, server: CloudServer, dialog: Find, qtbot: QtBot
) -> None:
    session.set_settings(session.settings.with_value("cloud.product_detector", "retail"))
    session.asking_requested.emit("products")
    consent = dialog(ConsentDialog)
    assert isinstance(consent, ConsentDialog)
    qtbot.waitUntil(lambda: not consent._picture.pixmap().isNull(), timeout=60_000)
    assert "A clip is made of the picture and sent: 6" in texts(consent)
    button(consent, "Cancel").click()


def test_a_stretch_of_a_video_is_shown_sent_and_kept_as_one_of_its_moments(
    session: Session, asking: Asking, server: CloudServer, dialog: Find, photos: Path, window: QWidget, qtbot: QtBot
) -> None:
    red, blue = ([np.full((48, 64, 3), colour, np.uint8)] * 20 for colour in ((200, 0, 0), (0, 0, 200)))
    (photos / "film.mp4").write_bytes(make_video(pictures=[*red, *blue]))  # two seconds each
    with qtbot.waitSignals([session.analyser.finished], timeout=60_000):
        session.analyser.look_again()
    (film,) = (
        one for one in session.library.items(session.library.index.columns().newest.tolist()).values() if one.is_video
    )
    menu = stretch_menu(session, film.id, (2.0, 4.0), window)
    assert [entry.text() for entry in menu.actions()] == ["Describe with VLM…", "Detect products…", "Suggest tags…"]
    menu.actions()[0].trigger()
    consent = dialog(ConsentDialog)
    assert isinstance(consent, ConsentDialog)
    assert consent.windowTitle() == "Describe 0:02–0:04 of a video"  # noqa: RUF001
    qtbot.waitUntil(lambda: not consent._picture.pixmap().isNull(), timeout=60_000)
    assert _is_blue(consent._picture.pixmap().toImage())
    agree(consent, server, qtbot)
    wait_for_answers(session, 1, qtbot)
    (asked,) = server.asked
    picture = json.loads(base64.b64decode(asked["body"]))["messages"][-1]["content"][0]["image_url"]["url"]
    assert _is_blue(QImage.fromData(base64.b64decode(picture.partition(",")[2])))
    moments = session.library.facts(film.id)["described_moments"].value
    assert moments == [{"time_s": 2.0, "end_s": 4.0, "text": ANSWER["description"]}]


def _is_blue(image: QImage) -> bool:
    """In the middle of its first frame."""
    colour = image.pixelColor(image.width() // 6, image.height() // 4)
    return colour.blue() > 150 > 100 > colour.red()
