"""The cloud's page of the settings: the key, the test of the service, permissions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring
from keyring.errors import KeyringLocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.notices import Notice
from desktop.session import Session
from desktop.views.cloud.key_part import KeyPart
from desktop.views.cloud.permissions_part import PermissionsPart, RepliesPart
from desktop.views.cloud.trial_part import TrialPart
from desktop.views.settings.dialog import SettingsDialog
from engines.analysis.asking import chosen_service
from engines.cloud.key import delete_key, find_key
from engines.settings import Cloud
from tests.cloud.test_key import KEY, Ring
from tests.cloud_server import CloudServer
from tests.desktop.views.answering import agree

NVIDIA = chosen_service(Cloud())


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A keyring that passes for the system's own."""
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    delete_key(NVIDIA, Ring())
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]


def shown(widget: QWidget, qtbot: QtBot, session: Session) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)


@pytest.fixture
def part(session: Session, ring: Ring, qtbot: QtBot) -> KeyPart:
    part = KeyPart(session)
    shown(part, qtbot, session)
    return part


def texts(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if not one.isHidden())


def buttons(part: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in part.findChildren(QPushButton) if not one.isHidden()}


def field(part: QWidget) -> QLineEdit:
    (found,) = part.findChildren(QLineEdit)
    return found


def click(part: QWidget, text: str, session: Session, qtbot: QtBot) -> None:
    buttons(part)[text].click()
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)


def test_a_key_is_checked_saved_replaced_and_deleted(part: KeyPart, session: Session, ring: Ring, qtbot: QtBot) -> None:
    assert "There is no key for nvidia.com yet." in texts(part)
    assert set(buttons(part)) == {"Save", "Get a key…"}
    assert field(part).echoMode() is QLineEdit.EchoMode.Password
    field(part).setText("sk-something-else")
    assert "those of NVIDIA begin with nvapi-" in texts(part)
    assert not buttons(part)["Save"].isEnabled()
    field(part).setText(f" {KEY} ")
    click(part, "Save", session, qtbot)
    assert list(ring.entries.values()) == [KEY]
    assert field(part).text() == ""
    assert "is in the system's keyring." in texts(part)
    field(part).setText(KEY.lower())
    click(part, "Replace", session, qtbot)
    assert list(ring.entries.values()) == [KEY.lower()]
    with qtbot.waitSignal(session.requests.changed, timeout=10_000):
        click(part, "Delete the key…", session, qtbot)
        assert ring.entries
        agree(part, "Delete the key")
        qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    assert ring.entries == {}
    assert "There is no key for nvidia.com yet." in texts(part)


def test_a_locked_keyring_is_explained_and_a_key_for_this_run_offered(
    session: Session, ring: Ring, qtbot: QtBot
) -> None:
    ring.trouble = KeyringLocked()
    part = KeyPart(session)
    shown(part, qtbot, session)
    assert "The system's keyring is locked." in texts(part)
    assert set(buttons(part)) == {"Use for this run only", "Get a key…"}
    field(part).setText(KEY)
    click(part, "Use for this run only", session, qtbot)
    assert "is kept until the program ends, and nowhere else." in texts(part)
    found = find_key(NVIDIA)
    assert found is not None
    assert found.secret.reveal() == KEY
    assert KEY not in "".join(path.read_text("latin-1") for path in session.library.folder.rglob("*") if path.is_file())


def test_a_keyring_that_locks_in_the_middle_leaves_the_key_in_the_field(
    part: KeyPart, session: Session, ring: Ring, qtbot: QtBot
) -> None:
    field(part).setText(KEY)
    ring.trouble = KeyringLocked()
    click(part, "Save", session, qtbot)
    assert "The system's keyring is locked." in texts(part)
    assert field(part).text() == KEY
    assert buttons(part)["Use for this run only"].isEnabled()


def test_a_test_says_which_model_answers_and_puts_it_first(
    session: Session, items: list[int], server: CloudServer, ring: Ring, qtbot: QtBot
) -> None:
    part = TrialPart(session)
    shown(part, qtbot, session)
    gone = json.dumps({"detail": "The model has reached its end of life"})
    server.order({"match": "test/vision", "times": 1, "status": 410, "body": gone})
    click(part, "Test the service", session, qtbot)
    assert "The service offers 2 models." in texts(part)
    assert "test/vision was retired. It says “The model has reached its end of life”." in texts(part)
    assert "test/second answers." in texts(part)
    assert len(server.asked) == 2
    click(part, "Ask this one first", session, qtbot)
    assert session.settings.cloud.models == ("test/second",)
    assert "Ask this one first" not in buttons(part)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("cloud.offline", True, "Nothing is sent while"),
        ("cloud.server", "nvidia", "There is no API key yet."),
        ("cloud.address", "http://127.0.0.1:9/v1", "cannot be reached"),
    ],
)
def test_a_test_that_finds_nobody_says_why(
    session: Session, items: list[int], ring: Ring, qtbot: QtBot, key: str, value: str | bool, sentence: str
) -> None:
    chosen = session.settings.with_value(key, value)
    session.set_settings(chosen.with_value("cloud.address", "") if value == "nvidia" else chosen)
    part = TrialPart(session)
    shown(part, qtbot, session)
    click(part, "Test the service", session, qtbot)
    assert sentence in texts(part)
    assert buttons(part)["Test the service"].isEnabled()


def settle(part: PermissionsPart, answer: str, qtbot: QtBot) -> None:
    """To what asking about all that lies in a folder comes to."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in part.findChildren(QMessageBox)), timeout=60_000)
    (box,) = [one for one in part.findChildren(QMessageBox) if one.isVisible()]
    assert "3 more files: 3 requests, about " in box.informativeText()
    buttons(box)[answer].click()


def test_permissions_are_listed_given_and_taken_back(
    session: Session, items: list[int], server: CloudServer, photos: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = server.host.removeprefix("http://")
    part = PermissionsPart(session)
    shown(part, qtbot, session)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(photos))
    click(part, "Allow a folder…", session, qtbot)
    (permission,) = session.library.cloud.permissions()
    assert (permission.path, permission.service, permission.phases) == (str(photos).encode(), service, ())
    assert f"may be sent to {service}" in texts(part)
    descriptions = next(box for box in part.findChildren(QCheckBox) if box.text() == "Description")
    descriptions.click()
    settle(part, "Cancel", qtbot)
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    assert session.library.cloud.permissions() == [permission]
    descriptions = next(box for box in part.findChildren(QCheckBox) if box.text() == "Description")
    assert not descriptions.isChecked()
    descriptions.click()
    settle(part, "Ask about all", qtbot)
    qtbot.waitUntil(lambda: len(server.asked) == len(items), timeout=60_000)
    qtbot.waitUntil(lambda: session.requests.queue.is_empty, timeout=10_000)
    remove = next(one for one in part.findChildren(QToolButton) if not one.isHidden())
    remove.click()
    qtbot.waitUntil(lambda: session.library.cloud.permissions() == [], timeout=10_000)
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    click(part, "Never send a folder…", session, qtbot)
    assert [one.service for one in session.library.cloud.permissions()] == [None]
    assert "never" in texts(part)


@pytest.mark.parametrize("leave", ["escape", "close"])
def test_one_tick_at_a_time_and_none_where_nobody_agreed(
    session: Session, items: list[int], photos: Path, qtbot: QtBot, leave: str
) -> None:
    session.library.cloud.allow(str(photos), chosen_service(session.settings.cloud).name)
    part = PermissionsPart(session)
    shown(part, qtbot, session)
    first, second = part.findChildren(QCheckBox)[:2]
    first.click()
    assert not second.isEnabled()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in part.findChildren(QMessageBox)), timeout=60_000)
    (box,) = part.findChildren(QMessageBox)
    if leave == "escape":
        QTest.keyClick(box, Qt.Key.Key_Escape)
    else:
        box.close()
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    boxes = [box for box in part.findChildren(QCheckBox) if box.isVisible()]
    assert [(box.isEnabled(), box.isChecked()) for box in boxes] == [(True, False)] * len(boxes)
    assert boxes


def test_a_tick_that_cannot_be_reckoned_goes_again(
    session: Session, items: list[int], told: list[Notice], photos: Path, qtbot: QtBot
) -> None:
    session.library.cloud.allow(str(photos), chosen_service(session.settings.cloud).name)
    part = PermissionsPart(session)
    shown(part, qtbot, session)
    session.set_settings(session.settings.with_value("cloud.address", "none"))
    part.findChildren(QCheckBox)[0].click()
    qtbot.waitUntil(session.is_at_rest, timeout=60_000)
    assert told[-1].is_error
    boxes = [box for box in part.findChildren(QCheckBox) if box.isVisible()]
    assert [(box.isEnabled(), box.isChecked()) for box in boxes] == [(True, False)] * len(boxes)


def test_kept_replies_are_deleted(session: Session, told: list[Notice], qtbot: QtBot) -> None:
    session.library.cloud.book("nvidia.com").keep_reply(b"key", b"body")
    part = RepliesPart(session)
    shown(part, qtbot, session)
    click(part, "Delete kept replies…", session, qtbot)
    agree(part, "Delete kept replies")
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
    assert told[-1].text == "Kept replies deleted: 1"
    assert session.library.cloud.book("nvidia.com").reply(b"key") is None


def test_the_page_has_all_its_parts(session: Session, ring: Ring, qtbot: QtBot) -> None:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open_page("cloud")
    for kind in (KeyPart, TrialPart, PermissionsPart, RepliesPart):
        (part,) = dialog.findChildren(kind)
        qtbot.waitUntil(part.isVisible, timeout=10_000)
    dialog.search.setText("temperature")
    assert not any(part.isVisible() for part in dialog.findChildren(KeyPart))
    qtbot.waitUntil(session.is_at_rest, timeout=10_000)
